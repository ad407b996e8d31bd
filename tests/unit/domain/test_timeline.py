# SPDX-License-Identifier: GPL-3.0-or-later
"""Phases along a class: always consistent, whatever marks they are made of."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.domain.models import Phase, PhaseKind
from player.domain.timeline import SHORTEST_PHASE_MS, Timeline, tidy_phases


def phase(start_ms: int, title: str = "x", kind: PhaseKind = PhaseKind.BREATH) -> Phase:
    return Phase(kind, title, start_ms, start_ms + 1)


THREE = Timeline.of_marks([phase(0, "a"), phase(60_000, "b"), phase(120_000, "c")], 180_000)

marks = st.lists(st.builds(phase, st.integers(-(10**7), 10**9)), max_size=40)


@given(marks, st.integers(0, 10**8))
def test_tidy_phases_have_no_gap_and_no_overlap(some: list[Phase], duration_ms: int) -> None:
    tidy = tidy_phases(some, duration_ms)
    if not tidy:
        assert not any(0 <= mark.start_ms < duration_ms for mark in some)
        return
    assert tidy[0].start_ms == 0
    assert tidy[-1].end_ms == duration_ms
    for one, other in itertools.pairwise(tidy):
        assert one.end_ms == other.start_ms
        assert one.duration_ms >= SHORTEST_PHASE_MS or one is tidy[0]


@given(marks, st.integers(1, 10**8), st.integers(-10, 10**8))
def test_every_moment_has_one_phase(some: list[Phase], duration_ms: int, position_ms: int) -> None:
    line = Timeline.of_marks(some, duration_ms)
    found = line.phase_at(position_ms)
    assert (found is None) == (not line.phases)
    if found and 0 <= position_ms < duration_ms:
        assert found.start_ms <= position_ms < found.end_ms


def test_time_before_the_first_mark_becomes_a_phase_of_its_own() -> None:
    tidy = tidy_phases([phase(5000, "Breath")], 60_000)
    assert [(p.title, p.start_ms, p.end_ms) for p in tidy] == [("Beginning", 0, 5000), ("Breath", 5000, 60_000)]


@pytest.mark.parametrize(
    ("position_ms", "previous_ms", "next_ms"),
    [
        (0, 0, 60_000),
        (2_000, 0, 60_000),
        (61_000, 0, 120_000),
        (62_999, 0, 120_000),
        (63_000, 60_000, 120_000),
        (150_000, 120_000, 180_000),
        (180_000, 120_000, 180_000),
    ],
)
def test_previous_and_next_phase(position_ms: int, previous_ms: int, next_ms: int) -> None:
    assert THREE.previous_start_ms(position_ms) == previous_ms
    assert THREE.next_start_ms(position_ms) == next_ms


def test_without_phases_there_is_nowhere_to_jump() -> None:
    line = Timeline(60_000)
    assert line.index_at(10) is None
    assert line.next_start_ms(10) is None
    assert line.previous_start_ms(10) is None


@pytest.mark.parametrize(
    ("duration_ms", "position_ms", "kept_ms"),
    [
        (900_000, 9_999, 0),
        (900_000, 10_000, 10_000),
        (900_000, 889_999, 889_999),
        (900_000, 890_000, 890_000),
        (900_000, 900_000, 0),
        (19_000, 4_000, 0),
        (19_000, 5_000, 5_000),
        (19_000, 18_900, 18_900),
        (19_000, 19_000, 0),
    ],
)
def test_the_place_worth_keeping(duration_ms: int, position_ms: int, kept_ms: int) -> None:
    assert Timeline(duration_ms).resume_position_ms(position_ms) == kept_ms
