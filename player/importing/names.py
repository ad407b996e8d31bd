# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers and titles of classes, read over a whole folder of names at once.

The class number is the column of numbers that is nearly unique over the folder; a number that is the same in
all names belongs to the series. Knows only texts: no files, no tags.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from player.domain.vocabulary import fold
from player.importing.name_text import SEPARATORS, clean
from player.importing.natural import NaturalKey, natural_key
from player.importing.numbers import MIDDLE, SEASON_EPISODE, SHORT, Candidate, candidates

_NEARLY_UNIQUE = 0.8
_OFTEN = 0.5
_ALMOST_ALWAYS = 0.8
_STRONG = 80
_STRONG_ALONE = 40
_AFTER_SERIES = 84
_SHARED = 0.6
_PARTS = (" - ", " – ", " — ", " | ", "| ")
_FIRST_WORDS = ("introduction", "intro", "welcome", "start here", "read me first", "einführung", "willkommen",
                "introducción", "bienvenida", "bienvenue", "introduzione", "before you begin", "trailer")  # fmt: skip


@dataclass(frozen=True, slots=True)
class ParsedName:
    """What a name says. `number` is None where it states none; `season` is a number above the class's."""

    raw: str
    title: str
    number: int | None = None
    season: int | None = None

    @property
    def order(self) -> tuple[int, int, int, NaturalKey]:
        """Playing order within a folder: numbered classes by number, introductions first, the rest after."""
        if self.number is not None:
            return (1, self.season or 0, self.number, natural_key(self.raw))
        first = fold(self.title).startswith(tuple(fold(word) for word in _FIRST_WORDS))
        return (0 if first else 2, 0, 0, natural_key(self.raw))


def parse_names(
    stems: Sequence[str], series_title: str = "", folders: Sequence[object] | None = None
) -> tuple[ParsedName, ...]:
    """What each name of one folder says, in the order given. `stems` are names without their endings.

    Names of several folders can be read together: `folders` says where each lies, and numbers may then
    begin anew in each.
    """
    texts = [clean(stem) for stem in stems]
    found = [_with_series(text, candidates(text), fold(series_title)) for text in texts]
    column = _best_column(texts, found, folders or [None] * len(texts))
    constants = _constants(found)
    chosen = [_choose(numbers, column, constants, alone=len(texts) == 1) for numbers in found]
    before = Counter(
        fold(text[: choice.start]) for text, choice in zip(texts, chosen, strict=True) if choice and choice.start
    )
    shared = {prefix for prefix, count in before.items() if count >= 2 and count >= _SHARED * len(texts)}
    shared.add(fold(series_title))
    titles = [
        text if choice is None else _title(text, choice, shared) for text, choice in zip(texts, chosen, strict=True)
    ]
    titles = _without_common_parts(titles, series_title)
    return tuple(
        ParsedName(stem, title, choice.value if choice else None, choice.season if choice else None)
        for stem, title, choice in zip(stems, titles, chosen, strict=True)
    )


def _with_series(text: str, numbers: dict[str, Candidate], series: str) -> dict[str, Candidate]:
    """A number that stands right after the series' name is as sure as one that stands first."""
    if not series:
        return numbers
    return {
        slot: replace(number, strength=max(_AFTER_SERIES, number.strength))
        if number.start and fold(text[: number.start]) == series
        else number
        for slot, number in numbers.items()
    }


def _constants(found: Sequence[dict[str, Candidate]]) -> frozenset[str]:
    """Slots that hold the same number in (nearly) all of several names: these belong to the series."""
    slots = {slot for numbers in found for slot in numbers}
    constant = set()
    for slot in slots:
        values = [numbers[slot].value for numbers in found if slot in numbers]
        if len(values) >= 3 and len(set(values)) == 1 and len(values) >= _OFTEN * len(found):
            constant.add(slot)
    return frozenset(constant)


def _best_column(texts: Sequence[str], found: Sequence[dict[str, Candidate]], folders: Sequence[object]) -> str | None:
    """The slot whose numbers tell the classes of a folder apart; None if none does."""
    if len(found) < 2:
        return None
    best, best_score = None, 0.0
    for slot in sorted({slot for numbers in found for slot in numbers}):
        column = [
            (text, numbers[slot], folder)
            for text, numbers, folder in zip(texts, found, folders, strict=True)
            if slot in numbers
        ]
        score = _score(slot, column, len(found))
        if score > best_score:
            best, best_score = slot, score
    return best


def _score(slot: str, column: Sequence[tuple[str, Candidate, object]], names: int) -> float:
    values = [(folder, candidate.season, candidate.value) for _text, candidate, folder in column]
    coverage, distinct = len(values) / names, len(set(values)) / len(values)
    if coverage < _OFTEN or distinct < _NEARLY_UNIQUE:
        return 0.0
    if slot.startswith(MIDDLE):
        stems = {fold(text[: candidate.start]) for text, candidate, _folder in column}
        if coverage < _ALMOST_ALWAYS or names < 3 or len(stems) > 1:
            return 0.0
    return coverage * distinct * 100 + max(candidate.strength for _text, candidate, _folder in column) / 2


def _choose(
    numbers: dict[str, Candidate], column: str | None, constants: frozenset[str], *, alone: bool
) -> Candidate | None:
    """The number of one name: from the folder's column, else from a place that is sure by itself."""
    if column is not None and column in numbers:
        return numbers[column]
    least = _STRONG_ALONE if alone else _STRONG
    usable = [candidate for slot, candidate in numbers.items() if slot not in constants]
    best = max(usable, key=lambda candidate: candidate.strength, default=None)
    return best if best is not None and best.strength >= least else None


def _title(text: str, choice: Candidate, shared: set[str]) -> str:
    """The name without its number, and without what stands before it if that is the series' name."""
    before = _trim(text[: choice.start])
    after = _trim(text[choice.end :])
    if not before or not after:
        if before and fold(before) in shared:
            return text
        return before or after or text
    if fold(before) in shared or choice.slot in (SEASON_EPISODE, SHORT):
        return after
    if text[choice.start] in "[(" or text[choice.start - 1] in "[(":
        return f"{before} {after}"
    return f"{before} – {after}"


def _trim(text: str) -> str:
    """Without separators at the ends and brackets that have lost their partner."""
    trimmed = text.strip(SEPARATORS)
    for opening, closing in ("()", "[]", "{}"):
        if trimmed.endswith(opening):
            trimmed = trimmed[:-1]
        if trimmed.startswith(closing):
            trimmed = trimmed[1:]
    trimmed = trimmed.strip(SEPARATORS)
    return trimmed if any(char.isalnum() for char in trimmed) else ""


def _without_common_parts(titles: list[str], series_title: str) -> list[str]:
    """Without a first or last part that all titles share ("Studio | …"), as long as each keeps some."""
    if len(titles) < 3:
        return titles
    for first in (True, False):
        split = [_split(title, first=first) for title in titles]
        parts = {fold(part) for part, _rest in split}
        if len(parts) == 1 and parts != {""} and all(rest for _part, rest in split):
            titles = [rest for _part, rest in split]
    own = fold(series_title)
    colons = [title.partition(": ") for title in titles]
    if own and all(fold(head) == own and tail.strip() for head, _colon, tail in colons):
        titles = [tail.strip() for _head, _colon, tail in colons]
    return titles


def _split(title: str, *, first: bool) -> tuple[str, str]:
    """(the first or last part, the rest); ("", title) if there is only one part."""
    for separator in _PARTS:
        if separator in title:
            head, _, tail = title.partition(separator) if first else title.rpartition(separator)
            return (head.strip(), _trim(tail)) if first else (tail.strip(), _trim(head))
    return "", title
