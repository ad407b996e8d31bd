# SPDX-License-Identifier: GPL-3.0-or-later
"""Stops and releases players of libVLC on a thread of its own.

Stopping waits for libVLC's threads: a few milliseconds as a rule, seconds when a disk or a decoder hangs. That is
the one use of libVLC off the main thread; nothing else touches a player once it has been given away.
"""

from __future__ import annotations

import ctypes
import logging
import queue
import sys
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)


class Reaper:
    """Runs the releases it is given, one after the other. `close` it before libVLC itself is released."""

    def __init__(self) -> None:
        self._give_back = _give_back_function()
        self._releases: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="libvlc-release", daemon=True)
        self._thread.start()

    def take(self, release: Callable[[], None]) -> None:
        self._releases.put(release)

    def close(self, timeout_s: float) -> bool:
        """Finish what was given. False if that takes longer; what hangs is then left alone."""
        self._releases.put(None)
        self._thread.join(timeout_s)
        if self._thread.is_alive():
            log.warning("libVLC did not stop within %s s", timeout_s)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (release := self._releases.get()) is not None:
            release()
            del release
            if self._releases.empty():
                self._give_back()


def _give_back_function() -> Callable[[], object]:
    """Returns freed memory to the system. glibc keeps what other threads have freed: after some changes of class
    that was as much again as the whole program needs."""
    if not sys.platform.startswith("linux"):
        return lambda: None
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError):  # another C library, which has no such habit
        return lambda: None
    return lambda: trim(ctypes.c_size_t(0))
