# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of the import preview and the model that lists them. Everything shown is worked out when rows are set.
Main thread."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from player.domain.models import ClassState, FileIdentity
from player.domain.plan import LeftOut, PlannedClass, PlannedSeries, Problem
from player.domain.times import format_length

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
ROW = Qt.ItemDataRole.UserRole + 1


class What(IntEnum):
    """What a ChoiceRow stands for."""

    SERIES = 0
    PROBLEMS = 1
    LEFT_OUT = 2
    SECTION = 3


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A series (`index` in the plan), the problems, what was left out; or, in another list, a section."""

    what: What
    title: str
    detail: str
    index: int = -1
    key: object = None

    @property
    def text(self) -> str:
        return f"{self.title}, {self.detail}"


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """A section of the series."""

    title: str
    detail: str

    @property
    def key(self) -> object:
        return ("heading", self.title)

    @property
    def text(self) -> str:
        return f"{self.title}, {self.detail}"


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A class, with its place in its series. `here`: it is in the library already."""

    place: int
    planned: PlannedClass
    here: bool

    @property
    def key(self) -> object:
        return self.planned.identity

    @property
    def number(self) -> str:
        return "" if self.planned.number is None else str(self.planned.number)

    @property
    def minutes(self) -> str:
        return format_length(self.planned.duration_ms) if self.planned.duration_ms else ""

    @property
    def text(self) -> str:
        """The row in words."""
        planned = self.planned
        parts = [f"Class {planned.number}"] if planned.number is not None else []
        parts += [planned.title, self.minutes]
        if planned.phases:
            parts.append(f"{len(planned.phases)} phases")
        if self.here:
            parts.append("in your library already")
        words = ", ".join(part for part in parts if part)
        return f"{words}. {planned.state_reason}" if planned.state is not ClassState.READY else words


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A file that is not a class, and why. `identity` is there where the user has left it out: it can come back."""

    path: Path
    name: str
    words: str
    sign: str
    identity: FileIdentity | None = None

    @property
    def key(self) -> object:
        return ("note", self.path, self.words)

    @property
    def text(self) -> str:
        return f"{self.name}. {self.words}"


Row = ChoiceRow | HeadingRow | PreviewRow | NoteRow


class RowsModel(QAbstractListModel):
    """A list of rows. Rows with the same keys as before are changed in place, so that selection and place stay."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    @property
    def rows(self) -> Sequence[Row]:
        return self._rows

    @property
    def longest_ms(self) -> int:
        """The length of the longest class: it decides how wide a minute may be."""
        return self._longest_ms

    _longest_ms = 0

    def set_rows(self, rows: Sequence[Row]) -> bool:
        """Whether the rows had to be set anew (selection is then lost)."""
        self._longest_ms = max((row.planned.duration_ms for row in rows if isinstance(row, PreviewRow)), default=0)
        if [row.key for row in rows] == [row.key for row in self._rows]:
            changed = [number for number, row in enumerate(rows) if row != self._rows[number]]
            self._rows = list(rows)
            for number in changed:
                self.dataChanged.emit(self.index(number), self.index(number))
            return False
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()
        return True

    def number_of(self, key: object) -> int | None:
        """The row with a key, or None."""
        return next((number for number, row in enumerate(self._rows) if row.key == key), None)

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(row.path) if isinstance(row, NoteRow) else row.text
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None
        if row is None or isinstance(row, HeadingRow):
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        editable = isinstance(row, PreviewRow) or (isinstance(row, ChoiceRow) and row.what is What.SERIES)
        return flags | Qt.ItemFlag.ItemIsEditable if editable else flags


def count_words(number: int, word: str) -> str:
    """ "1 class", "24 classes"."""
    if number == 1:
        return f"1 {word}"
    return f"{number} {word}" if word == "series" else f"{number} {word}{'es' if word.endswith('s') else 's'}"


def choice_rows(series: Sequence[PlannedSeries], problems: int, left_out: int) -> list[Row]:
    """The left list."""
    rows: list[Row] = []
    for index, one in enumerate(series):
        length_ms = sum(planned.duration_ms for planned in one.classes)
        detail = f"{count_words(len(one.classes), 'class')}, {format_length(length_ms)}"
        rows.append(ChoiceRow(What.SERIES, one.title, detail, index, (What.SERIES, one.folder)))
    if problems:
        detail = "could not be read in full"
        rows.append(ChoiceRow(What.PROBLEMS, "Problems", f"{count_words(problems, 'file')} {detail}", key="problems"))
    if left_out:
        detail = f"{count_words(left_out, 'file')} not taken"
        rows.append(ChoiceRow(What.LEFT_OUT, "Left out", detail, key="left out"))
    return rows


def class_rows(series: PlannedSeries, here: Collection[FileIdentity]) -> list[Row]:
    """The classes of a series with a heading before each section."""
    rows: list[Row] = []
    section: str | None = None
    counts: dict[str | None, int] = {}
    for one in series.classes:
        counts[one.section] = counts.get(one.section, 0) + 1
    for place, one in enumerate(series.classes):
        if one.section != section:
            section = one.section
            rows.append(HeadingRow(section or "Without a section", count_words(counts[section], "class")))
        rows.append(PreviewRow(place, one, one.identity in here))
    return rows


def problem_rows(problems: Sequence[Problem]) -> list[Row]:
    """What could not be read, and what to do about it."""
    return [NoteRow(problem.path, problem.path.name, problem.message, "error") for problem in problems]


def left_out_rows(left_out: Sequence[LeftOut], by_user: Sequence[PlannedClass], again: Sequence[Path]) -> list[Row]:
    """What is not taken, what the user has left out first."""
    rows: list[Row] = [
        NoteRow(one.path, one.path.name, "You left it out. Press Enter to take it in again.", "undo", one.identity)
        for one in by_user
    ]
    same = "The same file is there twice: it is one class, and both places are kept."
    rows += [NoteRow(path, path.name, same, "info") for path in again]
    return rows + [NoteRow(one.path, one.path.name, one.why, "info") for one in left_out]
