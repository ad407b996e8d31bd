# SPDX-License-Identifier: GPL-3.0-or-later
"""The panel at the right of the player: the class, its phases, and what comes next. Main thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from player.domain.models import Phase
from player.ui.icons import Icons
from player.ui.theme import Theme
from player.ui.widgets.phase_list import PhaseList
from player.ui.widgets.picture import paint_picture, rounded
from player.ui.widgets.text import paint_line
from player.ui.widgets.video_button import VideoButton
from player.ui.widgets.video_panel import VideoPanel, video_painter

WIDTH = 312
HEADER = 71
CARD = 104
_SIDE = 12


@dataclass(frozen=True, slots=True)
class NextContent:
    """What comes after this class: a line ("Up Next, 22 min") and a title."""

    line: str
    title: str


class NextCard(QAbstractButton):
    """Picture and title of the next class; a press opens the queue."""

    focus_over_video = True
    focus_radius = 12

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme.video
        self._content: NextContent | None = None
        self._picture = QPixmap()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def content(self) -> NextContent | None:
        return self._content

    def set_content(self, content: NextContent | None) -> None:
        self._content = content
        self.setAccessibleName(f"{content.line}, {content.title}" if content else "Nothing follows")
        self.setToolTip("Open the queue  (Q)")
        self.update()

    def set_picture(self, picture: QPixmap) -> None:
        self._picture = picture
        self.update()

    @override
    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
        ):
            event.accept()
            return True
        return super().event(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 2 * _SIDE, 86)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._content is None:
            return
        painter = video_painter(self)
        width, height = self.width(), self.height()
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("row_hover"))
            painter.drawRoundedRect(QRectF(0, 0, width, height), 14, 14)
        picture = QRectF(12, (height - 62) / 2, 104, 62)
        if self._picture.isNull():
            painter.fillPath(rounded(picture, 8), self._theme.color("control"))
        else:
            paint_picture(painter, self._picture, rounded(picture, 8))
        text = QRectF(128, picture.top(), width - 128 - 8, 18)
        paint_line(painter, self._theme, self._content.line, text, role="small", colour="text_2")
        title = QRectF(128, text.bottom() + 1, text.width(), 22)
        paint_line(painter, self._theme, self._content.title, title, role="title_3_compact", colour="text_1")


class PhasePanel(VideoPanel):
    """Title and phases of the class, with a card of what comes next at the bottom where something does."""

    close_requested = Signal()
    queue_requested = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._title = self._subtitle = ""
        self._scale = 1.0
        self.close_button = VideoButton(theme, icons, "close", "Close the phase list", key="T", parent=self)
        self.list = PhaseList(theme, icons, self)
        self.card = NextCard(theme, self)
        self.card.hide()
        self.close_button.clicked.connect(self.close_requested)
        self.card.clicked.connect(self.queue_requested)
        self.setAccessibleName("Phases of the class")

    def set_class(self, title: str, subtitle: str, phases: Sequence[Phase]) -> None:
        """Another class."""
        self._title, self._subtitle = title, subtitle
        self.list.set_phases(phases)
        self.update()

    def set_scale(self, scale: float) -> None:
        """1 at the desk; larger from the floor."""
        self._scale = scale
        self.list.set_scale(scale)
        side = 44 if scale <= 1 else self.theme.size("floor", "min_target")
        self.close_button.set_sizes(side, icon_size=round(24 * scale), radius=round(12 * scale))
        self._arrange()

    def set_next(self, content: NextContent | None) -> None:
        """What follows; None for nothing."""
        self.card.set_content(content)
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _has_card(self) -> bool:
        """From the floor fewer things are shown: all the room is for the phases."""
        return self.card.content is not None and self._scale <= 1

    def _arrange(self) -> None:
        scale = self._scale
        side, header = round(_SIDE * scale), round(HEADER * scale)
        button = self.close_button.width()
        self.close_button.move(self.width() - round(38 * scale) - button // 2, round(39 * scale) - button // 2)
        self.card.setVisible(self._has_card())
        below = (CARD if self._has_card() else side) + 8
        self.list.setGeometry(side, header, self.width() - 2 * side, max(0, self.height() - header - below))
        self.list.fit_rows()
        self.card.setGeometry(side, self.height() - CARD + 4, self.width() - 2 * side, CARD - 18)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = video_painter(self)
        painter.scale(self._scale, self._scale)
        beside = 72 if self._scale <= 1 else 80
        width = self.width() / self._scale - 24 - beside
        paint_line(painter, self.theme, self._title, QRectF(24, 16, width, 24), role="title_3", colour="text_1")
        paint_line(painter, self.theme, self._subtitle, QRectF(24, 43, width, 18), role="small", colour="text_2")
        if self._has_card():
            painter.setPen(QPen(self.theme.color("hairline_strong"), 1))
            y = round(self.height() / self._scale - CARD + 0.5)
            painter.drawLine(_SIDE, y, round(self.width() / self._scale) - _SIDE, y)
