# SPDX-License-Identifier: GPL-3.0-or-later
"""Neutral bars: how far a piece of work is, and one tick per class of a series. Main thread."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from player.ui.theme import ThemeManager

_MOST_TICKS = 60


class Meter(QWidget):
    """A bar 6 px high. Without a total it is an empty track: nothing moves by itself."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    @property
    def share(self) -> float:
        """How much is filled, 0 to 1."""
        return self._share

    def set_share(self, done: int, total: int | None) -> None:
        self._share = min(1.0, max(0.0, done / total)) if total else 0.0
        self.setAccessibleName(f"{round(100 * self._share)} %")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, 6)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        bar = QRectF(self.rect())
        painter.setBrush(theme.color("on"))
        painter.drawRoundedRect(bar, 3, 3)
        if self._share > 0:
            bar.setWidth(max(6.0, bar.width() * self._share))
            painter.setBrush(theme.color("primary"))
            painter.drawRoundedRect(bar, 3, 3)


class TickLine(QWidget):
    """One tick per class, 10 px high; the running class is filled as far as it has been played. More than
    60 classes share one bar."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._ticks: tuple[float, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    def set_ticks(self, ticks: tuple[float, ...], words: str) -> None:
        """How far each class is, 0 to 1, in order."""
        self._ticks = ticks
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, 10)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        ticks = self._ticks
        if len(ticks) > _MOST_TICKS:
            ticks = (sum(ticks) / len(ticks),)
        if not ticks:
            return
        theme, ratio = self._themes.theme, self.devicePixelRatioF()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        step = (self.width() + 2) / len(ticks)
        for index, share in enumerate(ticks):
            left, right = round(index * step * ratio) / ratio, round((index + 1) * step * ratio) / ratio - 2
            tick = QPainterPath()
            tick.addRoundedRect(QRectF(left, 0, max(1.0, right - left), self.height()), 2.5, 2.5)
            painter.fillPath(tick, theme.color("on" if theme.dark else "control"))
            if share > 0:
                played = QPainterPath()
                played.addRect(QRectF(left, 0, (right - left) * min(1.0, share), self.height()))
                painter.fillPath(tick.intersected(played), theme.color("text_2"))
