# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens the class at the head of the queue before it is its turn, so that nothing flashes. Main thread."""

from __future__ import annotations

from player.domain.models import ClassId, StartAt
from player.domain.queue import QueueItem
from player.domain.timeline import start_position_ms
from player.playback.engine import Engine
from player.playback.running_order import RunningOrder
from player.playback.store import LoadedClass


class OpeningAhead:
    """Asks the engine once for each class, however often `prepare` is called."""

    def __init__(self, engine: Engine, order: RunningOrder) -> None:
        self._engine = engine
        self._order = order
        self._asked: tuple[ClassId, int] | None = None

    def prepare(self) -> None:
        """Open what follows, if it is known by now and can be played."""
        following, head = self._order.following, self._order.queue.head
        source = following.source if following else None
        if following is None or head is None or source is None:
            return
        start_ms = item_start_ms(following, head)
        if self._asked != (following.class_video.id, start_ms):
            self._asked = (following.class_video.id, start_ms)
            self._engine.prepare(source, start_ms=start_ms)

    def used(self) -> None:
        """Another class has come on: the engine holds nothing ready any more."""
        self._asked = None

    def cancel(self) -> None:
        """Nothing follows: let go of what was opened."""
        self._asked = None
        self._engine.prepare(None)


def item_start_ms(loaded: LoadedClass, item: QueueItem) -> int:
    """Where a queued class starts: at its beginning, or at the one phase that was queued."""
    return start_position_ms(loaded.class_video, StartAt.BEGINNING, phase=item.phase)
