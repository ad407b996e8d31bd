# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays a class that lies in several files as if it lay in one, with an engine that plays one file at a time.

The next file is opened ahead, and opened in the moment in which the one before has ended; until its first picture is
there the last one is held. Knows nothing of phases. Main thread.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from PySide6.QtCore import QObject, Slot
from typing_extensions import override

from player.domain.media import MediaSource
from player.playback.engine import Engine, EngineState, EngineStatistics

AHEAD_MS = 15_000
"""So long before the end of a file the next one is opened. Sleeping disks take up to ten seconds."""
_LAST_PICTURES_MS, _BEFORE_END_MS = 150, 400
"""No file is opened at its last pictures: the engine might see none of them. It is opened earlier, and sought there."""
_NOTHING_OPEN = frozenset({EngineState.IDLE, EngineState.FAILED})


class JoinedEngine(Engine):
    """Takes over `engine` and keeps the same contract. A medium of one file is handed on as it is."""

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self.frames = engine.frames
        self._state = EngineState.IDLE
        self._files: tuple[MediaSource, ...] = ()
        self._starts: tuple[int, ...] = ()
        self._index = 0
        self._pause_wanted = False
        self._crossing = False
        """From the moment another file of the medium is asked for until it is open."""
        self._sought_ms: int | None = None
        """Where in that file a seek leads."""
        self._sought_again = False
        self._owes_seeked = False
        """The engine may come to the end of a file in the place of answering a seek to its last pictures."""
        self._wanted: tuple[MediaSource, int] | None = None
        """What `prepare` was asked for. Its turn comes with the last file."""
        self._wanted_is_told = False
        self._next_is_asked_for = False
        engine.state_changed.connect(self._on_state)
        engine.opened.connect(self._on_opened)
        engine.position_changed.connect(self._on_position)
        engine.seeked.connect(self._on_seeked)
        engine.ended.connect(self._on_ended)
        engine.failed.connect(self._on_failed)
        engine.prepared.connect(self._on_prepared)

    # Facts

    @property
    @override
    def state(self) -> EngineState:
        return self._state

    @property
    @override
    def position_ms(self) -> int:
        if self._state in _NOTHING_OPEN:
            return 0
        return self._place(self._engine.position_ms)

    @property
    @override
    def duration_ms(self) -> int:
        if self._state in _NOTHING_OPEN or self._state is EngineState.OPENING:
            return 0
        return self._total_ms if self._is_joined else self._engine.duration_ms

    @property
    @override
    def statistics(self) -> EngineStatistics:
        return self._engine.statistics

    # Commands

    @override
    def open(self, source: MediaSource, *, start_ms: int = 0, paused: bool = False) -> None:
        start_ms = max(0, start_ms)
        self._files = source.files
        self._starts = tuple(accumulate((file.duration_ms for file in self._files[:-1]), initial=0))
        self._index = self._index_at(start_ms)
        self._pause_wanted = paused
        self._crossing = self._sought_again = self._owes_seeked = self._next_is_asked_for = False
        self._sought_ms = self._wanted = None
        self._engine.open(self._file, start_ms=start_ms - self._starts[self._index], paused=paused)
        self._set_state(EngineState.OPENING)  # the engine may have been opening another file before

    @override
    def prepare(self, source: MediaSource | None, *, start_ms: int = 0) -> None:
        wanted = None if source is None else (source, start_ms)
        if wanted is not None and wanted == self._wanted:
            return
        self._wanted, self._wanted_is_told = wanted, False
        self._open_ahead()

    @override
    def play(self) -> None:
        self._pause_wanted = False
        if self._state is EngineState.ENDED and self._is_joined:
            self.seek(0)
            return
        self._engine.play()
        if self._state is EngineState.PAUSED:
            self._set_state(EngineState.PLAYING)

    @override
    def pause(self) -> None:
        if self._state is EngineState.ENDED:
            return
        self._pause_wanted = True
        self._engine.pause()
        if self._state is EngineState.PLAYING:
            self._set_state(EngineState.PAUSED)

    @override
    def stop(self) -> None:
        self._files, self._starts, self._index = (), (), 0
        self._crossing = self._owes_seeked = False
        self._sought_ms = None
        self._engine.stop()
        self._set_state(EngineState.IDLE)

    @override
    def seek(self, position_ms: int) -> None:
        if not self._files or self._state in _NOTHING_OPEN:
            return
        position_ms = max(0, position_ms)
        index = self._index_at(position_ms)
        place_ms = position_ms - self._starts[index]
        self._owes_seeked = True
        if index != self._index:
            self._cross(index, place_ms)
            return
        if self._crossing:
            self._sought_ms, self._sought_again = place_ms, True
        self._engine.seek(place_ms)

    @override
    def set_rate(self, rate: float) -> None:
        self._engine.set_rate(rate)

    @override
    def set_volume(self, percent: int) -> None:
        self._engine.set_volume(percent)

    @override
    def set_muted(self, muted: bool) -> None:
        self._engine.set_muted(muted)

    @override
    def shutdown(self) -> None:
        self._engine.shutdown()

    # From one file to another

    def _cross(self, index: int, place_ms: int | None) -> None:
        """Go on in another file, at its beginning or where a seek leads (`place_ms`)."""
        opening = self._state is EngineState.OPENING
        self._index = index
        self._crossing = not opening
        self._sought_ms, self._sought_again = place_ms, False
        self._next_is_asked_for = False
        start_ms, length_ms = place_ms or 0, self._file.duration_ms
        if start_ms > max(0, length_ms - _LAST_PICTURES_MS):
            self._sought_again = True
            start_ms = max(0, length_ms - _BEFORE_END_MS)
        self._engine.open(self._file, start_ms=start_ms, paused=self._pause_wanted)
        if not opening:
            self._set_state(EngineState.PAUSED if self._pause_wanted else EngineState.PLAYING)

    def _arrive(self) -> None:
        """The file is open that was asked for."""
        self._crossing = False
        place_ms, again = self._sought_ms, self._sought_again
        self._sought_ms, self._sought_again = None, False
        self._open_ahead()
        if place_ms is None:
            return
        # A file that is opened standing may show the picture beside the one that was asked for.
        if again or (self._pause_wanted and self._file.facts.has_video):
            self._engine.seek(place_ms)
        else:
            self.position_changed.emit(self.position_ms)
            self._on_seeked(self._engine.position_ms)

    def _open_ahead(self) -> None:
        """There is room for one: the next file of what plays, and what comes after it when the last file is on."""
        if self._has_next:
            left_ms = self._file.duration_ms - self._engine.position_ms
            if not self._crossing and not self._next_is_asked_for and left_ms <= AHEAD_MS:
                self._next_is_asked_for = True
                self._engine.prepare(self._files[self._index + 1])
        elif self._wanted is None:
            self._engine.prepare(None)
        else:
            source, start_ms = self._wanted
            starts = tuple(accumulate((file.duration_ms for file in source.files[:-1]), initial=0))
            index = max(0, bisect_right(starts, start_ms) - 1)
            self._engine.prepare(source.files[index], start_ms=start_ms - starts[index])

    # Facts from the engine

    @Slot(EngineState)
    def _on_state(self, state: EngineState) -> None:
        if (state is EngineState.OPENING and self._crossing) or (state is EngineState.ENDED and self._has_next):
            return
        if self._files:
            self._set_state(state)

    @Slot(int)
    def _on_opened(self, duration_ms: int) -> None:
        if not self._crossing:
            self.opened.emit(self._total_ms if self._is_joined else duration_ms)
        if self._files and self._engine.state is not EngineState.OPENING:
            self._arrive()

    @Slot(int)
    def _on_position(self, place_ms: int) -> None:
        if self._state in _NOTHING_OPEN:
            return
        self.position_changed.emit(self._place(place_ms))
        if self._has_next and self._state is EngineState.PLAYING:
            self._open_ahead()

    @Slot(int)
    def _on_seeked(self, place_ms: int) -> None:
        self._owes_seeked = False
        self.seeked.emit(self._place(place_ms))

    @Slot()
    def _on_ended(self) -> None:
        if self._has_next:
            self._cross(self._index + 1, 0 if self._owes_seeked else None)
        else:
            self._owes_seeked = False
            self.ended.emit()

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self._crossing = self._owes_seeked = False
        self._sought_ms = None
        if self._is_joined:
            sentence += (
                f" It is file {self._index + 1} of the {len(self._files)} of this class: “{self._file.path.name}”."
            )
        self.failed.emit(sentence)

    @Slot()
    def _on_prepared(self) -> None:
        if self._wanted is not None and not self._has_next and not self._wanted_is_told:
            self._wanted_is_told = True
            self.prepared.emit()

    # Within

    @property
    def _file(self) -> MediaSource:
        return self._files[self._index]

    @property
    def _is_joined(self) -> bool:
        return len(self._files) > 1

    @property
    def _has_next(self) -> bool:
        return self._index + 1 < len(self._files)

    @property
    def _total_ms(self) -> int:
        return self._starts[-1] + self._files[-1].duration_ms

    def _index_at(self, position_ms: int) -> int:
        return max(0, bisect_right(self._starts, position_ms) - 1)

    def _place(self, place_ms: int) -> int:
        """The place in the medium of a place in the file. Readers of a file may differ about its length."""
        if not self._is_joined:
            return place_ms
        return self._starts[self._index] + min(place_ms, self._file.duration_ms)

    def _set_state(self, state: EngineState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)
