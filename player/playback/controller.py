# SPDX-License-Identifier: GPL-3.0-or-later
"""Where engine, queue and timeline meet, and nowhere else. Main thread; the library is asked through a lane.

Commands say what the user wants; facts come from the engine. A class ends for one reason (EndReason), and
only FINISHED and FAILED lead on by themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal, Slot
from typing_extensions import override

from player.domain.models import AfterClass, ClassId, ClassVideo, StartAt
from player.domain.playing import DEFAULT_SETTLE_MS, LONGEST_SKIP_RUN, EndReason, PlayerState, UpNext
from player.domain.queue import Queue, QueueItem
from player.domain.timeline import start_position_ms
from player.playback.captions import Captions
from player.playback.choice import Choice
from player.playback.engine import Engine, EngineState
from player.playback.interlude import Interlude
from player.playback.journal import Journal
from player.playback.messages import Severity
from player.playback.moving import Moving
from player.playback.opening_ahead import OpeningAhead, item_start_ms
from player.playback.running_order import RunningOrder
from player.playback.sleep_timer import SleepAt
from player.playback.stage import Stage
from player.playback.store import ClassLoader, LoadedClass, PlaybackStore
from player.tasks.lane import Lane

PREPARE_BEFORE_END_MS = 20_000
"""So long before its end the class after it is opened ahead."""


class PlaybackController(Moving):
    """Plays classes: owns stage, journal, running order and interlude; engine, store and lanes are lent."""

    state_changed = Signal(PlayerState)
    class_changed = Signal()
    position_changed = Signal(int)
    phase_changed = Signal()
    queue_changed = Signal()
    up_next_changed = Signal()
    stop_after_class_changed = Signal()
    library_changed = Signal()
    """Progress, practice or the state of a class has been written to the library."""

    def __init__(
        self,
        engine: Engine,
        store: PlaybackStore,
        lane: Lane,
        *,
        file_lane: Lane | None = None,
        captions: Captions | None = None,
        settle_ms: int = DEFAULT_SETTLE_MS,
        volume: int = 100,
        now: Callable[[], datetime] = datetime.now,
        parent: QObject | None = None,
    ) -> None:
        """`lane` writes to the library; `file_lane` looks whether files are there, which may take seconds (without
        one, `lane` does it)."""
        journal = Journal(store, lane, now)
        stage = Stage(engine, journal)
        super().__init__(engine, store, lane, volume=volume, stage=stage, captions=captions, parent=parent)
        journal.setParent(self)
        journal.written.connect(self.library_changed)
        journal.failed.connect(self._on_not_kept)
        loader = ClassLoader(store, lane, file_lane or lane)
        self._choice = Choice(loader, self._tell_error)
        self._settle_ms = settle_ms
        self._stop_after_class = False
        self._resumed_ms: int | None = None
        self._failures = 0
        self._stage.position_changed.connect(self._on_position)
        self._stage.phase_changed.connect(self.phase_changed)
        self._stage.over.connect(self._on_over)
        self.captions.told.connect(lambda text: self._tell(text, Severity.WARNING))
        self.state_changed.connect(self._follow_captions)
        self.state_changed.connect(self.sleep_timer.look)
        self.sleep_timer.due.connect(self._fall_asleep)
        self._order = RunningOrder(store, lane, loader, self)
        self._ahead = OpeningAhead(engine, self._order)
        self._order.changed.connect(self._on_order_changed)
        self._order.failed.connect(self._tell_error)
        self._interlude = Interlude(self)
        self._interlude.changed.connect(self.up_next_changed)
        self._interlude.over.connect(self.play_now)
        engine.state_changed.connect(self._on_engine_state)
        engine.failed.connect(self._on_failed)

    # What is going on

    @property
    def resumed_ms(self) -> int | None:
        """While `class_changed` tells of a class that is taken up where it was left: that place."""
        return self._resumed_ms

    @property
    def queue(self) -> Queue:
        return self._order.queue

    @property
    def next_class_video(self) -> ClassVideo | None:
        """The class at the head of the queue, once it has been looked up."""
        following = self._order.following
        return following.class_video if following else None

    @property
    def up_next(self) -> UpNext | None:
        return self._interlude.up_next

    @property
    def stop_after_class(self) -> bool:
        return self._stop_after_class

    # Starting and stopping

    def restore_queue(self) -> None:
        """Take up the queue that was left when the program ended last."""
        self._order.restore()

    def play_class(
        self,
        class_id: ClassId,
        start: StartAt = StartAt.RESUME,
        *,
        at_ms: int | None = None,
        phase: int | None = None,
    ) -> None:
        """Play a class because the user wants it; its series is queued after it. `at_ms` or `phase` (an index)
        say where, else `start` does."""
        self._failures = 0
        self._interlude.stay()  # what the user chooses is not overtaken by a countdown

        def begin(loaded: LoadedClass) -> None:
            self._order.set(self.queue.begun(class_id).following_series(loaded.following))
            self._order.look_up(again=True)
            start_ms = start_position_ms(loaded.class_video, start, at_ms, phase)
            resumes = at_ms is None and phase is None and start is StartAt.RESUME and start_ms > 0
            self._resumed_ms = start_ms if resumes else None
            self._begin(loaded, start_ms, EndReason.NEXT)
            self._resumed_ms = None

        self._choice.load(class_id, begin, by_user=True)

    def _begin(self, loaded: LoadedClass, start_ms: int, reason: EndReason, item_phase: int | None = None) -> None:
        """Leave the running class for `reason` and open `loaded`."""
        self._stage.leave(reason)
        source = loaded.source
        if source is not None:
            self._engine.open(source, start_ms=start_ms)
        self._ahead.used()
        self._stage.begin(loaded, start_ms, item_phase)
        self._interlude.end()
        self.set_stop_after_class(False)
        self.sleep_timer.class_over()
        self._take_preferences(loaded.series)
        self.captions.set_class(loaded.class_video, self._captions_wanted)
        self._set_state(PlayerState.PLAYING)
        self.class_changed.emit()
        self.phase_changed.emit()
        if source is None:
            self._fail(loaded.class_video.state_reason)

    def stop(self) -> None:
        """Let go of the class: idle. Its place is kept."""
        self._choice.forget()
        self._stage.leave(EndReason.STOPPED)
        self._ahead.cancel()
        self._engine.stop()
        self._stage.clear()
        self.captions.set_class(None, "")
        self._interlude.end()
        self._set_state(PlayerState.IDLE)
        self.class_changed.emit()
        self.phase_changed.emit()

    def shutdown(self) -> None:
        """Keep the place before the program ends. The engine is released by who made it."""
        self._choice.forget()
        self._stage.leave(EndReason.QUIT)
        self.captions.set_class(None, "")  # or the program would wait for a track that is being read
        self._interlude.end()

    def play(self) -> None:
        """Go on; from the Up Next page, go on to the next class; after the last, start it over."""
        if self.up_next is not None and self.up_next.class_video is not None:
            self.play_now()
        elif self._state is PlayerState.PAUSED:
            self._engine.play()
        elif self._state is PlayerState.HOLDING and self.class_video is not None:
            self.play_class(self.class_video.id, StartAt.RESUME)

    def pause(self) -> None:
        if self._state is PlayerState.PLAYING:
            self._engine.pause()
            if self._stage.end_count_in():  # the engine stands still already
                self._set_state(PlayerState.PAUSED)
        elif self._state is PlayerState.UP_NEXT:
            self.stay_here()

    def toggle(self) -> None:
        if self._state is PlayerState.PLAYING:
            self.pause()
        else:
            self.play()

    # Getting around

    @override
    def seek(self, position_ms: int) -> None:
        """Go to a place in the class, also back from its Up Next page (which this leaves)."""
        if self._engine.state in (EngineState.IDLE, EngineState.FAILED):
            return
        if self._state in (PlayerState.UP_NEXT, PlayerState.HOLDING):
            if position_ms >= self.timeline.duration_ms:
                return
            self._choice.forget()
            self._interlude.end()
            self._set_state(PlayerState.PLAYING)
        self._stage.seek(position_ms)

    def next_class(self) -> None:
        """The head of the queue, now."""
        if self.queue.head is None:
            self._tell("There is no class after this one in the queue.")
            return
        self._failures = 0
        self._advance(EndReason.NEXT)

    def previous_class(self) -> None:
        """The class before this one in its series."""
        if self.loaded is None:
            return
        if self.loaded.before is None:
            self._tell("This is the first class of the series.")
        else:
            self.play_class(self.loaded.before)

    @Slot()
    def _fall_asleep(self) -> None:
        if self._state in (PlayerState.PLAYING, PlayerState.UP_NEXT):
            self.pause()
            self._tell("The sleep timer has paused the class.")

    def add_to_queue(self, class_id: ClassId, phase: int | None = None, *, at_end: bool = False) -> None:
        """Queue a class, or one phase of it (its index): as the next thing, or after what the user has queued."""
        item = QueueItem(class_id, phase)
        self._order.set(self.queue.append(item) if at_end else self.queue.play_next(item))

    def set_stop_after_class(self, stop: bool) -> None:
        """Whether playing stops when this class has ended; asked anew for every class."""
        if stop != self._stop_after_class:
            self._stop_after_class = stop
            self.stop_after_class_changed.emit()

    def set_settle_ms(self, settle_ms: int) -> None:
        """The general settle time of Up Next, from the next class on."""
        self._settle_ms = max(0, settle_ms)

    # Queue and Up Next

    def set_queue(self, queue: Queue) -> None:
        """Take over a queue that the user has changed."""
        self._order.set(queue)

    @Slot()
    def _on_order_changed(self) -> None:
        self.queue_changed.emit()
        if self.up_next is not None:
            self._show_following()

    def _show_following(self) -> None:
        following = self._order.following
        if following is not None and following.source is None and self._failures < LONGEST_SKIP_RUN:
            self._failures += 1
            video = following.class_video
            self._tell(f"“{video.title}” is left out. {video.state_reason}", Severity.WARNING)
            self._order.set(self.queue.advanced())
            return
        self._interlude.follow(self.next_class_video, self.queue.head)
        if self.queue.head is None and self._state is PlayerState.UP_NEXT:
            self.stay_here()
        self._ahead.prepare()

    def _advance(self, reason: EndReason) -> None:
        """Play the head of the queue."""
        item = self.queue.head
        if item is None:
            return

        def begin(loaded: LoadedClass) -> None:
            self._order.set(self.queue.advanced())
            self._begin(loaded, item_start_ms(loaded, item), reason, item.phase)

        ahead = self._order.following
        if ahead is not None and ahead.class_video.id == item.class_id:
            self._choice.forget()
            begin(ahead)
        else:
            self._choice.load(item.class_id, begin)

    @Slot()
    def _on_over(self) -> None:
        """The class has run to its end: go on, count down, ask, or stay, as its series wants it."""
        ended = self.loaded
        if ended is None:
            return
        self._stage.leave(EndReason.FINISHED)
        self._stop_after_class = self._stop_after_class or self.sleep_timer.at is SleepAt.CLASS_END
        self.sleep_timer.class_over()
        preferences = ended.series.preferences
        if self._choice.by_user:  # the user has chosen what comes, and it is being loaded
            self._set_state(PlayerState.HOLDING)
            return
        if self._stop_after_class or preferences.after_class is AfterClass.STOP:
            self.set_stop_after_class(False)
            self._set_state(PlayerState.HOLDING)
            return
        settle_ms = self._settle_ms if preferences.settle_ms is None else preferences.settle_ms
        nothing_follows = self.queue.head is None
        goes_on = preferences.after_class is AfterClass.GO_ON and not self._stage.jumped_to_end
        counts = goes_on and not nothing_follows
        if counts and settle_ms == 0:
            self._advance(EndReason.FINISHED)
            return
        played = not self._stage.jumped_to_end
        self._interlude.begin(ended.class_video, settle_ms, counts=counts, played_to_end=played)
        self._show_following()
        self._set_state(PlayerState.HOLDING if nothing_follows else PlayerState.UP_NEXT)

    @Slot()
    def play_now(self) -> None:
        """Leave the Up Next page for the next class."""
        if self.up_next is not None:
            self._advance(EndReason.FINISHED)

    def stay_here(self) -> None:
        """Stop the countdown for good; the next class can still be played by hand."""
        if self.up_next is not None:
            self._choice.forget()
            self._interlude.stay()
            self._set_state(PlayerState.HOLDING)

    def hold_countdown(self, length_ms: int) -> None:
        """Somebody is at the machine: wait a while before counting on."""
        self._interlude.hold(length_ms)

    # Facts from the engine

    @Slot(EngineState)
    def _on_engine_state(self, state: EngineState) -> None:
        if self._state not in (PlayerState.PLAYING, PlayerState.PAUSED):
            return
        if state is EngineState.PAUSED:
            if self._stage.count_in_left_ms is None:  # a repeat that waits to begin is not paused
                self._set_state(PlayerState.PAUSED)
        elif state is EngineState.PLAYING:
            self._failures = 0
            self._set_state(PlayerState.PLAYING)

    @Slot(int)
    def _on_position(self, position_ms: int) -> None:
        if self._state is PlayerState.PLAYING and self._stage.left_ms <= PREPARE_BEFORE_END_MS:
            self._ahead.prepare()
        self.position_changed.emit(position_ms)

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        if self._stage.loaded is not None:
            self._fail(sentence)

    def _fail(self, sentence: str) -> None:
        """The class cannot be played: say so and, where its series goes on, play the next one."""
        ended = self.loaded
        if ended is None:
            return
        self._stage.leave(EndReason.FAILED)
        self._failures += 1
        title = ended.class_video.title
        wants_next = ended.series.preferences.after_class is AfterClass.GO_ON and not self._stop_after_class
        if self._choice.by_user:
            return
        if wants_next and self.queue.head is not None and self._failures < LONGEST_SKIP_RUN:
            self._tell(f"“{title}” cannot be played, so the next class follows. {sentence}", Severity.WARNING)
            self._advance(EndReason.FAILED)
            return
        self._tell(f"“{title}” cannot be played. {sentence}", Severity.ERROR)
        self._engine.stop()
        self._set_state(PlayerState.HOLDING)

    @override
    def _set_state(self, state: PlayerState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)
