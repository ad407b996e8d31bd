# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads JSON chapters: of Podcasting 2.0, and as `ffprobe -show_chapters` prints them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from player.importing.sidecars.findings import (
    NOTHING,
    Beside,
    ClassFindings,
    Findings,
    NotThisFormat,
    Sidecar,
    SidecarFormat,
    UnusableSidecar,
    of_class,
)
from player.importing.sidecars.json_text import read_object
from player.importing.sidecars.marks import Mark, clock_ms, mark_at, phases_of
from player.importing.sidecars.matching import CHAPTER_WORDS, words_between

NO_CHAPTERS = "The file holds no chapter with a time that can be used. Write it again or remove it."


def _read(sidecar: Sidecar, beside: Beside) -> Findings:
    says_chapters = not CHAPTER_WORDS.isdisjoint(words_between("." + sidecar.path.name.casefold()))
    match = beside.owners(sidecar.path)
    if (match is None or not match.is_plain) and not says_chapters:
        return NOTHING
    try:
        chapters = read_object(sidecar).get("chapters")
    except UnusableSidecar:
        if says_chapters:
            raise
        raise NotThisFormat from None  # any program may keep its own .json beside a video
    items = [item for item in chapters if isinstance(item, dict)] if isinstance(chapters, list) else []
    marks = [mark for item in items if item.get("toc") is not False and (mark := _mark(item)) is not None]
    if not marks:
        if says_chapters:
            raise UnusableSidecar(NO_CHAPTERS)
        raise NotThisFormat
    if match is None or not match.is_plain:
        return NOTHING
    return of_class(match, ClassFindings(phases=phases_of(marks, beside.vocabulary)), chapters=True)


def _mark(item: Mapping[str, Any]) -> Mark | None:
    start = item.get("startTime", item.get("start_time"))
    tags = item.get("tags")
    title = item.get("title") or (tags.get("title") if isinstance(tags, dict) else None)
    return mark_at(_start_ms(start), title)


def _start_ms(start: object) -> float | None:
    """Seconds as a number or as text; some write a clock."""
    if isinstance(start, bool):
        return None
    if isinstance(start, str):
        clock = clock_ms(start)
        if clock is not None:
            return clock
        try:
            return float(start[:40]) * 1000
        except ValueError:
            return None
    if isinstance(start, int) and abs(start) > 10**9:
        return None
    return start * 1000 if isinstance(start, (int, float)) else None


PODCAST_CHAPTERS = SidecarFormat("JSON chapters", lambda name: name.endswith(".json"), _read)
