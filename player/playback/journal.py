# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes where the user is in a class, and what was practised, while it plays.

Lives on the main thread; every write goes through the database lane. At most SAVE_EVERY_MS of a class is
lost when the program is killed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from player.domain.models import ClassId
from player.domain.practice import Practice
from player.domain.timeline import Timeline
from player.playback.store import PlaybackStore
from player.tasks.lane import Lane

log = logging.getLogger(__name__)

SAVE_EVERY_MS = 4000
"""The promise is 5 s; the rest is room for the write itself."""
WORTH_NOTING_MS = 10_000
"""A sitting shorter than this is a look, not a practice."""
LONGEST_STEP_MS = 2000
"""Two looks further apart than this have a suspended machine between them, which is no practice."""


class Journal(QObject):
    """One sitting at a time: `begin`, `tick` while it plays, `note` on every event, `end`."""

    written = Signal()
    """Progress or practice has changed in the library (told when the write is done)."""
    failed = Signal(Exception)
    """It could not be written; told once, until a write succeeds again."""

    def __init__(
        self, store: PlaybackStore, lane: Lane, now: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._lane = lane
        self._now = now
        self._practice: Practice | None = None
        self._practice_id: list[int | None] = [None]
        self._timeline = Timeline(0)
        self._position_ms = 0
        self._worth_keeping = False
        self._keeps_place = True
        self._outage = False
        self._timer = QTimer(self)
        self._timer.setInterval(SAVE_EVERY_MS)
        self._timer.timeout.connect(self.save)

    @property
    def practice(self) -> Practice | None:
        """The sitting under way."""
        return self._practice

    def begin(self, class_id: ClassId, timeline: Timeline, position_ms: int, *, keeps_place: bool = True) -> None:
        """A class begins to play at `position_ms`. Nothing is written yet: a short look at its beginning does not
        cost the place where it was left (a place opened on purpose counts at once). Without `keeps_place` (one
        phase out of a class) that place is not touched at all."""
        self._practice = Practice(class_id, self._now())
        self._practice_id = [None]
        self._timeline = timeline
        self._position_ms = position_ms
        self._worth_keeping = position_ms > 0
        self._keeps_place = keeps_place

    def keep_place(self) -> None:
        """From now on the whole class is played, and its place kept."""
        self._keeps_place = True

    def tick(self, played_ms: int, position_ms: int) -> None:
        """`played_ms` of real time have been played and led to `position_ms`."""
        if self._practice is None:
            return
        if 0 < played_ms <= LONGEST_STEP_MS:
            self._practice = self._practice.played(played_ms, self._timeline.index_at(self._position_ms))
        self._position_ms = position_ms
        if not self._timer.isActive():
            self._timer.start()

    def note(self, position_ms: int) -> None:
        """Playing has jumped to or stopped at `position_ms`: written at once, and not again until it goes on."""
        self._timer.stop()
        self._position_ms = position_ms
        self.save()

    def end(self, *, finished: bool, failed: bool = False) -> None:
        """The sitting is over. `finished`: the class ran to its end. `failed`: it could not be played."""
        self._timer.stop()
        practice = self._practice
        if practice is None:
            return
        if finished or (not failed and self._counts_as_done(practice)):
            self._position_ms = self._timeline.duration_ms
            self._practice = Practice(
                practice.class_id, practice.started, practice.played_ms, practice.phases, finished=True
            )
            self._submit(lambda: self._store.set_done(practice.class_id, True))
            self._worth_keeping = True
        if self._worth_keeping or practice.played_ms >= SAVE_EVERY_MS:
            self.save()
        self._practice = None

    def save(self) -> None:
        """Write position and practice, in the background."""
        practice = self._practice
        if practice is None:
            return
        self._worth_keeping = True
        position_ms = self._timeline.resume_position_ms(self._position_ms)
        holder, keeps_place = self._practice_id, self._keeps_place
        worth_noting = practice.played_ms >= WORTH_NOTING_MS or practice.finished

        def write() -> None:
            if keeps_place:
                self._store.save_position(practice.class_id, position_ms)
            if worth_noting:
                holder[0] = self._store.save_practice(practice, holder[0])

        self._submit(write)

    def _submit(self, write: Callable[[], None]) -> None:
        self._lane.submit(write, self._was_written, self._was_not_written)

    def _was_written(self, _nothing: None) -> None:
        self._outage = False
        self.written.emit()

    def _was_not_written(self, error: Exception) -> None:
        log.error("Progress could not be written", exc_info=error)
        if not self._outage:
            self._outage = True
            self.failed.emit(error)

    def _counts_as_done(self, practice: Practice) -> bool:
        """The last seconds were reached and, with phases, the last phase was really played, not jumped to."""
        if not practice.played_ms or not self._timeline.is_done_at(self._position_ms):
            return False
        if not self._timeline.phases:
            return True
        last = len(self._timeline.phases) - 1
        return practice.phases.get(last, 0) * 2 >= self._timeline.phases[last].duration_ms
