# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of captions in the library: which classes have captions whose words have not been read, and writing what
was read. Inside units that the caller opens; knows nothing of how caption files are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.orm import Session

from player.domain.captions import Captioned, Cue, ReadCaptions
from player.domain.models import Caption, ClassId
from player.library.indexing import BLOCK, MOST_PLACES, index_cues
from player.library.schema import CaptionRow, ClassRow, CueRow, PlaceRow, SeriesRow

MOST_CUES = BLOCK * MOST_PLACES


def captioned(session: Session) -> tuple[Captioned, ...]:
    """All classes that are there and have captions, or had some when they were read last."""
    has_some = exists().where(CaptionRow.class_id == ClassRow.id)
    statement = (
        select(ClassRow.id, ClassRow.format, ClassRow.cues_stamp, PlaceRow.path, PlaceRow.modified_ns)
        .join(SeriesRow, SeriesRow.id == ClassRow.series_id)
        .join(PlaceRow, PlaceRow.class_id == ClassRow.id)
        .where(SeriesRow.removed.is_(False), PlaceRow.absence == "", has_some | (ClassRow.cues_stamp != ""))
        .order_by(ClassRow.id, PlaceRow.id.desc())
    )
    found: dict[int, Captioned] = {}
    for row in session.execute(statement):
        found[row.id] = Captioned(ClassId(row.id), row.path, row.format, row.modified_ns, (), row.cues_stamp)
    captions = select(CaptionRow.class_id, CaptionRow.language, CaptionRow.source)
    for class_id, language, source in session.execute(captions.order_by(CaptionRow.class_id, CaptionRow.position)):
        one = found.get(class_id)
        if one is not None:
            found[class_id] = replace(one, captions=(*one.captions, Caption(language, source)))
    return tuple(found.values())


def save_cues(session: Session, read: Iterable[ReadCaptions]) -> None:
    """Put what was read in the place of what was there. Classes that have gone meanwhile are passed over."""
    wanted = {int(one.class_id): one for one in read}
    there = session.scalars(select(ClassRow.id).where(ClassRow.id.in_(list(wanted)))).all()
    session.execute(delete(CueRow).where(CueRow.class_id.in_(there)))
    rows = [row for class_id in there for row in _rows(class_id, wanted[class_id].cues)]
    if rows:
        session.execute(insert(CueRow), rows)
    if there:
        session.execute(update(ClassRow), [{"id": one, "cues_stamp": wanted[one].stamp} for one in there])
    index_cues(session, there)


def cues(session: Session, class_id: int) -> tuple[Cue, ...]:
    """The words of the captions of a class, as far as they have been read, in order."""
    statement = select(CueRow.start_ms, CueRow.end_ms, CueRow.text).where(CueRow.class_id == class_id)
    return tuple(Cue(*row) for row in session.execute(statement.order_by(CueRow.position)))


def _rows(class_id: int, said: Sequence[Cue]) -> list[dict[str, object]]:
    return [
        {"class_id": class_id, "position": place, "start_ms": cue.start_ms, "end_ms": cue.end_ms, "text": cue.text}
        for place, cue in enumerate(said[:MOST_CUES])
    ]
