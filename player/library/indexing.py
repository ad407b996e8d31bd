# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps the search index and the facets in step with the library: the one place that writes them.

Runs inside the write unit that changes a class or a series. What is the same already is not written again.

An entry's row id says what it is: rank, class (or series) and place in it. So the index gives the entries in the
order of their rank without sorting, and can stop after the first ones.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import IntEnum
from typing import Any

from sqlalchemy import select, text, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from player.domain.models import PhaseKind
from player.library.database import Database
from player.library.schema import ClassRow, FacetRow, MetaRow, SearchWordRow, SectionRow, SeriesRow
from player.library.stored import EMPTY, Contents, read_contents
from player.library.words import words_of

INDEX_VERSION = "1"
"""Another version in the library's file: all entries are made anew when it is opened."""
_VERSION_NAME = "search_index"
_AT_ONCE = 500
_WHOLE_BITS, _PLACE_BITS = 32, 16
MOST_PLACES = 1 << _PLACE_BITS

_STORED = text(
    "SELECT search.rowid, search.words FROM json_each(:begins) AS span CROSS JOIN search "
    "WHERE search.rowid BETWEEN span.value AND span.value + :places - 1"
)
_DELETE = text("DELETE FROM search WHERE rowid = :id")
_INSERT = text("INSERT INTO search(rowid, words) VALUES (:id, :words)")


class Rank(IntEnum):
    """What counts more comes first. EVERYTHING is all words of a class together, for questions whose words lie
    in several fields, and holds its description and section too."""

    SERIES = 0
    TITLE = 1
    PHASE = 2
    THINGS = 3
    EVERYTHING = 4
    SERIES_DESCRIPTION = 5


_RANKS = tuple(Rank)


def row_id(rank: Rank, owner: int, place: int = 0) -> int:
    """The row id of an entry of a class or series."""
    return (((rank << _WHOLE_BITS) | owner) << _PLACE_BITS) | place


def taken_apart(row: int) -> tuple[Rank, int, int]:
    """Rank, class or series, and place of an entry."""
    return (
        _RANKS[row >> (_WHOLE_BITS + _PLACE_BITS)],
        (row >> _PLACE_BITS) & ((1 << _WHOLE_BITS) - 1),
        row % MOST_PLACES,
    )


def bring_up_to_date(database: Database) -> None:
    """Fill the index of a library that has none of this version. One look where there is nothing to do."""
    with database.read() as session:
        if _version(session) == INDEX_VERSION:
            return
    with database.write() as session:
        if _version(session) == INDEX_VERSION:  # another process was first
            return
        session.execute(text("DELETE FROM search"))
        ids = session.scalars(select(ClassRow.id).order_by(ClassRow.id)).all()
        for begin in range(0, len(ids), _AT_ONCE):
            index_classes(session, ids[begin : begin + _AT_ONCE])
        index_series(session, session.scalars(select(SeriesRow.id)).all())
        session.merge(MetaRow(name=_VERSION_NAME, value=INDEX_VERSION))


def _version(session: Session) -> str | None:
    return session.scalar(select(MetaRow.value).where(MetaRow.name == _VERSION_NAME))


def index_series(session: Session, series_ids: Collection[int]) -> None:
    """Bring the entries of these series up to date."""
    columns = (SeriesRow.id, SeriesRow.title, SeriesRow.description)
    entries: dict[int, str] = {}
    for row in session.execute(select(*columns).where(SeriesRow.id.in_(series_ids))):
        entries[row_id(Rank.SERIES, row.id)] = _folded(row.title)
        entries[row_id(Rank.SERIES_DESCRIPTION, row.id)] = _folded(row.description)
    _write(session, (Rank.SERIES, Rank.SERIES_DESCRIPTION), series_ids, entries)


def index_classes(session: Session, class_ids: Sequence[int]) -> None:
    """Bring the entries and facets of these classes up to date."""
    if not class_ids:
        return
    which = ClassRow.id.in_(class_ids)
    contents = read_contents(session, which)
    columns = (ClassRow.id, ClassRow.title, ClassRow.description, SectionRow.title.label("section"))
    facets = (ClassRow.needs_facet, ClassRow.focus_facet, ClassRow.kinds_facet)
    rows = session.execute(select(*columns, *facets).outerjoin(SectionRow).where(which)).all()
    entries = {id_: words for row in rows for id_, words in _entries(row, contents.get(row.id, EMPTY))}
    _write(session, (Rank.TITLE, Rank.PHASE, Rank.THINGS, Rank.EVERYTHING), class_ids, entries)
    _write_facets(session, rows, contents)


def _entries(row: Any, contents: Contents) -> Iterator[tuple[int, str]]:
    phases = [_phase_words(phase.kind, phase.title) for phase in contents.phases[:MOST_PLACES]]
    things = " ".join((*(need.prop for need in contents.props), *contents.focus))
    yield row_id(Rank.TITLE, row.id), _folded(row.title)
    for place, words in enumerate(phases):
        yield row_id(Rank.PHASE, row.id, place), words
    yield row_id(Rank.THINGS, row.id), _folded(things)
    everything = " ".join((row.title, row.section or "", things, row.description))
    yield row_id(Rank.EVERYTHING, row.id), _once(" ".join((_folded(everything), *phases)))


def _phase_words(kind: PhaseKind, title: str) -> str:
    return _once(_folded(title if kind is PhaseKind.OTHER else f"{title} {kind}"))


def _folded(raw: str) -> str:
    return " ".join(words_of(raw))


def _once(words: str) -> str:
    return " ".join(dict.fromkeys(words.split()))


def _write(session: Session, ranks: Iterable[Rank], owners: Collection[int], entries: dict[int, str]) -> None:
    """`entries` are all there are of the owners in these ranks; empty ones are not kept."""
    wanted = {id_: words for id_, words in entries.items() if words}
    begins = json.dumps([row_id(rank, owner) for rank in ranks for owner in sorted(owners)])
    stored = session.execute(_STORED, {"begins": begins, "places": MOST_PLACES})
    there: dict[int, str] = {row.rowid: row.words for row in stored}
    gone = [{"id": id_} for id_, words in there.items() if wanted.get(id_) != words]
    new = [{"id": id_, "words": words} for id_, words in sorted(wanted.items()) if there.get(id_) != words]
    if gone:
        session.execute(_DELETE, gone)
    if new:
        session.execute(_INSERT, new)
        words = {word for entry in new for word in str(entry["words"]).split()}
        statement = insert(SearchWordRow).on_conflict_do_nothing()
        session.connection().execute(statement, [{"word": word} for word in sorted(words)])


def _write_facets(session: Session, rows: Sequence[Any], contents: dict[int, Contents]) -> None:
    wanted = {row.id: _members(contents.get(row.id, EMPTY)) for row in rows}
    members = {one for of_class in wanted.values() for one in of_class}
    if not members:
        return
    statement = insert(FacetRow).on_conflict_do_nothing()
    session.connection().execute(statement, [{"members": one} for one in sorted(members)])
    found = session.execute(select(FacetRow.members, FacetRow.id).where(FacetRow.members.in_(members)))
    ids = {row.members: row.id for row in found}
    names = ("needs_facet", "focus_facet", "kinds_facet")
    changed = []
    for row in rows:
        values = {name: ids[one] for name, one in zip(names, wanted[row.id], strict=True)}
        if any(getattr(row, name) != value for name, value in values.items()):
            changed.append({"id": row.id, **values})
    if changed:
        session.execute(update(ClassRow), changed)


def _members(contents: Contents) -> tuple[str, str, str]:
    needs = {need.prop for need in contents.props if not need.optional}
    kinds = {str(phase.kind) for phase in contents.phases}
    return _set(needs), _set(contents.focus), _set(kinds)


def _set(words: Iterable[str]) -> str:
    return json.dumps(sorted(set(words)))
