# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps screen and system awake while a class plays or the next one is counted down to, and at no other time.

Every holder ends by itself when this program dies. Main thread.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Slot

from player.domain.playing import PlayerState
from player.playback.controller import PlaybackController

log = logging.getLogger(__name__)


class Holder(Protocol):
    """One way to stay awake. Both may be called again without harm; neither waits or raises."""

    def hold(self) -> None: ...
    def release(self) -> None: ...


class Awake(QObject):
    """Follows the controller from `start` to `close`."""

    def __init__(
        self, controller: PlaybackController, holders: Sequence[Holder], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._holders = holders
        self._held = False

    @property
    def held(self) -> bool:
        return self._held

    def start(self) -> None:
        self._controller.state_changed.connect(self.look)
        self._controller.up_next_changed.connect(self.look)
        self.look()

    def close(self) -> None:
        self._controller.state_changed.disconnect(self.look)
        self._controller.up_next_changed.disconnect(self.look)
        self._set(False)

    @Slot()
    def look(self) -> None:
        state, up_next = self._controller.state, self._controller.up_next
        counting = up_next is not None and up_next.left_ms is not None
        self._set(state is PlayerState.PLAYING or (state is PlayerState.UP_NEXT and counting))

    def _set(self, held: bool) -> None:
        if held == self._held:
            return
        self._held = held
        log.info("The computer is kept awake" if held else "The computer may sleep")
        for holder in self._holders:
            if held:
                holder.hold()
            else:
                holder.release()


class CaffeinateHolder:
    """macOS: its own command keeps display and system awake for as long as this process lives."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def hold(self) -> None:
        if self._process is None:
            try:
                self._process = subprocess.Popen(["/usr/bin/caffeinate", "-d", "-i", "-w", str(os.getpid())])
            except OSError as error:
                log.warning("The computer cannot be kept awake: %s", error)

    def release(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.terminate()
            process.wait()


class ExecutionStateHolder:
    """Windows: the state belongs to the thread that asks for it, and ends with it."""

    CONTINUOUS, SYSTEM, DISPLAY = 0x80000000, 0x1, 0x2

    def hold(self) -> None:
        self._set(self.CONTINUOUS | self.SYSTEM | self.DISPLAY)

    def release(self) -> None:
        self._set(self.CONTINUOUS)

    def _set(self, state: int) -> None:
        if sys.platform == "win32":
            import ctypes

            if not ctypes.windll.kernel32.SetThreadExecutionState(state):
                log.warning("Windows does not let the computer be kept awake")
