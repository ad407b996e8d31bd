# SPDX-License-Identifier: GPL-3.0-or-later
"""The buffers libVLC writes a player's pictures into, and the callbacks by which it does so.

Everything but making one runs on libVLC's video thread; no libVLC function is called here.
"""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Callable
from enum import Enum, auto

from player.domain.media import MediaFacts
from player.playback.clock import monotonic_ms
from player.playback.frames import shown_shape
from player.playback.vlc.frames import Converter, Raw, Shot, Size, VlcFrameSource

log = logging.getLogger(__name__)

_LARGEST_PADDING = 160
"""Decoders round sizes up to their blocks; a callback's size larger than the track's by less is the same picture."""
_UINT_P = ctypes.POINTER(ctypes.c_uint)
_VOID_PP = ctypes.POINTER(ctypes.c_void_p)
# python-vlc declares the chroma of the format callback as a string that cannot be written, hence our own types.
_FORMAT = ctypes.CFUNCTYPE(ctypes.c_uint, _VOID_PP, ctypes.c_void_p, _UINT_P, _UINT_P, _UINT_P, _UINT_P)
_CLEANUP = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
_LOCK = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, _VOID_PP)
_UNLOCK = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, _VOID_PP)
_DISPLAY = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)


class Gate(Enum):
    """Which pictures pass. The first of a medium always does."""

    OPEN = auto()
    NEWS = auto()
    """Those that differ from the one before. Standing still, libVLC shows its picture again and again."""
    ONE = auto()
    """The next that differs, then none: for a medium that must stand still but is made to show a picture by playing."""
    SHUT = auto()


class VideoOutput:
    """The pictures of one player of libVLC. Keep it alive until that player is released.

    Its `gate` says which pictures are let through. `on_shown(fresh)` is called on libVLC's thread whenever a
    picture is shown; `fresh` is False for one that is the same as before.
    """

    def __init__(
        self, facts: MediaFacts, mailbox: VlcFrameSource, place: Callable[[], int], on_shown: Callable[[bool], None]
    ) -> None:
        self._facts = facts
        self._mailbox = mailbox
        self.place = place
        """Where the medium is now, for the pictures' `time_ms`; from any thread."""
        self._on_shown = on_shown
        self._converter = Converter(facts)
        self._size: Size = (0, 0)
        self._shape: Size = (0, 0)
        self._pool: list[Raw] = []
        self._filling: Raw | None = None
        self._ready: Shot | None = None
        self._waiting: Shot | None = None
        self._shown: Raw | None = None
        self.shown_at_ms = 0.0
        """When the newest picture was shown."""
        self.gate = Gate.OPEN
        self.shut_until_ms = 0.0
        """Nothing passes before this moment, whatever the gate says."""
        self.broken = True
        """The next picture does not follow the one before: nothing was late between them."""
        self._callbacks = (
            _LOCK(self._lock),
            _UNLOCK(self._unlock),
            _DISPLAY(self._display),
            _FORMAT(self._format),
            _CLEANUP(self._cleanup),
        )

    @property
    def callbacks(self) -> list[ctypes.c_void_p]:
        """Lock, unlock, display, format, cleanup; alive as long as this object."""
        return [ctypes.cast(callback, ctypes.c_void_p) for callback in self._callbacks]

    def forget(self) -> None:
        """Let go of what was never shown. The player has been released."""
        with self._mailbox.lock:
            self._waiting = self._ready = self._shown = None
            self._pool = []

    def forget_waiting(self) -> None:
        """Let go of what came while this was not on air."""
        with self._mailbox.lock:
            waiting = self.take_waiting()
            if waiting is not None:
                waiting.raw.users -= 1

    # With the mailbox's lock held

    def keep(self, shot: Shot) -> None:
        """Keep a picture until this output is on air."""
        before, self._waiting = self._waiting, shot
        if before is not None:
            before.raw.users -= 1

    def take_waiting(self) -> Shot | None:
        waiting, self._waiting = self._waiting, None
        return waiting

    # libVLC's video thread

    def _format(
        self, _opaque: object, chroma: int, width: object, height: object, pitches: object, lines: object
    ) -> int:
        given = (width[0], height[0])  # type: ignore[index]
        size = self._visible(given)
        raw = Raw.of_size(size)
        if ctypes.string_at(chroma, 4) != b"J420":  # full range is left as it is, and told by the facts
            ctypes.memmove(chroma, b"I420", 4)
        width[0], height[0] = size  # type: ignore[index]
        for index, (bytes_a_row, rows) in enumerate(raw.layout):
            pitches[index], lines[index] = bytes_a_row, rows  # type: ignore[index]
        if size != self._size:
            log.debug("Pictures of %s (told %s)", size, given)
            self._size = size
            shape = shown_shape(self._facts)
            told = size == (self._facts.width, self._facts.height)
            self._shape = shape if shape and told else size
            with self._mailbox.lock:
                self._pool = [raw]
        return 1

    def _visible(self, given: Size) -> Size:
        told = (self._facts.width, self._facts.height)
        if all(0 <= g - t < _LARGEST_PADDING and t > 0 for g, t in zip(given, told, strict=True)):
            return told
        return given

    def _cleanup(self, _opaque: object) -> None:
        pass

    def _lock(self, _opaque: object, planes: object) -> None:
        with self._mailbox.lock:
            raw = next((raw for raw in self._pool if raw.users == 0), None)
            if raw is None:
                raw = Raw.of_size(self._size)
                self._pool.append(raw)
            raw.users += 1
        raw.written_to()
        self._filling = raw
        planes[0], planes[1], planes[2] = raw.addresses  # type: ignore[index]

    def _unlock(self, _opaque: object, _picture: object, _planes: object) -> None:
        """The planes are filled, some time before the picture is due: convert now, show in `_display`."""
        raw, self._filling = self._filling, None
        if self._ready is not None:  # made ready, but never shown
            self._drop(self._ready.raw)
            self._ready = None
        if raw is None:
            return
        if self._is_no_news(raw):
            self._drop(raw)
            return
        shot = Shot(raw, self._shape, self._facts)
        rooms = self._mailbox.rooms
        for room in rooms:
            shot.pictures[room] = self._converter.convert(raw.frame, self._shape, room)
        self._converter.forget_all_but(rooms)
        self._ready = shot

    def _is_no_news(self, raw: Raw) -> bool:
        shown = self._shown
        if shown is None:
            return False
        if monotonic_ms() < self.shut_until_ms:
            return True
        return self.gate is Gate.SHUT or (self.gate is not Gate.OPEN and raw.looks_like(shown))

    def _display(self, _opaque: object, _picture: object) -> None:
        shot, self._ready = self._ready, None
        if shot is not None:
            self._shown = shot.raw
            self.shown_at_ms = monotonic_ms()
            shot.time_ms = self.place()
            counts, self.broken = not self.broken, False
            if self.gate is Gate.ONE:
                self.gate = Gate.SHUT
            self._mailbox.deliver(self, shot, counts=counts)
        self._on_shown(shot is not None)

    def _drop(self, raw: Raw) -> None:
        with self._mailbox.lock:
            raw.users -= 1
