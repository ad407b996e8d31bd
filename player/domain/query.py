# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person looks for in the library, and what is found. Pure values; any thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from player.domain.models import ClassId, PhaseKind, SeriesId


@dataclass(frozen=True, slots=True)
class Query:
    """Words to find and filters to meet; those that are left at their defaults ask for nothing.

    `minutes_at_most` is the time I have, compared with lengths as lists show them (20 min is up to 20:30).
    `props` are the props I have: a class fits if everything it needs is among them (what is optional does not
    count); None asks nothing, an empty set means that I have none. `focus`: one of these areas. `kinds`: phases
    of all these kinds. `favourites`: only classes that are.
    """

    text: str = ""
    minutes_at_most: int | None = None
    props: frozenset[str] | None = None
    focus: frozenset[str] = frozenset()
    kinds: frozenset[PhaseKind] = frozenset()
    not_done: bool = False
    favourites: bool = False

    @property
    def has_filters(self) -> bool:
        asked = self.minutes_at_most is not None or self.props is not None
        return asked or bool(self.focus) or bool(self.kinds) or self.not_done or self.favourites

    @property
    def without_words(self) -> Query:
        """The filters alone."""
        return replace(self, text="") if self.text else self


@dataclass(frozen=True, slots=True)
class Choices:
    """What filters of a library can ask for, and how many classes there are of each (never by how many they would
    leave over). `props` are what classes need, frequent ones first, as are `focus`; `minutes` are rounded lengths,
    short ones first."""

    classes: int = 0
    props: Mapping[str, int] = field(default_factory=dict)
    focus: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[PhaseKind, int] = field(default_factory=dict)
    minutes: Mapping[int, int] = field(default_factory=dict)
    done: int = 0
    favourites: int = 0


class HitKind(StrEnum):
    """What was found (stable: `search --json` shows these words)."""

    SERIES = "series"
    CLASS = "class"
    PHASE = "phase"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `title` is the title of the series or class, `text` what was found in it: a phase, its
    props and focus areas, a part of the description, the words of captions around the hit; "" where the title itself
    was found. `class_id` is None for a series. `start_ms` is where in the class it is, 0 where it is about the class as
    a whole."""

    kind: HitKind
    series_id: SeriesId
    series_title: str
    class_id: ClassId | None
    title: str
    text: str
    start_ms: int
