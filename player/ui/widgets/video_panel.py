# SPDX-License-Identifier: GPL-3.0-or-later
"""Panels over a picture: really translucent, and faded by painting. Know nothing of what they hold. Main thread."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QRectF, Qt, QVariantAnimation, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from player.ui.theme import Theme


class VideoPanel(QWidget):
    """A rounded panel that fades in and out. What lies on it begins its painting with `video_painter`, so that
    it fades with it: a graphics effect would draw the whole panel twice for every picture of the video."""

    faded_out = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, radius: int | None = None) -> None:
        super().__init__(parent)
        self.theme = theme.video
        self._radius = theme.radius("panel") if radius is None else radius
        self._opacity = 1.0
        self._shown = True
        self._fade = QVariantAnimation(self)
        self._fade.valueChanged.connect(self._set_opacity)
        self._fade.finished.connect(self._fade_finished)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def opacity(self) -> float:
        return self._opacity

    @property
    def shown(self) -> bool:
        """Whether it is there, or on its way in."""
        return self._shown

    def set_radius(self, radius: int) -> None:
        self._radius = radius
        self.update()

    def set_shown(self, shown: bool, fade_ms: int = 0, curve: QEasingCurve.Type = QEasingCurve.Type.OutCubic) -> None:
        """Fade in or out over `fade_ms`; 0 does it at once."""
        if shown == self._shown and (self._fade.state() == QVariantAnimation.State.Running or shown != self.isHidden()):
            return
        self._shown = shown
        self._fade.stop()
        target = 1.0 if shown else 0.0
        if shown and self.isHidden():
            self._opacity = 0.0 if fade_ms else 1.0
            self.show()
        if not fade_ms or not self.isVisible():
            self._set_opacity(target)
            self._fade_finished()
            return
        self._fade.setEasingCurve(curve)
        self._fade.setDuration(fade_ms)
        self._fade.setStartValue(self._opacity)
        self._fade.setEndValue(target)
        self._fade.start()

    @Slot(object)
    def _set_opacity(self, opacity: float) -> None:
        self._opacity = float(opacity)
        self.update()

    @Slot()
    def _fade_finished(self) -> None:
        if self._shown:
            return
        self.hide()
        self.faded_out.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = video_painter(self)
        paint_panel(painter, QRectF(self.rect()), self.theme, self._radius)


def paint_panel(painter: QPainter, rect: QRectF, theme: Theme, radius: float) -> None:
    """The body and the edge of a panel."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("panel"))
    painter.drawRoundedRect(rect, radius, radius)
    painter.setPen(QPen(theme.color("panel_edge"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius - 0.5, radius - 0.5)


def panel_opacity(widget: QWidget | None) -> float:
    """The opacity of the panel on which a widget lies; 1 where there is none."""
    while widget is not None:
        if isinstance(widget, VideoPanel):
            return widget.opacity
        widget = widget.parentWidget()
    return 1.0


def video_painter(widget: QWidget) -> QPainter:
    """A painter for a widget on a panel: antialiased, and as faded as the panel."""
    painter = QPainter(widget)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.setOpacity(panel_opacity(widget))
    return painter


def faded(colour: QColor, opacity: float) -> QColor:
    """The colour with its alpha multiplied."""
    result = QColor(colour)
    result.setAlphaF(colour.alphaF() * opacity)
    return result


def scroll_bar_style(theme: Theme) -> str:
    """The style sheet of a list over a picture: its scroll bar is dark in every theme."""
    handle, hover = theme.video.color("on").name(), theme.video.color("field_edge").name()
    return (
        "QAbstractItemView { background: transparent; border: none; }"
        "QScrollBar:vertical { background: transparent; width: 6px; margin: 0; }"
        f"QScrollBar::handle:vertical {{ background: {handle}; border-radius: 3px; min-height: 40px; }}"
        f"QScrollBar::handle:vertical:hover {{ background: {hover}; }}"
        "QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: none; }"
        "QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }"
    )
