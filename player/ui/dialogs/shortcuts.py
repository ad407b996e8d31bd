# SPDX-License-Identifier: GPL-3.0-or-later
"""The keyboard page: every key of the program, made from the table of actions. Main thread."""

from __future__ import annotations

import math
from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from player.ui.actions import Action, rows
from player.ui.dialogs.change_keys import ChangeKeys
from player.ui.icons import Icons
from player.ui.keymap import Keymap, key_words
from player.ui.theme import Theme, ThemeManager
from player.ui.widgets.button import Button, ButtonKind, ButtonSize
from player.ui.widgets.text import paint_line

_COLUMNS = (("Playing",), ("Phases", "Next"), ("Going around",))
_WIDEST = 1088
_PAD = 40
_GAP = 44
_ROW = 38
_TOP = 104
_KEY = 28
_CLICKER = ("Presenter clicker:", "next slide is next phase, previous slide is previous phase, black screen is pause.")


def caps(actions: tuple[Action, ...]) -> tuple[str, ...]:
    """The key caps of a row: `Shift`, `M`; of many actions in a row the first and the last, with dots between."""
    if len(actions) > 3 and actions[0].keys and actions[-1].keys:
        return (*key_words(actions[0].keys[0]), "…", *key_words(actions[-1].keys[0]))
    keys = [key_words(action.keys[0]) for action in actions if action.keys]
    if len(keys) > 1 and all(len(key) > 1 and key[:-1] == keys[0][:-1] for key in keys):
        return (*keys[0][:-1], *(key[-1] for key in keys))
    return tuple(cap for key in keys for cap in key)


class ShortcutsPage(QWidget):
    """Fills its place, over what is beneath or as a page of its own."""

    close_requested = Signal()
    """`?`, Esc, the cross, or a click beside the card."""
    focus_ring = False

    def __init__(
        self,
        themes: ThemeManager,
        icons: Icons,
        parent: QWidget | None = None,
        *,
        keymap: Keymap | None = None,
    ) -> None:
        super().__init__(parent)
        self._themes, self._icons = themes, icons
        self._keymap = keymap or Keymap(parent=self)
        self._rows = rows(self._keymap.actions)
        self._keymap.changed.connect(self._take_keys)
        self.changing: ChangeKeys | None = None
        self.close_button = Button(
            themes, icons, icon="close", kind=ButtonKind.PLAIN, size=ButtonSize.LARGE, name="Close", parent=self
        )
        self.close_button.clicked.connect(self.close_page)
        self.change_button = Button(themes, icons, "Change keys", parent=self)
        self.change_button.clicked.connect(self.toggle_changing)
        self.reset_button = Button(themes, icons, "Reset all keys", kind=ButtonKind.PLAIN, parent=self)
        self.reset_button.clicked.connect(self._keymap.reset_all)
        self.reset_button.hide()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Keyboard")
        self.setAccessibleDescription(self.spoken())
        themes.changed.connect(self.update)

    @property
    def _changes(self) -> bool:
        return self.changing is not None and not self.changing.isHidden()

    @Slot()
    def toggle_changing(self) -> None:
        """From the page to the list in which keys are changed, and back."""
        changes = not self._changes
        if self.changing is None:
            self.changing = ChangeKeys(self._themes, self._icons, self._keymap, self)
        self.changing.setVisible(changes)
        self.reset_button.setVisible(changes)
        self.reset_button.setEnabled(bool(self._keymap.changes))
        self.change_button.set_label("Done" if changes else "Change keys")
        self._arrange()
        self.update()
        if not changes:
            self.setFocus()

    @Slot()
    def close_page(self) -> None:
        """Ask to be closed; the next time it is the page again."""
        if self._changes:
            self.toggle_changing()
        self.close_requested.emit()

    @Slot()
    def _take_keys(self) -> None:
        self._rows = rows(self._keymap.actions)
        self.setAccessibleDescription(self.spoken())
        self.reset_button.setEnabled(bool(self._keymap.changes))
        self.update()

    def spoken(self) -> str:
        """Everything on the page in words."""
        lines = [f"{row}: {' '.join(caps(actions))}" for group in self._rows.values() for row, actions in group.items()]
        return ". ".join(lines)

    @override
    def event(self, event: QEvent) -> bool:
        """While the page is up no shortcut beneath it works."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        asked = event.key() == Qt.Key.Key_Question or self._keymap.action_of(event) == "keyboard-page"
        if event.key() == Qt.Key.Key_Escape and self._changes:
            self.toggle_changing()
        elif event.key() == Qt.Key.Key_Escape or asked:
            self.close_page()
        else:
            event.accept()  # nothing beneath is played or moved while the page is up

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._card().contains(event.position()):
            self.close_page()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        card = self._card()
        self.close_button.move(round(card.right()) - 40 - 46, round(card.top()) + 28)
        right, middle = round(card.right()) - _PAD, round(card.bottom()) - 43
        for button in (self.change_button, self.reset_button):
            size = button.sizeHint()
            button.setGeometry(right - size.width(), middle - size.height() // 2, size.width(), size.height())
            right -= size.width() + 8
        if self.changing is not None:
            top = round(card.top()) + _TOP - 12
            width = round(card.width()) - 2 * _PAD
            self.changing.setGeometry(round(card.left()) + _PAD, top, width, round(card.bottom()) - 94 - top)

    def _columns(self) -> list[list[tuple[str, Mapping[str, tuple[Action, ...]]]]]:
        return [[(name, self._rows[name]) for name in names if name in self._rows] for names in _COLUMNS]

    def _card(self) -> QRectF:
        tallest = max(sum(62 + _ROW * len(group) for _name, group in column) for column in self._columns())
        width = min(_WIDEST, self.width() - 64)
        height = min(_TOP + tallest + 94, self.height() - 24)
        return QRectF((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shade = theme.color("window")
        shade.setAlphaF(0.72)
        painter.fillRect(self.rect(), shade)
        card = self._card()
        painter.setPen(QPen(theme.color("hairline_strong"), 1))
        painter.setBrush(theme.color("card"))
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 24, 24)
        title = QRectF(card.left() + _PAD, card.top() + 32, 300, 36)
        paint_line(painter, theme, "Keyboard", title, role="title_1", colour="text_1")
        if self._changes:
            self._paint_foot_line(painter, theme, card)
            return
        self._paint_hint(painter, theme, card)
        gap = _GAP if card.width() == _WIDEST else 24
        width = (card.width() - 2 * _PAD - 2 * gap) / 3
        tight = self._row_height(card)
        for index, column in enumerate(self._columns()):
            box = QRectF(card.left() + _PAD + index * (width + gap), card.top() + _TOP - 12, width, 0)
            for name, group in column:
                box = self._paint_group(painter, theme, box, name, group, row=tight)
        self._paint_clicker(painter, theme, card)

    def _row_height(self, card: QRectF) -> float:
        """Rows move together where the window is low."""
        room = card.height() - _TOP - 94
        needed = max(
            (sum(62 for _ in column), sum(len(group) for _name, group in column)) for column in self._columns()
        )
        return max(30.0, min(float(_ROW), (room - needed[0]) / max(1, needed[1])))

    def _paint_hint(self, painter: QPainter, theme: Theme, card: QRectF) -> None:
        right = card.right() - 40 - 56
        y = card.top() + 38
        for text, key in (("again to close", False), ("?", True), ("Press", False)):
            if key:
                right = self._paint_cap(painter, theme, text, right, y + 12, small=True) - 4
                continue
            width = QFontMetricsF(theme.font("body")).horizontalAdvance(text)
            paint_line(painter, theme, text, QRectF(right - width, y, width, 24), role="body", colour="text_2")
            right -= width + 5

    def _paint_group(
        self,
        painter: QPainter,
        theme: Theme,
        box: QRectF,
        name: str,
        group: Mapping[str, tuple[Action, ...]],
        *,
        row: float,
    ) -> QRectF:
        """One group; the place of the next one under it."""
        head = QRectF(box.left(), box.top(), box.width(), 24)
        paint_line(painter, theme, name, head, role="body_large", colour="text_1", weight=600)
        painter.setPen(QPen(theme.color("hairline_strong"), 1))
        line = round(head.bottom() + 7) + 0.5
        painter.drawLine(round(head.left()), round(line), round(head.right()), round(line))
        top = line + 6
        for words, actions in group.items():
            middle = top + row / 2
            right = box.right()
            for cap in reversed(caps(actions)):
                right = self._paint_cap(painter, theme, cap, right, middle) - 6
            text = QRectF(box.left(), top, right - box.left() - 4, row)
            role = "body_large" if box.width() > 280 else "body"
            paint_line(painter, theme, words, text, role=role, colour="text_1")
            top += row
        return QRectF(box.left(), top + 18, box.width(), 0)

    def _paint_cap(
        self, painter: QPainter, theme: Theme, text: str, right: float, middle: float, *, small: bool = False
    ) -> float:
        """A key cap that ends at `right`; its left edge."""
        font = theme.font("key" if small else "small", weight=500)
        metrics = QFontMetricsF(font)
        height = 22 if small else _KEY
        width = math.ceil(max(height + (0 if small else 2), metrics.horizontalAdvance(text) + (12 if small else 18)))
        cap = QRectF(right - width, round(middle - height / 2), width, height)
        painter.setPen(QPen(theme.color("hairline_strong"), 1))
        painter.setBrush(theme.color("raised"))
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setFont(font)
        painter.setPen(theme.color("text_2"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, text)
        return cap.left()

    def _paint_foot_line(self, painter: QPainter, theme: Theme, card: QRectF) -> float:
        """The line over the foot of the card; its place."""
        y = card.bottom() - 82
        painter.setPen(QPen(theme.color("hairline_strong"), 1))
        painter.drawLine(round(card.left() + _PAD), round(y), round(card.right() - _PAD), round(y))
        return y

    def _paint_clicker(self, painter: QPainter, theme: Theme, card: QRectF) -> None:
        y = self._paint_foot_line(painter, theme, card)
        box = QRectF(card.left() + _PAD, y + 27, self.change_button.x() - card.left() - _PAD - 16, 24)
        self._icons.paint(painter, QRectF(box.left(), box.top() + 1, 22, 22), "keyboard", theme.color("text_2"))
        box.setLeft(box.left() + 36)
        used = paint_line(painter, theme, _CLICKER[0], box, role="body_large", colour="text_1", weight=600)
        box.setLeft(box.left() + used + 5)
        paint_line(painter, theme, _CLICKER[1], box, role="body_large", colour="text_2")
