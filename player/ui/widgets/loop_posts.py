# SPDX-License-Identifier: GPL-3.0-or-later
"""The posts at the ends of a loop on a phase line: what they show, and how they are dragged. Main thread."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from player.domain.playing import Loop
from player.domain.times import format_clock

_REACH = 9
"""Px from a post within which a press takes hold of it."""


class Places(Protocol):
    """Where times are on the line, in px of its widget."""

    def x_at(self, time_ms: int, /) -> float: ...
    def ms_at(self, x: float, /) -> int: ...


class LoopPosts(QObject):
    """Watches the pointer over `line`. A loop has two posts, a start without an end has one, which stays."""

    moved = Signal(int, int)
    """The start and end in ms to which a hand has dragged the loop."""

    def __init__(self, line: QWidget) -> None:
        super().__init__(line)
        self._line = line
        self._places: Places | None = None
        self._band = QRectF()
        self._loop: Loop | None = None
        self._start_ms: int | None = None
        self._held_end = False
        self._held = False
        line.installEventFilter(self)

    @property
    def shown(self) -> Loop | None:
        """What is to be painted; of no length where only the start is set."""
        if self._loop is None and self._start_ms is not None:
            return Loop(self._start_ms, self._start_ms)
        return self._loop

    @property
    def words(self) -> str:
        """For who cannot see it: "repeats 1:05 to 2:10"."""
        if self._loop is not None:
            return f"repeats {format_clock(self._loop.start_ms)} to {format_clock(self._loop.end_ms)}"
        return "" if self._start_ms is None else f"a loop starts at {format_clock(self._start_ms)}"

    def set_loop(self, loop: Loop | None, start_ms: int | None) -> None:
        """What repeats, or the start of what is to."""
        self._loop, self._start_ms = loop, start_ms
        if loop is None:
            self._let_go()

    def set_places(self, places: Places, band: QRectF) -> None:
        """The line has been laid out anew; it can be pressed within `band`."""
        self._places, self._band = places, band

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._loop is None or self._places is None or not isinstance(event, QMouseEvent):
            return False
        kind, x = event.type(), event.position().x()
        if kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            near = self._end_near(x)
            if near is None or event.position().y() < self._band.top():
                return False
            self._held, self._held_end = True, near
            return True
        if kind == QEvent.Type.MouseMove:
            if self._held:
                self._drag(self._loop, self._places.ms_at(x))
                return True
            self._show_hand(self._end_near(x) is not None)
        elif kind == QEvent.Type.MouseButtonRelease and self._held:
            self._held = False
            return True
        return False

    def _end_near(self, x: float) -> bool | None:
        """True for the post at the end, False for the one at the start, None for neither."""
        if self._loop is None or self._places is None:
            return None
        start = abs(self._places.x_at(self._loop.start_ms) - x)
        end = abs(self._places.x_at(max(self._loop.start_ms, self._loop.end_ms - 1)) - x)
        return None if min(start, end) > _REACH else end <= start

    def _drag(self, loop: Loop, time_ms: int) -> None:
        """An end that is pulled over the other one stops there."""
        if self._held_end:
            self.moved.emit(loop.start_ms, max(loop.start_ms, time_ms))
        else:
            self.moved.emit(min(loop.end_ms, time_ms), loop.end_ms)

    def _show_hand(self, over: bool) -> None:
        if over:
            self._line.setCursor(Qt.CursorShape.SizeHorCursor)
        else:
            self._line.unsetCursor()

    def _let_go(self) -> None:
        self._held = False
        self._line.unsetCursor()
