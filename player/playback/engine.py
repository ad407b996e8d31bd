# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine contract: commands return nothing and never block, facts come back as signals on the main thread.

An engine plays one medium at a time, knows nothing of queues or phases, and may have one more medium opened
ahead (`prepare`) so that the change to it shows no gap. After `open` no signal speaks of the former medium.
The same tests (tests/contract) hold for every engine. A medium of several files is played by JoinedEngine, which has
one of the others play them one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from player.domain.media import MediaSource
from player.playback.frames import FrameSource

MIN_RATE, MAX_RATE = 0.5, 2.0
MAX_VOLUME = 125


class EngineState(StrEnum):
    """IDLE: nothing open. ENDED: ran to its end, the last picture is held. FAILED: could not be played."""

    IDLE = "idle"
    OPENING = "opening"
    PLAYING = "playing"
    PAUSED = "paused"
    ENDED = "ended"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class EngineStatistics:
    """Pictures since the program began: handed to a surface in time, and decoded but never or too late shown while
    the medium played undisturbed (what a seek or a start skips is not late)."""

    frames_shown: int = 0
    frames_late: int = 0


class Engine(QObject):
    """Base of all engines. Lives on the main thread; every method is called there.

    The state changes first, then the signal that says why comes; only OPENING, PLAYING, PAUSED and IDLE may be
    entered within the command itself. `open` leads to `opened` and PLAYING (or PAUSED), or to `failed` and FAILED;
    never to both. At the end `ended` comes once, after the last picture has stood for its time, with state ENDED
    and the position at the duration; `open` called in that very moment shows no gap if the medium was prepared.
    `seek` is exact to the frame (as far as the decoder library is: see the real engine), is clamped to the medium,
    keeps PLAYING or PAUSED, leaves ENDED for the state before the end, and leads to one `seeked` when the new
    picture is there; of seeks in quick succession only the last need be answered. The position is the target from
    the moment of the command. While OPENING it is done after `opened`. Seeking to the duration or later ends the
    medium: `ended` comes in the place of `seeked`. Whatever fails or ends, the last picture is held until `stop`,
    or until the next medium has a picture or shows that it has none.
    """

    state_changed = Signal(EngineState)
    opened = Signal(int)
    """The duration in ms by the engine's own reading (0 where it cannot tell)."""
    position_changed = Signal(int)
    """In ms, at least four times a second while playing, and once after every seek."""
    seeked = Signal(int)
    """The position in ms whose picture is now shown."""
    ended = Signal()
    failed = Signal(str)
    """A sentence for people; the details have been logged."""
    prepared = Signal()
    """The medium given to `prepare` is open and its first picture decoded: `open` of it will show no gap."""

    frames: FrameSource
    """Where surfaces get pictures; the same object for the engine's whole life."""

    @property
    def state(self) -> EngineState:
        raise NotImplementedError

    @property
    def position_ms(self) -> int:
        """Where playing is now, interpolated between readings; 0 with nothing open."""
        raise NotImplementedError

    @property
    def duration_ms(self) -> int:
        """0 with nothing open or where unknown."""
        raise NotImplementedError

    @property
    def statistics(self) -> EngineStatistics:
        raise NotImplementedError

    def open(self, source: MediaSource, *, start_ms: int = 0, paused: bool = False) -> None:
        """Play `source` from `start_ms`. The last picture of the medium before is held until the first
        picture of this one. Uses what was prepared if source and start are the same."""
        raise NotImplementedError

    def prepare(self, source: MediaSource | None, *, start_ms: int = 0) -> None:
        """Open `source` ahead, silent and paused; None lets go of what was prepared. A failure is not
        reported: `open` will report it."""
        raise NotImplementedError

    def play(self) -> None:
        """Go on; from ENDED, start over from the beginning. Nothing happens in IDLE and FAILED."""
        raise NotImplementedError

    def pause(self) -> None:
        raise NotImplementedError

    def stop(self) -> None:
        """Let go of the medium and clear the picture: IDLE."""
        raise NotImplementedError

    def seek(self, position_ms: int) -> None:
        raise NotImplementedError

    def set_rate(self, rate: float) -> None:
        """MIN_RATE to MAX_RATE, pitch kept; kept for media opened later."""
        raise NotImplementedError

    def set_volume(self, percent: int) -> None:
        """0 to MAX_VOLUME; 100 is the level of the file. Kept for media opened later."""
        raise NotImplementedError

    def set_muted(self, muted: bool) -> None:
        raise NotImplementedError

    def shutdown(self) -> None:
        """Release everything. Blocks, bounded (a few seconds at most); afterwards the engine is not used."""
        raise NotImplementedError
