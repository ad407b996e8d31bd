# SPDX-License-Identifier: GPL-3.0-or-later
"""Which of the numbers in a folder's names is the class's: the column that is nearly unique and without wide
gaps. A number that is the same in all names belongs to the series. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from player.domain.vocabulary import fold
from player.importing.numbers import (
    BRACKET,
    CONTAINER,
    LEAD,
    LETTER,
    LEVEL,
    MIDDLE,
    ROMAN_FIRST,
    ROMAN_LAST,
    SEASON_EPISODE,
    Candidate,
)

Numbers = Mapping[str, Candidate]

_NEARLY_UNIQUE = 0.8
_OFTEN = 0.5
_MORE_OFTEN = 0.6
_ALMOST_ALWAYS = 0.8
_STRONG = 80
_STRONG_ALONE = 40
_SURE_PLACE = 48
_DENSE = 0.34
_PART = "word:part"
_ABOVE = ("word:day", CONTAINER, _PART, "word:class", LEAD)
_DIGITS = re.compile(r"\d+")
_SAME_STEM = (MIDDLE, ROMAN_LAST)


@dataclass(frozen=True, slots=True)
class Row:
    """One name of a folder: its cleaned text, the numbers in it, and what it lies in (numbers may begin anew
    in each)."""

    text: str
    numbers: Numbers
    folder: object = None


@dataclass(frozen=True, slots=True)
class Column:
    """Where a folder's names bear their number: a slot, with the slot above it ("Day 2" in "Day 2 Session 1")
    or below it ("Part 1" in "Class 3 Part 1") if only both together tell the names apart."""

    slot: str
    above: str | None = None
    below: str | None = None

    def of(self, row: Row) -> Candidate | None:
        """The number of a name, or None if it has none here."""
        candidate = row.numbers.get(self.slot)
        if candidate is None:
            return None
        if self.above and (above := row.numbers.get(self.above)):
            candidate = replace(candidate, season=above.value)
        if self.below and (below := row.numbers.get(self.below)) and below.start >= candidate.end:
            candidate = replace(candidate, part=f"{below.value:03d}")
        return candidate


def best_column(rows: Sequence[Row]) -> Column | None:
    """The column whose numbers tell the classes of a folder apart; None if none does."""
    different = list({(row.text, row.folder): row for row in rows}.values())
    if len(different) < 2:
        return None
    slots = sorted({slot for row in different for slot in row.numbers})
    scored = [(_score(Column(slot), different), Column(slot)) for slot in slots if slot != LEVEL]
    best = max(scored, key=lambda item: item[0], default=(0.0, None))
    if best[0] < _STRONG:
        scored += [(_score(column, different) - 5, column) for column in _in_pairs(slots)]
        best = max(scored, key=lambda item: item[0], default=(0.0, None))
    if best[0] > 0:
        return best[1]
    return _levels(different)


def choose(rows: Sequence[Row], column: Column | None) -> list[Candidate | None]:
    """The number of each name: from the folder's column, else from a place that is sure by itself and does not
    take another's number."""
    chosen = [column.of(row) if column else None for row in rows]
    chosen = _without_strays(rows, chosen)
    taken = {(row.folder, one.value) for row, one in zip(rows, chosen, strict=True) if one}
    constants = _constants(rows)
    nearly_all = column is not None and sum(one is not None for one in chosen) >= _ALMOST_ALWAYS * len(rows)
    for index, row in enumerate(rows):
        if chosen[index] is None:
            sure = _by_itself(row, column, constants, alone=len(rows) == 1)
            if sure is not None and not (nearly_all and (row.folder, sure.value) in taken):
                chosen[index] = sure
    return [_joined(row, one) if one else None for row, one in zip(rows, chosen, strict=True)]


def _joined(row: Row, one: Candidate) -> Candidate:
    """With the same number said twice in a row ("1 - Lesson 1 Sit") taken as one."""
    for slot, other in row.numbers.items():
        if other.value != one.value or other.part != one.part or not (slot == LEAD) ^ (one.slot == LEAD):
            continue
        if slot in (_PART, LEVEL) or slot.startswith(MIDDLE):
            continue
        first, second = sorted((one, other), key=lambda candidate: candidate.start)
        if first.end <= second.start and not any(char.isalnum() for char in row.text[first.end : second.start]):
            one = replace(one, start=first.start, end=second.end)
    return one


def _in_pairs(slots: Iterable[str]) -> Iterable[Column]:
    present = set(slots)
    for slot in sorted(present):
        if slot.startswith(MIDDLE) or slot in (LEVEL, SEASON_EPISODE):
            continue
        if slot not in (_PART, CONTAINER) and _PART in present:
            yield Column(slot, below=_PART)
        for above in _ABOVE:
            if above in present and above != slot and (above, slot) != (LEAD, _PART):
                yield Column(slot, above=above)


def _score(column: Column, rows: Sequence[Row]) -> float:
    """How well a column numbers the rows; 0 if it does not."""
    found = [(row, candidate) for row in rows if (candidate := column.of(row)) is not None]
    if not found:
        return 0.0
    keys = {(row.folder, one.season, one.value, one.part) for row, one in found}
    coverage, distinct = len(found) / len(rows), len(keys) / len(found)
    if coverage < _OFTEN or distinct < _NEARLY_UNIQUE:
        return 0.0
    if column.above and any(
        row.numbers[column.above].start > one.start for row, one in found if column.above in row.numbers
    ):
        return 0.0
    strength = max(one.strength for _row, one in found)
    if strength < _SURE_PLACE and coverage < _MORE_OFTEN:
        return 0.0
    if column.slot != SEASON_EPISODE and not column.below and all(len(one.part) > 1 for _row, one in found):
        return 0.0
    if column.slot.startswith(_SAME_STEM):
        stems = {fold(row.text[: one.start]) for row, one in found}
        if coverage < _ALMOST_ALWAYS or len(rows) < 3 or len(stems) > 1:
            return 0.0
    density = _density(found)
    guess = strength < _SURE_PLACE or column.slot in (ROMAN_FIRST, BRACKET)
    begins = column.slot.startswith((LEAD, LETTER)) and min(one.value for _row, one in found) <= 1
    if guess and not begins and density < (0.01 if column.slot.startswith(_SAME_STEM) else _DENSE):
        return 0.0
    return coverage * distinct * 100 + strength / 2 + density * 8


def _density(found: Sequence[tuple[Row, Candidate]]) -> float:
    """How closely the numbers follow each other: 1 without gaps. Steps of five are lengths, not numbers."""
    runs: dict[object, set[int]] = defaultdict(set)
    for row, one in found:
        runs[(row.folder, one.season)].add(one.value)
    values = [value for run in runs.values() for value in run]
    if len(values) > 1 and all(value % 5 == 0 for value in values):
        ordered = sorted(values)
        steps = {after - one for one, after in pairwise(ordered)}
        return 1.0 if len(steps) == 1 and ordered[0] in steps and len(values) > 2 else 0.0
    spans = sum(max(run) - min(run) + 1 for run in runs.values())
    return len(values) / spans


def _levels(rows: Sequence[Row]) -> Column | None:
    """Levels number the classes only if there is nothing else: one name for each of Level 1, 2, 3."""
    values = sorted(row.numbers[LEVEL].value for row in rows if LEVEL in row.numbers)
    in_row = values == list(range(values[0], values[0] + len(rows))) if values else False
    return Column(LEVEL) if in_row and len(rows) >= 3 else None


def _without_strays(rows: Sequence[Row], chosen: Sequence[Candidate | None]) -> list[Candidate | None]:
    """Without guesses far from the sure numbers of the same column ("108 Sun salutations" among 1. to 12.)."""
    sure = [one.value for one in chosen if one and one.strength >= _SURE_PLACE]
    if not sure or len(sure) < 3:
        return list(chosen)
    written = [
        text
        for row, one in zip(rows, chosen, strict=True)
        if one
        for text in _DIGITS.findall(row.text[one.start : one.end])
    ]
    width = max((len(text) for text in written if text.startswith("0")), default=0)
    most = max(3 * max(*sure, len(chosen)), 10**width - 1 if width > 1 else 0)
    return [None if one and one.strength < _SURE_PLACE and one.value > most else one for one in chosen]


def _constants(rows: Sequence[Row]) -> frozenset[str]:
    """Slots that hold the same number in (nearly) all of several names: these belong to the series."""
    constant = set()
    for slot in {slot for row in rows for slot in row.numbers}:
        values = Counter(row.numbers[slot].value for row in rows if slot in row.numbers)
        total = sum(values.values())
        if total >= 3 and values.most_common(1)[0][1] == total and total >= _OFTEN * len(rows):
            different = {row.text for row in rows if slot in row.numbers}
            if len(different) >= 2:
                constant.add(slot)
    return frozenset(constant)


def _by_itself(row: Row, column: Column | None, constants: frozenset[str], *, alone: bool) -> Candidate | None:
    least = _STRONG_ALONE if alone else _STRONG
    unusable = constants | {LEVEL} | ({column.above} if column and column.above else set())
    usable = [candidate for slot, candidate in row.numbers.items() if slot not in unusable]
    best = max(usable, key=lambda candidate: candidate.strength, default=None)
    return best if best is not None and best.strength >= least else None
