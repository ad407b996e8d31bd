# SPDX-License-Identifier: GPL-3.0-or-later
"""The time of the last frame in a Matroska or WebM file, from its last bytes.

Browsers write WebM without a length or an index; cut files state a length they do not have. Reading the
last cluster answers both without reading the file. It looks at nothing but the end of this one file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

TAIL_BYTES = (512 * 1024, 8 * 1024 * 1024)
"""How much of the end is read: first a little, then as much as the largest usual cluster."""
_CLUSTER = b"\x1f\x43\xb6\x75"
_TIMESTAMP, _SIMPLE_BLOCK, _BLOCK_GROUP, _BLOCK, _DURATION = 0xE7, 0xA3, 0xA0, 0xA1, 0x9B
_INFO_SCALE = b"\x2a\xd7\xb1"
_HEAD_BYTES = 64 * 1024
_UNKNOWN = -1


def last_block_ms(path: Path, size: int) -> int | None:
    """When the last frame begins (with its own length where it states one); None where no cluster is found
    in the last TAIL_BYTES. Raises OSError."""
    with path.open("rb") as file:
        scale_ns = _timestamp_scale(file.read(min(size, _HEAD_BYTES)))
        for length in TAIL_BYTES:
            file.seek(max(0, size - length))
            last = _last_in_tail(file.read(length))
            if last is not None:
                return round(last * scale_ns / 1_000_000)
            if length >= size:
                break
    return None


def _last_in_tail(tail: bytes) -> int | None:
    at = tail.rfind(_CLUSTER)
    while at >= 0:
        last = _last_in_cluster(tail, at + len(_CLUSTER))
        if last is not None:
            return last
        at = tail.rfind(_CLUSTER, 0, at)
    return None


def _timestamp_scale(head: bytes) -> int:
    at = head.find(_INFO_SCALE)
    if at < 0:
        return 1_000_000
    length, start = _size(head, at + len(_INFO_SCALE))
    value = int.from_bytes(head[start : start + length]) if 0 < length <= 8 else 0
    return value or 1_000_000


def _last_in_cluster(data: bytes, at: int) -> int | None:
    """The greatest time in a cluster whose size field stands at `at`; None if this is no cluster."""
    length, start = _size(data, at)
    end = len(data) if length == _UNKNOWN else min(len(data), start + length)
    base, last = None, None
    for kind, first, after in _children(data, start, end):
        if kind == _TIMESTAMP and after - first <= 8:
            base = int.from_bytes(data[first:after])
            continue
        if base is None:
            continue
        time = _block_time(data, kind, first, after)
        if time is not None:
            last = max(last or 0, base + time)
    return last


def _block_time(data: bytes, kind: int, first: int, after: int) -> int | None:
    """The end of a block within its cluster as far as it is stated, or None for other elements."""
    if kind == _SIMPLE_BLOCK:
        _track, at = _size(data, first)
        return int.from_bytes(data[at : at + 2], signed=True) if at + 2 <= len(data) else None
    if kind != _BLOCK_GROUP:
        return None
    begins, lasts = None, 0
    for inner, start, end in _children(data, first, min(after, len(data))):
        if inner == _BLOCK:
            _track, at = _size(data, start)
            begins = int.from_bytes(data[at : at + 2], signed=True)
        elif inner == _DURATION and end - start <= 8:
            lasts = int.from_bytes(data[start:end])
    return None if begins is None else begins + lasts


def _children(data: bytes, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    """(id, where the content begins, where it ends) of the elements between `at` and `end`."""
    while at < end:
        width = 9 - data[at].bit_length()
        if width > 4 or at + width >= end:
            return
        kind = int.from_bytes(data[at : at + width])
        length, start = _size(data, at + width)
        if length == _UNKNOWN or start > end:
            return
        yield kind, start, start + length
        at = start + length


def _size(data: bytes, at: int) -> tuple[int, int]:
    """A size field and where it ends; size _UNKNOWN for the unknown or a broken one."""
    if at >= len(data) or data[at] == 0:
        return _UNKNOWN, at + 1
    width = 9 - data[at].bit_length()
    value = int.from_bytes(data[at : at + width]) & ((1 << 7 * width) - 1)
    if value == (1 << 7 * width) - 1:
        return _UNKNOWN, at + width
    return value, at + width
