# SPDX-License-Identifier: GPL-3.0-or-later
"""Series the user has removed: they come back on purpose and only then. Real files, real library."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from player.domain import planning
from player.domain.planning import base_of
from player.domain.wishes import wishes_of
from player.importing.plan import build_plan
from player.importing.vocabulary import load_vocabulary
from player.importing.workers import Job, WorkerPool
from player.library import Library
from player.resources import resource_path
from tests.media import make_clip

VOCABULARY = load_vocabulary(resource_path("vocabulary"))


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("clips")
    return [make_clip(folder / f"{n}.mp4", seconds=1, size=(64, 36), tags={"comment": str(n)}) for n in range(12)]


@pytest.fixture(scope="module")
def pool(clips: list[Path]) -> Iterator[WorkerPool]:
    with WorkerPool(1) as pool:
        list(pool.run([Job(clips[0], {"do": "probe", "path": str(clips[0])})]))  # it begins its threads here
        yield pool


class Shelf:
    """A folder of classes and a library of them."""

    def __init__(self, home: Path, pool: WorkerPool, clips: list[Path]) -> None:
        self.videos, self.pool = home / "videos", pool
        self._clips = iter(clips)
        self.library = Library.open(home / "library.sqlite")

    def put(self, *names: str) -> None:
        for name in names:
            path = self.videos / f"{name}.mp4"
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(next(self._clips), path)

    def scan(self, *, automatic: bool = False) -> None:
        memory = self.library.memory()
        plan = build_plan([self.videos], vocabulary=VOCABULARY, pool=self.pool, memory=memory, automatic=automatic)
        self.library.apply(plan)

    def remove(self, title: str) -> None:
        self.library.remove_series(self.library.find_series(title).id)

    def titles(self) -> dict[str, list[str]]:
        return {
            series.title: [one.path.stem for one in self.library.classes(series.id)]
            for series in self.library.series_list()
        }


@pytest.fixture
def shelf(tmp_path: Path, pool: WorkerPool, clips: list[Path]) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path, pool, clips)
    yield shelf
    shelf.library.close()


@pytest.mark.parametrize("rescans_between", [False, True])
@pytest.mark.parametrize("folder_changes", [False, True])
def test_a_series_the_user_has_made_comes_back(shelf: Shelf, rescans_between: bool, folder_changes: bool) -> None:
    shelf.put(*(f"Year/{n} Class {n}" for n in range(1, 5)))
    found = build_plan([shelf.videos], known={}, vocabulary=VOCABULARY, pool=shelf.pool)
    begin = base_of(found, {}).begin
    edited = planning.rename_series(planning.split_series(begin, 0, {2, 3}), 1, "Autumn")
    shelf.library.accept(found, wishes_of(begin, edited))
    shelf.scan()
    before = shelf.titles()
    assert before.keys() == {"Year", "Autumn"}
    shelf.remove("Autumn")
    if folder_changes:
        (shelf.videos / "Year" / "notes.md").write_text("x")
    if rescans_between:
        shelf.scan(automatic=True)
        assert shelf.titles().keys() == {"Year"}
    shelf.scan()
    assert shelf.titles() == before


def test_what_was_removed_stays_away_when_its_folders_are_grouped_anew(shelf: Shelf) -> None:
    shelf.put(*(f"Course/Week {week}/{n} Class {n}" for week in (1, 2) for n in (1, 2)))
    shelf.scan()
    for title in list(shelf.titles()):
        shelf.remove(title)
    shelf.put(*(f"Course/{name}/{n} {name} {n}" for name in ("Foo", "Bar", "Baz") for n in (1, 2)))
    for _ in range(2):
        shelf.scan(automatic=True)
        there = [name for names in shelf.titles().values() for name in names]
        assert len(there) == 6
        assert not any("Class" in name for name in there)
    shelf.scan()
    assert sum(map(len, shelf.titles().values())) == 10


def test_a_removed_series_whose_folder_is_renamed_stays_away_with_what_is_new_in_it(shelf: Shelf) -> None:
    shelf.put("Back/1 Class 1", "Back/2 Class 2")
    shelf.scan()
    shelf.remove("Back")
    (shelf.videos / "Back").rename(shelf.videos / "Backs")
    shelf.scan(automatic=True)
    shelf.put("Backs/3 Class 3")
    shelf.scan(automatic=True)
    assert shelf.titles() == {}
    shelf.scan()
    assert shelf.titles() == {"Backs": ["1 Class 1", "2 Class 2", "3 Class 3"]}
