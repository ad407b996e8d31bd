# SPDX-License-Identifier: GPL-3.0-or-later
"""States of playing and the reasons why it ends."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from player.domain.models import ClassVideo, Phase, PropNeed
from player.domain.queue import QueueItem

LONGEST_SKIP_RUN = 3
"""That many classes in a row may fail before playing stops."""
DEFAULT_SETTLE_MS = 30_000


class PlayerState(StrEnum):
    """What the player as a whole is doing (`control status` shows these names)."""

    IDLE = "idle"
    PLAYING = "playing"
    PAUSED = "paused"
    UP_NEXT = "up-next"
    """The Up Next page is shown and counts down, or waits to be asked."""
    HOLDING = "holding"
    """A class has ended, its last picture is held and nothing goes on by itself."""


class EndReason(StrEnum):
    """Why a class stopped playing. Only FINISHED goes on by itself; FAILED goes on with a message."""

    FINISHED = "finished"
    NEXT = "next"
    STOPPED = "stopped"
    FAILED = "failed"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class Loop:
    """The stretch that repeats."""

    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class UpNext:
    """What the Up Next page shows. `class_video` None: the series has ended and nothing follows."""

    ended: ClassVideo
    class_video: ClassVideo | None
    item: QueueItem | None
    settle_ms: int
    left_ms: int | None
    """Time left of the countdown; None where it waits to be asked (Stay here, Ask first, end of series)."""
    have_ready: tuple[PropNeed, ...] = ()
    """What the next class needs and the ended one did not."""
    put_away: tuple[PropNeed, ...] = ()
    played_to_end: bool = True
    """Whether the ended class was played to its end, not jumped to it."""

    @property
    def phase(self) -> Phase | None:
        if self.class_video is None or self.item is None or self.item.phase is None:
            return None
        phases = self.class_video.phases
        return phases[self.item.phase] if self.item.phase < len(phases) else None


def new_to_fetch(ended: ClassVideo, following: ClassVideo) -> tuple[tuple[PropNeed, ...], tuple[PropNeed, ...]]:
    """(needed now and not before, needed before and not now)."""
    before = {need.prop for need in ended.props}
    now = {need.prop for need in following.props}
    return (
        tuple(need for need in following.props if need.prop not in before),
        tuple(need for need in ended.props if need.prop not in now),
    )
