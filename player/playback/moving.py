# SPDX-License-Identifier: GPL-3.0-or-later
"""Getting around in the class that is on: seeks, phases, single pictures, and the stretch that repeats. Main thread.

The part of the controller that needs nothing but the stage; what comes before and after a class is not known here.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from player.domain.models import ClassVideo, Phase
from player.domain.playing import Loop, PlayerState
from player.domain.timeline import Timeline
from player.playback.adjustments import Adjustments
from player.playback.captions import Captions
from player.playback.engine import Engine
from player.playback.sleep_timer import Going, SleepTimer
from player.playback.stage import Stage
from player.playback.store import LoadedClass, PlaybackStore
from player.tasks.lane import Lane


class Moving(Adjustments):
    """The base of the controller that moves within a class."""

    loop_changed = Signal()
    """The stretch that repeats, or the start that is set for one."""
    count_in_changed = Signal()

    def __init__(
        self,
        engine: Engine,
        store: PlaybackStore,
        lane: Lane,
        *,
        volume: int,
        stage: Stage,
        captions: Captions | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(engine, store, lane, volume, captions=captions, parent=parent)
        self._state = PlayerState.IDLE
        self._stage = stage
        stage.setParent(self)
        stage.loop_changed.connect(self.loop_changed)
        stage.count_in_changed.connect(self.count_in_changed)
        self.rate_changed.connect(lambda: self._stage.set_rate(self.rate))
        self.sleep_timer = SleepTimer(self._what_goes_on, self._set_sound_share, self)
        stage.position_changed.connect(self._follow_captions)
        self.rate_changed.connect(self._follow_captions)

    @property
    def engine(self) -> Engine:
        return self._engine

    @property
    def state(self) -> PlayerState:
        return self._state

    @property
    def loaded(self) -> LoadedClass | None:
        """The class that plays, is paused, or was the last to end, with its series."""
        return self._stage.loaded

    @property
    def class_video(self) -> ClassVideo | None:
        return self._stage.loaded.class_video if self._stage.loaded else None

    @property
    def timeline(self) -> Timeline:
        return self._stage.timeline

    @property
    def position_ms(self) -> int:
        return self._stage.position_ms

    @property
    def phase_index(self) -> int | None:
        return self._stage.phase_index

    @property
    def phase(self) -> Phase | None:
        return None if self.phase_index is None else self.timeline.phases[self.phase_index]

    @property
    def loop(self) -> Loop | None:
        return self._stage.loop

    @property
    def loop_start_ms(self) -> int | None:
        """The start of a loop whose end is still to be set."""
        return self._stage.loop_start_ms

    @property
    def loops_phase(self) -> bool:
        """Whether what repeats is the running phase, not a stretch with ends of its own."""
        phase, loop = self.phase, self.loop
        return phase is not None and loop == Loop(phase.start_ms, phase.end_ms)

    @property
    def count_in_left_ms(self) -> int | None:
        """While a repeat waits to begin: how long it still does."""
        return self._stage.count_in_left_ms

    @property
    def _moves(self) -> bool:
        return self._state in (PlayerState.PLAYING, PlayerState.PAUSED)

    def _what_goes_on(self) -> Going:
        playing = self._state is PlayerState.PLAYING and self.count_in_left_ms is None
        phase_left_ms = None if self.phase is None else self._real_ms(self.phase.end_ms - self.position_ms)
        class_left_ms = self._real_ms(self.timeline.duration_ms - self.position_ms)
        return Going(playing, phase_left_ms, class_left_ms if self._moves else None)

    def _real_ms(self, length_ms: int) -> int:
        """How long it takes to play at the present speed."""
        return max(0, round(length_ms / self.rate))

    @Slot()
    def _follow_captions(self) -> None:
        goes_on = self._state is PlayerState.PLAYING and self.count_in_left_ms is None
        self.captions.follow(self.position_ms, playing=goes_on, rate=self.rate)

    # Places

    def seek(self, position_ms: int) -> None:
        """Go to a place in the class."""
        raise NotImplementedError

    def seek_by(self, step_ms: int) -> None:
        self.seek(self.position_ms + step_ms)

    def step_frame(self, pictures: int) -> None:
        """Stand still, so many pictures later (or earlier); nothing beyond the ends of the class."""
        if self._moves:
            self._stage.step_frame(pictures)
            if self._state is PlayerState.PLAYING:  # a count-in had the engine stand still already
                self._set_state(PlayerState.PAUSED)

    def _set_state(self, state: PlayerState) -> None:
        raise NotImplementedError

    # Phases

    def next_phase(self) -> None:
        """The start of the next phase; in the last one the end of the class. Never into another class: whoever
        jumps to the end is asked what comes next."""
        target = self.timeline.next_start_ms(self.position_ms)
        if target is not None and self._moves:
            self.seek(target)

    def previous_phase(self) -> None:
        """Within the first seconds of a phase the one before, else the start of the running one."""
        target = self.timeline.previous_start_ms(self.position_ms)
        if target is not None:
            self.seek(target)

    def go_to_phase(self, index: int) -> None:
        """The start of phase `index` (from 0); nothing where there is no such phase."""
        if 0 <= index < len(self.timeline.phases):
            self.seek(self.timeline.phases[index].start_ms)

    # Repeating

    def loop_phase(self) -> None:
        """Repeat the running phase, or stop repeating."""
        self._stage.loop_phase()

    def mark_loop(self) -> None:
        """The place is the start of a loop; asked again it is the end of it; asked again nothing repeats."""
        if self._moves:
            self._stage.mark_loop()

    def set_loop(self, start_ms: int, end_ms: int) -> None:
        """Repeat this stretch; a place outside it leads to its start."""
        if self._moves:
            self._stage.set_loop(start_ms, end_ms)

    def start_loop_here(self) -> None:
        """Move the start of the loop to this place, or set it."""
        if self._moves:
            self._stage.start_loop_here()

    def end_loop_here(self) -> None:
        """Move the end of the loop to this place; without a loop its start is the one that was set, else that of the
        running phase."""
        if self._moves:
            self._stage.end_loop_here()

    @property
    def count_in_ms(self) -> int:
        """How long a repeat waits on its first picture before it begins; 0: not at all."""
        return self._stage.count_in_ms

    def set_count_in_ms(self, count_in_ms: int) -> None:
        """How long a repeat waits on its first picture before it begins; 0 begins at once."""
        self._stage.count_in_ms = max(0, count_in_ms)
