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

from sqlalchemy.orm import Session

from player.library import plain
from player.library.plain import as_text
from player.library.schema import ClassRow
from player.library.words import words_of

_WHOLE_BITS, _PLACE_BITS = 32, 16
MOST_PLACES = 1 << _PLACE_BITS
BLOCK = 8
"""So many captions are one entry, with the one after them: what is said runs on from caption to caption."""

_STORED = (
    "SELECT search.rowid, search.words FROM json_each(:begins) AS span CROSS JOIN search "
    "WHERE search.rowid BETWEEN span.value AND span.value + :places - 1"
)
_IDS = "(SELECT value FROM json_each(:ids))"
_CLASSES = (
    "SELECT class.id, class.title, class.description, section.title, "  # noqa: S608  own words only
    "class.needs_facet, class.focus_facet, class.kinds_facet "
    f"FROM class LEFT JOIN section ON section.id = class.section_id WHERE class.id IN {_IDS} ORDER BY class.id"
)
_PHASES = f"SELECT class_id, kind, title FROM phase WHERE class_id IN {_IDS} ORDER BY class_id, position"  # noqa: S608
_PROPS = f"SELECT class_id, prop, optional FROM prop WHERE class_id IN {_IDS} ORDER BY class_id, position"  # noqa: S608
_FOCUS = f"SELECT class_id, focus FROM focus WHERE class_id IN {_IDS} ORDER BY class_id, position"  # noqa: S608
_SERIES = f"SELECT id, title, description FROM series WHERE id IN {_IDS}"  # noqa: S608
_CUES = f"SELECT class_id, text FROM cue WHERE class_id IN {_IDS} ORDER BY class_id, position"  # noqa: S608


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
    session.flush()
    for id_, title, description in plain.read(session, _SERIES, {"ids": json.dumps(sorted(series_ids))}):
        entries[row_id(Rank.SERIES, id_)] = _folded(as_text(title))
        entries[row_id(Rank.SERIES_DESCRIPTION, id_)] = _folded(as_text(description))
    _write(session, (Rank.SERIES, Rank.SERIES_DESCRIPTION), series_ids, entries)


def index_classes(session: Session, class_ids: Sequence[int]) -> None:
    """Bring the entries and facets of these classes up to date, but for the entries of their captions."""
    if not class_ids:
        return
    session.flush()
    which = {"ids": json.dumps(sorted(class_ids))}
    contents = _read_contents(session, which)
    rows = plain.read(session, _CLASSES, which)
    entries = {id_: words for row in rows for id_, words in _entries(row, contents[row[0]])}
    _write(session, (Rank.TITLE, Rank.PHASE, Rank.THINGS, Rank.EVERYTHING), class_ids, entries)
    _write_facets(session, rows, contents)


def index_cues(session: Session, class_ids: Collection[int]) -> None:
    """Bring the entries of the captions of these classes up to date."""
    said: dict[int, list[str]] = defaultdict(list)
    for class_id, words in plain.read(session, _CUES, {"ids": json.dumps(sorted(class_ids))}):
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
    for class_id, kind, title in plain.read(session, _PHASES, which):
        contents[class_id].phases.append((kind, _phase_words(kind, as_text(title))))
    for class_id, stored, optional in plain.read(session, _PROPS, which):
        prop = as_text(stored)
        contents[class_id].props.append(prop)
        if not optional:
            contents[class_id].needs.add(prop)
    for class_id, area in plain.read(session, _FOCUS, which):
        contents[class_id].focus.append(as_text(area))
    return contents


def _entries(row: tuple[Any, ...], contents: _Contents) -> Iterator[tuple[int, str]]:
    class_id, stored_title, stored_description, section, *_facets = row
    phases = [words for _kind, words in contents.phases[:MOST_PLACES]]
    title, things = _folded(as_text(stored_title)), _folded(" ".join((*contents.props, *contents.focus)))
    yield row_id(Rank.TITLE, class_id), title
    for place, words in enumerate(phases):
        yield row_id(Rank.PHASE, class_id, place), words
    yield row_id(Rank.THINGS, class_id), things
    part, description = _folded(as_text(section or "")), _folded(as_text(stored_description))
    yield row_id(Rank.EVERYTHING, class_id), _once(" ".join((title, part, things, description, *phases)))


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
    there = dict(plain.read(session, _STORED, {"begins": begins, "places": MOST_PLACES}))
    gone = [(id_,) for id_, words in there.items() if wanted.get(id_) != words]
    new = [(id_, words) for id_, words in sorted(wanted.items()) if there.get(id_) != words]
    if gone:
        plain.write(session, "DELETE FROM search WHERE rowid = ?", gone)
    if new:
        plain.write(session, "INSERT INTO search(rowid, words) VALUES (?, ?)", new)
        words = sorted({word for _id, entry in new for word in entry.split()})
        plain.write(session, "INSERT OR IGNORE INTO search_word(word) VALUES (?)", ((word,) for word in words))


def _write_facets(session: Session, rows: Sequence[tuple[Any, ...]], contents: Mapping[int, _Contents]) -> None:
    wanted = {row[0]: _members(contents[row[0]]) for row in rows}
    members = sorted({one for of_class in wanted.values() for one in of_class})
    if not members:
        return
    plain.write(session, "INSERT OR IGNORE INTO facet(members) VALUES (?)", ((one,) for one in members))
    found = plain.read(session, f"SELECT members, id FROM facet WHERE members IN {_IDS}", {"ids": json.dumps(members)})  # noqa: S608
    ids = dict(found)
    facets = {class_id: tuple(ids[one] for one in of_class) for class_id, of_class in wanted.items()}
    changed = [(*facets[row[0]], row[0]) for row in rows if facets[row[0]] != tuple(row[4:])]
    if changed:
        put = "UPDATE class SET needs_facet = ?, focus_facet = ?, kinds_facet = ? WHERE id = ?"
        plain.write(session, put, changed)
        for row in list(session.identity_map.values()):
            if isinstance(row, ClassRow):
                session.expire(row, ["needs_facet", "focus_facet", "kinds_facet"])


def _members(contents: _Contents) -> tuple[str, str, str]:
    return _set(contents.needs), _set(contents.focus), _set(kind for kind, _words in contents.phases)


def _set(words: Iterable[str]) -> str:
    return json.dumps(sorted(set(words)))
