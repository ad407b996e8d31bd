# SPDX-License-Identifier: GPL-3.0-or-later
"""The keyboard page says every key of the table and asks to be closed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from player.resources import resource_path
from player.ui.actions import ACTIONS, Scope, bind, rows
from player.ui.dialogs.shortcuts import ShortcutsPage, caps
from player.ui.fonts import load_fonts
from player.ui.icons import Icons
from player.ui.theme import ThemeManager, load_themes


@pytest.fixture
def page(qtbot: QtBot) -> ShortcutsPage:
    load_fonts(resource_path("fonts"))
    page = ShortcutsPage(ThemeManager(load_themes(resource_path("theme"))), Icons(resource_path("icons")))
    qtbot.addWidget(page)
    page.resize(1280, 800)
    with qtbot.waitActive(page):
        page.show()
    page.setFocus()
    return page


def test_keys_are_shown_as_caps() -> None:
    page = rows()
    assert caps(page["Playing"]["Back, forward 10 s"]) == ("←", "→")
    assert caps(page["Playing"]["Mute"]) == ("Shift", "M")
    assert caps(page["Phases"]["Go to phase 1 to 9"]) == ("1", "…", "9")
    assert caps(page["Next"]["Previous, next class"]) == ("Shift", "P", "N")
    assert caps(page["Playing"]["Slower, faster, normal"]) == ("[", "]", "=")


def test_every_row_is_said_in_words(page: ShortcutsPage) -> None:
    for group in rows().values():
        for row in group:
            assert row in page.spoken()
    page.grab()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Question])
def test_keys_close_it_and_reach_nothing_beneath(qtbot: QtBot, page: ShortcutsPage, key: Qt.Key) -> None:
    told: list[str] = []
    handlers = {action.id: (lambda name=action.id: told.append(name)) for action in ACTIONS}
    bind(page, handlers, scope=Scope.PLAYER)
    with qtbot.waitSignal(page.close_requested):
        qtbot.keyClick(page, key)
    qtbot.keyClick(page, Qt.Key.Key_Space)
    assert told == []


def test_a_click_beside_the_card_closes_it(qtbot: QtBot, page: ShortcutsPage) -> None:
    with qtbot.waitSignal(page.close_requested):
        qtbot.mouseClick(page, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    with qtbot.assertNotEmitted(page.close_requested):
        qtbot.mouseClick(page, Qt.MouseButton.LeftButton, pos=QPoint(640, 400))
