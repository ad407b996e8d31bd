# SPDX-License-Identifier: GPL-3.0-or-later
"""What one application of a plan has done so far. Passed between its steps; knows no tables."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from enum import Enum, auto
from pathlib import Path

from player.domain.models import FileIdentity
from player.domain.plan import ImportPlan, ImportReport
from player.library.absence import Reach
from player.library.findings import Spot


class Outcome(Enum):
    """What an import found of a class."""

    ADDED = auto()
    UPDATED = auto()
    UNCHANGED = auto()
    RELINKED = auto()
    MISSING = auto()


class Applied:
    """`at` are the plan's files. `order` has, by index of the plan's series, (place in the plan, class id)."""

    def __init__(self, plan: ImportPlan) -> None:
        self.plan = plan
        self.reach = Reach(plan)
        self._unchanged = tuple(os.path.join(root, "") for root in plan.unchanged)
        self.at: dict[Path, FileIdentity] = {
            planned.path: planned.identity for series in plan.series for planned in series.classes
        }
        self.contents = frozenset(self.at.values())
        self.order: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.heirs: set[int] = set()
        """Classes that have taken new content over from a replaced file."""
        self.absences: dict[Path, str] = {}
        """Why the files of the next batch's contents are not at other places, "" where they are."""
        self.counted: set[int] = set()
        """Classes that the report counts already."""
        self._counts: Counter[Outcome] = Counter()

    def passed_over(self, path: Path) -> bool:
        """Whether the import knows, without having read it, that what was at `path` is still there."""
        return path in self.plan.kept or os.fspath(path).startswith(self._unchanged)

    def count(self, outcome: Outcome, number: int = 1, class_id: int | None = None) -> None:
        self._counts[outcome] += number
        if class_id is not None:
            self.counted.add(class_id)

    def placed(self, outcome: Outcome, class_id: int, spot: Spot) -> None:
        """The class belongs at `spot` of the plan's series."""
        self.count(outcome, 1, class_id)
        self.order[spot.series].append((spot.position, class_id))

    def report(self) -> ImportReport:
        """The counts so far, with the plan's own problems."""
        return ImportReport(
            added=self._counts[Outcome.ADDED],
            updated=self._counts[Outcome.UPDATED],
            unchanged=self._counts[Outcome.UNCHANGED],
            missing=self._counts[Outcome.MISSING],
            relinked=self._counts[Outcome.RELINKED],
            problems=self.plan.problems,
            left_out=self.plan.left_out,
        )
