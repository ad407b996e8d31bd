# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds the list of times in a text: `0:00 Title` or `Title 0:00`, and tells it from lengths and transcripts.

Pure. Knows nothing of phases, files or vocabularies.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from player.importing.sidecars.marks import Mark

MOST_TIMES = 500
"""More times than this are no list of phases, whatever they are."""
_LONGEST_LINE = 600
_LONGEST_TITLE = 200
_NEAR_START_MS = 90_000
_SURE_COUNT = 4
_TRANSCRIPT_COUNT = 8
_TRANSCRIPT_GAP_MS = 15_000
_SENTENCE_WORDS = 12
_SLACK_MS = 5_000
_MOST_OUTSIDE = 0.2

_CLOCK = r"(?:\d{1,2}:[0-5]\d:[0-5]\d|\d{1,3}:[0-5]\d)(?:[.,]\d{1,3})?"
_LINK = re.compile(rf"\[({_CLOCK})\]\([^()\n]{{0,300}}\)")
_OPEN, _CLOSE = r"[(\[{<]?", r"[)\]}>]?"
_STAMP = rf"{_OPEN}\s?(?P<time>{_CLOCK})(?:\s?(?:-|–|—|−|to|bis|à|->|→|~)\s?{_CLOCK})?\s?{_CLOSE}"
_NOT_A_CLOCK = r"(?!\s?(?:am|pm|a\.m|p\.m|uhr|h\b|hrs?\b|min|mins|minutes?|minuten|minutos?|sec|seconds?|%|/))"
_BULLET = r"^[\s\-–—•*·▪▸▶►●○◦✓✔➤➜→>#~|_⏱⏰⌚🕐-🕧️]*"
_LIST_NUMBER = r"(?:\d{1,3}\s?[.)]\s+|#\d{1,3}\s+)?"
_FIRST = re.compile(rf"{_BULLET}{_LIST_NUMBER}{_STAMP}{_NOT_A_CLOCK}(?P<title>.*)$", re.IGNORECASE)
_LAST = re.compile(rf"(?<![\d:])(?<!\d[.,]){_STAMP}[\s.;,]{{0,20}}$", re.IGNORECASE)
_ANY = re.compile(rf"(?<![\d:.,]){_OPEN}(?P<time>{_CLOCK}){_CLOSE}(?![\d:])")
_EDGES = " \t-–—−:|•·.,;~_=>→*#▶►⏱"
_LEAD = re.compile(r"^(?:\d{1,3}[.)]|[-•*])\s+")
_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class TimesInText:
    """A list of times as it stands, not yet held against a duration. `share_of_lines` is how much of the text
    it makes up (0 to 1); `times_last` whether the titles stand before the times."""

    marks: tuple[Mark, ...] = ()
    share_of_lines: float = 0.0
    times_last: bool = False


NO_TIMES = TimesInText()


def list_of_times(text: str) -> TimesInText:
    """The list of times in `text`, or NO_TIMES if there is none, or none that can be trusted."""
    if ":" not in text:
        return NO_TIMES
    lines = [line for line in text.split("\n") if line.strip()]
    usable = [
        _LINK.sub(r"\1", line[:_LONGEST_LINE]) for line in lines if "-->" not in line and ":" in line[:_LONGEST_LINE]
    ]
    candidates = [_marks(usable, _time_first), _marks(usable, _time_last), *map(_within_one_line, usable)]
    best = NO_TIMES
    for index, marks in enumerate(candidates):
        if len(marks) > len(best.marks) and _is_list(marks, times_last=index == 1):
            best = TimesInText(tuple(marks), min(1.0, len(marks) / len(lines)), index == 1)
    return best


def within(times: TimesInText, duration_ms: int) -> tuple[Mark, ...]:
    """The marks of a list that fits a class of `duration_ms`; empty if the list is of something else."""
    marks = times.marks
    inside = tuple(mark for mark in marks if mark.start_ms < duration_ms)
    outside = [mark for mark in marks if mark.start_ms > duration_ms + _SLACK_MS]
    if len(outside) > _MOST_OUTSIDE * len(marks) or len(inside) < 2:
        return ()
    if times.times_last and _add_up(marks, duration_ms):
        return ()
    return inside


def time_ms(text: str) -> int:
    """Milliseconds of a clock that `_CLOCK` has matched."""
    clock, _sign, decimals = text.replace(",", ".").partition(".")
    seconds = 0
    for part in clock.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds * 1000 + int(decimals.ljust(3, "0") or 0)


def _time_first(line: str) -> Mark | None:
    match = _FIRST.match(line)
    return _mark(match["time"], match["title"]) if match else None


def _time_last(line: str) -> Mark | None:
    match = _LAST.search(line)
    return _mark(match["time"], line[: match.start()]) if match else None


def _mark(time: str, text: str) -> Mark | None:
    title = " ".join(text.split()).strip(_EDGES)
    if title[:1] in (")", "]", "}") or title[-1:] in ("(", "[", "{"):
        title = title.strip("()[]{}" + _EDGES)
    title = _LEAD.sub("", title)
    return Mark(time_ms(time), title[:_LONGEST_TITLE]) if _LETTER.search(title) else None


def _marks(lines: Sequence[str], read: Callable[[str], Mark | None]) -> list[Mark]:
    marks = [read(line) for line in lines]
    return [mark for mark in marks if mark is not None][: MOST_TIMES + 1]


def _within_one_line(line: str) -> list[Mark]:
    """A list whose line ends were lost: at least three times in one line, the titles between them."""
    stamps = list(_ANY.finditer(line))
    if len(stamps) < 3:
        return []
    lead = line[: stamps[0].start()].strip(_EDGES)
    titles_first = bool(lead) and not line[stamps[-1].end() :].strip(_EDGES + "()[]")
    marks = []
    for index, stamp in enumerate(stamps):
        if titles_first:
            title = line[stamps[index - 1].end() if index else 0 : stamp.start()]
        else:
            title = line[stamp.end() : stamps[index + 1].start() if index + 1 < len(stamps) else len(line)]
        title = " ".join(title.split()).strip(_EDGES)
        if _LETTER.search(title):
            marks.append(Mark(time_ms(stamp["time"]), title[:_LONGEST_TITLE]))
    return marks


def _is_list(marks: Sequence[Mark], *, times_last: bool) -> bool:
    """Whether the times can be the beginnings of parts: two or more, each later than the one before, the
    first near the start, and neither a transcript nor lengths."""
    if not 2 <= len(marks) <= MOST_TIMES:
        return False
    starts = [mark.start_ms for mark in marks]
    gaps = [later - earlier for earlier, later in pairwise(starts)]
    if min(gaps) <= 0:
        return False
    if starts[0] > _NEAR_START_MS and (times_last or len(marks) < _SURE_COUNT):
        return False
    return not _is_transcript(marks, gaps)


def _is_transcript(marks: Sequence[Mark], gaps: Sequence[int]) -> bool:
    """Speech has a time every few seconds, or whole sentences where titles would be."""
    if len(marks) < _TRANSCRIPT_COUNT:
        return False
    words = median(len(mark.title.split()) for mark in marks)
    return median(gaps) < _TRANSCRIPT_GAP_MS or words > _SENTENCE_WORDS


def _add_up(marks: Sequence[Mark], duration_ms: int) -> bool:
    """Whether the times are lengths that together make the class."""
    total = sum(mark.start_ms for mark in marks)
    return marks[0].start_ms > 0 and abs(total - duration_ms) <= 0.1 * duration_ms
