# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys can be changed: who has which, what is kept, what a conflict does, and that the program follows at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from player.ui.actions import ACTIONS, Scope
from player.ui.dialogs.shortcuts import ShortcutsPage
from player.ui.icons import Icons
from player.ui.keymap import Bindings, Keymap, key_of, key_words
from player.ui.theme import ThemeManager

K, M = Qt.Key, Qt.KeyboardModifier


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = M.NoModifier, text: str = "") -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)


def test_without_changes_the_keys_are_those_of_the_table(qapp: object) -> None:
    keymap = Keymap()
    assert keymap.actions == ACTIONS
    assert keymap.changes == {}


def test_a_chosen_key_replaces_the_first_and_is_taken_from_who_had_it(qtbot: QtBot) -> None:
    keymap = Keymap()
    assert keymap.user_of("x").id == "mirror"
    with qtbot.waitSignal(keymap.changed):
        keymap.choose("next-phase", "X")
    assert keymap.keys("next-phase") == ("X", "PgDown")
    assert keymap.keys("mirror") == ()
    assert keymap.changes == {"next-phase": ("X", "PgDown"), "mirror": ()}
    assert [user.id for user in keymap.users_of_usual("mirror")] == ["next-phase"]
    keymap.reset("mirror")
    assert keymap.changes == {"next-phase": ("PgDown",)}
    keymap.reset_all()
    assert keymap.changes == {}


def test_what_is_kept_comes_back_and_nonsense_is_left_out(qapp: object) -> None:
    kept = {"mirror": ("Ctrl+Shift+F8",), "captions": ("C", "C", "Bogus", "A, B", ""), "no-such-action": ("Z",)}
    keymap = Keymap(kept)
    assert keymap.keys("mirror") == ("Ctrl+Shift+F8",)
    assert keymap.keys("captions") == ("C",)
    twins = Keymap({"mirror": ("C",)})
    assert (twins.keys("mirror"), twins.keys("captions")) == (("C",), ())


@pytest.mark.parametrize(
    ("event", "name"),
    [
        (press(K.Key_M, M.ShiftModifier, "M"), "Shift+M"),
        (press(K.Key_Question, M.ShiftModifier, "?"), "?"),
        (press(K.Key_Slash, M.ShiftModifier, "/"), "/"),
        (press(K.Key_5, M.KeypadModifier, "5"), "5"),
        (press(K.Key_G, M.ControlModifier, "\x07"), "Ctrl+G"),
        (press(K.Key_PageDown), "PgDown"),
        (press(K.Key_MediaNext), "Media Next"),
        (press(K.Key_Shift, M.ShiftModifier), ""),
    ],
)
def test_keys_are_named_as_the_table_names_them(qapp: object, event: QKeyEvent, name: str) -> None:
    assert key_of(event) == name


def test_key_caps() -> None:
    assert key_words("Ctrl+Shift+Left") == ("Ctrl", "Shift", "←")
    assert key_words("+") == ("+",)
    assert key_words("Ctrl++") == ("Ctrl", "+")


def test_shortcuts_follow_at_once(qtbot: QtBot) -> None:
    widget, keymap, told = QWidget(), Keymap(), []
    qtbot.addWidget(widget)
    handlers = {action.id: (lambda name=action.id: told.append(name)) for action in ACTIONS}
    Bindings(widget, handlers, keymap, scope=Scope.PLAYER)
    with qtbot.waitActive(widget):
        widget.show()
    qtbot.keyClick(widget, K.Key_X)
    keymap.choose("mute", "X")
    qtbot.keyClick(widget, K.Key_X)
    keymap.choose("mirror", "Ctrl+M")
    qtbot.keyClick(widget, K.Key_M, M.ControlModifier)
    keymap.reset_all()
    qtbot.keyClick(widget, K.Key_X)
    assert told == ["mirror", "mute", "mirror", "mirror"]


@pytest.fixture
def page(qtbot: QtBot, themes: ThemeManager, icons: Icons) -> ShortcutsPage:
    page = ShortcutsPage(themes, icons, keymap=Keymap())
    qtbot.addWidget(page)
    page.resize(1280, 800)
    with qtbot.waitActive(page):
        page.show()
    page.toggle_changing()
    return page


def test_a_key_is_pressed_to_be_chosen(qtbot: QtBot, page: ShortcutsPage) -> None:
    button = page.changing.keys["mirror"]
    assert button.text() == "X"
    assert not page.changing.resets["mirror"].isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.text() == "Press a key"
    qtbot.keyClick(button, K.Key_Control)  # alone it is no key
    assert button.listens
    qtbot.keyClick(button, K.Key_F9, M.ControlModifier)
    assert button.text() == "Ctrl + F9"
    assert page._keymap.changes == {"mirror": ("Ctrl+F9",)}
    assert "Mirror: Ctrl F9" in page.spoken()
    qtbot.mouseClick(page.changing.resets["mirror"], Qt.MouseButton.LeftButton)
    assert page._keymap.changes == {}


def test_a_taken_key_is_asked_for(qtbot: QtBot, page: ShortcutsPage) -> None:
    changing = page.changing
    button = changing.keys["mirror"]
    for answer, keys in ((changing.keep, ("X",)), (changing.take, ("C",))):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.keyClick(button, K.Key_C)
        assert changing.question.text() == "C is used by “Captions”. Take it over?"
        assert page._keymap.keys("mirror") == ("X",)
        qtbot.mouseClick(answer, Qt.MouseButton.LeftButton)
        assert page._keymap.keys("mirror") == keys
        assert changing.question.text() == ""
    assert changing.keys["captions"].text() == "No key"
    qtbot.mouseClick(changing.resets["captions"], Qt.MouseButton.LeftButton)
    assert changing.question.text() == "The usual key is used by “Mirror”. Take it over?"
    qtbot.mouseClick(changing.take, Qt.MouseButton.LeftButton)
    assert page._keymap.keys("captions") == ("C",)
    qtbot.mouseClick(page.reset_button, Qt.MouseButton.LeftButton)
    assert page._keymap.changes == {}


@pytest.mark.parametrize("key", [K.Key_Return, K.Key_Tab, K.Key_Escape])
def test_keys_that_walk_press_and_leave_are_not_given_away(qtbot: QtBot, page: ShortcutsPage, key: Qt.Key) -> None:
    button = page.changing.keys["mirror"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(button, key)
    assert not button.listens
    assert page._keymap.changes == {}
    assert page.changing.isVisible()
    assert bool(page.changing.question.text()) is (key != K.Key_Escape)


def test_escape_goes_back_to_the_page_first(qtbot: QtBot, page: ShortcutsPage) -> None:
    qtbot.keyClick(page, K.Key_Escape)
    assert page.changing.isHidden()
    with qtbot.waitSignal(page.close_requested):
        qtbot.keyClick(page, K.Key_Escape)
