# SPDX-License-Identifier: GPL-3.0-or-later
"""Frames of a video track at given times, as cheaply as can be: keyframes alone, or every frame where there are none.

Runs in worker processes only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from player.importing.reading import Protected, rewind

_MOST_PACKETS = 3_000
_MOST_BYTES = 64 * 1024 * 1024


class FrameSeeker:
    """Finds frames of one track of an open file. Times count from the beginning of the file, in ms."""

    def __init__(self, container: InputContainer, stream: VideoStream) -> None:
        self._container, self._stream = container, stream
        self._start_us = container.start_time or 0
        if not stream.codec_context.is_open:
            stream.codec_context.thread_count = 1

    def keyframe(self, time_ms: int) -> tuple[int, VideoFrame] | None:
        """The keyframe at or before `time_ms` and its own time, as far as the format can seek (else a later one); None
        if there is none. Raises Protected."""
        self._seek(time_ms)
        codec = self._stream.codec_context
        codec.skip_frame = "NONKEY"
        for packet in self._packets():
            if not packet.is_keyframe:
                continue
            with suppress(FFmpegError):  # one faulty keyframe says nothing about the next
                found = packet.decode()
                if not found:  # the decoder waits for what comes after: it is told that nothing does
                    found = codec.decode(None)
                    codec.flush_buffers()
                if found and isinstance(frame := found[0], VideoFrame):
                    return self._time_of(frame, packet, time_ms), frame
        return None

    def every(self, time_ms: int) -> Iterator[tuple[int, VideoFrame]]:
        """The frames from about `time_ms` on with their times, without those that no other frame needs. Raises
        Protected."""
        self._seek(time_ms)
        self._stream.codec_context.skip_frame = "NONREF"
        for packet in self._container.demux(self._stream):
            _refuse_protected(packet)
            with suppress(FFmpegError):
                for frame in packet.decode():
                    if isinstance(frame, VideoFrame):
                        yield self._time_of(frame, packet, time_ms), frame

    def _seek(self, time_ms: int) -> None:
        try:
            self._container.seek(self._start_us + time_ms * 1000)
        except FFmpegError:
            rewind(self._container)

    def _packets(self) -> Iterator[Packet[VideoStream]]:
        """What comes next of the track, within bounds."""
        left = _MOST_BYTES
        for count, packet in enumerate(self._container.demux(self._stream)):
            _refuse_protected(packet)
            if packet.size:
                yield packet
            left -= packet.size
            if count >= _MOST_PACKETS or left < 0:
                return

    def _time_of(self, frame: VideoFrame, packet: Packet[VideoStream], otherwise_ms: int) -> int:
        """A decoder that was told of an end gives frames a time stamp but no scale: the track's is meant."""
        stamp = next((one for one in (frame.pts, packet.pts, packet.dts) if one is not None), None)
        scale = self._stream.time_base
        if stamp is None or scale is None:
            return otherwise_ms
        return max(0, round(float(stamp * scale) * 1000 - self._start_us / 1000))


def _refuse_protected(packet: Packet[VideoStream]) -> None:
    if packet.has_sidedata("encryption_info"):
        raise Protected
