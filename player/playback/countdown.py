# SPDX-License-Identifier: GPL-3.0-or-later
"""A countdown that can be held and stopped. Main thread."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

TICK_MS = 100


class Countdown(QObject):
    """`start` it; it ticks until `over`. `hold` keeps it where it is for a while."""

    ticked = Signal()
    over = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left_ms = 0
        self._held_ms = 0
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def left_ms(self) -> int:
        return self._left_ms

    @property
    def running(self) -> bool:
        return self._timer.isActive()

    def start(self, length_ms: int) -> None:
        self._left_ms = length_ms
        self._held_ms = 0
        self._since.start()
        self._timer.start()

    def hold(self, length_ms: int) -> None:
        """Count nothing for `length_ms` from now."""
        self._held_ms = length_ms

    def stop(self) -> None:
        self._timer.stop()

    @Slot()
    def _tick(self) -> None:
        passed = self._since.restart()
        waited = min(passed, self._held_ms)
        self._held_ms -= waited
        self._left_ms = max(0, self._left_ms - (passed - waited))
        if self._left_ms == 0:
            self._timer.stop()
            self.over.emit()
        else:
            self.ticked.emit()
