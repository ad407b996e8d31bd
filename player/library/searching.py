# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers a query: what matches its words, best first, and which classes meet its filters.

Runs inside a read unit, on the thread of its caller. Writes nothing.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from player.domain.models import ClassId, SeriesId
from player.domain.query import Hit, HitKind, Query
from player.library.indexing import Rank, taken_apart
from player.library.words import asked, stem, words_of

_INDEXED_PREFIX = 4
"""Beginnings of up to so many letters have an index of their own; longer ones are spelled out into words. (Left to
itself, SQLite would gather all entries of a longer beginning before it gives the first one.)"""
_MOST_ENDINGS = 150
_HITS_OF_A_CLASS = 3
"""So many phases of one class are shown, and so many captions: other classes want to be seen too."""
_CHUNK, _LARGEST_CHUNK = 64, 1024
_FEW_WORDS = 2
_LONGEST_SNIPPET = 160

_FOUND = text("SELECT rowid, words FROM search WHERE search MATCH :match AND rowid <= :last ORDER BY rowid")
_LAST = (1 << 63) - 1
_SPELLED_OUT = text("SELECT word FROM search_word WHERE word >= :low AND word < :high ORDER BY word LIMIT :most")
_NOT_REMOVED = "JOIN series ON series.id = class.series_id AND NOT series.removed"


class _Filters:
    """The filters of a query as conditions on `class`, with their values."""

    def __init__(self, session: Session, query: Query) -> None:
        self.values: dict[str, Any] = {}
        conditions = []
        if query.minutes_at_most is not None:
            conditions.append("class.duration_ms <= :longest_ms")
            self.values["longest_ms"] = min(max(query.minutes_at_most, 0), 10**9) * 60_000 + 30_000
        tests: list[tuple[str, Callable[[frozenset[str]], bool]]] = []
        if query.props is not None:
            mine = query.props
            tests.append(("needs_facet", lambda needs: needs <= mine))
        if query.focus:
            tests.append(("focus_facet", lambda focus: not query.focus.isdisjoint(focus)))
        if query.kinds:
            tests.append(("kinds_facet", lambda kinds: query.kinds <= kinds))
        facets = _facets(session) if tests else {}
        for column, fits in tests:
            conditions.append(f"class.{column} IN (SELECT value FROM json_each(:{column}))")  # noqa: S608
            self.values[column] = json.dumps([id_ for id_, members in facets.items() if fits(members)])
        if query.not_done:
            conditions.append("NOT EXISTS (SELECT 1 FROM progress WHERE class_id = class.id AND done)")
        self.where = " AND ".join(conditions) or "1"


def filtered(session: Session, query: Query, limit: int | None) -> tuple[ClassId, ...]:
    """The classes that meet the filters, by series and in playing order; the words of the query do not count."""
    filters = _Filters(session, query)
    # One text instead of a row each: there may be a hundred thousand.
    statement = text(
        "SELECT group_concat(id) FROM (SELECT class.id AS id "  # noqa: S608  own words only
        "FROM series CROSS JOIN class ON class.series_id = series.id "
        f"WHERE NOT series.removed AND {filters.where} ORDER BY series.id, class.position LIMIT :most)"
    )
    ids = session.scalar(statement, {**filters.values, "most": -1 if limit is None else limit})
    return tuple(map(ClassId, map(int, ids.split(",")))) if ids else ()


def search(session: Session, query: Query, limit: int) -> tuple[Hit, ...]:
    """The best hits for the words of the query among what meets its filters."""
    words = asked(query.text)
    if not words or limit <= 0:
        return ()
    stems = tuple(stem(word) for word in words)
    finder = _Finder(session, query, limit)
    found: dict[int, str] = {}
    exactly = " AND ".join(f'"{word}"' for word in words)
    if len(words) <= _FEW_WORDS:  # where a beginning is very frequent, the word itself must not go under
        found = finder.find(exactly)
    question = _beginnings(session, stems)
    if question is not None and not (found and question[0] == exactly):
        last = max(found) if len(found) >= limit else _LAST
        found |= finder.find(*question, last)
    whole = frozenset(words)
    best = sorted(found, key=lambda id_: (taken_apart(id_)[0], not whole <= set(found[id_].split()), id_))
    rows = _Shown(session, stems).hits(best)
    return tuple(_without_repeats(rows, limit))


def _beginnings(session: Session, stems: Sequence[str]) -> tuple[str, tuple[str, ...]] | None:
    """The question for words that begin with these stems, and the stems for which it asks too little, so that what
    it finds must be looked at; None where nothing begins so."""
    parts, rough = [], []
    for one in stems:
        asked_for = f'"{one[:_INDEXED_PREFIX]}"*'
        if len(one) > _INDEXED_PREFIX:
            span = {"low": one, "high": one + "\U0010ffff", "most": _MOST_ENDINGS + 1}
            words = session.scalars(_SPELLED_OUT, span).all()
            if not words:
                return None
            if len(words) > _MOST_ENDINGS:
                rough.append(one)
            else:
                any_of = " OR ".join(f'"{word}"' for word in words)
                asked_for = any_of if len(words) == 1 else f"({any_of})"
        parts.append(asked_for)
    return " AND ".join(parts), tuple(rough)


class _Finder:
    """Takes entries from the index in the order of their rank until there are enough."""

    def __init__(self, session: Session, query: Query, limit: int) -> None:
        self._session = session
        self._limit = limit
        filters = _Filters(session, query)
        self._values = filters.values
        self._classes = text(
            f"SELECT class.id FROM class {_NOT_REMOVED} "  # noqa: S608  own words only
            f"WHERE class.id IN (SELECT value FROM json_each(:ids)) AND {filters.where}"
        )
        self._series = text(
            "SELECT series.id FROM series WHERE series.id IN (SELECT value FROM json_each(:ids)) "  # noqa: S608
            f"AND NOT removed AND EXISTS (SELECT 1 FROM class WHERE class.series_id = series.id AND {filters.where})"
        )

    def find(self, match: str, stems: Sequence[str] = (), last: int = _LAST) -> dict[int, str]:
        """Entries up to `last` by row id, with their words, which begin with `stems`."""
        found: dict[int, str] = {}
        seen: Counter[tuple[HitKind, int]] = Counter()
        result = self._session.execute(_FOUND, {"match": match, "last": last})
        chunk = _CHUNK
        try:
            while len(found) < self._limit:
                rows = result.fetchmany(chunk)
                chunk = min(2 * chunk, _LARGEST_CHUNK)
                if not rows:
                    break
                rows = [row for row in rows if _has_beginnings(row[1], stems)] if stems else rows
                allowed = self._allowed([row[0] for row in rows])
                for id_, words in rows:
                    rank, owner, _place = taken_apart(id_)
                    key = (_kind(rank), owner)
                    if key in allowed and seen[key] < _most(key[0]):
                        seen[key] += 1
                        found[id_] = words
        finally:
            result.close()
        return found

    def _allowed(self, ids: Sequence[int]) -> set[tuple[HitKind, int]]:
        keys = {(_kind(rank), owner) for rank, owner, _place in map(taken_apart, ids)}
        series = [owner for kind, owner in keys if kind is HitKind.SERIES]
        classes = [owner for kind, owner in keys if kind is not HitKind.SERIES]
        series_there = set(self._ask(self._series, series))
        classes_there = set(self._ask(self._classes, classes))
        return {key for key in keys if key[1] in (series_there if key[0] is HitKind.SERIES else classes_there)}

    def _ask(self, statement: Any, ids: Sequence[int]) -> Sequence[int]:
        if not ids:
            return ()
        return self._session.scalars(statement, {"ids": json.dumps(ids), **self._values}).all()


def _has_beginnings(words: str, stems: Sequence[str]) -> bool:
    return all(f" {one}" in f" {words}" for one in stems)


class _Shown:
    """Entries as people see them."""

    def __init__(self, session: Session, stems: tuple[str, ...]) -> None:
        self._session = session
        self._stems = stems
        self._beginning = re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, stems))})[^\W_]*", re.IGNORECASE)

    def hits(self, ids: Sequence[int]) -> list[Hit]:
        keys = [taken_apart(id_) for id_ in ids]
        series_ids = [owner for rank, owner, _place in keys if _kind(rank) is HitKind.SERIES]
        class_ids = [owner for rank, owner, _place in keys if _kind(rank) is not HitKind.SERIES]
        self._series = self._by_id(
            "SELECT id, title, description FROM series WHERE id IN (SELECT value FROM json_each(:ids))", series_ids
        )
        self._classes = self._by_id(
            "SELECT class.id, class.title, class.description, series.id, series.title, section.title "
            "FROM class JOIN series ON series.id = class.series_id "
            "LEFT JOIN section ON section.id = class.section_id "
            "WHERE class.id IN (SELECT value FROM json_each(:ids))",
            class_ids,
        )
        self._things = self._lists(
            "SELECT class_id, prop FROM prop WHERE class_id IN (SELECT value FROM json_each(:ids)) "
            "UNION ALL SELECT class_id, focus FROM focus WHERE class_id IN (SELECT value FROM json_each(:ids))",
            [owner for rank, owner, _place in keys if rank in (Rank.THINGS, Rank.EVERYTHING)],
        )
        self._phases = self._lists(
            "SELECT class_id, title, start_ms, position FROM phase "
            "WHERE class_id IN (SELECT value FROM json_each(:ids)) ORDER BY class_id, position",
            [owner for rank, owner, _place in keys if rank in (Rank.PHASE, Rank.EVERYTHING)],
        )
        return [self._hit(*key) for key in keys]

    def _hit(self, rank: Rank, owner: int, place: int) -> Hit:
        if _kind(rank) is HitKind.SERIES:
            _id, title, description = self._series[owner]
            told = self._snippet(_text(description)) if rank is Rank.SERIES_DESCRIPTION else ""
            return Hit(HitKind.SERIES, SeriesId(owner), _text(title), None, _text(title), told, 0)
        _id, title, description, series_id, series_title, section = self._classes[owner]
        told, start_ms = "", 0
        if rank is Rank.PHASE:
            _class, name, start_ms, _place = self._phases[owner][place]
            told = _text(name)
        elif rank is Rank.THINGS:
            told = ", ".join(_text(row[1]) for row in self._things[owner])
        elif rank is Rank.EVERYTHING:
            others = [_text(section or ""), *(_text(row[1]) for row in self._things.get(owner, ()))]
            others += [_text(row[1]) for row in self._phases.get(owner, ())]
            told = self._snippet(_text(description)) or self._snippet(", ".join(other for other in others if other))
        return Hit(_kind(rank), SeriesId(series_id), _text(series_title), ClassId(owner), _text(title), told, start_ms)

    def _snippet(self, whole: str) -> str:
        """The part of a text around the first word that was asked for; "" where none is in it."""
        plain = " ".join(whole[:20_000].split())
        match = self._first_word(plain)
        if match is None:
            return ""
        begin = max(0, match.start() - _LONGEST_SNIPPET // 3)
        begin = plain.rfind(" ", 0, begin) + 1 if begin else 0
        end = begin + _LONGEST_SNIPPET
        if end < len(plain):
            end = max(plain.rfind(" ", begin, end), match.end())
        return ("… " if begin else "") + plain[begin:end] + (" …" if end < len(plain) else "")

    def _first_word(self, plain: str) -> re.Match[str] | None:
        if plain.isascii():  # far quicker, and most texts are
            return self._beginning.search(plain)
        words = re.finditer(r"\w+", plain)
        return next((one for one in words if any(word.startswith(self._stems) for word in words_of(one.group()))), None)

    def _by_id(self, statement: str, ids: Sequence[int]) -> dict[int, Any]:
        return {owner: rows[0] for owner, rows in self._lists(statement, ids).items()}

    def _lists(self, statement: str, ids: Sequence[int]) -> dict[int, list[Any]]:
        lists: dict[int, list[Any]] = {}
        if ids:
            for row in self._session.execute(text(statement), {"ids": json.dumps(sorted(set(ids)))}):
                lists.setdefault(row[0], []).append(row)
        return lists


def _without_repeats(hits: Sequence[Hit], limit: int) -> Iterator[Hit]:
    """At most so many hits of each kind in one class or series: one where the class itself is the hit."""
    seen: Counter[tuple[HitKind, int, int | None]] = Counter()
    left = limit
    for hit in hits:
        key = (hit.kind, hit.series_id, hit.class_id)
        seen[key] += 1
        if left > 0 and seen[key] <= _most(hit.kind):
            left -= 1
            yield hit


def _kind(rank: Rank) -> HitKind:
    match rank:
        case Rank.SERIES | Rank.SERIES_DESCRIPTION:
            return HitKind.SERIES
        case Rank.PHASE:
            return HitKind.PHASE
        case _:
            return HitKind.CLASS


def _most(kind: HitKind) -> int:
    return 1 if kind in (HitKind.SERIES, HitKind.CLASS) else _HITS_OF_A_CLASS


def _facets(session: Session) -> dict[int, frozenset[str]]:
    rows = session.execute(text("SELECT id, members FROM facet"))
    return {row[0]: frozenset(json.loads(row[1])) for row in rows}


def _text(stored: str | bytes) -> str:
    """Text as it was: what SQLite refuses as text is stored as bytes."""
    return stored.decode("utf-8", "surrogatepass") if isinstance(stored, bytes) else stored
