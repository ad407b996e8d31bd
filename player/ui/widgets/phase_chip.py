# SPDX-License-Identifier: GPL-3.0-or-later
"""The chip over the picture: which phase runs, how much of it is left, what follows. Main thread."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from player.domain.models import PhaseKind
from player.ui.icons import Icons
from player.ui.theme import Theme
from player.ui.widgets.phase_tile import paint_tile
from player.ui.widgets.video_button import VideoButton
from player.ui.widgets.video_panel import VideoPanel, faded, video_painter


@dataclass(frozen=True, slots=True)
class ChipContent:
    """`kind` None: a class without phases, told by its name."""

    kind: PhaseKind | None
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class _Measures:
    height: int
    tile: int
    gap: int
    pad: int
    title_px: int
    detail_px: int
    title_y: int
    detail_y: int
    """Where the capitals of both lines have their middle."""


_DESK = _Measures(68, 40, 14, 14, 18, 14, 24, 46)
_FLOOR = _Measures(140, 84, 24, 28, 60, 38, 50, 104)
_LEAST_WIDTH = 160


class PhaseChip(VideoPanel):
    """Back, tile, phase name, and "0:30 left, then Mobilization". From the floor it is larger and has no Back."""

    back_requested = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._icons = icons
        self._content = ChipContent(None, "", "")
        self._former: ChipContent | None = None
        self._change = 1.0
        self._floor = False
        self._less_motion = False
        self._most_width = 10_000
        self._back = VideoButton(theme, icons, "arrow-left", "Back", key="Esc", parent=self)
        self._back.clicked.connect(self.back_requested)
        motion = theme.motion("phase_change")
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(motion.ms)
        self._animation.setEasingCurve(motion.curve)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.valueChanged.connect(self._set_change)
        self._arrange()

    @property
    def content(self) -> ChipContent:
        return self._content

    @property
    def back_button(self) -> VideoButton:
        return self._back

    def set_less_motion(self, less: bool) -> None:
        self._less_motion = less

    def set_floor(self, floor: bool) -> None:
        """The size for two metres away."""
        if floor != self._floor:
            self._floor = floor
            self._arrange()

    def set_most_width(self, width: int) -> None:
        """The room there is for it."""
        if width != self._most_width:
            self._most_width = width
            self._arrange()

    def show_content(self, content: ChipContent) -> None:
        """Another phase fades over; the words of the same phase change at once."""
        if content == self._content:
            return
        other = (content.kind, content.title) != (self._content.kind, self._content.title)
        self._former = self._content if other and self.isVisible() and not self._less_motion else None
        self._content = content
        self.setAccessibleName(f"{content.title}, {content.detail}" if content.detail else content.title)
        if self._former is not None:
            self._animation.start()
        self._arrange()

    @property
    def _measures(self) -> _Measures:
        return _FLOOR if self._floor else _DESK

    def _arrange(self) -> None:
        self._back.setVisible(not self._floor)
        m = self._measures
        self.set_radius(28 if self._floor else self.theme.radius("panel"))
        self._back.move(13, (m.height - self._back.height()) // 2)
        self.setFixedSize(self.sizeHint())
        self.update()

    def _font(self, px: int, role: str) -> QFont:
        scale = px / self.theme.role(role).size
        return self.theme.font(role, scale)

    def _text_left(self, content: ChipContent) -> float:
        m = self._measures
        left = m.pad + (0 if self._floor else 13 - m.pad + 44 + 16)
        return left + (m.tile + m.gap if content.kind is not None else 0)

    @override
    def sizeHint(self) -> QSize:
        m = self._measures
        title = QFontMetricsF(self._font(m.title_px, "heading")).horizontalAdvance(self._content.title)
        detail = QFontMetricsF(self._font(m.detail_px, "body")).horizontalAdvance(self._content.detail)
        width = math.ceil((self._text_left(self._content) + max(title, detail) + m.pad + 8) / 4) * 4
        return QSize(max(_LEAST_WIDTH, min(width, self._most_width)), m.height)

    @Slot(object)
    def _set_change(self, change: float) -> None:
        self._change = float(change)
        if self._change >= 1:
            self._former = None
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = video_painter(self)
        if self._former is None:
            self._paint_content(painter, self._content, 1.0)
        else:
            self._paint_content(painter, self._former, 1.0 - self._change)
            self._paint_content(painter, self._content, self._change)

    def _paint_content(self, painter: QPainter, content: ChipContent, share: float) -> None:
        m = self._measures
        left = self._text_left(content)
        painter.save()
        painter.setOpacity(painter.opacity() * share)
        if content.kind is not None:
            tile = QRectF(left - m.gap - m.tile, (m.height - m.tile) / 2, m.tile, m.tile)
            paint_tile(painter, self.theme, self._icons, content.kind, tile)
        painter.restore()
        width = self.width() - left - m.pad
        title_y = m.title_y if content.detail else m.height // 2
        ink, quiet = faded(self.theme.color("text_1"), share), faded(self.theme.color("text_2"), share)
        title, detail = self._font(m.title_px, "heading"), self._font(m.detail_px, "body")
        _paint_text(painter, content.title, QPointF(left, title_y), width, font=title, colour=ink)
        _paint_text(painter, content.detail, QPointF(left, m.detail_y), width, font=detail, colour=quiet)


def _paint_text(painter: QPainter, text: str, left: QPointF, width: float, *, font: QFont, colour: QColor) -> None:
    """One line whose capitals have their middle at `left`, cut at the right."""
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(colour)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width + 1)
    painter.drawText(QPointF(left.x(), left.y() + metrics.capHeight() / 2), shown)


class Mark(VideoPanel):
    """A small panel with an icon and a word ("Mirrored"), as long as something is on."""

    def __init__(self, theme: Theme, icons: Icons, icon: str, word: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent, radius=14)
        self._icons, self._icon, self._word = icons, icon, word
        self._scale = 1.0
        self.setAccessibleName(word)
        self.set_scale(1.0)

    def set_word(self, word: str) -> None:
        """Another word."""
        if word != self._word:
            self._word = word
            self.setAccessibleName(word)
            self.set_scale(self._scale)

    def set_scale(self, scale: float) -> None:
        """1 at the desk; larger from the floor."""
        self._scale = scale
        self.set_radius(round(14 * scale))
        width = QFontMetricsF(self.theme.font("body", weight=500)).horizontalAdvance(self._word)
        self.setFixedSize(math.ceil((41 + width + 15) * scale), round(44 * scale))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = video_painter(self)
        painter.scale(self._scale, self._scale)
        ink = self.theme.color("text_1")
        self._icons.paint(painter, QRectF(13, 12, 20, 20), self._icon, ink)
        font = self.theme.font("body", weight=500)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(QPointF(41, 22 + QFontMetricsF(font).capHeight() / 2), self._word)
