# SPDX-License-Identifier: GPL-3.0-or-later
"""When the controls over the picture are there and when they go. Main thread; it paints nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

_STILL = 3
"""Px the pointer may tremble without meaning anything."""
_MODIFIERS = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr})
KEY_EVENTS = frozenset({QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride})
"""A key that is a shortcut comes to the window as ShortcutOverride only."""


class ControlsClock(QObject):
    """Watches the window of a page while the page is shown. Every movement, press and key brings the controls, but
    for keys that are `quiet`; `idle_ms` after the last of them they go, unless `pinned` says that they must stay."""

    changed = Signal(bool)
    """Whether the controls are wanted."""
    moved = Signal(QEvent)
    """Something happened in the window: a movement, a press, a key."""

    def __init__(
        self,
        idle_ms: int,
        pinned: Callable[[], bool],
        parent: QObject | None = None,
        *,
        quiet: Callable[[QKeyEvent], bool] = lambda _event: False,
    ) -> None:
        super().__init__(parent)
        self._pinned, self._quiet = pinned, quiet
        self._wanted = True
        self._window: QObject | None = None
        self._pointer: QPointF | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(idle_ms)
        self._timer.timeout.connect(self._idle)

    @property
    def wanted(self) -> bool:
        return self._wanted

    def watch(self, page: QWidget) -> None:
        """Begin to watch the window in which `page` is now."""
        handle = page.window().windowHandle()
        if handle is not None and handle is not self._window:
            self.leave()
            self._window = handle
            handle.installEventFilter(self)
        self._pointer = None
        self.wake()

    def leave(self) -> None:
        """Watch no more."""
        if self._window is not None:
            self._window.removeEventFilter(self)
        self._window = None
        self._timer.stop()

    def wake(self) -> None:
        """Somebody is there."""
        self._timer.start()
        if not self._wanted:
            self._wanted = True
            self.changed.emit(True)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            place = event.globalPosition()
            if self._pointer is not None and (place - self._pointer).manhattanLength() < _STILL:
                return False
            first, self._pointer = self._pointer is None, place
            if first:
                return False  # where the pointer rested when the page came
            self._told(event)
        elif kind in KEY_EVENTS and isinstance(event, QKeyEvent):
            if self._quiet(event):
                self.moved.emit(event)
            elif event.key() not in _MODIFIERS:
                self._told(event)
        elif kind in (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.Wheel):
            self._told(event)
        return False

    def _told(self, event: QEvent) -> None:
        self.wake()
        self.moved.emit(event)

    @Slot()
    def _idle(self) -> None:
        if self._pinned():
            self._timer.start()
        elif self._wanted:
            self._wanted = False
            self.changed.emit(False)
