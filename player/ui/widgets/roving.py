# SPDX-License-Identifier: GPL-3.0-or-later
"""One stop for Tab, arrows inside: for grids, the rail, and other groups of controls. Main thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class Roving(QObject):
    """Moves focus between the widgets of a group; Tab finds the one that had it last.

    `columns` tells how many stand in a row at present (1: a column; Left and Right then do nothing).
    """

    def __init__(self, columns: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._columns = columns
        self._widgets: list[QWidget] = []

    def set_widgets(self, widgets: Sequence[QWidget], current: int = 0) -> None:
        """The group from now on; `current` is where Tab stops first."""
        for widget in self._widgets:
            widget.removeEventFilter(self)
        self._widgets = list(widgets)
        for widget in self._widgets:
            widget.installEventFilter(self)
        if self._widgets:
            self._stop_at(self._widgets[min(current, len(self._widgets) - 1)])

    def forget(self) -> None:
        """Empty the group before its widgets go."""
        self.set_widgets(())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and watched in self._widgets:
            self._stop_at(watched)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched in self._widgets:
            target = self._target(self._widgets.index(watched), event.key())
            if target is not None:
                self._widgets[target].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return False

    def _stop_at(self, current: QWidget) -> None:
        for widget in self._widgets:
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus if widget is current else Qt.FocusPolicy.ClickFocus)

    def _target(self, index: int, key: int) -> int | None:
        columns = max(1, self._columns())
        forward = self._widgets[index].layoutDirection() == Qt.LayoutDirection.LeftToRight
        step = {
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
            Qt.Key.Key_Left: (-1 if forward else 1) if columns > 1 else 0,
            Qt.Key.Key_Right: (1 if forward else -1) if columns > 1 else 0,
            Qt.Key.Key_Home: -index,
            Qt.Key.Key_End: len(self._widgets) - 1 - index,
        }.get(Qt.Key(key))
        if step is None:
            return None
        target = index + step
        return target if 0 <= target < len(self._widgets) else index
