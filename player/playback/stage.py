# SPDX-License-Identifier: GPL-3.0-or-later
"""The one class that is on: where it is, in which phase, and how one gets around in it. Main thread.

Knows the engine, the timeline and the journal; what comes before and after is the controller's business.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from player.domain.playing import EndReason, Loop
from player.domain.timeline import Timeline
from player.playback.countdown import Countdown
from player.playback.engine import Engine, EngineState
from player.playback.journal import Journal
from player.playback.store import LoadedClass

TICK_MS = 200
"""Playing is looked at so often, and at every boundary that matters."""
SHORTEST_LOOP_MS = 500
USUAL_FRAME_RATE = 25.0
_ROUNDING_MS = 0.6
"""A picture at 33.33 ms is also the picture at 33 ms."""


class Stage(QObject):
    """Empty until `begin`, and again after `clear`. After `leave` the class stays, with its last picture."""

    position_changed = Signal(int)
    phase_changed = Signal()
    loop_changed = Signal()
    """What repeats, or the start that is set for it."""
    count_in_changed = Signal()
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
        self._loop_start_ms: int | None = None
        self.count_in_ms = 0
        """How long a repeat waits on its first picture; 0: not at all."""
        self._count_in = Countdown(self)
        self._count_in.ticked.connect(self.count_in_changed)
        self._count_in.over.connect(self._on_counted_in)
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

    @property
    def loop_start_ms(self) -> int | None:
        """The start of a loop whose end is still to be set."""
        return self._loop_start_ms

    @property
    def count_in_left_ms(self) -> int | None:
        """While a repeat waits to begin: how long it still does."""
        return self._count_in.left_ms if self._count_in.running else None

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
        self.end_count_in()
        if reason is not EndReason.FAILED:
            self._tell_journal()
        self._running = False
        played = not self._jumped_to_end and self._item_phase is None
        self._journal.end(finished=reason is EndReason.FINISHED and played, failed=reason is EndReason.FAILED)

    def clear(self) -> None:
        """Nothing is on."""
        self.end_count_in()
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
        if self.end_count_in():
            self._engine.play()
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

    def step_frame(self, pictures: int) -> None:
        """Stand still on the picture so many after this one; nothing beyond the first and the last."""
        facts = self._loaded.class_video.facts if self._loaded else None
        if facts is None or not facts.has_video:
            return
        self.end_count_in()
        self._engine.pause()
        per_ms = (facts.frame_rate or USUAL_FRAME_RATE) / 1000
        wanted = int((self.position_ms + _ROUNDING_MS) * per_ms) + pictures
        if 0 <= wanted < math.ceil(self._timeline.duration_ms * per_ms - 0.5):
            self.seek(round(wanted / per_ms))

    # Repeating

    def loop_phase(self) -> None:
        """Repeat the running phase, or stop repeating."""
        phase = None if self._phase_index is None else self._timeline.phases[self._phase_index]
        self._set_loop(None if self._loop or phase is None else Loop(phase.start_ms, phase.end_ms))
        self._schedule()

    def mark_loop(self) -> None:
        """Set the start of a loop here, then its end, then repeat no more. An end before the start changes them."""
        here_ms = self.position_ms
        if self._loop is not None:
            self._set_loop(None)
        elif self._loop_start_ms is None:
            self._set_loop(None, here_ms)
        else:
            self.set_loop(min(self._loop_start_ms, here_ms), max(self._loop_start_ms, here_ms))
        self._schedule()

    def set_loop(self, start_ms: int, end_ms: int) -> None:
        """Repeat this stretch (brought into the class, and to SHORTEST_LOOP_MS); a place outside leads to its start."""
        if self._loaded is None:
            return
        duration_ms = self._timeline.duration_ms
        start_ms = max(0, min(start_ms, duration_ms - SHORTEST_LOOP_MS))
        loop = Loop(start_ms, max(start_ms + SHORTEST_LOOP_MS, min(end_ms, duration_ms)))
        self._set_loop(loop)
        if not loop.start_ms <= self.position_ms < loop.end_ms:
            self._repeat(loop)
        self._schedule()

    def start_loop_here(self) -> None:
        """The start of the loop is here; its end stays, or is still to be set."""
        here_ms = self.position_ms
        if self._loop is None:
            self._set_loop(None, here_ms)
        else:
            self.set_loop(here_ms, self._loop.end_ms)

    def end_loop_here(self) -> None:
        """The end of the loop is here; its start stays, or is the start of the running phase."""
        phase = self._timeline.phase_at(self.position_ms)
        start_ms = self._loop.start_ms if self._loop else self._loop_start_ms
        if start_ms is None:
            start_ms = phase.start_ms if phase else 0
        self.set_loop(start_ms, self.position_ms)

    def _set_loop(self, loop: Loop | None, start_ms: int | None = None) -> None:
        if (loop, start_ms) == (self._loop, self._loop_start_ms):
            return
        if loop is None and self.end_count_in():
            self._engine.play()
        self._loop, self._loop_start_ms = loop, start_ms
        self.loop_changed.emit()

    def _repeat(self, loop: Loop) -> None:
        """Back to the start of the loop; while playing, after the count-in."""
        counts = self.count_in_ms > 0 and self._engine.state in (EngineState.PLAYING, EngineState.ENDED)
        self._engine.seek(loop.start_ms)
        if counts:
            self._count_in.start(self.count_in_ms)
            self._engine.pause()
            self.count_in_changed.emit()

    def end_count_in(self) -> bool:
        """Wait no longer, standing still; whether there was a wait."""
        if not self._count_in.running:
            return False
        self._count_in.stop()
        self.count_in_changed.emit()
        return True

    @Slot()
    def _on_counted_in(self) -> None:
        self.count_in_changed.emit()
        if self._running:
            self._engine.play()

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
            self._repeat(self._loop)
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
            self._repeat(self._loop)
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
