# SPDX-License-Identifier: GPL-3.0-or-later
"""Pauses after a while, at the end of the phase or of the class, and lets the sound fade before. Main thread.

It asks the player where it is and what it does; it knows neither queue nor page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from player.playback.clock import monotonic_ms

FADE_MS = 10_000
"""So long before it pauses the sound begins to fade."""
_LOOK_MS = 500
_BEFORE_END_MS = 60
"""At the end of a phase it pauses so much early that the next one does not begin."""
_SOUND_BACK_MS = 400


class SleepAt(StrEnum):
    """When it pauses."""

    NEVER = "never"
    TIME = "time"
    PHASE_END = "phase-end"
    CLASS_END = "class-end"


@dataclass(frozen=True, slots=True)
class Going:
    """What is going on. `phase_left_ms` and `class_left_ms` are real time at the present speed; None where there is
    no phase or no class."""

    playing: bool
    phase_left_ms: int | None
    class_left_ms: int | None


class SleepTimer(QObject):
    """Off until `set_minutes`, `set_at`. `due` asks for the pause; the class then ends by itself for CLASS_END."""

    changed = Signal()
    """It was set or taken back, or another minute (in the last minute: second) is left."""
    due = Signal()

    def __init__(
        self,
        going: Callable[[], Going],
        set_share: Callable[[float], None],
        parent: QObject | None = None,
        *,
        now: Callable[[], float] = monotonic_ms,
    ) -> None:
        """`set_share` makes the sound softer: 1 is as loud as the user wants it, 0 is silence."""
        super().__init__(parent)
        self._going, self._set_share, self._now = going, set_share, now
        self._at = SleepAt.NEVER
        self._deadline_ms = 0.0
        self._share = 1.0
        self._told: tuple[int, int] | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        self._sound_back = QTimer(self, singleShot=True, interval=_SOUND_BACK_MS)
        self._sound_back.timeout.connect(self._bring_back_sound)

    @property
    def at(self) -> SleepAt:
        return self._at

    @property
    def left_ms(self) -> int | None:
        """Real time until it pauses; None while it is off or there is nothing to wait for."""
        if self._at is SleepAt.NEVER:
            return None
        if self._at is SleepAt.TIME:
            return max(0, round(self._deadline_ms - self._now()))
        going = self._going()
        return going.phase_left_ms if self._at is SleepAt.PHASE_END else going.class_left_ms

    def set_minutes(self, minutes: int) -> None:
        """Pause after so many minutes, however often it is paused meanwhile."""
        self._deadline_ms = self._now() + minutes * 60_000
        self._set(SleepAt.TIME)

    def set_at(self, at: SleepAt) -> None:
        """Pause at the end of the phase or the class that runs then, or not at all."""
        self._set(at)

    def _set(self, at: SleepAt) -> None:
        self._at = at
        self._told = None
        self._sound_back.stop()
        self._fade(1.0)
        self._timer.stop()
        self.changed.emit()
        self.look()

    @Slot()
    def look(self) -> None:
        """See whether the time has come. Called by itself; call it after a jump."""
        left_ms = self.left_ms
        if self._at is SleepAt.NEVER:
            return
        going = self._going()
        ends = self._at is SleepAt.PHASE_END
        comes = self._at is SleepAt.TIME or (ends and going.playing)
        if comes and left_ms is not None and left_ms <= (_BEFORE_END_MS if ends else 0):
            self._pause()
            return
        self._fade(1.0 if left_ms is None or not going.playing else left_ms / FADE_MS)
        self._tell(left_ms)
        wait_ms = _LOOK_MS if left_ms is None else min(_LOOK_MS, left_ms - (_BEFORE_END_MS if ends else 0))
        self._timer.start(max(20, wait_ms))

    def class_over(self) -> None:
        """The class has ended, or another one is on."""
        if self._at in (SleepAt.CLASS_END, SleepAt.PHASE_END):
            self._end()

    def _pause(self) -> None:
        self._end()
        self.due.emit()

    def _end(self) -> None:
        """Off again; the sound comes back when nothing is heard any more."""
        self._at = SleepAt.NEVER
        self._timer.stop()
        self._sound_back.start()
        self.changed.emit()

    @Slot()
    def _bring_back_sound(self) -> None:
        self._fade(1.0)

    def _fade(self, share: float) -> None:
        share = round(max(0.0, min(share, 1.0)), 3)
        if share != self._share:
            self._share = share
            self._set_share(share)

    def _tell(self, left_ms: int | None) -> None:
        step_ms = 1000 if (left_ms or 0) < 60_000 else 60_000
        shown = None if left_ms is None else (step_ms, left_ms // step_ms)
        if shown != self._told:
            self._told = shown
            self.changed.emit()
