# SPDX-License-Identifier: GPL-3.0-or-later
"""A clock of playing: where a medium is now, told from readings that come a few times a second. No Qt, one thread."""

from __future__ import annotations

import time
from collections.abc import Callable

JUMP_MS = 250
"""A reading that differs by more than this from what the clock expects is believed at once."""
_GENTLE = 8


def monotonic_ms() -> float:
    return time.monotonic_ns() / 1_000_000


class PlayingClock:
    """Interpolates between readings. Never runs backwards while running, unless `set` or a far-off reading says so."""

    def __init__(self, now: Callable[[], float] = monotonic_ms) -> None:
        self._now = now
        self._base_ms = 0.0
        self._base_at = now()
        self._rate = 1.0
        self._running = False
        self._last_ms = 0.0

    @property
    def running(self) -> bool:
        return self._running

    @property
    def position_ms(self) -> int:
        """The place in the medium now, in ms."""
        self._last_ms = max(self._last_ms, self._raw())
        return round(self._last_ms)

    def set(self, position_ms: float) -> None:
        """Jump to a place (a medium was opened, a seek was asked for)."""
        self._base_ms = self._last_ms = position_ms
        self._base_at = self._now()

    def start(self) -> None:
        if not self._running:
            self._base_at = self._now()
            self._running = True

    def stop(self) -> None:
        """Stand still at the present place."""
        self._fix()
        self._running = False

    def set_rate(self, rate: float) -> None:
        self._fix()
        self._rate = rate

    def reading(self, position_ms: float) -> None:
        """What the engine says. A small difference is taken in little by little, so that nothing jerks."""
        self._fix()
        difference = position_ms - self._base_ms
        if abs(difference) > JUMP_MS:
            self.set(position_ms)
        else:
            self._base_ms += difference / _GENTLE

    def _raw(self) -> float:
        if not self._running:
            return self._base_ms
        return self._base_ms + (self._now() - self._base_at) * self._rate

    def _fix(self) -> None:
        self._base_ms = self._raw()
        self._base_at = self._now()
