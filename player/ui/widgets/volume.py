# SPDX-License-Identifier: GPL-3.0-or-later
"""The volume slider over a picture. Knows percents, nothing of sound. Main thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget
from typing_extensions import override

from player.ui.theme import Theme
from player.ui.widgets.video_panel import video_painter

TRACK = 4.0
KNOB = 14.0
NORMAL = 100
_KEYS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End})


class VolumeSlider(QAbstractSlider):
    """0 to 125 %. A tick marks 100 %, the level of the file; a drag rests there for a few px. `set_level` follows
    the player without telling it back; `sliderMoved` and `actionTriggered` tell what the user does."""

    focus_over_video = True
    focus_radius = 8

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, most: int = 125) -> None:
        super().__init__(parent)
        self._theme = theme.video
        self._muted = False
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(0, most)
        self.setSingleStep(5)
        self.setPageStep(10)
        self.setFixedSize(86, 32)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName("Volume")

    def set_level(self, percent: int, *, muted: bool) -> None:
        """Show the player's volume."""
        self._muted = muted
        self.blockSignals(True)
        self.setValue(percent)
        self.blockSignals(False)
        self.setToolTip("Muted" if muted else f"Volume {percent} %")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(86, 32)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _KEYS:
            event.accept()
            return True
        return super().event(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._follow(event.position().x())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._follow(event.position().x())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def _follow(self, x: float) -> None:
        value = round(self.maximum() * (x - KNOB / 2) / (self.width() - KNOB))
        self.setValue(NORMAL if abs(value - NORMAL) <= 3 else value)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = video_painter(self)
        left, right = KNOB / 2, self.width() - KNOB / 2
        middle = self.height() / 2
        knob = left + (right - left) * self.value() / max(1, self.maximum())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("on"))
        painter.drawRoundedRect(QRectF(left, middle - TRACK / 2, right - left, TRACK), TRACK / 2, TRACK / 2)
        normal = left + (right - left) * NORMAL / max(1, self.maximum())
        painter.setPen(QPen(self._theme.color("field_edge"), 1.5))
        painter.drawLine(QPointF(normal, middle + 6), QPointF(normal, middle + 9))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("text_3" if self._muted else "text_1"))
        painter.drawRoundedRect(QRectF(left, middle - TRACK / 2, knob - left, TRACK), TRACK / 2, TRACK / 2)
        painter.drawEllipse(QPointF(knob, middle), KNOB / 2, KNOB / 2)
