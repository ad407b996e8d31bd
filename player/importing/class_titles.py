# SPDX-License-Identifier: GPL-3.0-or-later
"""Titles of classes: the name without its number, without the names of series and section, without what all
names of a folder share. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from player.domain.vocabulary import fold
from player.importing.name_dates import find_date
from player.importing.name_text import SEPARATORS, trim
from player.importing.numbers import BEFORE_DASH, CONTAINER, LEVEL, SEASON_EPISODE, SHORT, Candidate, candidates

_SHARED = 0.6
_STRAYS = 0.3
_IN_MOST = 0.8
_FEWEST = 3
_PLACE_DIGITS = 3
_SEASON = re.compile(r"(?<![^\W_])s\d{1,2}(?:\s?(?:extras?|specials?))?(?![^\W_])", re.IGNORECASE)
_NUMBER_AND_WORD = re.compile(r"^[\W_]*\d+[\W_]+(?=[^\W\d_]{2,})")
_RELEASE_DATE = re.compile(r"\d{4}[. ]\d\d[. ]\d\d")
_JOINING = re.compile(
    r"for|with|to|in|of|and|on|by|from|at|für|mit|zum|zur|im|von|und|para|con|y|en|de|por|pour|avec|et|du|des|per|e|di|"
    r"da|voor|met|van"
)
_ASIDE = re.compile(r"\s*[\[(]\s*(?P<what>[^\[\]()]*?)\s*[\])]$")
_OF_THE_FILE = re.compile(
    r"un(?:edited|cut|censored|rated)|edited|extended|remastered|"
    r"re-?upload(?:ed)?|director'?s cut|final(?: version)?|v\d",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s+[-–—~|]+\s+|\s*\|+\s+|:\s+|\s+/+\s+")


def titles_of(
    texts: Sequence[str], numbers: Sequence[Candidate | None], series: str, sections: Collection[str]
) -> list[str]:
    """A title for each cleaned name. `series` and `sections` are names that need not be said again."""
    known = {fold(name) for name in (series, *sections) if fold(name)}
    before = Counter(fold(text[: one.start]) for text, one in zip(texts, numbers, strict=True) if one and one.start)
    dated = Counter(fold(text[: date.start]) for text in texts if (date := find_date(text)) and date.start)
    others = sum(count for prefix, count in before.items() if prefix) - max(before.values(), default=0)
    most = _SHARED if others <= _STRAYS * len(texts) else 1
    shared = {prefix for prefix, count in (before | dated).items() if count >= 2 and count >= most * len(texts)}
    shared |= known
    alone = len(texts) == 1
    titles = [
        _title(text, one, shared, alone=alone) if one else _unnumbered(text, shared, alone=alone)
        for text, one in zip(texts, numbers, strict=True)
    ]
    titles = _without_asides(titles, numbers)
    titles = _without_common_parts(titles, texts)
    titles = [_without_known(title, known, text) for title, text in zip(titles, texts, strict=True)]
    titles = _without_common_words(_without_dates(titles))
    return [_named_part(title, one, titles) for title, one in zip(titles, numbers, strict=True)]


def _unnumbered(text: str, shared: Collection[str], *, alone: bool) -> str:
    """The name without the series' name that a date or a season parts from the rest."""
    date, season = find_date(text), _SEASON.search(text)
    if date is not None and date.start and trim(text[date.end :]):
        release = alone and _RELEASE_DATE.fullmatch(text, date.start, date.end)
        return trim(text[date.end :]) if release else text[date.start :] if fold(text[: date.start]) in shared else text
    if season is not None and season.start() and trim(text[season.end() :]):
        return trim(text[season.end() :]) if alone or fold(text[: season.start()]) in shared else text
    return text


def _title(text: str, one: Candidate, shared: Collection[str], *, alone: bool) -> str:
    """The name without its number, and without what stands before it if that is not this class's alone."""
    before, after = trim(text[: one.start]), trim(text[one.end :])
    if one.slot == LEVEL:
        return text
    if before.isdigit() and len(before) <= _PLACE_DIGITS and any(char.isalpha() for char in text[one.start : one.end]):
        before = ""  # the place in a list it was downloaded from: "05 - Class 1 - Hips"
    if (inside := _inside_brackets(text, one)) is not None:
        return inside
    if after and not before and text[one.end :].lstrip(SEPARATORS).startswith(("(", "[")) and _ASIDE.fullmatch(after):
        return text
    if fold(before) in shared and _ASIDE.fullmatch(after):
        return trim(text[one.start :])
    if not before or not after:
        if before and fold(before) in shared:
            phrase = trim(text[one.start : one.end])
            return phrase if any(char.isalpha() for char in phrase) else text
        return before or after or _NUMBER_AND_WORD.sub("", text)
    if (
        fold(before) in shared
        or _is_series_and_section(before, shared)
        or one.slot in (SEASON_EPISODE, SHORT)
        or (alone and one.slot == BEFORE_DASH)
    ):
        return after
    if text[one.start] in "[(" or text[max(0, one.start - 1)] in "[(":
        return f"{before} {after}"
    if after[0].islower() and text[one.end :].startswith(" ") and text[one.start - 1] == " ":
        return text
    if after.startswith((",", ".", "!", "?")):
        return before + after
    return f"{before} – {after}"


def _is_series_and_section(before: str, shared: Collection[str]) -> bool:
    """Whether a text is the series' name and a section's number: "Welcome to Your Body - Week 2"."""
    section = candidates(before).get(CONTAINER)
    return section is not None and section.end == len(before) and fold(before[: section.start]) in shared


def _without_asides(titles: list[str], numbers: Sequence[Candidate | None]) -> list[str]:
    """Without "(1)" that a copy bears, and words in brackets at the end that speak of the file, where no two
    classes become alike."""
    found = [_ASIDE.search(title) for title in titles]
    bases = [trim(title[: match.start()]) if match else title for title, match in zip(titles, found, strict=True)]
    whole = Counter(fold(base) for base in bases)
    copies: dict[str, set[str]] = {}
    for base, match in zip(bases, found, strict=True):
        if match and match["what"].isdigit():
            copies.setdefault(fold(base), set()).add(match["what"])
    shorter = []
    for title, base, match, one in zip(titles, bases, found, numbers, strict=True):
        what = match["what"] if match else ""
        a_copy = one is not None and what.isdigit() and len(what) <= 2 and len(copies.get(fold(base), ())) == 1
        of_file = whole[fold(base)] == 1 and (_OF_THE_FILE.fullmatch(what) is not None or _is_date(what))
        shorter.append(base if (a_copy or of_file) and any(char.isalpha() for char in base) else title)
    return shorter


def _is_date(text: str) -> bool:
    date = find_date(text)
    return date is not None and (date.start, date.end) == (0, len(text))


def _inside_brackets(text: str, one: Candidate) -> str | None:
    """The name without a number that shares its brackets with words: "Rest (Retreat day 3)"; else None."""
    head = text[: one.start]
    opened = max(head.rfind("("), head.rfind("["))
    if opened < 0 or head.find(")", opened) >= 0 or head.find("]", opened) >= 0 or not trim(head[opened + 1 :]):
        return None
    return trim(head.rstrip(SEPARATORS) + text[one.end :])


def _without_known(title: str, known: Collection[str], text: str) -> str:
    """Without the names of series and section at the head or tail."""
    for _ in range(3):
        for first in (True, False):
            part, rest = _split(title, first=first)
            if fold(part) in known and rest and any(char.isalpha() for char in rest):
                title = rest
        if not fold(title).startswith(tuple(f"{name} " for name in known)):
            break
        words = title.split()
        for length in range(len(words) - 1, 0, -1):
            head, rest = " ".join(words[:length]), trim(" ".join(words[length:]))
            if _JOINING.fullmatch(words[length]):
                continue
            if fold(head) in known and len(words) - length >= 1 and length >= 2 and rest and rest[0].isalnum():
                if title != text or len(fold(head)) > 8:
                    title = rest
                break
    return title or text


def _without_common_parts(titles: list[str], texts: Sequence[str]) -> list[str]:
    """Without a first or last part that (nearly) all titles share ("Studio | …"), as long as each keeps some."""
    if len(set(texts)) < _FEWEST:
        return titles
    for first in (True, False, True, False):
        split = [_split(title, first=first) for title in titles]
        counts = Counter(fold(part) for part, rest in split if rest)
        if not counts:
            continue
        common, count = counts.most_common(1)[0]
        whole = count == len(titles) or (count >= _IN_MOST * len(titles) and len(titles) > 4)
        if common and whole and len({fold(rest) for part, rest in split if fold(part) == common}) > 1:
            titles = [
                rest if fold(part) == common and rest else title
                for title, (part, rest) in zip(titles, split, strict=True)
            ]
    return titles


def _without_common_words(titles: list[str]) -> list[str]:
    """Without three or more words that all titles begin with, where something of its own is left of each."""
    words = [title.split() for title in titles]
    if len(titles) <= _FEWEST:
        return titles
    common = 0
    for column in zip(*words, strict=False):
        if len({fold(word) for word in column}) > 1:
            break
        common += 1
    if common < _FEWEST or any(len(title) <= common or _goes_on(title[common]) for title in words):
        return titles
    rests = [trim(" ".join(title[common:])) for title in words]
    own = len({fold(rest) for rest in rests}) == len({fold(title) for title in titles})
    return rests if own and all(any(char.isalpha() for char in rest) for rest in rests) else titles


def _goes_on(word: str) -> bool:
    """Whether a title cannot begin with this word: "for", "and", a sign, a word in small letters."""
    return _JOINING.fullmatch(word) is not None or not word[0].isalnum() or word[0].islower()


def _without_dates(titles: list[str]) -> list[str]:
    """Without a leading date if the titles are still different from each other without."""
    shorter = []
    for title in titles:
        date = find_date(title)
        rest = trim(title[date.end :]) if date is not None and date.start == 0 else ""
        shorter.append(rest if any(char.isalpha() for char in rest) else title)
    same_as_before = len({fold(title) for title in shorter}) == len({fold(title) for title in titles})
    return shorter if same_as_before else titles


def _named_part(title: str, one: Candidate | None, titles: Sequence[str]) -> str:
    """With the letter of 1b where two classes would look alike otherwise."""
    if one is None or not one.part or len(one.part) != 1 or titles.count(title) < 2:
        return title
    return f"{title} ({one.part})"


def _split(title: str, *, first: bool) -> tuple[str, str]:
    """(the first or last part, the rest); ("", title) if there is only one part."""
    matches = list(_PARTS.finditer(title))
    if not matches:
        return "", title
    match = matches[0] if first else matches[-1]
    head, tail = title[: match.start()].strip(), title[match.end() :].strip()
    return (head, trim(tail)) if first else (tail, trim(head))
