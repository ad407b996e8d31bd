# SPDX-License-Identifier: GPL-3.0-or-later
"""Ending politely when the system or a terminal asks for it (SIGTERM, SIGINT, SIGHUP). Main thread.

Python runs a signal handler only between two of its own instructions, which a waiting Qt event loop has
none of; the wake-up descriptor brings the signal into that loop.
"""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier


class QuitSignals(QObject):
    """Calls `quit_` once for any of the signals. Does nothing on Windows, where windows are closed instead."""

    def __init__(self, quit_: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        if sys.platform == "win32":
            return
        self._quit = quit_
        self._read_end, self._write_end = socket.socketpair()
        for end in (self._read_end, self._write_end):
            end.setblocking(False)
        signal.set_wakeup_fd(self._write_end.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda _number, _frame: None)
        self._notifier = QSocketNotifier(self._read_end.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._arrived)

    def _arrived(self) -> None:
        self._read_end.recv(64)
        self._quit()
