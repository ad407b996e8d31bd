# SPDX-License-Identifier: GPL-3.0-or-later
"""Several rows of classes in one folder: "Week 1 Day 1 … Week 2 Day 1", or two series that each count from 1.
Knows only texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from player.domain.vocabulary import fold
from player.importing.name_text import SEPARATORS, clean_all, trim
from player.importing.name_words import CONTAINER_WORDS, ITEM_WORDS, LEVEL_WORDS, is_introduction, is_special
from player.importing.numbers import (
    BEFORE_DASH,
    BRACKET,
    CONTAINER,
    DASH,
    LEAD,
    ROMAN_LAST,
    SEASON_EPISODE,
    SHORT,
    TRAIL,
    Candidate,
    candidates,
)

_MOST = 0.8
_ENOUGH = 0.6
_NEARLY_UNIQUE = 0.8
_FEWEST = 4
_SLOTS = ("word:class", "word:day", "word:part", SHORT, DASH, BEFORE_DASH, TRAIL, BRACKET, ROMAN_LAST)
_ITEM = re.compile("|".join((*ITEM_WORDS.values(), CONTAINER_WORDS, LEVEL_WORDS)), re.IGNORECASE)
_LETTERS = {"s": "Season", "m": "Module", "w": "Week", "u": "Unit"}
_NOTHING = re.compile(r"[\W_]*")


def runs_of(stems: Sequence[str], series_title: str = "") -> list[str | None]:
    """For each name of one folder the title of the row it belongs to; all None if there is only one row."""
    alone: list[str | None] = [None] * len(stems)
    if len(stems) < _FEWEST:
        return alone
    texts = clean_all(stems)
    numbers = [candidates(text) for text in texts]
    return _containers(texts, numbers) or _prefixes(texts, numbers, fold(series_title)) or alone


def _containers(texts: Sequence[str], numbers: Sequence[Mapping[str, Candidate]]) -> list[str | None] | None:
    """Rows by "Week 2" or the season of S02E03 in the names themselves."""
    found = [_container(text, one) for text, one in zip(texts, numbers, strict=True)]
    keys = [item[0] if item else None for item in found]
    counts = Counter(key for key in keys if key is not None)
    named = sum(counts.values())
    if len(counts) < 2 or named < _ENOUGH * len(texts) or named < 2 * len(counts):
        return None
    pairs = {(key, _inner(one)) for key, one in zip(keys, numbers, strict=True) if key is not None}
    if len(pairs) < _NEARLY_UNIQUE * named:
        return None
    titles: dict[int, str] = {}
    for item in found:
        if item is not None:
            titles.setdefault(*item)
    return [_left_over(text) if key is None else titles[key] for text, key in zip(texts, keys, strict=True)]


def _container(text: str, numbers: Mapping[str, Candidate]) -> tuple[int, str] | None:
    """(number, title) of what a name says it lies in; only where a number of its own stands beside."""
    one = numbers.get(CONTAINER)
    if one is not None and _inner(numbers) is not None:
        return one.value, trim(text[one.start : one.end])
    both = numbers.get(SEASON_EPISODE)
    if both is None or not both.season or not re.match(r"[smwu]\d", text[both.start : both.end], re.IGNORECASE):
        return None
    return both.season, f"{_LETTERS[text[both.start].lower()]} {both.season}"


def _inner(numbers: Mapping[str, Candidate]) -> tuple[str, int] | None:
    container = numbers.get(CONTAINER)
    for slot in (SEASON_EPISODE, "word:day", "word:class", "word:part", SHORT, DASH, LEAD, TRAIL, BRACKET):
        one = numbers.get(slot)
        if one is not None and (container is None or one.end <= container.start or one.start >= container.end):
            return slot, one.value
    return None


def _left_over(text: str) -> str | None:
    """Where a name without a row goes: extras behind the rows, all else before them."""
    return "Bonus" if is_special(text) else None


def _prefixes(texts: Sequence[str], numbers: Sequence[Mapping[str, Candidate]], series: str) -> list[str | None] | None:
    """Rows by the words before the number, if the numbers alone would meet each other."""
    if _numbered_as_one(texts, numbers):
        return None
    best: list[str | None] | None = None
    most = 0
    for slot in _SLOTS:
        chosen = [one.get(slot) for one in numbers]
        heads = [_head(text, one, all_) for text, one, all_ in zip(texts, chosen, numbers, strict=True)]
        rows = Counter(fold(head) for head in heads if head)
        kept = {head for head, count in rows.items() if count >= 2}
        inside = [head is not None and fold(head) in kept for head in heads]
        pairs = [
            (fold(head), one.value)
            for head, one, yes in zip(heads, chosen, inside, strict=True)
            if yes and head and one
        ]
        values = {value for _head_, value in pairs}
        collide = len(values) < _NEARLY_UNIQUE * len(pairs)
        if len(kept) < 2 or len(pairs) < _ENOUGH * len(texts) or not collide or len(pairs) <= most:
            continue
        if len(set(pairs)) < _NEARLY_UNIQUE * len(pairs):
            continue
        first = {fold(head): head for head in reversed([head for head in heads if head])}
        best = [
            first[fold(head)] if yes and head and fold(head) != series else None
            for head, yes in zip(heads, inside, strict=True)
        ]
        most = len(pairs)
    return best


def _numbered_as_one(texts: Sequence[str], numbers: Sequence[Mapping[str, Candidate]]) -> bool:
    """Whether a leading number or an S01E01 tells all names apart, so that they are one row."""
    for slot in (LEAD, SEASON_EPISODE):
        found = [(one[slot].season, one[slot].value) for one in numbers if slot in one]
        if len(found) >= _MOST * len(texts) and len(set(found)) >= _NEARLY_UNIQUE * len(found):
            return True
    return False


def _head(text: str, one: Candidate | None, numbers: Mapping[str, Candidate]) -> str | None:
    """The words before a number, without the word that announces it."""
    if one is None or _NOTHING.fullmatch(text[: one.start]):
        return None
    if any(other.start < one.start < other.end for slot, other in numbers.items() if slot.startswith("word:")):
        return None
    head = trim(text[: one.start].rstrip(SEPARATORS + "([#"))
    if not head or _ITEM.fullmatch(head) or is_introduction(head, loosely=False):
        return None
    halves = one.slot == "word:part" and any(
        other.end <= one.start for slot in ("word:class", "word:day", LEAD) if (other := numbers.get(slot))
    )
    return None if halves else head
