# SPDX-License-Identifier: GPL-3.0-or-later
"""Wishes that wait for an import to fulfil them: they are on disk before the import begins, so that none is lost
whatever happens to it. Inside read and write units."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from player.domain.media import MediaFacts
from player.domain.models import ClassId, FileIdentity, SeriesId
from player.domain.plan import ImportPlan, KnownFile, PlannedClass
from player.domain.wishes import ClassWish, SeriesWish, Wishes, class_wish, series_wish, to_json
from player.library import editing
from player.library.fields import ClassFields, SeriesFields
from player.library.schema import ClassRow, LeftOutRow, SeriesRow, TogetherRow, WishRow

_CLASS, _SERIES = "class ", "series "


def record(session: Session, wishes: Wishes) -> None:
    """Keep these wishes. A later one about the same content takes the place of an earlier one."""
    rows: dict[str, Any] = {_class_key(identity): to_json(wish) for identity, wish in wishes.classes.items()}
    rows |= {_SERIES + str(folder): to_json(wish) for folder, wish in wishes.series.items()}
    for key, wanted in rows.items():
        put = insert(WishRow).values(key=key, wanted=wanted)
        session.execute(put.on_conflict_do_update(index_elements=[WishRow.key], set_={"wanted": wanted}))
    for identity in wishes.taken_in:
        session.execute(delete(LeftOutRow).where(_is(identity)))
    for one in wishes.left_out:
        if _is_class(session, one.identity):
            continue  # taken meanwhile: what is a class is not passed over by later imports
        row = LeftOutRow(size=one.identity.size, digest=one.identity.digest)
        row.path, row.modified_ns = one.path, one.modified_ns
        session.merge(row)


def _is_class(session: Session, identity: FileIdentity) -> bool:
    """Whether this content is a class of the library now, in a series that is not removed."""
    same = (ClassRow.size == identity.size) & (ClassRow.digest == identity.digest)
    shown = select(ClassRow.id).join(SeriesRow, SeriesRow.id == ClassRow.series_id).where(same, ~SeriesRow.removed)
    return session.scalar(shown) is not None


def supersede(session: Session, plan: ImportPlan) -> None:
    """Forget every wish about the classes and series of a plan: the user has looked it through anew."""
    classes = {_class_key(one.identity) for series in plan.series for one in series.classes}
    folders = {series.folder for series in plan.series}
    for row in session.scalars(select(WishRow)).all():
        if row.key in classes:
            if (put := class_wish(row.wanted).series) is not None:
                folders.add(put)  # one that the user made
            session.delete(row)
    session.execute(delete(WishRow).where(WishRow.key.in_([_SERIES + str(folder) for folder in folders])))


def read_waiting(session: Session) -> Wishes:
    """Every wish that no import has fulfilled yet, and what the user does not want at all."""
    classes: dict[FileIdentity, ClassWish] = {}
    series: dict[Path, SeriesWish] = {}
    for row in session.scalars(select(WishRow)):
        if row.key.startswith(_CLASS):
            size, _space, digest = row.key.removeprefix(_CLASS).partition(" ")
            classes[FileIdentity(int(size), digest)] = class_wish(row.wanted)
        else:
            series[Path(row.key.removeprefix(_SERIES))] = series_wish(row.wanted)
    return Wishes(classes, series, tuple(read_left_out(session)))


def read_left_out(session: Session) -> list[PlannedClass]:
    """What was left out, with as much as is kept of it."""
    return [
        PlannedClass(
            path=row.path,
            identity=FileIdentity(row.size, row.digest),
            modified_ns=row.modified_ns,
            raw_name=row.path.name,
            title=row.path.stem,
            number=None,
            section=None,
            duration_ms=0,
            format=None,
            facts=MediaFacts(),
        )
        for row in session.scalars(select(LeftOutRow))
    ]


def left_out_files(session: Session) -> dict[Path, KnownFile]:
    """The files that were left out: they need not be read again."""
    return {one.path: KnownFile(one.path, one.identity.size, one.modified_ns, one) for one in read_left_out(session)}


def read_together(session: Session) -> dict[str, bool]:
    """What the user has decided about files that may be one class."""
    return {row.key: row.joined for row in session.scalars(select(TogetherRow))}


def keep_together(session: Session, decisions: Mapping[str, bool]) -> None:
    """Keep such decisions; a later one takes the place of an earlier one."""
    for key, joined in decisions.items():
        session.merge(TogetherRow(key=key, joined=joined))


def fulfil_classes(session: Session, wishes: Wishes, class_ids: Mapping[FileIdentity, int]) -> None:
    """Give these classes, which are in the library now, what the user wants of them."""
    for identity, class_id in class_ids.items():
        wish = wishes.classes.get(identity)
        if wish is None:
            continue
        if wish.values:
            editing.edit_class(session, ClassId(class_id), cast("ClassFields", dict(wish.values)))
        if wish.series is not None:
            session.get_one(ClassRow, class_id).placed = True
        session.execute(delete(WishRow).where(WishRow.key == _class_key(identity)))


def fulfil_series(session: Session, wishes: Wishes, row: SeriesRow, folder: Path) -> None:
    """Give a series, whose classes are in order now, what the user wants of it."""
    wish = wishes.series.get(folder)
    if wish is None:
        return
    if wish.values:
        editing.edit_series(session, SeriesId(row.id), cast("SeriesFields", dict(wish.values)))
    if wish.order:
        row.arranged = True
    session.execute(delete(WishRow).where(WishRow.key == _SERIES + str(folder)))


def _class_key(identity: FileIdentity) -> str:
    return f"{_CLASS}{identity.size} {identity.digest}"


def _is(identity: FileIdentity) -> Any:
    return (LeftOutRow.size == identity.size) & (LeftOutRow.digest == identity.digest)
