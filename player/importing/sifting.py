# SPDX-License-Identifier: GPL-3.0-or-later
"""Tells what of the folders asked for is as it was when it was read last, so that only the rest is read.

A class that lies in several places belongs to where the import finds it first. So a series is not passed over
where it holds a copy of what lies in a place that has changed: the class may have to move there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from player.domain.plan import FolderMemory, ImportPlan, LeftOut, Memory, Problem, ProblemReason
from player.domain.progress import CancelToken
from player.domain.vocabulary import Vocabulary
from player.importing.natural import natural_key
from player.importing.stamp import Tree, look_through, rules_stamp

if TYPE_CHECKING:
    from player.importing.grouping import Group

PASSING = frozenset({ProblemReason.TOO_SLOW, ProblemReason.UNREADABLE})
"""Trouble that says nothing about the file itself: it is tried again each time, and what was known of it stays."""


@dataclass
class Sieve:
    """Belongs to one plan. Ask for the roots first, then for the series in those that have changed."""

    memory: Memory
    vocabulary: Vocabulary
    automatic: bool
    afresh: bool
    """Nothing is passed over."""
    cancel: CancelToken
    unchanged: list[Path] = field(default_factory=list)
    kept: set[Path] = field(default_factory=set)
    relied_on: list[FolderMemory] = field(default_factory=list)
    _trees: dict[Path, Tree] = field(default_factory=dict)
    _remembered: dict[Path, FolderMemory | None] = field(default_factory=dict)
    _stamps: dict[Path, str] = field(default_factory=dict)
    _removed: frozenset[Path] = frozenset()
    _wanted_back: frozenset[Path] = frozenset()
    """The files of removed series: who asks for their folders wants them again."""

    def changed_roots(self, roots: Sequence[Path]) -> list[Path]:
        """The folders that have to be looked into; the others are noted as `unchanged`."""
        self._removed = self.memory.removed()
        self._wanted_back = frozenset() if self.automatic else self.memory.removed_files()
        rules = rules_stamp(self.vocabulary)
        for root in roots:
            self._trees[root] = look_through(root, rules, self.cancel)
        same = [] if self.afresh else [root for root in roots if self._is_same(root)]
        if same:
            same = self._without_moving_copies(same, all_of_them=len(same) == len(roots))
        self.unchanged = same
        self.relied_on += [memory for root in same if (memory := self._memory(root))]
        return [root for root in roots if root not in same]

    def _memory(self, folder: Path) -> FolderMemory | None:
        if folder not in self._remembered:
            self._remembered[folder] = self.memory.folder(folder)
        return self._remembered[folder]

    def _is_same(self, root: Path) -> bool:
        stamp, memory = self._trees[root].whole, self._memory(root)
        if memory is None or not stamp or memory.tree != stamp:
            return False
        return self.automatic or not any(path.is_relative_to(root) for path in self._removed | self._wanted_back)

    def _without_moving_copies(self, same: list[Path], *, all_of_them: bool) -> list[Path]:
        for places in self.memory.several():
            homes = {place: [root for root in same if place.is_relative_to(root)] for place in places}
            outside = [place for place, its_roots in homes.items() if not its_roots]
            if any(not all_of_them or not os.path.lexists(place) for place in outside):
                touched = {root for its_roots in homes.values() for root in its_roots}
                same = [root for root in same if root not in touched]
        return same

    def changed_series(self, found: Sequence[tuple[Path, Group]]) -> list[Group]:
        """Those of the series, each with its root, that have to be read; the files of the others are `kept`."""
        series_of: dict[Path, list[Path]] = {}
        for root, group in found:
            series_of.setdefault(root, []).append(group.folder)
        groups, same = [], []
        for root, group in found:
            if self.automatic and group.folder in self._removed:
                self.kept.update(_media(group))
                continue
            groups.append(group)
            stamp = self._stamps[group.folder] = self._trees[root].series(group, series_of[root])
            memory = self._memory(group.folder)
            if memory is None or self.afresh or group.folder in self._removed:
                continue
            if self._wanted_back and not self._wanted_back.isdisjoint(_media(group)):
                continue
            if stamp and memory.series == stamp:
                same.append(group)
        moving = self._with_moving_copies(same, list(series_of)) if same else set()
        passed = {group.folder for group in same} - moving
        for group in groups:
            memory = self._memory(group.folder)
            if group.folder in passed and memory is not None:
                self.kept.update(_media(group))
                self.relied_on.append(memory)
        return [group for group in groups if group.folder not in passed]

    def _with_moving_copies(self, same: Sequence[Group], roots: Sequence[Path]) -> set[Path]:
        """The folders of unchanged series with copies of what may have moved."""
        home = {path: group.folder for group in same for path in _media(group)}
        moving: set[Path] = set()
        for places in self.memory.several():
            elsewhere = [place for place in places if place not in home]
            if any(
                any(place.is_relative_to(root) for root in roots) or not os.path.lexists(place) for place in elsewhere
            ):
                moving.update(home[place] for place in places if place in home)
        return moving

    def plan(self, plan: ImportPlan, read: Sequence[Group] = (), again: Iterable[Path] = ()) -> ImportPlan:
        """`plan`, for which `read` was read, with what was passed over and what earlier readings said of it. The
        files `again` have to be tried again."""
        told = [problem for memory in self.relied_on for problem in self._problems_of(memory)]
        problems = in_natural_order({*plan.problems, *told})
        left_out = [left for memory in self.relied_on if memory.path in self.unchanged for left in memory.left_out]
        return replace(
            plan,
            problems=problems,
            left_out=(*plan.left_out, *left_out),
            unchanged=tuple(self.unchanged),
            kept=frozenset(self.kept),
            relied_on=tuple(self.relied_on),
            memories=self._memories(read, problems, plan.left_out, again),
        )

    def _problems_of(self, memory: FolderMemory) -> tuple[Problem, ...]:
        return memory.tree_problems if memory.path in self.unchanged else memory.series_problems

    def _memories(
        self, read: Iterable[Group], problems: Sequence[Problem], left_out: Sequence[LeftOut], again: Iterable[Path]
    ) -> tuple[FolderMemory, ...]:
        """What is to be remembered of a plan. Where one of the files `again` lies, which have to be tried again,
        there is no stamp."""
        again = set(again)
        new: dict[Path, FolderMemory] = {}
        for group in read:
            folders = {folder.path for folder in group.root.walk()}
            if self._stamps.get(group.folder) and not any(path.parent in folders for path in again):
                mine = tuple(one for one in problems if one.path.parent in folders)
                new[group.folder] = FolderMemory(group.folder, "", self._stamps[group.folder], (), mine)
        for root, tree in self._trees.items():
            if root in self.unchanged:
                continue
            of_series = new.get(root) or next((one for one in self.relied_on if one.path == root), FolderMemory(root))
            stamp = "" if any(path.is_relative_to(root) for path in again) else tree.whole
            new[root] = FolderMemory(
                root,
                stamp,
                of_series.series,
                tuple(one for one in problems if one.path.is_relative_to(root)),
                of_series.series_problems,
                tuple(one for one in left_out if one.path.is_relative_to(root)),
            )
        return tuple(memory for memory in new.values() if memory.tree or memory.series)


def in_natural_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once."""
    return tuple(sorted(set(problems), key=lambda problem: natural_key(str(problem.path))))


def _media(group: Group) -> Iterator[Path]:
    return (file.path for part in group.parts for file in part.media)
