# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of what was found: keyboard and pointer. Main thread."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget
from typing_extensions import override

from player.ui.icons import Icons
from player.ui.models.search_delegate import SearchDelegate
from player.ui.models.search_results import SearchModel, SearchRole
from player.ui.models.search_rows import HeadingRow, ResultRow
from player.ui.pictures import Pictures
from player.ui.theme import ThemeManager

_KEYBOARD = frozenset(
    {
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
    }
)
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_MOVES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class SearchList(QListView):
    """Enter, Space and a click act on a row; Shift+Enter opens its series.

    `chosen(SearchRow)`, `series_chosen(ResultRow)`; `left_above()`: up from the first row.
    """

    chosen = Signal(object)
    series_chosen = Signal(object)
    left_above = Signal()

    def __init__(
        self,
        themes: ThemeManager,
        icons: Icons,
        pictures: Pictures,
        model: SearchModel,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._results = model
        self._pressed = -1
        self._rows = SearchDelegate(themes, icons, pictures, self)
        self.setModel(model)
        self.setItemDelegate(self._rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("What was found")
        self.setViewportMargins(0, 0, 16, 0)
        self.verticalScrollBar().setSingleStep(28)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        pictures.arrived.connect(self._arrived)
        themes.changed.connect(self.viewport().update)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._fit)
        self._identity: object = None

    def act(self, *, series: bool = False) -> None:
        """What Enter does, with Shift or without; on the first row where none is chosen."""
        index = self.currentIndex()
        row = (index if index.isValid() else self._first()).data(SearchRole.ROW)
        if series and isinstance(row, ResultRow):
            self.series_chosen.emit(row)
        elif row is not None:
            self.chosen.emit(row)

    def move_by_key(self, event: QKeyEvent) -> bool:
        """Move the chosen row for a key that was pressed elsewhere; whether it was one that moves."""
        if event.key() not in _MOVES or self._results.rowCount() == 0:
            return False
        self.setCurrentIndex(self.moveCursor(_ACTIONS[Qt.Key(event.key())], Qt.KeyboardModifier.NoModifier))
        return True

    def choose_first(self) -> None:
        self.setCurrentIndex(self._first())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._set_ring(ring=True)
        if event.key() in _ENTER or event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.act(series=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= self._first().row():
            self.left_above.emit()
        else:
            super().keyPressEvent(event)

    @override
    def moveCursor(self, action: QListView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """As ever, but headings are stepped over also by Home, End and the page keys."""
        index = super().moveCursor(action, modifiers) if self.currentIndex().isValid() else self._first()
        if not isinstance(index.data(SearchRole.ROW), HeadingRow):
            return index
        row = index.row() + 1 if index.row() + 1 < self._results.rowCount() else index.row() - 1
        return self._results.index(row)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        ring = event.reason() in _KEYBOARD
        self._set_ring(ring=ring)
        super().focusInEvent(event)
        if ring:
            if not self.currentIndex().isValid():
                self.choose_first()
            self.scrollTo(self.currentIndex())

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._set_ring(ring=False)
        super().mousePressEvent(event)
        self._pressed = self.indexAt(event.position().toPoint()).row()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index, pressed = self.indexAt(event.position().toPoint()), self._pressed
        self._pressed = -1
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index.row() == pressed:
            self.setCurrentIndex(index)
            if not isinstance(index.data(SearchRole.ROW), HeadingRow):
                self.act(series=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons():  # with a button down Qt would choose the rows that are passed
            super().mouseMoveEvent(event)

    def _first(self) -> QModelIndex:
        for place in range(min(2, self._results.rowCount())):
            if not isinstance(self._results.row(place), HeadingRow):
                return self._results.index(place)
        return QModelIndex()

    def _set_ring(self, *, ring: bool) -> None:
        if self._rows.ring != ring:
            self._rows.ring = ring
            self.viewport().update()

    @Slot()
    def _remember(self) -> None:
        row = self.currentIndex().data(SearchRole.ROW)
        self._identity = row.identity if isinstance(row, ResultRow) else None

    @Slot()
    def _fit(self) -> None:
        """Rows of one height are laid out without asking each of them. The chosen row is found again."""
        self.setUniformItemSizes(self._results.is_long)
        place = self._results.place_of(self._identity) if self._identity is not None else None
        if place is not None:
            self.setCurrentIndex(self._results.index(place))
        else:
            self.scrollToTop()

    @Slot(str)
    def _arrived(self, _name: str) -> None:
        self.viewport().update()


_ACTIONS = {
    Qt.Key.Key_Up: QListView.CursorAction.MoveUp,
    Qt.Key.Key_Down: QListView.CursorAction.MoveDown,
    Qt.Key.Key_PageUp: QListView.CursorAction.MovePageUp,
    Qt.Key.Key_PageDown: QListView.CursorAction.MovePageDown,
}
