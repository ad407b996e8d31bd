# SPDX-License-Identifier: GPL-3.0-or-later
"""What lies still over a running picture: painted once, shown with every frame. Main thread."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget


class Still:
    """The last painting of a widget. Everything over a video is painted anew thirty times a second; a widget that
    has not changed since gets its pixels from here."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._pixmap = QPixmap()
        self._what: Hashable = None

    def show(self, painter: QPainter, what: Hashable, paint: Callable[[QPainter], None]) -> None:
        """Draw the widget; `paint` is called only where `what` it shows, its size or its resolution has changed."""
        ratio = self._widget.devicePixelRatioF()
        what = (what, self._widget.width(), self._widget.height(), ratio)
        if what != self._what:
            self._pixmap = QPixmap(self._widget.size() * ratio)
            self._pixmap.setDevicePixelRatio(ratio)
            self._pixmap.fill(Qt.GlobalColor.transparent)
            fresh = QPainter(self._pixmap)
            fresh.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint(fresh)
            fresh.end()
            self._what = what
        painter.drawPixmap(0, 0, self._pixmap)
