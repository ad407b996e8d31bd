# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows the pictures of a frame source, pixel for pixel. Knows no engine, no controls. Main thread."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QHideEvent, QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from player.playback.frames import FrameSource, Picture

LETTERBOX = QColor("#0B1113")


class VideoSurface(QWidget):
    """One place where a class is seen. It asks for pictures in its own size only while it is visible.

    A picture that does not have the size asked for (just after a change of size) is stretched until the right
    one comes. Without a picture (sound only, nothing open) the poster is shown, whole and centred.
    """

    picture_shown = Signal()
    """A new picture has been taken over; the paint follows."""

    def __init__(self, frames: FrameSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frames = frames
        self._picture: Picture | None = None
        self._image: QImage | None = None
        self._poster = QPixmap()
        self._mirrored = False
        self._dim = 0.0
        self._ratio = 0.0
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Picture of the class")
        frames.picture_ready.connect(self._take_picture)

    @property
    def has_picture(self) -> bool:
        return self._image is not None

    @property
    def picture(self) -> Picture | None:
        """The picture on show."""
        return self._picture

    @property
    def mirrored(self) -> bool:
        return self._mirrored

    def set_mirrored(self, mirrored: bool) -> None:
        """Turn left and right round."""
        if mirrored != self._mirrored:
            self._mirrored = mirrored
            self.update()

    def set_poster(self, poster: QPixmap) -> None:
        """What stands in where a class has no picture; a null pixmap for nothing."""
        self._poster = poster
        if self._image is None:
            self.update()

    @property
    def dim(self) -> float:
        return self._dim

    def set_dim(self, share: float) -> None:
        """How far the picture is darkened (0 to 1), for what lies over it."""
        if share != self._dim:
            self._dim = share
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(640, 360)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._register()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._frames.remove_surface(self)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible():
            self._register()

    def _register(self) -> None:
        ratio = self._ratio = self.devicePixelRatioF()
        self._frames.add_surface(self, max(2, round(self.width() * ratio)), max(2, round(self.height() * ratio)))
        self._take_picture()

    @Slot()
    def _take_picture(self) -> None:
        if not self.isVisible():
            return
        picture = self._frames.picture(self)
        if picture is self._picture:
            return
        self._image = None  # the image looks into the bytes of its picture, so it goes first
        self._picture = picture
        if picture is not None:
            self._image = QImage(
                picture.data, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32
            )
        self.update()
        self.picture_shown.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._ratio != self.devicePixelRatioF():  # moved to another screen, which always paints anew
            self._register()
        painter = QPainter(self)
        if self._image is not None:
            self._paint_picture(painter, self._image)
        else:
            painter.fillRect(self.rect(), LETTERBOX)
            self._paint_poster(painter)
        if self._dim > 0:
            shade = QColor(LETTERBOX)
            shade.setAlphaF(self._dim)
            painter.fillRect(self.rect(), shade)

    def _paint_picture(self, painter: QPainter, image: QImage) -> None:
        ratio = self.devicePixelRatioF()
        surface = QSize(round(self.width() * ratio), round(self.height() * ratio))
        size = image.size()
        fits = size.width() <= surface.width() and size.height() <= surface.height()
        touches = size.width() >= surface.width() - 2 or size.height() >= surface.height() - 2
        if not (fits and touches):  # made for another size of this surface
            size = size.scaled(surface, Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (surface.width() - size.width()) // 2, (surface.height() - size.height()) // 2
        box = QRect(left, top, size.width(), size.height())
        _paint_letterbox(painter, surface, box, ratio)
        if self._mirrored:
            painter.translate(surface.width() / ratio, 0)
            painter.scale(-1, 1)
            left = surface.width() - left - size.width()
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        if size == image.size():
            image.setDevicePixelRatio(ratio)
            painter.drawImage(QPointF(left / ratio, top / ratio), image)
        else:
            target = QRectF(left / ratio, top / ratio, size.width() / ratio, size.height() / ratio)
            image.setDevicePixelRatio(1)
            painter.drawImage(target, image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.resetTransform()

    def _paint_poster(self, painter: QPainter) -> None:
        if self._poster.isNull():
            return
        size = self._poster.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        target = QRectF(left, top, size.width(), size.height())
        painter.drawPixmap(target, self._poster, QRectF(self._poster.rect()))


def _paint_letterbox(painter: QPainter, surface: QSize, box: QRect, ratio: float) -> None:
    """The strips around the picture (device pixels), so that no pixel is painted twice."""
    width, height = surface.width(), surface.height()
    right, bottom = box.x() + box.width(), box.y() + box.height()
    for x, y, w, h in (
        (0, 0, width, box.y()),
        (0, bottom, width, height - bottom),
        (0, box.y(), box.x(), box.height()),
        (right, box.y(), width - right, box.height()),
    ):
        if w > 0 and h > 0:
            painter.fillRect(QRectF(x / ratio, y / ratio, w / ratio, h / ratio), LETTERBOX)
