# SPDX-License-Identifier: GPL-3.0-or-later
"""The library follows its source folders by itself: real files, a real library, a real watch."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.domain.models import ClassState, ClassVideo
from player.domain.plan import ImportReport
from player.importing.growing import Growing
from player.importing.plan import build_plan
from player.importing.vocabulary import load_vocabulary
from player.library import Library
from player.resources import resource_path
from player.system.rescans import Rescans
from player.system.watch import FolderWatch, Pace
from player.tasks.lane import Lane
from tests.media import make_clip

VOCABULARY = load_vocabulary(resource_path("vocabulary"))
PACE = Pace(gather=30, presence=40, look=100_000, slow_look=100_000)
STILL_S = 0.3
WAIT_MS = 20_000


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("clips")
    return [make_clip(folder / f"{n}.mp4", seconds=1, size=(64, 36), tags={"comment": str(n)}) for n in range(5)]


class House:
    """A library with one source folder of two classes, and its rescans."""

    def __init__(self, home: Path, clips: list[Path], qtbot: QtBot) -> None:
        self.root, self.qtbot = home / "place" / "Back Care", qtbot
        self.root.mkdir(parents=True)
        for number in (1, 2):
            shutil.copy(clips[number], self.root / f"{number}. Class about backs.mp4")
        self.library = Library.open(home / "library.sqlite")
        self.library.apply(build_plan([self.root], memory=self.library.memory(), vocabulary=VOCABULARY))
        self.lane = Lane("import")
        self.watch = FolderWatch(PACE)
        self.rescans = Rescans(self.library, self.lane, VOCABULARY, watch=self.watch, growing=Growing(STILL_S))
        self.reports: list[ImportReport] = []
        self.words: list[str] = []
        self.changes: list[None] = []
        self.rescans.rescanned.connect(self.reports.append)
        self.rescans.told.connect(self.words.append)
        self.rescans.changed.connect(lambda: self.changes.append(None))

    def start(self) -> None:
        self.rescans.start()
        self.until(lambda: len(self.reports) == 1)

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=WAIT_MS)

    def classes(self) -> list[ClassVideo]:
        return [one for series in self.library.series_list() for one in self.library.classes(series.id)]

    def states(self) -> set[ClassState]:
        return {one.state for one in self.classes()}

    def close(self) -> None:
        self.rescans.close()
        assert self.lane.close()
        self.library.close()


@pytest.fixture
def house(tmp_path: Path, clips: list[Path], qtbot: QtBot) -> Iterator[House]:
    house = House(tmp_path, clips, qtbot)
    yield house
    house.close()


def test_at_the_beginning_nothing_is_told_of_what_is_known(house: House) -> None:
    house.start()
    assert (house.reports[0].unchanged, house.words, house.changes) == (2, [], [])


def test_what_changed_while_the_program_was_away(house: House, clips: list[Path]) -> None:
    shutil.copy(clips[3], house.root / "3. Class about backs.mp4")
    house.rescans.start()
    house.until(lambda: house.words == ["1 new class was added."])
    assert len(house.classes()) == 3


def test_a_new_file_is_added_and_told(house: House, clips: list[Path]) -> None:
    house.start()
    for number in (3, 4):
        shutil.copy(clips[number], house.root / f"{number}. Class about backs.mp4")
    house.until(lambda: house.words == ["2 new classes were added."])
    assert len(house.classes()) == 4
    assert house.changes


def test_a_file_that_grows_is_taken_when_it_has_stopped(house: House, clips: list[Path]) -> None:
    """It is held back at first, and not read again and again while it grows."""
    house.start()
    data, path = clips[3].read_bytes(), house.root / "3. Class about backs.mp4"
    path.write_bytes(data[:1000])
    house.until(lambda: len(house.reports) == 2)
    assert [left.why for left in house.reports[-1].left_out] == ["still being copied or downloaded"]
    assert not house.rescans.idle
    with path.open("ab") as file:
        file.write(data[1000:])
    house.until(lambda: len(house.classes()) == 3 and house.rescans.idle)
    assert house.states() == {ClassState.READY}
    assert all(not report.problems for report in house.reports)


def test_a_drive_that_goes_and_comes_back(house: House) -> None:
    house.start()
    away = house.root.parent.with_name("away")
    house.root.parent.rename(away)
    house.until(lambda: house.states() == {ClassState.MISSING})
    assert "drive that is not connected" in house.classes()[0].state_reason
    house.until(lambda: len(house.changes) == 1)
    away.rename(house.root.parent)
    house.until(lambda: house.states() == {ClassState.READY})
    house.until(lambda: len(house.changes) == 2 and house.rescans.idle)
    assert house.words == []
    assert house.reports[-1].unchanged == 2


def test_a_removed_series_stays_removed(house: House, clips: list[Path]) -> None:
    house.start()
    house.library.remove_series(house.library.series_list()[0].id)
    shutil.copy(clips[3], house.root / "3. Class about backs.mp4")
    house.until(lambda: len(house.reports) == 2)
    assert (house.library.series_list(), house.words) == ((), [])


def test_the_users_import_comes_first(house: House, clips: list[Path]) -> None:
    """While one runs nothing is looked through; afterwards what was missed is made up for."""
    house.start()
    house.rescans.hold()
    told = threading.Event()
    house.watch.changed.connect(lambda _root: told.set())
    shutil.copy(clips[3], house.root / "3. Class about backs.mp4")
    house.until(told.is_set)
    assert (len(house.reports), house.rescans.idle) == (1, False)
    house.rescans.resume()
    house.until(lambda: len(house.classes()) == 3)


def test_a_rescan_under_way_gives_way_and_is_done_later(house: House, clips: list[Path]) -> None:
    shutil.copy(clips[3], house.root / "3. Class about backs.mp4")
    gate = threading.Event()
    house.lane.submit(gate.wait)  # the lane is busy, so what is wanted waits in it
    house.rescans.start()
    gate.set()
    house.until(lambda: not house.rescans.idle)
    house.rescans.hold()
    house.until(lambda: house.lane.idle)
    assert len(house.classes()) == 2
    house.rescans.resume()
    house.until(lambda: len(house.classes()) == 3)


def test_stopped_it_follows_no_more(house: House, clips: list[Path], qtbot: QtBot) -> None:
    house.start()
    house.rescans.stop()
    away = house.root.with_name("away")
    with qtbot.assertNotEmitted(house.rescans.rescanned, wait=200):
        house.root.rename(away)
    away.rename(house.root)
    shutil.copy(clips[3], house.root / "3. Class about backs.mp4")
    house.rescans.start()
    house.until(lambda: len(house.classes()) == 3)
