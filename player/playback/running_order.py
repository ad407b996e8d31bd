# SPDX-License-Identifier: GPL-3.0-or-later
"""The queue as it is kept and looked up: what follows, and everything needed to play it. Main thread."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, Signal

from player.domain.errors import NotFound
from player.domain.queue import Queue
from player.playback.store import ClassLoader, LoadedClass, PlaybackStore
from player.tasks.lane import Lane

log = logging.getLogger(__name__)


class RunningOrder(QObject):
    """Owns the queue, keeps it in the library, and knows the class at its head."""

    changed = Signal()
    """The queue is another one, or its head has been looked up."""
    failed = Signal(Exception)
    """The queue could not be kept or looked up; it stays as it is."""

    def __init__(self, store: PlaybackStore, lane: Lane, loader: ClassLoader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loader = loader
        self._store = store
        self._lane = lane
        self._queue = Queue()
        self._next: LoadedClass | None = None

    @property
    def queue(self) -> Queue:
        return self._queue

    @property
    def following(self) -> LoadedClass | None:
        """The class at the head of the queue, once it has been looked up."""
        return self._next

    def restore(self) -> None:
        """Take up the queue that was left when the program ended last, unless there is one already."""

        def take(queue: Queue) -> None:
            if not self._queue.items:
                self._take(queue)

        self._lane.submit(self._store.load_queue, take, self.failed.emit)

    def set(self, queue: Queue) -> None:
        if queue != self._queue:
            self._lane.submit(lambda: self._store.save_queue(queue), failed=self.failed.emit)
            self._take(queue)

    def _take(self, queue: Queue) -> None:
        self._queue = queue
        self.look_up()
        self.changed.emit()

    def look_up(self, *, again: bool = False) -> None:
        """Learn what the head of the queue is; `again`: even if it is known."""
        head = self._queue.head
        known = self._next.class_video.id if self._next else None
        if head is None or head.class_id != known:
            self._next = None
        if head is None or (self._next is not None and not again):
            return

        def take(loaded: LoadedClass) -> None:
            if self._queue.head == head:
                self._next = loaded
                self.changed.emit()

        def failed(error: Exception) -> None:
            if isinstance(error, NotFound):
                log.info("Dropped from the queue: %s", error)
                self.set(self._queue.without([head.class_id]))
            else:
                self.failed.emit(error)

        self._loader.load(head.class_id, take, failed)
