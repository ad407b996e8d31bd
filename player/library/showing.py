# SPDX-License-Identifier: GPL-3.0-or-later
"""Entries of the search index as people see them: titles, the words around what was found, and where in the class
it is. Runs inside a read unit."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from player.domain.models import ClassId, SeriesId
from player.domain.query import Hit, HitKind
from player.library.indexing import BLOCK, Rank, taken_apart
from player.library.plain import as_text
from player.library.words import words_of

_LONGEST_SNIPPET = 160
_LONGEST_TEXT = 20_000
_CUES = text(
    "SELECT cue.class_id, cue.position, cue.start_ms, cue.text "
    "FROM json_each(:spans) AS span CROSS JOIN cue ON cue.class_id = json_extract(span.value, '$[0]') "
    "AND cue.position BETWEEN json_extract(span.value, '$[1]') - 1 AND json_extract(span.value, '$[1]') + :most"
)


class Shown:
    """Entries as people see them."""

    def __init__(self, session: Session, stems: tuple[str, ...]) -> None:
        self._session = session
        self._stems = stems
        self._beginning = re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, stems))})[^\W_]*", re.IGNORECASE)

    def hits(self, ids: Sequence[int]) -> list[Hit]:
        """The hits of these entries, in their order."""
        keys = [taken_apart(id_) for id_ in ids]
        series_ids = [owner for rank, owner, _place in keys if kind_of(rank) is HitKind.SERIES]
        class_ids = [owner for rank, owner, _place in keys if kind_of(rank) is not HitKind.SERIES]
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
        self._cues = self._read_cues([(owner, place) for rank, owner, place in keys if rank is Rank.CAPTION])
        return [self._hit(*key) for key in keys]

    def _hit(self, rank: Rank, owner: int, place: int) -> Hit:
        if kind_of(rank) is HitKind.SERIES:
            _id, title, description = self._series[owner]
            told = self._snippet(as_text(description)) if rank is Rank.SERIES_DESCRIPTION else ""
            return Hit(HitKind.SERIES, SeriesId(owner), as_text(title), None, as_text(title), told, 0)
        _id, title, description, series_id, series_title, section = self._classes[owner]
        told, start_ms = "", 0
        if rank is Rank.PHASE:
            _class, name, start_ms, _place = self._phases[owner][place]
            told = as_text(name)
        elif rank is Rank.THINGS:
            told = ", ".join(as_text(row[1]) for row in self._things[owner])
        elif rank is Rank.EVERYTHING:
            others = [as_text(section or ""), *(as_text(row[1]) for row in self._things.get(owner, ()))]
            others += [as_text(row[1]) for row in self._phases.get(owner, ())]
            told = self._snippet(as_text(description)) or self._snippet(", ".join(other for other in others if other))
        elif rank is Rank.CAPTION:
            told, start_ms = self._said(owner, place)
        return Hit(
            kind_of(rank), SeriesId(series_id), as_text(series_title), ClassId(owner), as_text(title), told, start_ms
        )

    def _said(self, owner: int, place: int) -> tuple[str, int]:
        """The words around a hit in captions, and when the first of them that was asked for is said."""
        begin, end = place * BLOCK, place * BLOCK + BLOCK
        texts = {position: (start, said) for position, start, said in self._cues.get((owner, place), ())}
        has: dict[int, frozenset[str]] = {}
        best, most = begin, (-1, -1)
        for position in range(begin, end + 1):
            for near in (position, position + 1):
                if near not in has:
                    has[near] = self._stems_in(texts[near][1]) if near in texts else frozenset()
            here = has[position]
            worth = (len(here | has[position + 1]) if here else 0, len(here))
            if position in texts and worth > most:
                best, most = position, worth
            if worth[1] == len(self._stems):  # it cannot get better
                break
        if best not in texts:
            return "", 0
        around = " ".join(texts[near][1] for near in (best - 1, best, best + 1) if near in texts)
        before = len(" ".join(texts[best - 1][1].split())) + 1 if best - 1 in texts else 0
        return self._snippet(around, before), texts[best][0]

    def _stems_in(self, said: str) -> frozenset[str]:
        if said.isascii():  # far quicker, and most captions are
            if self._beginning.search(said) is None:
                return frozenset()
            if len(self._stems) == 1:
                return frozenset(self._stems)
        words = words_of(said)
        return frozenset(one for one in self._stems if any(word.startswith(one) for word in words))

    def _read_cues(self, blocks: Sequence[tuple[int, int]]) -> dict[tuple[int, int], list[tuple[int, int, str]]]:
        """(position, start_ms, text) of the captions of each block, with one before and two after."""
        if not blocks:
            return {}
        spans = json.dumps([(owner, place * BLOCK) for owner, place in blocks])
        rows = self._session.execute(_CUES, {"spans": spans, "most": BLOCK + 1}).all()
        by_class: dict[int, dict[int, tuple[int, int, str]]] = {}
        for class_id, position, start_ms, said in rows:
            by_class.setdefault(class_id, {})[position] = (position, start_ms, as_text(said))
        found = {}
        for owner, place in blocks:
            near = range(place * BLOCK - 1, place * BLOCK + BLOCK + 2)
            mine = by_class.get(owner, {})
            found[owner, place] = [mine[position] for position in near if position in mine]
        return found

    def _snippet(self, whole: str, not_before: int = 0) -> str:
        """The part of a text around the first word that was asked for; "" where none is in it."""
        plain = " ".join(whole[:_LONGEST_TEXT].split())
        match = self._first_word(plain, not_before)
        if match is None:
            return ""
        begin = max(0, match.start() - _LONGEST_SNIPPET // 3)
        begin = plain.rfind(" ", 0, begin) + 1 if begin else 0
        end = begin + _LONGEST_SNIPPET
        if end < len(plain):
            end = max(plain.rfind(" ", begin, end), match.end())
        return ("… " if begin else "") + plain[begin:end] + (" …" if end < len(plain) else "")

    def _first_word(self, plain: str, begin: int) -> re.Match[str] | None:
        if plain.isascii():  # far quicker, and most texts are
            return self._beginning.search(plain, begin)
        words = re.compile(r"\w+").finditer(plain, begin)
        return next((one for one in words if any(word.startswith(self._stems) for word in words_of(one.group()))), None)

    def _by_id(self, statement: str, ids: Sequence[int]) -> dict[int, Any]:
        return {owner: rows[0] for owner, rows in self._lists(statement, ids).items()}

    def _lists(self, statement: str, ids: Sequence[int]) -> dict[int, list[Any]]:
        lists: dict[int, list[Any]] = {}
        if ids:
            for row in self._session.execute(text(statement), {"ids": json.dumps(sorted(set(ids)))}):
                lists.setdefault(row[0], []).append(row)
        return lists


def kind_of(rank: Rank) -> HitKind:
    """What an entry of a rank is shown as."""
    return _KINDS[rank]


_KINDS = {
    Rank.SERIES: HitKind.SERIES,
    Rank.SERIES_DESCRIPTION: HitKind.SERIES,
    Rank.TITLE: HitKind.CLASS,
    Rank.PHASE: HitKind.PHASE,
    Rank.THINGS: HitKind.CLASS,
    Rank.EVERYTHING: HitKind.CLASS,
    Rank.CAPTION: HitKind.CAPTION,
}
