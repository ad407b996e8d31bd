# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports asked for in the window: one at a time, in the background, with progress and cancel. Main thread.

Reading files and writing the library happen on the lane it is given, which is not the lane that keeps
positions, so that a long import never delays those.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from player.domain.errors import SessionPlayerError
from player.domain.plan import ImportReport
from player.domain.progress import CancelToken, Progress
from player.domain.vocabulary import Vocabulary
from player.importing.plan import build_plan
from player.library import Library
from player.tasks.lane import Lane, Task

log = logging.getLogger(__name__)

_TELL_EVERY_S = 0.1


class Importer(QObject):
    """`start` leads to exactly one of finished, failed, cancelled; what is asked for meanwhile waits."""

    started = Signal()
    progress = Signal(Progress)
    finished = Signal(ImportReport)
    failed = Signal(str)
    """A sentence."""
    cancelled = Signal()

    def __init__(self, library: Library, lane: Lane, vocabulary: Vocabulary, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._lane = lane
        self._vocabulary = vocabulary
        self._task: Task[ImportReport] | None = None
        self._waiting: list[tuple[tuple[Path, ...], Callable[[], None] | None]] = []

    @property
    def running(self) -> bool:
        return self._task is not None

    def start(self, paths: Sequence[Path], then: Callable[[], None] | None = None) -> None:
        """Import these files and folders; `then` is called when that has been done without an error."""
        self._waiting.append((tuple(paths), then))
        if self._task is None:
            self._next()

    def cancel(self) -> None:
        """Stop; whole batches that are in stay in. What waits is dropped too."""
        self._waiting.clear()
        if self._task is not None:
            self._task.cancel()

    def _next(self) -> None:
        if not self._waiting:
            return
        paths, then = self._waiting.pop(0)
        token = CancelToken()

        def done(report: ImportReport) -> None:
            self._task = None
            self.finished.emit(report)
            if then is not None:
                then()
            self._next()

        def failed(error: Exception) -> None:
            self._task = None
            self.failed.emit(_sentence(error))
            self._next()

        def cancelled() -> None:
            self._task = None
            self.cancelled.emit()
            self._next()

        self._task = self._lane.submit(lambda: self._work(paths, token), done, failed, cancelled, token)
        self.started.emit()

    def _work(self, paths: Sequence[Path], token: CancelToken) -> ImportReport:
        """On the lane's thread."""
        told_s = 0.0

        def tell(progress: Progress) -> None:
            nonlocal told_s
            now_s = time.monotonic()
            if now_s - told_s >= _TELL_EVERY_S:
                told_s = now_s
                self.progress.emit(progress)

        plan = build_plan(
            paths, known=self._library.known_files(), vocabulary=self._vocabulary, progress=tell, cancel=token
        )
        return self._library.apply(plan, cancel=token)


def _sentence(error: Exception) -> str:
    if isinstance(error, SessionPlayerError):
        return str(error)
    log.error("An import failed", exc_info=error)
    return "The import stopped because of an error inside the program. What was finished is kept; the log tells more."
