# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes where classes lie, for a whole batch at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from player.domain.media import MediaPart
from player.library.absence import ABSORBED, REPLACED
from player.library.absorbed import drop_absorbed
from player.library.findings import Spot
from player.library.schema import PlacePartRow, PlaceRow
from player.library.stored import Place

_insert = insert(PlaceRow)
_PUT = _insert.on_conflict_do_update(
    index_elements=[PlaceRow.class_id, PlaceRow.path],
    set_={name: _insert.excluded[name] for name in ("modified_ns", "raw_name", "absence")},
)
_ABSORB = (
    update(PlaceRow)
    .where(PlaceRow.path == bindparam("at"), PlaceRow.class_id != bindparam("owner"))
    .values(absence=ABSORBED)
)
_DISPLACE = (
    update(PlaceRow)
    .where(PlaceRow.path == bindparam("at"), PlaceRow.class_id != bindparam("owner"), PlaceRow.absence == "")
    .values(absence=REPLACED)
)


class PlaceWriter:
    """Gathers first: when classes have swapped places, all have to leave before any can arrive."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._left: list[int] = []
        self._put: list[dict[str, Any]] = []
        self._parts: list[tuple[int, Path, tuple[MediaPart, ...]]] = []

    def put(self, class_id: int, spots: Iterable[Spot], places: Sequence[Place]) -> None:
        """The class, which was at `places`, is at all these spots."""
        here = {place.path: place for place in places}
        for planned in (spot.planned for spot in spots):
            place = here.get(planned.path)
            facts = (planned.modified_ns, planned.raw_name, "", planned.parts)
            if place is None or (place.modified_ns, place.raw_name, place.absence, place.parts) != facts:
                if planned.parts or (place is not None and place.parts):
                    self._parts.append((class_id, planned.path, planned.parts))
                self._put.append(
                    {
                        "class_id": class_id,
                        "path": planned.path,
                        "modified_ns": planned.modified_ns,
                        "raw_name": planned.raw_name,
                        "absence": "",
                    }
                )

    def leave(self, places: Iterable[Place]) -> None:
        """Forget places at which a class was."""
        self._left.extend(place.id for place in places)

    def write(self) -> None:
        """Write what has been gathered. Whatever other class was at one of the spots is not there any more."""
        if self._left:
            self._session.execute(delete(PlaceRow).where(PlaceRow.id.in_(self._left)))
        if self._put:
            taken = [{"at": row["path"], "owner": row["class_id"]} for row in self._put]
            self._session.connection().execute(_DISPLACE, taken)
            self._session.connection().execute(_PUT, self._put)
        if self._parts:
            self._write_parts()

    def _write_parts(self) -> None:
        """The files of classes that lie in several. What was a class by itself at one of them is none any more."""
        rows: list[dict[str, Any]] = []
        taken: list[dict[str, Any]] = []
        paths: list[Path] = []
        for class_id, path, parts in self._parts:
            here = (PlaceRow.class_id == class_id) & (PlaceRow.path == path)
            place_id = self._session.execute(select(PlaceRow.id).where(here)).scalar_one()
            self._session.execute(delete(PlacePartRow).where(PlacePartRow.place_id == place_id))
            for position, part in enumerate(parts):
                values = {field.name: getattr(part, field.name) for field in fields(part)}
                rows.append({"place_id": place_id, "position": position, **values})
                taken.append({"at": part.path, "owner": class_id})
                paths.append(part.path)
        if rows:
            self._session.connection().execute(_ABSORB, taken)
            self._session.execute(insert(PlacePartRow), rows)
            drop_absorbed(self._session, paths)
