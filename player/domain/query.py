# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person looks for in the library, and what is found. Pure values; any thread."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from player.domain.models import ClassId, PhaseKind, SeriesId


@dataclass(frozen=True, slots=True)
class Query:
    """Words to find and filters to meet; those that are left at their defaults ask for nothing.

    `minutes_at_most` is the time I have, compared with lengths as lists show them (20 min is up to 20:30).
    `props` are the props I have: a class fits if everything it needs is among them (what is optional does not
    count); None asks nothing, an empty set means that I have none. `focus`: one of these areas. `kinds`: phases
    of all these kinds.
    """

    text: str = ""
    minutes_at_most: int | None = None
    props: frozenset[str] | None = None
    focus: frozenset[str] = frozenset()
    kinds: frozenset[PhaseKind] = frozenset()
    not_done: bool = False

    @property
    def has_filters(self) -> bool:
        asked = self.minutes_at_most is not None or self.props is not None
        return asked or bool(self.focus) or bool(self.kinds) or self.not_done


class HitKind(StrEnum):
    """What was found (stable: `search --json` shows these words)."""

    SERIES = "series"
    CLASS = "class"
    PHASE = "phase"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `title` is the title of the series or class, `text` what was found in it: a phase, its
    props and focus areas, a part of the description; "" where the title itself was found. `class_id` is None for a
    series. `start_ms` is where in the class it is, 0 where it is about the class as a whole."""

    kind: HitKind
    series_id: SeriesId
    series_title: str
    class_id: ClassId | None
    title: str
    text: str
    start_ms: int
