# SPDX-License-Identifier: GPL-3.0-or-later
"""The queue drawer: a click chooses, only what is meant plays, and items move by handle and by key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from player.domain.queue import Queue, QueueItem
from player.ui.pages.queue_list import QueueList
from tests.ui.player_stage import Stage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    """The drawer is open, with classes 14, 15, 16 and the third phase of class 14 behind them."""
    stage = Stage(tmp_path)
    qtbot.addWidget(stage.page)
    with qtbot.waitActive(stage.page):
        stage.show()
    stage.play(13)
    items = [QueueItem(stage.ids[number]) for number in (14, 15, 16)]
    stage.controller.set_queue(Queue((*items, QueueItem(stage.ids[14], 2))))
    stage.settle()
    stage.page.toggle_queue()
    stage.pass_time(0.3)
    yield stage
    stage.close()


def rows(stage: Stage) -> QueueList:
    return stage.page.drawer.list


def middle(stage: Stage, row: int) -> QPoint:
    return rows(stage).places(row).row.center()


def order(stage: Stage) -> list[tuple[int | None, int | None]]:
    numbers = {class_id: number for number, class_id in stage.ids.items()}
    return [(numbers[item.class_id], item.phase) for item in stage.controller.queue.items]


def plays_number(stage: Stage) -> int | None:
    stage.settle()
    assert stage.controller.class_video is not None
    return stage.controller.class_video.number


def drag(stage: Stage, row: int, to_y: int) -> None:
    view = rows(stage)
    grip = view.places(row).handle.center()
    QTest.mousePress(view.viewport(), LEFT, pos=grip)
    for y in (grip.y() + (10 if to_y > grip.y() else -10), to_y):
        QTest.mouseMove(view.viewport(), QPoint(grip.x(), y))
    QTest.mouseRelease(view.viewport(), LEFT, pos=QPoint(grip.x(), to_y))


def test_a_click_chooses_and_plays_nothing(qtbot: QtBot, stage: Stage) -> None:
    qtbot.mouseClick(rows(stage).viewport(), LEFT, pos=middle(stage, 2))
    assert rows(stage).currentIndex().row() == 2
    assert plays_number(stage) == 13
    assert len(stage.controller.queue.items) == 4


def test_pressing_one_row_and_letting_go_on_another_does_nothing(stage: Stage) -> None:
    viewport = rows(stage).viewport()
    for place in (middle(stage, 0), rows(stage).places(0).picture.center(), rows(stage).places(0).remove.center()):
        QTest.mousePress(viewport, LEFT, pos=place)
        QTest.mouseMove(viewport, QPoint(place.x(), middle(stage, 2).y()))
        QTest.mouseRelease(viewport, LEFT, pos=QPoint(place.x(), middle(stage, 2).y()))
    assert plays_number(stage) == 13
    assert order(stage) == [(14, None), (15, None), (16, None), (14, 2)]
    assert rows(stage).currentIndex().row() == 0


def test_a_double_click_plays(qtbot: QtBot, stage: Stage) -> None:
    viewport, place = rows(stage).viewport(), middle(stage, 2)
    qtbot.mouseClick(viewport, LEFT, pos=place)
    qtbot.mouseDClick(viewport, LEFT, pos=place)
    assert plays_number(stage) == 16


def test_the_picture_of_the_chosen_row_plays_once(qtbot: QtBot, stage: Stage) -> None:
    viewport, place = rows(stage).viewport(), rows(stage).places(1).picture.center()
    qtbot.mouseClick(viewport, LEFT, pos=place)
    assert plays_number(stage) == 13
    qtbot.mouseClick(viewport, LEFT, pos=place)
    assert plays_number(stage) == 15
    with qtbot.assertNotEmitted(rows(stage).play_requested):
        qtbot.mouseDClick(viewport, LEFT, pos=place)  # the second half of a double click: other rows stand there now


def test_enter_plays_the_chosen_row(qtbot: QtBot, stage: Stage) -> None:
    qtbot.keyClick(rows(stage), Qt.Key.Key_Down)
    qtbot.keyClick(rows(stage), Qt.Key.Key_Return)
    assert plays_number(stage) == 15


def test_the_cross_removes_where_it_was_pressed(qtbot: QtBot, stage: Stage) -> None:
    qtbot.mouseClick(rows(stage).viewport(), LEFT, pos=rows(stage).places(1).remove.center())
    assert order(stage) == [(14, None), (16, None), (14, 2)]
    assert plays_number(stage) == 13


def test_alt_with_up_and_down_moves(qtbot: QtBot, stage: Stage) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(rows(stage), Qt.Key.Key_Up, alt)
    assert order(stage)[0] == (14, None)
    qtbot.keyClick(rows(stage), Qt.Key.Key_Down, alt)
    qtbot.keyClick(rows(stage), Qt.Key.Key_Down, alt)
    assert order(stage) == [(15, None), (16, None), (14, None), (14, 2)]
    assert rows(stage).currentIndex().row() == 2
    assert [item.added for item in stage.controller.queue.items] == [False, False, True, False]
    qtbot.keyClick(rows(stage), Qt.Key.Key_Up, alt)
    assert order(stage) == [(15, None), (14, None), (16, None), (14, 2)]
    assert stage.controller.volume == 100  # Up and Down were not the player's


@pytest.mark.parametrize(
    ("row", "below", "expected"),
    [
        (0, 2, [(15, None), (16, None), (14, None), (14, 2)]),
        (3, -1, [(14, 2), (14, None), (15, None), (16, None)]),
        (1, 1, [(14, None), (15, None), (16, None), (14, 2)]),
    ],
)
def test_the_handle_drags(stage: Stage, row: int, below: int, expected: list[tuple[int, int | None]]) -> None:
    """`below`: dropped under this row, -1 for above all."""
    drag(stage, row, 2 if below < 0 else middle(stage, below).y() + 12)
    assert order(stage) == expected
    assert plays_number(stage) == 13


def test_a_drag_shows_a_line_where_the_row_would_go_and_esc_ends_it(qtbot: QtBot, stage: Stage) -> None:
    view = rows(stage)
    grip = view.places(0).handle.center()
    QTest.mousePress(view.viewport(), LEFT, pos=grip)
    QTest.mouseMove(view.viewport(), QPoint(grip.x(), grip.y() + 12))
    QTest.mouseMove(view.viewport(), middle(stage, 1) + QPoint(0, 5))
    assert view.dragged_row == 0
    image = view.viewport().grab().toImage()
    line = view.places(1).row.bottom() + 1
    assert image.pixelColor(view.width() - 40, line) == view._theme.color("text_1")
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.dragged_row is None
    QTest.mouseRelease(view.viewport(), LEFT, pos=middle(stage, 1))
    assert order(stage)[0] == (14, None)
    assert stage.page.drawer.shown


def test_rows_say_their_number(stage: Stage) -> None:
    model = rows(stage).model()
    assert model.data(model.index(0, 0)) == "Class 14, Full Body Release, 22 min"
    tip = model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert tip == "Full Body Release: Movement from Within"
