# SPDX-License-Identifier: GPL-3.0-or-later
"""The sleep timer pauses when it should, lets the sound fade before, and brings it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.domain.playing import PlayerState
from player.domain.queue import QueueItem
from player.playback.sleep_timer import SleepAt
from tests.unit.playback.player import MINUTE, Player


class Clock:
    """Real time that is moved by hand."""

    ms = 0.0

    def __call__(self) -> float:
        return self.ms


@pytest.fixture
def player(qtbot: QtBot, tmp_path: Path) -> Iterator[Player]:
    player = Player(qtbot, tmp_path)
    yield player
    player.close()


@pytest.fixture
def clock(player: Player) -> Clock:
    clock = Clock()
    player.controller.sleep_timer._now = clock
    return clock


def test_after_minutes_it_pauses_and_the_sound_fades_before(player: Player, clock: Clock) -> None:
    player.play()
    sleep = player.controller.sleep_timer
    sleep.set_minutes(15)
    assert (sleep.at, sleep.left_ms) == (SleepAt.TIME, 15 * MINUTE)
    clock.ms = 15 * MINUTE - 5000
    sleep.look()
    assert player.engine.volume == 50
    player.controller.set_volume(80)
    assert player.engine.volume == 40
    clock.ms = 15 * MINUTE
    sleep.look()
    assert player.controller.state is PlayerState.PAUSED
    assert sleep.at is SleepAt.NEVER
    assert player.controller.volume == 80
    player.wait(lambda: player.engine.volume == 80)
    assert [message.text for message in player.messages] == ["The sleep timer has paused the class."]


def test_taken_back_it_leaves_the_sound_as_it_was(player: Player, clock: Clock) -> None:
    player.play()
    player.controller.sleep_timer.set_minutes(15)
    clock.ms = 15 * MINUTE - 1000
    player.controller.sleep_timer.look()
    assert player.engine.volume == 10
    player.controller.sleep_timer.set_at(SleepAt.NEVER)
    assert player.engine.volume == 100
    clock.ms = 20 * MINUTE
    player.controller.sleep_timer.look()
    assert player.controller.state is PlayerState.PLAYING


def test_at_the_end_of_the_phase_the_next_one_does_not_begin(player: Player) -> None:
    player.play()
    player.controller.sleep_timer.set_at(SleepAt.PHASE_END)
    player.advance_to(MINUTE - 4000)
    player.controller.sleep_timer.look()
    assert player.engine.volume == 40
    player.advance_to(MINUTE - 40)
    player.controller.sleep_timer.look()
    assert player.controller.state is PlayerState.PAUSED
    assert player.controller.phase_index == 0


def test_a_phase_of_a_faster_class_is_shorter(player: Player) -> None:
    player.play()
    player.controller.set_rate(2.0)
    player.controller.sleep_timer.set_at(SleepAt.PHASE_END)
    assert player.controller.sleep_timer.left_ms == MINUTE // 2


def test_at_the_end_of_the_class_nothing_follows(player: Player) -> None:
    player.play()
    player.controller.sleep_timer.set_at(SleepAt.CLASS_END)
    player.advance_to(3 * MINUTE - 2000)
    player.controller.sleep_timer.look()
    assert player.engine.volume == 20
    player.advance_to(3 * MINUTE)
    assert player.controller.state is PlayerState.HOLDING
    assert player.controller.up_next is None
    assert player.controller.sleep_timer.at is SleepAt.NEVER
    player.wait(lambda: player.engine.volume == 100)


def test_it_stops_the_countdown_to_the_next_class(player: Player, clock: Clock) -> None:
    player.play()
    player.controller.sleep_timer.set_minutes(15)
    player.advance_to(3 * MINUTE)
    assert player.controller.state is PlayerState.UP_NEXT
    clock.ms = 15 * MINUTE
    player.controller.sleep_timer.look()
    player.qtbot.wait(500)  # longer than the countdown would have run
    assert player.playing() == 1
    assert player.controller.state is PlayerState.HOLDING


def test_another_class_takes_back_what_was_meant_for_this_one(player: Player) -> None:
    player.play()
    player.controller.sleep_timer.set_at(SleepAt.CLASS_END)
    player.play(2)
    assert player.controller.sleep_timer.at is SleepAt.NEVER
    player.controller.sleep_timer.set_minutes(15)
    player.play(3)
    assert player.controller.sleep_timer.at is SleepAt.TIME


def test_single_phases_are_queued_next_or_at_the_end(player: Player) -> None:
    player.play()
    c = player.controller
    c.add_to_queue(player.ids[2], 1, at_end=True)
    c.add_to_queue(player.ids[1], 1)
    c.add_to_queue(player.ids[3], 1, at_end=True)
    added = [item for item in c.queue.items if item.added]
    assert [(item.class_id, item.phase) for item in added] == [(player.ids[n], 1) for n in (1, 2, 3)]
    player.settle()
    assert player.library.load_queue() == c.queue
    c.next_class()
    player.settle()
    assert (player.playing(), c.position_ms) == (2, MINUTE)
    assert c.queue.head == QueueItem(player.ids[2], 1, added=True)
