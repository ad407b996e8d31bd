# SPDX-License-Identifier: GPL-3.0-or-later
"""Rings of phases and countdowns. Know phases, colours and numbers, nothing of playing. Main thread."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from player.domain.models import PhaseKind
from player.ui.icons import Icons
from player.ui.theme import Theme
from player.ui.widgets.still import Still
from player.ui.widgets.video_panel import video_painter

_STEPS_A_PX = 2
"""The end of a ring moves in half pixels: finer is not seen, and every step is a new painting over the video."""


def paint_ring(painter: QPainter, rect: QRectF, share: float, stroke: float, *, solid: QColor, track: QColor) -> None:
    """A ring inside `rect`, filled clockwise from 12 by `share` (0 to 1)."""
    half = stroke / 2
    ring = rect.adjusted(half, half, -half, -half)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(track, stroke))
    painter.drawEllipse(ring)
    share = min(1.0, max(0.0, share))
    if share > 0:
        painter.setPen(QPen(solid, stroke, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(ring, 90 * 16, -round(share * 360 * 16))


def centred(rect: QRectF, width: float, height: float) -> QRectF:
    """A rectangle of that size in the middle of another, on whole px."""
    left = round(rect.x() + (rect.width() - width) / 2)
    top = round(rect.y() + (rect.height() - height) / 2)
    return QRectF(left, top, width, height)


def paint_centred_text(painter: QPainter, centre: QPointF, text: str, font: QFont, colour: QColor) -> None:
    """A word whose capitals are centred on a point: digits in a ring look centred only so."""
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(colour)
    left = centre.x() - metrics.horizontalAdvance(text) / 2
    painter.drawText(QPointF(left, centre.y() + metrics.capHeight() / 2), text)


class RingDisc(QWidget):
    """The ring of the running phase on a dark disc: all one sees of the controls while they are hidden."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme.video
        self._icons = icons
        ring = theme.raw["ring"]["slim"]
        self._size, self._stroke, self._disc = int(ring["size"]), float(ring["stroke"]), int(ring["disc"])
        self._kind: PhaseKind | None = None
        self._step = 0
        self._steps = round(math.pi * self._size) * _STEPS_A_PX
        self._still = Still(self)
        self.setFixedSize(self._disc, self._disc)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_phase(self, kind: PhaseKind | None, share: float) -> None:
        """`share` of the phase (or of the class, where it has no phases) that has been played."""
        step = round(share * self._steps)
        if (kind, step) != (self._kind, self._step):
            self._kind, self._step = kind, step
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._disc, self._disc)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._still.show(video_painter(self), (self._kind, self._step), self._paint)

    def _paint(self, painter: QPainter) -> None:
        whole = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("ring_disc"))
        painter.drawEllipse(whole)
        ring = centred(whole, self._size, self._size)
        if self._kind is None:
            solid, track = self._theme.color("text_1"), self._theme.color("on")
        else:
            colours = self._theme.phase(self._kind)
            solid, track = colours.solid, colours.ring_track
            glyph = round(self._size * 0.4)
            self._icons.paint(painter, centred(whole, glyph, glyph), colours.glyph, solid)
        paint_ring(painter, ring, self._step / self._steps, self._stroke, solid=solid, track=track)
