# SPDX-License-Identifier: GPL-3.0-or-later
"""Editing an import plan before it is accepted: pure functions from plan to plan, and the way back and forth.

Series are named by their place in the plan, classes by their place in their series. A function that has nothing
to change gives back the plan it was given, the same object. Any thread.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from player.domain.errors import UsageError
from player.domain.models import ClassVideo, FileIdentity, Source
from player.domain.plan import ImportPlan, PlannedClass, PlannedSeries
from player.domain.wishes import ClassWish, Wishes, arranged

HIGHEST_NUMBER = 99_999
_OF_THE_LIBRARY = ("title", "number", "section", "description", "phases", "props", "focus")
_SPLIT = ".set-apart"
"""Part of the folder that stands for a series the user made; no such folder exists."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class History:
    """The plan as it is now, and as it was before and after."""

    plan: ImportPlan
    before: tuple[ImportPlan, ...] = ()
    after: tuple[ImportPlan, ...] = ()

    def changed(self, plan: ImportPlan) -> History:
        """One step on; what was undone is forgotten. The same plan again is no step."""
        return self if plan is self.plan or plan == self.plan else History(plan, (*self.before, self.plan))

    def undone(self) -> History:
        """One step back, if there is one."""
        return History(self.before[-1], self.before[:-1], (self.plan, *self.after)) if self.before else self

    def redone(self) -> History:
        """One step on again, if there is one."""
        return History(self.after[0], (*self.before, self.plan), self.after[1:]) if self.after else self


@dataclass(frozen=True, slots=True)
class Base:
    """What the user begins with. `again` are the paths of further copies of classes that are shown once; `here`
    the contents that are in the library already; `left_out` those the user left out another time; `waiting` what the
    user wanted of them when an earlier import was accepted that did not come to its end."""

    plan: ImportPlan
    again: tuple[Path, ...] = ()
    here: Mapping[FileIdentity, ClassVideo] = field(default_factory=dict)
    left_out: frozenset[FileIdentity] = frozenset()
    waiting: Wishes = field(default_factory=Wishes)

    @property
    def begin(self) -> ImportPlan:
        """The plan as it is shown at first: without what was left out."""
        series = (
            _sections(replace(one, classes=classes)) if len(classes) < len(one.classes) else one
            for one in self.plan.series
            if (classes := tuple(planned for planned in one.classes if planned.identity not in self.left_out))
        )
        return replace(self.plan, series=tuple(series)) if self.left_out else self.plan


def left_out_of(base: Base, plan: ImportPlan) -> list[PlannedClass]:
    """What the user has left out of `plan`, now or another time."""
    wanted = {one.identity for series in plan.series for one in series.classes}
    return [one for series in base.plan.series for one in series.classes if one.identity not in wanted]


def base_of(
    found: ImportPlan,
    here: Mapping[FileIdentity, ClassVideo],
    left_out: Collection[Path] = frozenset(),
    waiting: Wishes | None = None,
) -> Base:
    """`found` with each content once, and with the library's own values for what is there already. `left_out` are
    files the user left out another time, `waiting` all wishes that no import has fulfilled yet."""
    seen: set[FileIdentity] = set()
    again: list[Path] = []
    series = []
    for one in found.series:
        classes = []
        for planned in one.classes:
            if planned.identity in seen:
                again.append(planned.path)
                continue
            seen.add(planned.identity)
            video = here.get(planned.identity)
            classes.append(planned if video is None else _as_in_library(planned, video))
        if classes:
            series.append(replace(one, classes=tuple(classes), title=_title_in_library(one, classes, here)))
    unwanted = (one.identity for of in series for one in of.classes if one.path in left_out)
    unwanted_now = frozenset(unwanted).difference(here)
    about = _about(series, waiting or Wishes())
    return Base(replace(found, series=tuple(series)), tuple(again), here, unwanted_now, about)


def _about(series: Iterable[PlannedSeries], wishes: Wishes) -> Wishes:
    """Those of these wishes that are about these series and their classes. What was left out is not among them."""
    found = {one.identity for of in series for one in of.classes}
    classes = {identity: wish for identity, wish in wishes.classes.items() if identity in found}
    folders = {of.folder for of in series} | {wish.series for wish in classes.values()}
    return Wishes(classes, {folder: wish for folder, wish in wishes.series.items() if folder in folders})


def _as_in_library(planned: PlannedClass, video: ClassVideo) -> PlannedClass:
    values = {name: getattr(video, name) for name in _OF_THE_LIBRARY}
    return replace(planned, sources=video.sources, **values)


def _title_in_library(
    series: PlannedSeries, classes: Iterable[PlannedClass], here: Mapping[FileIdentity, ClassVideo]
) -> str:
    """What the series is called in the library, if all that is known of it there agrees."""
    titles = {here[one.identity].series_title for one in classes if one.identity in here}
    return titles.pop() if len(titles) == 1 else series.title


# Series


def rename_series(plan: ImportPlan, index: int, title: str) -> ImportPlan:
    """Raises UsageError for a title without a word."""
    series = plan.series[index]
    title = _words(title, "A series needs a title.")
    return plan if title == series.title else _with_series(plan, index, _said(series, title=title))


def leave_out_series(plan: ImportPlan, index: int) -> ImportPlan:
    """Without this series."""
    return replace(plan, series=_without(plan.series, {index}))


def merge_series(plan: ImportPlan, index: int, into: int) -> ImportPlan:
    """Put the classes of one series behind those of another. Those without a section are in one that has the name
    of the series they came from, so that they can be told apart."""
    if index == into:
        return plan
    given, taken = plan.series[index], plan.series[into]
    added = tuple(_said(one, section=given.title) if one.section is None else one for one in given.classes)
    merged = replace(taken, classes=_by_section((*taken.classes, *added)))
    return replace(plan, series=_without(_put(plan.series, into, _sections(merged)), {index}))


def split_series(plan: ImportPlan, index: int, places: Collection[int]) -> ImportPlan:
    """Make the classes at `places` a series of their own, behind the one they were in."""
    series = plan.series[index]
    taken = tuple(one for place, one in enumerate(series.classes) if place in set(places))
    rest = tuple(one for place, one in enumerate(series.classes) if place not in set(places))
    if not taken or not rest:
        return plan
    shared = {one.section for one in taken}
    only = next(iter(shared)) if len(shared) == 1 else None
    title = only if only is not None else f"{series.title}, part 2"
    if only is not None:
        taken = tuple(_said(one, section=None) for one in taken)
    made = PlannedSeries(_own_folder(series.folder, taken[0]), title, taken, sources={"title": Source.USER})
    kept = _sections(replace(series, classes=rest))
    return replace(plan, series=(*plan.series[:index], kept, _sections(made), *plan.series[index + 1 :]))


def take_in(plan: ImportPlan, found: ImportPlan, identity: FileIdentity) -> ImportPlan:
    """Bring back what was left out, as it was found: into the series it was found in, behind the class it followed
    there, or, if that series is gone, as a series again."""
    for was in found.series:
        place = next((place for place, one in enumerate(was.classes) if one.identity == identity), None)
        if place is not None:
            break
    else:
        return plan
    before = {one.identity for one in was.classes[:place]}
    for index, series in enumerate(plan.series):
        if series.folder == was.folder:
            at = max((here + 1 for here, one in enumerate(series.classes) if one.identity in before), default=0)
            classes = (*series.classes[:at], was.classes[place], *series.classes[at:])
            return _with_classes(plan, index, _by_section(classes))
    folders = [series.folder for series in plan.series]
    earlier = {series.folder for series in found.series[: found.series.index(was)]}
    at = max((here + 1 for here, folder in enumerate(folders) if folder in earlier), default=0)
    again = _sections(replace(was, classes=(was.classes[place],)))
    return replace(plan, series=(*plan.series[:at], again, *plan.series[at:]))


def carried_over(base: Base, wishes: Wishes) -> ImportPlan:
    """What the user begins with, with all the user has already changed of an earlier reading of the same files."""
    plan = arranged(base.begin, wishes)
    series = []
    for one in plan.series:
        wish = wishes.series.get(one.folder)
        title = wish.values.get("title", one.title) if wish is not None else one.title
        classes = (_as_wished(planned, wishes.classes.get(planned.identity)) for planned in one.classes)
        series.append(_sections(replace(one, title=title, classes=tuple(classes))))
    return replace(plan, series=tuple(series), left_out=base.plan.left_out)


def _as_wished(planned: PlannedClass, wish: ClassWish | None) -> PlannedClass:
    if wish is None or not wish.values:
        return planned
    sources = {**planned.sources, **dict.fromkeys(wish.values, Source.USER)}
    return replace(planned, **wish.values, sources=sources)


# Classes


def leave_out_classes(plan: ImportPlan, index: int, places: Collection[int]) -> ImportPlan:
    """Without these classes; a series without classes goes too."""
    series = plan.series[index]
    rest = _without(series.classes, set(places))
    if not rest:
        return leave_out_series(plan, index)
    return plan if len(rest) == len(series.classes) else _with_classes(plan, index, rest)


def retitle_class(plan: ImportPlan, index: int, place: int, title: str) -> ImportPlan:
    """Raises UsageError for a title without a word."""
    return _with_class(plan, index, place, title=_words(title, "A class needs a title."))


def renumber_class(plan: ImportPlan, index: int, place: int, number: int | None) -> ImportPlan:
    """None: the class has no number. The order stays. Raises UsageError for a number no class can have."""
    if number is not None and not 0 <= number <= HIGHEST_NUMBER:
        raise UsageError(f"{number} is not a number for a class.", f"Write a number from 0 to {HIGHEST_NUMBER}.")
    return _with_class(plan, index, place, number=number)


def number_of(text: str) -> int | None:
    """The number that was typed; None for nothing. Raises UsageError."""
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(HIGHEST_NUMBER)):
        raise UsageError(f"“{text}” is not a number for a class.", f"Write a number from 0 to {HIGHEST_NUMBER}.")
    return int(text)


def put_in_section(plan: ImportPlan, index: int, places: Collection[int], section: str | None) -> ImportPlan:
    """Put these classes into a section, behind those that are in it. None or no words: into none."""
    section = " ".join((section or "").split()) or None
    series = plan.series[index]
    chosen = set(places)
    if all(series.classes[place].section == section for place in chosen):
        return plan
    moved = [_said(one, section=section) if place in chosen else one for place, one in enumerate(series.classes)]
    if any(one.section == section for one in series.classes):
        moved = [one for place, one in enumerate(moved) if place not in chosen] + [moved[p] for p in sorted(chosen)]
    return _with_classes(plan, index, _by_section(moved))


def move_classes(plan: ImportPlan, index: int, places: Collection[int], step: int) -> ImportPlan:
    """Move these classes one place up (`step` -1) or down (1). At the edge of a section they go over into the next
    one; at the edge of the series they stay."""
    classes = list(plan.series[index].classes)
    for place in sorted(places, reverse=step > 0):
        other = place + step
        if not 0 <= other < len(classes) or (other in places and classes[other].section == classes[place].section):
            continue
        if classes[other].section != classes[place].section:
            classes[place] = _said(classes[place], section=classes[other].section)
        else:
            classes[place], classes[other] = classes[other], classes[place]
    return _with_classes(plan, index, tuple(classes))


# What the functions above are made of


def _with_series(plan: ImportPlan, index: int, series: PlannedSeries) -> ImportPlan:
    return replace(plan, series=_put(plan.series, index, series))


def _with_classes(plan: ImportPlan, index: int, classes: tuple[PlannedClass, ...]) -> ImportPlan:
    if classes == plan.series[index].classes:
        return plan
    return _with_series(plan, index, _sections(replace(plan.series[index], classes=classes)))


def _with_class(plan: ImportPlan, index: int, place: int, **value: str | int | None) -> ImportPlan:
    one = plan.series[index].classes[place]
    if all(getattr(one, name) == wanted for name, wanted in value.items()):
        return plan
    return _with_classes(plan, index, _put(plan.series[index].classes, place, _said(one, **value)))


Editable = TypeVar("Editable", PlannedClass, PlannedSeries)


def _said(one: Editable, **values: str | int | None) -> Editable:
    """`one` with values the user has given."""
    sources = {**one.sources, **dict.fromkeys(values, Source.USER)}
    return replace(one, sources=sources, **values)  # type: ignore[arg-type]


def _sections(series: PlannedSeries) -> PlannedSeries:
    """The sections of a series as its classes have them."""
    used = dict.fromkeys(one.section for one in series.classes if one.section is not None)
    return replace(series, sections=tuple(used))


def _by_section(classes: Iterable[PlannedClass]) -> tuple[PlannedClass, ...]:
    """Classes of one section together, the sections in the order of their first classes."""
    blocks: dict[str | None, list[PlannedClass]] = {}
    for one in classes:
        blocks.setdefault(one.section, []).append(one)
    return tuple(one for block in blocks.values() for one in block)


def _own_folder(folder: Path, first: PlannedClass) -> Path:
    """What stands for the folder of a series that the user made: another one for each first class."""
    return folder / _SPLIT / first.identity.key


def _put(items: tuple[T, ...], place: int, item: T) -> tuple[T, ...]:
    return (*items[:place], item, *items[place + 1 :])


def _without(items: Sequence[T], places: set[int]) -> tuple[T, ...]:
    return tuple(item for place, item in enumerate(items) if place not in places)


def _words(text: str, otherwise: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise UsageError(otherwise, "Write at least one word.")
    return words
