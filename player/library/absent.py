# SPDX-License-Identifier: GPL-3.0-or-later
"""What an import could not find again, and what it passed over because nothing has changed there.

Looking at files may take seconds on a drive that sleeps, so it happens outside of any unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, delete, distinct, false, func, or_, select, true, update
from sqlalchemy.orm import Session, aliased

from player.library.absence import why_absent
from player.library.applied import Applied, Outcome
from player.library.database import Database
from player.library.schema import ClassRow, PlaceRow, SeriesRow
from player.library.stamps import below
from player.library.stored import read_parts

_MOST_ROOTS = 50
"""More conditions in one question are too many for SQLite; then all places are asked for."""


def look_for_gone(database: Database, applied: Applied) -> dict[int, str]:
    """Why files are no longer where the import looked, by place."""
    with database.read() as session:
        places = _places(session, applied)
        parts = read_parts(session)
    absences = {}
    for place in places:
        if place.absence or place.path in applied.at or applied.passed_over(place.path):
            continue
        if absence := why_absent(place.path, parts.get(place.id, ())):
            absences[place.id] = absence
    return absences


def note_gone(session: Session, applied: Applied, absences: Mapping[int, str]) -> None:
    """Write and count what has gone, and count what was passed over."""
    gone, newly_gone, present, passed_over = [], [], set(), set()
    for place in _places(session, applied):
        absence = place.absence
        if not absence and place.id in absences and place.path not in applied.at:
            absence = absences[place.id]
            newly_gone.append({"id": place.id, "absence": absence})
        if absence:
            gone.append(place)
        else:
            present.add(place.class_id)
            if applied.passed_over(place.path):
                passed_over.add(place.class_id)
    if newly_gone:
        session.execute(update(PlaceRow), newly_gone)
    present |= _elsewhere(session, {place.class_id for place in gone} - present)
    for place in gone:
        if place.class_id in present:  # it is elsewhere: where it was is of no use
            session.execute(delete(PlaceRow).where(PlaceRow.id == place.id))
    removed = _removed(session)
    missing = {place.class_id for place in gone} - present
    applied.count(Outcome.MISSING, len(missing - removed))
    applied.count(Outcome.UNCHANGED, len(passed_over - applied.counted - removed))


def count_unchanged(session: Session, applied: Applied) -> None:
    """The counts of an import that has found nothing changed."""
    other = aliased(PlaceRow)
    here = or_(*(below(root) for root in applied.plan.unchanged)) & SeriesRow.removed.is_(False)
    classes = (
        select(func.count(distinct(PlaceRow.class_id)))
        .join(ClassRow, ClassRow.id == PlaceRow.class_id)
        .join(SeriesRow, SeriesRow.id == ClassRow.series_id)
        .where(here)
    )
    present = select(other.id).where(other.class_id == PlaceRow.class_id, other.absence == "").exists()
    applied.count(Outcome.UNCHANGED, session.scalar(classes.where(PlaceRow.absence == "")) or 0)
    applied.count(Outcome.MISSING, session.scalar(classes.where(PlaceRow.absence != "", ~present)) or 0)


def _places(session: Session, applied: Applied) -> list[Any]:
    """All places where the import looked."""
    statement = select(PlaceRow.id, PlaceRow.class_id, PlaceRow.path, PlaceRow.absence)
    rows = session.execute(statement.where(_near(applied.plan.roots)))
    return [row for row in rows if applied.reach.covers(row.path)]


def _near(roots: tuple[Path, ...]) -> ColumnElement[bool]:
    if len(roots) > _MOST_ROOTS:
        return true()
    return or_(false(), *((PlaceRow.path == root) | below(root) for root in roots))


def _elsewhere(session: Session, class_ids: set[int]) -> set[int]:
    """Those of the classes that are present at some place."""
    present = select(PlaceRow.class_id).where(PlaceRow.absence == "")
    return class_ids.intersection(session.scalars(present)) if class_ids else set()


def _removed(session: Session) -> set[int]:
    """The classes of series that the user has removed."""
    return set(
        session.scalars(
            select(ClassRow.id).join(SeriesRow, SeriesRow.id == ClassRow.series_id).where(SeriesRow.removed)
        )
    )
