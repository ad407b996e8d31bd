# SPDX-License-Identifier: GPL-3.0-or-later
"""What the user changed of an import plan, as a value that can be kept until an import fulfils it.

A wish is about content, not about paths: a file may be renamed before it is imported. Pure values, any thread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from player.domain.models import FileIdentity, Source
from player.domain.plan import ImportPlan, LeftOut, PlannedClass, PlannedSeries

EDITABLE = ("title", "number", "section")
"""What of a class can be changed before it is in the library."""
LEFT_OUT = "You left it out when you looked the import through."


@dataclass(frozen=True, slots=True)
class ClassWish:
    """`values` are the user's own, by field. `series` is the folder of the series the class was put into; None:
    the one an import finds for it."""

    values: Mapping[str, Any] = field(default_factory=dict)
    series: Path | None = None


@dataclass(frozen=True, slots=True)
class SeriesWish:
    """`values` are the user's own, by field; `order` has the classes as the user put them, () where the import's
    order is right."""

    values: Mapping[str, Any] = field(default_factory=dict)
    order: tuple[FileIdentity, ...] = ()


@dataclass(frozen=True, slots=True)
class Wishes:
    """Everything the user wants otherwise. `left_out` are classes the user does not want, `taken_in` those that
    were left out earlier and are wanted now."""

    classes: Mapping[FileIdentity, ClassWish] = field(default_factory=dict)
    series: Mapping[Path, SeriesWish] = field(default_factory=dict)
    left_out: tuple[PlannedClass, ...] = ()
    taken_in: frozenset[FileIdentity] = frozenset()


def wishes_of(found: ImportPlan, edited: ImportPlan) -> Wishes:
    """What makes `edited`, which the user made of `found`. Identical copies count once, as their first."""
    first = _first_spots(found)
    composed = _composed(first, edited)
    classes: dict[FileIdentity, ClassWish] = {}
    for series in edited.series:
        for one in series.classes:
            _folder, was = first[one.identity]
            values = {name: getattr(one, name) for name in EDITABLE if getattr(one, name) != getattr(was, name)}
            put = series.folder if series.folder in composed else None
            if values or put is not None:
                classes[one.identity] = ClassWish(values, put)
    wanted = frozenset(one.identity for series in edited.series for one in series.classes)
    return Wishes(
        classes,
        _series_wishes(found, edited, composed),
        tuple(one for identity, (_folder, one) in first.items() if identity not in wanted),
        wanted,
    )


def asked_for(plan: ImportPlan) -> Wishes:
    """Files that were asked for by name are wanted, though they were left out another time."""
    roots = set(plan.roots)
    return Wishes(
        taken_in=frozenset(
            one.identity
            for series in plan.series
            for one in series.classes
            if not roots.isdisjoint((one.path, *(part.path for part in one.parts)))
        )
    )


def _first_spots(plan: ImportPlan) -> dict[FileIdentity, tuple[Path, PlannedClass]]:
    """Each content with the folder of the series in which the plan has it first."""
    first: dict[FileIdentity, tuple[Path, PlannedClass]] = {}
    for series in plan.series:
        for one in series.classes:
            first.setdefault(one.identity, (series.folder, one))
    return first


def _composed(first: Mapping[FileIdentity, tuple[Path, PlannedClass]], edited: ImportPlan) -> set[Path]:
    """The folders of series that got classes from another one, or gave some to one."""
    composed: set[Path] = set()
    for series in edited.series:
        for one in series.classes:
            was_in = first[one.identity][0]
            if was_in != series.folder:
                composed |= {was_in, series.folder}
    return composed


def _series_wishes(found: ImportPlan, edited: ImportPlan, composed: set[Path]) -> dict[Path, SeriesWish]:
    was = {series.folder: series for series in found.series}
    wishes = {}
    for series in edited.series:
        before = was.get(series.folder)
        values = {"title": series.title} if before is None or before.title != series.title else {}
        order: tuple[FileIdentity, ...] = ()
        if before is None or series.folder in composed or _rearranged(before, series):
            order = tuple(one.identity for one in series.classes)
        if values or order:
            wishes[series.folder] = SeriesWish(values, order)
    return wishes


def _rearranged(before: PlannedSeries, after: PlannedSeries) -> bool:
    left = {one.identity for one in after.classes}
    sections = {one.identity: one.section for one in before.classes}
    same_order = [one.identity for one in before.classes if one.identity in left] == [
        one.identity for one in after.classes
    ]
    return not same_order or any(sections.get(one.identity) != one.section for one in after.classes)


def arranged(plan: ImportPlan, wishes: Wishes) -> ImportPlan:
    """`plan` with its classes in the series and in the order the user wants, without those left out. Other values
    stay as they were found: they go beneath the user's."""
    unwanted = {one.identity for one in wishes.left_out}
    left_out: list[LeftOut] = []
    titles = {folder: wish.values.get("title") for folder, wish in wishes.series.items()}
    members: dict[Path, list[PlannedClass]] = {series.folder: [] for series in plan.series}
    for series in plan.series:
        for one in series.classes:
            if one.identity in unwanted:
                left_out.append(LeftOut(one.path, LEFT_OUT))
                continue
            wish = wishes.classes.get(one.identity)
            folder = wish.series if wish is not None and wish.series is not None else series.folder
            members.setdefault(folder, []).append(one)
    found = {series.folder: series for series in plan.series}
    series_of = [
        _with_members(found.get(folder) or _made(folder, titles.get(folder)), classes, wishes.series.get(folder))
        for folder, classes in members.items()
        if classes
    ]
    return replace(plan, series=tuple(series_of), left_out=(*plan.left_out, *left_out))


def _made(folder: Path, title: str | None) -> PlannedSeries:
    """A series that the user made."""
    return PlannedSeries(folder, title or folder.name, (), sources={"title": Source.USER})


def _with_members(series: PlannedSeries, classes: list[PlannedClass], wish: SeriesWish | None) -> PlannedSeries:
    if wish is not None and wish.order:
        places = {identity: place for place, identity in enumerate(wish.order)}
        classes = sorted(classes, key=lambda one: places.get(one.identity, len(places)))
    used = dict.fromkeys(one.section for one in classes if one.section is not None)
    known = [section for section in series.sections if section in used]
    sections = tuple(used) if wish is not None and wish.order else tuple(dict.fromkeys([*known, *used]))
    return replace(series, classes=tuple(classes), sections=sections)


def to_json(wish: ClassWish | SeriesWish) -> dict[str, Any]:
    """A wish in JSON's types, to be kept."""
    if isinstance(wish, ClassWish):
        return {"values": dict(wish.values), "series": None if wish.series is None else str(wish.series)}
    return {"values": dict(wish.values), "order": [[one.size, one.digest] for one in wish.order]}


def class_wish(kept: Mapping[str, Any]) -> ClassWish:
    """The opposite of `to_json`."""
    series = kept.get("series")
    return ClassWish(kept.get("values", {}), None if series is None else Path(series))


def series_wish(kept: Mapping[str, Any]) -> SeriesWish:
    """The opposite of `to_json`."""
    order: Sequence[tuple[int, str]] = kept.get("order", ())
    return SeriesWish(kept.get("values", {}), tuple(FileIdentity(size, digest) for size, digest in order))
