# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields of the edit dialogs: words, longer words, chips, each with where its value came from. Main thread."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from player.ui.icons import Icons
from player.ui.theme import Theme, ThemeManager
from player.ui.widgets.button import Button, ButtonKind, ButtonSize
from player.ui.widgets.text import TextLine

FOUND_AGAIN = "Back to what was found"


class FieldBox(QWidget):
    """A field with its name, where its value came from, and the way back to what was found."""

    back_requested = Signal()

    def __init__(self, themes: ThemeManager, icons: Icons, name: str, content: QWidget) -> None:
        super().__init__()
        self.content = content
        if not content.accessibleName():
            content.setAccessibleName(name)
        self._source = TextLine(themes, "small", colour="text_3")
        self.back = Button(themes, icons, FOUND_AGAIN, kind=ButtonKind.LINK, name=f"{name}: back to what was found")
        self.back.clicked.connect(self.back_requested)
        self.back.hide()
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(TextLine(themes, "label", name, weight=600))
        head.addWidget(self._source, 1)
        head.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(content)

    def set_source(self, words: str, *, back: bool) -> None:
        """Where the value came from; `back`: the user has changed it, something else was found."""
        self._source.setText(words)
        self.back.setVisible(back)


def mark_wrong(line: QLineEdit, theme: Theme) -> None:
    """Show that what is written there cannot be taken, until something else is written."""
    line.setStyleSheet(f"QLineEdit {{ border: 2px solid {theme.color('error').name()}; padding: 0 11px; }}")
    line.textChanged.connect(lambda _text: line.setStyleSheet(""), Qt.ConnectionType.SingleShotConnection)


class LongField(QPlainTextEdit):
    """Several lines. Tab leaves it."""

    def __init__(self, themes: ThemeManager, lines: int = 4) -> None:
        super().__init__()
        self._themes = themes
        self.setTabChangesFocus(True)
        self.setFixedHeight(20 * lines + 24)
        self._restyle()
        themes.changed.connect(self._restyle)

    @Slot()
    def _restyle(self) -> None:
        theme = self._themes.theme
        edge, focus = theme.color("field_edge").name(), theme.color("text_1").name()
        shape = f"border-radius: {theme.radius('control')}px; background: {theme.color('card').name()};"
        self.setStyleSheet(
            f"QPlainTextEdit {{ {shape} border: 1px solid {edge}; padding: 7px 9px; color: {focus};"
            f" selection-background-color: {theme.color('on').name()}; selection-color: {focus}; }}"
            f"QPlainTextEdit:focus {{ border: 2px solid {focus}; padding: 6px 8px; }}"
        )


class FlowLayout(QLayout):
    """Widgets side by side, in as many lines as they need."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), put=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, put=True)

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @override
    def minimumSize(self) -> QSize:
        widest = max((item.minimumSize().width() for item in self._items), default=0)
        return QSize(widest, self._items[0].minimumSize().height() if self._items else 0)

    def _arrange(self, rect: QRect, *, put: bool) -> int:
        left, top, line = rect.left(), rect.top(), 0
        for item in self._items:
            size = item.sizeHint()
            if left > rect.left() and left + size.width() > rect.right() + 1:
                left, top, line = rect.left(), top + line + self._gap, 0
            if put:
                item.setGeometry(QRect(QPoint(left, top), size))
            left += size.width() + self._gap
            line = max(line, size.height())
        return top + line - rect.top()


class Need(IntEnum):
    """How much a thing is needed."""

    NONE = 0
    NEEDED = 1
    OPTIONAL = 2


class Choice(Button):
    """One of several, of which one is always chosen. It has the edge of what is chosen."""

    def __init__(self, themes: ThemeManager, icons: Icons, words: str, *, name: str = "") -> None:
        super().__init__(themes, icons, words, size=ButtonSize.SMALL, name=name)
        self.setCheckable(True)
        self.setAutoExclusive(True)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isChecked():
            _paint_edge(self, QPen(self._themes.theme.color("text_1"), 1.5))


class Chip(Button):
    """A thing or an area that is chosen or not; with `levels` three it can be optional too. Space and a click go to
    the next level."""

    turned = Signal()

    def __init__(self, themes: ThemeManager, icons: Icons, title: str, icon: str = "", *, levels: int = 2) -> None:
        super().__init__(themes, icons, title, icon, size=ButtonSize.SMALL)
        self._title, self._levels = title, levels
        self._level = Need.NONE
        self.setCheckable(True)
        self.clicked.connect(self._turn)
        self.set_level(Need.NONE)

    @property
    def level(self) -> Need:
        return self._level

    def set_level(self, level: Need) -> None:
        self._level = level
        self.setChecked(level is not Need.NONE)
        words = {Need.NONE: self._title, Need.NEEDED: self._title, Need.OPTIONAL: f"{self._title}, if at hand"}[level]
        self.set_label(words)
        states = {Need.NONE: "not needed", Need.NEEDED: "needed", Need.OPTIONAL: "optional"}
        chosen = "chosen" if level is not Need.NONE else "not chosen"
        self.setAccessibleName(f"{self._title}, {states[level] if self._levels > 2 else chosen}")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._level is not Need.NONE:
            pen = QPen(self._themes.theme.color("text_1"), 1.5)
            pen.setStyle(Qt.PenStyle.DashLine if self._level is Need.OPTIONAL else Qt.PenStyle.SolidLine)
            _paint_edge(self, pen)

    @Slot()
    def _turn(self) -> None:
        self.set_level(Need((self._level + 1) % self._levels))
        self.turned.emit()


def _paint_edge(button: QWidget, pen: QPen) -> None:
    painter = QPainter(button)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.drawRoundedRect(QRectF(button.rect()).adjusted(0.75, 0.75, -0.75, -0.75), 8, 8)


class Chips(QWidget):
    """Chips to choose from, by id."""

    changed = Signal()

    def __init__(self, themes: ThemeManager, icons: Icons, *, levels: int = 2) -> None:
        super().__init__()
        self._themes, self._icons, self._levels = themes, icons, levels
        self._chips: dict[str, Chip] = {}
        self._flow = FlowLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def chips(self) -> Sequence[Chip]:
        return tuple(self._chips.values())

    def offer(self, name: str, title: str, icon: str = "") -> None:
        """Another thing to choose, unless it is there."""
        if name not in self._chips:
            chip = Chip(self._themes, self._icons, title, icon, levels=self._levels)
            chip.turned.connect(self.changed)
            chip.turned.connect(self._flow.invalidate)
            self._chips[name] = chip
            self._flow.addWidget(chip)

    def levels(self) -> dict[str, Need]:
        """What is chosen, in the order of the chips."""
        return {name: chip.level for name, chip in self._chips.items() if chip.level is not Need.NONE}

    def set_levels(self, levels: dict[str, Need]) -> None:
        for name, chip in self._chips.items():
            chip.set_level(levels.get(name, Need.NONE))
        self.changed.emit()
