# SPDX-License-Identifier: GPL-3.0-or-later
"""Progress of a long command as one line on a terminal; nothing where there is no terminal."""

from __future__ import annotations

import shutil
import time
from types import TracebackType
from typing import TextIO

from player.domain.progress import Progress

_REDRAW_S = 0.1


class ProgressLine:
    """Use it as a context; `show` is a ProgressCallback."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._live = out.isatty()
        self._drawn_s = 0.0

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live and self._drawn_s:
            self._out.write("\r\x1b[K")
            self._out.flush()

    def show(self, progress: Progress) -> None:
        now_s = time.monotonic()
        if not self._live or now_s - self._drawn_s < _REDRAW_S:
            return
        self._drawn_s = now_s
        total = "" if progress.total is None else f" of {progress.total}"
        problems = f", {progress.problems} problems" if progress.problems else ""
        width = shutil.get_terminal_size().columns - 1
        self._out.write("\r\x1b[K" + f"{progress.done}{total}{problems}  {progress.text}"[:width])
        self._out.flush()
