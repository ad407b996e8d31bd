# SPDX-License-Identifier: GPL-3.0-or-later
"""What the user has decided about files that are, or may be, one class. Pure values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

from player.domain.plan import Joinable, PlannedClass, PlannedSeries

Decisions = Mapping[str, bool]
"""By the key of the files: whether they are one class."""


def key_of(files: Iterable[tuple[str, int]]) -> str:
    """A key for files with these names and sizes, wherever they lie: a decision moves with the folder."""
    digest = blake2b(digest_size=16)
    for name, size in files:
        digest.update(f"{size} {name}\n".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def key_of_class(planned: PlannedClass) -> str | None:
    """The key of the files of a class that lies in several; None for any other class."""
    return key_of((part.path.name, part.size) for part in planned.parts) if planned.parts else None


def offer_for(series: Sequence[PlannedSeries], planned: PlannedClass) -> Joinable | None:
    """What a class may be a part of."""
    offers = (offer for one in series for offer in one.joinable)
    return next((offer for offer in offers if planned.path in offer.paths), None)
