# SPDX-License-Identifier: GPL-3.0-or-later
"""Where engine, queue and timeline meet, and nowhere else. Main thread; the library is asked through a lane.

Commands say what the user wants; facts come from the engine. A class ends for one reason (EndReason), and
only FINISHED and FAILED lead on by themselves.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from player.domain.errors import SessionPlayerError
from player.domain.models import AfterClass, ClassId, ClassVideo, Phase
from player.domain.playing import (
    DEFAULT_SETTLE_MS,
    LONGEST_SKIP_RUN,
    EndReason,
    Loop,
    PlayerState,
    StartAt,
    UpNext,
    new_to_fetch,
)
from player.domain.queue import Queue, QueueItem
from player.domain.timeline import Timeline
from player.playback.countdown import Countdown
from player.playback.engine import MAX_RATE, MAX_VOLUME, MIN_RATE, Engine, EngineState
from player.playback.journal import Journal
from player.playback.messages import Message, Severity
from player.playback.store import LoadedClass, PlaybackStore, load_class
from player.tasks.lane import Lane

log = logging.getLogger(__name__)

TICK_MS = 200
PREPARE_BEFORE_END_MS = 20_000
"""So long before its end the class after it is opened ahead."""


class PlaybackController(QObject):
    """Plays classes. Owns the journal and the countdown; the engine, store and lane are lent."""

    state_changed = Signal(PlayerState)
    class_changed = Signal()
    position_changed = Signal(int)
    phase_changed = Signal()
    rate_changed = Signal()
    volume_changed = Signal()
    mirrored_changed = Signal()
    loop_changed = Signal()
    queue_changed = Signal()
    up_next_changed = Signal()
    stop_after_class_changed = Signal()
    message = Signal(Message)
    library_changed = Signal()

    def __init__(
        self,
        engine: Engine,
        store: PlaybackStore,
        lane: Lane,
        *,
        settle_ms: int = DEFAULT_SETTLE_MS,
        volume: int = 100,
        now: Callable[[], datetime] = datetime.now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._store = store
        self._lane = lane
        self._settle_ms = settle_ms
        self._state = PlayerState.IDLE
        self._loaded: LoadedClass | None = None
        self._timeline = Timeline(0)
        self._item_phase: int | None = None
        self._phase_index: int | None = None
        self._loop: Loop | None = None
        self._rate, self._volume, self._muted, self._mirrored = 1.0, volume, False, False
        self._queue = Queue()
        self._next: LoadedClass | None = None
        self._up_next: UpNext | None = None
        self._stop_after_class = False
        self._request = 0
        self._failures = 0
        self._journal = Journal(store, lane, now, self)
        self._journal.written.connect(self.library_changed)
        self._countdown = Countdown(self)
        self._countdown.ticked.connect(self._count_down)
        self._countdown.over.connect(self.play_now)
        self._played = QElapsedTimer()
        self._tick_timer = QTimer(self)
        self._tick_timer.setSingleShot(True)
        self._tick_timer.timeout.connect(self._tick)
        engine.set_volume(volume)
        engine.state_changed.connect(self._on_engine_state)
        engine.seeked.connect(self._on_seeked)
        engine.ended.connect(self._on_ended)
        engine.failed.connect(self._on_failed)

    # What is going on

    @property
    def engine(self) -> Engine:
        return self._engine

    @property
    def state(self) -> PlayerState:
        return self._state

    @property
    def loaded(self) -> LoadedClass | None:
        """The class that plays, is paused, or was the last to end, with its series."""
        return self._loaded

    @property
    def class_video(self) -> ClassVideo | None:
        return self._loaded.class_video if self._loaded else None

    @property
    def timeline(self) -> Timeline:
        return self._timeline

    @property
    def position_ms(self) -> int:
        return self._engine.position_ms if self._loaded else 0

    @property
    def phase_index(self) -> int | None:
        return self._phase_index

    @property
    def phase(self) -> Phase | None:
        return None if self._phase_index is None else self._timeline.phases[self._phase_index]

    @property
    def rate(self) -> float:
        return self._rate

    @property
    def volume(self) -> int:
        return self._volume

    @property
    def muted(self) -> bool:
        return self._muted

    @property
    def mirrored(self) -> bool:
        return self._mirrored

    @property
    def loop(self) -> Loop | None:
        return self._loop

    @property
    def queue(self) -> Queue:
        return self._queue

    @property
    def next_class_video(self) -> ClassVideo | None:
        """The class at the head of the queue, once it has been looked up."""
        return self._next.class_video if self._next else None

    @property
    def up_next(self) -> UpNext | None:
        return self._up_next

    @property
    def stop_after_class(self) -> bool:
        return self._stop_after_class

    # Starting and stopping

    def restore_queue(self) -> None:
        """Take up the queue that was left when the program ended last."""

        def take(queue: Queue) -> None:
            if not self._queue.items:
                self._set_queue(queue, save=False)

        self._lane.submit(self._store.load_queue, take)

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
        self._set_stop_after_class(False)

        def begin(loaded: LoadedClass) -> None:
            self._set_queue(self._queue.following_series(loaded.following))
            self._begin(loaded, _start_ms(loaded.class_video, start, at_ms, phase), EndReason.NEXT)

        self._load(class_id, begin)

    def _load(self, class_id: ClassId, then: Callable[[LoadedClass], None]) -> None:
        self._request += 1
        request = self._request

        def loaded(result: LoadedClass) -> None:
            if request == self._request:
                then(result)

        def failed(error: Exception) -> None:
            if request == self._request:
                self._tell_error(error)

        self._lane.submit(partial(load_class, self._store, class_id), loaded, failed)

    def _begin(self, loaded: LoadedClass, start_ms: int, reason: EndReason, item_phase: int | None = None) -> None:
        """Leave the running class for `reason` and open `loaded`."""
        self._leave(reason)
        source = loaded.source
        changed_series = self._loaded is None or self._loaded.series.id != loaded.series.id
        self._loaded = loaded
        self._timeline = Timeline(loaded.class_video.duration_ms, loaded.class_video.phases)
        self._item_phase = item_phase
        self._phase_index = self._timeline.index_at(start_ms)
        self._set_loop(None)
        self._set_up_next(None)
        if changed_series:
            self._take_preferences(loaded)
        if source is None:
            self.class_changed.emit()
            self._fail(loaded.class_video.state_reason)
            return
        self._engine.open(source, start_ms=start_ms)
        self._journal.begin(loaded.class_video.id, self._timeline, start_ms)
        self._set_state(PlayerState.PLAYING)
        self.class_changed.emit()
        self.phase_changed.emit()
        self._look_up_next()
        self._schedule_tick()

    def _take_preferences(self, loaded: LoadedClass) -> None:
        preferences = loaded.series.preferences
        self._mirrored, self._rate = preferences.mirrored, preferences.rate
        self._engine.set_rate(self._rate)
        self.mirrored_changed.emit()
        self.rate_changed.emit()

    def _leave(self, reason: EndReason) -> None:
        """Close the sitting with the running class."""
        self._countdown.stop()
        self._tick_timer.stop()
        if reason is not EndReason.FINISHED:
            self._journal_tick()
        self._journal.end(finished=reason is EndReason.FINISHED and self._item_phase is None)

    def stop(self) -> None:
        """Let go of the class: idle. Its place is kept."""
        self._request += 1
        self._leave(EndReason.STOPPED)
        self._engine.stop()
        self._loaded = None
        self._timeline = Timeline(0)
        self._phase_index = None
        self._set_loop(None)
        self._set_up_next(None)
        self._set_state(PlayerState.IDLE)
        self.class_changed.emit()
        self.phase_changed.emit()

    def shutdown(self) -> None:
        """Keep the place before the program ends. The engine is released by who made it."""
        self._request += 1
        self._leave(EndReason.QUIT)
        self._set_state(PlayerState.IDLE)

    def play(self) -> None:
        """Go on; from the Up Next page, go on to the next class; after the last, start it over."""
        if self._up_next is not None and self._up_next.class_video is not None:
            self.play_now()
        elif self._state is PlayerState.PAUSED:
            self._engine.play()
        elif self._state is PlayerState.HOLDING and self._loaded is not None:
            self.play_class(self._loaded.class_video.id, StartAt.BEGINNING)

    def pause(self) -> None:
        if self._state is PlayerState.PLAYING:
            self._engine.pause()
        elif self._state is PlayerState.UP_NEXT:
            self.stay_here()

    def toggle(self) -> None:
        if self._state is PlayerState.PLAYING:
            self.pause()
        else:
            self.play()

    # Getting around

    def seek(self, position_ms: int) -> None:
        """Go to a place in the running class, also from its Up Next page (which it leaves)."""
        if self._loaded is None or self._engine.state in (EngineState.IDLE, EngineState.FAILED):
            return
        position_ms = max(0, min(position_ms, self._timeline.duration_ms))
        self._journal_tick()
        if self._state in (PlayerState.UP_NEXT, PlayerState.HOLDING):
            self._go_back_to_class()
        if self._loop and not self._loop.start_ms <= position_ms < self._loop.end_ms:
            self._set_loop(None)
        self._engine.seek(position_ms)
        self._journal.note(position_ms)
        self._show_position(position_ms)

    def _go_back_to_class(self) -> None:
        """From the Up Next page back into the class that has ended."""
        assert self._loaded is not None  # noqa: S101  (seek has looked)
        self._countdown.stop()
        self._set_up_next(None)
        self._journal.begin(self._loaded.class_video.id, self._timeline, self.position_ms)
        self._set_state(PlayerState.PLAYING)
        self._engine.play()

    def seek_by(self, step_ms: int) -> None:
        self.seek(self.position_ms + step_ms)

    def next_phase(self) -> None:
        """The start of the next phase; in the last one the end of the class. Never into another class."""
        target = self._timeline.next_start_ms(self.position_ms)
        if target is not None and self._state in (PlayerState.PLAYING, PlayerState.PAUSED):
            self.seek(target)

    def previous_phase(self) -> None:
        target = self._timeline.previous_start_ms(self.position_ms)
        if target is not None:
            self.seek(target)

    def go_to_phase(self, index: int) -> None:
        """The start of phase `index` (from 0); nothing where there is no such phase."""
        if 0 <= index < len(self._timeline.phases):
            self.seek(self._timeline.phases[index].start_ms)

    def next_class(self) -> None:
        """The head of the queue, now."""
        if self._queue.head is None:
            self.message.emit(Message("There is no class after this one in the queue."))
            return
        self._failures = 0
        self._advance(EndReason.NEXT)

    def previous_class(self) -> None:
        """The class before this one in its series."""
        if self._loaded is None:
            return
        before = self._loaded.before
        if before is None:
            self.message.emit(Message("This is the first class of the series."))
            return
        self.play_class(before)

    # Loop, mirror, speed, sound

    def loop_phase(self) -> None:
        """Repeat the running phase, or stop repeating."""
        phase = self.phase
        self._set_loop(None if self._loop or phase is None else Loop(phase.start_ms, phase.end_ms))
        self._schedule_tick()

    def set_mirrored(self, mirrored: bool) -> None:
        if mirrored != self._mirrored:
            self._mirrored = mirrored
            self.mirrored_changed.emit()
            self._keep_preferences()

    def set_rate(self, rate: float) -> None:
        rate = round(max(MIN_RATE, min(rate, MAX_RATE)), 2)
        if rate != self._rate:
            self._rate = rate
            self._engine.set_rate(rate)
            self.rate_changed.emit()
            self._keep_preferences()
            self._schedule_tick()

    def set_volume(self, volume: int) -> None:
        self._volume = max(0, min(volume, MAX_VOLUME))
        self._engine.set_volume(self._volume)
        if self._muted and volume > 0:
            self.set_muted(False)
        self.volume_changed.emit()

    def set_muted(self, muted: bool) -> None:
        self._muted = muted
        self._engine.set_muted(muted)
        self.volume_changed.emit()

    def set_settle_ms(self, settle_ms: int) -> None:
        """The general settle time of Up Next, from the next class on."""
        self._settle_ms = max(0, settle_ms)

    def set_stop_after_class(self, stop: bool) -> None:
        """Whether playing stops when this class has ended; asked anew for every class."""
        self._set_stop_after_class(stop)

    def _keep_preferences(self) -> None:
        if self._loaded is None:
            return
        preferences = replace(self._loaded.series.preferences, mirrored=self._mirrored, rate=self._rate)
        self._loaded = replace(self._loaded, series=replace(self._loaded.series, preferences=preferences))
        series_id = self._loaded.series.id
        self._lane.submit(lambda: self._store.set_preferences(series_id, preferences))

    # Queue and Up Next

    def set_queue(self, queue: Queue) -> None:
        """Take over a queue that the user has changed."""
        self._set_queue(queue)

    def _set_queue(self, queue: Queue, *, save: bool = True) -> None:
        if queue == self._queue:
            return
        old_head, self._queue = self._queue.head, queue
        if save:
            self._lane.submit(lambda: self._store.save_queue(queue))
        if queue.head != old_head:
            self._look_up_next()
        self.queue_changed.emit()

    def _look_up_next(self) -> None:
        """Learn what the head of the queue is, so that it can be shown and opened ahead."""
        head = self._queue.head
        if head is None:
            self._next = None
            self._engine.prepare(None)
            return
        if self._next is not None and self._next.class_video.id == head.class_id:
            return
        self._next = None

        def take(loaded: LoadedClass) -> None:
            if self._queue.head == head:
                self._next = loaded
                self._refresh_up_next()
                self.queue_changed.emit()

        self._lane.submit(partial(load_class, self._store, head.class_id), take, self._next_not_found)

    def _next_not_found(self, error: Exception) -> None:
        """A class in the queue is no longer in the library."""
        log.info("Dropped from the queue: %s", error)
        self._set_queue(self._queue.advanced())

    def _prepare_next(self) -> None:
        source = self._next.source if self._next else None
        if self._next is not None and source is not None and self._queue.head is not None:
            self._engine.prepare(source, start_ms=_item_start_ms(self._next, self._queue.head))

    def _advance(self, reason: EndReason) -> None:
        """Play the head of the queue."""
        item = self._queue.head
        if item is None:
            return

        def begin(loaded: LoadedClass) -> None:
            self._set_queue(self._queue.advanced())
            self._begin(loaded, _item_start_ms(loaded, item), reason, item.phase)

        ahead = self._next
        if ahead is not None and ahead.class_video.id == item.class_id:
            self._request += 1
            begin(ahead)
        else:
            self._load(item.class_id, begin)

    def _offer_next(self, ended: LoadedClass) -> None:
        """A class has ended: go on, count down, ask, or stay, as its series wants it."""
        preferences = ended.series.preferences
        settle_ms = self._settle_ms if preferences.settle_ms is None else preferences.settle_ms
        if self._stop_after_class or preferences.after_class is AfterClass.STOP:
            self._set_stop_after_class(False)
            self._set_state(PlayerState.HOLDING)
            return
        asks = preferences.after_class is AfterClass.ASK or self._queue.head is None
        if not asks and settle_ms == 0:
            self._advance(EndReason.FINISHED)
            return
        self._show_up_next(ended.class_video, settle_ms, None if asks else settle_ms)

    def _show_up_next(self, ended: ClassVideo, settle_ms: int, left_ms: int | None) -> None:
        head = self._queue.head
        self._set_up_next(UpNext(ended, None, head, settle_ms, left_ms))
        self._refresh_up_next()
        self._set_state(PlayerState.UP_NEXT if head is not None else PlayerState.HOLDING)
        if left_ms is not None:
            self._countdown.start(left_ms)

    def _refresh_up_next(self) -> None:
        """The queue's head is known, or another one: show it."""
        shown = self._up_next
        if shown is None or self._next is None:
            return
        following = self._next.class_video
        have_ready, put_away = new_to_fetch(shown.ended, following)
        self._set_up_next(
            replace(
                shown,
                class_video=following,
                item=self._queue.head,
                have_ready=have_ready,
                put_away=put_away,
            )
        )
        self._prepare_next()

    @Slot()
    def _count_down(self) -> None:
        if self._up_next is not None:
            self._set_up_next(replace(self._up_next, left_ms=self._countdown.left_ms))

    @Slot()
    def play_now(self) -> None:
        """Leave the Up Next page for the next class."""
        if self._up_next is not None:
            self._advance(EndReason.FINISHED)

    def stay_here(self) -> None:
        """Stop the countdown for good; the next class can still be played by hand."""
        if self._up_next is not None:
            self._countdown.stop()
            self._set_up_next(replace(self._up_next, left_ms=None))
            self._set_state(PlayerState.HOLDING)

    def hold_countdown(self, length_ms: int) -> None:
        """Somebody is at the machine: wait a while before counting on."""
        self._countdown.hold(length_ms)

    # Facts from the engine

    @Slot(EngineState)
    def _on_engine_state(self, state: EngineState) -> None:
        if self._state not in (PlayerState.PLAYING, PlayerState.PAUSED):
            return
        if state is EngineState.PAUSED:
            self._journal_tick()
            self._journal.note(self.position_ms)
            self._set_state(PlayerState.PAUSED)
        elif state is EngineState.PLAYING:
            self._failures = 0
            self._played.start()
            self._set_state(PlayerState.PLAYING)
            self._schedule_tick()

    @Slot(int)
    def _on_seeked(self, position_ms: int) -> None:
        self._played.restart()
        if self._state in (PlayerState.PLAYING, PlayerState.PAUSED):
            self._show_position(position_ms)
            self._schedule_tick()

    @Slot()
    def _on_ended(self) -> None:
        if self._loaded is None or self._state not in (PlayerState.PLAYING, PlayerState.PAUSED):
            return
        if self._loop is not None:
            self._engine.seek(self._loop.start_ms)
            self._engine.play()
            return
        self._journal_tick()
        self._finish()

    def _finish(self) -> None:
        """The class, or the one phase of it that was queued, has run to its end."""
        assert self._loaded is not None  # noqa: S101  (callers have looked)
        ended = self._loaded
        self._leave(EndReason.FINISHED)
        self._show_position(self._timeline.duration_ms if self._item_phase is None else self.position_ms)
        self._offer_next(ended)

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        if self._loaded is not None:
            self._fail(sentence)

    def _fail(self, sentence: str) -> None:
        """The class cannot be played: say so, and go on by the rules where it was not chosen by hand."""
        assert self._loaded is not None  # noqa: S101  (callers have looked)
        video = self._loaded.class_video
        self._leave(EndReason.FAILED)
        self._failures += 1
        head = self._queue.head
        goes_on = self._loaded.series.preferences.after_class is AfterClass.GO_ON
        if goes_on and head is not None and self._failures < LONGEST_SKIP_RUN:
            self._tell(f"“{video.title}” cannot be played, so the next class follows. {sentence}", Severity.WARNING)
            self._advance(EndReason.FAILED)
            return
        self._tell(f"“{video.title}” cannot be played. {sentence}", Severity.ERROR)
        self._engine.stop()
        self._set_state(PlayerState.HOLDING)

    # Ticking

    def _schedule_tick(self) -> None:
        """The next look: at the next boundary that matters, and at least every TICK_MS."""
        if self._state is not PlayerState.PLAYING:
            return
        position_ms = self.position_ms
        phase = self._timeline.phase_at(position_ms)
        boundary_ms = self._loop.end_ms if self._loop else phase.end_ms if phase else self._timeline.duration_ms
        until_ms = int((boundary_ms - position_ms) / self._rate) + 1
        self._tick_timer.start(max(5, min(TICK_MS, until_ms)))

    @Slot()
    def _tick(self) -> None:
        if self._state is not PlayerState.PLAYING or self._loaded is None:
            return
        self._journal_tick()
        position_ms = self.position_ms
        if self._loop and position_ms >= self._loop.end_ms and self._engine.state is EngineState.PLAYING:
            self._engine.seek(self._loop.start_ms)
        elif self._item_is_over(position_ms):
            self._engine.pause()
            self._finish()
            return
        self._show_position(position_ms)
        if self._timeline.duration_ms - position_ms <= PREPARE_BEFORE_END_MS * self._rate:
            self._prepare_next()
        self._schedule_tick()

    def _item_is_over(self, position_ms: int) -> bool:
        """Whether the one phase that was queued has been played; the last phase ends with its class."""
        index = self._item_phase
        return (
            index is not None
            and index + 1 < len(self._timeline.phases)
            and (position_ms >= self._timeline.phases[index].end_ms)
        )

    def _journal_tick(self) -> None:
        if self._engine.state is EngineState.PLAYING and self._played.isValid():
            self._journal.tick(self._played.restart(), self.position_ms)

    def _show_position(self, position_ms: int) -> None:
        index = self._timeline.index_at(position_ms)
        changed, self._phase_index = index != self._phase_index, index
        self.position_changed.emit(position_ms)
        if changed:
            self._journal.note(position_ms)
            self.phase_changed.emit()

    # Telling

    def _set_state(self, state: PlayerState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)

    def _set_loop(self, loop: Loop | None) -> None:
        if loop != self._loop:
            self._loop = loop
            self.loop_changed.emit()

    def _set_up_next(self, up_next: UpNext | None) -> None:
        if up_next != self._up_next:
            self._up_next = up_next
            self.up_next_changed.emit()

    def _set_stop_after_class(self, stop: bool) -> None:
        if stop != self._stop_after_class:
            self._stop_after_class = stop
            self.stop_after_class_changed.emit()

    def _tell(self, text: str, severity: Severity = Severity.INFO) -> None:
        self.message.emit(Message(text, severity))

    def _tell_error(self, error: Exception) -> None:
        if isinstance(error, SessionPlayerError):
            self._tell(str(error), Severity.ERROR)
            return
        log.error("A class could not be looked up", exc_info=error)
        self._tell("The class could not be read from the library. The log tells more.", Severity.ERROR)


def _start_ms(video: ClassVideo, start: StartAt, at_ms: int | None, phase: int | None) -> int:
    """Where a class starts that the user has chosen."""
    if at_ms is not None:
        return max(0, min(at_ms, video.duration_ms))
    if phase is not None:
        return video.phases[phase].start_ms if 0 <= phase < len(video.phases) else 0
    left_ms = video.progress.position_ms
    if start is StartAt.BEGINNING or not left_ms:
        return 0
    if start is StartAt.PHASE:
        running = Timeline(video.duration_ms, video.phases).phase_at(left_ms)
        return running.start_ms if running else 0
    return left_ms


def _item_start_ms(loaded: LoadedClass, item: QueueItem) -> int:
    """Where a queued class starts: at its beginning, or at the one phase that was queued."""
    return _start_ms(loaded.class_video, StartAt.BEGINNING, None, item.phase)
