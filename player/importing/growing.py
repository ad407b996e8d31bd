# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds files back that are still being copied or downloaded: taken is what stays as it is between two looks.

Clocks of network drives may be wrong, so the time of a file is only compared with itself. One thread at a time.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from player.importing.scan import FoundFile

STILL_S = 5.0
"""A file that has not changed for so long is complete. Network drives tell news after about three seconds."""

_Look = tuple[tuple[int, int], ...]


class Growing:
    """Goes with the automatic imports of one library. Ask `waiting` after each whether something was held back, and
    `ready` from time to time, which is quick, whether another import would take it."""

    def __init__(self, still_s: float = STILL_S, clock: Callable[[], float] = time.monotonic) -> None:
        self.still_s = still_s
        self._clock = clock
        self._seen: dict[Path, tuple[_Look, float]] = {}
        self._asked: set[Path] = set()
        self._held: dict[Path, tuple[FoundFile, ...]] = {}

    @property
    def waiting(self) -> bool:
        """Whether the last import has held something back."""
        return bool(self._held)

    def begin(self) -> None:
        """An import begins. Files it does not ask for are forgotten with the next one."""
        self._seen = {path: seen for path, seen in self._seen.items() if path in self._asked}
        self._asked, self._held = set(), {}

    def ready(self) -> bool:
        """Whether one of the files held back has been still for long enough, or is gone. Looks at them, which may
        take a while on a slow drive."""
        ready = [self._is_ready(path, files) for path, files in self._held.items()]  # every one is looked at
        return any(ready)

    def _is_ready(self, path: Path, files: tuple[FoundFile, ...]) -> bool:
        try:
            info = [os.stat(file.path) for file in files]
        except OSError:
            return True
        return self._is_still(path, tuple((one.st_size, one.st_mtime_ns) for one in info))

    def not_yet(self, file: FoundFile, unfinished: Sequence[FoundFile]) -> bool:
        """Whether `file` should wait. `unfinished` are the parts of it that lie beside it."""
        files = (file, *unfinished)
        self._asked.add(file.path)
        if self._is_still(file.path, tuple((one.size, one.modified_ns) for one in files)):
            return False
        self._held[file.path] = files
        return True

    def _is_still(self, path: Path, look: _Look) -> bool:
        now_s = self._clock()
        before = self._seen.get(path)
        if before is None or before[0] != look:
            self._seen[path] = (look, now_s)
            return False
        return now_s - before[1] >= self.still_s
