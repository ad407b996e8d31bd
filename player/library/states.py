# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether classes can be played now: what playing has found out, and a look at every file."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from player.domain.errors import NotFound
from player.domain.models import ClassId, ClassState
from player.library.absence import why_absent
from player.library.database import Database
from player.library.schema import ClassRow, PlacePartRow, PlaceRow, SourceFolderRow
from player.library.stamps import below
from player.library.stored import Place, read_places


def set_class_state(session: Session, class_id: ClassId, state: ClassState, reason: str) -> None:
    """Raises NotFound. READY and DAMAGED are about the content, MISSING about all places of the class."""
    row = session.get(ClassRow, class_id)
    if row is None:
        raise NotFound(f"There is no class {class_id} in the library.", "It may have been removed.")
    its_places = update(PlaceRow).where(PlaceRow.class_id == class_id)
    if state is ClassState.MISSING:
        session.execute(its_places.values(absence=reason or "The file is not where it was."))
        return
    row.state, row.state_reason = state, reason
    if state is ClassState.READY:
        session.execute(its_places.where(~_taken()).values(absence=""))


def refresh_states(database: Database, class_id: int | None = None, folder: Path | None = None) -> int:
    """Of one class, of those with a place below `folder`, or of all. Looks outside of any unit, because a drive may
    be slow to answer."""
    which = None if class_id is None else ClassRow.id == class_id
    if folder is not None:
        which = ClassRow.id.in_(select(PlaceRow.class_id).where(below(folder)))
    with database.read() as session:
        places = read_places(session, which)
        sizes = {row.id: row.size for row in session.execute(select(ClassRow.id, ClassRow.size))}
    changed = [
        (place, absence)
        for class_id, its_places in places.items()
        for place in its_places
        if (absence := _absence(place, sizes[class_id])) != place.absence
    ]
    if not changed:
        return 0
    with database.write() as session:
        before = _present(session)
        for place, absence in changed:
            statement = update(PlaceRow).where(PlaceRow.id == place.id, PlaceRow.absence == place.absence)
            session.execute(
                statement.values(absence=absence) if absence else statement.where(~_taken()).values(absence="")
            )
        return len(before ^ _present(session))


def source_folders(session: Session) -> tuple[Path, ...]:
    """The folders that the user gave."""
    return tuple(session.scalars(select(SourceFolderRow.path).order_by(SourceFolderRow.id)))


def _absence(place: Place, size: int) -> str:
    """Why the file is not at `place` now. After an absence only a file of the same size is taken for it again."""
    absence = why_absent(place.path, place.parts)
    if absence or not place.absence:
        return absence
    sizes = [(part.path, part.size) for part in place.parts] or [(place.path, size)]
    try:
        return "" if all(os.stat(path).st_size == size for path, size in sizes) else place.absence
    except OSError:
        return place.absence


def _present(session: Session) -> set[int]:
    return set(session.scalars(select(PlaceRow.class_id).where(PlaceRow.absence == "")))


def _taken() -> ColumnElement[bool]:
    """Whether another class is at the path, alone or with one of its files."""
    other = aliased(PlaceRow)
    of_several = exists().where(PlacePartRow.path == PlaceRow.path, PlacePartRow.place_id != PlaceRow.id)
    alone = exists().where(other.path == PlaceRow.path, other.absence == "", other.id != PlaceRow.id)
    return or_(alone, of_several)
