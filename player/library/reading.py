# SPDX-License-Identifier: GPL-3.0-or-later
"""Questions about series and classes, answered as values. Each function runs inside a read unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from player.domain.choosing import next_class
from player.domain.errors import NotFound
from player.domain.models import (
    ClassId,
    ClassProgress,
    ClassState,
    ClassVideo,
    FileIdentity,
    Series,
    SeriesId,
    SeriesPreferences,
)
from player.domain.timeline import tidy_phases
from player.library.naming import natural_key
from player.library.schema import ClassRow, PracticeRow, ProgressRow, SectionRow, SeriesRow
from player.library.stored import EMPTY, AnySelect, Contents, Place, read_contents, read_places

_MOST_DIGITS = 18
"""Longer numbers are no ids: SQLite counts with 64 bits."""
_AT_ONCE = 500
_LIST_SERIES = "Use the number or the beginning of the title that the list of series shows."


def read_series(session: Session, which: ColumnElement[bool] | None = None) -> tuple[Series, ...]:
    """Series that have classes (and are not removed), in natural order of their titles."""
    statement = (
        select(
            SeriesRow,
            func.count(ClassRow.id).label("classes"),
            func.sum(ClassRow.duration_ms).label("duration_ms"),
            func.count(ProgressRow.class_id).filter(ProgressRow.done).label("done"),
        )
        .join(ClassRow, ClassRow.series_id == SeriesRow.id)
        .outerjoin(ProgressRow, ProgressRow.class_id == ClassRow.id)
        .where(SeriesRow.removed.is_(False))
        .group_by(SeriesRow.id)
    )
    if which is not None:
        statement = statement.where(which)
    rows = session.execute(statement).all()
    one = [rows[0].SeriesRow.id] if which is not None and len(rows) == 1 else None
    sections, pictures = _sections(session, one), _picture_classes(session, one)
    found = [
        Series(
            id=SeriesId(row.SeriesRow.id),
            title=row.SeriesRow.title,
            description=row.SeriesRow.description,
            classes=row.classes,
            duration_ms=row.duration_ms,
            done=row.done,
            poster=row.SeriesRow.poster,
            picture_class=pictures.get(row.SeriesRow.id),
            preferences=_preferences(row.SeriesRow),
            sections=tuple(sections.get(row.SeriesRow.id, ())),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda series: (natural_key(series.title), series.id)))


def one_series(session: Session, series_id: int) -> Series:
    """Raises NotFound."""
    found = read_series(session, SeriesRow.id == series_id)
    if not found:
        raise NotFound(f"There is no series {series_id} in the library.", _LIST_SERIES)
    return found[0]


def find_series(session: Session, text: str) -> Series:
    """By id, exact title, or a beginning of the title that only one series has. Raises NotFound."""
    series = read_series(session)
    wanted = text.strip()
    for one in series:
        if wanted == str(one.id):
            return one
    begins = [one for one in series if wanted and one.title.casefold().startswith(wanted.casefold())]
    exact = [one for one in begins if one.title.casefold() == wanted.casefold()]
    exact.sort(key=lambda one: one.title != wanted)
    if exact or len(begins) == 1:
        return (exact or begins)[0]
    if begins:
        titles = ", ".join(f"“{one.title}” ({one.id})" for one in begins[:5])
        raise NotFound(f"Several series begin with “{text}”: {titles}.", "Write more of the title, or the number.")
    raise NotFound(f"There is no series “{text}” in the library.", _LIST_SERIES)


def read_classes(session: Session, which: ColumnElement[bool]) -> tuple[ClassVideo, ...]:
    """The classes for which `which` holds, in playing order; none of a removed series."""
    which = which & ClassRow.series_id.in_(select(SeriesRow.id).where(SeriesRow.removed.is_(False)))
    rows = session.execute(_class_statement().where(which)).all()
    contents, places = read_contents(session, which), read_places(session, which)
    return tuple(
        _class_video(row, row.ClassRow, places[row.ClassRow.id][0], contents.get(row.ClassRow.id, EMPTY))
        for row in rows
    )


def one_class(session: Session, class_id: int) -> ClassVideo:
    """Raises NotFound."""
    found = read_classes(session, ClassRow.id == class_id)
    if not found:
        raise NotFound(f"There is no class {class_id} in the library.", "The list of a series shows its classes.")
    return found[0]


def find_class(session: Session, text: str) -> ClassVideo:
    """By id ("17"), or by series and number ("SERIES/NUMBER"). Raises NotFound.

    Where no class of the series has a number, NUMBER counts them in playing order. Where a number occurs more than
    once (numbers that begin anew in each section) the first one is meant.
    """
    before, slash, number = text.strip().rpartition("/")
    if not number.strip().isdecimal():
        raise NotFound(f"“{text}” is not a class.", "Write its id, or SERIES/NUMBER.")
    wanted = int(number) if len(number.strip()) < _MOST_DIGITS else -1
    if not slash:
        return one_class(session, wanted)
    series = find_series(session, before)
    in_series = ClassRow.series_id == series.id
    found = read_classes(session, in_series & (ClassRow.number == wanted))
    if found:
        return found[0]
    everything = read_classes(session, in_series)
    if 0 < wanted <= len(everything) and all(one.number is None for one in everything):
        return everything[wanted - 1]
    raise NotFound(f"“{series.title}” has no class {wanted}.", "The list of the series shows its classes.")


def read_present(session: Session, identities: Sequence[FileIdentity]) -> dict[FileIdentity, ClassVideo]:
    """The classes with these contents, by content; those of removed series are not there."""
    found: dict[FileIdentity, ClassVideo] = {}
    for begin in range(0, len(identities), _AT_ONCE):
        some = {identity.digest for identity in identities[begin : begin + _AT_ONCE]}
        here = ClassRow.digest.in_(some) & ClassRow.series_id.in_(select(SeriesRow.id).where(~SeriesRow.removed))
        found |= {video.identity: video for video in read_classes(session, here)}
    return found


def series_class_ids(session: Session, series_id: int) -> tuple[ClassId, ...]:
    """The ids of the classes of a series in playing order; none if there is no such series."""
    in_order = select(ClassRow.id).order_by(ClassRow.position, ClassRow.id).where(ClassRow.series_id == series_id)
    return tuple(ClassId(one) for one in session.scalars(in_order))


def class_titles(session: Session, class_ids: Iterable[int]) -> dict[ClassId, str]:
    """The titles of these classes, as far as they are in the library."""
    rows = session.execute(select(ClassRow.id, ClassRow.title).where(ClassRow.id.in_(list(class_ids))))
    return {ClassId(row.id): row.title for row in rows}


def class_to_go_on_with(session: Session) -> ClassVideo | None:
    """The class under way that was left last; else what comes next in the series that was practised last; else
    what comes next in the first series that is not all done."""
    under_way = continue_class(session)
    if under_way is not None:
        return under_way
    last = select(ClassRow.series_id).join(PracticeRow, PracticeRow.class_id == ClassRow.id)
    recent = session.scalar(last.order_by(PracticeRow.started.desc()).limit(1))
    series = sorted(read_series(session), key=lambda one: one.id != recent)
    for one in series:
        if one.done < one.classes:
            video = next_class(read_classes(session, ClassRow.series_id == one.id))
            if video is not None:
                return video
    return None


def continue_class(session: Session) -> ClassVideo | None:
    """The ready class that was left last and is still under way."""
    under_way = session.scalars(
        select(ProgressRow.class_id)
        .where(ProgressRow.position_ms > 0)
        .order_by(ProgressRow.last_practised.desc(), ProgressRow.class_id)
    )
    for class_id in under_way:
        found = read_classes(session, ClassRow.id == class_id)
        if found and found[0].state is ClassState.READY and found[0].progress.under_way:
            return found[0]
    return None


def _sections(session: Session, series_ids: list[int] | None) -> dict[int, list[str]]:
    statement = select(SectionRow.series_id, SectionRow.title).order_by(SectionRow.position, SectionRow.id)
    if series_ids is not None:
        statement = statement.where(SectionRow.series_id.in_(series_ids))
    sections: dict[int, list[str]] = defaultdict(list)
    for series_id, title in session.execute(statement):
        sections[series_id].append(title)
    return sections


def _picture_classes(session: Session, series_ids: list[int] | None) -> dict[int, FileIdentity]:
    """The first class with a picture, by series."""
    # SQLite takes bare columns from the row that has the minimum.
    statement = (
        select(ClassRow.series_id, ClassRow.size, ClassRow.digest, func.min(ClassRow.position))
        .where(func.json_extract(ClassRow.facts, "$.has_video") == 1, ClassRow.state == ClassState.READY)
        .group_by(ClassRow.series_id)
    )
    if series_ids is not None:
        statement = statement.where(ClassRow.series_id.in_(series_ids))
    rows = session.execute(statement)
    return {series_id: FileIdentity(size, digest) for series_id, size, digest, _position in rows}


def _class_statement() -> AnySelect:
    return (
        select(
            ClassRow,
            SeriesRow.title.label("series_title"),
            SectionRow.title.label("section"),
            ProgressRow.position_ms,
            ProgressRow.done,
            ProgressRow.last_practised,
            ProgressRow.favourite,
        )
        .join(SeriesRow, SeriesRow.id == ClassRow.series_id)
        .outerjoin(SectionRow, SectionRow.id == ClassRow.section_id)
        .outerjoin(ProgressRow, ProgressRow.class_id == ClassRow.id)
        .order_by(ClassRow.series_id, ClassRow.position, ClassRow.id)
    )


def _class_video(row: Any, stored: ClassRow, place: Place, contents: Contents) -> ClassVideo:
    return ClassVideo(
        id=ClassId(stored.id),
        series_id=SeriesId(stored.series_id),
        series_title=row.series_title,
        section=row.section,
        number=stored.number,
        title=stored.title,
        duration_ms=stored.duration_ms,
        description=stored.description,
        path=place.path,
        state=ClassState.MISSING if place.absence else stored.state,
        identity=FileIdentity(stored.size, stored.digest),
        format=stored.format,
        facts=stored.facts,
        phases=tidy_phases(contents.phases, stored.duration_ms),
        props=contents.props,
        focus=contents.focus,
        captions=contents.captions,
        progress=_progress(row, stored.duration_ms),
        sources=stored.sources,
        state_reason=place.absence or stored.state_reason,
        parts=place.parts,
        poster=stored.poster,
    )


def _progress(row: Any, duration_ms: int) -> ClassProgress:
    """A file may have been replaced by a shorter one: a position past its end is not worth resuming."""
    position_ms = row.position_ms or 0
    if 0 < duration_ms <= position_ms:
        position_ms = 0
    return ClassProgress(position_ms, bool(row.done), row.last_practised, bool(row.favourite))


def _preferences(row: SeriesRow) -> SeriesPreferences:
    return SeriesPreferences(row.mirrored, row.rate, row.after_class, row.settle_ms, row.captions)
