# SPDX-License-Identifier: GPL-3.0-or-later
"""A word or two over the picture about a value that a key has just changed. Main thread."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFont, QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from player.ui.icons import Icons
from player.ui.theme import Theme
from player.ui.widgets.video_panel import VideoPanel, video_painter

STAYS_MS = 1500
_DESK = (52, 24, 18, 20)
_FLOOR = (128, 60, 52, 44)
"""Height, icon, words, and what is free at both ends, px."""


class ValueNote(VideoPanel):
    """Icon and value; it goes by itself after STAYS_MS and takes no presses. A newer value replaces an older."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._icons = icons
        self._text = self._icon = ""
        self._floor = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAYS_MS)
        self._timer.timeout.connect(self._go)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_shown(False)

    @property
    def text(self) -> str:
        """What is shown now; "" where nothing is."""
        return self._text if self.shown else ""

    def set_floor(self, floor: bool) -> None:
        """The size for two metres away."""
        self._floor = floor
        self._arrange()

    def show_value(self, text: str, icon: str) -> None:
        """Show `text`, for a while."""
        self._text, self._icon = text, icon
        self.setAccessibleName(text)
        self._arrange()
        self.set_shown(True)
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    @property
    def _measures(self) -> tuple[int, int, int, int]:
        return _FLOOR if self._floor else _DESK

    def _font(self) -> QFont:
        return self.theme.font("heading", self._measures[2] / self.theme.role("heading").size)

    def _arrange(self) -> None:
        height, icon, _words, pad = self._measures
        self.set_radius(28 if self._floor else 16)
        words = QFontMetricsF(self._font()).horizontalAdvance(self._text)
        self.setFixedSize(math.ceil(pad + icon + pad * 0.6 + words + pad), height)
        self.update()

    @Slot()
    def _go(self) -> None:
        motion = self.theme.motion("panel_out")
        self.set_shown(False, motion.ms, motion.curve)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = video_painter(self)
        _height, icon, _words, pad = self._measures
        ink, font = self.theme.color("text_1"), self._font()
        self._icons.paint(painter, QRectF(pad, (self.height() - icon) // 2, icon, icon), self._icon, ink)
        painter.setFont(font)
        painter.setPen(ink)
        baseline = (self.height() + QFontMetricsF(font).capHeight()) / 2
        painter.drawText(QPointF(pad + icon + pad * 0.6, baseline), self._text)
