# SPDX-License-Identifier: GPL-3.0-or-later
"""Editing a plan: what each step makes of it, and the way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.domain import planning
from player.domain.errors import UsageError
from player.domain.media import MediaFacts, MediaFormat
from player.domain.models import FileIdentity, Source
from player.domain.plan import ImportPlan, PlannedClass, PlannedSeries
from player.domain.planning import History
from player.domain.wishes import arranged, class_wish, series_wish, to_json, wishes_of

ROOT = Path("/classes")


def one(folder: Path, number: int, section: str | None = None) -> PlannedClass:
    return PlannedClass(
        path=folder / f"{number}.mp4",
        identity=FileIdentity(number, folder.name),
        modified_ns=1,
        raw_name=f"{number}.mp4",
        title=f"Class {number}",
        number=number,
        section=section,
        duration_ms=60_000,
        format=MediaFormat.MP4,
        facts=MediaFacts(),
        sources={"title": Source.FILE_NAME},
    )


def made(name: str, count: int, sections: tuple[str, ...] = ()) -> PlannedSeries:
    folder = ROOT / name
    per = max(1, count // len(sections)) if sections else count
    classes = tuple(
        one(folder, n + 1, sections[min(n // per, len(sections) - 1)] if sections else None) for n in range(count)
    )
    return PlannedSeries(folder, name, classes, sections=sections)


def plan_of(*series: PlannedSeries) -> ImportPlan:
    return ImportPlan((ROOT,), series)


def titles(plan: ImportPlan) -> list[list[str]]:
    return [[one.title for one in series.classes] for series in plan.series]


def test_a_series_gets_another_title() -> None:
    plan = planning.rename_series(plan_of(made("Back", 2)), 0, "  Soft   back ")
    assert plan.series[0].title == "Soft back"
    assert plan.series[0].sources["title"] is Source.USER
    with pytest.raises(UsageError):
        planning.rename_series(plan, 0, " ")


def test_two_series_become_one_and_the_second_a_section() -> None:
    plan = planning.merge_series(plan_of(made("Back", 2), made("Extras", 2)), 1, 0)
    assert len(plan.series) == 1
    assert [one.section for one in plan.series[0].classes] == [None, None, "Extras", "Extras"]
    assert plan.series[0].sections == ("Extras",)


def test_a_series_is_merged_into_one_behind_it() -> None:
    plan = planning.merge_series(plan_of(made("A", 1), made("B", 1), made("C", 1)), 0, 2)
    assert [series.title for series in plan.series] == ["B", "C"]
    assert len(plan.series[1].classes) == 2


def test_a_section_becomes_a_series_with_its_name() -> None:
    plan = planning.split_series(plan_of(made("Year", 4, ("Spring", "Autumn"))), 0, {2, 3})
    assert [series.title for series in plan.series] == ["Year", "Autumn"]
    assert plan.series[0].sections == ("Spring",)
    assert [one.section for one in plan.series[1].classes] == [None, None]
    assert plan.series[1].folder != plan.series[0].folder


def test_all_or_nothing_is_no_split() -> None:
    plan = plan_of(made("Back", 2))
    assert planning.split_series(plan, 0, set()) is plan
    assert planning.split_series(plan, 0, {0, 1}) is plan


def test_what_is_left_out_is_gone_and_the_last_class_takes_its_series_with_it() -> None:
    plan = planning.leave_out_classes(plan_of(made("Back", 3), made("Hips", 1)), 0, {0, 2})
    assert titles(plan) == [["Class 2"], ["Class 1"]]
    assert titles(planning.leave_out_classes(plan, 0, {0})) == [["Class 1"]]


def test_a_class_changes_its_words() -> None:
    plan = planning.retitle_class(plan_of(made("Back", 2)), 0, 1, "Ribs")
    plan = planning.renumber_class(plan, 0, 1, 14)
    changed = plan.series[0].classes[1]
    assert (changed.title, changed.number) == ("Ribs", 14)
    assert changed.sources == {"title": Source.USER, "number": Source.USER}
    assert planning.retitle_class(plan, 0, 1, "Ribs") is plan
    with pytest.raises(UsageError):
        planning.renumber_class(plan, 0, 1, -1)


@pytest.mark.parametrize(("text", "number"), [("", None), (" 7 ", 7), ("007", 7), ("0", 0)])
def test_numbers_as_they_are_typed(text: str, number: int | None) -> None:
    assert planning.number_of(text) == number


@pytest.mark.parametrize("text", ["seven", "-1", "1.5", "١", "1234567"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(UsageError):
        planning.number_of(text)


def test_a_section_keeps_its_classes_together() -> None:
    plan = plan_of(made("Year", 4, ("Spring", "Autumn")))
    moved = planning.put_in_section(plan, 0, {0}, "Autumn")
    assert [(one.number, one.section) for one in moved.series[0].classes] == [
        (2, "Spring"),
        (3, "Autumn"),
        (4, "Autumn"),
        (1, "Autumn"),
    ]
    named = planning.put_in_section(plan, 0, {0, 1}, "March")
    assert named.series[0].sections == ("March", "Autumn")


def test_moving_goes_over_the_edge_of_a_section_first() -> None:
    plan = plan_of(made("Year", 4, ("Spring", "Autumn")))
    once = planning.move_classes(plan, 0, {2}, -1)
    assert [(one.number, one.section) for one in once.series[0].classes][2] == (3, "Spring")
    twice = planning.move_classes(once, 0, {2}, -1)
    assert [one.number for one in twice.series[0].classes] == [1, 3, 2, 4]
    assert planning.move_classes(plan, 0, {0}, -1) is plan


def test_undo_and_redo() -> None:
    first = plan_of(made("Back", 2))
    history = History(first)
    second = planning.rename_series(first, 0, "Ribs")
    history = history.changed(second).changed(second)
    assert history.undone().plan is first
    assert history.undone().undone().plan is first
    assert history.undone().redone().plan is second
    assert history.undone().changed(planning.rename_series(first, 0, "Neck")).after == ()


def test_copies_are_shown_once() -> None:
    series = made("Back", 1)
    copy = PlannedSeries(ROOT / "Copy", "Copy", (series.classes[0],))
    base = planning.base_of(plan_of(series, copy), {})
    assert len(base.plan.series) == 1
    assert base.again == (series.classes[0].path,)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["rename", "merge", "split", "leave", "title", "number", "section", "up", "down"]),
        st.integers(0, 5),
        st.sets(st.integers(0, 5), min_size=1, max_size=3),
        st.integers(0, 5),
    ),
    max_size=8,
)


def take(plan: ImportPlan, step: tuple[str, int, set[int], int]) -> ImportPlan:
    what, which, places, more = step
    if not plan.series:
        return plan
    index = which % len(plan.series)
    places = {place % len(plan.series[index].classes) for place in places}
    place = min(places)
    match what:
        case "rename":
            return planning.rename_series(plan, index, f"Series {more}")
        case "merge":
            return planning.merge_series(plan, index, more % len(plan.series))
        case "split":
            return planning.split_series(plan, index, places)
        case "leave":
            return planning.leave_out_classes(plan, index, places)
        case "title":
            return planning.retitle_class(plan, index, place, f"Title {more}")
        case "number":
            return planning.renumber_class(plan, index, place, more or None)
        case "section":
            return planning.put_in_section(plan, index, places, f"Week {more}" if more else None)
    return planning.move_classes(plan, index, places, -1 if what == "up" else 1)


@given(STEPS)
def test_any_steps_leave_a_plan_that_holds_together_and_wishes_that_say_it(
    steps: list[tuple[str, int, set[int], int]],
) -> None:
    found = plan_of(made("A", 4, ("One", "Two")), made("B", 3), made("C", 1))
    history = History(found)
    for step in steps:
        history = history.changed(take(history.plan, step))
    plan = history.plan
    identities = [one.identity for series in plan.series for one in series.classes]
    assert len(set(identities)) == len(identities)
    assert all(series.classes for series in plan.series)
    wishes = wishes_of(found, plan)
    again = arranged(found, wishes)
    by_folder = {series.folder: [one.identity for one in series.classes] for series in again.series}
    assert by_folder == {series.folder: [one.identity for one in series.classes] for series in plan.series}
    assert all(class_wish(to_json(wish)) == wish for wish in wishes.classes.values())
    assert all(series_wish(to_json(wish)) == wish for wish in wishes.series.values())
    for _ in history.before:
        history = history.undone()
    assert history.plan is found
