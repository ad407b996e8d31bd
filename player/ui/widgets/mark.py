# SPDX-License-Identifier: GPL-3.0-or-later
"""The mark of the program: a ring of phase colours round a dot. Main thread."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from player.domain.models import PhaseKind
from player.ui.theme import Theme, ThemeManager

_SEGMENTS = (
    (PhaseKind.ARRIVE, 4, 36),
    (PhaseKind.DIAPHRAGM_RELEASE, 46, 116),
    (PhaseKind.BREATH, 126, 196),
    (PhaseKind.MOBILIZATION, 206, 316),
    (PhaseKind.REST, 326, 356),
)
"""(kind, from, to) in degrees clockwise from 12."""


def paint_mark(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    """The mark, as large as `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = min(rect.width(), rect.height())
    stroke = side * 0.14
    ring = rect.adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for kind, start, end in _SEGMENTS:
        painter.setPen(QPen(theme.phase(kind).solid, stroke, c=Qt.PenCapStyle.FlatCap))
        painter.drawArc(ring, round(16 * (90 - start)), round(-16 * (end - start)))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("text_1"))
    painter.drawEllipse(rect.center(), side * 0.13, side * 0.13)
    painter.restore()


class Mark(QWidget):
    """The mark, 32 px."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        return QSize(32, 32)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_mark(QPainter(self), self._themes.theme, QRectF(self.rect()))
