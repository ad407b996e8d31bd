# SPDX-License-Identifier: GPL-3.0-or-later
"""What is missing is made in the background: in the right order, not while a class plays, and not twice."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from typing_extensions import override

from player.domain.media import MediaFacts, MediaFormat, MediaSource
from player.domain.models import ClassVideo, FileIdentity, SeriesId
from player.domain.plan import ImportPlan, PlannedClass, PlannedSeries
from player.domain.progress import CancelToken
from player.importing.picture_cache import DEFAULT_LIMIT_BYTES
from player.importing.picture_shelf import picture_of_class
from player.importing.pictures import Made, PictureSource
from player.importing.strip_file import pack_strip
from player.library import Library
from player.tasks.lane import Lane
from player.ui.picture_sweep import PictureSweep
from player.ui.pictures import Pictures
from tests.ui.conftest import PaintedPictures

SIZE = QSize(104, 60)


class Diary(PaintedPictures):
    """Makes painted pictures and writes down which, in order. While `gate` is closed, strips take for ever."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.gate = threading.Event()
        self.gate.set()
        self.gentle: list[bool] = []
        self.begun = 0

    @override
    def picture(self, source: PictureSource, width: int, *, cancel: CancelToken | None = None) -> Made:
        assert source.media is not None
        made = super().picture(source, width, cancel=cancel)
        self.lines.append(f"picture {source.media.stem}")
        return made

    @override
    def strip(
        self,
        source: MediaSource,
        *,
        gentle: bool = False,
        cancel: CancelToken | None = None,
    ) -> Made:
        self.begun += 1
        while not self.gate.wait(0.005):
            if cancel is not None:
                cancel.raise_if_cancelled()
        self.lines.append(f"strip {source.path.stem}")
        self.gentle.append(gentle)
        return Made(pack_strip([(0, super().picture(PictureSource(source.path, source.format), 32).data or b"")]))


class Bench:
    """A library of two series with three classes each, and everything that makes pictures of them."""

    def __init__(self, folder: Path, library: Library, limit_bytes: int = DEFAULT_LIMIT_BYTES) -> None:
        self.lanes = [Lane(name) for name in ("library", "load", "make", "background")]
        self.diary = Diary()
        self.library = library
        self.pictures = Pictures(
            folder / "pictures", self.lanes[1], self.lanes[2], maker=PaintedPictures(), limit_bytes=limit_bytes
        )
        self.sweep = PictureSweep(self.pictures, self.lanes[3], library, self.lanes[0], maker=self.diary)

    def run(self, qtbot: QtBot) -> list[str]:
        """Look through the library to the end; what was made."""
        with qtbot.waitSignal(self.sweep.idle, timeout=10_000):
            self.sweep.look_through()
        return self.diary.lines

    def series(self, title: str) -> SeriesId:
        return self.library.find_series(title).id

    def classes(self, title: str) -> tuple[ClassVideo, ...]:
        return self.library.classes(self.series(title))

    def close(self) -> None:
        self.sweep.close()
        self.pictures.close()
        begun_s = time.monotonic()
        for lane in reversed(self.lanes):
            assert lane.close()
        assert time.monotonic() - begun_s < 2, "quitting waits for no picture"


@pytest.fixture
def filled(library: Library, tmp_path: Path) -> Library:
    plans = []
    for number, title in enumerate(("Alpha", "Beta")):
        folder = tmp_path / title
        folder.mkdir()
        plans.append(PlannedSeries(folder, title, tuple(_planned(folder, 10 * number + at) for at in range(3))))
    library.apply(ImportPlan((tmp_path,), tuple(plans)))
    return library


def _planned(folder: Path, number: int) -> PlannedClass:
    path = folder / f"{folder.name[0]}{number % 10}.mp4"
    path.write_bytes(b"x")
    return PlannedClass(
        path=path,
        identity=FileIdentity(number + 1, f"{number:032x}"),
        modified_ns=path.stat().st_mtime_ns,
        raw_name=path.name,
        title=path.stem,
        number=number,
        section=None,
        duration_ms=60_000,
        format=MediaFormat.MP4,
        facts=MediaFacts(has_video=True, width=64, height=36),
    )


@pytest.fixture
def bench(qapp: QApplication, tmp_path: Path, filled: Library) -> Iterator[Bench]:
    made = Bench(tmp_path, filled)
    yield made
    made.close()


ALL = [f"{kind} {series}{number}" for kind in ("picture", "strip") for series in "AB" for number in range(3)]


def test_pictures_of_all_before_strips_of_all(qtbot: QtBot, bench: Bench) -> None:
    assert bench.run(qtbot) == ALL


def test_a_restart_goes_on_where_it_was(qtbot: QtBot, tmp_path: Path, filled: Library) -> None:
    first = Bench(tmp_path, filled)
    first.diary.gate.clear()
    first.sweep.look_through()
    qtbot.waitUntil(lambda: first.diary.begun > 0)
    first.close()
    assert first.diary.lines == ALL[:6]
    second = Bench(tmp_path, filled)
    assert second.run(qtbot) == ALL[6:]
    second.close()
    third = Bench(tmp_path, filled)
    assert third.run(qtbot) == []
    third.close()


def test_the_series_that_is_looked_at_comes_first(qtbot: QtBot, bench: Bench) -> None:
    bench.diary.gate.clear()
    bench.sweep.look_through()
    qtbot.waitUntil(lambda: bench.diary.begun > 0)
    bench.sweep.look_at(bench.series("Beta"))
    with qtbot.waitSignal(bench.sweep.idle, timeout=10_000):
        bench.diary.gate.set()
    strips = [line for line in bench.diary.lines if line.startswith("strip")]
    assert strips == ["strip A0", "strip B0", "strip B1", "strip B2", "strip A1", "strip A2"]


def test_rows_in_sight_say_what_is_looked_at(qtbot: QtBot, bench: Bench) -> None:
    with qtbot.waitSignal(bench.pictures.series_looked_at) as told:
        for video in bench.classes("Beta"):
            bench.pictures.of_class(video, SIZE)
    assert told.args == [bench.series("Beta")]
    with qtbot.waitSignal(bench.sweep.idle, timeout=10_000):
        pass
    assert [line for line in bench.diary.lines if "strip" in line] == ["strip B0", "strip B1", "strip B2"]


def test_while_a_class_plays_nothing_else_is_made(qtbot: QtBot, bench: Bench) -> None:
    bench.diary.gate.clear()
    bench.sweep.look_through()
    qtbot.waitUntil(lambda: bench.diary.begun == 1)
    bench.sweep.set_playing(True)
    qtbot.waitUntil(lambda: bench.lanes[3].idle)
    bench.diary.gate.set()
    assert bench.diary.lines == ALL[:6], "the strip under way was given up"
    played = bench.classes("Beta")[1]
    assert bench.pictures.strips.of_class(played) is None
    with qtbot.waitSignal(bench.pictures.strips.arrived, timeout=10_000):
        pass
    assert bench.pictures.strips.of_class(played) is not None
    qtbot.waitUntil(lambda: bench.lanes[3].idle)
    assert bench.diary.lines[6:] == ["strip B1"]
    assert bench.diary.gentle == [True]
    with qtbot.waitSignal(bench.sweep.idle, timeout=10_000):
        bench.sweep.set_playing(False)
    assert bench.diary.lines[7:] == ["strip A0", "strip A1", "strip A2", "strip B0", "strip B2"]


def test_what_nobody_looks_at_does_not_drive_out_the_rest(qtbot: QtBot, tmp_path: Path, filled: Library) -> None:
    bench = Bench(tmp_path, filled, limit_bytes=12_000)
    bench.pictures.shelf.cache.put("somebody-looked-at.jpg", bytes(11_000))
    assert bench.run(qtbot) == []
    bench.sweep.look_at(bench.series("Alpha"))
    with qtbot.waitSignal(bench.sweep.idle, timeout=10_000):
        pass
    assert len(bench.diary.lines) == 6
    assert bench.pictures.shelf.cache.used_bytes <= 12_000
    bench.close()


def test_an_unwritable_folder_is_no_trouble(qtbot: QtBot, tmp_path: Path, filled: Library) -> None:
    (tmp_path / "pictures").write_text("a file where the folder should be")
    bench = Bench(tmp_path, filled)
    assert bench.run(qtbot) == ALL
    video = bench.classes("Alpha")[0]
    qtbot.waitUntil(lambda: bench.pictures.of_class(video, SIZE) is not None)
    bench.close()


def test_the_picture_beside_a_class_comes_through_the_library(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "Gamma"
    folder.mkdir()
    planned = replace(_planned(folder, 1), poster=folder / "G1.jpg")
    library.apply(ImportPlan((folder,), (PlannedSeries(folder, "Gamma", (planned,)),)))
    video = library.classes(library.find_series("Gamma").id)[0]
    assert video.poster == folder / "G1.jpg"
    source = picture_of_class(video).source
    assert source == PictureSource(video.path, MediaFormat.MP4, folder / "G1.jpg")
