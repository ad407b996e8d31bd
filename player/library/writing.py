# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what an import found of a class. A field the user has edited keeps the user's value; what was found
goes beneath the edit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from player.domain.models import Caption, Phase, PropNeed, Source
from player.domain.plan import PlannedClass
from player.library import fields
from player.library.findings import Spot
from player.library.indexing import index_classes
from player.library.schema import (
    CaptionRow,
    ClassEditRow,
    ClassRow,
    FocusRow,
    PhaseRow,
    PropRow,
    SectionRow,
)

Row = dict[str, Any]
ContentTable = type[PhaseRow] | type[PropRow] | type[FocusRow] | type[CaptionRow]

CONTENT_TABLES: Mapping[str, ContentTable] = {
    "phases": PhaseRow,
    "props": PropRow,
    "focus": FocusRow,
    "captions": CaptionRow,
}
_PLAIN_FIELDS = (
    "number", "title", "description", "duration_ms", "format", "facts", "state", "state_reason", "poster",
)  # fmt: skip

NEWCOMER = 1_000_000
"""Classes new to a series stand behind the others, from this position on, until the import is settled."""


class ClassWriter:
    """Writes classes of one batch; contents are gathered and written together by `write_contents`."""

    def __init__(self, session: Session, class_ids: Iterable[int]) -> None:
        self._session = session
        self._sections: dict[tuple[int, str], int] = {}
        self._contents: dict[str, list[Row]] = defaultdict(list)
        self._written: list[int] = []
        self._edits: dict[int, dict[str, ClassEditRow]] = defaultdict(dict)
        for edit in session.scalars(select(ClassEditRow).where(ClassEditRow.class_id.in_(list(class_ids)))):
            self._edits[edit.class_id][edit.field] = edit

    def new(self, spot: Spot, series_id: int) -> ClassRow:
        """The row of a new class, for the caller to insert and then to `gather` its contents."""
        row = ClassRow(added=datetime.now(UTC))
        self._fill(row, spot, series_id, {})
        return row

    def gather(self, class_id: int, planned: PlannedClass) -> None:
        """All contents of a new class."""
        self._written.append(class_id)
        for field in CONTENT_TABLES:
            self._gather(field, class_id, getattr(planned, field))

    def write(self, class_id: int, spot: Spot, series_id: int) -> None:
        """The values of `spot` for a class that is there, except where the user has edited."""
        self._written.append(class_id)
        edits = self._edits.get(class_id, {})
        row = self._session.get_one(ClassRow, class_id)
        self._fill(row, spot, series_id, edits)
        for field, table in CONTENT_TABLES.items():
            if field not in edits:
                self._session.execute(delete(table).where(table.class_id == class_id))
                self._gather(field, class_id, getattr(spot.planned, field))

    def write_contents(self) -> None:
        """Write what has been gathered, and the search index of all classes written."""
        self._session.flush()
        for field, rows in self._contents.items():
            self._session.execute(insert(CONTENT_TABLES[field]), rows)
        self._contents.clear()
        index_classes(self._session, self._written)
        self._written.clear()

    def _fill(self, row: ClassRow, spot: Spot, series_id: int, edits: Mapping[str, ClassEditRow]) -> None:
        planned = spot.planned
        section = planned.section
        if "section" in edits:
            mine = self._session.get(SectionRow, row.section_id) if row.section_id is not None else None
            section = mine.title if mine is not None else None
        if row.series_id != series_id:
            row.series_id = series_id
            row.position = NEWCOMER + spot.position
        row.section_id = self._section_id(series_id, section)
        row.size, row.digest = planned.identity.size, planned.identity.digest
        sources = dict(planned.sources)
        for field, edit in edits.items():
            _put_beneath(edit, planned)
            sources[field] = Source.USER
        for field in _PLAIN_FIELDS:
            if field not in edits:
                setattr(row, field, getattr(planned, field))
        row.sources = sources

    def _section_id(self, series_id: int, title: str | None) -> int | None:
        """The id of a section, made if it is new."""
        if title is None:
            return None
        key = (series_id, title)
        if key not in self._sections:
            self._sections[key] = section_id(self._session, series_id, title)
        return self._sections[key]

    def _gather(self, field: str, class_id: int, values: Sequence[Any]) -> None:
        if values:
            self._contents[field].extend(content_rows(class_id, values))


def section_id(session: Session, series_id: int, title: str) -> int:
    """The id of a section, made behind the others if it is new."""
    here = SectionRow.series_id == series_id
    row = session.scalar(select(SectionRow).where(here, SectionRow.title == title))
    if row is None:
        last = session.scalar(select(func.max(SectionRow.position)).where(here))
        row = SectionRow(series_id=series_id, title=title, position=0 if last is None else last + 1)
        session.add(row)
        session.flush()
    return row.id


def content_rows(class_id: int, values: Iterable[Any]) -> list[Row]:
    """The rows of one content field of a class."""
    return [{"class_id": class_id, "position": index, **_columns(value)} for index, value in enumerate(values)]


def _columns(value: Phase | PropNeed | Caption | str) -> Row:
    match value:
        case Phase(kind=kind, title=title, start_ms=start_ms, end_ms=end_ms, source=source):
            return {"kind": kind, "title": title, "start_ms": start_ms, "end_ms": end_ms, "source": source}
        case PropNeed(prop=prop, optional=optional):
            return {"prop": prop, "optional": optional}
        case Caption(language=language, source=where):
            return {"language": language, "source": where}
        case focus:
            return {"focus": focus}


def _put_beneath(edit: ClassEditRow, planned: PlannedClass) -> None:
    edit.found = fields.to_json(edit.field, getattr(planned, edit.field))
    edit.found_source = planned.sources.get(edit.field)
