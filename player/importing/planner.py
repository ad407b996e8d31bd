# SPDX-License-Identifier: GPL-3.0-or-later
"""One import while it is being planned: names and sidecars read, files probed, classes put together. Blocking."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from player.domain.media import MediaPart
from player.domain.models import Source
from player.domain.plan import (
    ImportPlan,
    Joinable,
    KnownFile,
    LeftOut,
    Memory,
    PlannedClass,
    PlannedSeries,
    Problem,
    ProblemReason,
)
from player.domain.progress import CancelToken, Progress, ProgressCallback
from player.domain.together import Decisions
from player.domain.vocabulary import Vocabulary
from player.importing import embedded
from player.importing.assemble import Draft, can_be_reused, class_of, in_order, merge, reused_class
from player.importing.descriptions import DescriptionReader
from player.importing.grouping import Group, group, series_folder_of, single
from player.importing.joining import Joiner, incomplete, is_as_known, is_same, joined, offered, paths_of
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
    together: Decisions = field(default_factory=dict)
    reader: DescriptionReader = field(init=False)
    problems: list[Problem] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    probed: dict[Path, Probed] = field(default_factory=dict)
    had: dict[Path, PlannedClass] = field(default_factory=dict)
    """What was known of files that are read again."""
    reused: dict[Path, PlannedClass] = field(default_factory=dict)
    to_probe: list[Path] = field(default_factory=list)
    joinable: list[Joinable] = field(default_factory=list)
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
        joiner = Joiner(self.vocabulary, self.together)
        for folder in folders:
            whole = scan.folder(folder, wanted=files)
            found += [(folder, one) for one in (group(joiner.folder(whole)) if whole else ())]
        self.left_out = [*scan.left_out, *joiner.left_out]
        self.joinable, self.seen, self.unfinished = joiner.joinable, scan.problems, scan.unfinished
        to_read = sieve.changed_series(found) if sieve else [one for _root, one in found]
        sketches = [self._sketch(one, None) for one in to_read]
        taken = {path for sketch in sketches for draft in _drafts(sketch) for path in paths_of(draft.file)}
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
            found = Joiner(self.vocabulary, self.together).folder(Scan(self.cancel).only(folder, wanted=present))
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
        waiting = incomplete(one.root.files(), known)
        self.left_out += [LeftOut(path, why) for path, why in waiting.items()]
        for part in one.parts:
            chosen = [file for file in part.media if wanted is None or wanted.intersection(paths_of(file))]
            chosen = [file for file in chosen if not waiting.keys() & paths_of(file)]
            chosen = [file for file in chosen if not self._is_growing(file, known)]
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

    def _is_growing(self, file: FoundFile, known: Mapping[Path, KnownFile]) -> bool:
        """Whether a file that is not known as it is now should wait; it is left out then, with all of its class."""
        if self.not_yet is None or is_same(file, known.get(file.path)):
            return False
        pieces = [FoundFile(piece.path, piece.size, piece.modified_ns) for piece in file.pieces] or [file]
        waits = [one for one in pieces if not is_as_known(one, known.get(one.path)) and self._not_yet(one)]
        self.growing.update(one.path for one in waits)
        self.left_out += [LeftOut(one.path, "still being copied or downloaded") for one in waits]
        return bool(waits)

    def _not_yet(self, file: FoundFile) -> bool:
        return self.not_yet is not None and self.not_yet(file, self.unfinished.get(file.path, ()))

    def _look_up(self, draft: Draft, known: KnownFile | None) -> None:
        """Take a known class over, or note that its file must be read."""
        file = draft.file
        planned = known.planned if known is not None else None
        if planned is not None and is_same(file, known) and can_be_reused(planned, draft.said):
            self.reused[file.path] = planned
            return
        if planned is not None and bool(planned.parts) == bool(file.pieces):
            self.had[file.path] = planned
        self.to_probe += paths_of(file)

    def probe(self, pool: WorkerPool, progress: ProgressCallback, timeout_s: float) -> None:
        """Read every file that is not known."""
        done, total = len(self.reused), len(self.reused) + len(self.to_probe)
        told = time.monotonic()
        progress(Progress(done, total, len(self.problems)))
        jobs = [Job(path, {"do": "probe", "path": str(path)}) for path in self.to_probe]
        for outcome in pool.run(jobs, timeout_s=timeout_s, cancel=self.cancel):
            done += 1
            self._take(outcome)
            if done == total or time.monotonic() - told >= _TELL_EVERY_S:
                told = time.monotonic()
                progress(Progress(done, total, len(self.problems), outcome.key.name))

    def _take(self, outcome: Outcome[Path]) -> None:
        path = outcome.key
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
        folder, joinable = sketch.group.folder, offered(classes, self.joinable)
        return PlannedSeries(folder, title, tuple(classes), description, poster, sections, sources, joinable)

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
        probed, parts = self.probed[path], tuple[MediaPart, ...]()
        if draft.file.pieces:
            probed, parts = joined(draft.file, [self.probed[one] for one in paths_of(draft.file)])
        if probed.reason is None or (probed.reason is ProblemReason.DAMAGED and probed.format is not None):
            return class_of(draft, probed, common, self.reader, parts)
        if path in self.had and probed.reason in PASSING:
            return reused_class(draft, self.had[path], self.reader)
        return None

    def plan(self, plan: ImportPlan, read: Sequence[Sketch], sieve: Sieve | None) -> ImportPlan:
        """`plan` with problems and with what was left out, and with what earlier readings said of the rest."""
        again = {problem.path for problem in self.problems if _may_pass(problem)} | self.growing
        problems = tuple({*self.seen, *self.problems})
        if sieve is None:
            return replace(plan, problems=in_natural_order(problems), left_out=tuple(self.left_out))
        plan = replace(plan, problems=problems, left_out=tuple(self.left_out))
        return sieve.plan(plan, [sketch.group for sketch in read], again)


def _result(outcome: Outcome[Path]) -> Probed:
    if outcome.answer is not None:
        return Probed.from_json(outcome.answer)
    if isinstance(outcome.error, TooSlow):
        return Probed(ProblemReason.TOO_SLOW, TOO_SLOW)
    return Probed(ProblemReason.DAMAGED, CRASHED)


def _drafts(sketch: Sketch) -> Iterable[Draft]:
    return (draft for part in sketch.parts for draft in part)


def _may_pass(problem: Problem) -> bool:
    """Whether another look may find no trouble: a reader may also have been stopped by the system."""
    return problem.reason in PASSING or problem.message == CRASHED
