# SPDX-License-Identifier: GPL-3.0-or-later
"""Times as people write them: 90, 1:30, 0:01:30.5."""

from __future__ import annotations

import re

from player.domain.errors import UsageError

_TIME = re.compile(r"(?:(?:(\d{1,4}):)?(\d{1,4}):)?(\d{1,7}(?:\.\d{1,9})?)", re.ASCII)


def parse_time_ms(text: str) -> int:
    """Milliseconds of `90`, `1:30` or `0:01:30.5`. Raises UsageError for anything else."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise UsageError(f"“{text}” is not a time.", "Write seconds (90), 1:30 or 0:01:30.5.")
    hours, minutes, seconds = match.groups()
    whole_minutes = int(hours or 0) * 60 + int(minutes or 0)
    return whole_minutes * 60_000 + round(float(seconds) * 1000)


def format_clock(time_ms: int) -> str:
    """`7:00`, `1:07:15`: the position of a clock that counts up (seconds are cut, not rounded)."""
    seconds = max(0, time_ms) // 1000
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def format_left(time_ms: int) -> str:
    """The time left as a clock; it reaches 0:00 only when nothing is left."""
    return format_clock(-(-max(0, time_ms) // 1000) * 1000)


def format_length(time_ms: int) -> str:
    """`45 s`, `15 min`, `3 h 21 min`: a length for reading."""
    if time_ms < 60_000:
        return f"{max(0, round(time_ms / 1000))} s"
    minutes = round(time_ms / 60_000)
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"
