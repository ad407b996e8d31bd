# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of keys is whole: no key twice, a title for everything, a handler for everything in the player."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from player.ui.actions import ACTIONS, Scope, bind, rows


def test_ids_and_keys_are_unique() -> None:
    assert [name for name, count in Counter(action.id for action in ACTIONS).items() if count > 1] == []
    keys = [QKeySequence(key).toString() for action in ACTIONS for key in action.keys]
    assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_every_key_is_one_that_qt_knows() -> None:
    for action in ACTIONS:
        for key in action.keys:
            sequence = QKeySequence(key)
            assert sequence.count() == 1, key
            assert sequence[0].key() != Qt.Key.Key_unknown, key


def test_titles_are_words_in_sentence_case() -> None:
    for action in ACTIONS:
        assert action.title[0].isupper()
        assert action.title == action.title.strip()
        assert "!" not in action.title
        assert action.keys


def test_the_keyboard_page_shows_every_action_once() -> None:
    shown = [action for group in rows().values() for row in group.values() for action in row]
    assert Counter(shown) == Counter(ACTIONS)


def test_an_action_without_a_handler_is_an_error(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    with pytest.raises(KeyError):
        bind(widget, {}, scope=Scope.PLAYER)


@pytest.fixture
def done(qtbot: QtBot) -> tuple[list[str], QWidget]:
    widget = QWidget()
    QVBoxLayout(widget)
    qtbot.addWidget(widget)
    done: list[str] = []
    handlers = {action.id: (lambda name=action.id: done.append(name)) for action in ACTIONS}
    bind(widget, handlers, scope=Scope.PLAYER)
    bind(widget, handlers, scope=Scope.ANYWHERE)
    return done, widget


def test_keys_do_what_the_table_says(qtbot: QtBot, done: tuple[list[str], QWidget]) -> None:
    told, widget = done
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    with qtbot.waitActive(widget):
        widget.show()
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_N)
    qtbot.keyClick(widget, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(widget, Qt.Key.Key_PageUp)
    qtbot.keyClick(widget, Qt.Key.Key_3)
    qtbot.keyClick(widget, Qt.Key.Key_Space)
    assert told == ["next-phase", "next-class", "previous-phase", "phase-3", "play-pause"]


def test_space_presses_the_button_that_has_focus_and_text_fields_keep_their_letters(
    qtbot: QtBot, done: tuple[list[str], QWidget]
) -> None:
    told, widget = done
    button, field = QPushButton("Press"), QLineEdit()
    for child in (button, field):
        widget.layout().addWidget(child)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    with qtbot.waitActive(widget):
        widget.show()
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert (pressed, told) == ([True], [])
    field.setFocus()
    qtbot.keyClicks(field, "n p")
    assert (field.text(), told) == ("n p", [])
