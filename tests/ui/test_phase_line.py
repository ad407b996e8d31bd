# SPDX-License-Identifier: GPL-3.0-or-later
"""The phase line as a control: click, drag, hover, keys, and what a screen reader is told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from player.domain.playing import Loop
from player.resources import resource_path
from player.ui.fonts import load_fonts
from player.ui.icons import Icons
from player.ui.theme import load_themes
from player.ui.widgets.phase_line import HIT_HEIGHT, MARGIN, PhaseLine
from tests.ui.player_stage import MINUTE, THIRTEEN


@pytest.fixture
def line(qtbot: QtBot) -> PhaseLine:
    load_fonts(resource_path("fonts"))
    line = PhaseLine(load_themes(resource_path("theme")).dark, Icons(resource_path("icons")))
    qtbot.addWidget(line)
    line.resize(1200, line.height())
    line.set_class(THIRTEEN, 15 * MINUTE)
    with qtbot.waitActive(line):
        line.show()
    return line


def _place(line: PhaseLine, position_ms: int) -> QPoint:
    return QPoint(round(line._layout.x_at(position_ms)), line.height() - HIT_HEIGHT // 2)


def _asked(line: PhaseLine) -> list[int]:
    asked: list[int] = []
    line.seek_requested.connect(asked.append)
    return asked


def test_the_line_is_easy_to_hit(line: PhaseLine) -> None:
    assert HIT_HEIGHT >= 32
    assert line.height() >= HIT_HEIGHT
    assert line.segments[0].left == MARGIN
    assert line.segments[-1].right == line.width() - MARGIN


def test_a_click_seeks_to_the_time_under_the_pointer(qtbot: QtBot, line: PhaseLine) -> None:
    asked = _asked(line)
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=_place(line, 9 * MINUTE))
    assert len(asked) == 1
    assert abs(asked[0] - 9 * MINUTE) < 1500
    assert line.position_ms == asked[0]


def test_a_click_on_a_name_goes_to_the_start_of_its_phase(qtbot: QtBot, line: PhaseLine) -> None:
    asked = _asked(line)
    place = _place(line, 9 * MINUTE)
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(place.x(), 6))
    assert asked == [THIRTEEN[3].start_ms]


def test_a_drag_seeks_live_and_the_player_does_not_pull_it_back(qtbot: QtBot, line: PhaseLine) -> None:
    asked = _asked(line)
    qtbot.mousePress(line, Qt.MouseButton.LeftButton, pos=_place(line, 2 * MINUTE))
    qtbot.mouseMove(line, _place(line, 5 * MINUTE))
    line.set_position(2 * MINUTE)
    qtbot.mouseMove(line, _place(line, 8 * MINUTE))
    assert abs(line.position_ms - 8 * MINUTE) < 1500
    qtbot.mouseRelease(line, Qt.MouseButton.LeftButton, pos=_place(line, 8 * MINUTE))
    line.set_position(3 * MINUTE)
    assert line.position_ms == 3 * MINUTE
    assert len(asked) >= 2


def test_hovering_tells_the_time_and_leaving_too(qtbot: QtBot, line: PhaseLine) -> None:
    told: list[int] = []
    line.hovered.connect(lambda time_ms, _x: told.append(time_ms))
    qtbot.mouseMove(line, _place(line, 9 * MINUTE))
    qtbot.waitUntil(lambda: bool(told))
    assert abs(told[-1] - 9 * MINUTE) < 1500
    line._set_hover(None)
    assert told[-1] == -1


@pytest.mark.parametrize(
    ("key", "where", "leads_to"),
    [
        (Qt.Key.Key_Right, 0, 1),
        (Qt.Key.Key_Right, 14 * MINUTE, 4),
        (Qt.Key.Key_Left, 7 * MINUTE, 1),
        (Qt.Key.Key_Left, 0, 0),
    ],
)
def test_arrows_go_to_the_start_of_a_phase(
    qtbot: QtBot, line: PhaseLine, key: Qt.Key, where: int, leads_to: int
) -> None:
    asked = _asked(line)
    line.set_position(where)
    line.setFocus()
    qtbot.keyClick(line, key)
    assert asked == [THIRTEEN[leads_to].start_ms]


def test_home_and_end_go_to_the_ends(qtbot: QtBot, line: PhaseLine) -> None:
    asked = _asked(line)
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_End)
    qtbot.keyClick(line, Qt.Key.Key_Home)
    assert asked == [15 * MINUTE, 0]


def test_a_screen_reader_sees_a_slider_with_the_phase_and_the_time(line: PhaseLine) -> None:
    line.set_position(7 * MINUTE)
    seen = QAccessible.queryAccessibleInterface(line)
    assert seen.role() == QAccessible.Role.Slider
    assert seen.text(QAccessible.Text.Name) == "Place in the class"
    assert seen.text(QAccessible.Text.Description) == "Breath, 7:00 of 15:00"
    assert line.value() == 7 * 60
    assert line.maximum() == 15 * 60


def test_a_screen_reader_can_set_the_place(line: PhaseLine) -> None:
    asked = _asked(line)
    line.setValue(300)
    assert asked == [300_000]
    line.set_position(9 * MINUTE)
    assert asked == [300_000]


def test_a_class_without_phases_can_be_seeked_and_its_keys_lead_10_seconds_on(qtbot: QtBot, line: PhaseLine) -> None:
    line.set_class((), 20 * MINUTE)
    line.set_loop(Loop(0, MINUTE))
    asked = _asked(line)
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Right)
    qtbot.keyClick(line, Qt.Key.Key_Left)
    qtbot.keyClick(line, Qt.Key.Key_Left)
    assert asked == [10_000, 0, 0]
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=_place(line, 10 * MINUTE))
    assert abs(asked[3] - 10 * MINUTE) < 2000
    line.grab()


def test_a_key_shows_where_it_leads_for_a_while(qtbot: QtBot, line: PhaseLine) -> None:
    told: list[int] = []
    line.hovered.connect(lambda time_ms, _x: told.append(time_ms))
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Right)
    assert told == [THIRTEEN[1].start_ms]
    qtbot.waitUntil(lambda: told[-1] == -1, timeout=5000)
    qtbot.keyClick(line, Qt.Key.Key_Right)
    line.clearFocus()
    assert told[-2:] == [THIRTEEN[2].start_ms, -1]


def test_the_pointer_takes_over_from_a_key(qtbot: QtBot, line: PhaseLine) -> None:
    told: list[int] = []
    line.hovered.connect(lambda time_ms, _x: told.append(time_ms))
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Right)
    line._set_hover(_place(line, 9 * MINUTE).x())
    assert abs(told[-1] - 9 * MINUTE) < 1500
    assert not line._key_timer.isActive()
