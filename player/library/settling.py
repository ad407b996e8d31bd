# SPDX-License-Identifier: GPL-3.0-or-later
"""The end of an import: which files have gone, which have become unreadable, the order of each series, and the
folders that were looked at. Runs inside one write unit."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from player.domain.models import ClassState, Source
from player.domain.plan import ImportPlan, PlannedSeries, Problem, ProblemReason
from player.domain.wishes import Wishes
from player.library.absent import look_for_gone, note_gone
from player.library.applied import Applied, Outcome
from player.library.database import Database
from player.library.findings import partial_order, whole_order
from player.library.indexing import index_series
from player.library.schema import ClassRow, PlaceRow, SectionRow, SeriesEditRow, SeriesRow, SourceFolderRow
from player.library.series import SeriesBook
from player.library.stamps import forget, remember
from player.library.waiting import fulfil_series
from player.library.writing import NEWCOMER

_SPOILT = {ProblemReason.DAMAGED, ProblemReason.NOT_A_VIDEO, ProblemReason.EMPTY}


def finish(database: Database, applied: Applied, books: SeriesBook, wishes: Wishes, sure: bool) -> None:
    """Finish what the batches have begun. `sure`: what the plan relied on was still so when they began."""
    plan = applied.plan
    absences = look_for_gone(database, applied)
    with database.write() as session:
        settle(session, applied, books, wishes, absences)
        forget(session, (series.folder / "_" for series in plan.series))
        relied_on = set() if sure else {memory.path for memory in plan.relied_on}
        trees = () if sure else tuple(memory.path for memory in plan.memories if memory.tree)
        remember(session, (memory for memory in plan.memories if memory.path not in relied_on.union(trees)))


def settle(session: Session, applied: Applied, books: SeriesBook, wishes: Wishes, absences: Mapping[int, str]) -> None:
    """Note what has gone and what is spoilt, and bring each series in order."""
    plan = applied.plan
    for problem in plan.problems:
        if problem.reason in _SPOILT and problem.path not in applied.at and not applied.passed_over(problem.path):
            _spoil(session, problem, applied)
    note_gone(session, applied, absences)
    _SeriesSettling(session, applied, books, wishes).settle()
    _note_source_folders(session, plan)


def _spoil(session: Session, problem: Problem, applied: Applied) -> None:
    """A class whose file can no longer be read as one."""
    here = (PlaceRow.path == problem.path) & (PlaceRow.absence == "")
    row = session.scalar(select(ClassRow).join(PlaceRow, PlaceRow.class_id == ClassRow.id).where(here))
    if row is None:
        return
    if (row.state, row.state_reason) == (ClassState.DAMAGED, problem.message):
        applied.count(Outcome.UNCHANGED, 1, row.id)
    else:
        row.state, row.state_reason = ClassState.DAMAGED, problem.message
        applied.count(Outcome.UPDATED, 1, row.id)


class _SeriesSettling:
    """The series of a plan, read in a few queries: most of a rescan's series have nothing to write."""

    def __init__(self, session: Session, applied: Applied, books: SeriesBook, wishes: Wishes) -> None:
        self._session = session
        self._applied = applied
        self._wishes = wishes
        self._ids = {index: books.series_id(session, index) for index in applied.order}
        ids = list(self._ids.values())
        self._rows = {row.id: row for row in session.scalars(select(SeriesRow).where(SeriesRow.id.in_(ids)))}
        self._renamed: set[int] = set()
        self._edits: dict[int, list[SeriesEditRow]] = defaultdict(list)
        for edit in session.scalars(select(SeriesEditRow).where(SeriesEditRow.series_id.in_(ids))):
            self._edits[edit.series_id].append(edit)
        self._sections: dict[int, list[SectionRow]] = defaultdict(list)
        in_order = select(SectionRow).order_by(SectionRow.position, SectionRow.id)
        for section in session.scalars(in_order.where(SectionRow.series_id.in_(ids))):
            self._sections[section.series_id].append(section)
        self._classes: dict[int, list[Any]] = defaultdict(list)
        columns = (ClassRow.id, ClassRow.series_id, ClassRow.section_id, ClassRow.number, ClassRow.position)
        its_classes = select(*columns).where(ClassRow.series_id.in_(ids)).order_by(ClassRow.position, ClassRow.id)
        for row in session.execute(its_classes):
            self._classes[row.series_id].append(row)

    def settle(self) -> None:
        for index, placed in self._applied.order.items():
            planned, series_id = self._applied.plan.series[index], self._ids[index]
            row, in_order = self._rows[series_id], [class_id for _position, class_id in sorted(placed)]
            wish = self._wishes.series.get(planned.folder)
            whole = self._applied.reach.covers(planned.folder)
            if whole:
                if row.folder == planned.folder:
                    self._values(row, planned)
                self._order_of_sections(series_id, planned)
            if wish is not None and wish.order:
                self._put_in_order(series_id, whole_order([one.id for one in self._classes[series_id]], in_order))
            elif row.arranged:
                self._put_in_order(series_id, self._fitted_in(series_id, in_order))
            else:
                self._order_of_classes(series_id, in_order, whole)
            fulfil_series(self._session, self._wishes, row, planned.folder)
        index_series(self._session, list(self._renamed))

    def _values(self, row: SeriesRow, planned: PlannedSeries) -> None:
        sources = dict(planned.sources)
        edited = set()
        for edit in self._edits.get(row.id, ()):
            edit.found, edit.found_source = getattr(planned, edit.field), planned.sources.get(edit.field)
            sources[edit.field] = Source.USER
            edited.add(edit.field)
        for field in {"title", "description", "poster"} - edited:
            if getattr(row, field) != getattr(planned, field):
                setattr(row, field, getattr(planned, field))
                self._renamed.add(row.id)
        if row.sources != sources:
            row.sources = sources

    def _order_of_sections(self, series_id: int, planned: PlannedSeries) -> None:
        """The plan's sections in its order; others stay behind them, or go if they are empty."""
        used = {row.section_id for row in self._classes[series_id]}
        wanted = {title: position for position, title in enumerate(planned.sections)}
        rows = sorted(self._sections.get(series_id, ()), key=lambda row: wanted.get(row.title, len(wanted)))
        for row in [row for row in rows if row.id not in used]:
            self._session.delete(row)
        for position, row in enumerate(row for row in rows if row.id in used):
            if row.position != position:
                row.position = position

    def _order_of_classes(self, series_id: int, planned: list[int], whole: bool) -> None:
        """A plan of single files (not `whole`) says nothing about the order of the classes that are there."""
        rows = self._classes[series_id]
        if whole:
            order = whole_order([row.id for row in rows], planned)
        else:
            there = [row.id for row in rows if row.position < NEWCOMER]
            new = [row.id for row in rows if row.position >= NEWCOMER]
            order = partial_order(there, new, {row.id: row.number for row in rows})
        self._put_in_order(series_id, order)

    def _fitted_in(self, series_id: int, planned: list[int]) -> list[int]:
        """The order the user has made. Newcomers stand behind the class they follow in the plan; where the user has
        that one in another section, behind the last one of their own."""
        rows = self._classes[series_id]
        sections = {row.id: row.section_id for row in rows}
        new = {row.id for row in rows if row.position >= NEWCOMER and row.id in set(planned)}
        order = [row.id for row in rows if row.id not in new]
        before: int | None = None
        for one in planned:
            if one in new:
                mine = [place for place, other in enumerate(order) if sections[other] == sections[one]]
                if before is not None and (sections[before] == sections[one] or not mine):
                    place = order.index(before) + 1
                elif before is None and not new.issuperset(planned):
                    place = 0
                else:
                    place = mine[-1] + 1 if mine and before is not None else len(order)
                order.insert(place, one)
            before = one
        return order

    def _put_in_order(self, series_id: int, order: list[int]) -> None:
        positions = {row.id: row.position for row in self._classes[series_id]}
        moved = [{"id": one, "position": index} for index, one in enumerate(order) if positions[one] != index]
        if moved:
            self._session.execute(update(ClassRow), moved)


def _note_source_folders(session: Session, plan: ImportPlan) -> None:
    now = datetime.now(UTC)
    folders = {row.path: row for row in session.scalars(select(SourceFolderRow))}
    for root in plan.roots:
        row = folders.get(root)
        if row is not None:
            row.scanned = now
        elif os.path.isdir(root) and not any(parent in folders for parent in root.parents):
            folders[root] = SourceFolderRow(path=root, added=now, scanned=now)
            session.add(folders[root])
