# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds files back that are still being copied or downloaded: taken is what stays as it is between two looks.

Clocks of network drives may be wrong, so the time of a file is only compared with itself. One thread at a time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from player.importing.scan import FoundFile

STILL_S = 5.0
"""A file that has not changed for so long is complete. Network drives tell news after about three seconds."""

_Look = tuple[tuple[int, int], ...]


class Growing:
    """Goes with the automatic imports of one library. Ask `waiting` after each whether to look again."""

    def __init__(self, still_s: float = STILL_S, clock: Callable[[], float] = time.monotonic) -> None:
        self.still_s = still_s
        self._clock = clock
        self._seen: dict[Path, tuple[_Look, float]] = {}
        self._asked: set[Path] = set()
        self._held: set[Path] = set()

    @property
    def waiting(self) -> bool:
        """Whether the last import has held something back."""
        return bool(self._held)

    def begin(self) -> None:
        """An import begins. Files it does not ask for are forgotten with the next one."""
        self._seen = {path: seen for path, seen in self._seen.items() if path in self._asked}
        self._asked, self._held = set(), set()

    def not_yet(self, file: FoundFile, unfinished: Sequence[FoundFile]) -> bool:
        """Whether `file` should wait. `unfinished` are the parts of it that lie beside it."""
        look = tuple((one.size, one.modified_ns) for one in (file, *unfinished))
        now_s = self._clock()
        self._asked.add(file.path)
        before = self._seen.get(file.path)
        if before is not None and before[0] == look:
            if now_s - before[1] >= self.still_s:
                return False
        else:
            self._seen[file.path] = (look, now_s)
        self._held.add(file.path)
        return True
