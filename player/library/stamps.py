# SPDX-License-Identifier: GPL-3.0-or-later
"""What imports left behind about the folders they have read, so that the next one need not read them again.

A memory counts only as long as the library holds of the folder what it held then: which classes lie where, in
which state and in which series. Whoever writes anything else that an import has found has to `forget` it.
Functions run inside units; `LibraryMemory` opens its own.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, String, and_, delete, func, or_, select, type_coerce
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from player.domain.plan import FolderMemory, KnownFile, LeftOut, Problem, ProblemReason
from player.library.database import Database
from player.library.schema import ClassRow, FolderStampRow, PlaceRow, SeriesRow
from player.library.stored import read_known_files
from player.library.waiting import left_out_files, read_together

_insert = insert(FolderStampRow)
_WRITE = _insert.on_conflict_do_update(
    index_elements=[FolderStampRow.path],
    set_={name: _insert.excluded[name] for name in ("tree", "series", "state", "told")},
)
_MOST_AT_ONCE = 500


def below(folder: Path) -> ColumnElement[bool]:
    """The places in a folder and below it: a stretch of the index, or two where names are not all text."""
    begin = os.path.join(folder, "")
    end = begin[:-1] + chr(ord(begin[-1]) + 1)
    path = type_coerce(PlaceRow.path, LargeBinary)
    stretches = [and_(path >= os.fsencode(begin), path < os.fsencode(end))]
    try:
        begin.encode()
    except UnicodeEncodeError:  # such a path is kept as bytes, and so are all below
        return stretches[0]
    text = type_coerce(PlaceRow.path, String)
    return or_(and_(text >= begin, text < end), *stretches)


def state_of(session: Session, folder: Path) -> str:
    """What the library holds of a folder, as a short text."""
    parts = (
        PlaceRow.id,
        PlaceRow.class_id,
        PlaceRow.absence == "",
        PlaceRow.modified_ns,
        ClassRow.state,
        ClassRow.series_id,
        SeriesRow.removed,
    )
    line = func.printf("%d %d %d %d %s %d %d", *parts).label("line")
    lines = (
        select(line)
        .join(ClassRow, ClassRow.id == PlaceRow.class_id)
        .join(SeriesRow, SeriesRow.id == ClassRow.series_id)
        .where(below(folder))
        .order_by(PlaceRow.id)
        .subquery()
    )
    found = session.scalar(select(func.group_concat(lines.c.line, "\n")))
    return blake2b((found or "").encode(), digest_size=16).hexdigest()


class LibraryMemory:
    """Answers a planner. Blocking; any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def folder(self, path: Path) -> FolderMemory | None:
        """The folder as it was read last, if the library still holds of it what it held then."""
        with self._database.read() as session:
            return read_memory(session, path)

    def files(self, folder: Path) -> Mapping[Path, KnownFile]:
        """The files known below a folder; those the user left out among them."""
        there = ClassRow.id.in_(select(PlaceRow.class_id).where(below(folder)))
        with self._database.read() as session:
            return left_out_files(session) | read_known_files(session, there)

    def removed(self) -> frozenset[Path]:
        """The folders of series that the user has removed from the library."""
        with self._database.read() as session:
            return frozenset(session.scalars(select(SeriesRow.folder).where(SeriesRow.removed)))

    def removed_files(self) -> frozenset[Path]:
        """Where the classes of such series lie."""
        of_class = select(PlaceRow.path).join(ClassRow, ClassRow.id == PlaceRow.class_id)
        removed = of_class.join(SeriesRow, SeriesRow.id == ClassRow.series_id).where(SeriesRow.removed)
        with self._database.read() as session:
            return frozenset(session.scalars(removed))

    def several(self) -> Sequence[frozenset[Path]]:
        """The places of each class that has several."""
        here = PlaceRow.absence == ""
        copied = select(PlaceRow.class_id).where(here).group_by(PlaceRow.class_id).having(func.count() > 1)
        places: dict[int, set[Path]] = defaultdict(set)
        with self._database.read() as session:
            for row in session.execute(
                select(PlaceRow.class_id, PlaceRow.path).where(PlaceRow.class_id.in_(copied), here)
            ):
                places[row.class_id].add(row.path)
        return [frozenset(paths) for paths in places.values()]

    def together(self) -> Mapping[str, bool]:
        """What the user has decided about files that may be one class."""
        with self._database.read() as session:
            return read_together(session)


def read_memory(session: Session, path: Path) -> FolderMemory | None:
    """The same, inside a unit."""
    row = session.get(FolderStampRow, path)
    if row is None or row.state != state_of(session, path):
        return None
    told = row.told
    return FolderMemory(
        path,
        row.tree,
        row.series,
        tuple(_problem(one) for one in told["tree"]),
        tuple(_problem(one) for one in told["series"]),
        tuple(LeftOut(Path(left_out), why) for left_out, why in told["left_out"]),
    )


def still_true(session: Session, memories: Iterable[FolderMemory]) -> bool:
    """Whether what a plan relied on still holds."""
    return all(read_memory(session, memory.path) == memory for memory in memories)


def remember(session: Session, memories: Iterable[FolderMemory]) -> None:
    """Keep the memories, together with what the library holds now: at the end of the unit that brought it there."""
    session.flush()
    rows = [
        {
            "path": memory.path,
            "tree": memory.tree,
            "series": memory.series,
            "state": state_of(session, memory.path),
            "told": {
                "tree": [_problem_json(one) for one in memory.tree_problems],
                "series": [_problem_json(one) for one in memory.series_problems],
                "left_out": [[os.fspath(one.path), one.why] for one in memory.left_out],
            },
        }
        for memory in memories
    ]
    if rows:
        session.connection().execute(_WRITE, rows)


def forget(session: Session, paths: Iterable[Path]) -> None:
    """What was found of the classes at these paths has been changed: their folders have to be read again."""
    folders = list({parent for path in paths for parent in path.parents})
    for begin in range(0, len(folders), _MOST_AT_ONCE):
        some = folders[begin : begin + _MOST_AT_ONCE]
        session.execute(
            delete(FolderStampRow).where(FolderStampRow.path.in_(some)).execution_options(synchronize_session=False)
        )


def _problem(kept: Sequence[str]) -> Problem:
    path, reason, message = kept
    return Problem(Path(path), ProblemReason(reason), message)


def _problem_json(problem: Problem) -> list[Any]:
    return [os.fspath(problem.path), problem.reason.value, problem.message]
