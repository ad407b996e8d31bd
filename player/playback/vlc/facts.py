# SPDX-License-Identifier: GPL-3.0-or-later
"""What decks and engine say to each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, IntEnum, auto


class Fact(Enum):
    """What has become of a deck."""

    READY = auto()
    """The first picture (or sound) is there. A still deck stands on it."""
    SEEKED = auto()
    STUCK = auto()
    """A seek got no picture: open another deck at that place."""
    TIME = auto()
    """`reading` is new."""
    MISREAD = auto()
    """libVLC's reader and the probe disagree about the length (timestamps that begin at 10 s, say), so places in the
    medium would not mean the same: open it with `by_other_reader`."""
    ENDED = auto()
    FAILED = auto()


class What(IntEnum):
    """What libVLC's threads post."""

    PICTURE = auto()
    SEEK_PICTURE = auto()
    FILLED = auto()
    TIME = auto()
    LENGTH = auto()
    PAUSED = auto()
    END = auto()
    ERROR = auto()


@dataclass(slots=True)
class Sound:
    """What every deck is set to."""

    rate: float = 1.0
    volume: int = 100
    muted: bool = False


Post = Callable[[int, int, float, float], None]
"""(deck number, what, value, moment in ms of the monotonic clock), from any thread."""
