# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window has done with the library beside showing it: whether files have gone or come back, and removing a
series. Main thread; the work is done on lanes."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, Signal, Slot

from player.domain.models import SeriesId
from player.library import Library
from player.tasks.lane import Lane

LOOK_AGAIN_AFTER_MS = 5000


class LibraryCare(QObject):
    """`changed`: the library holds something else. `removed`: a series has gone from it."""

    changed = Signal()
    removed = Signal()
    told = Signal(str)

    def __init__(self, library: Library, lane: Lane, file_lane: Lane, parent: QObject) -> None:
        super().__init__(parent)
        self._library, self._lane, self._file_lane = library, lane, file_lane
        self._looked = QElapsedTimer()

    @Slot()
    def look_at_files(self) -> None:
        """See whether files have gone or come back; what changed is shown."""
        self._looked.start()
        self._file_lane.submit(self._library.refresh_states, lambda changed: self.changed.emit() if changed else None)

    def look_now_and_then(self) -> None:
        """The same, unless that was done just now."""
        if not self._looked.isValid() or self._looked.hasExpired(LOOK_AGAIN_AFTER_MS):
            self.look_at_files()

    @Slot(int)
    def remove_series(self, series_id: SeriesId) -> None:
        """Nothing is asked first: the files stay, and importing the folder again brings everything back."""

        def removed(_nothing: None) -> None:
            self.told.emit("The series is no longer in the library. Its files and its history are still there.")
            self.removed.emit()
            self.changed.emit()

        self._lane.submit(lambda: self._library.remove_series(series_id), removed)

    @Slot(str)
    def cannot_play(self, sentence: str) -> None:
        """A class could not be played: say why, and look whether that is still so."""
        self.told.emit(sentence)
        self.look_at_files()
