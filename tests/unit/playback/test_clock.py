# SPDX-License-Identifier: GPL-3.0-or-later
"""The clock of playing interpolates, follows readings gently, and never runs back by itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from player.playback.clock import JUMP_MS, PlayingClock


class Time:
    def __init__(self) -> None:
        self.ms = 1_000.0

    def __call__(self) -> float:
        return self.ms


def running_at(position_ms: int, rate: float = 1.0) -> tuple[PlayingClock, Time]:
    time = Time()
    clock = PlayingClock(time)
    clock.set(position_ms)
    clock.set_rate(rate)
    clock.start()
    return clock, time


def test_stands_until_started() -> None:
    time = Time()
    clock = PlayingClock(time)
    clock.set(700)
    time.ms += 500
    assert (clock.position_ms, clock.running) == (700, False)


def test_runs_with_its_rate_and_stands_again() -> None:
    clock, time = running_at(1_000, 2.0)
    time.ms += 300
    assert clock.position_ms == 1_600
    clock.set_rate(0.5)
    time.ms += 100
    assert clock.position_ms == 1_650
    clock.stop()
    time.ms += 5_000
    assert clock.position_ms == clock.peek() == 1_650


def test_a_small_difference_is_taken_in_little_by_little() -> None:
    clock, time = running_at(0)
    time.ms += 1_000
    clock.reading(1_040)
    assert 1_000 < clock.position_ms < 1_040
    for _turn in range(8):
        time.ms += 250
        clock.reading(time.ms - 1_000 + 40)
    assert abs(clock.position_ms - 3_040) <= 1


def test_a_far_off_reading_is_believed_at_once() -> None:
    clock, time = running_at(0)
    time.ms += 1_000
    clock.reading(1_000 + JUMP_MS + 1)
    assert clock.position_ms == 1_000 + JUMP_MS + 1
    clock.reading(10)
    assert clock.position_ms == 10


def test_a_reading_may_come_late() -> None:
    clock, time = running_at(0)
    time.ms += 1_000
    read_at = time.ms
    time.ms += 80
    clock.reading(1_000, read_at)
    assert clock.position_ms == 1_080
    clock.reading(5_000, read_at)
    assert clock.position_ms == 5_080


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(-JUMP_MS + 5, JUMP_MS - 5)), max_size=30))
def test_never_runs_back(steps: list[tuple[int, int]]) -> None:
    clock, time = running_at(0)
    before = clock.position_ms
    for passed, wrong_by in steps:
        time.ms += passed
        clock.reading(clock.peek() + wrong_by)
        assert clock.position_ms >= before
        before = clock.position_ms
