# SPDX-License-Identifier: GPL-3.0-or-later
"""What the player's panels say of a class and a place in it. Pure functions."""

from __future__ import annotations

from player.domain.models import ClassVideo
from player.domain.playing import Loop
from player.domain.queue import QueueItem
from player.domain.timeline import Timeline
from player.domain.times import format_clock, format_left, format_length
from player.domain.titles import split_title
from player.playback.captions import Captions
from player.playback.sleep_timer import SleepAt
from player.ui.widgets.phase_chip import ChipContent
from player.ui.widgets.phase_panel import NextContent

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def phases_line(video: ClassVideo | None) -> str:
    """`Class 13, five phases`"""
    if video is None:
        return ""
    count = len(video.phases)
    words = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    phases = f"{words} {'phase' if count == 1 else 'phases'}"
    return phases.capitalize() if video.number is None else f"Class {video.number}, {phases}"


def chip_content(video: ClassVideo | None, timeline: Timeline, position_ms: int) -> ChipContent:
    """The running phase, "0:30 left, then Mobilization"; without phases the class and what is left of it."""
    if video is None:
        return ChipContent(None, "", "")
    phase, following = timeline.phase_at(position_ms), timeline.after(position_ms)
    if phase is None:
        left = format_left(timeline.duration_ms - position_ms)
        return ChipContent(None, split_title(video.title)[0], f"{left} left")
    left = f"{format_left(phase.end_ms - position_ms)} left"
    return ChipContent(phase.kind, phase.title, f"{left}, then {following.title}" if following else left)


def next_content(video: ClassVideo, item: QueueItem) -> NextContent:
    """What comes after this class: a class, or one phase of it."""
    if item.phase is not None and item.phase < len(video.phases):
        phase = video.phases[item.phase]
        return NextContent(f"Up Next, {format_length(phase.duration_ms)}", phase.title)
    return NextContent(f"Up Next, {format_length(video.duration_ms)}", split_title(video.title)[0])


def loop_words(loop: Loop | None, start_ms: int | None) -> str:
    """`Repeats 1:05 to 2:10`, or what the next press does."""
    if loop is not None:
        return f"Repeats {format_clock(loop.start_ms)} to {format_clock(loop.end_ms)}"
    return "Repeats nothing" if start_ms is None else f"Loop starts at {format_clock(start_ms)}"


def format_picture_time(time_ms: int) -> str:
    """`7:00.04`: fine enough to tell one picture from the next."""
    return f"{format_clock(time_ms)}.{time_ms % 1000 // 10:02d}"


def captions_words(captions: Captions) -> str:
    """What a press of the key has chosen."""
    if not captions.tracks:
        return "No captions in this class"
    return "Captions off" if captions.chosen is None else f"Captions: {captions.name(captions.chosen)}"


def delay_words(delay_ms: int) -> str:
    """`Captions 0.15 s later`"""
    if delay_ms == 0:
        return "Captions as written"
    return f"Captions {abs(delay_ms) / 1000:g} s {'later' if delay_ms > 0 else 'earlier'}"


def sleep_words(at: SleepAt, left_ms: int | None) -> str:
    """`Pauses in 12 min`; in the last minute by the second."""
    if at is not SleepAt.TIME and (left_ms is None or left_ms >= 60_000):
        return "Pauses after this phase" if at is SleepAt.PHASE_END else "Pauses after this class"
    left_ms = left_ms or 0
    return f"Pauses in {format_clock(left_ms)}" if left_ms < 60_000 else f"Pauses in {-(-left_ms // 60_000)} min"
