# SPDX-License-Identifier: GPL-3.0-or-later
"""The user's own values for fields of classes and series, and removing a series. Inside write units.

The value goes where the import's value was; that one is kept beneath, in an edit row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from player.domain.errors import NotFound, UsageError
from player.domain.models import ClassId, SeriesId, Source
from player.library import fields
from player.library.fields import ClassFields, SeriesFields
from player.library.indexing import index_classes, index_series
from player.library.schema import ClassEditRow, ClassRow, QueueItemRow, SectionRow, SeriesEditRow, SeriesRow
from player.library.stored import EMPTY, read_contents
from player.library.writing import CONTENT_TABLES, content_rows, section_id


def edit_class(session: Session, class_id: ClassId, values: ClassFields) -> None:
    """Raises NotFound."""
    row = _class(session, class_id)
    for field, value in cast("Mapping[str, Any]", values).items():
        if session.get(ClassEditRow, (class_id, field)) is None:
            found = fields.to_json(field, _value(session, row, field))
            edit = ClassEditRow(class_id=class_id, field=field, found=found, found_source=row.sources.get(field))
            edit.edited = datetime.now(UTC)
            session.add(edit)
        _put(session, row, field, value)
        row.sources = {**row.sources, field: Source.USER}
    index_classes(session, [class_id])


def restore_class(session: Session, class_id: ClassId, field: str) -> None:
    """Raises NotFound; does nothing for a field that was not edited."""
    row = _class(session, class_id)
    edit = session.get(ClassEditRow, (class_id, field))
    if edit is None:
        return
    _put(session, row, field, fields.from_json(field, edit.found))
    sources = {name: source for name, source in row.sources.items() if name != field}
    row.sources = sources if edit.found_source is None else {**sources, field: edit.found_source}
    session.delete(edit)
    index_classes(session, [class_id])


def edit_series(session: Session, series_id: SeriesId, values: SeriesFields) -> None:
    """Raises NotFound."""
    row = _series(session, series_id)
    for field, value in cast("Mapping[str, Any]", values).items():
        if session.get(SeriesEditRow, (series_id, field)) is None:
            edit = SeriesEditRow(series_id=series_id, field=field, found=getattr(row, field))
            edit.found_source = row.sources.get(field)
            edit.edited = datetime.now(UTC)
            session.add(edit)
        setattr(row, field, value)
        row.sources = {**row.sources, field: Source.USER}
    index_series(session, [series_id])


def restore_series(session: Session, series_id: SeriesId, field: str) -> None:
    """Raises NotFound; does nothing for a field that was not edited."""
    row = _series(session, series_id)
    edit = session.get(SeriesEditRow, (series_id, field))
    if edit is None:
        return
    setattr(row, field, edit.found)
    sources = {name: source for name, source in row.sources.items() if name != field}
    row.sources = sources if edit.found_source is None else {**sources, field: edit.found_source}
    session.delete(edit)
    index_series(session, [series_id])


def found_in_class(session: Session, class_id: ClassId) -> dict[str, tuple[Any, Source | None]]:
    """What the import found beneath each edit of a class, and where."""
    edits = session.scalars(select(ClassEditRow).where(ClassEditRow.class_id == class_id))
    return {edit.field: (fields.from_json(edit.field, edit.found), edit.found_source) for edit in edits}


def found_in_series(session: Session, series_id: SeriesId) -> dict[str, tuple[Any, Source | None]]:
    """What the import found beneath each edit of a series, and where."""
    edits = session.scalars(select(SeriesEditRow).where(SeriesEditRow.series_id == series_id))
    return {edit.field: (edit.found, edit.found_source) for edit in edits}


def arrange(session: Session, series_id: SeriesId, class_ids: Sequence[ClassId]) -> None:
    """Put the classes of a series in this order, which imports keep; those not named follow. Raises NotFound."""
    _series(session, series_id).arranged = True
    places = {class_id: place for place, class_id in enumerate(class_ids)}
    its_classes = select(ClassRow).where(ClassRow.series_id == series_id).order_by(ClassRow.position, ClassRow.id)
    rows = sorted(session.scalars(its_classes), key=lambda row: places.get(ClassId(row.id), len(places)))
    for position, row in enumerate(rows):
        row.position = position


def remove_series(session: Session, series_id: SeriesId) -> None:
    """Hide a series and take its classes out of the queue; its history stays. Raises NotFound."""
    _series(session, series_id).removed = True
    its_classes = select(ClassRow.id).where(ClassRow.series_id == series_id)
    session.execute(delete(QueueItemRow).where(QueueItemRow.class_id.in_(its_classes)))


def _class(session: Session, class_id: ClassId) -> ClassRow:
    row = session.get(ClassRow, class_id)
    if row is None:
        raise NotFound(f"There is no class {class_id} in the library.", "It may have been removed.")
    return row


def _series(session: Session, series_id: SeriesId) -> SeriesRow:
    row = session.get(SeriesRow, series_id)
    if row is None or row.removed:
        raise NotFound(f"There is no series {series_id} in the library.", "It may have been removed.")
    return row


def _value(session: Session, row: ClassRow, field: str) -> Any:
    if field not in fields.CLASS_FIELDS:
        raise UsageError(f"“{field}” of a class cannot be edited.")
    if field in CONTENT_TABLES:
        return getattr(read_contents(session, ClassRow.id == row.id).get(row.id, EMPTY), field)
    if field == "section":
        section = session.get(SectionRow, row.section_id) if row.section_id is not None else None
        return section.title if section is not None else None
    return getattr(row, field)


def _put(session: Session, row: ClassRow, field: str, value: Any) -> None:
    if field == "section":
        row.section_id = section_id(session, row.series_id, value) if value is not None else None
        return
    if field not in CONTENT_TABLES:
        setattr(row, field, value)
        return
    table = CONTENT_TABLES[field]
    session.execute(delete(table).where(table.class_id == row.id))
    rows = content_rows(row.id, value)
    if rows:
        session.execute(insert(table), rows)
