# SPDX-License-Identifier: GPL-3.0-or-later
"""The form of a strip: the small pictures of a class, each a JPEG of its own, with their times.

A picture is found and decoded alone, so a strip costs its reader no more memory than its bytes. Pure; shared by the
worker that makes strips and the program that shows them.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_MAGIC = b"session-player strip 1\n"
_MOST_PICTURES = 1_000
_LONGEST_HEADER = 64 * 1024


@dataclass(frozen=True, slots=True)
class Strip:
    """`times_ms` are the exact times of the pictures, rising; `jpegs` the pictures."""

    times_ms: tuple[int, ...]
    jpegs: tuple[bytes, ...]

    def index_at(self, time_ms: int, start_ms: int = 0, end_ms: int | None = None) -> int:
        """The picture nearest to `time_ms`, if possible one of the stretch from `start_ms` to `end_ms` (a phase): the
        picture just before the border of a phase says the wrong thing about it."""
        times = self.times_ms
        low = bisect_left(times, start_ms)
        high = len(times) if end_ms is None else bisect_left(times, end_ms)
        if low >= high:
            low, high = 0, len(times)
        after = bisect_right(times, time_ms, low, high)
        around = [index for index in (after - 1, after) if low <= index < high]
        return min(around, key=lambda index: abs(times[index] - time_ms))


def pack_strip(pictures: Sequence[tuple[int, bytes]]) -> bytes:
    """The file for (time in ms, JPEG) in order of time."""
    header = {"times_ms": [time for time, _jpeg in pictures], "sizes": [len(jpeg) for _time, jpeg in pictures]}
    return _MAGIC + json.dumps(header).encode("ascii") + b"\n" + b"".join(jpeg for _time, jpeg in pictures)


def parse_strip(data: bytes) -> Strip | None:
    """The strip in a file; None for anything that is not a whole one."""
    end = data.find(b"\n", len(_MAGIC), len(_MAGIC) + _LONGEST_HEADER)
    if not data.startswith(_MAGIC) or end < 0:
        return None
    try:
        header = json.loads(data[len(_MAGIC) : end])
        times, sizes = [int(time) for time in header["times_ms"]], [int(size) for size in header["sizes"]]
    except (ValueError, KeyError, TypeError):
        return None
    whole = end + 1 + sum(sizes) == len(data) and all(size > 0 for size in sizes)
    if not 0 < len(times) == len(sizes) <= _MOST_PICTURES or not whole or times != sorted(times):
        return None
    jpegs, place = [], end + 1
    for size in sizes:
        jpegs.append(data[place : place + size])
        place += size
    return Strip(tuple(times), tuple(jpegs))
