# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeping the search up with the library while classes play. Real library, real captions, real reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.domain.models import Caption
from player.domain.plan import ImportPlan, PlannedSeries
from player.domain.query import Query
from player.library import Library
from player.tasks.lane import Lane
from player.ui.models.search_upkeep import SearchUpkeep
from tests.unit.library.shelf import plan_class, write

SRT = "1\n00:00:05,000 --> 00:00:08,000\nBreathe out slowly\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "library.sqlite")
    folder = tmp_path / "Series"
    video = write(folder / "1. Class.mp4", "1")
    write(folder / "1. Class.srt", SRT)
    one = replace(plan_class(video), captions=(Caption("en", "1. Class.srt"),))
    library.apply(ImportPlan((folder,), (PlannedSeries(folder, "Series", (one,)),)))
    yield library
    library.close()


@pytest.fixture
def upkeep(library: Library) -> Iterator[SearchUpkeep]:
    lane = Lane("search in the background")
    upkeep = SearchUpkeep(library, lane)
    yield upkeep
    upkeep.close()
    assert lane.close()


def test_captions_are_read_when_nothing_plays(library: Library, upkeep: SearchUpkeep, qtbot: QtBot) -> None:
    upkeep.set_playing(True)
    upkeep.begin()
    assert not upkeep.running
    upkeep.set_playing(False)
    assert upkeep.running
    upkeep.set_playing(True)
    qtbot.waitUntil(lambda: not upkeep.running)
    upkeep.set_playing(False)
    qtbot.waitUntil(lambda: len(library.search(Query("slowly"))) == 1, timeout=20_000)
    qtbot.waitUntil(lambda: not upkeep.running)


def test_nothing_begins_after_the_end(upkeep: SearchUpkeep) -> None:
    upkeep.close()
    upkeep.set_playing(True)
    upkeep.set_playing(False)
    upkeep.begin()
    assert not upkeep.running
