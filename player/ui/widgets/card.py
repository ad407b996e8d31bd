# SPDX-License-Identifier: GPL-3.0-or-later
"""Surfaces: the card, and a line between things. Main thread."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget
from typing_extensions import override

from player.ui.theme import ThemeManager


class Card(QFrame):
    """A surface one tone up, with a hairline and round corners. Tone is all the elevation it has."""

    def __init__(
        self,
        themes: ThemeManager,
        *,
        surface: str = "card",
        edge: str = "hairline",
        radius: str = "card",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._themes, self._surface, self._edge, self._radius = themes, surface, edge, radius
        themes.changed.connect(self.update)

    @property
    def radius(self) -> int:
        """Corner radius in px."""
        return self._themes.theme.radius(self._radius)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color(self._edge or self._surface), 1))
        painter.setBrush(theme.color(self._surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self.radius, self.radius)


class Hairline(QWidget):
    """A line of 1 px across."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        return QSize(40, 1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._themes.theme.color("hairline"))
