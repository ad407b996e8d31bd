# SPDX-License-Identifier: GPL-3.0-or-later
"""A list of the import preview: rows that are edited in place, moved and left out with keys. Main thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView, QWidget
from typing_extensions import override

from player.ui.dialogs.preview_delegate import PreviewDelegate
from player.ui.dialogs.preview_rows import ROW, HeadingRow, Index, NoteRow, PreviewRow, Row, RowsModel
from player.ui.icons import Icons
from player.ui.theme import ThemeManager

_KEYBOARD = frozenset(
    {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PreviewList(QListView):
    """F2 or Enter edits a row, Delete leaves it out, Alt with Up and Down moves it, the menu key opens its menu.

    `chosen(Row)`: another row is the current one, or it has changed. `edited(Row, number, title)`;
    `leave_out_wanted`, `move_wanted(step)` are about `chosen_places`; `take_in_wanted(NoteRow)`;
    `menu_wanted(Row, QPoint)`; `wrong(str)`: a sentence about what was written.
    """

    chosen = Signal(object)
    edited = Signal(object, str, str)
    wrong = Signal(str)
    leave_out_wanted = Signal()
    move_wanted = Signal(int)
    take_in_wanted = Signal(object)
    menu_wanted = Signal(object, QPoint)

    def __init__(
        self, themes: ThemeManager, icons: Icons, name: str, *, several: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows = RowsModel(self)
        self._look = PreviewDelegate(themes, icons, self)
        self._look.edited.connect(self.edited)
        self._look.wrong.connect(self.wrong)
        self._look.closeEditor.connect(self._take_focus_back)
        self.setModel(self.rows)
        self.setItemDelegate(self._look)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setViewportMargins(0, 0, 12, 0)
        self.verticalScrollBar().setSingleStep(28)
        self.viewport().setAutoFillBackground(False)
        themes.changed.connect(self.viewport().update)

    @property
    def current(self) -> Row | None:
        row = self.currentIndex().data(ROW)
        return row if not isinstance(row, HeadingRow) else None

    @property
    def chosen_places(self) -> set[int]:
        """The places in their series of the classes that are chosen."""
        rows = (index.data(ROW) for index in self.selectionModel().selectedIndexes())
        return {row.place for row in rows if isinstance(row, PreviewRow)}

    def set_rows(self, rows: list[Row], *, keep: bool = True) -> None:
        """Show these. Rows that stay stay chosen; where the current one has gone its neighbour is chosen."""
        chosen = self.selectionModel().selectedIndexes() if keep else []
        keys = {index.data(ROW).key for index in chosen}
        at, current = min((index.row() for index in chosen), default=0), self.current
        key = current.key if current is not None and keep else None
        scroll = self.verticalScrollBar().value() if keep else 0
        if [row.key for row in rows] != [row.key for row in self.rows.rows]:
            self._look.drop_editor()
        if self.rows.set_rows(rows):
            self._choose_again(keys, key, at)
            self.verticalScrollBar().setValue(scroll)
            self.scrollTo(self.currentIndex())
        self.chosen.emit(self.current)

    def choose(self, number: int) -> None:
        """Make the row with this number the current and only chosen one."""
        index = self.rows.index(number)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def edit_current(self) -> None:
        """Edit the current row in its place."""
        index = self.currentIndex()
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.scrollTo(index)
            self.edit(index)

    @Slot()
    def _take_focus_back(self) -> None:
        """From the field in which the editing ended, unless the user has gone elsewhere."""
        focused = QApplication.focusWidget()
        if focused is not None and self.viewport().isAncestorOf(focused):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_again(self, keys: set[object], key: object, at: int) -> None:
        numbers = [number for number, row in enumerate(self.rows.rows) if row.key in keys]
        current = self.rows.number_of(key) if key is not None else None
        if current is None:
            current = self._nearest(at)
        if current is None:
            return
        self.choose(current)
        for number in numbers:
            self.selectionModel().select(self.rows.index(number), QItemSelectionModel.SelectionFlag.Select)

    def _nearest(self, at: int) -> int | None:
        """The row at `at` or, where that is none to choose, the next one, or the last before it."""
        usable = [number for number, row in enumerate(self.rows.rows) if not isinstance(row, HeadingRow)]
        return next((number for number in usable if number >= at), usable[-1] if usable else None)

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        row = current.data(ROW)
        if row is not None:
            self.chosen.emit(row)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._set_ring(ring=True)
        key, alt = event.key(), event.modifiers() & Qt.KeyboardModifier.AltModifier
        row = self.current
        if key == Qt.Key.Key_Escape or (key in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            event.ignore()  # these are for the page
        elif isinstance(row, NoteRow) and key in _ENTER:
            self.take_in_wanted.emit(row)
        elif key in (*_ENTER, Qt.Key.Key_F2):
            self.edit_current()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.leave_out_wanted.emit()
        elif alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_wanted.emit(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._set_ring(ring=event.reason() in _KEYBOARD)
        super().focusInEvent(event)
        if not isinstance(self.currentIndex().data(ROW), Row) and (first := self._nearest(0)) is not None:
            self.choose(first)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._set_ring(ring=False)
        super().mousePressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index, place = self.indexAt(event.pos()), event.globalPos()
        else:
            index = self.currentIndex()
            place = self.viewport().mapToGlobal(self.visualRect(index).center())
        row = index.data(ROW)
        if row is not None and not isinstance(row, HeadingRow):
            self.menu_wanted.emit(row, place)

    @override
    def event(self, event: QEvent) -> bool:
        # Enter and Delete are for the list, whatever shortcuts the window has.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and not event.modifiers():
            event.accept()
            return True
        return super().event(event)

    def _set_ring(self, *, ring: bool) -> None:
        if self._look.ring != ring:
            self._look.ring = ring
            self.viewport().update()
