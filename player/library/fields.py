# SPDX-License-Identifier: GPL-3.0-or-later
"""The fields a user can edit, and how the value found by an import is kept as JSON beneath an edit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypedDict

from player.domain.models import Phase, PhaseKind, PropNeed, Source
from player.domain.plan import PlannedClass


class ClassFields(TypedDict, total=False):
    """What a user can change of a class."""

    title: str
    number: int | None
    section: str | None
    description: str
    phases: Sequence[Phase]
    props: Sequence[PropNeed]
    focus: Sequence[str]


class SeriesFields(TypedDict, total=False):
    """What a user can change of a series."""

    title: str
    description: str


CLASS_FIELDS = frozenset(ClassFields.__annotations__)


def to_json(field: str, value: Any) -> Any:
    """`value` of `field` in JSON's types."""
    if field == "phases":
        return [[phase.kind, phase.title, phase.start_ms, phase.end_ms, phase.source] for phase in value]
    if field == "props":
        return [[need.prop, need.optional] for need in value]
    return list(value) if field == "focus" else value


def from_json(field: str, value: Any) -> Any:
    """The opposite of `to_json`."""
    if field == "phases":
        return tuple(
            Phase(PhaseKind(kind), title, start, end, Source(source)) for kind, title, start, end, source in value
        )
    if field == "props":
        return tuple(PropNeed(prop, optional) for prop, optional in value)
    return tuple(value) if field == "focus" else value


def without_edit(planned: PlannedClass, field: str, found: Any, found_source: Source | None) -> PlannedClass:
    """`planned` with what the import found in place of the user's edit of `field`."""
    sources = {name: source for name, source in planned.sources.items() if name != field}
    if found_source is not None:
        sources[field] = found_source
    return replace(planned, sources=sources, **{field: from_json(field, found)})
