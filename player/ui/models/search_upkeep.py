# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps the search up with the library in the background: fills the index of a library that has none, then reads the
words of captions that are new or have changed. Main thread; the work is on a lane of its own."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from player.caption_pass import read_new_captions
from player.domain.progress import CancelToken, Progress
from player.tasks.lane import Lane

if TYPE_CHECKING:
    from player.library import Library

log = logging.getLogger(__name__)

_TELL_EVERY_S = 0.5


class SearchUpkeep(QObject):
    """`begin` whenever the library may have changed. `filling(done, total)` while the index is filled; `changed` when
    there is more to be found than before."""

    filling = Signal(int, int)
    changed = Signal()

    def __init__(self, library: Library, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library, self._lane = library, lane
        self._token = CancelToken()
        self._running = self._again = self._playing = self._closed = False

    @property
    def running(self) -> bool:
        return self._running

    @Slot()
    def begin(self) -> None:
        """Look for what is new; while that is under way, look once more afterwards. Not while a class plays: what is
        asked then is done when it stands."""
        if self._closed or self._playing:
            return
        if self._running:
            self._again = True
            return
        self._running = True
        self._token = CancelToken()
        self._lane.submit(self._work, self._done, self._failed, self._ended, self._token)

    def set_playing(self, playing: bool) -> None:
        """Whether a class plays: whole files are read here, which must not hold up its pictures."""
        if playing == self._playing:
            return
        self._playing = playing
        if playing:
            self._token.cancel()
        elif self._running:  # it is about to end
            self._again = True
        else:
            self.begin()

    def close(self) -> None:
        """Stop soon; the next start goes on where this one stopped."""
        self._closed = True
        self._token.cancel()

    def _work(self) -> bool:
        """On the lane's thread: whether anything was new."""
        library, told_s, token = self._library, 0.0, self._token

        def tell(progress: Progress) -> None:
            nonlocal told_s
            now_s = time.monotonic()
            if now_s - told_s >= _TELL_EVERY_S:
                told_s = now_s
                self.filling.emit(progress.done, progress.total or 0)

        if not library.index_is_full():
            library.fill_index(tell, token)
            self.changed.emit()
        return read_new_captions(library, cancel=token) > 0

    def _done(self, anything: bool) -> None:
        if anything:
            self.changed.emit()
        self._ended()

    def _failed(self, error: Exception) -> None:
        """Nobody waits for it: the search goes on with what it has, and the next start tries again."""
        log.error("The search could not be brought up to date", exc_info=error)
        self._ended()

    def _ended(self) -> None:
        self._running = False
        if self._again:
            self._again = False
            self.begin()
