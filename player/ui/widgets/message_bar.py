# SPDX-License-Identifier: GPL-3.0-or-later
"""The message at the bottom left of a window: a sentence, and at most one thing to do about it.

It goes after 8 s, later while it has focus or the pointer is on it. Main thread.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from player.ui.icons import Icons
from player.ui.theme import ThemeManager
from player.ui.widgets.button import Button, ButtonKind, ButtonSize
from player.ui.widgets.text import TextBlock

SHOWN_MS = 8000
_MARGIN = 24
_WIDEST = 480
_SIGNS = {"warning": "warning", "error": "error"}


class MessageBar(QFrame):
    """Lies over `parent`, `left` px from its left edge (the rail). One message at a time: the newest.

    `action_chosen` comes once when its button is pressed, `gone` when a message has gone by itself, been
    closed or been replaced without its action chosen.
    """

    action_chosen = Signal()
    gone = Signal()

    def __init__(self, themes: ThemeManager, icons: Icons, parent: QWidget, *, left: int = 0) -> None:
        super().__init__(parent)
        self._themes, self._icons, self._over, self._left = themes, icons, parent, left
        self._severity = "info"
        self._open = False
        self._words = TextBlock(themes, "body", max_lines=3, parent=self)
        self._action = Button(themes, icons, " ", kind=ButtonKind.PLAIN, size=ButtonSize.SMALL, parent=self)
        self._close = Button(
            themes, icons, icon="close", kind=ButtonKind.PLAIN, size=ButtonSize.SMALL, name="Close", parent=self
        )
        self._action.clicked.connect(self._choose)
        self._close.clicked.connect(self.dismiss)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(8)
        self._row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._action)
        self._row.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._expire)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        parent.installEventFilter(self)
        themes.changed.connect(self.update)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown now; "" where nothing is."""
        return self._words.text() if self._open else ""

    def set_left(self, left: int) -> None:
        self._left = left
        self._place()

    def show_message(self, text: str, *, action: str = "", severity: str = "info", shown_ms: int = SHOWN_MS) -> None:
        """Show `text` in place of what is there. `severity` is "info", "warning" or "error"; errors stay
        until they are closed."""
        if self._open:
            self.gone.emit()
        self._open = True
        self._severity = severity
        self._words.set_text(text)
        self._action.setVisible(bool(action))
        self._action.set_label(action or " ")
        self._row.setContentsMargins(48 if severity in _SIGNS else 16, 10, 8, 10)
        self.setAccessibleName(text)
        self._place()  # before it is shown: a size that is set while it comes up would not reach what it holds
        self.show()
        self.raise_()
        self._announce(text)
        if severity == "error":
            self._timer.stop()
        else:
            self._timer.start(shown_ms)

    @Slot()
    def dismiss(self) -> None:
        """Close the message without choosing its action."""
        if self._open:
            self._open = False
            self._timer.stop()
            self.hide()
            self.gone.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._over:
            self._place()
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("hairline_strong"))
        painter.setBrush(theme.color("control" if self._severity == "info" else f"{self._severity}_surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        sign = _SIGNS.get(self._severity)
        if sign is not None:
            box = QRectF(16, (self.height() - 20) / 2, 20, 20)
            self._icons.paint(painter, box, sign, theme.color(self._severity))

    def _place(self) -> None:
        if not self._open:
            return
        parent = self._over
        room = parent.width() - self._left - 2 * _MARGIN
        margins = self._row.contentsMargins()
        beside = margins.left() + margins.right() + self._close.sizeHint().width() + 16
        if not self._action.isHidden():
            beside += self._action.sizeHint().width() + 8
        words = QFontMetricsF(self._themes.theme.font("body")).horizontalAdvance(self._words.text())
        width = max(230, min(room, _WIDEST, math.ceil(words) + 8 + beside))
        height = max(52, self._words.heightForWidth(width - beside) + 24)
        left = self._left + _MARGIN
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = parent.width() - left - width
        self.setGeometry(left, parent.height() - height - _MARGIN, width, height)

    def _announce(self, text: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    @Slot()
    def _choose(self) -> None:
        if self._open:
            self._open = False
            self._timer.stop()
            self.hide()
            self.action_chosen.emit()

    @Slot()
    def _expire(self) -> None:
        if self.underMouse() or self.isAncestorOf(self.window().focusWidget() or self.window()):
            self._timer.start(2000)
        else:
            self.dismiss()
