# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan seen by content instead of by path, and the order of classes when a plan meets what is there.

Pure functions: no database, no disk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from player.domain.models import FileIdentity
from player.domain.plan import ImportPlan, PlannedClass


@dataclass(frozen=True, slots=True)
class Spot:
    """A planned class and where the plan has it: index of its series, place within it."""

    series: int
    position: int
    planned: PlannedClass


@dataclass(frozen=True, slots=True)
class Finding:
    """One content and every spot of the plan where it was found."""

    identity: FileIdentity
    spots: tuple[Spot, ...]


def by_content(plan: ImportPlan) -> list[Finding]:
    """The plan's classes in its order, identical copies together at their first spot."""
    spots: dict[FileIdentity, list[Spot]] = {}
    for series, planned_series in enumerate(plan.series):
        for position, planned in enumerate(planned_series.classes):
            spots.setdefault(planned.identity, []).append(Spot(series, position, planned))
    return [Finding(identity, tuple(found)) for identity, found in spots.items()]


def whole_order(stored: Sequence[int], planned: Sequence[int]) -> list[int]:
    """Classes in the plan's order; those the plan does not have stay behind the one they followed."""
    in_plan = set(planned)
    order = list(planned)
    before: int | None = None
    for one in stored:
        if one not in in_plan:
            order.insert(0 if before is None else order.index(before) + 1, one)
        before = one
    return order


def partial_order(stored: Sequence[int], new: Sequence[int], numbers: Mapping[int, int | None]) -> list[int]:
    """Classes that were there keep their order; new ones come before the first with a higher number, or last."""
    order = list(stored)
    for one in new:
        number = numbers.get(one)
        later = [
            index
            for index, other in enumerate(order)
            if number is not None and (other_number := numbers.get(other)) is not None and other_number > number
        ]
        order.insert(later[0] if later else len(order), one)
    return order
