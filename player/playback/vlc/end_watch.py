# SPDX-License-Identifier: GPL-3.0-or-later
"""Says when the last picture has stood its time; libVLC itself does so a good while later. Main thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from player.playback.clock import PlayingClock

TOLERANCE_MS = 3
_SIGHT_MS = 1_500
"""The end is not watched for from farther away; every reading of the time arms the watch again."""


class EndWatch(QObject):
    """Watches a clock, which is lent."""

    due = Signal()

    def __init__(self, clock: PlayingClock, parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self._end_ms, self._rate = 0, 1.0
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)

    @property
    def armed(self) -> bool:
        return self._timer.isActive()

    def arm(self, end_ms: int, rate: float) -> None:
        """Watch for `end_ms`, if the clock runs and the end is near."""
        self._end_ms, self._rate = end_ms, rate
        self._timer.stop()
        left_ms = (end_ms - self._clock.peek()) / rate
        if self._clock.running and end_ms and left_ms < _SIGHT_MS:
            self._timer.start(max(0, round(left_ms)))

    def again_in(self, ms: float) -> None:
        """Be due once more, so much later."""
        self._timer.start(max(1, round(ms)))

    def stop(self) -> None:
        self._timer.stop()

    @Slot()
    def _look(self) -> None:
        if not self._clock.running:
            return
        if self._clock.peek() < self._end_ms - TOLERANCE_MS:
            self.arm(self._end_ms, self._rate)
        else:
            self.due.emit()
