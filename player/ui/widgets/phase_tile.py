# SPDX-License-Identifier: GPL-3.0-or-later
"""The tile of a phase kind (its glyph on its colour) and the small chip that pages use. Main thread."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from player.domain.models import PhaseKind
from player.ui.icons import Icons
from player.ui.theme import Theme, ThemeManager
from player.ui.widgets.text import paint_line

_RADII = ((18, 5), (20, 6), (24, 7), (32, 10), (40, 12))


def paint_tile(painter: QPainter, theme: Theme, icons: Icons, kind: PhaseKind, rect: QRectF) -> None:
    """The tile of `kind`, filling the square `rect`."""
    radius = next((radius for size, radius in _RADII if rect.width() <= size), 12)
    colours = theme.phase(kind)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.solid)
    painter.drawRoundedRect(rect, radius, radius)
    inset = rect.width() * 0.17
    icons.paint(painter, rect.adjusted(inset, inset, -inset, -inset), colours.glyph, colours.on_solid)


class PhasePill(QLabel):
    """A pill 28 px high: the tile of a kind and a name beside it."""

    def __init__(self, themes: ThemeManager, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes, self._icons = themes, icons
        self._kind = PhaseKind.OTHER
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    def set_phase(self, kind: PhaseKind, name: str) -> None:
        self._kind = kind
        self.setText(name)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._themes.theme.font("small", weight=500))
        return QSize(math.ceil(4 + 20 + 7 + metrics.horizontalAdvance(self.text()) + 12), 28)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(60, 28)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("control"))
        painter.drawRoundedRect(QRectF(self.rect()), 14, 14)
        paint_tile(painter, theme, self._icons, self._kind, QRectF(5, 4, 20, 20))
        box = QRectF(32, 0, self.width() - 32 - 8, self.height())
        paint_line(painter, theme, self.text(), box, role="small", colour="text_1", weight=500)
