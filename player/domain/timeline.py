# SPDX-License-Identifier: GPL-3.0-or-later
"""The phases of one class along its time, and the rules of moving between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from player.domain.models import ClassVideo, Phase, PhaseKind, Source, StartAt

BACK_TO_START_MS = 3000
"""Later than this into a phase, "previous phase" goes to its start, not to the one before."""
LAST_START_MS = 500
"""A class that is asked for at its end starts so long before it, so that there is something to see."""
RESUME_FROM_MS = 10_000
"""The first seconds of a class are not worth resuming; without phases, the last seconds make it done."""
SHORTEST_PHASE_MS = 100
"""Marks closer together than this are one mark."""


def tidy_phases(marks: Iterable[Phase], duration_ms: int) -> tuple[Phase, ...]:
    """Phases in order from 0 to `duration_ms` without gaps or overlaps.

    Only the starts count: a phase ends where the next begins. What starts before 0, at or after the end, or
    within SHORTEST_PHASE_MS of the one before is dropped. If the first mark is later than that, an untitled
    phase "Beginning" fills the time before it. No usable mark, or no duration: no phases.
    """
    starts: list[Phase] = []
    for mark in sorted(marks, key=lambda phase: phase.start_ms):
        if not 0 <= mark.start_ms < duration_ms:
            continue
        if starts and mark.start_ms - starts[-1].start_ms < SHORTEST_PHASE_MS:
            continue
        starts.append(mark)
    if not starts:
        return ()
    first = starts[0]
    if first.start_ms >= SHORTEST_PHASE_MS:
        starts.insert(0, Phase(PhaseKind.OTHER, "Beginning", 0, first.start_ms, first.source))
    else:
        starts[0] = replace(first, start_ms=0)
    ends = [phase.start_ms for phase in starts[1:]] + [duration_ms]
    return tuple(replace(phase, end_ms=end) for phase, end in zip(starts, ends, strict=True))


@dataclass(frozen=True, slots=True)
class Timeline:
    """The phases of a class and its length. Without phases every phase question answers None."""

    duration_ms: int
    phases: tuple[Phase, ...] = ()

    @classmethod
    def of_marks(cls, marks: Iterable[Phase], duration_ms: int) -> Timeline:
        return cls(duration_ms, tidy_phases(marks, duration_ms))

    def index_at(self, position_ms: int) -> int | None:
        """The index of the phase that runs at `position_ms`; the ends belong to the first and last phase."""
        if not self.phases:
            return None
        for index, phase in enumerate(self.phases):
            if position_ms < phase.end_ms:
                return index
        return len(self.phases) - 1

    def phase_at(self, position_ms: int) -> Phase | None:
        index = self.index_at(position_ms)
        return None if index is None else self.phases[index]

    def after(self, position_ms: int) -> Phase | None:
        """The phase that follows the running one, or None in the last."""
        index = self.index_at(position_ms)
        if index is None or index + 1 >= len(self.phases):
            return None
        return self.phases[index + 1]

    def next_start_ms(self, position_ms: int) -> int | None:
        """Where "next phase" goes: the start of the next phase, or the end of the class in the last one;
        None without phases. It never leads into another class by itself."""
        if not self.phases:
            return None
        following = self.after(position_ms)
        return self.duration_ms if following is None else following.start_ms

    def previous_start_ms(self, position_ms: int) -> int | None:
        """Where "previous phase" goes: within BACK_TO_START_MS of a phase's start one phase back, later to
        the start of the running phase; None without phases."""
        index = self.index_at(position_ms)
        if index is None:
            return None
        phase = self.phases[index]
        if index > 0 and position_ms - phase.start_ms < BACK_TO_START_MS:
            phase = self.phases[index - 1]
        return phase.start_ms

    def is_done_at(self, position_ms: int) -> bool:
        """Whether leaving the class here counts as done: in its last 10 s. (Playing the last phase through
        and running to the end are told by the controller.) Classes shorter than 20 s need their end."""
        if self.duration_ms < 2 * RESUME_FROM_MS:
            return position_ms >= self.duration_ms > 0
        return position_ms >= self.duration_ms - RESUME_FROM_MS

    def resume_position_ms(self, position_ms: int) -> int:
        """The position worth keeping: 0 in the first 10 s and at the end. (In the last seconds it is kept: whether
        the class is done there is known only when it is left.)"""
        if position_ms < min(RESUME_FROM_MS, self.duration_ms // 4) or position_ms >= self.duration_ms:
            return 0
        return position_ms


def whole_class(duration_ms: int, title: str) -> Phase:
    """A stand-in where one phase is wanted and none is known."""
    return Phase(PhaseKind.OTHER, title, 0, duration_ms, Source.FILE_NAME)


def start_position_ms(video: ClassVideo, start: StartAt, at_ms: int | None = None, phase: int | None = None) -> int:
    """Where `video` starts: at `at_ms` or at phase `phase` (an index) if given, else as `start` says of the
    place where it was left."""
    if at_ms is not None:
        return max(0, min(at_ms, video.duration_ms - LAST_START_MS))
    if phase is not None:
        return video.phases[phase].start_ms if 0 <= phase < len(video.phases) else 0
    left_ms = video.progress.position_ms
    if start is StartAt.PHASE:
        running = Timeline(video.duration_ms, video.phases).phase_at(left_ms)
        return running.start_ms if running else 0
    return 0 if start is StartAt.BEGINNING else left_ms
