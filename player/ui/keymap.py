# SPDX-License-Identifier: GPL-3.0-or-later
"""The keys in force: the table of actions with what the user has changed. Knows no page and no file. Main thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from player.ui.actions import ACTIONS, Action, Scope, bind

MOST_KEYS = 8
_MODIFIER_KEYS = frozenset(
    {
        *(Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr),
        *(Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_ScrollLock, Qt.Key.Key_unknown),
    }
)
_NOT_FREE = frozenset(
    {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Menu}
)
"""What walks around, presses and leaves, everywhere."""
_LABELS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "PgUp": "Page up", "PgDown": "Page down"}


def key_of(event: QKeyEvent) -> str:
    """The portable name of what is pressed, as the table writes it ("?" and not "Shift+?"); "" for a modifier alone."""
    if event.key() in _MODIFIER_KEYS:
        return ""
    modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier)
    typed = event.text()
    sign = len(typed) == 1 and typed.isprintable() and not typed.isalnum() and not typed.isspace()
    if sign and modifiers & Qt.KeyboardModifier.ShiftModifier:  # Shift is how the layout types it
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(modifiers.value | event.key()).toString(QKeySequence.SequenceFormat.PortableText)


def is_free_to_choose(event: QKeyEvent) -> bool:
    """Whether a key may be given to an action at all."""
    return event.key() not in _NOT_FREE


def key_words(key: str) -> tuple[str, ...]:
    """The caps of a key: ("Shift", "M"), ("←",)."""
    if key == "+" or "+" not in key:
        return (_LABELS.get(key, key),)
    if key.endswith("++"):
        return (*key_words(key[:-2]), "+")
    return tuple(_LABELS.get(part, part) for part in key.split("+"))


class Keymap(QObject):
    """An action has its keys of the table until the user changes them; the first one is shown, and is the one that
    `choose` replaces."""

    changed = Signal()

    def __init__(
        self,
        changes: Mapping[str, Sequence[str]] | None = None,
        parent: QObject | None = None,
        *,
        actions: Sequence[Action] = ACTIONS,
    ) -> None:
        """`changes` are keys by the id of their action, as kept; what makes no sense in them is left out."""
        super().__init__(parent)
        self._table = {action.id: action for action in actions}
        self._keys = {action.id: action.keys for action in actions}
        for name, keys in (changes or {}).items():
            if name in self._table:
                self._keys[name] = tuple(dict.fromkeys(key for key in map(_tidy, keys[:MOST_KEYS]) if key))
        self._drop_twins(set(changes or {}))

    @property
    def actions(self) -> tuple[Action, ...]:
        """The table with the keys in force."""
        return tuple(replace(action, keys=self._keys[action.id]) for action in self._table.values())

    @property
    def changes(self) -> dict[str, tuple[str, ...]]:
        """What differs from the table, to be kept."""
        return {name: keys for name, keys in self._keys.items() if keys != self._table[name].keys}

    def keys(self, name: str) -> tuple[str, ...]:
        return self._keys[name]

    def is_changed(self, name: str) -> bool:
        return self._keys[name] != self._table[name].keys

    def user_of(self, key: str, *, besides: str = "") -> Action | None:
        """The action that has `key`, if it is another one than `besides`."""
        key = _tidy(key)
        return next((self._table[name] for name, keys in self._keys.items() if key in keys and name != besides), None)

    def users_of_usual(self, name: str) -> tuple[Action, ...]:
        """Who has the keys that `reset` would take back."""
        users = (self.user_of(key, besides=name) for key in self._table[name].keys)
        return tuple(dict.fromkeys(user for user in users if user is not None))

    def choose(self, name: str, key: str) -> None:
        """Give an action this key in the place of its first one; whoever had it loses it."""
        key = _tidy(key)
        if not key:
            return
        self._take_away(key, name)
        self._keys[name] = (key, *(other for other in self._keys[name][1:] if other != key))
        self.changed.emit()

    def reset(self, name: str) -> None:
        """The keys of the table again; whoever has them loses them."""
        for key in self._table[name].keys:
            self._take_away(key, name)
        self._keys[name] = self._table[name].keys
        self.changed.emit()

    def reset_all(self) -> None:
        self._keys = {name: action.keys for name, action in self._table.items()}
        self.changed.emit()

    def action_of(self, event: QKeyEvent) -> str:
        """The id of the action that a key press means, "" for none: by what is pressed, or by what it types
        (layouts differ)."""
        for key in (key_of(event), event.text()):
            user = self.user_of(key) if key and key.isprintable() else None
            if user is not None:
                return user.id
        return ""

    def _take_away(self, key: str, name: str) -> None:
        for other, keys in self._keys.items():
            if other != name and key in keys:
                self._keys[other] = tuple(one for one in keys if one != key)

    def _drop_twins(self, changed: set[str]) -> None:
        """A key of two actions belongs to the one the user has changed, else to the first."""
        owner: dict[str, str] = {}
        for name in sorted(self._keys, key=lambda name: name not in changed):
            kept = tuple(key for key in self._keys[name] if owner.setdefault(key, name) == name)
            self._keys[name] = kept


class Bindings(QObject):
    """The shortcuts of one scope in one window, made anew whenever the keys change."""

    def __init__(
        self, parent: QWidget, handlers: Mapping[str, Callable[[], object]], keymap: Keymap, *, scope: Scope
    ) -> None:
        """See `bind`. Raises KeyError for an action without a handler."""
        super().__init__(parent)
        self._widget, self._handlers, self._keymap, self._scope = parent, handlers, keymap, scope
        self._made: tuple[QShortcut, ...] = ()
        keymap.changed.connect(self._bind)
        self._bind()

    @Slot()
    def _bind(self) -> None:
        for shortcut in self._made:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._made = bind(self._widget, self._handlers, scope=self._scope, actions=self._keymap.actions)


def _tidy(key: str) -> str:
    """The portable name of one key; "" for none or several."""
    sequence = QKeySequence(key, QKeySequence.SequenceFormat.PortableText)
    if sequence.count() != 1 or sequence[0].key() in _MODIFIER_KEYS:  # type: ignore[index]
        return ""
    return sequence.toString(QKeySequence.SequenceFormat.PortableText)
