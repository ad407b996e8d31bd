# SPDX-License-Identifier: GPL-3.0-or-later
"""A clock of playing: where a medium is now, told from readings that come a few times a second. No Qt.

Moved on one thread; `peek` may be called from any.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

JUMP_MS = 250
"""A reading that differs by more than this from what the clock expects is believed at once."""
_SHARE = 2
"""Of a smaller difference one half is taken in at each reading, so that nothing jerks."""


def monotonic_ms() -> float:
    return time.monotonic_ns() / 1_000_000


class _Anchor(NamedTuple):
    place_ms: float
    at_ms: float
    speed: float


class PlayingClock:
    """Interpolates between readings. While running it never goes back, unless it is set or a reading is far off."""

    def __init__(self, now: Callable[[], float] = monotonic_ms) -> None:
        self._now = now
        self._rate = 1.0
        self._running = False
        self._anchor = _Anchor(0.0, now(), 0.0)
        self._shown_ms = 0.0

    @property
    def running(self) -> bool:
        return self._running

    @property
    def position_ms(self) -> int:
        """The place in the medium now."""
        self._shown_ms = max(self._shown_ms, self._place(self._now()))
        return round(self._shown_ms)

    def peek(self) -> int:
        """The place in the medium now, from any thread."""
        return round(self._place(self._now()))

    def set(self, position_ms: float) -> None:
        """Jump to a place (a medium was opened, a seek was asked for)."""
        self._shown_ms = position_ms
        self._drop_anchor(position_ms, self._now())

    def start(self) -> None:
        self._run(True)

    def stop(self) -> None:
        """Stand still at the present place."""
        self._run(False)

    def set_rate(self, rate: float) -> None:
        self._rate = rate
        self._run(self._running)

    def reading(self, position_ms: float, at_ms: float | None = None) -> None:
        """What the engine said at the moment `at_ms` (of the clock's own time; now, if not told)."""
        now = self._now()
        if at_ms is None:
            at_ms = now
        difference = position_ms - self._place(at_ms)
        if abs(difference) > JUMP_MS:
            self._drop_anchor(position_ms, at_ms)
            self._shown_ms = self._place(now)
        else:
            self._drop_anchor(self._place(now) + difference / _SHARE, now)

    def _run(self, running: bool) -> None:
        now = self._now()
        place_ms = self._place(now)
        self._running = running
        self._drop_anchor(place_ms, now)

    def _drop_anchor(self, place_ms: float, at_ms: float) -> None:
        self._anchor = _Anchor(place_ms, at_ms, self._rate if self._running else 0.0)

    def _place(self, at_ms: float) -> float:
        anchor = self._anchor
        return anchor.place_ms + (at_ms - anchor.at_ms) * anchor.speed
