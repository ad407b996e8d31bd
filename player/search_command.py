# SPDX-License-Identifier: GPL-3.0-or-later
"""What `search` on the command line finds, and how it shows it. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.domain.query import Hit, HitKind, Query
from player.domain.times import format_clock

if TYPE_CHECKING:
    from player.library import Library

CAPTIONS_AT_LEAST = 10
"""So many hits in captions are shown, if there are any, however much else was found."""


def find(library: Library, words: str) -> tuple[Hit, ...]:
    """The best hits, best first. Raises LibraryError."""
    query = Query(words)
    hits = library.search(query)
    if any(hit.kind is HitKind.CAPTION for hit in hits):
        return hits
    others = library.search_by_kind(query, CAPTIONS_AT_LEAST)  # they may have had no room
    return (*hits, *(hit for hit in others if hit.kind is HitKind.CAPTION))


def hit_line(hit: Hit) -> str:
    """A hit as a line for people."""
    if hit.class_id is None:
        return f"{hit.series_id:>5}  {hit.title}  (series)"
    at = f"{format_clock(hit.start_ms)} " if hit.kind in (HitKind.PHASE, HitKind.CAPTION) else ""
    text = f"“{hit.text}”" if hit.kind is HitKind.CAPTION else hit.text
    return f"{hit.class_id:>5}  {hit.title}  ({hit.series_title})  {at}{text}".rstrip()
