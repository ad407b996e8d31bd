# SPDX-License-Identifier: GPL-3.0-or-later
"""The one class that is on: where it is, in which phase, and how one gets around in it. Main thread.

Knows the engine, the timeline and the journal; what comes before and after is the controller's business.
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from player.domain.playing import EndReason, Loop
from player.domain.timeline import Timeline
from player.playback.engine import Engine, EngineState
from player.playback.journal import Journal
from player.playback.store import LoadedClass

TICK_MS = 200
"""Playing is looked at so often, and at every boundary that matters."""


class Stage(QObject):
    """Empty until `begin`, and again after `clear`. After `leave` the class stays, with its last picture."""

    position_changed = Signal(int)
    phase_changed = Signal()
    loop_changed = Signal()
    over = Signal()
    """The class, or the one phase of it that is wanted, has run to its end."""

    def __init__(self, engine: Engine, journal: Journal, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._journal = journal
        self._loaded: LoadedClass | None = None
        self._running = False
        self._timeline = Timeline(0)
        self._item_phase: int | None = None
        self._jumped_to_end = False
        self._phase_index: int | None = None
        self._loop: Loop | None = None
        self._rate = 1.0
        self._played = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._tick)
        engine.state_changed.connect(self._on_engine_state)
        engine.seeked.connect(self._on_seeked)
        engine.ended.connect(self._on_ended)

    @property
    def loaded(self) -> LoadedClass | None:
        return self._loaded

    @property
    def timeline(self) -> Timeline:
        return self._timeline

    @property
    def position_ms(self) -> int:
        return self._engine.position_ms if self._loaded else 0

    @property
    def left_ms(self) -> int:
        """Real time until the end of the class at the present speed."""
        return int((self._timeline.duration_ms - self.position_ms) / self._rate)

    @property
    def jumped_to_end(self) -> bool:
        """Whether the end was not played to but jumped to."""
        return self._jumped_to_end

    @property
    def phase_index(self) -> int | None:
        return self._phase_index

    @property
    def loop(self) -> Loop | None:
        return self._loop

    def begin(self, loaded: LoadedClass, start_ms: int, item_phase: int | None = None) -> None:
        """`loaded` comes on; the engine has been told. With `item_phase` only that phase is wanted."""
        video = loaded.class_video
        self._loaded = loaded
        self._running = True
        self._timeline = Timeline(video.duration_ms, video.phases)
        self._item_phase = item_phase
        self._jumped_to_end = False
        self._phase_index = self._timeline.index_at(start_ms)
        self._set_loop(None)
        self._journal.begin(video.id, self._timeline, start_ms, keeps_place=item_phase is None)

    def leave(self, reason: EndReason) -> None:
        """The sitting is over; written to the journal. (An engine that has failed knows no position.)"""
        if not self._running:
            return
        self._timer.stop()
        if reason is not EndReason.FAILED:
            self._tell_journal()
        self._running = False
        played = not self._jumped_to_end and self._item_phase is None
        self._journal.end(finished=reason is EndReason.FINISHED and played, failed=reason is EndReason.FAILED)

    def clear(self) -> None:
        """Nothing is on."""
        self._loaded = None
        self._timeline = Timeline(0)
        self._phase_index = None
        self._set_loop(None)

    def set_rate(self, rate: float) -> None:
        self._rate = rate
        self._schedule()

    # Getting around

    def seek(self, position_ms: int) -> None:
        """Go to a place in the class. After `leave` this takes the class up again, playing."""
        if self._loaded is None or self._engine.state in (EngineState.IDLE, EngineState.FAILED):
            return
        position_ms = max(0, min(position_ms, self._timeline.duration_ms))
        self._tell_journal()
        if self._loop and not self._loop.start_ms <= position_ms < self._loop.end_ms:
            self._set_loop(None)
        if self._item_phase is not None and self._timeline.index_at(position_ms) != self._item_phase:
            self._item_phase = None  # somebody wants to see more than the one phase
            self._journal.keep_place()
        self._jumped_to_end = position_ms >= self._timeline.duration_ms
        self._engine.seek(position_ms)
        if not self._running:
            self._running = True
            self._journal.begin(self._loaded.class_video.id, self._timeline, position_ms)
            if self._engine.state is EngineState.PAUSED:
                self._engine.play()
        self._journal.note(position_ms)
        self._show(position_ms)

    def loop_phase(self) -> None:
        """Repeat the running phase, or stop repeating."""
        phase = None if self._phase_index is None else self._timeline.phases[self._phase_index]
        self._set_loop(None if self._loop or phase is None else Loop(phase.start_ms, phase.end_ms))
        self._schedule()

    def _set_loop(self, loop: Loop | None) -> None:
        if loop != self._loop:
            self._loop = loop
            self.loop_changed.emit()

    # Facts from the engine

    @Slot(EngineState)
    def _on_engine_state(self, state: EngineState) -> None:
        if not self._running:
            return
        if state is EngineState.PLAYING:
            self._played.start()
            self._schedule()
        elif state is EngineState.PAUSED:
            self._timer.stop()
            self._tell_journal()
            self._journal.note(self.position_ms)
            self._played.invalidate()

    @Slot(int)
    def _on_seeked(self, position_ms: int) -> None:
        if self._played.isValid():
            self._played.restart()
        if self._running:
            self._show(position_ms)
            self._schedule()

    @Slot()
    def _on_ended(self) -> None:
        if not self._running:
            return
        if self._loop is not None:
            self._engine.seek(self._loop.start_ms)
            return
        self._show(self._timeline.duration_ms)
        self.over.emit()

    # Ticking

    def _schedule(self) -> None:
        """The next look: at the next boundary that matters, and at least every TICK_MS."""
        if not self._running or self._engine.state is not EngineState.PLAYING:
            return
        position_ms = self.position_ms
        phase = self._timeline.phase_at(position_ms)
        boundary_ms = self._loop.end_ms if self._loop else phase.end_ms if phase else self._timeline.duration_ms
        until_ms = int((boundary_ms - position_ms) / self._rate) + 1
        self._timer.start(max(5, min(TICK_MS, until_ms)))

    @Slot()
    def _tick(self) -> None:
        if not self._running or self._engine.state is not EngineState.PLAYING:
            return
        self._tell_journal()
        position_ms = self.position_ms
        if self._loop and position_ms >= self._loop.end_ms:
            self._engine.seek(self._loop.start_ms)
            return
        if self._item_is_over(position_ms):
            self._engine.pause()
            self.over.emit()
            return
        self._show(position_ms)
        self._schedule()

    def _item_is_over(self, position_ms: int) -> bool:
        """Whether the one phase that is wanted has been played; the last phase ends with its class."""
        index = self._item_phase
        if index is None or index + 1 >= len(self._timeline.phases):
            return False
        return position_ms >= self._timeline.phases[index].end_ms

    def _tell_journal(self) -> None:
        if self._played.isValid():
            self._journal.tick(self._played.restart(), self.position_ms)

    def _show(self, position_ms: int) -> None:
        index = self._timeline.index_at(position_ms)
        changed, self._phase_index = index != self._phase_index, index
        self.position_changed.emit(position_ms)
        if changed:
            self._journal.note(position_ms)
            self.phase_changed.emit()
