# SPDX-License-Identifier: GPL-3.0-or-later
"""The classes of one series as rows, with section headings between them.

Everything a row shows is worked out when the rows are set; `data()` is a look-up. Main thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from html import escape

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from player.domain.models import ClassId, ClassState, ClassVideo
from player.domain.timeline import Timeline
from player.domain.times import format_length
from player.domain.titles import split_title
from player.domain.vocabulary import Vocabulary

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ClassRole(IntEnum):
    """Roles of the model beside Qt's own."""

    ROW = Qt.ItemDataRole.UserRole + 1
    """The ClassRow or SectionRow."""


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A heading: the section's title and how many of its classes are done."""

    title: str
    done: int
    classes: int

    @property
    def text(self) -> str:
        return self.title


@dataclass(frozen=True, slots=True)
class ClassRow:
    """What a row of a class shows. `needs` are (icon name, title)."""

    class_video: ClassVideo
    number: str
    title: str
    subtitle: str
    minutes: str
    left: str
    """"8 min left" of a class under way, else ""."""
    reason: str
    """Why it cannot be played, else ""."""
    needs: tuple[tuple[str, str], ...]
    position_ms: int | None
    text: str
    """The whole row in words."""

    @property
    def id(self) -> ClassId:
        return self.class_video.id


Row = ClassRow | SectionRow


class ClassListModel(QAbstractListModel):
    """Rows in playing order. `set_classes` keeps rows that stay (selection and place survive a refresh)."""

    def __init__(self, vocabulary: Vocabulary, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._vocabulary = vocabulary
        self._rows: list[Row] = []
        self._longest_ms = 0
        self._most_needs = 0

    @property
    def rows(self) -> Sequence[Row]:
        return self._rows

    @property
    def has_sections(self) -> bool:
        return any(isinstance(row, SectionRow) for row in self._rows)

    @property
    def longest_ms(self) -> int:
        """The length of the longest class: it decides how wide a minute may be."""
        return self._longest_ms

    @property
    def most_needs(self) -> int:
        """How many things the class that needs most asks for."""
        return self._most_needs

    def set_classes(self, classes: Sequence[ClassVideo]) -> None:
        """Show these. Where only values changed, rows are changed in place."""
        rows = make_rows(classes, self._vocabulary)
        self._longest_ms = max((video.duration_ms for video in classes), default=0)
        self._most_needs = max((len(video.props) for video in classes), default=0)
        if [_identity(row) for row in rows] == [_identity(row) for row in self._rows]:
            self._change(rows)
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row_of(self, class_id: ClassId) -> int | None:
        """The row of a class, or None."""
        for number, row in enumerate(self._rows):
            if isinstance(row, ClassRow) and row.id == class_id:
                return number
        return None

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ClassRole.ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.text
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, ClassRow):
            return _tooltip(row)
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or index.row() >= len(self._rows):
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self._rows[index.row()], SectionRow):
            return Qt.ItemFlag.ItemNeverHasChildren  # arrow keys pass over headings
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def _change(self, rows: list[Row]) -> None:
        changed = [number for number, row in enumerate(rows) if row != self._rows[number]]
        self._rows = rows
        for number in changed:
            self.dataChanged.emit(self.index(number), self.index(number))


def make_rows(classes: Sequence[ClassVideo], vocabulary: Vocabulary) -> list[Row]:
    """The rows of these classes; a heading wherever the section changes to a named one."""
    rows: list[Row] = []
    section: str | None = None
    for video in classes:
        if video.section != section:
            section = video.section
            if section:
                members = [other for other in classes if other.section == section]
                rows.append(SectionRow(section, sum(other.progress.done for other in members), len(members)))
        rows.append(make_row(video, vocabulary))
    return rows


def make_row(video: ClassVideo, vocabulary: Vocabulary) -> ClassRow:
    """One class as a row."""
    title, subtitle = split_title(video.title)
    under_way = video.progress.under_way and video.state is ClassState.READY
    position_ms = video.progress.position_ms if video.progress.under_way else None
    left_ms = max(0, video.duration_ms - video.progress.position_ms)
    needs = tuple((vocabulary.prop_icon(need.prop), vocabulary.prop_title(need.prop)) for need in video.props)
    return ClassRow(
        class_video=video,
        number="" if video.number is None else str(video.number),
        title=title,
        subtitle=subtitle,
        minutes=format_length(video.duration_ms) if video.duration_ms else "",
        left=f"{format_length(left_ms)} left" if under_way else "",
        reason=state_words(video),
        needs=needs,
        position_ms=position_ms,
        text=row_words(video, vocabulary),
    )


def state_words(video: ClassVideo) -> str:
    """Why a class cannot be played, in a sentence; "" where it can."""
    if video.state is ClassState.READY:
        return ""
    if video.state_reason:
        return video.state_reason
    if video.state is ClassState.MISSING:
        return "The file is not there. Connect its drive or add its folder again."
    return "The file is damaged and cannot be played."


def row_words(video: ClassVideo, vocabulary: Vocabulary) -> str:
    """ "Class 13, Mid Back Release, 15 minutes, 8 left, in Breath, needs a chair and a pillow"."""
    title, subtitle = split_title(video.title)
    parts = [f"Class {video.number}"] if video.number is not None else []
    parts.append(f"{title}, {subtitle}" if subtitle else title)
    if video.duration_ms:
        parts.append(_spoken_minutes(video.duration_ms))
    if video.progress.under_way:
        left_ms = video.duration_ms - video.progress.position_ms
        parts.append(f"{max(1, round(left_ms / 60_000))} left")
        phase = Timeline(video.duration_ms, video.phases).phase_at(video.progress.position_ms)
        if phase is not None:
            parts.append(f"in {phase.title or vocabulary.kind_title(phase.kind)}")
    elif video.progress.done:
        parts.append("done")
    needs = [_with_article(vocabulary.prop_title(need.prop)) for need in video.props]
    if needs:
        parts.append("needs " + _list_words(needs))
    reason = state_words(video)
    return ", ".join(parts) + (f". {reason}" if reason else "")


def _identity(row: Row) -> object:
    return row.id if isinstance(row, ClassRow) else row.title


def _tooltip(row: ClassRow) -> str:
    """Title, reason and needs in full. As rich text, so that long sentences are broken into lines."""
    lines = [row.class_video.title, row.reason]
    if row.needs:
        lines.append("You will need: " + ", ".join(title for _icon, title in row.needs))
    return "<qt>" + "<br>".join(escape(line) for line in lines if line) + "</qt>"


def _spoken_minutes(duration_ms: int) -> str:
    minutes = max(1, round(duration_ms / 60_000))
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def _with_article(word: str) -> str:
    small = word[:1].lower() + word[1:]
    return f"{'an' if small[:1] in 'aeiou' else 'a'} {small}"


def _list_words(words: Sequence[str]) -> str:
    if len(words) == 1:
        return words[0]
    return ", ".join(words[:-1]) + " and " + words[-1]
