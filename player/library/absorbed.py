# SPDX-License-Identifier: GPL-3.0-or-later
"""Classes whose files have turned out to be parts of another class. Inside a write unit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from player.library.absence import ABSORBED
from player.library.indexing import index_classes, index_cues
from player.library.schema import ClassEditRow, ClassRow, PlaceRow, PracticeRow, ProgressRow


def drop_absorbed(session: Session, paths: Sequence[Path]) -> None:
    """Forget those of the classes at `paths` with which nobody has done anything. The others stay, as missing ones:
    what the user did is never lost."""
    session.flush()
    elsewhere = exists().where(PlaceRow.class_id == ClassRow.id, PlaceRow.absence != ABSORBED)
    touched = [exists().where(table.class_id == ClassRow.id) for table in (ProgressRow, PracticeRow, ClassEditRow)]
    there = select(PlaceRow.class_id).where(PlaceRow.path.in_(paths), PlaceRow.absence == ABSORBED)
    untouched = select(ClassRow.id).where(
        ClassRow.id.in_(there), ~elsewhere, ClassRow.placed.is_(False), *(~one for one in touched)
    )
    ids = list(session.scalars(untouched))
    if ids:
        session.execute(delete(ClassRow).where(ClassRow.id.in_(ids)))
        index_classes(session, ids)
        index_cues(session, ids)
