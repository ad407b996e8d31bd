# SPDX-License-Identifier: GPL-3.0-or-later
"""Fills the search index of a library that has none of this version, in batches: it goes on where it stopped, and
what is searched meanwhile finds what is in by then. On the thread of its caller."""

from __future__ import annotations

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from player.domain.progress import CancelToken, Progress, ProgressCallback
from player.library.database import Database
from player.library.indexing import index_classes, index_cues, index_series
from player.library.schema import ClassRow, MetaRow, SeriesRow

INDEX_VERSION = "1"
"""Another version in the library's file: all entries are made anew."""
_DONE, _REACHED = "search_index", "search_index_reached"
_AT_ONCE = 500
_SETTING = text("INSERT INTO search(search, rank) VALUES (:name, :value)")
_BULK, _NORMAL = {"hashsize": 16 << 20, "automerge": 0}, {"hashsize": 1 << 20, "automerge": 4}
"""In bulk, what is gathered in memory is written rarely and sorted together at the end."""
_MANY = 5_000


def is_full(session: Session) -> bool:
    """Whether the index has entries for everything."""
    return _value(session, _DONE) == INDEX_VERSION


def fill(database: Database, progress: ProgressCallback, cancel: CancelToken) -> None:
    """Bring the index up to date. One look where there is nothing to do. Raises Cancelled and LibraryError."""
    with database.read() as session:
        if is_full(session):
            return
        total = session.scalar(select(func.count(ClassRow.id))) or 0
    with database.write() as session:
        reached = _begin(session)
        _set_up(session, _BULK if total > _MANY else _NORMAL)
    done = 0
    while True:
        cancel.raise_if_cancelled()
        with database.write() as session:
            next_ids = select(ClassRow.id).where(ClassRow.id > reached).order_by(ClassRow.id).limit(_AT_ONCE)
            ids = session.scalars(next_ids).all()
            if not ids:
                _end(session)
                return
            index_classes(session, ids)
            index_cues(session, ids)
            reached = ids[-1]
            session.merge(MetaRow(name=_REACHED, value=f"{INDEX_VERSION}:{reached}"))
        done += len(ids)
        progress(Progress(min(done, total), total, text="search"))


def _begin(session: Session) -> int:
    """Empty an index of another version; the last class that is in already."""
    version, _, reached = (_value(session, _REACHED) or "").partition(":")
    if version == INDEX_VERSION:
        return int(reached)
    session.execute(delete(MetaRow).where(MetaRow.name == _DONE))
    if session.scalar(text("SELECT 1 FROM search LIMIT 1")) is not None:
        made = session.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'search'"))
        session.execute(text("DROP TABLE search"))  # far quicker than taking each entry out
        session.execute(text(str(made)))
    session.merge(MetaRow(name=_REACHED, value=f"{INDEX_VERSION}:0"))
    return 0


def _end(session: Session) -> None:
    index_series(session, session.scalars(select(SeriesRow.id)).all())
    _set_up(session, _NORMAL)
    session.merge(MetaRow(name=_DONE, value=INDEX_VERSION))
    session.execute(delete(MetaRow).where(MetaRow.name == _REACHED))


def _set_up(session: Session, settings: dict[str, int]) -> None:
    for name, value in settings.items():
        session.execute(_SETTING, {"name": name, "value": value})


def _value(session: Session, name: str) -> str | None:
    return session.scalar(select(MetaRow.value).where(MetaRow.name == name))
