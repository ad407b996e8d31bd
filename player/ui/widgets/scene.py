# SPDX-License-Identifier: GPL-3.0-or-later
"""The painted room of the first start: a wall with light on it, a chair, a mat and a pillow. Main thread."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QPixmap,
    QPixmapCache,
    QPolygonF,
    QRadialGradient,
)

WIDTH, HEIGHT = 560.0, 456.0
_FLOOR = 376.0


def room_scene(width: int, height: int, ratio: float = 1.0) -> QPixmap:
    """The room, `width` by `height` logical pixels; kept in QPixmapCache."""
    key = f"scene/{width}x{height}/{ratio:.3f}"
    pixmap = QPixmap()
    if QPixmapCache.find(key, pixmap):
        return pixmap
    pixmap = QPixmap(max(1, round(width * ratio)), max(1, round(height * ratio)))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scale = max(pixmap.width() / WIDTH, pixmap.height() / HEIGHT)
    painter.translate(pixmap.width() - WIDTH * scale, pixmap.height() - HEIGHT * scale)  # keep chair and floor
    painter.scale(scale, scale)
    _paint(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, pixmap)
    return pixmap


def _paint(painter: QPainter) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    wall = QLinearGradient(0, 0, WIDTH, _FLOOR)
    wall.setColorAt(0, QColor("#A9B7B1"))
    wall.setColorAt(0.6, QColor("#9DADA8"))
    wall.setColorAt(1, QColor("#92A39E"))
    painter.setBrush(wall)
    painter.drawRect(QRectF(-WIDTH, -HEIGHT, 3 * WIDTH, HEIGHT + _FLOOR))
    _light(painter, ((-70, -24), (64, -24), (150, 244), (44, 244)))
    _light(painter, ((-110, -24), (-54, -24), (20, 244), (-50, 244)))
    _floor(painter)
    _mat_and_pillow(painter)
    _chair(painter)


def _light(painter: QPainter, corners: tuple[tuple[float, float], ...]) -> None:
    """A patch of light with a soft edge: the same shape in many thin layers."""
    shape = QPolygonF([QPointF(x, y) for x, y in corners])
    painter.save()
    painter.setClipRect(QRectF(-WIDTH, -HEIGHT, 3 * WIDTH, HEIGHT + 364))
    path = QPainterPath()
    path.addPolygon(shape)
    path.closeSubpath()
    colour = QColor("#F4ECDA")
    colour.setAlphaF(0.105)
    painter.setPen(Qt.PenStyle.NoPen)
    for width in range(1, 31, 3):
        stroker = QPainterPathStroker()
        stroker.setWidth(width)
        stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.fillPath(path.united(stroker.createStroke(path)), colour)
    painter.restore()


def _floor(painter: QPainter) -> None:
    floor = QLinearGradient(0, _FLOOR, WIDTH, HEIGHT)
    floor.setColorAt(0, QColor("#B99C80"))
    floor.setColorAt(1, QColor("#A68B70"))
    painter.setBrush(floor)
    painter.drawRect(QRectF(-WIDTH, _FLOOR, 3 * WIDTH, HEIGHT))
    painter.setBrush(QColor(255, 255, 255, 26))
    painter.drawRect(QRectF(-WIDTH, _FLOOR - 11, 3 * WIDTH, 10))
    painter.setBrush(QColor("#85796A"))
    painter.drawRect(QRectF(-WIDTH, _FLOOR - 1, 3 * WIDTH, 1.5))
    light = QPolygonF([QPointF(-70, 400), QPointF(228, 400), QPointF(272, HEIGHT + 6), QPointF(20, HEIGHT + 6)])
    painter.setBrush(QColor(232, 208, 178, 110))
    painter.drawPolygon(light)
    shadow = QRadialGradient(QPointF(0, 0), 1)
    shadow.setColorAt(0, QColor(64, 46, 34, 165))
    shadow.setColorAt(0.72, QColor(64, 46, 34, 130))
    shadow.setColorAt(1, QColor(64, 46, 34, 0))
    painter.save()
    painter.translate(212, 386)
    painter.scale(250, 11)
    painter.setBrush(QBrush(shadow))
    painter.drawEllipse(QPointF(0, 0), 1, 1)
    painter.restore()


def _mat_and_pillow(painter: QPainter) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#6478A5"))
    painter.drawRoundedRect(QRectF(36, 371, 316, 7), 3.5, 3.5)
    pillow = QPainterPath(QPointF(44, 372))
    pillow.cubicTo(36, 362, 38, 350, 45, 343)
    pillow.cubicTo(66, 334, 108, 334, 132, 342)
    pillow.cubicTo(140, 350, 140, 364, 134, 373)
    pillow.cubicTo(112, 377, 68, 377, 44, 372)
    painter.setBrush(QColor("#F0EADC"))
    painter.drawPath(pillow)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor("#D9D0BC"), 2.2, c=Qt.PenCapStyle.RoundCap))
    seam = QPainterPath(QPointF(48, 366))
    seam.quadTo(88, 372, 130, 366)
    painter.drawPath(seam)


def _chair(painter: QPainter) -> None:
    wood, shade = QColor("#8E6A45"), QColor("#765638")

    def part(line: QLineF, width: float, colour: QColor) -> None:
        painter.setPen(QPen(colour, width, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(line)

    part(QLineF(402, 272, 393, 371), 7.5, shade)
    part(QLineF(498, 272, 508, 371), 7.5, shade)
    part(QLineF(386, 272, 373, 371), 9, wood)
    part(QLineF(514, 272, 526, 371), 9, wood)
    part(QLineF(513, 268, 531, 172), 8, wood)
    part(QLineF(527, 198, 539, 143), 20, wood)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(wood)
    painter.drawRoundedRect(QRectF(375, 262, 149, 13.5), 6.5, 6.5)
