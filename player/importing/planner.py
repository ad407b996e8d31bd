# SPDX-License-Identifier: GPL-3.0-or-later
"""One import while it is being planned: names and sidecars read, files probed, classes put together. Blocking."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from player.domain.models import Source
from player.domain.plan import (
    ImportPlan,
    KnownFile,
    LeftOut,
    Memory,
    PlannedClass,
    PlannedSeries,
    Problem,
    ProblemReason,
)
from player.domain.progress import CancelToken, Progress, ProgressCallback
from player.domain.vocabulary import Vocabulary
from player.importing import embedded
from player.importing.assemble import Draft, can_be_reused, class_of, in_order, merge, reused_class
from player.importing.descriptions import DescriptionReader
from player.importing.grouping import Group, group, series_folder_of, single
from player.importing.naming import names_of
from player.importing.probed import Probed
from player.importing.scan import FoundFile, NotYet, Scan
from player.importing.sidecars.findings import Beside, Findings, SeriesFindings
from player.importing.sidecars.table import read_sidecars
from player.importing.sifting import PASSING, Sieve, in_natural_order
from player.importing.workers import Job, Outcome, TooSlow, WorkerPool

_TELL_EVERY_S = 0.05

CRASHED = "Reading the file made the reader stop, so the file is damaged. Copy or download it again."
TOO_SLOW = "Reading the file took too long. Copy it to this computer's own disk, or try again later."
MISSING = "There is no file or folder here. Check the name, or connect the drive it is on."


@dataclass(frozen=True, slots=True)
class Sketch:
    """A series whose names and sidecars are read but whose files are not."""

    group: Group
    parts: tuple[tuple[Draft, ...], ...]
    findings: tuple[tuple[Path, Findings], ...]


@dataclass
class Planner:
    """The state of one import while it is being planned."""

    known: Mapping[Path, KnownFile]
    vocabulary: Vocabulary
    cancel: CancelToken
    memory: Memory | None = None
    not_yet: NotYet | None = None
    reader: DescriptionReader = field(init=False)
    problems: list[Problem] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    probed: dict[Path, Probed] = field(default_factory=dict)
    had: dict[Path, PlannedClass] = field(default_factory=dict)
    """What was known of files that are read again."""
    reused: dict[Path, PlannedClass] = field(default_factory=dict)
    to_probe: list[FoundFile] = field(default_factory=list)
    seen: list[Problem] = field(default_factory=list)
    """Problems that the look at the folders has found: the next one will find them again."""
    growing: set[Path] = field(default_factory=set)
    unfinished: dict[Path, list[FoundFile]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reader = DescriptionReader(self.vocabulary)

    def groups(self, folders: Sequence[Path], files: Sequence[Path], sieve: Sieve | None) -> list[Sketch]:
        """The series in `folders` that have to be read, with their names and sidecars read, and single `files`."""
        scan = Scan(self.cancel)
        found = []
        for folder in folders:
            whole = scan.folder(folder, wanted=files)
            found += [(folder, one) for one in (group(whole) if whole else ())]
        self.left_out, self.seen, self.unfinished = scan.left_out, scan.problems, scan.unfinished
        to_read = sieve.changed_series(found) if sieve else [one for _root, one in found]
        sketches = [self._sketch(one, None) for one in to_read]
        taken = {draft.file.path for sketch in sketches for part in sketch.parts for draft in part}
        return sketches + self._single_files([file for file in files if file not in taken])

    def _single_files(self, files: Sequence[Path]) -> list[Sketch]:
        """Files that were asked for by name, as parts of the series that their folders are."""
        present = []
        for file in files:
            if os.path.exists(file):
                present.append(file)
            else:
                self.problems.append(Problem(file, ProblemReason.UNREADABLE, MISSING))
        sketches: dict[Path, Sketch] = {}
        for folder in dict.fromkeys(file.parent for file in present):
            top = series_folder_of(folder / "_")
            found = Scan(self.cancel).only(folder, wanted=present)
            root = found if top == folder else Scan(self.cancel).only(top)
            sketch = self._sketch(single(found, root), frozenset(present))
            had = sketches.get(top)
            if had is not None:
                sketch = Sketch(had.group, had.parts + sketch.parts, had.findings + sketch.findings)
            sketches[top] = sketch
        return list(sketches.values())

    def _sketch(self, one: Group, wanted: frozenset[Path] | None) -> Sketch:
        self.cancel.raise_if_cancelled()
        names = names_of(one)
        findings = self._sidecars(one)
        known = self.known if self.memory is None else self.memory.files(one.folder)
        strongest = sorted((finding for _folder, finding in findings), key=lambda finding: finding.source.rank)
        parts = []
        for part in one.parts:
            chosen = [file for file in part.media if wanted is None or file.path in wanted]
            chosen = [file for file in chosen if not self._is_growing(file, known.get(file.path))]
            drafts = tuple(Draft(file, names[file.path], part.section, merge(file.path, strongest)) for file in chosen)
            for draft in drafts:
                self._look_up(draft, known.get(draft.file.path))
            parts.append(drafts)
        return Sketch(one, tuple(parts), tuple(findings))

    def _sidecars(self, one: Group) -> list[tuple[Path, Findings]]:
        found = []
        for folder in one.root.walk():
            self.cancel.raise_if_cancelled()
            beside = Beside(folder.path, tuple(folder.files()), self.vocabulary)
            findings, problems = read_sidecars(folder.beside, beside)
            found += [(folder.path, finding) for finding in findings]
            self.problems += problems
        return found

    def _is_growing(self, file: FoundFile, known: KnownFile | None) -> bool:
        """Whether a file that is not known as it is now should wait; it is left out then."""
        if self.not_yet is None or _is_same(file, known):
            return False
        if not self.not_yet(file, self.unfinished.get(file.path, ())):
            return False
        self.growing.add(file.path)
        self.left_out.append(LeftOut(file.path, "still being copied or downloaded"))
        return True

    def _look_up(self, draft: Draft, known: KnownFile | None) -> None:
        """Take a known class over, or note that its file must be read."""
        file = draft.file
        if known is None:
            self.to_probe.append(file)
            return
        planned = known.planned
        if planned is not None and _is_same(file, known) and can_be_reused(planned, draft.said):
            self.reused[file.path] = planned
            return
        if planned is not None:
            self.had[file.path] = planned
        self.to_probe.append(file)

    def probe(self, pool: WorkerPool, progress: ProgressCallback, timeout_s: float) -> None:
        """Read every file that is not known."""
        done, total = len(self.reused), len(self.reused) + len(self.to_probe)
        told = time.monotonic()
        progress(Progress(done, total, len(self.problems)))
        jobs = [Job(file, {"do": "probe", "path": str(file.path)}) for file in self.to_probe]
        for outcome in pool.run(jobs, timeout_s=timeout_s, cancel=self.cancel):
            done += 1
            self._take(outcome)
            if done == total or time.monotonic() - told >= _TELL_EVERY_S:
                told = time.monotonic()
                progress(Progress(done, total, len(self.problems), outcome.key.path.name))

    def _take(self, outcome: Outcome[FoundFile]) -> None:
        path = outcome.key.path
        try:
            probed = _result(outcome)
        except (KeyError, TypeError, ValueError):
            probed = Probed(ProblemReason.DAMAGED, CRASHED)
        self.probed[path] = probed
        if probed.reason is not None:
            self.problems.append(Problem(path, probed.reason, probed.message))

    def series(self, sketch: Sketch) -> PlannedSeries:
        """A series with all that is known of it now."""
        title, description, poster, sources = self._about(sketch)
        tags = [probed.tags for draft in _drafts(sketch) if (probed := self.probed.get(draft.file.path))]
        common = (title, sketch.group.title, *embedded.repeated_titles(tags))
        classes: list[PlannedClass] = []
        for part in sketch.parts:
            made = [(draft, planned) for draft in part if (planned := self._class(draft, common)) is not None]
            classes += in_order(made)
        used = {planned.section for planned in classes}
        sections = tuple(section for section in sketch.group.sections if section in used)
        return PlannedSeries(sketch.group.folder, title, tuple(classes), description, poster, sections, sources)

    def _about(self, sketch: Sketch) -> tuple[str, str, Path | None, dict[str, Source]]:
        """(title, description, poster, sources) of a series."""
        said = [
            (finding.series, finding.source)
            for folder, finding in sketch.findings
            if finding.series is not None and folder == sketch.group.folder
        ]
        said.sort(key=lambda item: item[1].rank)
        sources = {"title": Source.FILE_NAME}
        title = sketch.group.title
        tags = [probed.tags for draft in _drafts(sketch) if (probed := self.probed.get(draft.file.path))]
        all_read = all(draft.file.path in self.probed for draft in _drafts(sketch))
        if all_read and (tagged := embedded.series_of(tags)):
            title, sources["title"] = tagged, Source.EMBEDDED
        values: dict[str, str | Path] = {}
        for series, source in reversed(said):
            for name in ("title", "description", "poster"):
                if (value := getattr(series, name)) is not None:
                    values[name], sources[name] = value, source
        found = SeriesFindings(**values)  # type: ignore[arg-type]
        return found.title or title, found.description or "", found.poster, sources

    def _class(self, draft: Draft, common: Sequence[str]) -> PlannedClass | None:
        """The class of a draft, or None for what is no class."""
        path = draft.file.path
        if path in self.reused:
            planned = reused_class(draft, self.reused[path], self.reader)
            if planned.state_reason:
                self.problems.append(Problem(path, ProblemReason.DAMAGED, planned.state_reason))
            return planned
        probed = self.probed[path]
        if probed.reason is None or (probed.reason is ProblemReason.DAMAGED and probed.format is not None):
            return class_of(draft, probed, common, self.reader)
        if path in self.had and probed.reason in PASSING:
            return reused_class(draft, self.had[path], self.reader)
        return None

    def plan(self, plan: ImportPlan, read: Sequence[Sketch], sieve: Sieve | None) -> ImportPlan:
        """`plan` with problems and with what was left out, and with what earlier readings said of the rest."""
        again = {problem.path for problem in self.problems if problem.reason in PASSING} | self.growing
        problems = tuple({*self.seen, *self.problems})
        if sieve is None:
            return replace(plan, problems=in_natural_order(problems), left_out=tuple(self.left_out))
        plan = replace(plan, problems=problems, left_out=tuple(self.left_out))
        return sieve.plan(plan, [sketch.group for sketch in read], again)


def _is_same(file: FoundFile, known: KnownFile | None) -> bool:
    return known is not None and (known.size, known.modified_ns) == (file.size, file.modified_ns)


def _result(outcome: Outcome[FoundFile]) -> Probed:
    if outcome.answer is not None:
        return Probed.from_json(outcome.answer)
    if isinstance(outcome.error, TooSlow):
        return Probed(ProblemReason.TOO_SLOW, TOO_SLOW)
    return Probed(ProblemReason.DAMAGED, CRASHED)


def _drafts(sketch: Sketch) -> Iterable[Draft]:
    return (draft for part in sketch.parts for draft in part)
