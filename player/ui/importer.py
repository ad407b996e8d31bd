# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports asked for in the window: one at a time, in the background, with progress and cancel. Main thread.

Reading files and writing the library happen on the lane it is given, which is not the lane that keeps
positions, so that a long import never delays those.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from player.domain.errors import Cancelled, SessionPlayerError
from player.domain.models import ClassState, FileIdentity
from player.domain.pace import Pace, Stage, Working
from player.domain.plan import ImportPlan, ImportReport, KnownFile
from player.domain.planning import Base, base_of
from player.domain.progress import CancelToken, Progress, ProgressCallback
from player.domain.together import Decisions
from player.domain.vocabulary import Vocabulary
from player.domain.wishes import Wishes, arranged, asked_for
from player.importing.plan import build_plan
from player.library import Library
from player.system.import_log import Added, Ended, ImportRecord, write_import_log
from player.tasks.lane import Lane, Task

log = logging.getLogger(__name__)

_TELL_EVERY_S = 0.1


@dataclass(frozen=True, slots=True)
class Found:
    """What an import has found and the user has not accepted yet."""

    plan: ImportPlan
    base: Base
    begun: datetime
    together: Decisions = field(default_factory=dict)
    """What the user has decided about classes in several files before it was read (again)."""
    instead_of: Found | None = None
    """The earlier reading of the same files."""

    @property
    def nothing_new(self) -> bool:
        """Whether all of it is in the library already. What was left out another time can be taken in again."""
        known = self.base.here.keys()
        return bool(known) and all(one.identity in known for series in self.plan.series for one in series.classes)


@dataclass(frozen=True, slots=True)
class _Job:
    """Something the importer is to do. `done` is told what its work gave."""

    work: Callable[[CancelToken], object]
    done: Callable[[object], None]
    paths: tuple[Path, ...]


@dataclass
class _Run:
    """One import while it runs; what it finds out is for its record."""

    paths: tuple[Path, ...]
    begun: datetime = field(default_factory=lambda: datetime.now().astimezone())
    added: tuple[Added, ...] = ()
    partly: ImportReport = field(default_factory=ImportReport)
    """What is known of an import that did not come to its end."""


class Importer(QObject):
    """`start`, `look` and `accept` lead to exactly one of finished, found, failed, cancelled; what is asked for
    meanwhile waits."""

    started = Signal()
    progress = Signal(Working)
    found = Signal(Found)
    """`look` has found something for the user to look through."""
    finished = Signal(ImportReport)
    failed = Signal(str)
    """A sentence."""
    cancelled = Signal()
    recorded = Signal(ImportRecord)
    """Comes before finished, failed and cancelled: what has happened."""

    def __init__(
        self,
        library: Library,
        lane: Lane,
        vocabulary: Vocabulary,
        parent: QObject | None = None,
        *,
        log_folder: Path | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._lane = lane
        self._vocabulary = vocabulary
        self._log_folder = log_folder
        self._task: Task[object] | None = None
        self._run = _Run(())
        self._waiting: list[_Job] = []

    @property
    def running(self) -> bool:
        return self._task is not None

    def start(self, paths: Sequence[Path], then: Callable[[], None] | None = None) -> None:
        """Import these files and folders; `then` is called when that has been done without an error."""

        def work(token: CancelToken) -> ImportReport:
            known = self._library.known_files()
            plan = build_plan(
                paths,
                known=self._library.known_when_asked_for(Path(os.path.abspath(path)) for path in paths),
                memory=self._library.memory(),
                vocabulary=self._vocabulary,
                progress=self._tell(Stage.READING),
                cancel=token,
            )
            here = frozenset(file.planned.identity for file in known.values() if file.planned is not None)
            return self._apply(plan, asked_for(plan), here, token)

        self._submit(_Job(work, lambda report: self._finish(report, then), tuple(paths)))

    def look_again(self, found: Found, together: Decisions) -> None:
        """Read what was found again, after the user has decided about classes in several files."""
        self._look(found.plan.roots, {**found.together, **together}, found)

    def look(self, paths: Sequence[Path]) -> None:
        """Read these files and folders for the user to look through: `found` follows. What holds nothing new is
        brought up to date at once, and `finished` follows."""
        self._look(paths, {}, None)

    def _look(self, paths: Sequence[Path], together: Decisions, instead_of: Found | None) -> None:
        def work(token: CancelToken) -> Found | ImportReport:
            left_out = self._library.left_out()
            known = {path: file for path, file in self._library.known_files().items() if path not in left_out}
            known = {**_read_already(instead_of), **known}
            plan = build_plan(
                paths,
                known=known,
                memory=self._library.memory(),
                afresh=True,
                together=together,
                vocabulary=self._vocabulary,
                progress=self._tell(Stage.READING),
                cancel=token,
            )
            here = self._library.present(one.identity for series in plan.series for one in series.classes)
            found = Found(
                plan,
                base_of(plan, here, left_out, self._library.waiting_wishes()),
                self._run.begun,
                together,
                instead_of,
            )
            if instead_of is None and found.nothing_new:
                return self._apply(plan, Wishes(), frozenset(here), token)
            return found

        self._submit(_Job(work, lambda result: self._finish(result, None), tuple(paths)))

    def accept(self, found: Found, wishes: Wishes) -> None:
        """Add what was found, with what the user wants otherwise."""

        def work(token: CancelToken) -> ImportReport:
            return self._apply(found.plan, wishes, frozenset(found.base.here), token, found)

        self._submit(_Job(work, lambda report: self._finish(report, None), found.plan.roots))

    def cancel(self) -> None:
        """Stop what runs; whole batches that are in stay in. What waits comes next."""
        if self._task is not None:
            self._task.cancel()

    def close(self) -> None:
        """Stop, and drop what waits: the program ends."""
        self._waiting.clear()
        self.cancel()

    def _submit(self, job: _Job) -> None:
        self._waiting.append(job)
        if self._task is None:
            self._next()

    def _next(self) -> None:
        if not self._waiting:
            return
        job = self._waiting.pop(0)
        token = CancelToken()
        self._run = _Run(job.paths)

        def done(result: object) -> None:
            self._task = None
            job.done(result)
            self._next()

        def failed(error: Exception) -> None:
            self._task = None
            sentence = _sentence(error)
            self._record(Ended.FAILED, self._run.partly, sentence)
            self.failed.emit(sentence)
            self._next()

        def cancelled() -> None:
            self._task = None
            self._record(Ended.STOPPED, self._run.partly, _kept_words(self._run.partly.added))
            self.cancelled.emit()
            self._next()

        self._task = self._lane.submit(lambda: job.work(token), done, failed, cancelled, token)
        self.started.emit()

    def _finish(self, result: object, then: Callable[[], None] | None) -> None:
        if isinstance(result, Found):
            self.found.emit(result)
        elif isinstance(result, ImportReport):
            self._record(Ended.DONE, result)
            self.finished.emit(result)
            if then is not None:
                then()

    def _record(self, how: Ended, report: ImportReport, sentence: str = "") -> None:
        run, folder = self._run, self._log_folder
        now = datetime.now().astimezone()
        record = ImportRecord(run.begun, now, how, run.paths, report, run.added, sentence)
        if folder is not None and record.worth_keeping:
            self._lane.submit(lambda: write_import_log(folder, record))
        self.recorded.emit(record)

    # On the lane's thread

    def _apply(
        self,
        plan: ImportPlan,
        wishes: Wishes,
        here: frozenset[FileIdentity],
        token: CancelToken,
        looked_through: Found | None = None,
    ) -> ImportReport:
        together = looked_through.together if looked_through is not None else {}
        anew = looked_through is not None
        run, tell = self._run, self._tell(Stage.ADDING)
        try:
            report = self._library.accept(plan, wishes, together=together, anew=anew, progress=tell, cancel=token)
        except (Cancelled, SessionPlayerError):
            run.added = _added(plan, wishes, here, self._in_library(plan))
            run.partly = ImportReport(added=len(run.added), problems=plan.problems, left_out=plan.left_out)
            raise
        if report.added:
            run.added = _added(plan, wishes, here, None)
        return report

    def _in_library(self, plan: ImportPlan) -> frozenset[FileIdentity]:
        try:
            return frozenset(self._library.present(one.identity for series in plan.series for one in series.classes))
        except SessionPlayerError:  # what made the import fail may still be the case
            return frozenset()

    def _tell(self, stage: Stage) -> ProgressCallback:
        """Tells how far a stage is, at most every _TELL_EVERY_S, and how long it will still take."""
        told_s, pace = 0.0, Pace()
        self.progress.emit(Working(Stage.LOOKING if stage is Stage.READING else stage, Progress()))

        def tell(progress: Progress) -> None:
            nonlocal told_s
            now_s = time.monotonic()
            if now_s - told_s >= _TELL_EVERY_S or progress.done == progress.total:
                told_s = now_s
                left_ms = pace.left_ms(progress.done, progress.total, now_s)
                looking = stage is Stage.READING and progress.total is None
                self.progress.emit(Working(Stage.LOOKING if looking else stage, progress, left_ms))

        return tell


def _added(
    plan: ImportPlan, wishes: Wishes, before: frozenset[FileIdentity], after: frozenset[FileIdentity] | None
) -> tuple[Added, ...]:
    """The classes of a plan that were not there before and (where it is given) are there after."""
    added: dict[FileIdentity, Added] = {}
    for series in arranged(plan, wishes).series:
        wish = wishes.series.get(series.folder)
        title = wish.values.get("title", series.title) if wish is not None else series.title
        for one in series.classes:
            if one.identity in before or (after is not None and one.identity not in after):
                continue
            mine = wishes.classes.get(one.identity)
            values = mine.values if mine is not None else {}
            added.setdefault(
                one.identity, Added(title, values.get("number", one.number), values.get("title", one.title))
            )
    return tuple(added.values())


def _kept_words(added: int) -> str:
    if added == 0:
        return "Nothing was added."
    return "1 class was added before that and stays." if added == 1 else f"{added} classes were added and stay."


def _read_already(found: Found | None) -> dict[Path, KnownFile]:
    """The files of an earlier reading: what has not become part of another class need not be read again."""
    if found is None:
        return {}
    return {
        one.path: KnownFile(one.path, one.identity.size, one.modified_ns, one)
        for series in found.plan.series
        for one in series.classes
        if one.state is ClassState.READY and not one.parts
    }


def _sentence(error: Exception) -> str:
    if isinstance(error, SessionPlayerError):
        return str(error)
    log.error("An import failed", exc_info=error)
    return "The import stopped because of an error inside the program. What was finished is kept; the log tells more."
