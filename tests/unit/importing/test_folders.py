# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole folders as people have them: which series and sections they are, in which order, under which titles."""

from __future__ import annotations

from pathlib import Path

import pytest

from player.importing.grouping import group
from player.importing.naming import names_of
from player.importing.scan import Scan
from tests.unit.importing.folders import FOLDERS, Folder, Line
from tests.unit.importing.folders_from_sources import FROM_SOURCES
from tests.unit.importing.folders_in_sections import IN_SECTIONS
from tests.unit.importing.folders_of_many_habits import OF_MANY_HABITS
from tests.unit.importing.folders_of_people import OF_PEOPLE

EVERY = {**FOLDERS, **IN_SECTIONS, **FROM_SOURCES, **OF_PEOPLE, **OF_MANY_HABITS}


def read(folder: Path) -> dict[str, list[Line]]:
    """The series in a folder: (section, number, title) of each class in playing order."""
    found = Scan().folder(folder)
    assert found is not None
    series: dict[str, list[Line]] = {}
    for one in group(found):
        names = names_of(one)
        lines = series.setdefault(one.title, [])
        for part in one.parts:
            parsed = sorted((names[file.path] for file in part.media), key=lambda name: name.order)
            lines += [(part.section, name.number, name.title) for name in parsed]
    return series


def make(folder: Path, files: list[str]) -> Path:
    for name in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return folder


@pytest.mark.parametrize("folder", EVERY.values(), ids=EVERY.keys())
def test_a_folder(tmp_path: Path, folder: Folder) -> None:
    make(tmp_path / folder.name, folder.files)
    (lines,) = read(tmp_path / folder.name).values()
    assert lines == folder.expected


def test_a_library_of_several_habits(tmp_path: Path) -> None:
    make(tmp_path, ["Hips/1. a.mp4", "Hips/2. b.mp4", "Breath/Lesson 1.mp4", "Breath/Lesson 2.mp4",
                    "Live/2023-01-05.mp4", "Course/Week 1/1 x.mp4", "Course/Week 2/1 y.mp4"])  # fmt: skip
    series = read(tmp_path)
    assert sorted(series) == ["Breath", "Course", "Hips", "Live"]
    assert [line[0] for line in series["Course"]] == ["Week 1", "Week 2"]


def test_numbers_that_run_on_make_one_series(tmp_path: Path) -> None:
    make(tmp_path / "Course", ["Breath/01 a.mp4", "Breath/02 b.mp4", "Hips/03 c.mp4", "Hips/04 d.mp4"])
    assert read(tmp_path / "Course") == {
        "Course": [("Breath", 1, "a"), ("Breath", 2, "b"), ("Hips", 3, "c"), ("Hips", 4, "d")]
    }


def test_numbers_that_begin_anew_under_plain_names_are_series(tmp_path: Path) -> None:
    make(tmp_path / "Shelf", ["Breath/01 a.mp4", "Breath/02 b.mp4", "Hips/01 c.mp4", "Hips/02 d.mp4"])
    assert sorted(read(tmp_path / "Shelf")) == ["Breath", "Hips"]


def test_a_loose_file_does_not_join_the_series_of_a_shelf(tmp_path: Path) -> None:
    make(tmp_path / "Shelf", ["holiday.mp4", "Breath/01 a.mp4", "Breath/02 b.mp4", "Hips/01 c.mp4", "Hips/02 d.mp4"])
    assert read(tmp_path / "Shelf")["Shelf"] == [(None, None, "holiday")]
    assert sorted(read(tmp_path / "Shelf")) == ["Breath", "Hips", "Shelf"]


def test_durations_make_no_sections(tmp_path: Path) -> None:
    make(tmp_path / "Shelf", ["30 Day Reset/1.mp4", "30 Day Reset/2.mp4", "5 Minute Yoga/1.mp4", "5 Minute Yoga/2.mp4"])
    assert sorted(read(tmp_path / "Shelf")) == ["30 Day Reset", "5 Minute Yoga"]


def test_seasons_side_by_side_are_one_series(tmp_path: Path) -> None:
    make(tmp_path / "Shelf", ["Anna Season 1/01 a.mp4", "Anna Season 1/02 b.mp4", "Anna Season 2/01 c.mp4"])
    assert read(tmp_path / "Shelf") == {"Anna": [("Season 1", 1, "a"), ("Season 1", 2, "b"), ("Season 2", 1, "c")]}


def test_a_lone_season_is_a_series_of_its_own(tmp_path: Path) -> None:
    make(tmp_path / "Shelf", [f"Soft.Yoga.S01.1080p/Soft.Yoga.S01E0{end}.mkv" for end in ("1.Hips", "2.Feet")])
    assert read(tmp_path / "Shelf") == {"Soft Yoga S01": [(None, 1, "Hips"), (None, 2, "Feet")]}


def test_levels_are_sections_from_easy_to_hard(tmp_path: Path) -> None:
    make(tmp_path / "Yoga", ["Advanced/1 a.mp4", "Beginner/1 b.mp4", "Intermediate/1 c.mp4"])
    assert [line[0] for line in read(tmp_path / "Yoga")["Yoga"]] == ["Beginner", "Intermediate", "Advanced"]
