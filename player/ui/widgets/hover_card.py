# SPDX-License-Identifier: GPL-3.0-or-later
"""What lies under the pointer on the phase line: phase, time, and a picture where there is one. Main thread."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap, QTransform
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from player.domain.models import Phase
from player.domain.times import format_clock
from player.ui.icons import Icons
from player.ui.theme import Theme
from player.ui.widgets.phase_tile import paint_tile
from player.ui.widgets.picture import paint_picture, rounded
from player.ui.widgets.still import Still
from player.ui.widgets.text import paint_line
from player.ui.widgets.video_panel import VideoPanel, video_painter

WIDTH = 224
_TIME_WIDTH = 84
_EDGE = 7
_PICTURE = QRectF(_EDGE, _EDGE, 210, 118)
_LINE_HEIGHT = 44
_WORDS_BELOW = 22
"""From the picture to the middle of the words, px."""
_CUT_FROM, _CUT_TO = 1.5, 2.1
"""Pictures of these proportions fill the card and lose a little; others are shown whole."""


class HoverCard(VideoPanel):
    """Never in the way of the pointer: it takes no events."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent, radius=16)
        self._icons = icons
        self._phase: Phase | None = None
        self._time_ms = 0
        self._picture = QPixmap()
        self._mirrored = False
        self._scale = 1.0
        self._still = Still(self)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_shown(False)

    def set_scale(self, scale: float) -> None:
        """1 at the desk; more from the floor. In force when a place is shown next."""
        self._scale = scale
        self.set_radius(round(16 * scale))

    @property
    def picture(self) -> QPixmap:
        """The picture that is shown; a null one where there is none."""
        return self._picture

    def size_for(self, phase: Phase | None, *, picture: bool) -> QSize:
        """How large it is with and without a picture."""
        height = _LINE_HEIGHT + (round(_PICTURE.bottom()) + _EDGE if picture else 0)
        width = WIDTH if phase is not None or picture else _TIME_WIDTH
        return QSize(round(width * self._scale), round(height * self._scale))

    def show_place(
        self, phase: Phase | None, time_ms: int, picture: QPixmap | None = None, *, mirrored: bool = False
    ) -> None:
        """What is at `time_ms`. `mirrored`: the video is too."""
        self._phase, self._time_ms, self._mirrored = phase, time_ms, mirrored
        self._picture = picture or QPixmap()
        self.setFixedSize(self.size_for(phase, picture=not self._picture.isNull()))
        self.setAccessibleName(f"{phase.title}, {format_clock(time_ms)}" if phase else format_clock(time_ms))
        self.set_shown(True)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        what = (self._phase, self._time_ms // 1000, self._picture.cacheKey(), self._mirrored, self._scale)
        self._still.show(video_painter(self), what, self._paint)

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        if not self._picture.isNull():
            self._paint_picture(painter)
        scale = self._scale
        middle = (_LINE_HEIGHT / 2 if self._picture.isNull() else _PICTURE.bottom() + _WORDS_BELOW) * scale
        pad, half = 14 * scale, 10 * scale
        box = QRectF(pad, middle - half, self.width() - 2 * pad, 2 * half)
        align = Qt.AlignmentFlag.AlignRight if self._phase else Qt.AlignmentFlag.AlignHCenter
        time = format_clock(self._time_ms)
        used = paint_line(painter, self.theme, time, box, role="body", colour="text_2", align=align, scale=scale)
        if self._phase is None:
            return
        tile = 22 * scale
        paint_tile(
            painter, self.theme, self._icons, self._phase.kind, QRectF(13 * scale, middle - tile / 2, tile, tile)
        )
        name = box.adjusted(29 * scale, 0, -used - 12 * scale, 0)
        title = self._phase.title
        paint_line(painter, self.theme, title, name, role="body", colour="text_1", weight=600, scale=scale)

    def _paint_picture(self, painter: QPainter) -> None:
        scale = self._scale
        place = QRectF(_PICTURE.topLeft() * scale, _PICTURE.size() * scale)
        shape = rounded(place, 10 * scale)
        picture = self._picture.transformed(QTransform.fromScale(-1, 1)) if self._mirrored else self._picture
        size = picture.size()
        if _CUT_FROM <= size.width() / max(1, size.height()) <= _CUT_TO:
            paint_picture(painter, picture, shape)
            return
        painter.fillPath(shape, QColor(Qt.GlobalColor.black))
        whole = size.toSizeF().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
        goal = QRectF(place.topLeft(), whole)
        goal.moveCenter(place.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(goal, picture, QRectF(picture.rect()))
