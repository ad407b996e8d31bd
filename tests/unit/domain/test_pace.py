# SPDX-License-Identifier: GPL-3.0-or-later
"""How long an import still takes: said only when it can be known, and steadily."""

from __future__ import annotations

import itertools

import pytest

from player.domain.pace import Pace, left_words


def test_nothing_is_said_before_anything_is_known() -> None:
    pace = Pace()
    assert pace.left_ms(0, None, 0.0) is None
    assert pace.left_ms(0, 100, 1.0) is None
    assert pace.left_ms(50, 100, 2.0) is None
    assert pace.left_ms(51, 100, 5.0) is not None


def test_even_work_counts_down() -> None:
    pace = Pace()
    said = [left for second in range(100) if (left := pace.left_ms(second, 100, float(second))) is not None]
    assert said == sorted(said, reverse=True)
    assert abs(said[0] - 95_000) < 3000
    assert said[-1] < 2000


def test_uneven_work_does_not_make_it_jump() -> None:
    pace = Pace()
    done, said = 0.0, []
    for step in range(600):
        done += 0.8 if step % 2 else 1.2
        left = pace.left_ms(int(done), 1000, step / 10)
        if left is not None:
            said.append(left)
    assert sum(after > before for before, after in itertools.pairwise(said)) <= 3


def test_a_real_change_is_told() -> None:
    pace = Pace()
    for second in range(10):
        pace.left_ms(second * 10, 1000, float(second))
    slow = None
    for second in range(10, 80):
        slow = pace.left_ms(90 + second - 10, 1000, float(second))
    assert slow is not None
    assert slow > 400_000


@pytest.mark.parametrize(
    ("left_ms", "words"),
    [
        (0, "about 10 s left"),
        (12_000, "about 20 s left"),
        (58_000, "about 1 min left"),
        (179_000, "about 3 min left"),
        (3_600_000, "about 1 h left"),
        (4_000_000, "about 1 h 7 min left"),
    ],
)
def test_words(left_ms: int, words: str) -> None:
    assert left_words(left_ms) == words
