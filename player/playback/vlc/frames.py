# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures from libVLC to the surfaces: the buffers libVLC writes into, their conversion, and the mailbox.

libVLC writes I420 planes (asked for RGB it would use the wrong matrix for HD); swscale, through PyAV, turns them
into the colours and the size of every surface in libVLC's own thread and outside the GIL. No libVLC function is
called here. Callbacks run on libVLC's video thread, `FrameSource` methods on the main thread.
"""

from __future__ import annotations

import ctypes
import logging
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum, auto

import av
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from PySide6.QtCore import QObject, Qt, Signal, Slot
from typing_extensions import override

from player.domain.media import ColourMatrix, MediaFacts
from player.playback.clock import monotonic_ms
from player.playback.frames import FrameSource, Picture, fit, shown_shape

log = logging.getLogger(__name__)

Size = tuple[int, int]

_COLORSPACES = {
    ColourMatrix.BT601: Colorspace.ITU601,
    ColourMatrix.BT709: Colorspace.ITU709,
    ColourMatrix.BT2020: Colorspace.BT2020,
}
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


@dataclass(slots=True, eq=False)
class _Raw:
    """A buffer libVLC writes into. `users` says how many hold it; at 0 it can be written to again."""

    frame: av.VideoFrame
    users: int = 0
    addresses: list[int] = field(default_factory=list)
    _print: int | None = None

    def __post_init__(self) -> None:
        self.addresses = [plane.buffer_ptr for plane in self.frame.planes]

    def written_to(self) -> None:
        self._print = None

    def looks_like(self, other: _Raw) -> bool:
        return self._fingerprint() == other._fingerprint()

    def _fingerprint(self) -> int:
        if self._print is None:
            self._print = zlib.adler32(self.frame.planes[0])
        return self._print


class Converter:
    """Turns raw pictures of one medium into pictures of any size. Used by one thread at a time."""

    def __init__(self, facts: MediaFacts) -> None:
        self._colorspace = _COLORSPACES[facts.matrix_for_showing]
        self._range = ColorRange.JPEG if facts.full_range else ColorRange.MPEG
        self._reformatters: dict[Size, VideoReformatter] = {}

    def convert(self, frame: av.VideoFrame, shape: Size, room: Size, serial: int = 0, time_ms: int = 0) -> Picture:
        width, height = fit(shape, *room)
        reformatter = self._reformatters.get(room)
        if reformatter is None:
            reformatter = self._reformatters[room] = VideoReformatter()
        bgra = reformatter.reformat(
            frame,
            width,
            height,
            "bgra",
            src_colorspace=self._colorspace,
            interpolation=Interpolation.BILINEAR,
            src_color_range=self._range,
            dst_color_range=ColorRange.JPEG,
            threads=1,
        )
        plane = bgra.planes[0]
        return Picture(memoryview(plane), width, height, plane.line_size, serial, time_ms)

    def forget_all_but(self, rooms: frozenset[Size]) -> None:
        for room in self._reformatters.keys() - rooms:
            del self._reformatters[room]


@dataclass(slots=True, eq=False)
class _Shot:
    """One decoded picture with what has been made of it so far."""

    raw: _Raw
    shape: Size
    facts: MediaFacts
    time_ms: int = 0
    serial: int = 0
    pictures: dict[Size, Picture] = field(default_factory=dict)
    taken: bool = False

    def stamp(self, serial: int) -> None:
        """Number the picture, now that it is shown."""
        self.serial = serial
        for room, picture in self.pictures.items():
            self.pictures[room] = replace(picture, serial=serial, time_ms=self.time_ms)


class VlcFrameSource(FrameSource):
    """The mailbox: holds the newest picture, in the size of every surface. Owns a thread that converts a held
    picture anew when a surface changes its size; it ends with `close`."""

    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lock = threading.Lock()
        self._sizes: dict[object, Size] = {}
        self._rooms: frozenset[Size] = frozenset()
        self._on_air: VideoOutput | None = None
        self._shot: _Shot | None = None
        self._last: dict[object, Picture] = {}
        self._serial = 0
        self._announced = False
        self._shown = 0
        self._late = 0
        self._wanted = threading.Condition(self.lock)
        self._closed = False
        self._thread: threading.Thread | None = None
        self._arrived.connect(self._announce, Qt.ConnectionType.QueuedConnection)

    # Main thread

    @property
    def shown(self) -> int:
        return self._shown

    @property
    def late(self) -> int:
        """Pictures that were replaced before any surface took them."""
        return self._late

    @override
    def add_surface(self, surface: object, width: int, height: int) -> None:
        if width <= 0 or height <= 0:
            self.remove_surface(surface)
            return
        with self.lock:
            self._sizes[surface] = (width, height)
            self._rooms = frozenset(self._sizes.values())
            if self._shot is not None and (width, height) not in self._shot.pictures:
                self._ask_for_conversion()

    @override
    def remove_surface(self, surface: object) -> None:
        with self.lock:
            self._sizes.pop(surface, None)
            self._last.pop(surface, None)
            self._rooms = frozenset(self._sizes.values())

    @override
    def picture(self, surface: object) -> Picture | None:
        with self.lock:
            shot, size = self._shot, self._sizes.get(surface)
            if shot is None or size is None:
                return None
            picture = shot.pictures.get(size)
            if picture is None:  # just resized: the picture of the former size, until the new one is made
                return self._last.get(surface)
            self._last[surface] = picture
            if not shot.taken:
                shot.taken = True
                self._shown += 1
            return picture

    @property
    @override
    def shape(self) -> Size | None:
        shot = self._shot
        return shot.shape if shot else None

    def put_on_air(self, output: VideoOutput | None) -> None:
        """From now on show the pictures of `output` and no other; its first picture at once if it has one. What is
        shown stays until then."""
        with self.lock:
            self._on_air = output
            shot = output.take_waiting() if output else None
            if shot is not None:
                self._publish(shot, counts=False)

    def clear(self) -> None:
        """Show nothing."""
        with self.lock:
            shown, self._shot = self._shot, None
            self._last.clear()
            if shown is not None:
                shown.raw.users -= 1
        if shown is not None:
            self.picture_ready.emit()

    def close(self) -> None:
        with self.lock:
            self._closed = True
            self._on_air = None
            self._wanted.notify_all()
        if self._thread is not None:
            self._thread.join(2.0)

    @Slot()
    def _announce(self) -> None:
        self._announced = False
        self.picture_ready.emit()

    # Any thread

    @property
    def rooms(self) -> frozenset[Size]:
        return self._rooms

    def deliver(self, output: VideoOutput, shot: _Shot, *, counts: bool) -> None:
        """Called by outputs on libVLC's thread, without the lock. What is not on air keeps its newest picture itself.
        `counts`: the picture before should have been seen, so it was late if nobody took it."""
        with self.lock:
            if output is self._on_air:
                self._publish(shot, counts=counts)
            else:
                output.keep(shot)

    def _publish(self, shot: _Shot, *, counts: bool) -> None:
        before, self._shot = self._shot, shot
        if before is not None:
            before.raw.users -= 1
            if counts and self._sizes and not before.taken:
                self._late += 1
        self._serial += 1
        shot.stamp(self._serial)
        if any(room not in shot.pictures for room in self._rooms):
            self._ask_for_conversion()
        if not self._announced and not self._closed:
            self._announced = True
            self._arrived.emit()

    def _ask_for_conversion(self) -> None:
        """With the lock held."""
        if self._thread is None and not self._closed:
            self._thread = threading.Thread(target=self._convert_held, name="pictures", daemon=True)
            self._thread.start()
        self._wanted.notify_all()

    # The thread for held pictures

    def _convert_held(self) -> None:
        converter: Converter | None = None
        facts: MediaFacts | None = None
        while True:
            with self.lock:
                while not self._closed and not self._missing():
                    self._wanted.wait()
                if self._closed or self._shot is None:
                    return
                shot, room = self._shot, self._missing()[0]
                shot.raw.users += 1
                rooms = self._rooms
            if converter is None or facts != shot.facts:
                converter, facts = Converter(shot.facts), shot.facts
            converter.forget_all_but(rooms)
            picture = converter.convert(shot.raw.frame, shot.shape, room, shot.serial, shot.time_ms)
            with self.lock:
                shot.pictures[room] = picture
                shot.raw.users -= 1
                announce = not self._announced and not self._closed
                self._announced = self._announced or announce
            if announce:
                self._arrived.emit()

    def _missing(self) -> list[Size]:
        if self._shot is None:
            return []
        return [room for room in self._rooms if room not in self._shot.pictures]


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
        self._pool: list[_Raw] = []
        self._filling: _Raw | None = None
        self._ready: _Shot | None = None
        self._waiting: _Shot | None = None
        self._shown: _Raw | None = None
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

    # With the mailbox's lock held

    def keep(self, shot: _Shot) -> None:
        """Keep a picture until this output is on air."""
        before, self._waiting = self._waiting, shot
        if before is not None:
            before.raw.users -= 1

    def take_waiting(self) -> _Shot | None:
        waiting, self._waiting = self._waiting, None
        return waiting

    # libVLC's video thread

    def _format(
        self, _opaque: object, chroma: int, width: object, height: object, pitches: object, lines: object
    ) -> int:
        given = (width[0], height[0])  # type: ignore[index]
        size = self._visible(given)
        frame = av.VideoFrame(*size, "yuv420p")
        if ctypes.string_at(chroma, 4) != b"J420":  # full range is left as it is, and told by the facts
            ctypes.memmove(chroma, b"I420", 4)
        width[0], height[0] = size  # type: ignore[index]
        for index, plane in enumerate(frame.planes):
            pitches[index], lines[index] = plane.line_size, plane.height  # type: ignore[index]
        if size != self._size:
            log.debug("Pictures of %s (told %s)", size, given)
            self._size = size
            shape = shown_shape(self._facts)
            told = size == (self._facts.width, self._facts.height)
            self._shape = shape if shape and told else size
            with self._mailbox.lock:
                self._pool = [_Raw(frame)]
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
                raw = _Raw(av.VideoFrame(*self._size, "yuv420p"))
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
        shot = _Shot(raw, self._shape, self._facts)
        rooms = self._mailbox.rooms
        for room in rooms:
            shot.pictures[room] = self._converter.convert(raw.frame, self._shape, room)
        self._converter.forget_all_but(rooms)
        self._ready = shot

    def _is_no_news(self, raw: _Raw) -> bool:
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
            shot.time_ms = self.place()
            counts, self.broken = not self.broken, False
            if self.gate is Gate.ONE:
                self.gate = Gate.SHUT
            self._mailbox.deliver(self, shot, counts=counts)
        self._on_shown(shot is not None)

    def _drop(self, raw: _Raw) -> None:
        with self._mailbox.lock:
            raw.users -= 1
