# SPDX-License-Identifier: GPL-3.0-or-later
"""What the user does: positions, done, practices, the queue, preferences. Inside units that the caller opens."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta, timezone

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from player.domain.errors import NotFound
from player.domain.models import ClassId, PhaseKind, SeriesId, SeriesPreferences
from player.domain.practice import Practice
from player.domain.queue import Queue, QueueItem
from player.domain.timeline import tidy_phases
from player.library.schema import (
    ClassRow,
    PracticePhaseRow,
    PracticeRow,
    ProgressRow,
    QueueItemRow,
    SeriesRow,
)
from player.library.stored import read_contents


def save_position(session: Session, class_id: ClassId, position_ms: int) -> None:
    """0 clears. Stamps the class as practised now. Raises NotFound."""
    _must_exist(session, class_id)
    now = datetime.now(UTC)
    statement = upsert(ProgressRow).values(class_id=class_id, position_ms=position_ms, done=False, last_practised=now)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[ProgressRow.class_id], set_={"position_ms": position_ms, "last_practised": now}
        )
    )


def set_done(session: Session, class_id: ClassId, done: bool) -> None:
    """Raises NotFound."""
    _must_exist(session, class_id)
    statement = upsert(ProgressRow).values(class_id=class_id, position_ms=0, done=done)
    session.execute(statement.on_conflict_do_update(index_elements=[ProgressRow.class_id], set_={"done": done}))


def set_favourite(session: Session, class_id: ClassId, favourite: bool) -> None:
    """Raises NotFound."""
    _must_exist(session, class_id)
    statement = upsert(ProgressRow).values(class_id=class_id, position_ms=0, done=False, favourite=favourite)
    session.execute(
        statement.on_conflict_do_update(index_elements=[ProgressRow.class_id], set_={"favourite": favourite})
    )


def save_practice(session: Session, practice: Practice, practice_id: int | None) -> int:
    """Write a practice anew, or over the one with `practice_id`; its id. Raises NotFound."""
    _must_exist(session, practice.class_id)
    started = practice.started.astimezone() if practice.started.tzinfo is None else practice.started
    offset = started.utcoffset() or timedelta()
    row = None if practice_id is None else session.get(PracticeRow, practice_id)
    if row is None:
        row = PracticeRow()
        session.add(row)
    row.class_id = practice.class_id
    row.started = started
    row.utc_offset_min = offset // timedelta(minutes=1)
    row.played_ms = practice.played_ms
    row.finished = practice.finished
    session.flush()
    session.execute(delete(PracticePhaseRow).where(PracticePhaseRow.practice_id == row.id))
    phases = _phases_of_today(session, practice.class_id)
    rows = [
        {"practice_id": row.id, "phase": index, "played_ms": played_ms, "kind": kind, "title": title}
        for index, played_ms in practice.phases.items()
        for kind, title in [phases[index] if 0 <= index < len(phases) else (None, "")]
    ]
    if rows:
        session.execute(insert(PracticePhaseRow), rows)
    return row.id


def practices(session: Session, class_id: ClassId | None) -> tuple[Practice, ...]:
    """Practices of one class, or all, oldest first."""
    statement = select(PracticeRow).order_by(PracticeRow.started, PracticeRow.id)
    parts = select(PracticePhaseRow).order_by(PracticePhaseRow.phase)
    if class_id is not None:
        statement = statement.where(PracticeRow.class_id == class_id)
        parts = parts.join(PracticeRow, PracticeRow.id == PracticePhaseRow.practice_id)
        parts = parts.where(PracticeRow.class_id == class_id)
    phases: dict[int, dict[int, int]] = defaultdict(dict)
    for part in session.scalars(parts):
        phases[part.practice_id][part.phase] = part.played_ms
    return tuple(
        Practice(
            class_id=ClassId(row.class_id),
            started=row.started.astimezone(timezone(timedelta(minutes=row.utc_offset_min))),
            played_ms=row.played_ms,
            phases=phases.get(row.id, {}),
            finished=row.finished,
        )
        for row in session.scalars(statement)
    )


def load_queue(session: Session) -> Queue:
    """The queue as it was saved, without classes that have been removed since."""
    rows = session.scalars(select(QueueItemRow).order_by(QueueItemRow.position))
    return Queue(tuple(QueueItem(ClassId(row.class_id), row.phase, row.added) for row in rows))


def save_queue(session: Session, queue: Queue) -> None:
    """Write the queue in place of the one before. Items of classes that do not exist are passed over."""
    session.execute(delete(QueueItemRow))
    wanted = {int(item.class_id) for item in queue.items}
    known = set(session.scalars(select(ClassRow.id).where(ClassRow.id.in_(wanted))))
    rows = [
        {"position": position, "class_id": item.class_id, "phase": item.phase, "added": item.added}
        for position, item in enumerate(queue.items)
        if item.class_id in known
    ]
    if rows:
        session.execute(insert(QueueItemRow), rows)


def set_preferences(session: Session, series_id: SeriesId, preferences: SeriesPreferences) -> None:
    """Raises NotFound."""
    found = session.execute(
        update(SeriesRow)
        .where(SeriesRow.id == series_id)
        .values(
            mirrored=preferences.mirrored,
            rate=preferences.rate,
            after_class=preferences.after_class,
            settle_ms=preferences.settle_ms,
            captions=preferences.captions,
        )
        .returning(SeriesRow.id)
    )
    if found.first() is None:
        raise NotFound(f"There is no series {series_id} in the library.", "It may have been removed.")


def change_preferences(session: Session, series_id: SeriesId, *, mirrored: bool, rate: float, captions: str) -> None:
    """Leaves what happens after a class as it is. Raises NotFound."""
    changed = update(SeriesRow).where(SeriesRow.id == series_id).values(mirrored=mirrored, rate=rate, captions=captions)
    if session.execute(changed.returning(SeriesRow.id)).first() is None:
        raise NotFound(f"There is no series {series_id} in the library.", "It may have been removed.")


def _must_exist(session: Session, class_id: ClassId) -> None:
    if session.scalar(select(ClassRow.id).where(ClassRow.id == class_id)) is None:
        raise NotFound(f"There is no class {class_id} in the library.", "It may have been removed.")


def _phases_of_today(session: Session, class_id: ClassId) -> list[tuple[PhaseKind, str]]:
    """Kind and title of each phase as the player counts them."""
    contents = read_contents(session, ClassRow.id == class_id).get(class_id)
    duration_ms = session.scalar(select(ClassRow.duration_ms).where(ClassRow.id == class_id)) or 0
    phases = () if contents is None else tidy_phases(contents.phases, duration_ms)
    return [(phase.kind, phase.title) for phase in phases]
