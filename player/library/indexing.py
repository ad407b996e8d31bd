# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps the search index and the facets in step with the library: the one place that writes them.

Runs inside the write unit that changes a class or a series. What is the same already is not written again.

An entry's row id says what it is: rank, class (or series) and place in it. So the index gives the entries in the
order of their rank without sorting, and can stop after the first ones.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import select, text, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from player.library.schema import ClassRow, FacetRow, SearchWordRow
from player.library.words import words_of

_WHOLE_BITS, _PLACE_BITS = 32, 16
MOST_PLACES = 1 << _PLACE_BITS
BLOCK = 8
"""So many captions are one entry, with the one after them: what is said runs on from caption to caption."""

_STORED = text(
    "SELECT search.rowid, search.words FROM json_each(:begins) AS span CROSS JOIN search "
    "WHERE search.rowid BETWEEN span.value AND span.value + :places - 1"
)
_DELETE = text("DELETE FROM search WHERE rowid = :id")
_INSERT = text("INSERT INTO search(rowid, words) VALUES (:id, :words)")
_IDS = "(SELECT value FROM json_each(:ids))"
_CLASSES = text(
    "SELECT class.id, class.title, class.description, section.title AS section, "  # noqa: S608  own words only
    "class.needs_facet, class.focus_facet, class.kinds_facet "
    f"FROM class LEFT JOIN section ON section.id = class.section_id WHERE class.id IN {_IDS} ORDER BY class.id"
)
_PHASES = text(
    f"SELECT class_id, kind, title FROM phase WHERE class_id IN {_IDS} ORDER BY class_id, position"  # noqa: S608
)
_PROPS = text(
    f"SELECT class_id, prop, optional FROM prop WHERE class_id IN {_IDS} ORDER BY class_id, position"  # noqa: S608
)
_FOCUS = text(f"SELECT class_id, focus FROM focus WHERE class_id IN {_IDS} ORDER BY class_id, position")  # noqa: S608
_SERIES = text(f"SELECT id, title, description FROM series WHERE id IN {_IDS}")  # noqa: S608
_CUES = text(f"SELECT class_id, text FROM cue WHERE class_id IN {_IDS} ORDER BY class_id, position")  # noqa: S608


class Rank(IntEnum):
    """What counts more comes first. EVERYTHING is all words of a class together but for its captions, for questions
    whose words lie in several fields, and holds its description and section too."""

    SERIES = 0
    TITLE = 1
    PHASE = 2
    THINGS = 3
    EVERYTHING = 4
    SERIES_DESCRIPTION = 5
    CAPTION = 6


_RANKS = tuple(Rank)


def row_id(rank: Rank, owner: int, place: int = 0) -> int:
    """The row id of an entry of a class or series."""
    return (((rank << _WHOLE_BITS) | owner) << _PLACE_BITS) | place


def taken_apart(row: int) -> tuple[Rank, int, int]:
    """Rank, class or series, and place of an entry."""
    return _RANKS[row >> (_WHOLE_BITS + _PLACE_BITS)], owner_of(row), row % MOST_PLACES


def owner_of(row: int) -> int:
    """The class, or series, of an entry."""
    return (row >> _PLACE_BITS) & ((1 << _WHOLE_BITS) - 1)


def index_series(session: Session, series_ids: Collection[int]) -> None:
    """Bring the entries of these series up to date."""
    entries: dict[int, str] = {}
    for row in session.execute(_SERIES, {"ids": json.dumps(sorted(series_ids))}):
        entries[row_id(Rank.SERIES, row.id)] = _folded(as_text(row.title))
        entries[row_id(Rank.SERIES_DESCRIPTION, row.id)] = _folded(as_text(row.description))
    _write(session, (Rank.SERIES, Rank.SERIES_DESCRIPTION), series_ids, entries)


def index_classes(session: Session, class_ids: Sequence[int]) -> None:
    """Bring the entries and facets of these classes up to date, but for the entries of their captions."""
    if not class_ids:
        return
    session.flush()
    which = {"ids": json.dumps(sorted(class_ids))}
    contents = _read_contents(session, which)
    rows = session.execute(_CLASSES, which).all()
    entries = {id_: words for row in rows for id_, words in _entries(row, contents[row.id])}
    _write(session, (Rank.TITLE, Rank.PHASE, Rank.THINGS, Rank.EVERYTHING), class_ids, entries)
    _write_facets(session, rows, contents)


def index_cues(session: Session, class_ids: Collection[int]) -> None:
    """Bring the entries of the captions of these classes up to date."""
    said: dict[int, list[str]] = defaultdict(list)
    for class_id, words in session.execute(_CUES, {"ids": json.dumps(sorted(class_ids))}):
        said[class_id].append(as_text(words))
    entries = {
        row_id(Rank.CAPTION, class_id, begin // BLOCK): _once(_folded(" ".join(texts[begin : begin + BLOCK + 1])))
        for class_id, texts in said.items()
        for begin in range(0, len(texts), BLOCK)
    }
    _write(session, (Rank.CAPTION,), class_ids, entries)


@dataclass
class _Contents:
    """What the index wants to know of a class beside its own row."""

    phases: list[tuple[str, str]] = field(default_factory=list)
    """Kind and words of each."""
    props: list[str] = field(default_factory=list)
    needs: set[str] = field(default_factory=set)
    focus: list[str] = field(default_factory=list)


def _read_contents(session: Session, which: Mapping[str, str]) -> dict[int, _Contents]:
    contents: dict[int, _Contents] = defaultdict(_Contents)
    for class_id, kind, title in session.execute(_PHASES, which):
        contents[class_id].phases.append((kind, _phase_words(kind, as_text(title))))
    for class_id, stored, optional in session.execute(_PROPS, which):
        prop = as_text(stored)
        contents[class_id].props.append(prop)
        if not optional:
            contents[class_id].needs.add(prop)
    for class_id, area in session.execute(_FOCUS, which):
        contents[class_id].focus.append(as_text(area))
    return contents


def _entries(row: Any, contents: _Contents) -> Iterator[tuple[int, str]]:
    phases = [words for _kind, words in contents.phases[:MOST_PLACES]]
    title, things = _folded(as_text(row.title)), _folded(" ".join((*contents.props, *contents.focus)))
    yield row_id(Rank.TITLE, row.id), title
    for place, words in enumerate(phases):
        yield row_id(Rank.PHASE, row.id, place), words
    yield row_id(Rank.THINGS, row.id), things
    section, description = _folded(as_text(row.section or "")), _folded(as_text(row.description))
    yield row_id(Rank.EVERYTHING, row.id), _once(" ".join((title, section, things, description, *phases)))


@lru_cache(maxsize=20_000)
def _phase_words(kind: str, title: str) -> str:
    return _once(_folded(title if kind == "other" else f"{title} {kind}"))


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


def _write_facets(session: Session, rows: Sequence[Any], contents: Mapping[int, _Contents]) -> None:
    wanted = {row.id: _members(contents[row.id]) for row in rows}
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


def _members(contents: _Contents) -> tuple[str, str, str]:
    return _set(contents.needs), _set(contents.focus), _set(kind for kind, _words in contents.phases)


def _set(words: Iterable[str]) -> str:
    return json.dumps(sorted(set(words)))


def as_text(stored: str | bytes) -> str:
    """Text as it was: what SQLite refuses as text is stored as bytes."""
    return stored.decode("utf-8", "surrogatepass") if isinstance(stored, bytes) else stored
