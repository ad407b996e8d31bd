# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures with round corners. Main thread; where pictures come from is not known here."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPixmap, QTransform


def rounded(rect: QRectF, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    return path


def paint_picture(painter: QPainter, pixmap: QPixmap, shape: QPainterPath) -> None:
    """`pixmap` fills `shape`, centred, cut where the proportions differ. Edges are smooth, unlike those of a
    clip."""
    rect = shape.boundingRect()
    size = pixmap.deviceIndependentSize()
    if size.isEmpty():
        return
    scale = max(rect.width() / size.width(), rect.height() / size.height())
    left = rect.center().x() - size.width() * scale / 2
    top = rect.center().y() - size.height() * scale / 2
    brush = QBrush(pixmap)
    # The brush itself knows the pixmap's ratio, but would divide a shift by it too: the painter shifts instead.
    brush.setTransform(QTransform.fromScale(scale, scale))
    step = scale / pixmap.devicePixelRatioF()
    painter.save()
    fits = abs(step * painter.device().devicePixelRatioF() - 1) < 0.01  # smoothing what fits costs ten times as much
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=not fits)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush)
    painter.translate(left, top)
    painter.drawPath(shape.translated(-left, -top))
    painter.restore()
