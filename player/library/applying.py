# SPDX-License-Identifier: GPL-3.0-or-later
"""Applies an import plan: finds the class for each content, writes what has changed, in batches.

A class is known by its content. Known content at a new path is the same class, moved or copied; new content at
a known path is the same class, replaced. What the user did (positions, practices, edits) is never written here.
Knows nothing of how a plan is made. Runs on the thread of its caller.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from player.domain.models import FileIdentity
from player.domain.plan import ImportPlan, ImportReport, PlannedClass, outermost
from player.domain.progress import CancelToken, Progress, ProgressCallback
from player.domain.wishes import Wishes, arranged
from player.library.absence import why_absent
from player.library.absent import count_unchanged
from player.library.applied import Applied, Outcome
from player.library.database import Database
from player.library.findings import Finding, Spot, by_content
from player.library.places import PlaceWriter
from player.library.schema import ClassRow, PlaceRow, SeriesRow
from player.library.series import SeriesBook
from player.library.settling import finish
from player.library.stamps import forget, still_true
from player.library.stored import AnySelect, Place, Stored, read_places, read_stored
from player.library.waiting import fulfil_classes, read_waiting
from player.library.writing import ClassWriter

BATCH = 100
MOST_NAMED = 10_000
"""So many classes are asked for by name; beyond that reading them all is quicker."""
_SERIES = select(SeriesRow.id, SeriesRow.folder, SeriesRow.removed)


def apply_plan(
    database: Database, plan: ImportPlan, progress: ProgressCallback, cancel: CancelToken | None
) -> ImportReport:
    """Raises LibraryError, and Cancelled between two batches; whole batches then stay."""
    cancel = cancel or CancelToken()
    if plan.unchanged and not plan.series and set(outermost(plan.roots)) <= set(plan.unchanged):
        return _unchanged(database, plan)
    with database.read() as session:
        wishes = read_waiting(session)
        sure = still_true(session, plan.relied_on)
    if wishes != Wishes():
        plan = arranged(plan, wishes)
    applied, books = Applied(plan), SeriesBook(plan)
    findings = by_content(plan)
    todo = _changed(database, findings, applied, books, wishes) if len(findings) > BATCH else findings
    if todo:
        books.foresee(database)
    total, problems = len(findings), len(plan.problems)
    for begin in range(0, len(todo), BATCH):
        cancel.raise_if_cancelled()
        batch = todo[begin : begin + BATCH]
        applied.absences = _look_ahead(database, applied, batch)
        with database.write() as session:
            _Batch(session, applied, books, batch, wishes).apply()
        done = total - len(todo) + begin + len(batch)
        progress(Progress(done, total, problems, batch[-1].spots[0].planned.path.name))
    cancel.raise_if_cancelled()
    finish(database, applied, books, wishes, sure)
    progress(Progress(total, total, problems))
    return applied.report()


def _unchanged(database: Database, plan: ImportPlan) -> ImportReport:
    """Nothing is written, not even when it was that everything was looked at."""
    applied = Applied(plan)
    with database.read() as session:
        count_unchanged(session, applied)
    return applied.report()


def _changed(
    database: Database, findings: Sequence[Finding], applied: Applied, books: SeriesBook, wishes: Wishes
) -> list[Finding]:
    """The findings that need a closer look; the others are counted as unchanged. Makes a rescan cheap."""
    with database.read() as session:
        digests = {finding.identity.digest for finding in findings}
        some = ClassRow.digest.in_(digests) if len(digests) <= MOST_NAMED else None
        stored = {one.planned.identity: one for one in read_stored(session, some).values()}
        series = {row.folder: row.id for row in session.execute(_SERIES) if not row.removed}
    todo = []
    for finding in findings:
        spot = finding.spots[0]
        known = stored.get(finding.identity)
        folder = applied.plan.series[spot.series].folder
        if (
            known is not None
            and len(finding.spots) == len(known.places) == 1
            and not known.first_place.absence
            and known.planned == spot.planned
            and known.series_id == series.get(folder)
            and finding.identity not in wishes.classes
        ):
            books.note(spot.series, known.series_id)
            applied.placed(Outcome.UNCHANGED, known.id, spot)
        else:
            todo.append(finding)
    return todo


def _look_ahead(database: Database, applied: Applied, findings: Sequence[Finding]) -> dict[Path, str]:
    """Whether the other places of these contents are still there: looked at before the write unit begins, because a
    drive that sleeps may take seconds to answer."""
    with database.read() as session:
        concerned = ClassRow.digest.in_({finding.identity.digest for finding in findings}) | ClassRow.id.in_(
            _classes_at(findings)
        )
        places = [place for here in read_places(session, concerned).values() for place in here if not place.absence]
    return {
        place.path: why_absent(place.path, place.parts)
        for place in places
        if place.path not in applied.at and not applied.passed_over(place.path)
    }


def _classes_at(findings: Sequence[Finding]) -> AnySelect:
    """The classes that are, or were, where these findings are."""
    paths = {spot.planned.path for finding in findings for spot in finding.spots}
    return select(PlaceRow.class_id).where(PlaceRow.path.in_(paths))


class _Batch:
    """The findings of one transaction, with what the library holds of them when it begins."""

    def __init__(
        self, session: Session, applied: Applied, books: SeriesBook, findings: Sequence[Finding], wishes: Wishes
    ) -> None:
        self._session = session
        self._wishes = wishes
        self._class_ids: dict[FileIdentity, int] = {}
        self._applied = applied
        self._books = books
        self._findings = findings
        digests = {finding.identity.digest for finding in findings}
        stored = read_stored(session, ClassRow.digest.in_(digests) | ClassRow.id.in_(_classes_at(findings)))
        self._by_content = {one.planned.identity: one for one in stored.values()}
        self._by_path: dict[Path, list[Stored]] = defaultdict(list)
        for one in stored.values():
            for place in one.places:
                self._by_path[place.path].append(one)
        self._series = {row.id: row for row in session.execute(_SERIES)}
        self._writer = ClassWriter(session, stored.keys())
        self._places = PlaceWriter(session)
        self._new: list[tuple[ClassRow, Finding]] = []

    def apply(self) -> None:
        for finding in self._findings:
            known = self._by_content.get(finding.identity)
            if known is not None:
                self._class_ids[finding.identity] = known.id
                self._known_content(finding, known)
            elif (heir := self._heir(finding)) is not None:
                self._replaced_content(finding, *heir)
            else:
                self._new_content(finding)
        self._finish_new()
        self._places.write()
        self._writer.write_contents()
        fulfil_classes(self._session, self._wishes, self._class_ids)

    def _known_content(self, finding: Finding, known: Stored) -> None:
        """The class is there already: at the same path, or moved, or copied."""
        spots = {spot.planned.path: spot for spot in finding.spots}
        spot, moved = self._spot_of(known, spots)
        if spot is not None and not moved:
            moved = bool(known.first_place.absence) or spot.planned.path != known.first_place.path
        if spot is None or not (moved or self._may_take(known, spot)):
            self._places.put(known.id, finding.spots, known.places)
            self._books.bring_back(self._session, known.series_id)
            self._applied.count(Outcome.UNCHANGED, 1, known.id)
            return
        stays = self._stays(known, spot)
        series_id = self._series_of(known, spot, stays=stays)
        place = {name: getattr(spot.planned, name) for name in ("path", "modified_ns", "raw_name", "parts")}
        changed = series_id != known.series_id or replace(known.planned, **place) != spot.planned
        if changed:
            self._write(known, spot, series_id)
        self._places.put(known.id, finding.spots, known.places)
        if moved:
            self._places.leave(place for place in known.places if place.path not in spots)
        outcome = Outcome.RELINKED if moved else Outcome.UPDATED if changed else Outcome.UNCHANGED
        if stays:
            self._applied.count(outcome, 1, known.id)
        else:
            self._applied.placed(outcome, known.id, spot)

    def _stays(self, known: Stored, spot: Spot) -> bool:
        """Whether the user has put the class into another series than the import finds for it, or has removed it with
        its series and asks for nothing now."""
        if known.planned.identity in self._wishes.classes:
            return False
        now = self._series[known.series_id]
        if now.folder == self._applied.plan.series[spot.series].folder:
            return False
        if now.removed and self._applied.plan.automatic:
            return known.placed or not self._books.follows(spot.series, known.series_id)
        return known.placed

    def _series_of(self, known: Stored, spot: Spot, *, stays: bool) -> int:
        """The series in which the class is from now on; it is shown again if the user asks for this import."""
        if not stays:
            return self._books.series_id(self._session, spot.series)
        self._books.bring_back(self._session, known.series_id)
        return known.series_id

    def _spot_of(self, known: Stored, spots: dict[Path, Spot]) -> tuple[Spot | None, bool]:
        """The spot whose values count, and whether the class has moved there; None: it stays at a place elsewhere."""
        if known.first_place.path in spots:
            return spots[known.first_place.path], False
        for place in known.places:
            if not place.absence and place.path in spots:
                return spots[place.path], True
            if self._still_at(place, known.planned):
                return None, False
        return next(iter(spots.values())), True

    def _still_at(self, place: Place, planned: PlannedClass) -> bool:
        """Whether the content is still at `place`, as far as can be told without reading it."""
        if place.absence:
            return False
        if place.path in self._applied.at:
            return self._applied.at[place.path] == planned.identity
        if self._applied.passed_over(place.path):
            return True
        return not self._applied.absences.get(place.path)  # what another program has just put there, is there

    def _may_take(self, known: Stored, spot: Spot) -> bool:
        """Whether the plan's series may take a class that has not moved from the series it is in: not when a part
        of a series' folder is imported by itself."""
        now = self._series[known.series_id]
        if now.folder == self._applied.plan.series[spot.series].folder:
            return True
        return now.removed or self._applied.reach.covers(now.folder)

    def _write(self, known: Stored, spot: Spot, series_id: int) -> None:
        self._writer.write(known.id, spot, series_id)
        forget(self._session, [spot.planned.path, *(place.path for place in known.places)])

    def _heir(self, finding: Finding) -> tuple[Stored, Spot] | None:
        """The class that was at a path of this new content and is nowhere else: its file has been replaced."""
        for spot in finding.spots:
            path = spot.planned.path
            was_here = sorted(self._by_path[path], key=lambda one: (bool(one.first_place.absence), -one.id))
            for known in was_here:
                if known.planned.identity in self._applied.contents or known.id in self._applied.heirs:
                    continue
                if not any(place.path != path and self._still_at(place, known.planned) for place in known.places):
                    return known, spot
        return None

    def _replaced_content(self, finding: Finding, known: Stored, spot: Spot) -> None:
        self._applied.heirs.add(known.id)
        self._class_ids[finding.identity] = known.id
        keep = not self._may_take(known, spot) or self._stays(known, spot)
        series_id = self._series_of(known, spot, stays=keep)
        self._write(known, spot, series_id)
        self._places.put(known.id, finding.spots, known.places)
        paths = {spot.planned.path for spot in finding.spots}
        self._places.leave(place for place in known.places if place.path not in paths)
        if keep:
            self._applied.count(Outcome.UPDATED, 1, known.id)
        else:
            self._applied.placed(Outcome.UPDATED, known.id, spot)

    def _new_content(self, finding: Finding) -> None:
        spot = finding.spots[0]
        row = self._writer.new(spot, self._books.series_id(self._session, spot.series))
        self._new.append((row, finding))

    def _finish_new(self) -> None:
        """New classes are inserted together; then they have ids."""
        self._session.add_all(row for row, _finding in self._new)
        self._session.flush()
        for row, finding in self._new:
            self._class_ids[finding.identity] = row.id
            self._writer.gather(row.id, finding.spots[0].planned)
            self._places.put(row.id, finding.spots, ())
            self._applied.placed(Outcome.ADDED, row.id, finding.spots[0])
