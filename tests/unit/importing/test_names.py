# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers and titles from whole folders of names."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.importing.name_text import clean
from player.importing.names import parse_names
from player.importing.natural import natural_key

NUMBERS_RIGHT = 0.92
"""Share of the numbers stated in names.tsv that must be found (the rest are other people's puzzles)."""


def numbers(*names: str, series: str = "") -> list[int | None]:
    return [name.number for name in parse_names(names, series)]


def titles(*names: str, series: str = "") -> list[str]:
    return [name.title for name in parse_names(names, series)]


@pytest.mark.parametrize(
    ("name", "number", "title"),
    [
        ("13. Mid Back Release - Free Your Neck", 13, "Mid Back Release - Free Your Neck"),
        ("13 - Mid Back Release", 13, "Mid Back Release"),
        ("13_Mid_Back_Release", 13, "Mid Back Release"),
        ("[13] Mid Back Release", 13, "Mid Back Release"),
        ("(13) Mid Back Release", 13, "Mid Back Release"),
        ("13) Mid Back Release", 13, "Mid Back Release"),
        ("00 - Introduction", 0, "Introduction"),
        ("S01E13 - Mid Back Release", 13, "Mid Back Release"),
        ("Welcome to Your Body S01E13 Mid Back Release", 13, "Mid Back Release"),
        ("2-13 Mid Back Release", 13, "Mid Back Release"),
        ("Mid Back Release-e13", 13, "Mid Back Release"),
        ("Day 3 - Hips", 3, "Hips"),
        ("Tag 3 - Hüfte", 3, "Hüfte"),
        ("Lección 4: Cadera", 4, "Cadera"),
        ("Leçon 4 - Hanches", 4, "Hanches"),
        ("Lezione 4 Anche", 4, "Anche"),
        ("Les 4 - Heupen", 4, "Heupen"),
        ("Lekcja 4 - Biodra", 4, "Biodra"),
        ("Teil 2", 2, "Teil 2"),
        ("Week 2 Day 3 - Hips", 3, "Week 2 – Hips"),
        ("Class #7 Feet", 7, "Feet"),
        ("Session two - Feet", 2, "Feet"),
        ("Meditation for Sleep (Day 26 of 30)", 26, "Meditation for Sleep"),
        ("10-Minute Balance", None, "10-Minute Balance"),
        ("20 min Calm", None, "20 min Calm"),
        ("7 Day Retreat - Welcome", None, "7 Day Retreat - Welcome"),
        ("3D Hip Mobility", None, "3D Hip Mobility"),
        ("8' Breath", None, "8' Breath"),
        ("Live 2024-05-17", None, "Live 2024-05-17"),
        ("13. Mid Back Release： Free Your Neck [dQw4w9WgXcQ]", 13, "Mid Back Release: Free Your Neck"),
        ("13 - Mid Back Release (1080p)", 13, "Mid Back Release"),
        ("13.Mid.Back.Release.1080p.WEB-DL.x264-GRP", 13, "Mid Back Release"),
        ("１３． Mid Back", 13, "Mid Back"),
        ("02", 2, "02"),
    ],
)
def test_one_name(name: str, number: int | None, title: str) -> None:
    (parsed,) = parse_names([name])
    assert (parsed.number, parsed.title, parsed.raw) == (number, title, name)


def test_the_column_that_tells_classes_apart() -> None:
    assert numbers("Yoga 30 Days 1 Arrive", "Yoga 30 Days 2 Breathe", "Yoga 30 Days 10 Rest") == [1, 2, 10]
    assert numbers("Level 1 - 4 Hips", "Level 1 - 5 Feet", "Level 1 - 6 Neck") == [4, 5, 6]


def test_a_constant_number_belongs_to_the_series() -> None:
    assert numbers("Part 1 Hips", "Part 1 Feet", "Part 1 Neck") == [None, None, None]
    assert numbers("Yoga 108 - Feet", "Yoga 108 - Neck", "Yoga 108 - Hips") == [None, None, None]


def test_durations_are_no_numbers() -> None:
    assert numbers("15 min Hips", "20 min Feet", "25 min Neck") == [None, None, None]
    assert numbers("1 - 15 min Hips", "2 - 20 min Feet", "3 - 15 min Neck") == [1, 2, 3]


def test_the_series_name_is_not_part_of_the_title() -> None:
    names = [f"Welcome to Your Body - {n:02d} - {title}" for n, title in ((1, "Hips"), (2, "Feet"), (13, "Neck"))]
    assert titles(*names) == ["Hips", "Feet", "Neck"]
    assert titles("Welcome to Your Body 13 Neck", series="Welcome to Your Body") == ["Neck"]


def test_a_studio_in_all_names_is_left_out() -> None:
    assert titles("Hips | Studio A", "Feet | Studio A", "Neck | Studio A") == ["Hips", "Feet", "Neck"]


def test_wavering_spelling() -> None:
    assert numbers("QUARANTINE yoga day 7", "Quarantine yoga day 8", "Quarantine Yoga - Day 9 - Rest") == [7, 8, 9]


def test_playing_order() -> None:
    names = parse_names(["10 Rest", "9 Neck", "Introduction", "1 Feet", "Bonus"])
    assert [name.raw for name in sorted(names, key=lambda name: name.order)] == [
        "Introduction", "1 Feet", "9 Neck", "10 Rest", "Bonus",
    ]  # fmt: skip


@pytest.mark.corpus
def test_real_names(corpus: Path) -> None:
    """The numbers of the collection of real names, each channel read as one folder."""
    with (corpus / "names" / "names.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    folders: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        if row["kind"] == "file" and row["number"] and "not a class" not in row["note"]:
            folders[row["origin"] if "youtube" in row["origin"] else row["id"]].append(row)
    right, wrong, judged_wrong = 0, [], []
    for folder in folders.values():
        stems = [re.sub(r"\.(mp4|mkv|avi)$", "", row["name"].rsplit("/", 1)[-1]) for row in folder]
        above = folder[0]["name"].split("/")[-2] if "/" in folder[0]["name"] else ""
        for row, parsed in zip(folder, parse_names(stems, above), strict=True):
            if parsed.number == (None if row["number"] == "-" else int(row["number"])):
                right += 1
                continue
            wrong.append((row["name"], parsed.number))
            judged_wrong += [row["name"]] if row["basis"] == "judged" else []
    assert right / (right + len(wrong)) >= NUMBERS_RIGHT, wrong
    assert not judged_wrong, "names of real classes"


names_of_files = st.text(
    st.one_of(st.characters(exclude_characters="/\0"), st.sampled_from("0123456789 -_.[]()#:|Eexs")), max_size=40
)


@given(st.lists(names_of_files, max_size=8))
def test_any_names_can_be_read(names: list[str]) -> None:
    parsed = parse_names(names)
    assert [name.raw for name in parsed] == names
    for name in parsed:
        assert name.title or not name.raw.strip()
        assert name.number is None or 0 <= name.number <= 9999
    ordered = sorted(parsed, key=lambda name: name.order)
    turned = list(parsed)
    turned.reverse()
    backwards = sorted(turned, key=lambda name: name.order)
    assert [name.raw for name in ordered] == [name.raw for name in backwards]


@given(names_of_files)
def test_cleaning_ends(name: str) -> None:
    assert clean(name) or not name.strip()


@given(st.lists(st.text(max_size=12), min_size=2, max_size=6))
def test_natural_order_is_total(texts: list[str]) -> None:
    turned = list(texts)
    turned.reverse()
    assert sorted(texts, key=natural_key) == sorted(turned, key=natural_key)


def test_natural_order() -> None:
    names = ["10 b", "9 a", "1 z", "01 a", "Émile", "emil", "Zoe"]
    assert sorted(names, key=natural_key) == ["01 a", "1 z", "9 a", "10 b", "emil", "Émile", "Zoe"]
