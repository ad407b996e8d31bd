# SPDX-License-Identifier: GPL-3.0-or-later
"""Chapters of every format on their way to phases: a start and a title, checked and in order."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from player.domain.models import Phase, Source
from player.domain.vocabulary import Vocabulary
from player.importing.sidecars.findings import UnusableSidecar, one_line

MOST_MARKS = 1_000
LATEST_MS = 7 * 24 * 3_600_000
"""No class is longer than a week."""
_UNTITLED = re.compile(r"<untitled chapter \d*>", re.IGNORECASE)
_TIME = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})(?:[.,:](\d{1,12}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mark:
    """Here a part begins. The title may be ""."""

    start_ms: int
    title: str = ""


def mark_at(start_ms: float | None, title: object) -> Mark | None:
    """A mark, or None where the time is none: negative, endless, not a number."""
    if start_ms is None or isinstance(start_ms, bool) or not isinstance(start_ms, (int, float)):
        return None
    if not math.isfinite(start_ms) or not 0 <= start_ms <= LATEST_MS:
        return None
    text = one_line(html.unescape(title)) if isinstance(title, str) else None
    return Mark(round(start_ms), "" if text is None or _UNTITLED.fullmatch(text) else text)


def clock_ms(text: str) -> int | None:
    """Milliseconds of `1:30`, `00:01:30.500000000` or `00:01:30,5`; None for anything else."""
    match = _TIME.fullmatch(text.strip())
    if match is None or int(match[3]) >= 60 or (match[1] and int(match[2]) >= 60):
        return None
    seconds = (int(match[1] or 0) * 60 + int(match[2])) * 60 + int(match[3])
    return seconds * 1000 + round(float(f"0.{match[4] or 0}") * 1000)


def phases_of(marks: Iterable[Mark], words: Vocabulary, source: Source = Source.SIDECAR) -> tuple[Phase, ...]:
    """Marks as phases yet to be put in order by `tidy_phases`.

    One untitled mark says nothing. An untitled one before titled ones only fills the time before them, as
    downloaders do. Raises UnusableSidecar for more than MOST_MARKS.
    """
    ordered = sorted(marks, key=lambda mark: mark.start_ms)
    if len(ordered) > MOST_MARKS:
        raise UnusableSidecar(f"The file lists more than {MOST_MARKS} chapters and was not used. Remove it.")
    if ordered and not ordered[0].title and (len(ordered) == 1 or all(mark.title for mark in ordered[1:])):
        ordered = ordered[1:]
    return tuple(
        Phase(words.recognise_kind(mark.title), mark.title, mark.start_ms, mark.start_ms, source) for mark in ordered
    )


def with_source(phases: Iterable[Phase], source: Source) -> tuple[Phase, ...]:
    return tuple(replace(phase, source=source) for phase in phases)
