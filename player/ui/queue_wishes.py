# SPDX-License-Identifier: GPL-3.0-or-later
"""What pages want of the queue, and the titles of what is in it. Main thread; the library is asked on its lane."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from player.domain.models import ClassId
from player.domain.queue import QueueItem
from player.library import Library
from player.playback.controller import PlaybackController
from player.playback.messages import Message
from player.tasks.lane import Lane


class QueueWishes(QObject):
    """`told(Message)` says what was done."""

    told = Signal(Message)

    def __init__(self, controller: PlaybackController, library: Library, lane: Lane, parent: QObject) -> None:
        super().__init__(parent)
        self._controller, self._library, self._lane = controller, library, lane
        self._titles: dict[ClassId, str] = {}
        controller.queue_changed.connect(self._learn_titles)

    def title(self, class_id: ClassId) -> str:
        """The title of a class in the queue, as far as it is known by now."""
        return self._titles.get(class_id, "")

    @Slot(int)
    def play_next(self, class_id: ClassId) -> None:
        self._controller.set_queue(self._controller.queue.play_next(QueueItem(class_id)))
        self.told.emit(Message("Plays next."))

    @Slot(int)
    def append(self, class_id: ClassId) -> None:
        self._controller.set_queue(self._controller.queue.append(QueueItem(class_id)))
        self.told.emit(Message("Added to the queue."))

    @Slot()
    def _learn_titles(self) -> None:
        unknown = [item.class_id for item in self._controller.queue.items if item.class_id not in self._titles]
        if unknown:
            library = self._library
            self._lane.submit(lambda: library.class_titles(unknown), self._titles.update)
