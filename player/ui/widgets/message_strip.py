# SPDX-License-Identifier: GPL-3.0-or-later
"""A sentence over the picture that goes away by itself. Main thread; where sentences come from is not known here."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QEnterEvent, QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from player.ui.icons import Icons
from player.ui.theme import Theme
from player.ui.widgets.video_button import VideoButton
from player.ui.widgets.video_panel import VideoPanel, video_painter

STAYS_MS = 8000
_ICONS = {"info": ("info", "text_2"), "warning": ("warning", "warning"), "error": ("error", "error")}
_LINE = 20
_MOST_LINES, _MOST_LINES_LARGE = 3, 6
_ACTION = 64
_LEAST = 240


class MessageStrip(VideoPanel):
    """Sign and words; it stays 8 s, longer while the pointer is over it. A newer sentence replaces an older."""

    dismissed = Signal()
    action_chosen = Signal()
    """The button of the sentence ("Undo") has been pressed."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent, radius=14)
        self._icons = icons
        self._text = ""
        self._severity = "info"
        self._most_width = 640
        self._scale = 1.0
        self._close = VideoButton(theme, icons, "close", "Close this message", size=32, icon_size=18, parent=self)
        self._close.clicked.connect(self._dismiss)
        self._action = VideoButton(theme, icons, "", "Undo", text="Undo", size=32, font_px=14, radius=8, parent=self)
        self._action.clicked.connect(self._choose)
        self._action.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAYS_MS)
        self._timer.timeout.connect(self._dismiss)
        self.set_shown(False)

    @property
    def text(self) -> str:
        return self._text

    @property
    def action(self) -> str:
        """What the button of the sentence says; "" where it has none."""
        return self._action.text()

    def set_scale(self, scale: float) -> None:
        """1 at the desk; larger from the floor."""
        self._scale = scale
        self.set_radius(round(14 * scale))
        side, radius = round(32 * scale), round(8 * scale)
        self._close.set_sizes(side, icon_size=round(18 * scale), radius=radius)
        self._action.set_sizes(side, icon_size=round(18 * scale), radius=radius, font_px=round(14 * scale))
        self._arrange()

    @property
    def least_width(self) -> int:
        """Narrower than this it does not get."""
        return round(_LEAST * self._scale)

    def set_most_width(self, width: int) -> None:
        width = max(self.least_width, width)
        if width != self._most_width:
            self._most_width = width
            self._arrange()

    def show_message(self, text: str, severity: str = "info", action: str = "") -> None:
        """`severity` is "info", "warning" or "error"; `action` the title of a button, or "" for none."""
        self._text, self._severity = text, severity
        self._action.setText(action)
        self._action.set_name(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(text)
        self._arrange()
        self.set_shown(True, self.theme.motion("panel_in").ms)
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _lines(self, width: float) -> list[str]:
        metrics = QFontMetricsF(self.theme.font("body"))
        lines = [""]
        for word in self._text.split():
            longer = f"{lines[-1]} {word}".strip()
            if metrics.horizontalAdvance(longer) <= width or not lines[-1]:
                lines[-1] = longer
            else:
                lines.append(word)
        most = _MOST_LINES if self._scale <= 1 else _MOST_LINES_LARGE
        if len(lines) > most:
            rest = " ".join(lines[most - 1 :])
            lines = [*lines[: most - 1], metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)]
        return lines

    def _arrange(self) -> None:
        scale = self._scale
        room = self._most_width / scale - self._beside()
        lines = self._lines(room)
        metrics = QFontMetricsF(self.theme.font("body"))
        widest = min(float(room), max(metrics.horizontalAdvance(line) for line in lines))
        width, height = math.ceil(self._beside() + widest), 28 + _LINE * len(lines)
        self.setFixedSize(round(width * scale), round(height * scale))
        top, side = (height - 32) / 2, round(32 * scale)
        self._close.move(round((width - 40) * scale), round(top * scale))
        self._action.setGeometry(
            round((width - 44 - _ACTION) * scale), round(top * scale), round(_ACTION * scale), side
        )
        self.update()

    def _beside(self) -> int:
        """The width of what stands left and right of the words."""
        return 46 + 52 + (0 if self._action.isHidden() else _ACTION + 4)

    @Slot()
    def _choose(self) -> None:
        self._dismiss()
        self.action_chosen.emit()

    @Slot()
    def _dismiss(self) -> None:
        self._timer.stop()
        self.set_shown(False, self.theme.motion("panel_out").ms)
        self.dismissed.emit()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._timer.stop()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self.shown:
            self._timer.start()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = video_painter(self)
        painter.scale(self._scale, self._scale)
        icon, colour = _ICONS[self._severity]
        self._icons.paint(painter, QRectF(15, 14, 20, 20), icon, self.theme.color(colour))
        font = self.theme.font("body")
        painter.setFont(font)
        painter.setPen(self.theme.color("text_1"))
        cap = QFontMetricsF(font).capHeight()
        for number, line in enumerate(self._lines(self.width() / self._scale - self._beside() + 1)):
            painter.drawText(46, round(14 + _LINE * number + _LINE / 2 + cap / 2), line)
