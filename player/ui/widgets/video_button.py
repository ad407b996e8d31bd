# SPDX-License-Identifier: GPL-3.0-or-later
"""Buttons over a picture: icon buttons, the round play button, and large buttons of words. Main thread.

They fade with the panel on which they lie. Space and Enter press them, whatever these keys mean elsewhere.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from player.ui.icons import Icons
from player.ui.theme import Theme
from player.ui.widgets.ring import centred
from player.ui.widgets.video_panel import video_painter

_PRESS_KEYS = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter})


class VideoLook(StrEnum):
    """PLAIN: no surface at rest. FILLED: a surface. PRIMARY: the one strong action."""

    PLAIN = "plain"
    FILLED = "filled"
    PRIMARY = "primary"


_SURFACES = {
    VideoLook.PLAIN: ("", "control", "pressed"),
    VideoLook.FILLED: ("control", "on", "pressed"),
    VideoLook.PRIMARY: ("primary", "primary_hover", "primary_pressed"),
}


class VideoButton(QAbstractButton):
    """`name` and `key` are its tooltip, `name` its accessible name. `text` stands beside the icon, or in its
    place; sizes are in px. A button that is on (checked) has the surface *on*."""

    focus_over_video = True

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        icon: str,
        name: str,
        *,
        key: str = "",
        text: str = "",
        look: VideoLook = VideoLook.PLAIN,
        size: int = 44,
        icon_size: int = 24,
        font_px: int = 15,
        radius: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._icons, self._icon, self._look = theme.video, icons, icon, look
        self._side, self._icon_size, self._font_px = size, icon_size, font_px
        self.focus_radius: float = theme.radius("control") if radius is None else radius
        self._key = key
        self.setText(text)
        self.set_name(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        if text:
            self.setFixedHeight(size)
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        else:
            self.setFixedSize(size, size)

    @property
    def icon_name(self) -> str:
        return self._icon

    def set_sizes(self, size: int, *, icon_size: int, radius: float, font_px: int | None = None) -> None:
        """Other sizes in px; a button of words keeps its width to its layout."""
        self._side, self._icon_size, self.focus_radius = size, icon_size, radius
        self._font_px = font_px or self._font_px
        if self.text():
            self.setFixedHeight(size)
        else:
            self.setFixedSize(size, size)
        self.update()

    def set_name(self, name: str) -> None:
        """Another accessible name, and tooltip with it."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  ({self._key})" if self._key else name)

    def set_key(self, key: str) -> None:
        """Another key in the tooltip, "" for none."""
        self._key = key
        self.set_name(self.accessibleName())

    def set_words(self, text: str, icon: str) -> None:
        """Other words; the name follows. Words that are too long for the button are set smaller."""
        self._icon = icon
        self.setText(text)
        self.set_name(text)
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: str, name: str) -> None:
        """Another icon and name."""
        if (icon, name) != (self._icon, self.accessibleName()):
            self._icon = icon
            self.set_name(name)
            self.update()

    @override
    def sizeHint(self) -> QSize:
        if not self.text():
            return QSize(self._side, self._side)
        return QSize(round(self._content_width()) + self._side, self._side)

    @override
    def event(self, event: QEvent) -> bool:
        """Space and Enter are ours while we have focus, even where a shortcut wants them."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _PRESS_KEYS
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
        ):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # Qt would walk to a neighbour; over video these keys move in time and loudness
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QEvent) -> None:
        painter = video_painter(self)
        surface = self._surface()
        radius = min(self.focus_radius, self.height() / 2)
        if surface is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(surface)
            painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        ink = self._ink()
        box = QRectF(self.rect())
        if not self.text():
            self._icons.paint(painter, centred(box, self._icon_size, self._icon_size), self._icon, ink)
            return
        font = self._font()
        room = self.width() - self._font_px
        if self._content_width() > room > 0:
            font.setPixelSize(max(10, int(font.pixelSize() * room / self._content_width())))
        metrics = QFontMetricsF(font)
        words = metrics.horizontalAdvance(self.text()) + (self._icon_size + self._gap() if self._icon else 0)
        left = max(0.0, (self.width() - words) / 2)
        if self._icon:
            side = self._icon_size
            self._icons.paint(painter, QRectF(round(left), (self.height() - side) // 2, side, side), self._icon, ink)
            left += side + self._gap()
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(QPointF(left, (self.height() + metrics.capHeight()) / 2), self.text())

    def _font(self) -> QFont:
        return self._theme.font("button", self._font_px / self._theme.role("button").size)

    def _gap(self) -> float:
        return self._font_px * 0.6

    def _content_width(self) -> float:
        width = QFontMetricsF(self._font()).horizontalAdvance(self.text())
        return width + (self._icon_size + self._gap() if self._icon else 0)

    def _ink(self) -> QColor:
        if not self.isEnabled():
            return self._theme.color("text_disabled")
        return self._theme.color("on_primary" if self._look is VideoLook.PRIMARY else "text_1")

    def _surface(self) -> QColor | None:
        rest, hover, pressed = _SURFACES[self._look]
        if not self.isEnabled():
            name = "raised" if rest else ""
        elif self.isDown():
            name = pressed
        elif self.isChecked():
            name = "on"
        else:
            name = hover if self.underMouse() else rest
        return self._theme.color(name) if name else None
