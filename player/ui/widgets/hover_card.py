# SPDX-License-Identifier: GPL-3.0-or-later
"""What lies under the pointer on the phase line: phase, time, and a picture where there is one. Main thread."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from player.domain.models import Phase
from player.domain.times import format_clock
from player.ui.icons import Icons
from player.ui.theme import Theme
from player.ui.widgets.phase_tile import paint_tile
from player.ui.widgets.picture import paint_picture, rounded
from player.ui.widgets.text import paint_line
from player.ui.widgets.video_panel import VideoPanel, video_painter

WIDTH = 224
_PICTURE = QRectF(7, 7, 210, 118)
_LINE_HEIGHT = 44


class HoverCard(VideoPanel):
    """Never in the way of the pointer: it takes no events."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent, radius=16)
        self._icons = icons
        self._phase: Phase | None = None
        self._time_ms = 0
        self._picture = QPixmap()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_shown(False)

    def show_place(self, phase: Phase | None, time_ms: int, picture: QPixmap | None = None) -> None:
        """What is at `time_ms`."""
        self._phase, self._time_ms = phase, time_ms
        self._picture = picture or QPixmap()
        height = _LINE_HEIGHT + (0 if self._picture.isNull() else round(_PICTURE.bottom()) + 7)
        self.setFixedSize(WIDTH if phase is not None or not self._picture.isNull() else 84, height)
        self.set_shown(True)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = video_painter(self)
        if not self._picture.isNull():
            paint_picture(painter, self._picture, rounded(_PICTURE, 10))
        middle = self.height() - _LINE_HEIGHT / 2
        box = QRectF(14, middle - 10, self.width() - 28, 20)
        align = Qt.AlignmentFlag.AlignRight if self._phase else Qt.AlignmentFlag.AlignHCenter
        time = format_clock(self._time_ms)
        used = paint_line(painter, self.theme, time, box, role="body", colour="text_2", align=align)
        if self._phase is None:
            return
        paint_tile(painter, self.theme, self._icons, self._phase.kind, QRectF(13, middle - 11, 22, 22))
        name = box.adjusted(29, 0, -used - 12, 0)
        paint_line(painter, self.theme, self._phase.title, name, role="body", colour="text_1", weight=600)
