# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys and hands that get around in a class: loops by hand, single pictures, a time that is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from player.domain.errors import UsageError
from player.domain.playing import Loop, PlayerState
from player.ui.widgets.time_field import wanted_ms
from tests.ui.player_stage import MINUTE, THIRTEEN, Stage

K, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    qtbot.addWidget(stage.page)
    with qtbot.waitActive(stage.page):
        stage.show()
    yield stage
    stage.close()


def test_a_key_sets_start_and_end_of_a_loop_and_clears_it(qtbot: QtBot, stage: Stage) -> None:
    stage.play(13, 5 * MINUTE)
    page, line = stage.page, stage.page.deck.line
    qtbot.keyClick(page, K.Key_A)
    assert page.note.text == "Loop starts at 5:00"
    assert line.posts.shown == Loop(5 * MINUTE, 5 * MINUTE)
    assert "a loop starts at 5:00" in line.accessibleDescription()
    stage.go_to(6 * MINUTE)
    qtbot.keyClick(page, K.Key_A)
    stage.settle()
    assert page.note.text == "Repeats 5:00 to 6:00"
    assert line.posts.shown == Loop(5 * MINUTE, 6 * MINUTE)
    assert page.deck.loop.isChecked()
    assert not page.phases.list.row(2).looping  # it is not the phase that repeats
    assert "repeats 5:00 to 6:00" in line.accessibleDescription()
    qtbot.keyClick(page, K.Key_BracketLeft, CTRL)
    assert stage.controller.loop == Loop(stage.controller.position_ms, 6 * MINUTE)
    qtbot.keyClick(page, K.Key_A)
    assert page.note.text == "Repeats nothing"
    assert stage.controller.loop is None


def test_the_ends_of_a_loop_are_dragged(stage: Stage) -> None:
    stage.play(13, 5 * MINUTE)
    controller, line = stage.controller, stage.page.deck.line
    controller.set_loop(5 * MINUTE, 6 * MINUTE)
    stage.settle()
    y = line.height() - 16
    end, later = (round(line._layout.x_at(minute * MINUTE)) for minute in (6, 8))
    QTest.mousePress(line, Qt.MouseButton.LeftButton, pos=QPoint(end + 3, y))
    QTest.mouseMove(line, QPoint(later, y))
    QTest.mouseRelease(line, Qt.MouseButton.LeftButton, pos=QPoint(later, y))
    assert controller.loop.start_ms == 5 * MINUTE
    assert controller.loop.end_ms == pytest.approx(8 * MINUTE, abs=2000)
    assert controller.position_ms == 5 * MINUTE  # nothing was sought
    start, before = (round(line._layout.x_at(minute * MINUTE)) for minute in (5, 2))
    QTest.mousePress(line, Qt.MouseButton.LeftButton, pos=QPoint(start, y))
    QTest.mouseMove(line, QPoint(before, y))
    QTest.mouseRelease(line, Qt.MouseButton.LeftButton, pos=QPoint(before, y))
    assert controller.loop.start_ms == pytest.approx(2 * MINUTE, abs=2000)
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(later - 60, y))
    stage.settle()
    assert controller.position_ms > 6 * MINUTE  # beside the posts a press seeks as ever
    assert controller.loop is not None


def test_single_pictures_by_key(qtbot: QtBot, stage: Stage) -> None:
    stage.play(13, 5 * MINUTE)
    page = stage.page
    qtbot.keyClick(page, K.Key_Period)
    stage.settle()
    assert stage.controller.state is PlayerState.PAUSED
    assert stage.controller.position_ms == 5 * MINUTE + 40
    assert page.note.text == "5:00.04"
    qtbot.keyClick(page, K.Key_Comma)
    stage.settle()
    assert stage.controller.position_ms == 5 * MINUTE


def test_a_repeat_that_waits_says_so(stage: Stage) -> None:
    stage.play(13, 5 * MINUTE)
    controller, page = stage.controller, stage.page
    controller.set_count_in_ms(300)
    controller.set_loop(5 * MINUTE, 5 * MINUTE + 500)
    stage.engine.advance(600)
    controller._stage._tick()
    assert page.note.text == "Again in 1"
    assert page.deck.play.accessibleName() == "Pause"
    stage.wait(lambda: controller.count_in_left_ms is None)
    assert page.note.text == ""


def test_a_time_can_be_asked_for(qtbot: QtBot, stage: Stage) -> None:
    stage.play(13, 5 * MINUTE)
    page, field = stage.page, stage.page.time_field
    qtbot.keyClick(page, K.Key_G, CTRL)
    assert field.isVisible()
    assert field.edit.hasFocus()
    assert field.edit.text() == "5:00"
    qtbot.keyClicks(field.edit, "99:00")
    qtbot.keyClick(field.edit, K.Key_Return)
    assert field.isVisible()
    assert field.words == "This class lasts 15:00."
    field.edit.selectAll()
    qtbot.keyClicks(field.edit, "1:30")
    qtbot.keyClick(field.edit, K.Key_Return)
    stage.settle()
    assert stage.controller.position_ms == 90_000
    assert not field.isVisible()
    assert page.hasFocus()
    qtbot.keyClick(page, K.Key_G, CTRL)
    QTest.keyClick(page.windowHandle(), K.Key_Escape)
    assert not field.isVisible()
    assert stage.controller.class_video is not None
    qtbot.keyClick(page, K.Key_Home)
    stage.settle()
    assert stage.controller.position_ms == 0


def test_letters_in_the_field_are_no_keys(qtbot: QtBot, stage: Stage) -> None:
    stage.play(13, 5 * MINUTE)
    qtbot.keyClick(stage.page, K.Key_G, CTRL)
    for key in (K.Key_Space, K.Key_3, K.Key_X, K.Key_Home, K.Key_Left):
        QTest.keyClick(stage.page.windowHandle(), key)
    assert stage.controller.state is PlayerState.PLAYING
    assert not stage.controller.mirrored
    assert stage.controller.position_ms == 5 * MINUTE
    assert THIRTEEN[2].start_ms != 5 * MINUTE


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("90", 90_000), (" 1:30 ", 90_000), ("+30", 130_000), ("-1:00", 40_000), ("-9:00", 0), ("+99:00", 200_000)],
)
def test_times_as_people_write_them(text: str, wanted: int) -> None:
    assert wanted_ms(text, 100_000, 200_000) == wanted


@pytest.mark.parametrize("text", ["", "abc", "1:2:3:4", "--3", "3:21"])
def test_what_is_no_time_is_answered_in_words(text: str) -> None:
    with pytest.raises(UsageError, match=r"\."):
        wanted_ms(text, 0, 200_000)
