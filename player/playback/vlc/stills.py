# SPDX-License-Identifier: GPL-3.0-or-later
"""The exact picture at a place of a medium that stands still.

libVLC 3 cannot be trusted with a seek while it is paused: where pictures are stored out of order it shows one that is
up to three too early, now and then an old or a half-decoded one. So FFmpeg, through PyAV, decodes the picture on a
thread of its own, and libVLC follows only when playing goes on. No Qt here.
"""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import av
from av.container import InputContainer
from av.filter import Graph
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from player.domain.media import MediaSource
from player.playback.frames import shown_shape
from player.playback.vlc.frames import Converter, Raw, Shot, VlcFrameSource

log = logging.getLogger(__name__)

TIME_LIMIT_S = 4.0
_ROUNDING_MS = 0.6
"""A picture at 33.33 ms is the one seen at 33 ms."""
_STEP_BACK_MS = 10_000
_NEAR_MS = 500
_PLAIN = ("yuv420p", "yuvj420p")
_TURNS = {90: ("transpose", "clock"), 180: ("hflip,vflip", ""), 270: ("transpose", "cclock")}

Found = Callable[[int, "Shot | None"], None]


@dataclass(frozen=True, slots=True)
class _Wish:
    number: int
    source: MediaSource
    position_ms: int


class Stills:
    """Owns a thread and, while asked, one open file. Only the newest wish is fulfilled."""

    def __init__(self, mailbox: VlcFrameSource, found: Found) -> None:
        """`found` is told the number of the wish and its picture (None if there is none), on the stills' thread."""
        self._mailbox = mailbox
        self._found = found
        self._wanted = threading.Condition()
        self._wish: _Wish | None = None
        self._forget = self._closed = False
        self._number = 0
        self._thread: threading.Thread | None = None

    # Main thread

    def ask(self, source: MediaSource, position_ms: int) -> int:
        """Wish for the picture of `source` at `position_ms`; the number by which it will be found."""
        with self._wanted:
            self._number += 1
            self._wish, self._forget = _Wish(self._number, source, position_ms), False
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="stills", daemon=True)
                self._thread.start()
            self._wanted.notify_all()
            return self._number

    def forget(self) -> None:
        """Nothing is wished for any more; let go of the file."""
        with self._wanted:
            self._wish, self._forget = None, True
            self._number += 1
            self._wanted.notify_all()

    def close(self, timeout_s: float = 2.0) -> None:
        with self._wanted:
            self._closed = True
            self._number += 1
            self._wanted.notify_all()
        if self._thread is not None:
            self._thread.join(timeout_s)

    # The thread

    def _work(self) -> None:
        reader: _Reader | None = None
        while True:
            with self._wanted:
                while not (self._wish or self._forget or self._closed):
                    self._wanted.wait()
                wish, self._wish, self._forget = self._wish, None, False
                closed = self._closed
            if reader is not None and (closed or wish is None or wish.source != reader.source):
                reader.close()
                reader = None
            if closed:
                return
            if wish is not None:
                reader, shot = self._fulfil(wish, reader)
                try:
                    self._found(wish.number, shot)
                except RuntimeError:  # the engine is gone: the program is ending
                    return

    def _fulfil(self, wish: _Wish, reader: _Reader | None) -> tuple[_Reader | None, Shot | None]:
        try:
            reader = reader or _Reader(wish.source)
            frame = reader.picture_at(wish.position_ms, lambda: wish.number == self._number)
            return reader, self._shot(wish, frame, reader.converter) if frame else None
        except (OSError, ValueError) as error:  # FFmpeg's errors are among these
            log.info("No picture at %s ms of %s: %r", wish.position_ms, wish.source.path.name, error)
            return reader, None

    def _shot(self, wish: _Wish, frame: VideoFrame, converter: Converter) -> Shot:
        facts = wish.source.facts
        size = (frame.width, frame.height)
        shape = shown_shape(facts) if size == (facts.width, facts.height) else None
        shot = Shot(Raw(frame, users=1), shape or size, facts, wish.position_ms)
        for room in self._mailbox.rooms:
            shot.pictures[room] = converter.convert(frame, shot.shape, room)
        return shot


class _Reader:
    """One file, open for finding pictures."""

    def __init__(self, source: MediaSource) -> None:
        """Raises FFmpegError (an OSError or ValueError), ValueError where there is no picture."""
        self.source = source
        self.converter = Converter(source.facts)
        options = {"protocol_whitelist": "file"}
        self._container: InputContainer = av.open(str(source.path), format=source.format.av_format, options=options)
        covers = av.stream.Disposition.attached_pic
        videos = [stream for stream in self._container.streams.video if not stream.disposition & covers]
        if not videos:
            self._container.close()
            raise ValueError("there is no picture in it")
        self._stream: VideoStream = videos[0]
        self._stream.thread_type = "AUTO"
        self._start_ms = (self._container.start_time or 0) / 1000

    def close(self) -> None:
        self._container.close()

    def picture_at(self, position_ms: int, wanted: Callable[[], bool]) -> VideoFrame | None:
        """The last picture that begins at or before the place (else the first after it), upright and in I420. None if
        it is not wanted any more or takes too long."""
        best: VideoFrame | None = None
        for from_ms in (position_ms, max(0, position_ms - _STEP_BACK_MS)):
            for frame, begins_ms in self._decode(from_ms, wanted):
                if best is not None and begins_ms > position_ms + _ROUNDING_MS:
                    break
                best, best_ms = frame, begins_ms
            if best is None or best_ms <= position_ms + _ROUNDING_MS or from_ms == 0:
                break
            best = None  # the seek went too far: without an index some do
        return _upright(best, self.source.facts.rotation) if best and wanted() else None

    def _decode(self, from_ms: int, wanted: Callable[[], bool]) -> Iterator[tuple[VideoFrame, float]]:
        until = time.monotonic() + TIME_LIMIT_S
        time_base = self._stream.time_base
        if time_base is None:
            return
        self._container.seek(round((from_ms + self._start_ms + 1) / 1000 / time_base), stream=self._stream)
        for packet in self._container.demux(self._stream):
            # What nothing else is made from can be passed over on the way.
            early = packet.pts is not None and packet.pts * time_base * 1000 < from_ms + self._start_ms - _NEAR_MS
            self._stream.codec_context.skip_frame = "NONREF" if early else "DEFAULT"
            for frame in packet.decode():
                if not wanted() or time.monotonic() > until:
                    return
                if isinstance(frame, VideoFrame) and frame.pts is not None:
                    yield frame, float(frame.pts * time_base * 1000) - self._start_ms


def _upright(frame: VideoFrame, rotation: int) -> VideoFrame:
    if frame.format.name not in _PLAIN:
        frame = frame.reformat(format="yuv420p", src_color_range=1, dst_color_range=1)
    if rotation not in _TURNS:
        return frame
    graph = Graph()
    names, argument = _TURNS[rotation]
    nodes = [graph.add_buffer(width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base)]
    nodes += [graph.add(name, argument) for name in names.split(",")]
    nodes.append(graph.add("buffersink"))
    for first, second in itertools.pairwise(nodes):
        first.link_to(second)
    graph.configure()
    graph.push(frame)
    turned = graph.pull()
    if not isinstance(turned, VideoFrame):
        raise ValueError("the picture cannot be turned")
    return turned
