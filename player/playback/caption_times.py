# SPDX-License-Identifier: GPL-3.0-or-later
"""Which words of a caption track are said at a time. Pure; any thread."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from player.domain.captions import Cue

SHORTEST_MS = 200
"""Cues shorter than this were never meant to be so; they stay for USUAL_MS."""
USUAL_MS = 2000
MOST_AT_ONCE = 4
_LOOK_BACK = 64
"""How many cues that began before are looked at; more than a few never overlap."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words that are shown, in lines, and from when to when nothing else is."""

    text: str
    start_ms: int
    end_ms: int


class CueTimes:
    """The cues of one track, found by their time."""

    def __init__(self, cues: Iterable[Cue] = ()) -> None:
        self._cues = sorted((_long_enough(cue) for cue in cues), key=lambda cue: (cue.start_ms, cue.end_ms))
        self._starts = [cue.start_ms for cue in self._cues]

    def __len__(self) -> int:
        return len(self._cues)

    def at(self, time_ms: int) -> Said | None:
        """What is said at a time; words that overlap stand one after the other, the same words once."""
        now = self._running(time_ms)
        if not now:
            return None
        words = list(dict.fromkeys(cue.text for cue in now))[-MOST_AT_ONCE:]
        return Said("\n".join(words), max(cue.start_ms for cue in now), min(cue.end_ms for cue in now))

    def next_change_ms(self, time_ms: int) -> int | None:
        """When other words come or these go; None after the last."""
        following = bisect_right(self._starts, time_ms)
        times = [cue.end_ms for cue in self._running(time_ms)]
        if following < len(self._starts):
            times.append(self._starts[following])
        return min(times) if times else None

    def _running(self, time_ms: int) -> list[Cue]:
        following = bisect_right(self._starts, time_ms)
        return [cue for cue in self._cues[max(0, following - _LOOK_BACK) : following] if time_ms < cue.end_ms]


def _long_enough(cue: Cue) -> Cue:
    return cue if cue.end_ms - cue.start_ms >= SHORTEST_MS else Cue(cue.start_ms, cue.start_ms + USUAL_MS, cue.text)
