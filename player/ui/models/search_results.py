# SPDX-License-Identifier: GPL-3.0-or-later
"""What the search has found, as a list: a few hits by kind, or all classes that meet the filters, whose rows are
read as they come into sight. Main thread; `data()` is a look-up."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from player.domain.models import ClassId
from player.ui.models.search_rows import HeadingRow, ResultRow, SearchRow, WaitingRow

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
PAGE = 50
_MOST_KEPT = 2_000


class SearchRole(IntEnum):
    """Roles of the model beside Qt's own."""

    ROW = Qt.ItemDataRole.UserRole + 1
    """The SearchRow."""


class SearchModel(QAbstractListModel):
    """`page_wanted(int)`: the rows from this place on are in sight and not there yet."""

    page_wanted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[SearchRow] = ()
        self._ids: Sequence[ClassId] = ()
        self._read: OrderedDict[ClassId, ResultRow] = OrderedDict()

    @property
    def is_long(self) -> bool:
        """Whether this is the list of all classes that meet filters, with rows of one height."""
        return bool(self._ids)

    def set_rows(self, rows: Sequence[SearchRow]) -> None:
        """Show hits. The same hits stay where they are."""
        before, self_rows = [_identity(row) for row in self._rows], list(rows)
        if not self._ids and before == [_identity(row) for row in self_rows]:
            self._rows = self_rows
            if self_rows:
                self.dataChanged.emit(self.index(0), self.index(len(self_rows) - 1))
            return
        self.beginResetModel()
        self._rows, self._ids = self_rows, ()
        self.endResetModel()

    def set_ids(self, ids: Sequence[ClassId], first: Iterable[ResultRow], *, forget: bool) -> None:
        """Show these classes, of which the first ones are there already. `forget` what was read before."""
        if forget:
            self._read.clear()
        if ids == self._ids:
            self.put(first)
            return
        self.beginResetModel()
        self._rows, self._ids = (), ids
        self._keep(first)
        self.endResetModel()

    def put(self, rows: Iterable[ResultRow]) -> None:
        """Rows that were wanted have been read."""
        self._keep(rows)
        if self._ids:
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))

    def _keep(self, rows: Iterable[ResultRow]) -> None:
        for row in rows:
            if row.class_id is not None:
                self._read[row.class_id] = row
        while len(self._read) > _MOST_KEPT:
            self._read.popitem(last=False)

    def ids_from(self, begin: int) -> Sequence[ClassId]:
        """The classes of a page that are not there yet."""
        return [one for one in self._ids[begin : begin + PAGE] if one not in self._read]

    def row(self, place: int) -> SearchRow | None:
        """The row at a place; asks for it where it is not there yet."""
        if not 0 <= place < self.rowCount():
            return None
        if not self._ids:
            return self._rows[place]
        class_id = self._ids[place]
        row = self._read.get(class_id)
        if row is None:
            self.page_wanted.emit(place - place % PAGE)
            return WaitingRow(class_id)
        return row

    def place_of(self, identity: object) -> int | None:
        """Where a row is now, or None."""
        for place, row in enumerate(self._rows):
            if _identity(row) == identity:
                return place
        return None

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids) or len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role in (SearchRole.ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self.row(index.row())
            return row if role == SearchRole.ROW else row.text if row is not None else None
        if role == Qt.ItemDataRole.ToolTipRole:
            row = self.row(index.row())
            return row.reason or None if isinstance(row, ResultRow) else None
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if not self._ids and isinstance(self._rows[index.row()], HeadingRow):
            return Qt.ItemFlag.ItemNeverHasChildren  # arrow keys pass over headings
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


def _identity(row: SearchRow) -> object:
    return row.identity if isinstance(row, ResultRow) else row
