# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes where classes lie, for a whole batch at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from player.library.absence import REPLACED
from player.library.findings import Spot
from player.library.schema import PlaceRow
from player.library.stored import Place

_insert = insert(PlaceRow)
_PUT = _insert.on_conflict_do_update(
    index_elements=[PlaceRow.class_id, PlaceRow.path],
    set_={name: _insert.excluded[name] for name in ("modified_ns", "raw_name", "absence")},
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

    def put(self, class_id: int, spots: Iterable[Spot], places: Sequence[Place]) -> None:
        """The class, which was at `places`, is at all these spots."""
        here = {place.path: place for place in places}
        for planned in (spot.planned for spot in spots):
            place = here.get(planned.path)
            facts = (planned.modified_ns, planned.raw_name, "")
            if place is None or (place.modified_ns, place.raw_name, place.absence) != facts:
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
