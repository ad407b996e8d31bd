# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers a query: what matches its words, best first, among what meets its filters.

Runs inside a read unit, on the thread of its caller. Writes nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from player.domain.query import Hit, HitKind, Query
from player.library import plain
from player.library.filters import Allowed
from player.library.indexing import MOST_PLACES, Rank, owner_of, row_id, taken_apart
from player.library.showing import Shown, kind_of
from player.library.words import asked, stem

_INDEXED_PREFIX = 4
"""Beginnings of up to so many letters have an index of their own; longer ones are spelled out into words. (Left to
itself, SQLite would gather all entries of a longer beginning before it gives the first one.)"""
_MOST_ENDINGS = 150
_HITS_OF_A_CLASS = 3
"""So many phases of one class are shown, and so many captions: other classes want to be seen too."""
_CHUNK, _LARGEST_CHUNK = 64, 1024
_FEW_WORDS = 2
_FEW_CLASSES = 1000
"""Where filters leave no more than so many classes, these are looked at instead of all that has the words."""
_FEW_CAPTIONED = 60
_MOST_ROWS, _MOST_ROWS_OF_SEVERAL = 6000, 2000
"""But first so much of what has the words is looked at: where there is plenty, the first of few are among it."""

_FOUND = "SELECT rowid FROM search WHERE search MATCH :match AND rowid BETWEEN :first AND :last ORDER BY rowid"
_FOUND_WITH_WORDS = (
    "SELECT rowid, words FROM search WHERE search MATCH :match AND rowid BETWEEN :first AND :last ORDER BY rowid"
)
_WORDS = "SELECT search.rowid, words FROM json_each(:ids) AS id CROSS JOIN search WHERE search.rowid = id.value"
_WORDS_OF_OWNERS = (
    "SELECT search.rowid, search.words FROM json_each(:begins) AS span CROSS JOIN search "
    "WHERE search.rowid BETWEEN span.value AND span.value + :places - 1"
)
_CAPTIONED = text("SELECT id FROM class WHERE id IN (SELECT value FROM json_each(:ids)) AND cues_stamp <> ''")
_SPELLED_OUT = text("SELECT word FROM search_word WHERE word >= :low AND word < :high ORDER BY word LIMIT :most")

_OF_CLASSES = (Rank.TITLE, Rank.PHASE, Rank.THINGS, Rank.EVERYTHING)
_TOGETHER: tuple[tuple[Rank, ...], ...] = (tuple(Rank),)
_APART: tuple[tuple[Rank, ...], ...] = ((Rank.SERIES,), _OF_CLASSES, (Rank.SERIES_DESCRIPTION,), (Rank.CAPTION,))
"""Ranks that are looked through together, in order: all, or where few classes are looked at one by one."""
_BY_KIND: tuple[tuple[Rank, ...], ...] = (
    (Rank.SERIES,), (Rank.SERIES_DESCRIPTION,), (Rank.TITLE,), (Rank.THINGS, Rank.EVERYTHING), (Rank.PHASE,),
    (Rank.CAPTION,),
)  # fmt: skip


def search(session: Session, query: Query, allowed: Allowed, limit: int) -> tuple[Hit, ...]:
    """The best hits for the words of the query among what is allowed."""
    finder = _Finder(session, query.text, allowed)
    best: list[int] = []
    for ranks in _APART if finder.few else _TOGETHER:
        if len(best) < limit:
            best += finder.best(ranks, limit - len(best))
    hits = Shown(session, finder.stems).hits(best)
    return tuple(_without_repeats(hits, limit))


def search_by_kind(session: Session, query: Query, allowed: Allowed, each: int) -> tuple[Hit, ...]:
    """The best hits of each kind, at most so many of each: series, classes, phases, captions."""
    finder = _Finder(session, query.text, allowed)
    best: list[int] = []
    counts: Counter[HitKind] = Counter()
    for ranks in _BY_KIND:
        kind = kind_of(ranks[0])
        if counts[kind] < each:
            # a class that was found by its title may be found by its description again
            found = finder.best(ranks, each - counts[kind] + (counts[kind] if kind is HitKind.CLASS else 0))
            counts[kind] += len(found)
            best += found
    shown = Shown(session, finder.stems).hits(best)
    return tuple(chain.from_iterable(_without_repeats([h for h in shown if h.kind is k], each) for k in HitKind))


class _TooRareError(Exception):
    """What is allowed is rare among what has the words."""


class _Question(NamedTuple):
    """Entries from `first` to `last` that match, and whose words begin with `stems`."""

    match: str
    stems: tuple[str, ...]
    first: int
    last: int


class _Finder:
    """Takes entries from the index in the order of their rank until there are enough."""

    def __init__(self, session: Session, question: str, allowed: Allowed) -> None:
        self._session = session
        self._allowed = allowed
        self._words = asked(question)
        self.stems = tuple(stem(word) for word in self._words)
        self._exactly = " AND ".join(f'"{word}"' for word in self._words)
        self._beginnings = self._spell_out() if self._words else None
        self.few = allowed.count <= _FEW_CLASSES and not allowed.everything

    def _spell_out(self) -> tuple[str, tuple[str, ...]] | None:
        """The question for words that begin with these stems, and the stems for which it asks too little, so that
        what it finds must be looked at; None where nothing begins so."""
        parts, rough = [], []
        for one in self.stems:
            asked_for = f'"{one[:_INDEXED_PREFIX]}"*'
            if len(one) > _INDEXED_PREFIX:
                span = {"low": one, "high": one + "\U0010ffff", "most": _MOST_ENDINGS + 1}
                words = self._session.scalars(_SPELLED_OUT, span).all()
                if not words:
                    return None
                if len(words) > _MOST_ENDINGS:
                    rough.append(one)
                else:
                    any_of = " OR ".join(f'"{word}"' for word in words)
                    asked_for = any_of if len(words) == 1 else f"({any_of})"
            parts.append(asked_for)
        return " AND ".join(parts), tuple(rough)

    def best(self, ranks: Sequence[Rank], limit: int) -> list[int]:
        """The best entries of ranks that follow each other; those with the whole words first in each rank."""
        if self._beginnings is None or limit <= 0 or not self._allowed.count:
            return []
        most_rows = _MOST_ROWS if len(self._words) == 1 else _MOST_ROWS_OF_SEVERAL
        is_few = self.few and kind_of(ranks[0]) is not HitKind.SERIES
        try:
            found = self._entries(ranks, limit, most_rows if is_few else None)
        except _TooRareError:
            few = self._few_entries(ranks, limit)
            if few is not None:
                return self._in_order(few)
            found = self._entries(ranks, limit, None)
        if len(found) <= 1:
            return found
        return self._in_order(dict(plain.read(self._session, _WORDS, {"ids": json.dumps(found)})))

    def _entries(self, ranks: Sequence[Rank], limit: int, most_rows: int | None) -> list[int]:
        """Raises _TooRareError."""
        first, last = row_id(ranks[0], 0), row_id(Rank(ranks[-1] + 1), 0) - 1 if ranks[-1] < Rank.CAPTION else _LAST
        found: list[int] = []
        if self._beginnings is None:
            return found
        if len(self._words) <= _FEW_WORDS:  # where a beginning is very frequent, the word itself must not go under
            found = self._find(_Question(self._exactly, (), first, last), limit, most_rows)
        match, rough = self._beginnings
        if match != self._exactly:
            end = found[-1] if len(found) >= limit else last
            found = sorted({*found, *self._find(_Question(match, rough, first, end), limit, most_rows)})
        return found

    def _in_order(self, found: dict[int, str]) -> list[int]:
        whole = frozenset(self._words)
        return sorted(found, key=lambda id_: (taken_apart(id_)[0], not whole <= set(found[id_].split()), id_))

    def _find(self, question: _Question, limit: int, most_rows: int | None) -> list[int]:
        """At most `limit` entries that are allowed. Raises _TooRareError when these are not among the first
        `most_rows`."""
        found: list[int] = []
        seen: Counter[tuple[HitKind, int]] = Counter()
        looked_at = 0
        if most_rows is not None and question.stems:  # each has to be read
            most_rows //= 8
        for ids in self._matching(question):
            looked_at += len(ids)
            for id_ in self._of_allowed(ids):
                rank, owner, _place = taken_apart(id_)
                key = (kind_of(rank), owner)
                if len(found) < limit and seen[key] < _most(key[0]):
                    seen[key] += 1
                    found.append(id_)
            if len(found) >= limit:
                break
            if most_rows is not None and looked_at > most_rows:
                raise _TooRareError
        return found

    def _matching(self, question: _Question) -> Iterator[list[int]]:
        """The entries that have the words, in order, some at a time."""
        stems, chunk = question.stems, _CHUNK
        cursor = self._session.connection().connection.cursor()  # rows as plain as they come: there may be many
        try:
            values = {"match": question.match, "first": question.first, "last": question.last}
            cursor.execute(_FOUND_WITH_WORDS if stems else _FOUND, values)
            while rows := cursor.fetchmany(chunk):
                chunk = min(2 * chunk, _LARGEST_CHUNK)
                yield [row[0] for row in rows if has_beginnings(row[1], stems)] if stems else [row[0] for row in rows]
        finally:
            cursor.close()

    def _of_allowed(self, ids: Sequence[int]) -> list[int]:
        if not ids:
            return []
        classes = self._few_ids if self.few else self._allowed.some(map(owner_of, ids))
        titles, described, captions = row_id(Rank.TITLE, 0), row_id(Rank.SERIES_DESCRIPTION, 0), row_id(Rank.CAPTION, 0)
        if titles <= ids[0] and (ids[-1] < described or captions <= ids[0]):  # no series among them
            return [id_ for id_ in ids if owner_of(id_) in classes]
        return [
            id_
            for id_ in ids
            if (
                self._allowed.has_series(owner_of(id_))
                if id_ < titles or described <= id_ < captions
                else owner_of(id_) in classes
            )
        ]

    @cached_property
    def _few_ids(self) -> frozenset[int]:
        return frozenset(self._allowed.ids())

    def _few_entries(self, ranks: Sequence[Rank], limit: int) -> dict[int, str] | None:
        """The entries of few classes, read one by one; None where looking for the words is quicker."""
        classes: Collection[int] = list(self._allowed.ids())
        if ranks[0] is Rank.CAPTION:
            classes = self._session.scalars(_CAPTIONED, {"ids": json.dumps(classes)}).all()
            if len(classes) > _FEW_CAPTIONED:
                return None
        else:
            classes = self._few_with_words
        found: dict[int, str] = {}
        seen: Counter[tuple[HitKind, int]] = Counter()
        for rank in ranks:
            begins = json.dumps([row_id(rank, owner) for owner in sorted(classes)])
            entries = self._with_beginnings(_WORDS_OF_OWNERS, {"begins": begins, "places": MOST_PLACES})
            for id_ in self._in_order(entries):
                key = (kind_of(rank), owner_of(id_))
                if len(found) < limit and seen[key] < _most(key[0]):
                    seen[key] += 1
                    found[id_] = entries[id_]
            if len(found) >= limit:
                break
        return found

    @cached_property
    def _few_with_words(self) -> list[int]:
        """Those of few classes that have all the words, wherever."""
        everything = json.dumps([row_id(Rank.EVERYTHING, one) for one in self._allowed.ids()])
        return [owner_of(id_) for id_ in self._with_beginnings(_WORDS, {"ids": everything})]

    def _with_beginnings(self, statement: str, values: dict[str, object]) -> dict[int, str]:
        rows = plain.read(self._session, statement, values)
        return {id_: words for id_, words in rows if has_beginnings(words, self.stems)}


_LAST = (1 << 63) - 1


def has_beginnings(words: str, stems: Sequence[str]) -> bool:
    """Whether each of the stems begins one of the words."""
    spaced = f" {words}"
    return all(f" {one}" in spaced for one in stems)


def _without_repeats(hits: Sequence[Hit], limit: int) -> Iterator[Hit]:
    """At most so many hits of each kind in one class or series: one where the class itself is the hit. Two entries
    may lead to the same caption."""
    seen: Counter[tuple[HitKind, int, int | None]] = Counter()
    captions: set[tuple[int | None, int]] = set()
    left = limit
    for hit in hits:
        key = (hit.kind, hit.series_id, hit.class_id)
        if hit.kind is HitKind.CAPTION:
            if (hit.class_id, hit.start_ms) in captions:
                continue
            captions.add((hit.class_id, hit.start_ms))
        seen[key] += 1
        if left > 0 and seen[key] <= _most(hit.kind):
            left -= 1
            yield hit


def _most(kind: HitKind) -> int:
    return 1 if kind in (HitKind.SERIES, HitKind.CLASS) else _HITS_OF_A_CLASS
