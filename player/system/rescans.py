# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps the library true to the source folders while the program runs: automatic rescans, in the background.

They give way to what the user imports, bring back nothing that the user has removed, and tell of nothing but what
is new. Reading and writing happen on the lane that imports use; everything else on the main thread.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from player.domain.plan import ImportReport
from player.domain.progress import CancelToken
from player.domain.vocabulary import Vocabulary
from player.importing.growing import Growing
from player.importing.plan import build_plan
from player.library import Library
from player.system.watch import FolderWatch
from player.tasks.lane import Lane, Task

log = logging.getLogger(__name__)

_AFTER_FAILURE_MS = 60_000


@dataclass(frozen=True, slots=True)
class _Result:
    report: ImportReport
    changed: bool
    """Whether anybody who shows the library has to look again."""


class Rescans(QObject):
    """`start` it once everything is built; `close` it before the lane."""

    changed = Signal()
    """The library holds something else now."""
    rescanned = Signal(ImportReport)
    told = Signal(str)
    """A sentence for the user."""

    def __init__(
        self,
        library: Library,
        lane: Lane,
        vocabulary: Vocabulary,
        *,
        watch: FolderWatch,
        growing: Growing | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library, self._lane, self._vocabulary, self._watch = library, lane, vocabulary, watch
        self._growing = growing or Growing()
        self._wanted: dict[Path, None] = {}
        self._task: Task[_Result] | None = None
        self._growing_in: tuple[Path, ...] = ()
        self._held = False
        self._started = False
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._next)
        self._look_timer = QTimer(self, singleShot=True)
        self._look_timer.timeout.connect(self._look_at_growing)
        watch.changed.connect(self._want)
        watch.lost.connect(self._want)
        watch.back.connect(self._want)

    @property
    def idle(self) -> bool:
        """Whether nothing runs and nothing waits."""
        return self._task is None and not self._wanted and not self._growing_in

    def set_wanted(self, wanted: bool) -> None:
        """Start, or stop, unless that is so already."""
        if wanted != self._started:
            (self.start if wanted else self.stop)()

    @Slot()
    def start(self) -> None:
        """Watch the source folders from now on; each is looked through once at the beginning."""
        self._started = True
        self._lane.submit(self._library.source_folders, self._watch_these)

    @Slot()
    def stop(self) -> None:
        """Watch no longer."""
        self._started = False
        self._wanted.clear()
        self._growing_in = ()
        self._again.stop()
        self._look_timer.stop()
        self._watch.set_roots(())
        if self._task is not None:
            self._task.cancel()

    @Slot()
    def hold(self) -> None:
        """The user imports something: what runs here ends at once and is done later."""
        self._held = True
        if self._task is not None:
            self._task.cancel()

    @Slot()
    def resume(self) -> None:
        """The user's import has ended; there may be new folders."""
        self._held = False
        if self._started:
            self.start()
        self._next()

    def close(self) -> None:
        """End the watching and what runs."""
        self.stop()
        self._watch.close()

    def _watch_these(self, folders: Iterable[Path]) -> None:
        if self._started:
            self._watch.set_roots(folders)

    @Slot(Path)
    def _want(self, root: Path) -> None:
        if self._started:
            self._wanted[root] = None
            self._next()

    @Slot()
    def _next(self) -> None:
        if self._held or self._task is not None or not self._wanted:
            return
        self._again.stop()
        roots = tuple(dict.fromkeys((*self._wanted, *self._growing_in)))  # what is held back is known by one import
        self._wanted.clear()
        token = CancelToken()

        def done(result: _Result) -> None:
            self._task = None
            self._tell(result)
            if self._growing.waiting:
                self._growing_in = roots
                self._look_soon()
            else:
                self._growing_in = ()
            self._next()

        def failed(error: Exception) -> None:
            self._task = None
            log.warning("The source folders could not be looked through: %s", error)
            self._later(roots, _AFTER_FAILURE_MS)

        def cancelled() -> None:
            self._task = None
            if self._started:
                self._wanted = dict.fromkeys((*roots, *self._wanted))
                self._next()

        self._task = self._lane.submit(lambda: self._work(roots, token), done, failed, cancelled, token)

    def _look_soon(self) -> None:
        if self._started:
            self._look_timer.start(round(self._growing.still_s * 1000 / 2))

    @Slot()
    def _look_at_growing(self) -> None:
        """Read the folders again only when something in them has stopped growing."""

        def looked(ready: bool) -> None:
            if not self._growing_in:
                return
            if not ready or not self._started:
                self._look_soon()
                return
            roots, self._growing_in = self._growing_in, ()
            self._wanted = dict.fromkeys((*roots, *self._wanted))
            self._next()

        self._lane.submit(self._growing.ready, looked)

    def _later(self, roots: Iterable[Path], after_ms: int) -> None:
        """These are wanted again, with whatever is wanted by then."""
        if self._started:
            self._wanted = dict.fromkeys((*roots, *self._wanted))
            self._again.start(after_ms)

    def _work(self, roots: tuple[Path, ...], token: CancelToken) -> _Result:
        """On the lane's thread. Files that have only gone or come back are noted first: that needs no reading."""
        looked = sum(self._library.refresh_states(root) for root in roots)
        there = [root for root in roots if os.path.isdir(root)]
        if not there:
            return _Result(ImportReport(), bool(looked))
        self._growing.begin()
        plan = build_plan(
            there,
            memory=self._library.memory(),
            vocabulary=self._vocabulary,
            automatic=True,
            not_yet=self._growing.not_yet,
            cancel=token,
        )
        report = self._library.apply(plan, cancel=token)
        changed = bool(looked or plan.series or report.added or report.updated or report.relinked)
        return _Result(report, changed)

    def _tell(self, result: _Result) -> None:
        report = result.report
        if result.changed:
            self.changed.emit()
        self.rescanned.emit(report)
        if report.added:
            self.told.emit("1 new class was added." if report.added == 1 else f"{report.added} new classes were added.")
