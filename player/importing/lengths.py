# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a file really plays: what it states, checked against the frames that are there.

Runs in worker processes only.
"""

from __future__ import annotations

import struct
import time
from pathlib import Path
from typing import BinaryIO

from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Stream

from player.domain.media import MediaFormat
from player.importing.matroska_tail import last_block_ms

COUNTING_S = 4.0
"""How long packets may be read one by one where there is no quicker way."""
_FROM_FIRST_FRAME = frozenset({MediaFormat.MPEG_TS, MediaFormat.MPEG_PS, MediaFormat.OGG})
"""Formats whose clock may start anywhere: the length counts from the first frame."""
_TOO_LONG_MS = 2_000
_TOO_SHORT_MS = 250
_MOST_BOXES = 4096


def length_ms(container: InputContainer, path: Path, media_format: MediaFormat, size: int) -> int:
    """The time up to the end of the last frame; 0 where nothing can be found out."""
    stated = _stated_ms(container, path, media_format)
    found = _found_ms(container, path, media_format, size)
    if found is None and not stated:
        found = _counted_ms(container, media_format)
    if not found:
        return stated
    if stated and -_TOO_SHORT_MS <= stated - found <= _TOO_LONG_MS + found // 200:
        return stated
    return found


def _stated_ms(container: InputContainer, path: Path, media_format: MediaFormat) -> int:
    if media_format is MediaFormat.MP4:
        stated = _movie_header_ms(path)
        if stated:
            return stated
    if container.duration is None or container.duration <= 0:
        return 0
    start = container.start_time or 0
    return round((container.duration + (start if media_format is MediaFormat.MP4 else 0)) / 1000)


def _found_ms(container: InputContainer, path: Path, media_format: MediaFormat, size: int) -> int | None:
    """Where the last frame ends, from the index or the end of the file; None if neither tells."""
    if media_format is MediaFormat.MP4:
        return _indexed_ms(container, size)
    if media_format is MediaFormat.MATROSKA:
        last = last_block_ms(path, size)
        return None if last is None else last + _frame_ms(container)
    return None


def _frame_ms(container: InputContainer) -> int:
    video = next(iter(container.streams.video), None)
    rate = float(video.average_rate or 0) if video is not None else 0.0
    return round(1000 / rate) if rate >= 1 else 0


def _indexed_ms(container: InputContainer, size: int) -> int | None:
    """The end of the last indexed frame that the file really holds."""
    ends = [end for stream in container.streams if (end := _stream_end_ms(stream, size)) is not None]
    return max(ends) if ends else None


def _stream_end_ms(stream: Stream, size: int) -> int | None:
    if stream.type not in ("video", "audio", "subtitle") or stream.time_base is None:
        return None
    if stream.type == "video" and stream.disposition & 0x400:  # a cover
        return None
    entries = stream.index_entries
    last = len(entries) - 1
    if last < 0:
        return None
    whole = (stream.start_time or 0) + (stream.duration or 0)
    here = last
    while here >= 0 and entries[here].pos + entries[here].size > size:
        here -= 1
    if here < 0:
        return None
    units = whole if here == last and whole else entries[here].timestamp
    return round(units * stream.time_base * 1000)


def _counted_ms(container: InputContainer, media_format: MediaFormat) -> int:
    """The end of the last frame by reading packets, for a bounded time."""
    until = time.monotonic() + COUNTING_S
    end, start = 0.0, None
    try:
        for packet in container.demux():
            if packet.pts is None or packet.time_base is None:
                continue
            begins = float(packet.pts * packet.time_base)
            start = begins if start is None else min(start, begins)
            end = max(end, begins + float((packet.duration or 0) * packet.time_base))
            if time.monotonic() > until:
                break
    except FFmpegError:
        pass  # what was read up to the fault counts
    return max(0, round((end - (start or 0.0 if media_format in _FROM_FIRST_FRAME else 0.0)) * 1000))


def _movie_header_ms(path: Path) -> int:
    """The length an MP4 states for the whole film; 0 where it states none, or comes in fragments."""
    try:
        with path.open("rb") as file:
            movie = _find_box(file, b"moov", 0, path.stat().st_size)
            if movie is None or _find_box(file, b"mvex", *movie) is not None:
                return 0
            header = _find_box(file, b"mvhd", *movie)
            if header is None:
                return 0
            file.seek(header[0])
            body = file.read(32)
    except OSError:
        return 0
    wide = body[:1] == b"\x01"
    form, offset, none = (">IQ", 20, 2**64 - 1) if wide else (">II", 12, 2**32 - 1)
    if len(body) < offset + struct.calcsize(form):
        return 0
    scale, units = struct.unpack_from(form, body, offset)
    return 0 if scale == 0 or units == none else round(units * 1000 / scale)


def _find_box(file: BinaryIO, kind: bytes, start: int, end: int) -> tuple[int, int] | None:
    """Where the content of the first box of that kind begins and ends."""
    at = start
    for _ in range(_MOST_BOXES):
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            return None
        length, skip = int.from_bytes(head[:4]), 8
        if length == 1:
            length, skip = int.from_bytes(head[8:16]), 16
        elif length == 0:
            length = end - at
        if length < skip:
            return None
        if head[4:8] == kind:
            return at + skip, min(end, at + length)
        at += length
        if at >= end:
            return None
    return None
