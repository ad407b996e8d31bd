# SPDX-License-Identifier: GPL-3.0-or-later
"""The series of a plan in the library: found by folder, by content when a folder was renamed, or new."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from player.domain.plan import ImportPlan, PlannedSeries
from player.library.absence import why_absent
from player.library.database import Database
from player.library.indexing import index_series
from player.library.schema import ClassRow, PlaceRow, SeriesRow

_SAMPLE = 200
"""So many classes are enough to tell whether a folder was renamed."""


class SeriesBook:
    """Looks each series up once. Belongs to one application of one plan."""

    def __init__(self, plan: ImportPlan) -> None:
        self._plan = plan
        self._folders = {series.folder for series in plan.series}
        self._series: dict[int, int] = {}
        self._renamed_ids: dict[Path, int] = {}

    def note(self, index: int, series_id: int) -> None:
        """The plan's series `index` is known to be this one."""
        self._series[index] = series_id

    def series_id(self, session: Session, index: int) -> int:
        """The id of the plan's series `index`, made if it is new."""
        if index not in self._series:
            self._series[index] = self._find_or_make(session, self._plan.series[index])
        return self._series[index]

    def follows(self, index: int, series_id: int) -> bool:
        """Whether the plan's series `index` is this one, whose folder was renamed."""
        return self._renamed_ids.get(self._plan.series[index].folder) == series_id

    def bring_back(self, session: Session, series_id: int) -> None:
        """Show a series again that was removed, unless nobody has asked for this import."""
        row = session.get_one(SeriesRow, series_id)
        if row.removed and not self._plan.automatic:
            row.removed = False
            session.flush()
            index_series(session, [series_id])

    def _find_or_make(self, session: Session, planned: PlannedSeries) -> int:
        row = session.scalar(select(SeriesRow).where(SeriesRow.folder == planned.folder))
        if row is None and (row := self._renamed(session, planned)) is not None:
            row.folder = planned.folder
        row = row or self._put_elsewhere(session, planned)
        if row is None:
            row = SeriesRow(folder=planned.folder, title=planned.title, added=datetime.now(UTC))
            row.description, row.poster, row.sources = planned.description, planned.poster, planned.sources
            session.add(row)
        if not self._plan.automatic:
            row.removed = False
        session.flush()
        index_series(session, [row.id])
        return row.id

    def _put_elsewhere(self, session: Session, planned: PlannedSeries) -> SeriesRow | None:
        """The series into which the user has put most of these classes: new ones in their folder belong there."""
        identities = {one.identity for one in planned.classes[:_SAMPLE]}
        digests = {identity.digest for identity in identities}
        votes = Counter(
            session.scalars(select(ClassRow.series_id).where(ClassRow.digest.in_(digests), ClassRow.placed))
        )
        best = votes.most_common(1)
        return session.get_one(SeriesRow, best[0][0]) if best and best[0][1] * 2 >= len(identities) else None

    def foresee(self, database: Database) -> None:
        """Find out which series of the plan are known ones whose folders were renamed. Looks at files, so before
        any write unit."""
        candidates = {}
        with database.read() as session:
            known = set(session.scalars(select(SeriesRow.folder)))
            for planned in self._plan.series:
                if planned.folder not in known and (found := self._candidate(session, planned)) is not None:
                    candidates[planned.folder] = found
        for folder, (series_id, paths) in candidates.items():
            if all(why_absent(path) for path in paths):
                self._renamed_ids[folder] = series_id

    def _candidate(self, session: Session, planned: PlannedSeries) -> tuple[int, list[Path]] | None:
        """The series that has most of these classes, and where its files were."""
        identities = {one.identity for one in planned.classes[:_SAMPLE]}
        digests = {identity.digest for identity in identities}
        votes = Counter(
            session.scalars(select(ClassRow.series_id).where(ClassRow.digest.in_(digests), ClassRow.placed.is_(False)))
        )
        best = votes.most_common(1)
        if not best or best[0][1] * 2 < len(identities):
            return None
        paths = session.scalars(
            select(PlaceRow.path)
            .join(ClassRow, ClassRow.id == PlaceRow.class_id)
            .where(ClassRow.series_id == best[0][0], PlaceRow.absence == "")
        )
        return best[0][0], list(paths)

    def _renamed(self, session: Session, planned: PlannedSeries) -> SeriesRow | None:
        """The series that has most of these classes, if not one of its files is where it was."""
        series_id = self._renamed_ids.get(planned.folder)
        row = None if series_id is None else session.get(SeriesRow, series_id)
        return None if row is None or row.folder in self._folders else row
