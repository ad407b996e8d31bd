# SPDX-License-Identifier: GPL-3.0-or-later
"""Picture files that lie beside a class: what they are by their first bytes, how large, and their frame.

A small file can claim to be an enormous picture, so the claim is read before any decoder sees the file. Runs in
worker processes only.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import av
from av.video.frame import VideoFrame

from player.importing.reading import first_frame
from player.importing.small_pictures import Shot

MOST_PIXELS = 64_000_000
MOST_BYTES = 40 * 1024 * 1024
_HEAD = 64
_MOST_MARKERS = 500
_PNG = b"\x89PNG\r\n\x1a\n"
_SIZELESS = frozenset({0xC4, 0xC8, 0xCC})
"""Markers among those of JPEG frames (C0 to CF) that are none."""


def read_image(path: Path) -> Shot | None:
    """The picture in a JPEG, PNG or WebP file, whatever its name; None for anything else, and for what is too large.
    Raises OSError, FFmpegError or ValueError for a file that cannot be read."""
    with path.open("rb") as file:
        known = image_size(file)
        if known is None or file.seek(0, 2) > MOST_BYTES:
            return None
    name, width, height = known
    if not 0 < width * height <= MOST_PIXELS:
        return None
    options = {"protocol_whitelist": "file", "format_whitelist": name}
    with av.open(f"file:{path.absolute()}", format=name, options=options) as container:
        if not container.streams.video:
            return None
        frame = first_frame(container, container.streams.video[0])
        return Shot(frame, still=True) if isinstance(frame, VideoFrame) else None


def image_size(file: BinaryIO) -> tuple[str, int, int] | None:
    """(FFmpeg's name of the format, width, height) as the head of an open file states them."""
    head = file.read(_HEAD)
    if head.startswith(_PNG) and head[12:16] == b"IHDR":
        return "png_pipe", int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        size = _webp_size(head)
        return None if size is None else ("webp_pipe", *size)
    if head.startswith(b"\xff\xd8\xff"):
        size = _jpeg_size(file)
        return None if size is None else ("jpeg_pipe", *size)
    return None


def _webp_size(head: bytes) -> tuple[int, int] | None:
    kind = head[12:16]
    if kind == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF
    return None


def _jpeg_size(file: BinaryIO) -> tuple[int, int] | None:
    """The largest size that any of the frame headers states."""
    place, largest = 2, (0, 0)
    for _ in range(_MOST_MARKERS):
        file.seek(place)
        marker = file.read(9)
        if len(marker) < 4 or marker[0] != 0xFF:
            break
        code = marker[1]
        if code == 0xFF:  # filling
            place += 1
            continue
        if code in (0xD9, 0xDA):
            break
        if 0xC0 <= code <= 0xCF and code not in _SIZELESS:
            found = int.from_bytes(marker[7:9], "big"), int.from_bytes(marker[5:7], "big")
            largest = max(largest, found, key=lambda size: size[0] * size[1])
        place += 2 + max(2, int.from_bytes(marker[2:4], "big"))
    return largest if largest != (0, 0) else None
