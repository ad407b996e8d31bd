# SPDX-License-Identifier: GPL-3.0-or-later
"""Which class comes next, and what a series is made of. Pure; any thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from player.domain.models import ClassState, ClassVideo, PhaseKind

_NEVER = datetime.min.replace(tzinfo=UTC)


def next_class(classes: Sequence[ClassVideo]) -> ClassVideo | None:
    """The class to offer: the one under way that was left last; else the first not done after the last one
    done; else the first not done; else the first. Only classes that can be played."""
    ready = [video for video in classes if video.state is ClassState.READY]
    under_way = [video for video in ready if video.progress.under_way]
    if under_way:
        return max(under_way, key=lambda video: _aware(video.progress.last_practised))
    last_done = max((number for number, video in enumerate(ready) if video.progress.done), default=-1)
    for video in (*ready[last_done + 1 :], *ready):
        if not video.progress.done:
            return video
    return ready[0] if ready else None


def made_of(classes: Sequence[ClassVideo]) -> tuple[tuple[PhaseKind, int], ...]:
    """(kind, per cent) of all phase time, in the order of the kinds; only kinds that occur. The per cents sum
    to 100."""
    totals: dict[PhaseKind, int] = {}
    for video in classes:
        for phase in video.phases:
            totals[phase.kind] = totals.get(phase.kind, 0) + phase.duration_ms
    whole = sum(totals.values())
    if not whole:
        return ()
    kinds = [kind for kind in PhaseKind if totals.get(kind)]
    shares = {kind: 100 * totals[kind] // whole for kind in kinds}
    rest = sorted(kinds, key=lambda kind: 100 * totals[kind] % whole, reverse=True)
    for kind in rest[: 100 - sum(shares.values())]:
        shares[kind] += 1
    return tuple((kind, shares[kind]) for kind in kinds)


def left_to_go_ms(classes: Sequence[ClassVideo]) -> int:
    """How much of these classes has not been done yet. Damaged ones are left out: their lengths may be anything."""
    return sum(
        max(0, video.duration_ms - video.progress.position_ms)
        for video in classes
        if not video.progress.done and video.state is not ClassState.DAMAGED
    )


def how_far(video: ClassVideo) -> float:
    """How far a class is, 0 to 1."""
    if video.progress.done:
        return 1.0
    return min(1.0, video.progress.position_ms / video.duration_ms) if video.duration_ms else 0.0


def _aware(moment: datetime | None) -> datetime:
    if moment is None:
        return _NEVER
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
