# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures from libVLC to the surfaces: their conversion, and the mailbox every surface takes them from.

libVLC writes I420 planes (asked for RGB it would use the wrong matrix for HD); swscale, through PyAV, turns them
into the colours and the size of every surface in libVLC's own thread and outside the GIL. `FrameSource` methods are
called on the main thread, outputs deliver from libVLC's video threads; no libVLC function is called here.
"""

from __future__ import annotations

import threading
import zlib
from dataclasses import dataclass, field, replace
from typing import Protocol

import av
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from PySide6.QtCore import QObject, Qt, Signal, Slot
from typing_extensions import override

from player.domain.media import ColourMatrix, MediaFacts
from player.playback.frames import FrameSource, Picture, fit

Size = tuple[int, int]

_COLORSPACES = {
    ColourMatrix.BT601: Colorspace.ITU601,
    ColourMatrix.BT709: Colorspace.ITU709,
    ColourMatrix.BT2020: Colorspace.BT2020,
}


@dataclass(slots=True, eq=False)
class Raw:
    """A buffer libVLC writes into. `users` says how many hold it; at 0 it can be written to again."""

    frame: av.VideoFrame
    users: int = 0
    addresses: list[int] = field(default_factory=list)
    _print: int | None = None

    def __post_init__(self) -> None:
        self.addresses = [plane.buffer_ptr for plane in self.frame.planes]

    @classmethod
    def of_size(cls, size: Size) -> Raw:
        return cls(av.VideoFrame(*size, "yuv420p"))

    @property
    def layout(self) -> list[tuple[int, int]]:
        """(bytes a row, rows) of each plane."""
        return [(plane.line_size, plane.height) for plane in self.frame.planes]

    def written_to(self) -> None:
        self._print = None

    def looks_like(self, other: Raw) -> bool:
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
            interpolation=Interpolation.AREA,  # smaller: nearer to bicubic than bilinear, and quicker; larger: the same
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
class Shot:
    """One decoded picture with what has been made of it so far."""

    raw: Raw
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


class Output(Protocol):
    """What the mailbox sees of a player's pictures. Both are called with the mailbox's lock held."""

    def keep(self, shot: Shot) -> None:
        """Keep a picture until this output is on air."""

    def take_waiting(self) -> Shot | None:
        """The picture kept last."""


class VlcFrameSource(FrameSource):
    """The mailbox: holds the newest picture, in the size of every surface. Owns a thread that converts a held
    picture anew when a surface changes its size; it ends with `close`."""

    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lock = threading.Lock()
        self._sizes: dict[object, Size] = {}
        self._rooms: frozenset[Size] = frozenset()
        self._on_air: Output | None = None
        self._shot: Shot | None = None
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

    def put_on_air(self, output: Output | None) -> None:
        """From now on show the pictures of `output` and no other; its first picture at once if it has one. What is
        shown stays until then."""
        with self.lock:
            self._on_air = output
            shot = output.take_waiting() if output else None
            if shot is not None:
                self._publish(shot, counts=False)

    def show(self, shot: Shot) -> None:
        """Show a picture that comes from no output, and none of an output until one is put on air."""
        with self.lock:
            self._on_air = None
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

    def deliver(self, output: Output, shot: Shot, *, counts: bool) -> None:
        """Called by outputs on libVLC's thread, without the lock. What is not on air keeps its newest picture itself.
        `counts`: the picture before should have been seen, so it was late if nobody took it."""
        with self.lock:
            if output is self._on_air:
                self._publish(shot, counts=counts)
            else:
                output.keep(shot)

    def _publish(self, shot: Shot, *, counts: bool) -> None:
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
