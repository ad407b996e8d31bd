# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers and titles from whole folders of names."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.importing.chapter_files import ChapterFile, split_into_chapters
from player.importing.name_text import clean
from player.importing.names import parse_names
from player.importing.natural import natural_key
from player.importing.runs import runs_of


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


@given(st.lists(names_of_files, max_size=8, unique=True), st.randoms(use_true_random=False))
def test_order_does_not_depend_on_the_order_given(names: list[str], random: Random) -> None:
    """The same folder read twice, its files listed in another order: the same numbers, titles and order."""
    turned = list(names)
    random.shuffle(turned)
    first = {name.raw: name for name in parse_names(names, "Course")}
    second = {name.raw: name for name in parse_names(turned, "Course")}
    assert first == second
    assert len({name.order for name in first.values()}) == len(names)


@given(st.lists(names_of_files, max_size=8, unique=True))
def test_rows_and_splits_of_any_names(names: list[str]) -> None:
    assert len(runs_of(names, "Course")) == len(names)
    for split in split_into_chapters(names, "Course", is_phase=lambda title: "e" in title):
        indexes = [file.index for file in split.files]
        assert len(set(indexes)) == len(indexes) >= 2
        assert set(indexes) <= set(range(len(names)))


@given(
    st.lists(st.integers(0, 400), min_size=3, max_size=8, unique=True),
    st.sampled_from(["{} - {}", "{}. {}", "[{}] {}", "Class {} - {}", "Day {}: {}", "S01E{} {}", "Lektion {} – {}"]),
)
def test_any_numbers_in_order(values: list[int], pattern: str) -> None:
    """What ever the numbers, they are found and 10 comes after 9."""
    words = ["Hips", "Feet", "Neck", "Rest", "Calm", "Arms", "Core", "Back"]
    parsed = parse_names([pattern.format(value, word) for value, word in zip(values, words, strict=False)])
    assert [name.number for name in parsed] == values
    ordered = sorted(parsed, key=lambda name: name.order)
    assert [name.number for name in ordered] == sorted(values)


@pytest.mark.parametrize("count", [1, 40, 120])
def test_long_names_take_no_time(count: int) -> None:
    for piece in ("1-", "a1 ", "(", "part ", "x264.", "2020-", "I", " - ", "[", "十"):
        parse_names([piece * count, piece * count + "b", "c"])


@pytest.mark.parametrize(
    ("stem", "title"),
    [
        ("VID_20230105_101500", "2023-01-05 10:15"),
        ("GX010012", "GoPro 0012"),
        ("IMG_1234", "IMG 1234"),
        ("Screen Recording 2023-01-05 at 10.15.00", "2023-01-05 10:15"),
        ("WhatsApp Video 2023-01-05 at 10.15.00 PM", "2023-01-05 22:15"),
    ],
)
def test_cameras_number_nothing(stem: str, title: str) -> None:
    (parsed,) = parse_names([stem])
    assert (parsed.number, parsed.title) == (None, title)


def test_pieces_of_classes() -> None:
    names = [
        "Class 3 - 001 Arrive [dQw4w9WgXcQ]",
        "Class 3 - 002 Breath [dQw4w9WgXcQ]",
        "Class 3 [dQw4w9WgXcQ]",
        "Feet",
    ]
    (split,) = split_into_chapters(names)
    assert (split.title, split.whole, split.sure) == ("Class 3", 2, True)
    assert split.files == (ChapterFile(0, "Arrive"), ChapterFile(1, "Breath"))


def test_pieces_that_a_camera_or_a_disc_cut() -> None:
    splits = split_into_chapters(["GX010012", "GX020012", "GX010013", "Class 4 cd1", "Class 4 cd2"])
    assert [(split.title, [file.index for file in split.files]) for split in splits] == [
        ("Class 4", [3, 4]), ("GoPro 0012", [0, 1]),
    ]  # fmt: skip


def test_a_folder_of_phases() -> None:
    words = {"Arrive", "Breath", "Final rest", "Hips"}
    names = ["1 Arrive", "2 Breath", "10 Final rest", "3 Hips"]
    (split,) = split_into_chapters(names, "Class 7 - Neck", is_phase=words.__contains__)
    assert (split.title, [file.title for file in split.files]) == (
        "Class 7 - Neck", ["Arrive", "Breath", "Hips", "Final rest"],
    )  # fmt: skip
    assert not split.sure
    assert split_into_chapters(names, "Course", is_phase=words.__contains__, durations_ms=[3_600_000] * 4) == ()
    assert split_into_chapters(["1 Arrive", "2 Feet", "3 Neck", "4 Arms"], is_phase=words.__contains__) == ()


def test_classes_are_no_pieces() -> None:
    assert split_into_chapters(["Course - 01 Hips", "Course - 02 Feet", "Course - 03 Neck"]) == ()
    assert split_into_chapters(["1. Hips", "2. Feet"]) == ()
