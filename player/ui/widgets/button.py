# SPDX-License-Identifier: GPL-3.0-or-later
"""The button in all its kinds, sizes and states. Main thread; knows nothing of the application."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimerEvent, QVariantAnimation, Slot
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QFontMetricsF,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget
from typing_extensions import override

from player.ui.icons import Icons
from player.ui.theme import Theme, ThemeManager

_RING_STEP_MS = 50
_RING_TURN_MS = 1000


class ButtonKind(StrEnum):
    """PRIMARY: the one strong action of a view. SECONDARY: filled, quieter. PLAIN: no surface at rest (icon
    toggles). LINK: words only."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    PLAIN = "plain"
    LINK = "link"


class _Measures(NamedTuple):
    height: int
    padding: int
    gap: int
    icon: int
    radius: int
    font_px: int


class ButtonSize(StrEnum):
    """LARGE 48, MEDIUM 40, SMALL 32 px high."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"


_MEASURES = {
    ButtonSize.LARGE: _Measures(48, 20, 9, 20, 12, 15),
    ButtonSize.MEDIUM: _Measures(40, 14, 8, 18, 10, 14),
    ButtonSize.SMALL: _Measures(32, 12, 6, 16, 8, 13),
}
_SURFACES = {
    ButtonKind.PRIMARY: ("primary", "primary_hover", "primary_pressed"),
    ButtonKind.SECONDARY: ("control", "on", "pressed"),
    ButtonKind.PLAIN: ("", "control", "pressed"),
    ButtonKind.LINK: ("", "", ""),
}


class Button(QAbstractButton):
    """A button of words, an icon, or both. Checkable ones are toggles: on is the surface *on*.

    `name` is what a screen reader says where it is not the text; an icon without words needs it, and shows it
    as its tooltip. With a menu (`set_menu`) a chevron stands at the right and pressing opens it.
    """

    def __init__(
        self,
        themes: ThemeManager,
        icons: Icons,
        text: str = "",
        icon: str = "",
        *,
        kind: ButtonKind = ButtonKind.SECONDARY,
        size: ButtonSize = ButtonSize.LARGE,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._themes, self._icons, self._kind = themes, icons, kind
        self._measures = _MEASURES[size]
        self._icon = icon
        self._busy = False
        self._busy_ms = 0
        self._timer = 0
        self._menu: QMenu | None = None
        self._stretched = False
        self._surface: QColor | None = None
        self._fade = QVariantAnimation(self)
        self._fade.valueChanged.connect(self._faded)
        self.focus_radius = self._measures.radius
        self.setText(text)
        self.setAccessibleName(name or text)
        if name and not text:
            self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self._retheme)
        self.toggled.connect(self._restyle)
        self.pressed.connect(self._restyle)
        self.released.connect(self._restyle)

    def set_label(self, text: str, icon: str | None = None) -> None:
        """Other words (and icon); the accessible name follows."""
        if icon is not None:
            self._icon = icon
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def set_icon(self, icon: str, name: str) -> None:
        """Another icon for a button without words, and its new name."""
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def set_busy(self, busy: bool) -> None:
        """While busy the icon is a ring, the words stay and presses do nothing."""
        self._busy = busy
        self._tick_if_needed()
        self.update()

    @property
    def busy(self) -> bool:
        return self._busy

    def set_menu(self, menu: QMenu) -> None:
        """Pressing opens `menu` under the button."""
        self._menu = menu
        self.clicked.connect(self.open_menu)
        self.updateGeometry()

    def set_stretched(self, stretched: bool) -> None:
        """Whether the button takes all the width it is given."""
        self._stretched = stretched
        horizontal = QSizePolicy.Policy.Expanding if stretched else QSizePolicy.Policy.Fixed
        self.setSizePolicy(horizontal, QSizePolicy.Policy.Fixed)

    @Slot()
    def open_menu(self) -> None:
        if self._menu is not None:
            right = self._kind is ButtonKind.LINK
            corner = self.rect().bottomRight() if right else self.rect().bottomLeft()
            place = self.mapToGlobal(corner)
            if right:
                place.setX(place.x() - self._menu.sizeHint().width())
            place.setY(place.y() + 4)
            self._menu.popup(place)

    @override
    def sizeHint(self) -> QSize:
        m = self._measures
        if not self.text():
            return QSize(m.height, m.height)
        padding = 0 if self._kind is ButtonKind.LINK else 2 * m.padding
        height = 32 if self._kind is ButtonKind.LINK else m.height
        return QSize(math.ceil(self._content_width()) + padding, height)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        elif event.key() == Qt.Key.Key_Down and self._menu is not None:
            self.open_menu()
        else:
            super().keyPressEvent(event)

    @override
    def nextCheckState(self) -> None:
        if not self._busy:
            super().nextCheckState()

    @override
    def hitButton(self, pos: object) -> bool:
        return not self._busy and super().hitButton(pos)  # type: ignore[arg-type]

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._restyle()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._restyle()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._retheme()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._surface = None
        self._tick_if_needed()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick_if_needed()

    @override
    def timerEvent(self, event: QTimerEvent) -> None:
        self._busy_ms = (self._busy_ms + _RING_STEP_MS) % _RING_TURN_MS
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, m = self._themes.theme, self._measures
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        surface = self._surface = self._surface or self._wanted_surface(theme)
        if surface.alpha():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(surface)
            painter.drawRoundedRect(QRectF(self.rect()), m.radius, m.radius)
        ink = self._ink(theme)
        if not self.text():
            side = m.icon
            box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
            self._paint_icon(painter, box, ink)
            return
        self._paint_words(painter, theme, ink)

    def _paint_words(self, painter: QPainter, theme: Theme, ink: QColor) -> None:
        m, font = self._measures, self._font(theme)
        metrics = QFontMetricsF(font)
        left = 0.0 if self._kind is ButtonKind.LINK else (self.width() - self._content_width()) / 2
        if self._icon or self._busy:
            self._paint_icon(painter, QRectF(left, (self.height() - m.icon) / 2, m.icon, m.icon), ink)
            left += m.icon + m.gap
        painter.setFont(font)
        painter.setPen(ink)
        baseline = (self.height() - metrics.height()) / 2 + metrics.ascent()
        painter.drawText(QPointF(left, baseline), self.text())
        if self._menu is not None:
            left += metrics.horizontalAdvance(self.text()) + 6
            self._icons.paint(painter, QRectF(left, (self.height() - 16) / 2, 16, 16), "chevron-down", ink)

    def _paint_icon(self, painter: QPainter, box: QRectF, ink: QColor) -> None:
        if not self._busy:
            self._icons.paint(painter, box, self._icon, ink)
            return
        track = QColor(ink)
        track.setAlphaF(0.3)
        ring = box.adjusted(2.5, 2.5, -2.5, -2.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(track, 2.5))
        painter.drawEllipse(ring)
        painter.setPen(QPen(ink, 2.5, c=Qt.PenCapStyle.RoundCap))
        painter.drawArc(ring, round(16 * (90 - 360 * self._busy_ms / _RING_TURN_MS)), -16 * 120)

    def _font(self, theme: Theme) -> QFont:
        font = theme.font("button", tabular=False)
        if self._kind is ButtonKind.LINK:
            font.setPixelSize(14)
            font.setWeight(QFont.Weight.DemiBold if self._menu is not None else QFont.Weight.Medium)
        else:
            font.setPixelSize(self._measures.font_px)
        return font

    def _content_width(self) -> float:
        m = self._measures
        width = QFontMetricsF(self._font(self._themes.theme)).horizontalAdvance(self.text())
        if self._icon or self._busy:
            width += m.icon + m.gap
        return width + (22 if self._menu is not None else 0)

    def _ink(self, theme: Theme) -> QColor:
        if not self.isEnabled():
            return theme.color("text_disabled")
        if self._kind is ButtonKind.PRIMARY:
            return theme.color("on_primary")
        quiet = self._kind is ButtonKind.LINK and self._menu is None and not self.underMouse() and not self.isDown()
        return theme.color("text_2" if quiet else "text_1")

    def _wanted_surface(self, theme: Theme) -> QColor:
        rest, hover, pressed = _SURFACES[self._kind]
        if not self.isEnabled():
            name = "raised" if rest else ""
        elif self.isDown():
            name = pressed
        elif self.isChecked():
            name = "on"
        else:
            name = hover if self.underMouse() else rest
        return theme.color(name) if name else QColor(0, 0, 0, 0)

    def _tick_if_needed(self) -> None:
        wanted = self._busy and self.isVisible()
        if wanted and not self._timer:
            self._timer = self.startTimer(_RING_STEP_MS)
        elif not wanted and self._timer:
            self.killTimer(self._timer)
            self._timer = 0

    @Slot()
    def _retheme(self) -> None:
        self._fade.stop()
        self._surface = None
        self.update()

    @Slot()
    def _restyle(self) -> None:
        """The surface goes to what the state asks for, gently."""
        theme = self._themes.theme
        wanted = self._wanted_surface(theme)
        motion = theme.motion("press" if self.isDown() else "hover")
        start = self._surface if self._surface is not None else wanted
        if not start.alpha():
            start = QColor(wanted.red(), wanted.green(), wanted.blue(), 0)
        self._fade.stop()
        self._fade.setStartValue(start)
        self._fade.setEndValue(wanted)
        self._fade.setDuration(motion.ms)
        self._fade.setEasingCurve(motion.curve)
        self._fade.start()

    @Slot(object)
    def _faded(self, colour: QColor) -> None:
        self._surface = colour
        self.update()
