# SPDX-License-Identifier: GPL-3.0-or-later
"""What plays after this: what the user added comes first, and nothing gets lost by moving things."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from player.domain.models import ClassId
from player.domain.queue import Queue, QueueItem


def item(number: int, phase: int | None = None, *, added: bool = False) -> QueueItem:
    return QueueItem(ClassId(number), phase, added)


def ids(queue: Queue) -> list[int]:
    return [entry.class_id for entry in queue.items]


def test_a_series_comes_after_what_the_user_added() -> None:
    queue = Queue().append(item(7, 2)).following_series([ClassId(2), ClassId(3)])
    assert ids(queue) == [7, 2, 3]
    assert queue.items[0].phase == 2


def test_another_series_replaces_the_classes_of_the_first() -> None:
    queue = Queue().following_series([ClassId(2), ClassId(3)]).append(item(9)).following_series([ClassId(5)])
    assert ids(queue) == [9, 5]


def test_play_next_stands_in_front_and_append_behind_the_users_own() -> None:
    queue = Queue().following_series([ClassId(2)]).append(item(8)).append(item(9)).play_next(item(7))
    assert ids(queue) == [7, 8, 9, 2]


items = st.lists(st.builds(item, st.integers(1, 9), st.none() | st.integers(0, 3)), max_size=8)


@given(items, st.integers(-2, 10), st.integers(-2, 10))
def test_moving_keeps_every_item(some: list[QueueItem], index: int, to: int) -> None:
    queue = Queue(tuple(some))
    moved = queue.move(index, to)
    assert sorted(ids(moved)) == sorted(ids(queue))
    if 0 <= index < len(some):
        assert moved.items[max(0, min(to, len(some) - 1))].class_id == some[index].class_id


@given(items, st.integers(-2, 10))
def test_removing_takes_one_or_none(some: list[QueueItem], index: int) -> None:
    queue = Queue(tuple(some))
    expected = len(some) - (1 if 0 <= index < len(some) else 0)
    assert len(queue.remove(index).items) == expected
