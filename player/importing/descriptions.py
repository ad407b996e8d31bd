# SPDX-License-Identifier: GPL-3.0-or-later
"""What the words written about a class tell: things to fetch, focus areas, phases with times, parts without.

The door to the readers of descriptions. Pure; a reader may be used from any thread.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from player.domain.models import Phase, Source
from player.domain.timeline import tidy_phases
from player.domain.vocabulary import Vocabulary
from player.importing.descriptions_focus import FocusReader, FocusSaid
from player.importing.descriptions_outline import Part, outline_of
from player.importing.descriptions_props import PropReader, PropsSaid
from player.importing.descriptions_times import list_of_times, within
from player.importing.sidecars.marks import phases_of


@dataclass
class DescriptionReader:
    """Reads what is written about classes with the words of one vocabulary; make one for many classes."""

    words: Vocabulary
    _props: PropReader = field(init=False)
    _focus: FocusReader = field(init=False)

    def __post_init__(self) -> None:
        self._props = PropReader(self.words)
        self._focus = FocusReader(self.words)

    def props(self, title: str, description: str) -> PropsSaid:
        """The things that a class asks for."""
        return self._props.read(title, description)

    def focus(self, title: str, description: str) -> FocusSaid:
        """What a class is about."""
        return self._focus.read(title, description)

    def phases(self, description: str, duration_ms: int) -> tuple[Phase, ...]:
        """The phases that a list of times makes of a class, from 0 to `duration_ms`; none without such a list."""
        marks = within(list_of_times(description), duration_ms)
        return tidy_phases(phases_of(marks, self.words, Source.DESCRIPTION), duration_ms)

    def outline(self, description: str) -> tuple[Part, ...]:
        """The parts that a text names in order without times, to be offered while marking."""
        return outline_of(description, self.words)
