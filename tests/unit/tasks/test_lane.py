# SPDX-License-Identifier: GPL-3.0-or-later
"""A task ends in exactly one of done, failed, cancelled, on the main thread, in order."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from player.domain.progress import CancelToken
from player.tasks.lane import Lane


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[Lane]:
    lane = Lane("test")
    yield lane
    assert lane.close()


def test_outcomes_come_in_order_on_the_main_thread(qtbot: QtBot, lane: Lane) -> None:
    seen: list[object] = []

    def fail() -> None:
        raise ValueError("as asked")

    token = CancelToken()
    token.cancel()
    lane.submit(lambda: 1, seen.append)
    lane.submit(fail, seen.append, lambda error: seen.append(str(error)))
    lane.submit(lambda: 2, seen.append, cancelled=lambda: seen.append("cancelled"), token=token)
    lane.submit(threading.current_thread, lambda worker: seen.append(worker is not threading.main_thread()))
    lane.submit(lambda: None, lambda _none: seen.append(threading.current_thread() is threading.main_thread()))
    qtbot.waitUntil(lambda: lane.idle)
    assert seen == [1, "as asked", "cancelled", True, True]


def test_running_work_sees_the_wish_to_stop(qtbot: QtBot, lane: Lane) -> None:
    running, token, seen = threading.Event(), CancelToken(), []

    def work() -> None:
        running.set()
        while True:
            token.raise_if_cancelled()

    lane.submit(work, cancelled=lambda: seen.append("cancelled"), token=token)
    assert running.wait(5)
    token.cancel()
    qtbot.waitUntil(lambda: lane.idle)
    assert seen == ["cancelled"]


def test_closing_finishes_the_work_and_tells_nothing_more(qtbot: QtBot) -> None:
    lane, written, told = Lane("test"), [], []
    for number in range(20):
        lane.submit(lambda number=number: written.append(number), lambda _none: told.append(1))
    assert lane.close()
    assert written == list(range(20))
    qtbot.waitUntil(lambda: True)
    assert not told
