# SPDX-License-Identifier: GPL-3.0-or-later
"""The field of the search: a magnifying glass, the words, and a cross that empties it. Main thread."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from player.ui.icons import Icons
from player.ui.theme import ThemeManager
from player.ui.widgets.button import Button, ButtonKind, ButtonSize
from player.ui.widgets.text import paint_line

_ICON, _LEFT, _ROOM = 20, 14, 30
_LONGEST = 300
_FOR_THE_LIST = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
    }
)


class SearchField(QLineEdit):
    """Keys that move in the list and act on it are handed on: `for_the_list(QKeyEvent)`."""

    for_the_list = Signal(object)

    def __init__(self, themes: ThemeManager, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes, self._icons = themes, icons
        self.setPlaceholderText("Class, phase, body area, or words that are said")
        self.setAccessibleName("Search")
        self.setMaxLength(_LONGEST)
        self.setTextMargins(_ROOM, 0, _ROOM, 0)
        self._cross = Button(
            themes,
            icons,
            icon="close",
            kind=ButtonKind.PLAIN,
            size=ButtonSize.SMALL,
            name="Clear the field",
            parent=self,
        )
        self._cross.setCursor(Qt.CursorShape.ArrowCursor)
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.clicked.connect(self._empty)
        self._cross.hide()
        self.textChanged.connect(self._changed)
        themes.changed.connect(self.update)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _FOR_THE_LIST:
            self.for_the_list.emit(event)
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        left = self.width() - self._cross.sizeHint().width() - 6
        self._cross.setGeometry(left, (self.height() - 32) // 2, 32, 32)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, painter = self._themes.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        icon = QRectF(_LEFT, middle - _ICON / 2, _ICON, _ICON)
        self._icons.paint(painter, icon, "search", theme.color("text_2"))
        if not self.text() and not self.hasFocus():
            key = QRectF(self.width() - 36, middle - 11, 22, 22)
            painter.setPen(QPen(theme.color("hairline_strong"), 1))
            painter.setBrush(theme.color("raised"))
            painter.drawRoundedRect(key.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            centre = Qt.AlignmentFlag.AlignHCenter
            paint_line(painter, theme, "/", key, role="key", colour="text_2", align=centre)

    @Slot()
    def _changed(self) -> None:
        self._cross.setVisible(bool(self.text()))

    @Slot()
    def _empty(self) -> None:
        self.clear()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
