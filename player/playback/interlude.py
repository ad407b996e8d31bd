# SPDX-License-Identifier: GPL-3.0-or-later
"""The time between two classes: what the Up Next page shows, and its countdown. Main thread."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from player.domain.models import ClassVideo
from player.domain.playing import UpNext, new_to_fetch
from player.domain.queue import QueueItem
from player.playback.countdown import Countdown


class Interlude(QObject):
    """Nothing to show until `begin`, and again after `end`."""

    changed = Signal()
    over = Signal()
    """The countdown has run out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._up_next: UpNext | None = None
        self._countdown = Countdown(self)
        self._countdown.ticked.connect(self._tick)
        self._countdown.over.connect(self.over)

    @property
    def up_next(self) -> UpNext | None:
        return self._up_next

    def begin(self, ended: ClassVideo, settle_ms: int, *, counts: bool, played_to_end: bool) -> None:
        """`ended` has ended. With `counts` the next class comes after `settle_ms` by itself."""
        left_ms = settle_ms if counts else None
        self._set(UpNext(ended, None, None, settle_ms, left_ms, played_to_end=played_to_end))
        if counts:
            self._countdown.start(settle_ms)

    def follow(self, class_video: ClassVideo | None, item: QueueItem | None) -> None:
        """This comes next."""
        if self._up_next is None:
            return
        have_ready, put_away = new_to_fetch(self._up_next.ended, class_video) if class_video else ((), ())
        self._set(replace(self._up_next, class_video=class_video, item=item, have_ready=have_ready, put_away=put_away))

    def stay(self) -> None:
        """Count no more; what comes next can still be seen and chosen."""
        self._countdown.stop()
        if self._up_next is not None:
            self._set(replace(self._up_next, left_ms=None))

    def hold(self, length_ms: int) -> None:
        """Somebody is at the machine: wait so long before counting on."""
        self._countdown.hold(length_ms)

    def end(self) -> None:
        self._countdown.stop()
        self._set(None)

    @Slot()
    def _tick(self) -> None:
        if self._up_next is not None:
            self._set(replace(self._up_next, left_ms=self._countdown.left_ms))

    def _set(self, up_next: UpNext | None) -> None:
        if up_next != self._up_next:
            self._up_next = up_next
            self.changed.emit()
