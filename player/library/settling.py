# SPDX-License-Identifier: GPL-3.0-or-later
"""The end of an import: which files have gone, which have become unreadable, the order of each series, and the
folders that were looked at. Runs inside one write unit."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from player.domain.models import ClassState, Source
from player.domain.plan import ImportPlan, PlannedSeries, Problem, ProblemReason
from player.library.absence import why_absent
from player.library.applied import Applied, Outcome
from player.library.findings import partial_order, whole_order
from player.library.schema import ClassRow, PlaceRow, SectionRow, SeriesEditRow, SeriesRow, SourceFolderRow
from player.library.series import SeriesBook
from player.library.writing import NEWCOMER

_SPOILT = {ProblemReason.DAMAGED, ProblemReason.NOT_A_VIDEO, ProblemReason.EMPTY}


def settle(session: Session, applied: Applied, books: SeriesBook) -> None:
    """Finish what the batches have begun, and count what has gone."""
    plan = applied.plan
    for problem in plan.problems:
        if problem.reason in _SPOILT and problem.path not in applied.at:
            _spoil(session, problem, applied)
    applied.count(Outcome.MISSING, _miss(session, applied))
    for index, placed in applied.order.items():
        series_id = books.series_id(session, index)
        planned = plan.series[index]
        whole = applied.reach.covers(planned.folder)
        if whole:
            _write_series(session, series_id, planned)
            _write_sections(session, series_id, planned)
        _write_order(session, series_id, [class_id for _position, class_id in sorted(placed)], whole)
    _note_source_folders(session, plan)


def _spoil(session: Session, problem: Problem, applied: Applied) -> None:
    """A class whose file can no longer be read as one."""
    here = (PlaceRow.path == problem.path) & (PlaceRow.absence == "")
    row = session.scalar(select(ClassRow).join(PlaceRow, PlaceRow.class_id == ClassRow.id).where(here))
    if row is None:
        return
    if (row.state, row.state_reason) == (ClassState.DAMAGED, problem.message):
        applied.count(Outcome.UNCHANGED)
    else:
        row.state, row.state_reason = ClassState.DAMAGED, problem.message
        applied.count(Outcome.UPDATED)


def _miss(session: Session, applied: Applied) -> int:
    """Note files that have gone; how many classes are missing where the import looked."""
    places = session.execute(select(PlaceRow.id, PlaceRow.class_id, PlaceRow.path, PlaceRow.absence)).all()
    gone, newly_gone, present = [], [], set()
    for place in places:
        absence = place.absence
        if not absence and place.path not in applied.at and applied.reach.covers(place.path):
            absence = why_absent(place.path)
            if absence:
                newly_gone.append({"id": place.id, "absence": absence})
        if not absence:
            present.add(place.class_id)
        elif applied.reach.covers(place.path):
            gone.append(place)
    if newly_gone:
        session.execute(update(PlaceRow), newly_gone)
    for place in gone:
        if place.class_id in present:  # it is elsewhere: where it was is of no use
            session.execute(delete(PlaceRow).where(PlaceRow.id == place.id))
    missing = {place.class_id for place in gone} - present
    removed = session.scalars(
        select(ClassRow.id).join(SeriesRow, SeriesRow.id == ClassRow.series_id).where(SeriesRow.removed)
    )
    return len(missing.difference(removed))


def _write_series(session: Session, series_id: int, planned: PlannedSeries) -> None:
    row = session.get_one(SeriesRow, series_id)
    its_edits = select(SeriesEditRow).where(SeriesEditRow.series_id == series_id)
    edits = {edit.field: edit for edit in session.scalars(its_edits)}
    sources = dict(planned.sources) | dict.fromkeys(edits, Source.USER)
    for field, edit in edits.items():
        edit.found, edit.found_source = getattr(planned, field), planned.sources.get(field)
    for field in ("title", "description", "poster"):
        if field not in edits and getattr(row, field) != getattr(planned, field):
            setattr(row, field, getattr(planned, field))
    if row.sources != sources:
        row.sources = sources


def _write_sections(session: Session, series_id: int, planned: PlannedSeries) -> None:
    """The plan's sections in its order; others go if they are empty, or stay behind."""
    here = SectionRow.series_id == series_id
    used = exists().where(ClassRow.section_id == SectionRow.id)
    session.execute(delete(SectionRow).where(here, ~used))
    wanted = {title: position for position, title in enumerate(planned.sections)}
    rows = session.scalars(select(SectionRow).where(here).order_by(SectionRow.position, SectionRow.id)).all()
    for position, row in enumerate(sorted(rows, key=lambda row: wanted.get(row.title, len(wanted)))):
        if row.position != position:
            row.position = position


def _write_order(session: Session, series_id: int, planned: list[int], whole: bool) -> None:
    """A plan of single files (not `whole`) says nothing about the order of the classes that are there."""
    rows = session.execute(
        select(ClassRow.id, ClassRow.number, ClassRow.position)
        .where(ClassRow.series_id == series_id)
        .order_by(ClassRow.position, ClassRow.id)
    ).all()
    if whole:
        order = whole_order([row.id for row in rows], planned)
    else:
        there = [row.id for row in rows if row.position < NEWCOMER]
        new = [row.id for row in rows if row.position >= NEWCOMER]
        order = partial_order(there, new, {row.id: row.number for row in rows})
    positions = {row.id: row.position for row in rows}
    moved = [{"id": one, "position": index} for index, one in enumerate(order) if positions[one] != index]
    if moved:
        session.execute(update(ClassRow), moved)


def _note_source_folders(session: Session, plan: ImportPlan) -> None:
    now = datetime.now(UTC)
    folders = {row.path: row for row in session.scalars(select(SourceFolderRow))}
    for root in plan.roots:
        row = folders.get(root)
        if row is not None:
            row.scanned = now
        elif root.is_dir() and not any(parent in folders for parent in root.parents):
            folders[root] = SourceFolderRow(path=root, added=now, scanned=now)
            session.add(folders[root])
