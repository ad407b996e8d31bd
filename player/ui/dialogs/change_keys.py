# SPDX-License-Identifier: GPL-3.0-or-later
"""The list in which keys are changed: an action a row, its key to press and choose anew. Main thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from player.ui.actions import Action
from player.ui.icons import Icons
from player.ui.keymap import Keymap, is_free_to_choose, key_of, key_words
from player.ui.theme import ThemeManager
from player.ui.widgets.button import Button, ButtonKind, ButtonSize

_ROW = 44
_LISTENS = "Press a key"
_NONE = "No key"
_REFUSED = "This key walks around, presses or leaves everywhere. Choose another one."


class KeyButton(Button):
    """Shows the key of an action; pressed, it listens for another one. Esc, or going elsewhere, listens no more."""

    pressed_key = Signal(str)
    refused = Signal()
    listens = False

    def __init__(self, themes: ThemeManager, icons: Icons, action: Action, parent: QWidget) -> None:
        super().__init__(themes, icons, _NONE, kind=ButtonKind.SECONDARY, size=ButtonSize.SMALL, parent=parent)
        self._action, self._key = action, ""
        self.clicked.connect(self._listen)

    def set_key(self, key: str) -> None:
        """The key in force, "" for none."""
        self._key = key
        self.listens = False
        self._show()

    @Slot()
    def _listen(self) -> None:
        self.listens = True
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show()

    def _show(self) -> None:
        words = " + ".join(key_words(self._key)) if self._key else _NONE
        self.set_label(_LISTENS if self.listens else words)
        self.setAccessibleName(f"{self._action.title}: {_LISTENS if self.listens else words}")

    @override
    def event(self, event: QEvent) -> bool:
        """While it listens every key is its own, even those that would walk on."""
        if self.listens and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._take(event)
                return True
        return super().event(event)

    def _take(self, event: QKeyEvent) -> None:
        key = key_of(event)
        if event.key() == Qt.Key.Key_Escape:
            self.set_key(self._key)
        elif not key or event.isAutoRepeat():
            return
        elif not is_free_to_choose(event):
            self.set_key(self._key)
            self.refused.emit()
        else:
            self.set_key(self._key)
            self.pressed_key.emit(key)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.listens:
            self.set_key(self._key)


class ChangeKeys(QWidget):
    """All actions with their keys. A key that is taken is given only after a question, asked in its own line."""

    def __init__(self, themes: ThemeManager, icons: Icons, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes, self._icons, self._keymap = themes, icons, keymap
        self._agreed: Callable[[], None] | None = None
        self.keys: dict[str, KeyButton] = {}
        self.resets: dict[str, Button] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._make_list(), 1)
        column.addWidget(self._make_question())
        keymap.changed.connect(self._show_keys)
        themes.changed.connect(self._restyle)
        self._show_keys()
        self._restyle()

    def _button(self, words: str, kind: ButtonKind = ButtonKind.SECONDARY) -> Button:
        return Button(self._themes, self._icons, words, kind=kind, size=ButtonSize.SMALL, parent=self)

    def _make_list(self) -> QWidget:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, 300)
        grid.setColumnStretch(3, 1)
        self._heads: list[QLabel] = []
        self._titles: list[QLabel] = []
        row, group = 0, ""
        for action in self._keymap.actions:
            if action.group != group:
                group = action.group
                head = QLabel(group)
                self._heads.append(head)
                grid.addWidget(head, row, 0, 1, 3)
                grid.setRowMinimumHeight(row, _ROW + 8)
                row += 1
            self._add_row(grid, row, action)
            row += 1
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self._area = area
        return area

    def _add_row(self, grid: QGridLayout, row: int, action: Action) -> None:
        title = QLabel(action.title)
        self._titles.append(title)
        key = KeyButton(self._themes, self._icons, action, self)
        key.setMinimumWidth(140)
        key.pressed_key.connect(partial(self._wish, action))
        key.refused.connect(partial(self._say, _REFUSED))
        reset = self._button("Reset", ButtonKind.PLAIN)
        reset.setAccessibleName(f"Reset {action.title}")
        reset.clicked.connect(partial(self._wish_reset, action))
        policy = reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        reset.setSizePolicy(policy)
        self.keys[action.id], self.resets[action.id] = key, reset
        grid.addWidget(title, row, 0)
        grid.addWidget(key, row, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(reset, row, 2, Qt.AlignmentFlag.AlignVCenter)
        grid.setRowMinimumHeight(row, _ROW)

    def _make_question(self) -> QWidget:
        box = QWidget(self)
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.question = QLabel()
        self.question.setWordWrap(True)
        self.keep = self._button("Leave it")
        self.take = self._button("Take it over")
        self.keep.clicked.connect(self._forget)
        self.take.clicked.connect(self._agree)
        line.addWidget(self.question, 1)
        line.addWidget(self.take)
        line.addWidget(self.keep)
        self._say("")
        return box

    # What is wished for

    def _wish(self, action: Action, key: str) -> None:
        user = self._keymap.user_of(key, besides=action.id)
        self._ask((user,) if user else (), key, partial(self._keymap.choose, action.id, key))

    def _wish_reset(self, action: Action) -> None:
        users = self._keymap.users_of_usual(action.id)
        self._ask(users, "", partial(self._keymap.reset, action.id))

    def _ask(self, users: tuple[Action, ...], key: str, agreed: Callable[[], None]) -> None:
        """Do it, or ask first whether these actions may lose their key."""
        if not users:
            self._say("")
            agreed()
            return
        what = " + ".join(key_words(key)) if key else "The usual key"
        names = " and ".join(f"“{user.title}”" for user in users)
        self._say(f"{what} is used by {names}. Take it over?", agreed)
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _agree(self) -> None:
        agreed = self._agreed
        self._say("")
        if agreed is not None:
            agreed()

    @Slot()
    def _forget(self) -> None:
        self._say("")

    def _say(self, words: str, agreed: Callable[[], None] | None = None) -> None:
        self._agreed = agreed
        self.question.setText(words)
        self.question.setAccessibleName(words)
        self.take.setVisible(agreed is not None)
        self.keep.setVisible(agreed is not None)

    # What is shown

    @Slot()
    def _show_keys(self) -> None:
        for name, button in self.keys.items():
            keys = self._keymap.keys(name)
            button.set_key(keys[0] if keys else "")
            self.resets[name].setVisible(self._keymap.is_changed(name))

    @Slot()
    def _restyle(self) -> None:
        theme = self._themes.theme
        ink = theme.color("text_1").name()
        for label in (*self._heads, *self._titles, self.question):
            weight = 600 if label in self._heads else 400
            label.setFont(theme.font("body_large", weight=weight))
            label.setStyleSheet(f"color: {ink}; background: transparent; font-weight: {weight};")
        self._area.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }")
