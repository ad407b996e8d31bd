# SPDX-License-Identifier: GPL-3.0-or-later
"""What the library holds of classes, in a few queries for many classes: contents, places, and the class as an
import would plan it (the values found, without the user's edits)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from player.domain.media import MediaPart
from player.domain.models import Caption, ClassState, FileIdentity, Phase, PropNeed
from player.domain.plan import KnownFile, PlannedClass
from player.library import fields
from player.library.schema import (
    CaptionRow,
    ClassEditRow,
    ClassRow,
    FocusRow,
    PhaseRow,
    PlacePartRow,
    PlaceRow,
    PropRow,
    SectionRow,
)

T = TypeVar("T")

AnySelect = Select[*tuple[Any, ...]]

Which = ColumnElement[bool] | None
"""Which classes: a condition on ClassRow, or None for all."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a class lies. `absence` is "" while the file is there."""

    id: int
    path: Path
    modified_ns: int
    raw_name: str
    absence: str
    parts: tuple[MediaPart, ...] = ()
    """All files of the class there, where it lies in several; `path` is the first."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What belongs to one class, in order, as it is stored."""

    phases: tuple[Phase, ...] = ()
    props: tuple[PropNeed, ...] = ()
    focus: tuple[str, ...] = ()
    captions: tuple[Caption, ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """A class as the library holds it. `planned` has the values an import found; its path is the first place's."""

    id: int
    series_id: int
    position: int
    planned: PlannedClass
    places: tuple[Place, ...]
    placed: bool = False
    """The user has put it into its series."""

    @property
    def first_place(self) -> Place:
        return self.places[0]


EMPTY = Contents()


def read_contents(session: Session, which: Which = None) -> dict[int, Contents]:
    """Phases, props, focus areas and captions by class; a class without any is left out."""
    of_phase = (PhaseRow.kind, PhaseRow.title, PhaseRow.start_ms, PhaseRow.end_ms, PhaseRow.source)
    phases = _grouped(session, _of(select(PhaseRow.class_id, *of_phase), PhaseRow, which), Phase)
    props = _grouped(session, _of(select(PropRow.class_id, PropRow.prop, PropRow.optional), PropRow, which), PropNeed)
    focus = _grouped(session, _of(select(FocusRow.class_id, FocusRow.focus), FocusRow, which), str)
    captions = _grouped(
        session, _of(select(CaptionRow.class_id, CaptionRow.language, CaptionRow.source), CaptionRow, which), Caption
    )
    return {
        class_id: Contents(
            tuple(phases.get(class_id, ())),
            tuple(props.get(class_id, ())),
            tuple(focus.get(class_id, ())),
            tuple(captions.get(class_id, ())),
        )
        for class_id in phases.keys() | props.keys() | focus.keys() | captions.keys()
    }


def read_places(session: Session, which: Which = None) -> dict[int, list[Place]]:
    """Places by class; those where the file is come first, then the older ones."""
    columns = (PlaceRow.class_id, PlaceRow.id, PlaceRow.path, PlaceRow.modified_ns, PlaceRow.raw_name, PlaceRow.absence)
    statement = _of_classes(select(*columns), PlaceRow, which)
    in_order = statement.order_by(PlaceRow.class_id, PlaceRow.absence != "", PlaceRow.id)
    places = _grouped(session, in_order, Place)
    if parts := read_parts(session, which):
        for class_id, here in places.items():
            places[class_id] = [replace(place, parts=tuple(parts.get(place.id, ()))) for place in here]
    return places


def read_parts(session: Session, which: Which = None) -> dict[int, list[MediaPart]]:
    """The files of classes that lie in several, by place."""
    of_part = (
        PlacePartRow.path,
        PlacePartRow.size,
        PlacePartRow.modified_ns,
        PlacePartRow.duration_ms,
        PlacePartRow.format,
        PlacePartRow.facts,
    )
    parts = select(PlacePartRow.place_id, *of_part).order_by(PlacePartRow.place_id, PlacePartRow.position)
    if which is not None:
        parts = parts.join(PlaceRow, PlaceRow.id == PlacePartRow.place_id)
        parts = _of_classes(parts, PlaceRow, which)
    return _grouped(session, parts, MediaPart)


def read_stored(session: Session, which: Which = None) -> dict[int, Stored]:
    """Classes by id, with the values that imports found."""
    edits: dict[int, list[ClassEditRow]] = defaultdict(list)
    for edit in session.scalars(_of_classes(select(ClassEditRow), ClassEditRow, which)):
        edits[edit.class_id].append(edit)
    contents, places = read_contents(session, which), read_places(session, which)
    statement = select(*_FOUND_COLUMNS, SectionRow.title.label("section")).outerjoin(
        SectionRow, SectionRow.id == ClassRow.section_id
    )
    if which is not None:
        statement = statement.where(which)
    result = {}
    for row in session.execute(statement):
        here = tuple(places[row.id])
        planned = _planned(row, here[0], contents.get(row.id, EMPTY))
        for edit in edits.get(row.id, ()):
            planned = fields.without_edit(planned, edit.field, edit.found, edit.found_source)
        result[row.id] = Stored(row.id, row.series_id, row.position, planned, here, row.placed)
    return result


def read_known_files(session: Session, which: Which = None) -> dict[Path, KnownFile]:
    """The files the library knows of. A damaged one comes without its plan, so that it is looked at again."""
    known: dict[Path, KnownFile] = {}
    absent: dict[Path, KnownFile] = {}
    for stored in read_stored(session, which).values():
        for place in stored.places:
            planned = stored.planned
            if place.path != planned.path:
                moved = {"path": place.path, "modified_ns": place.modified_ns, "raw_name": place.raw_name}
                planned = replace(planned, **moved, parts=place.parts)  # type: ignore[arg-type]
            reuse = planned if planned.state is ClassState.READY else None
            found = absent if place.absence else known
            for part in place.parts:
                found[part.path] = KnownFile(part.path, part.size, part.modified_ns)
            size = place.parts[0].size if place.parts else planned.identity.size
            found[place.path] = KnownFile(place.path, size, place.modified_ns, reuse)
    return absent | known


_FOUND_COLUMNS: tuple[Any, ...] = (
    ClassRow.id,
    ClassRow.series_id,
    ClassRow.position,
    ClassRow.placed,
    ClassRow.size,
    ClassRow.digest,
    ClassRow.number,
    ClassRow.title,
    ClassRow.description,
    ClassRow.duration_ms,
    ClassRow.format,
    ClassRow.facts,
    ClassRow.state,
    ClassRow.state_reason,
    ClassRow.poster,
    ClassRow.sources,
)


def _planned(row: Any, place: Place, contents: Contents) -> PlannedClass:
    return PlannedClass(
        path=place.path,
        identity=FileIdentity(row.size, row.digest),
        modified_ns=place.modified_ns,
        raw_name=place.raw_name,
        title=row.title,
        number=row.number,
        section=row.section,
        duration_ms=row.duration_ms,
        format=row.format,
        facts=row.facts,
        state=row.state,
        state_reason=row.state_reason,
        description=row.description,
        phases=contents.phases,
        props=contents.props,
        focus=contents.focus,
        captions=contents.captions,
        poster=row.poster,
        sources=row.sources,
        parts=place.parts,
    )


Part = type[PhaseRow] | type[PropRow] | type[FocusRow] | type[CaptionRow]


def _of_classes(statement: AnySelect, table: Part | type[PlaceRow] | type[ClassEditRow], which: Which) -> AnySelect:
    return statement if which is None else statement.where(table.class_id.in_(select(ClassRow.id).where(which)))


def _of(statement: AnySelect, table: Part, which: Which) -> AnySelect:
    return _of_classes(statement, table, which).order_by(table.class_id, table.position)


def _grouped(session: Session, statement: AnySelect, make: Callable[..., T]) -> dict[int, list[T]]:
    """Rows (class id, *values) as values by class, in the order of the statement."""
    groups: dict[int, list[T]] = defaultdict(list)
    rows: Iterable[Any] = session.execute(statement)
    for class_id, *values in rows:
        groups[class_id].append(make(*values))
    return groups
