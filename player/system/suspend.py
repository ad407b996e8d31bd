# SPDX-License-Identifier: GPL-3.0-or-later
"""Before the computer sleeps, the class is paused and its place kept; afterwards it stays paused. Main thread.

logind announces it, and waits a moment for whoever has asked for that.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from player.domain.playing import PlayerState
from player.playback.controller import PlaybackController
from player.playback.messages import Message
from player.system.bus import Body, Bus
from player.system.inhibitors import LOGIND, LogindHolder

log = logging.getLogger(__name__)

LOOK_EVERY_MS = 20
LONGEST_WAIT_MS = 3000
"""logind itself waits 5 s unless told otherwise."""
WHY = "Keeps the place in the class"


class Suspend(QObject):
    """Watches from `start` until the bus is closed; then call `close`."""

    woken = Signal(Message)
    """The computer is awake again, and something was paused because it slept."""

    def __init__(
        self,
        bus: Bus,
        controller: PlaybackController,
        kept: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        """`kept`: whether everything that was to be written has been."""
        super().__init__(parent)
        self._bus, self._controller, self._kept = bus, controller, kept
        self._delay = LogindHolder(bus, "sleep", "delay", WHY)
        self._paused = ""
        self._waiting = QElapsedTimer()
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self._let_sleep)

    @property
    def delays(self) -> bool:
        """Whether the computer waits for us before it sleeps."""
        return self._delay.holding

    def start(self) -> None:
        self._bus.watch(
            str(LOGIND.bus_name), LOGIND.object_path, str(LOGIND.interface), "PrepareForSleep", self._announced
        )
        self._delay.hold()

    def close(self) -> None:
        self._timer.stop()
        self._delay.release()

    def _announced(self, body: Body) -> None:
        if body == (True,):
            self._going()
        elif body == (False,):
            self._back()

    def _going(self) -> None:
        state = self._controller.state
        if state is PlayerState.PLAYING:
            self._paused = "the class is paused"
        elif state is PlayerState.UP_NEXT:
            self._paused = "the next class waits for you"
        self._controller.pause()
        log.info("The computer is about to sleep")
        self._waiting.start()
        self._timer.start()

    @Slot()
    def _let_sleep(self) -> None:
        if self._kept() or self._waiting.hasExpired(LONGEST_WAIT_MS):
            self._timer.stop()
            self._delay.release()

    def _back(self) -> None:
        log.info("The computer is awake again")
        self._timer.stop()
        self._delay.release()
        self._delay.hold()
        paused, self._paused = self._paused, ""
        if paused:
            self.woken.emit(Message(f"The computer was asleep, so {paused}. Press Space to go on."))
