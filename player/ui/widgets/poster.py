# SPDX-License-Identifier: GPL-3.0-or-later
"""Painted posters for what has no picture of its own: soft flat shapes, one idea each.

The same words always get the same poster. Painting may happen on any thread (QPainter on an image).
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainter, QPainterPath, QPixmap, QPixmapCache

WIDTH, HEIGHT = 261.0, 144.0
"""The size in which the posters are drawn."""


def poster(seed: str, width: int, height: int, ratio: float = 1.0) -> QPixmap:
    """The poster for `seed`, `width` by `height` logical pixels; kept in QPixmapCache. Main thread."""
    number = zlib.crc32(seed.encode("utf-8")) % len(_DESIGNS)
    key = f"poster/{number}/{width}x{height}/{ratio:.3f}"
    pixmap = QPixmap()
    if QPixmapCache.find(key, pixmap):
        return pixmap
    pixmap = QPixmap(max(1, round(width * ratio)), max(1, round(height * ratio)))
    painter = QPainter(pixmap)
    paint_poster(painter, QRectF(pixmap.rect()), number)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, pixmap)
    return pixmap


def paint_poster(painter: QPainter, rect: QRectF, number: int) -> None:
    """Design `number` over `rect`, cut where its proportions are not those of the drawing."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(rect)
    scale = max(rect.width() / WIDTH, rect.height() / HEIGHT)
    painter.translate(rect.center())
    painter.scale(scale, scale)
    painter.translate(-WIDTH / 2, -HEIGHT / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    _DESIGNS[number % len(_DESIGNS)](painter)
    painter.restore()


def _ground(painter: QPainter, top: str, bottom: str) -> None:
    painter.setBrush(_down(top, bottom, 0, HEIGHT))
    painter.drawRect(QRectF(-WIDTH, -HEIGHT, 3 * WIDTH, 3 * HEIGHT))


def _down(top: str, bottom: str, start: float, end: float) -> QBrush:
    gradient = QLinearGradient(0, start, WIDTH * 0.12, end)
    gradient.setColorAt(0, QColor(top))
    gradient.setColorAt(1, QColor(bottom))
    return QBrush(gradient)


def _stones(painter: QPainter) -> None:
    """A leaning pile of smooth stones."""
    _ground(painter, "#24454A", "#13272D")
    painter.setBrush(QColor("#2B4D50"))
    painter.drawEllipse(QPointF(130, 72), 64, 64)
    stones = (
        ("#F2D083", "#D3A95C", 137, 13, 24, 9),
        ("#F0B27E", "#CF8B58", 142, 28, 29, 0),
        ("#E0935F", "#BC7044", 141, 42, 34, -6),
        ("#C67C72", "#A25C55", 129, 57, 36, -10),
        ("#BB97BD", "#95749A", 118, 72, 37, -9),
        ("#9FA0D6", "#797BB4", 118, 87, 36, 1),
        ("#8CC0E4", "#639BC4", 120, 101, 34, 7),
        ("#9BD5C8", "#70AFA2", 131, 116, 30, 9),
        ("#C3EDD7", "#98CBB4", 138, 131, 25, 6),
    )
    for top, bottom, x, y, half, tilt in stones:
        painter.save()
        painter.translate(x, y)
        painter.rotate(tilt)
        painter.setBrush(_down(top, bottom, -8, 9))
        painter.drawEllipse(QPointF(0, 0), half, 8.4)
        painter.restore()


def _arch(painter: QPainter) -> None:
    """An arch that carries a shelf."""
    _ground(painter, "#C9A48D", "#B4866F")
    painter.setBrush(QColor("#8F6257"))
    painter.drawRect(QRectF(-WIDTH, 120, 3 * WIDTH, HEIGHT))
    path = QPainterPath()
    path.moveTo(77, 120)
    path.lineTo(77, 93)
    path.arcTo(QRectF(77, 39, 108, 108), 180, -180)
    path.lineTo(185, 120)
    path.lineTo(156, 120)
    path.lineTo(156, 95)
    path.arcTo(QRectF(106, 70, 50, 50), 0, 180)
    path.lineTo(106, 120)
    path.closeSubpath()
    painter.setBrush(_down("#813F46", "#5B2831", 39, 120))
    painter.drawPath(path)
    painter.setBrush(QColor("#EAD8C0"))
    painter.drawRoundedRect(QRectF(65, 26, 131, 14), 2, 2)
    painter.setBrush(QColor("#DBA35B"))
    painter.drawEllipse(QPointF(97, 13), 13, 13)
    painter.setBrush(QColor("#3E5560"))
    painter.drawRoundedRect(QRectF(145, 3, 30, 23), 2, 2)


def _evening(painter: QPainter) -> None:
    """A low sun over hills."""
    _ground(painter, "#363760", "#5A4C83")
    painter.setBrush(_down("#F3E3C4", "#E6C795", 34, 102))
    painter.drawEllipse(QPointF(166, 68), 34, 34)
    for colour, level, swing, phase in (
        ("#4A437A", 88, 5.0, 0.4),
        ("#38386B", 106, 6.0, 2.2),
        ("#2C2D57", 124, 4.5, 4.0),
    ):
        hill = QPainterPath(QPointF(-WIDTH, HEIGHT * 2))
        for step in range(-8, 25):
            x = WIDTH * step / 16
            hill.lineTo(x, level + swing * math.sin(x / 44 + phase) - 2 * math.sin(x / 19 + phase))
        hill.lineTo(WIDTH * 2, HEIGHT * 2)
        painter.setBrush(QColor(colour))
        painter.drawPath(hill)


def _dial(painter: QPainter) -> None:
    """A ring of parts round a still centre; one of them is light."""
    _ground(painter, "#56746E", "#3F5C5B")
    centre = QPointF(130, 72)
    colours = ("#EDB45F", "#A9C3B9", "#94B3A8", "#7EA29B", "#7FA3A0", "#6F9994")
    spans = ((2, 28), (33, 88), (92, 178), (182, 226), (230, 268), (272, 358))
    for colour, (start, end) in zip(colours, spans, strict=True):
        path = QPainterPath()
        outer = QRectF(centre.x() - 54, centre.y() - 54, 108, 108)
        inner = QRectF(centre.x() - 34, centre.y() - 34, 68, 68)
        path.arcMoveTo(outer, 90 - start)
        path.arcTo(outer, 90 - start, start - end)
        path.arcTo(inner, 90 - end, end - start)
        path.closeSubpath()
        painter.setBrush(QColor(colour))
        painter.drawPath(path)
    painter.setBrush(QColor("#E9EEE6"))
    painter.drawEllipse(centre, 18.5, 18.5)


def _leaves(painter: QPainter) -> None:
    """A stem with paired leaves."""
    _ground(painter, "#E3D5B8", "#CBB68F")
    painter.setBrush(QColor("#D6C39D"))
    painter.drawEllipse(QPointF(130, 84), 66, 66)
    painter.setBrush(QColor("#55694F"))
    painter.drawRoundedRect(QRectF(128.6, 22, 2.8, 130), 1.4, 1.4)
    for index, (y, length) in enumerate(((116, 46), (92, 42), (68, 36), (46, 28), (27, 20))):
        for side in (-1, 1):
            painter.save()
            painter.translate(130, y)
            painter.scale(side, 1)
            painter.rotate(-34 + index * 2)
            leaf = QPainterPath(QPointF(0, 0))
            leaf.quadTo(length * 0.5, -length * 0.36, length, 0)
            leaf.quadTo(length * 0.5, length * 0.3, 0, 0)
            painter.setBrush(_down("#7F9670" if side > 0 else "#6E8864", "#56704F", -16, 14))
            painter.drawPath(leaf)
            painter.restore()


def _waves(painter: QPainter) -> None:
    """Long breaths of water under a pale moon."""
    _ground(painter, "#BFD3D6", "#93B3BC")
    painter.setBrush(QColor("#F1EFE4"))
    painter.drawEllipse(QPointF(84, 45), 20, 20)
    for index, colour in enumerate(("#7FA4B1", "#64909F", "#4C7889", "#376071", "#274957")):
        level = 68 + index * 17
        wave = QPainterPath(QPointF(-WIDTH, HEIGHT * 2))
        for step in range(-20, 61):
            x = WIDTH * step / 40
            wave.lineTo(x, level + 6.5 * math.sin(x / 30 + index * 1.9))
        wave.lineTo(WIDTH * 2, HEIGHT * 2)
        painter.setBrush(QColor(colour))
        painter.drawPath(wave)


def _bowls(painter: QPainter) -> None:
    """Three bowls, one in the other's shadow."""
    _ground(painter, "#5C4A55", "#3F323D")
    painter.setBrush(QColor("#33282F"))
    painter.drawRect(QRectF(-WIDTH, 112, 3 * WIDTH, HEIGHT))
    for left, width, top, bottom in (
        (34, 78, "#C98E7A", "#A4695A"),
        (96, 92, "#E2B98F", "#BD8D62"),
        (172, 58, "#9DB3AE", "#728C88"),
    ):
        bowl = QPainterPath()
        height = width * 0.46
        bowl.moveTo(left, 116 - height)
        bowl.lineTo(left + width, 116 - height)
        bowl.cubicTo(left + width, 116, left + width * 0.7, 116, left + width * 0.5, 116)
        bowl.cubicTo(left + width * 0.3, 116, left, 116, left, 116 - height)
        painter.setBrush(_down(top, bottom, 116 - height, 116))
        painter.drawPath(bowl)
        painter.setBrush(QColor(bottom).darker(125))
        painter.drawEllipse(QPointF(left + width / 2, 116 - height), width / 2, width * 0.07)


_DESIGNS: tuple[Callable[[QPainter], None], ...] = (_stones, _arch, _evening, _dial, _leaves, _waves, _bowls)
DESIGNS = len(_DESIGNS)
