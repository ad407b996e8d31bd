# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine that plays with libVLC: one deck for what plays, one for what is opened ahead. Main thread.

A deck is used for one medium and then given to the reaper. Files are looked at on a thread of their own, since a
disk may be asleep. What libVLC's threads say comes here as a queued signal.
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from typing_extensions import override

from player.domain.media import MediaSource
from player.playback.clock import PlayingClock, monotonic_ms
from player.playback.engine import MAX_RATE, MAX_VOLUME, MIN_RATE, Engine, EngineState, EngineStatistics
from player.playback.vlc import sentences
from player.playback.vlc.ahead import Ahead
from player.playback.vlc.deck import Deck
from player.playback.vlc.end_watch import TOLERANCE_MS, EndWatch
from player.playback.vlc.facts import Fact, Sound
from player.playback.vlc.frames import Shot, VlcFrameSource
from player.playback.vlc.loader import FILE_CACHING_MS, LibVlc
from player.playback.vlc.stills import Stills
from player.playback.vlc.workshop import Opening, Workshop

log = logging.getLogger(__name__)

OPEN_LIMIT_MS = 20_000
"""A medium that shows and sounds nothing for so long has failed. Sleeping disks take up to ten seconds."""
TICK_MS = 100
_SIGN_OF_LIFE_MS = 600
"""libVLC tells the time four times a second; after a longer silence its own word for the end is awaited."""
_LAST_PICTURES_MS = 150

_BREAKS_OFF_MS = 10_000
"""Readers of a file differ by less about its length."""


class VlcEngine(Engine):
    """Owns libVLC, its decks and the mailbox; `shutdown` releases them."""

    _happened = Signal(int, int, float, float)
    _looked_at = Signal(object, str)
    _still_found = Signal(int, object)

    def __init__(
        self, audio_output: str = "", *, open_limit_ms: int = OPEN_LIMIT_MS, parent: QObject | None = None
    ) -> None:
        """`audio_output`: see LibVlc ("none" for a machine without sound). Raises EngineError."""
        super().__init__(parent)
        libvlc = LibVlc(audio_output)
        self._pictures = VlcFrameSource(self)
        self.frames = self._pictures
        self._clock = PlayingClock()
        self._sound = Sound()
        self._workshop = Workshop(libvlc, self._pictures, self._sound, self._happened.emit, self._looked_at.emit)
        self._open_limit_ms = open_limit_ms
        self._state = EngineState.IDLE
        self._source: MediaSource | None = None
        self._deck: Deck | None = None
        self._ahead = Ahead(self._workshop)
        self._stills = Stills(self._pictures, self._still_found.emit)
        self._still_wish = 0
        self._behind_ms: int | None = None
        self._says_seeked = True
        self._stills_fail_for: MediaSource | None = None
        self._opening: Opening | None = None
        self._opening_began_ms = 0.0
        self._pause_wanted = False
        self._next_seek_ms: int | None = None
        self._answers_seek = False
        self._ends_when_shown = False
        self._lost = 0
        self._closed = False
        self._happened.connect(self._on_happened, Qt.ConnectionType.QueuedConnection)
        self._looked_at.connect(self._on_looked_at, Qt.ConnectionType.QueuedConnection)
        self._still_found.connect(self._on_still_found, Qt.ConnectionType.QueuedConnection)
        self._tick_timer = QTimer(self, interval=TICK_MS)
        self._tick_timer.timeout.connect(self._tick)
        self._end_watch = EndWatch(self._clock, self)
        self._end_watch.due.connect(self._end_if_alive)

    # Facts

    @property
    @override
    def state(self) -> EngineState:
        return self._state

    @property
    @override
    def position_ms(self) -> int:
        if self._state in (EngineState.IDLE, EngineState.FAILED):
            return 0
        position_ms, end_ms = self._clock.position_ms, self._end_ms
        return min(position_ms, end_ms) if end_ms else position_ms

    @property
    @override
    def duration_ms(self) -> int:
        if self._source is None or self._state in (EngineState.IDLE, EngineState.OPENING, EngineState.FAILED):
            return 0
        return self._source.duration_ms or (self._deck.length_ms if self._deck else 0)

    @property
    @override
    def statistics(self) -> EngineStatistics:
        self._count_lost()
        return EngineStatistics(self._pictures.shown, self._pictures.late + self._lost)

    # Commands

    @override
    def open(self, source: MediaSource, *, start_ms: int = 0, paused: bool = False) -> None:
        if self._closed:
            return
        self._let_go()
        start_ms = max(0, start_ms)
        self._source = source
        self._pause_wanted = paused
        self._clock.set(start_ms)
        self._opening_began_ms = monotonic_ms()
        self._tick_timer.start()
        ahead = self._ahead.take(source, start_ms)
        self._set_state(EngineState.OPENING)
        if isinstance(ahead, Deck):
            self._adopt(ahead)
        else:
            self._opening = ahead or self._workshop.look_at(source, start_ms)

    @override
    def prepare(self, source: MediaSource | None, *, start_ms: int = 0) -> None:
        if not self._closed:
            self._ahead.prepare(source, start_ms)
            self._tick_timer.start()

    @override
    def play(self) -> None:
        if self._state is EngineState.ENDED:
            self._pause_wanted = False
            self.seek(0)
            return
        self._pause_wanted = False
        if self._state is EngineState.PAUSED:
            self._set_state(EngineState.PLAYING)
            self._go_on()

    @override
    def pause(self) -> None:
        if self._state is EngineState.ENDED:
            return
        self._pause_wanted = True
        if self._state is EngineState.PLAYING:
            self._clock.stop()
            self._end_watch.stop()
            deck = self._deck
            if deck is not None and deck.ready:
                deck.pause()
            if self._has_stills and not self._ends_when_shown and (self._answers_seek or (deck and deck.seeking)):
                # A seek is on its way, and libVLC may lose it when it is paused.
                self._next_seek_ms = self._clock.peek() if self._next_seek_ms is None else self._next_seek_ms
            self._set_state(EngineState.PAUSED)
            self._seek_next()

    @override
    def stop(self) -> None:
        self._let_go()
        self._source = None
        self._pictures.clear()
        self._clock.set(0)
        self._set_state(EngineState.IDLE)

    @override
    def seek(self, position_ms: int) -> None:
        if self._source is None or self._state in (EngineState.IDLE, EngineState.FAILED):
            return
        position_ms = max(0, position_ms)
        self._end_watch.stop()
        if self._state is EngineState.ENDED:
            self._set_state(EngineState.PAUSED if self._pause_wanted else EngineState.PLAYING)
        self._clock.stop()
        self._clock.set(min(position_ms, self._end_ms) if self._end_ms else position_ms)
        self._next_seek_ms = position_ms
        self._tick_timer.start()
        self._seek_next()

    @override
    def set_rate(self, rate: float) -> None:
        self._sound.rate = min(max(rate, MIN_RATE), MAX_RATE)
        self._clock.set_rate(self._sound.rate)
        self._apply_sound()
        self._arm_end()

    @override
    def set_volume(self, percent: int) -> None:
        self._sound.volume = min(max(percent, 0), MAX_VOLUME)
        self._apply_sound()

    @override
    def set_muted(self, muted: bool) -> None:
        self._sound.muted = muted
        self._apply_sound()

    @override
    def shutdown(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._let_go()
        self._tick_timer.stop()
        self._ahead.drop()
        self._stills.close()
        self._workshop.close()
        self._pictures.close()

    # Opening

    @Slot(object, str)
    def _on_looked_at(self, opening: Opening, problem: str) -> None:
        if self._closed:
            return
        if self._ahead.looked_at(opening, problem):
            self._tick_timer.start()
        elif opening is self._opening:
            self._opening = None
            if problem:
                self._fail(problem)
            else:
                self._load(opening.source, opening.start_ms)

    def _load(self, source: MediaSource, start_ms: int, *, by_playing: bool = False) -> None:
        self._deck = self._workshop.make(source, start_ms, still=self._pause_wanted, by_playing=by_playing)
        self._put_on_air(self._deck)

    def _adopt(self, deck: Deck) -> None:
        """Take what was opened ahead: its picture shows now, what follows is told in the next turn."""
        self._deck = deck
        self._put_on_air(deck)
        if deck.ready:
            if not self._pause_wanted and not deck.over:
                deck.resume()
            QTimer.singleShot(0, self, lambda: self._on_ready(deck))

    def _put_on_air(self, deck: Deck) -> None:
        deck.output.place = self._clock.peek
        self._pictures.put_on_air(deck.output)

    def _on_ready(self, deck: Deck) -> None:
        """The deck shows its first picture, or sounds."""
        if deck is not self._deck:
            return
        if not deck.seen_picture and self._state is EngineState.OPENING:
            self._pictures.clear()
        if self._behind_ms is not None:
            self._answers_seek = False
            deck.pause()
            deck.stand()
            return
        if self._answers_seek:
            self._answers_seek = False
            self._answer_seek()
            return
        if self._state is not EngineState.OPENING:
            return
        if self._pause_wanted and not deck.still:
            deck.pause()
        self._set_state(EngineState.PAUSED if self._pause_wanted else EngineState.PLAYING)
        self.opened.emit(self.duration_ms)
        if deck is self._deck and not self._pause_wanted:
            self._go_on()
        if deck is self._deck:
            self.position_changed.emit(self.position_ms)
            self._seek_next()

    def _go_on(self) -> None:
        """Let deck and clock run, unless a seek is on its way."""
        deck = self._deck
        self._tick_timer.start()
        if self._behind_ms is not None:
            self._catch_up(deck, self._behind_ms)
            return
        if deck is None or not deck.ready:
            return
        if deck.over:
            self._clock.start()
            if not self._plays_on(deck):
                self._finish()
            return
        if deck.still:
            deck.resume()
        if not deck.seeking and self._next_seek_ms is None:
            self._clock.start()
            self._arm_end()

    # Seeking

    def _seek_next(self) -> None:
        """Begin the seek that was asked for last, if the one before has been answered."""
        deck, target_ms = self._deck, self._next_seek_ms
        if target_ms is None or self._source is None or self._opening is not None:
            return
        ends = self._end_ms > 0 and target_ms >= self._end_ms
        stands = self._state is EngineState.PAUSED and self._has_stills
        if not (ends or stands) and deck is not None and (deck.seeking or not deck.ready):
            return
        self._next_seek_ms = None
        self._still_wish, self._behind_ms = 0, None
        self._ends_when_shown = False
        self._says_seeked = True
        if ends:
            self._end_early(self._source)
        elif stands:
            self._seek_standing(self._source, target_ms)
        elif deck is not None and deck.can_seek_to(target_ms):
            self._put_on_air(deck)
            deck.seek(target_ms)
        else:
            self._reopen(target_ms)

    @property
    def _has_stills(self) -> bool:
        return self._source is not None and self._source.facts.has_video and self._source != self._stills_fail_for

    def _end_early(self, source: MediaSource) -> None:
        """The end was sought: show the last picture, then end."""
        self._give_up_deck()
        if self._has_stills:
            self._ends_when_shown = True
            self._still_wish = self._stills.ask(source, self._end_ms)
        else:
            self._finish()

    def _seek_standing(self, source: MediaSource, target_ms: int) -> None:
        """Show the picture there; libVLC follows when playing goes on."""
        if self._deck is not None:
            self._deck.stand()
        self._behind_ms = target_ms
        self._still_wish = self._stills.ask(source, target_ms)

    @Slot(int, object)
    def _on_still_found(self, number: int, shot: Shot | None) -> None:
        if number != self._still_wish or self._closed:
            return
        self._still_wish = 0
        if shot is not None:
            self._pictures.show(shot)
        else:
            self._stills_fail_for = self._source
        if self._ends_when_shown:
            self._finish()
        elif shot is not None:
            self._answer_seek()
        else:
            self._next_seek_ms, self._behind_ms = self._behind_ms, None
            self._seek_next()

    def _catch_up(self, deck: Deck | None, target_ms: int) -> None:
        """Play on from where seeking has led while everything stood."""
        self._says_seeked = self._still_wish != 0
        self._drop_still()
        if deck is not None and deck.can_seek_to(target_ms):
            deck.output.forget_waiting()
            self._put_on_air(deck)
            deck.resume_at(target_ms)
        else:
            self._reopen(target_ms)

    def _drop_still(self) -> None:
        self._still_wish, self._behind_ms = 0, None
        self._stills.forget()

    def _reopen(self, position_ms: int, *, by_playing: bool = False) -> None:
        """Seek by another deck, since this one cannot. Its first picture is the answer."""
        if self._deck is not None:
            self._workshop.retire(self._deck)
        self._answers_seek = True
        self._opening_began_ms = monotonic_ms()
        if self._source is not None:
            self._load(self._source, position_ms, by_playing=by_playing)

    def _answer_seek(self) -> None:
        if self._next_seek_ms is not None:
            self._seek_next()
            return
        if self._deck is not None and self._pause_wanted != self._deck.still and not self._deck.over:
            (self._deck.pause if self._pause_wanted else self._deck.resume)()
        if self._state is EngineState.PLAYING:
            self._clock.start()
            self._arm_end()
        position_ms = self.position_ms
        self.position_changed.emit(position_ms)
        if self._says_seeked:
            self.seeked.emit(position_ms)

    # Playing

    @Slot(int, int, float, float)
    def _on_happened(self, number: int, what: int, value: float, at_ms: float) -> None:
        for deck in (self._deck, self._ahead.deck):
            if deck is not None and deck.number == number:
                self._take(deck, deck.handle(what, value, at_ms))

    def _take(self, deck: Deck, fact: Fact | None) -> None:
        if fact is None or self._closed:
            return
        if deck is not self._ahead.deck:
            self._take_playing(deck, fact)
        elif self._ahead.handle(deck, fact):
            self.prepared.emit()

    def _take_playing(self, deck: Deck, fact: Fact) -> None:
        match fact:
            case Fact.READY:
                self._on_ready(deck)
            case Fact.SEEKED | Fact.STUCK if self._behind_ms is not None:
                pass  # asked before everything stood; libVLC will be sent elsewhere when playing goes on
            case Fact.SEEKED:
                self._answer_seek()
            case Fact.STUCK:
                log.info("Seeking in %s got stuck; opening it again", deck.source.path.name)
                target_ms, self._next_seek_ms = self._next_seek_ms, None
                self._reopen(self.position_ms if target_ms is None else target_ms, by_playing=True)
            case Fact.MISREAD:
                self._workshop.retire(deck)
                self._deck = self._workshop.make_otherwise(deck)
                self._put_on_air(self._deck)
            case Fact.TIME:
                self._on_time(deck)
            case Fact.ENDED:
                self._on_deck_ended(deck)
            case Fact.FAILED:
                self._fail(sentences.DAMAGED)

    def _on_time(self, deck: Deck) -> None:
        if self._state is EngineState.PLAYING and self._clock.running:
            self._clock.reading(*deck.reading)
            self._count_lost()
            self._arm_end()

    def _on_deck_ended(self, deck: Deck) -> None:
        if not deck.ready and not deck.has_played and not self._answers_seek:
            self._fail(sentences.DAMAGED)
        elif not deck.ready:
            self._take(deck, deck.make_ready())
            if deck is self._deck:
                self._on_deck_ended(deck)
        elif self._breaks_off():
            self._fail(sentences.BROKEN_OFF)
        elif self._state is EngineState.PLAYING and not self._plays_on(deck):
            self._finish()

    def _breaks_off(self) -> bool:
        """Whether libVLC has run out of file long before the end: it is cut off, or its drive has gone."""
        if self._state is not EngineState.PLAYING or self._source is None:
            return False
        duration_ms = self._source.duration_ms
        return self._clock.peek() < duration_ms - max(_BREAKS_OFF_MS, duration_ms // 20)

    def _plays_on(self, deck: Deck) -> bool:
        """libVLC says that it has ended when it has handed the last of a medium on: the last picture may be yet to
        come, and an output without a device takes the last sound at once. The clock knows better."""
        left_ms = self._end_ms - self._clock.peek()
        most_ms = _LAST_PICTURES_MS if deck.seen_picture else FILE_CACHING_MS + 2 * TICK_MS
        if not TOLERANCE_MS < left_ms <= most_ms:
            return False
        self._arm_end()
        return self._end_watch.armed

    def _arm_end(self) -> None:
        self._end_watch.arm(self._end_ms, self._sound.rate)

    @Slot()
    def _end_if_alive(self) -> None:
        deck = self._deck
        if deck is None or self._state is not EngineState.PLAYING:
            return
        if (stands_ms := self._last_picture_stands(deck)) > 0:
            self._end_watch.again_in(stands_ms)
        elif deck.over or monotonic_ms() - deck.last_sign_ms < _SIGN_OF_LIFE_MS:
            self._finish()

    def _last_picture_stands(self, deck: Deck) -> float:
        """How much longer the last picture should be seen; the clock may be wrong by part of a picture."""
        frame_rate = deck.source.facts.frame_rate
        if not deck.seen_picture or frame_rate <= 0:
            return 0.0
        picture_ms = 1000 / frame_rate / self._sound.rate
        shown_ms = monotonic_ms() - deck.output.shown_at_ms
        return picture_ms - shown_ms if shown_ms < picture_ms * 0.7 else 0.0

    def _finish(self) -> None:
        end_ms = self._end_ms
        self._let_go()
        if end_ms:
            self._clock.set(end_ms)
        self._set_state(EngineState.ENDED)
        self.position_changed.emit(self.position_ms)
        if self._state is EngineState.ENDED:
            self.ended.emit()

    def _fail(self, sentence: str) -> None:
        log.warning("Could not be played: %s: %s", self._source.path if self._source else "?", sentence)
        self._let_go()
        self._clock.set(0)
        self._set_state(EngineState.FAILED)
        self.failed.emit(sentence)

    @Slot()
    def _tick(self) -> None:
        for deck in (self._ahead.deck, self._deck):
            if deck is not None:
                self._take(deck, deck.tick())
        waiting = self._deck is not None and not self._deck.ready
        if (self._opening or waiting) and monotonic_ms() - self._opening_began_ms > self._open_limit_ms:
            self._fail(sentences.SILENT.format(seconds=self._open_limit_ms // 1000))
        if self._state is EngineState.PLAYING:
            self.position_changed.emit(self.position_ms)
        elif not self._is_waiting():
            self._tick_timer.stop()

    # Within

    def _is_waiting(self) -> bool:
        deck = self._deck
        busy = deck is not None and (deck.seeking or not deck.ready)
        return busy or self._opening is not None or self._ahead.is_loading

    @property
    def _end_ms(self) -> int:
        """Where the medium ends, as far as anyone knows; the longer of two readings, so that nothing is cut off."""
        told_ms = self._source.duration_ms if self._source else 0
        return max(told_ms, self._deck.length_ms) if self._deck else told_ms

    def _let_go(self) -> None:
        """Nothing plays any more and nothing is awaited; the picture stays."""
        self._count_lost()
        self._end_watch.stop()
        self._clock.stop()
        self._opening = None
        self._next_seek_ms = None
        self._answers_seek = self._ends_when_shown = False
        self._drop_still()
        self._give_up_deck()

    def _give_up_deck(self) -> None:
        self._pictures.put_on_air(None)
        deck, self._deck = self._deck, None
        if deck is not None:
            self._workshop.retire(deck)

    def _count_lost(self) -> None:
        if self._deck is not None:
            self._lost += self._deck.count_lost()

    def _apply_sound(self) -> None:
        for deck in (self._deck, self._ahead.deck):
            if deck is not None:
                deck.apply_sound()

    def _set_state(self, state: EngineState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)
