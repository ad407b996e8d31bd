# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the library takes with 10 000 classes. Figures are printed; only their growth is asserted."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from player.domain.models import ClassId, FileIdentity
from player.domain.plan import ImportPlan, PlannedClass, PlannedSeries
from player.library import Library
from tests.unit.library.shelf import plan_class, write

SERIES = 400
CLASSES_EACH = 25
BLINK_S = 0.3
"""What a person takes for at once, with room for a slow machine."""


def timed(label: str, work: Callable[[], object], times: int = 1) -> float:
    """The best of `times`, in seconds; printed."""
    best = float("inf")
    for _ in range(times):
        begin = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begin)
    print(f"{label:<44}{best * 1000:9.1f} ms")
    return best


def big_plan(folder: Path) -> ImportPlan:
    """A plan of files that need not exist: nothing here looks at them."""
    pattern = plan_class(write(folder / "1. Class.mp4", "one"))

    def planned(series: int, number: int) -> PlannedClass:
        path = folder / f"Series {series}" / f"{number}. Class {number} of {series}.mp4"
        identity = FileIdentity(1_000_000 + number, f"{series:016x}{number:016x}")
        return replace(pattern, path=path, identity=identity, number=number, title=path.stem, raw_name=path.stem)

    return ImportPlan(
        (folder,),
        tuple(
            PlannedSeries(
                folder / f"Series {series}",
                f"Series {series}",
                tuple(planned(series, number) for number in range(1, CLASSES_EACH + 1)),
            )
            for series in range(SERIES)
        ),
    )


@pytest.mark.bench
def test_ten_thousand_classes(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    plan = big_plan(tmp_path / "videos")
    timed("make a new library", lambda: Library.open(path).close())
    library = Library.open(path)
    timed("apply 10 000 classes", lambda: library.apply(plan))
    timed("apply them again, unchanged", lambda: library.apply(plan))
    known = timed("known files", library.known_files, 3)
    library.close()

    timed("open", lambda: Library.open(path).close(), 3)
    library = Library.open(path)
    listed = timed("list the series", library.series_list, 5)
    series = library.series_list()[0]
    opened = timed("classes of one series", lambda: library.classes(series.id), 5)
    one = timed("one class", lambda: library.class_video(ClassId(5000)), 5)
    saved = timed("save a position", lambda: library.save_position(ClassId(5000), 61_000), 20)
    timed("check", library.check)
    count = len(library.series_list())
    library.close()
    assert count == SERIES
    assert max(listed, opened, one, saved) < BLINK_S
    assert known < 10 * BLINK_S
