# SPDX-License-Identifier: GPL-3.0-or-later
"""A card over the page with something to decide or to read. While it is open nothing beneath can be reached.
Main thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from player.ui.icons import Icons
from player.ui.theme import ThemeManager
from player.ui.widgets.button import Button, ButtonKind, ButtonSize
from player.ui.widgets.text import TextBlock, TextLine

_MARGIN = 32


class Sheet(QWidget):
    """Covers `over`. Put things into `body`, buttons into `foot`. Esc and the cross close it: `closed`. Focus stays
    inside while it is open and then returns to where it was."""

    closed = Signal()

    def __init__(
        self,
        themes: ThemeManager,
        icons: Icons,
        over: QWidget,
        title: str,
        *,
        width: int = 720,
        height: int = 1000,
    ) -> None:
        super().__init__(over)
        self._themes, self._over = themes, over
        self._wanted = (width, height)
        self._back_to = QApplication.focusWidget()
        self.setAccessibleName(title)
        self._card = QWidget(self)
        self.title = TextLine(themes, "title_2", title)
        self.close_button = Button(
            themes, icons, icon="close", kind=ButtonKind.PLAIN, size=ButtonSize.MEDIUM, name="Close (Esc)"
        )
        self.close_button.clicked.connect(self.leave)
        self._trouble = TextBlock(themes, "body", colour="error")
        self._trouble.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(0)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(32, 24, 24, 24)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(12)
        column.addLayout(self.body, 1)
        column.addSpacing(12)
        column.addWidget(self._trouble)
        column.addSpacing(8)
        column.addLayout(self.foot)
        over.installEventFilter(self)
        themes.changed.connect(self.update)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def open(self, first: QWidget) -> None:
        """Show it with the focus on `first`."""
        self._place()
        self.show()
        self.raise_()
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_trouble(self, sentence: str) -> None:
        """Say what went wrong, above the buttons; everything stays as it is. "" takes it away."""
        self._trouble.set_text(sentence)
        self._trouble.setVisible(bool(sentence))

    @property
    def trouble(self) -> str:
        return "" if self._trouble.isHidden() else self._trouble.text()

    @Slot()
    def leave(self) -> None:
        """Close it. Nothing that is written in it is taken."""
        if self.isHidden():
            return
        back = self._back_to
        self.hide()
        if back is not None and isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    @override
    def event(self, event: QEvent) -> bool:
        # While the sheet is open no shortcut beneath it works.
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes around inside."""
        stops = [one for one in self._card.findChildren(QWidget) if _is_stop(one)]
        stops.sort(key=self._reading_order)
        now = QApplication.focusWidget()
        if not stops:
            return False
        place = stops.index(now) if now in stops else -1
        target = stops[(place + (1 if next else -1)) % len(stops)]
        target.setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
        for area in self._card.findChildren(QScrollArea):
            if area.isAncestorOf(target):
                area.ensureWidgetVisible(target, 0, 24)
        return True

    def _reading_order(self, one: QWidget) -> tuple[bool, int, int]:
        place = one.mapTo(self, QPoint(0, one.height() // 2))
        return (one is self.close_button, place.y() // 12, place.x())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # what is beneath is not pressed through the sheet

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._over:
            self._place()
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._themes.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shade = theme.color("window")
        shade.setAlphaF(0.72)
        painter.fillRect(self.rect(), shade)
        painter.setPen(QPen(theme.color("hairline_strong"), 1))
        painter.setBrush(theme.color("card"))
        card = QRectF(self._card.geometry()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(card, theme.radius("dialog"), theme.radius("dialog"))

    def _place(self) -> None:
        self.setGeometry(self._over.rect())
        width = min(self._wanted[0], self.width() - 2 * _MARGIN)
        height = min(self._wanted[1], self.height() - 2 * _MARGIN)
        self._card.setGeometry(QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height))


def _is_stop(one: QWidget) -> bool:
    return bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus) and one.isVisible() and one.isEnabled()
