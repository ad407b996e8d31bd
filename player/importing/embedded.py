# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tags inside a file are worth: titles that say something, numbers, descriptions, the series.

Programs write much into tags that nobody meant; such values are worse than the file's name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from player.domain.vocabulary import fold
from player.importing.markup import plain_text
from player.importing.numbers import LEAD, candidates

Tags = Mapping[str, str]

LONGEST_TITLE = 300
LONGEST_DESCRIPTION = 20_000
_JUNK = re.compile(
    r"untitled.*|unknown.*|video|movie|my movie|new (project|video|recording)|sequence \d+|timeline \d+|track ?\d+|"
    r"chapter ?\d+|encoded .*|lavf.*|handbrake.*|mainconcept.*|isom.*|.*video handler.*|vid_?\d.*|img_?\d.*|"
    r"recording.*\d{4}.*|\d+",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\bhttps?://|\bwww\.", re.IGNORECASE)
_FILE_LIKE = re.compile(r".*\.(mp4|m4v|mov|mkv|webm|avi|mpe?g|wmv|flv|mp3|m4a|wav|prproj|aep)", re.IGNORECASE)
_NUMBER_TAGS = ("episode_sort", "episode", "episode_id", "part_number", "track", "tracknumber")
_NUMBER = re.compile(r"\s*(\d{1,4})(?:\s*/\s*\d+)?\s*")


def tidy_text(text: str) -> str:
    """One line of text with a full-width colon as people write it."""
    return " ".join(text.replace("：", ": ").split())


def title_of(tags: Tags, stem: str, number: int | None, common: Sequence[str]) -> str | None:
    """The embedded title if it says more than the file's name; `common` are titles that are not this
    class's alone (the series, a title that several files bear)."""
    title = tidy_text(tags.get("title", ""))[:LONGEST_TITLE]
    folded = fold(title)
    if not folded or _JUNK.fullmatch(title) or _ADDRESS.search(title) or _FILE_LIKE.fullmatch(title):
        return None
    if folded == fold(stem) or folded in {fold(text) for text in common}:
        return None
    return without_number(title, number)


def without_number(title: str, number: int | None) -> str:
    """`title` without the class's own number in front of it."""
    lead = candidates(title).get(LEAD)
    if lead is not None and lead.value == number:
        title = title[lead.end :].lstrip(" .-–_:)]") or title
    return title


def number_of(tags: Tags) -> int | None:
    """The number that tags give the class, or None."""
    for name in _NUMBER_TAGS:
        match = _NUMBER.fullmatch(tags.get(name, ""))
        if match is not None and int(match[1]) > 0:
            return int(match[1])
    return None


def description_of(tags: Tags) -> str:
    """The longest text that describes the class; a comment only where there is nothing else."""
    texts = [tags.get(name, "") for name in ("description", "synopsis", "ldes", "summary")]
    best = max(texts, key=len).strip()
    if not best:
        comment = tags.get("comment", "").strip()
        best = "" if _ADDRESS.match(comment) or _JUNK.fullmatch(comment) else comment
    return plain_text(best, LONGEST_DESCRIPTION)


def repeated_titles(all_tags: Sequence[Tags]) -> tuple[str, ...]:
    """Titles that many files of a series bear: they name the series, or nothing."""
    counts = Counter(fold(tags.get("title", "")) for tags in all_tags)
    return tuple(title for title, count in counts.items() if title and count > 1 and count * 3 >= len(all_tags))


def series_of(all_tags: Sequence[Tags]) -> str | None:
    """The name of the show or album if all of several files agree on it."""
    for name in ("show", "album"):
        titles = {tidy_text(tags.get(name, ""))[:LONGEST_TITLE] for tags in all_tags}
        if len(all_tags) >= 2 and len(titles) == 1:
            title = titles.pop()
            if title and not _JUNK.fullmatch(title):
                return title
    return None
