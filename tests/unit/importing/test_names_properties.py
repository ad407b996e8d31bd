# SPDX-License-Identifier: GPL-3.0-or-later
"""What must hold for any folder: more classes change nothing that was right, and no order of listing matters."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from player.importing.names import parse_names
from tests.unit.importing.folders import Folder
from tests.unit.importing.test_folders import EVERY, make, read

WORDS = ("Hips", "Feet", "Neck", "Rest", "Calm", "Arms", "Core", "Back", "Free the ribs",
         "5 Tibetan Rites", "108 Salutes", "Legs up", "10 min Reset", "Level 2 Flow", "4-7-8 Breathing")  # fmt: skip
HABITS = ("{:02d} - {}", "{}. {}", "[{}] {}", "Class {} - {}", "Day {}: {}", "S01E{:02d} {}", "Lektion {} – {}",
          "{:03d}_{}", "Course - {} - {}", "Ep. {} {}", "Week 1 Day {} - {}", "Урок {}. {}", "#{} {}",
          "L{} - {}")  # fmt: skip
LATER = ("Introduction", "Bonus - Rest", "Outro", "About this course", "Q&A", "Trailer", "20 min Reset")
values = st.lists(st.integers(0, 300), min_size=4, max_size=12, unique=True)


def of(habit: str, numbers: list[int], shift: int) -> list[str]:
    return [habit.format(value, WORDS[(value + shift) % len(WORDS)]) for value in numbers]


@given(values, st.sampled_from(HABITS), st.integers(0, 14))
def test_one_more_class_renumbers_none(numbers: list[int], habit: str, shift: int) -> None:
    names = of(habit, numbers, shift)
    before, after = parse_names(names[:-1]), parse_names(names)
    assert [name.number for name in before] == numbers[:-1]
    assert [name.number for name in after] == numbers
    assert [name.title for name in before] == [name.title for name in after[:-1]]


@given(values, st.sampled_from(HABITS), st.integers(0, 14), st.lists(st.sampled_from(LATER), unique=True, max_size=3))
def test_what_has_no_number_takes_none(numbers: list[int], habit: str, shift: int, more: list[str]) -> None:
    parsed = parse_names([*of(habit, numbers, shift), *more])
    assert [name.number for name in parsed] == numbers + [None] * len(more)


@given(values, st.sampled_from(HABITS), st.sampled_from(HABITS), st.integers(0, 12))
def test_two_habits_in_one_folder(numbers: list[int], first: str, second: str, cut: int) -> None:
    """A teacher who changed the way of naming in the middle of a series: the numbers of both are found."""
    strong = [
        habit for habit in (first, second) if habit not in ("L{} - {}", "{:03d}_{}", "Course - {} - {}", "#{} {}")
    ]
    names = [*of(first, numbers[:cut], 0), *of(second, numbers[cut:], 0)]
    parsed = parse_names(names)
    assert len({name.order for name in parsed}) == len(set(names))
    if len(strong) == 2:
        assert [name.number for name in parsed] == numbers


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(sorted(EVERY)), st.randoms(use_true_random=False))
def test_folders_in_any_order_of_listing(name: str, random: Random) -> None:
    """A folder whose files were written in another order, somewhere else, is the same series."""
    folder: Folder = EVERY[name]
    files = list(folder.files)
    random.shuffle(files)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        first = read(make(Path(one) / folder.name, list(folder.files)))
        assert first == read(make(Path(other) / "elsewhere" / folder.name, files))
        assert first == read(Path(one) / folder.name)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(exclude_characters="/\0", exclude_categories=("Cs",)), min_size=1, max_size=30),
                max_size=10), st.integers(0, 3))  # fmt: skip
def test_any_folder_can_be_read(names: list[str], depth: int) -> None:
    """Any names that a disk takes, on any level: every class once, none lost."""
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root) / "Course"
        made = set()
        for index, name in enumerate(names):
            path = folder.joinpath(*(["Week 1", "Hips", name[:20]][: index % (depth + 1)]), f"{name}.mp4")
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch()
            except OSError:
                continue
            made.add(path)
        again = [read(Path(root)) for _ in range(2)] if made and _found(Path(root)) else [{}, {}]
        assert again[0] == again[1]
        assert all(title for lines in again[0].values() for _section, _number, title in lines)


def _found(root: Path) -> bool:
    from player.importing.scan import Scan  # only to see whether anything is left after hidden and unfinished files

    return Scan().folder(root) is not None
