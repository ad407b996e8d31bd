# SPDX-License-Identifier: GPL-3.0-or-later
"""A deck: one player of libVLC with one medium, used once. libVLC is called on the main thread only.

libVLC's callbacks arrive on its own threads; each posts a plain value, and `handle` takes it on the main thread
and says what it means (a `Fact`). The deck knows nothing of the engine's states.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Callable
from enum import IntEnum, auto
from typing import Any

from player.domain.media import MediaFormat, MediaSource
from player.playback.clock import monotonic_ms
from player.playback.vlc.facts import Fact, Post, Sound, What
from player.playback.vlc.frames import VlcFrameSource
from player.playback.vlc.loader import FILE_CACHING_MS, LibVlc
from player.playback.vlc.output import Gate, VideoOutput

log = logging.getLogger(__name__)

END_ZONE_MS = FILE_CACHING_MS + 500
"""So close to its end a paused player cannot be sought: libVLC waits for data that never come, and hangs."""
PICTURE_PATIENCE_MS = 1_200
"""A standing player that has shown no picture by then is made to play up to one."""
SEEK_PATIENCE_MS = 5_000
"""A playing one may be busy decoding on from the last whole picture."""
_PLACING_PATIENCE_MS = 500
SOUND_PATIENCE_MS = 3_000
"""A medium that should have a picture but only sounds is taken as it is after this long."""
_LATECOMER_MS = 45
_FLUSHED_PICTURES = 2.5
"""So many pictures' time after the new data are there, none from before a seek is shown any more."""
_ROUNDING_MS = 0.6
"""A picture at 33.33 ms is the one seen at 33 ms."""
_SETTLING_MS = 600
"""Pictures that libVLC drops so soon after a start, a pause or a seek are not late ones."""

_OTHER_READER = "avformat"
_OTHERWISE_READABLE = frozenset({MediaFormat.MP4, MediaFormat.MATROSKA})
_DISAGREEMENT_MS = 1_500

_numbers = itertools.count(1)


class _Awaits(IntEnum):
    """Steps of a seek, as libVLC's threads see them pass; the next picture after the last one is the answer."""

    NOTHING = auto()
    FLUSH = auto()
    FILL = auto()
    TIME = auto()
    PICTURE = auto()


class Deck:
    """Owns the player, its medium and its video output until `give_up`."""

    def __init__(
        self,
        libvlc: LibVlc,
        mailbox: VlcFrameSource,
        post: Post,
        source: MediaSource,
        start_ms: int,
        *,
        still: bool,
        sound: Sound,
        by_other_reader: bool = False,
        by_playing: bool = False,
    ) -> None:
        """Starts at once. `still`: stop at the first picture, silently, until `resume`. `by_other_reader`: let
        FFmpeg's demuxer read the file, where libVLC's own disagrees about its length (see Fact.MISREAD).
        `by_playing`: come to stand by playing silently up to the first picture; works where seeking in a paused
        player does not."""
        self.number = next(_numbers)
        self.source = source
        self.start_ms = start_ms
        self.still = still
        self.by_other_reader = by_other_reader
        self.ready = False
        self.over = False
        self.seen_picture = False
        self.length_ms = 0
        self.reading = (0.0, 0.0)
        self.last_sign_ms = monotonic_ms()
        self._post = post
        self._sound = sound
        self._silenced = False
        self._placing = self._seeks_still = False
        self._heard_time = self._filled = False
        self._began_ms = monotonic_ms()
        self._lost = self._lost_counted = 0
        self._settled_at_ms = self._began_ms + _SETTLING_MS
        self._target_ms = start_ms
        self._awaits = _Awaits.NOTHING
        self._asked_ms = 0.0
        self._filled_ms = 0.0
        self._flushed_ms = _FLUSHED_PICTURES * 1000 / (source.facts.frame_rate or 25)
        self._same_shown = 0
        self._showed = False
        self._libvlc = libvlc
        self.output = VideoOutput(source.facts, mailbox, lambda: start_ms, self._on_shown)
        self._player: Any = libvlc.instance.media_player_new()
        self._media: Any = libvlc.new_media(source.path)
        self._start(by_playing)

    # Commands

    def resume(self) -> None:
        """Go on playing (with sound)."""
        self.still = False
        self._settle()
        self.output.gate = Gate.OPEN
        self._unsilence()
        self._player.set_pause(0)

    def resume_at(self, position_ms: int) -> None:
        """Go on playing from a place that was sought while standing; leads to SEEKED or STUCK. The old picture does
        not show again."""
        self.seek(position_ms)
        self.still = False
        self.output.gate = Gate.NEWS
        self._unsilence()
        self._player.set_pause(0)

    def stand(self) -> None:
        """Show no more pictures, though standing: others take their place."""
        self.output.gate = Gate.SHUT

    def pause(self) -> None:
        """Only once `ready`: libVLC stops a player that is asked to pause before it knows whether it can."""
        self.still = True
        self.output.gate = Gate.NEWS
        self._player.set_pause(1)

    def apply_sound(self) -> None:
        self._player.set_rate(self._sound.rate)
        self._player.audio_set_volume(self._sound.volume)
        self._player.audio_set_mute(self._sound.muted or self._silenced)

    def can_seek_to(self, position_ms: int) -> bool:
        """Whether `seek` may be used; else another deck must be opened there."""
        return self.ready and not self.over and not (self.still and self._is_near_end(position_ms))

    def seek(self, position_ms: int) -> None:
        """Leads to SEEKED or STUCK."""
        self._target_ms = position_ms
        self._same_shown = 0
        self._asked_ms = monotonic_ms()
        self._settle()
        self._seeks_still = self.still
        self._awaits = _Awaits.FLUSH
        self._player.set_time(self._picture_start(position_ms))

    @property
    def seeking(self) -> bool:
        return self._awaits is not _Awaits.NOTHING

    @property
    def has_played(self) -> bool:
        """Whether anything was decoded, ready or not. Of a second of sound libVLC says no more than that its data
        have come."""
        stats = self._libvlc.vlc.MediaStats()
        sounded = bool(self._media.get_stats(stats)) and stats.played_abuffers > 0
        short_sound = not self.source.facts.has_video and self.length_ms > 0 and self._filled
        return self.seen_picture or sounded or short_sound

    def make_ready(self) -> Fact | None:
        """Ready as it is: the medium shows no picture, or ended before it could."""
        if self.ready:
            return None
        self.ready = True
        if not self.still:
            self.apply_sound()  # some sound outputs take their volume only while they play
        return Fact.READY

    def count_lost(self) -> int:
        """Pictures libVLC has dropped since it was last asked, though it played undisturbed."""
        stats = self._libvlc.vlc.MediaStats()
        if not self._media.get_stats(stats):
            return 0
        new, self._lost = stats.lost_pictures - self._lost, stats.lost_pictures
        return max(0, new) if monotonic_ms() > self._settled_at_ms else 0

    def give_up(self) -> Callable[[], None]:
        """Take the player out of use; the function returned stops and releases it, on any thread."""
        self._awaits = _Awaits.NOTHING
        events = self._player.event_manager()
        for kind in self._events():
            events.event_detach(kind)
        player, media, output = self._player, self._media, self.output

        def release() -> None:
            player.stop()
            player.release()
            media.release()
            output.forget()

        return release

    # What libVLC said, on the main thread

    def handle(self, what: int, value: float, at_ms: float) -> Fact | None:
        self.last_sign_ms = max(self.last_sign_ms, at_ms)
        match what:
            case What.PICTURE:
                return self._on_first_picture()
            case What.SEEK_PICTURE:
                return self._on_sought()
            case What.FILLED:
                return self._on_filled()
            case What.TIME:
                self.reading = (value, at_ms)
                self._heard_time = True
                if self.ready:
                    return Fact.TIME
                return None if self._expects_picture else self.make_ready()
            case What.PAUSED:
                return self.make_ready() if self.seen_picture else None
            case What.LENGTH:
                return self._on_length_told(int(value))
            case What.END:
                self.over = True
                return Fact.ENDED
            case What.ERROR:
                self.over = True
                return Fact.FAILED
        return None

    def tick(self) -> Fact | None:
        """What time alone brings; call it ten times a second while loading or seeking."""
        now = monotonic_ms()
        if not self.ready:
            return self._tick_loading(now)
        patience_ms = PICTURE_PATIENCE_MS if self._seeks_still else SEEK_PATIENCE_MS
        if self.seeking and now - self._asked_ms > patience_ms:
            self._awaits = _Awaits.NOTHING
            return Fact.STUCK if self.seen_picture else Fact.SEEKED
        return None

    def _tick_loading(self, now: float) -> Fact | None:
        if self._placing and not self._silenced and now - self._asked_ms > _PLACING_PATIENCE_MS:
            self._play_to_picture()
        if self._heard_time and now - self._began_ms > SOUND_PATIENCE_MS:
            return self.make_ready()
        return None

    def _on_length_told(self, length_ms: int) -> Fact | None:
        self.length_ms = length_ms
        return Fact.MISREAD if length_ms and not self.ready and self._is_misread(length_ms) else None

    def _is_misread(self, length_ms: int) -> bool:
        told_ms = self.source.duration_ms
        readable = self.source.format in _OTHERWISE_READABLE and not self.by_other_reader
        return readable and told_ms > 0 and abs(length_ms - told_ms) > _DISAGREEMENT_MS

    # Loading, step by step

    def _start(self, by_playing: bool) -> None:
        media, source = self._media, self.source
        demux = _OTHER_READER if self.by_other_reader else source.format.vlc_demux
        media.add_option(f":demux={demux}")
        if demux == _OTHER_READER:  # which would choose among all formats it knows
            media.add_option(f":avformat-format={source.format.av_format}")
        # Started paused, libVLC shows a picture only after a seek, reliably only at the very beginning.
        if self.still and not by_playing and self.start_ms == 0 and not self._is_near_end(0):
            media.add_option(":start-paused")
        else:
            if self.start_ms > 0:
                media.add_option(f":start-time={self._picture_start(self.start_ms) / 1000:.3f}")
            self._silenced = self.still
            if self.still:
                self.output.gate = Gate.ONE
        self._player.set_media(media)
        self._libvlc.set_video_callbacks(self._player, self.output.callbacks)
        events = self._player.event_manager()
        for kind, callback in self._events().items():
            events.event_attach(kind, callback)
        self.apply_sound()
        self._player.play()

    def _on_filled(self) -> Fact | None:
        """The first data are there. A player started paused shows a picture only after a seek."""
        self._filled = True
        if self.ready:
            return None
        if self.length_ms == 0 and self._is_misread(0):
            return Fact.MISREAD
        if not self.still or self._silenced:
            return None
        if not self._expects_picture:
            return self.make_ready()
        if not self._placing:
            self._placing = True
            self.seek(self.start_ms)
        return None

    def _play_to_picture(self) -> None:
        log.info("%s shows no picture while paused; playing up to one", self.source.path.name)
        self._awaits = _Awaits.NOTHING
        self.output.gate = Gate.ONE
        self._silence()
        self._player.set_pause(0)

    def _unsilence(self) -> None:
        if self._silenced:
            self._silenced = False
            self.apply_sound()

    def _silence(self) -> None:
        self._silenced = True
        self.apply_sound()

    def _on_first_picture(self) -> Fact | None:
        if self.seen_picture:
            return None
        self.seen_picture = True
        if self.still and self._silenced and not self.over:
            self._player.set_pause(1)  # a seek before libVLC has really paused would go astray
            return None
        return self.make_ready()

    def _on_sought(self) -> Fact | None:
        if not self.still:
            self.output.gate = Gate.OPEN
        return Fact.SEEKED if self.ready else None

    @property
    def _expects_picture(self) -> bool:
        return self.source.facts.has_video and not self.seen_picture

    def _is_near_end(self, position_ms: int) -> bool:
        end_ms = self.length_ms or self.source.duration_ms
        return end_ms > 0 and position_ms > end_ms - END_ZONE_MS

    def _picture_start(self, position_ms: int) -> int:
        """The start of the picture that is seen at `position_ms`, in libVLC's time. Some of its demuxers go to the
        picture before the time asked for, some to the nearest; near the start of a picture both go to that one.
        A quarter of a picture makes up for timestamps that are rounded or begin a little late. Streams with pictures
        out of order (B-frames) can still come out one picture early or late."""
        rate = self.source.facts.frame_rate
        if rate > 0:
            number = int((position_ms + _ROUNDING_MS) * rate / 1000)
            position_ms = int((number + 0.25) * 1000 / rate)
        return position_ms

    def _settle(self) -> None:
        self._settled_at_ms = monotonic_ms() + _SETTLING_MS
        self.output.broken = True

    # libVLC's threads: post a plain value, call nothing

    def _events(self) -> dict[Any, Callable[[Any], None]]:
        kinds = self._libvlc.vlc.EventType
        return {
            kinds.MediaPlayerBuffering: self._on_buffering,
            kinds.MediaPlayerTimeChanged: self._on_time,
            kinds.MediaPlayerLengthChanged: self._on_length,
            kinds.MediaPlayerPaused: self._on_paused,
            kinds.MediaPlayerEndReached: self._on_end,
            kinds.MediaPlayerEncounteredError: self._on_error,
        }

    def _tell(self, what: What, value: float = 0.0) -> None:
        self._post(self.number, what, value, monotonic_ms())

    def _on_buffering(self, event: Any) -> None:
        full = event.u.new_cache >= 100
        if self._awaits is _Awaits.FLUSH and not full:
            self._awaits = _Awaits.FILL
            if self._seeks_still:
                if self._silenced:  # it has just come to stand, and may still show a picture from its way there
                    self.output.shut_until_ms = monotonic_ms() + _LATECOMER_MS
                self.output.gate = Gate.NEWS
        elif self._awaits is _Awaits.FILL and full:
            self._filled_ms = monotonic_ms()
            if self.source.facts.has_video:
                self._awaits = _Awaits.PICTURE if self._seeks_still else _Awaits.TIME
            else:
                self._answer_seek()
        if full:
            self._tell(What.FILLED)

    def _on_time(self, event: Any) -> None:
        if self._awaits is _Awaits.TIME:
            self._awaits = _Awaits.PICTURE
        elif self._awaits is _Awaits.NOTHING:
            self._tell(What.TIME, event.u.new_time)

    def _on_length(self, event: Any) -> None:
        self._tell(What.LENGTH, event.u.new_length)

    def _on_paused(self, _event: Any) -> None:
        self._tell(What.PAUSED)

    def _on_end(self, _event: Any) -> None:
        self._tell(What.END)

    def _on_error(self, _event: Any) -> None:
        self._tell(What.ERROR)

    def _on_shown(self, fresh: bool) -> None:
        if not self._showed:
            self._showed = True
            if not self.ready:
                self._awaits = _Awaits.NOTHING
            self._tell(What.PICTURE)
            return
        if self._awaits is _Awaits.TIME and monotonic_ms() - self._filled_ms > self._flushed_ms:
            self._awaits = _Awaits.PICTURE
        if self._awaits is _Awaits.PICTURE:
            # The old picture may be shown again until the new one is there; or for ever, if they are alike.
            self._same_shown += not fresh
            if fresh or not self._seeks_still or self._same_shown > 2:
                self._answer_seek()

    def _answer_seek(self) -> None:
        self._awaits = _Awaits.NOTHING
        self._tell(What.SEEK_PICTURE)
