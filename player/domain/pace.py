# SPDX-License-Identifier: GPL-3.0-or-later
"""How far an import is, and how long it will still take, as far as that can be known. Pure; the clock is given."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum

from player.domain.progress import Progress

_WATCHED_S = 30.0
_LEAST_S = 3.0
_LEAST_DONE = 5
_STEADY = 0.25


class Stage(StrEnum):
    """What an import is doing: it looks for files, reads them, puts what they hold into the library."""

    LOOKING = "looking"
    READING = "reading"
    ADDING = "adding"


@dataclass(frozen=True, slots=True)
class Working:
    """Where an import is. `left_ms` is None as long as nobody can know."""

    stage: Stage
    progress: Progress
    left_ms: int | None = None


class Pace:
    """Watches work of one kind. What it says is steady: it counts down, and is put right only where it is wrong by a
    quarter or more."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque()
        self._said_s: float | None = None
        self._said_at_s = 0.0

    def left_ms(self, done: int, total: int | None, now_s: float) -> int | None:
        """How long the rest takes at the pace of the last half minute; None while too little is known."""
        self._marks.append((now_s, done))
        while len(self._marks) > 2 and now_s - self._marks[1][0] >= _WATCHED_S:
            self._marks.popleft()
        since_s, had = self._marks[0]
        spent_s, did = now_s - since_s, done - had
        if total is None or spent_s < _LEAST_S or did < _LEAST_DONE:
            return None
        expected_s = (total - done) * spent_s / did
        if self._said_s is not None:
            counted_s = max(0.0, self._said_s - (now_s - self._said_at_s))
            if abs(expected_s - counted_s) < _STEADY * max(counted_s, 4.0):
                expected_s = counted_s
        self._said_s, self._said_at_s = expected_s, now_s
        return round(expected_s * 1000)


def left_words(left_ms: int) -> str:
    """ "about 20 s left", "about 3 min left": coarse, so that it does not flicker."""
    if left_ms < 55_000:
        return f"about {max(1, -(-left_ms // 10_000)) * 10} s left"
    minutes = max(1, round(left_ms / 60_000))
    if minutes < 60:
        return f"about {minutes} min left"
    return f"about {minutes // 60} h {minutes % 60} min left" if minutes % 60 else f"about {minutes // 60} h left"
