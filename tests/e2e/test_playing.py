# SPDX-License-Identifier: GPL-3.0-or-later
"""The promise as a whole: a folder becomes a series, a class plays with its phases, the next one follows."""

from __future__ import annotations

import re
import signal
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.e2e.program import Program
from tests.media import make_clip

pytestmark = [pytest.mark.e2e, pytest.mark.vlc]

RED, GREEN, BLUE = (200, 40, 40), (40, 160, 60), (50, 70, 190)
AMBER, CYAN, PLUM = (210, 160, 40), (40, 160, 170), (140, 50, 120)
COLOURS = {1: (RED, GREEN, BLUE), 2: (AMBER, CYAN, PLUM)}
NEAR = 4
"""How far each channel may be from the truth, of 255."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two classes of nine seconds with three phases each; every phase fills the picture with its colour."""
    folder = tmp_path_factory.mktemp("media") / "Two Classes"
    folder.mkdir()
    phases = (("Diaphragm release", 0), ("Breath", 3000), ("Mobilization", 6000))
    for number, colours in COLOURS.items():
        make_clip(folder / f"{number:02d} - Class {number}.mp4", seconds=9, phases=phases, colours=colours)
    return folder


@pytest.fixture
def library(program: Program, folder: Path) -> Program:
    report = program.json("import", str(folder))
    assert report["added"] == 2
    assert report["problems"] == []
    return program


def middle_colour(program: Program, target: Path) -> tuple[int, int, int]:
    """The colour in the middle of the screen, which no panel covers."""
    picture = QImage(str(program.display.grab(target)))
    colour = picture.pixelColor(picture.width() // 2, picture.height() // 2 - 40)
    return colour.red(), colour.green(), colour.blue()


def near(colour: tuple[int, int, int], truth: tuple[int, int, int]) -> bool:
    return all(abs(one - other) <= NEAR for one, other in zip(colour, truth, strict=True))


def shows(program: Program, target: Path, truth: tuple[int, int, int], timeout_s: float = 3) -> None:
    """The picture gets this colour, and soon."""
    deadline_s = time.monotonic() + timeout_s
    while not near(colour := middle_colour(program, target), truth):
        assert time.monotonic() < deadline_s, f"{colour} is not {truth}"


def test_numbers_titles_durations_and_phases(library: Program) -> None:
    (series,) = library.json("list")
    assert (series["title"], series["classes"]) == ("Two Classes", 2)
    classes = library.json("list", "Two Classes")
    assert [video["number"] for video in classes] == [1, 2]
    shown = library.json("show", "Two Classes/2")
    assert abs(shown["duration_ms"] - 9000) <= 50
    assert [phase["kind"] for phase in shown["phases"]] == ["diaphragm-release", "breath", "mobilization"]
    for phase, start_ms in zip(shown["phases"], (0, 3000, 6000), strict=True):
        assert abs(phase["start_ms"] - start_ms) <= 50


def test_a_class_plays_and_the_next_one_follows_by_itself(library: Program, tmp_path: Path) -> None:
    library.settings(playback={"settle_ms": 2000})
    library.start("play", "Two Classes/1")
    library.wait(lambda now: now["state"] == "playing" and now["position_ms"] > 300)
    shows(library, tmp_path / "phase1.png", RED)
    status = library.wait(lambda now: now["phase"]["index"] == 1)
    assert 3000 <= status["position_ms"] < 4500
    shows(library, tmp_path / "phase2.png", GREEN)
    assert library.run("control", "next-phase").returncode == 0
    shows(library, tmp_path / "phase3.png", BLUE)
    up_next = library.wait(lambda now: now["state"] == "up-next")
    assert up_next["up_next"]["seconds_left"] <= 2
    assert up_next["class"]["number"] == 1
    following = library.wait(lambda now: now["state"] == "playing" and now["class"]["number"] == 2)
    assert following["queue"] == []
    shows(library, tmp_path / "class2.png", AMBER)
    assert following["frames_shown"] > 50
    assert library.quit() == 0
    assert library.json("show", "Two Classes/1")["done"]


def test_next_phase_shows_the_next_colour_at_once(library: Program, tmp_path: Path) -> None:
    library.start("play", "Two Classes/1")
    library.wait(lambda now: now["position_ms"] > 100)
    library.run("control", "pause")
    library.run("control", "next-phase")
    status = library.wait(lambda now: now["phase"]["index"] == 1)
    assert abs(status["position_ms"] - 3000) <= 50
    assert status["state"] == "paused"
    shows(library, tmp_path / "next.png", GREEN)
    assert library.quit() == 0


def test_the_program_ends_well_in_the_middle_of_playing(library: Program) -> None:
    for how in (signal.SIGTERM, None):
        library.start("play", "Two Classes/1")
        library.wait(lambda now: now["state"] == "playing" and now["position_ms"] > 200)
        if how is None:
            assert library.quit() == 0
        else:
            assert library.window is not None
            library.window.send_signal(how)
            assert library.ended() == 0
        library.kill()


def test_killed_in_the_middle_of_playing(library: Program, tmp_path_factory: pytest.TempPathFactory) -> None:
    """After a kill -9 the library is whole, and the place at most five seconds old."""
    folder = tmp_path_factory.mktemp("long") / "Long"
    folder.mkdir()
    make_clip(folder / "01 Long.mp4", seconds=120, fps=5, phases=(("Breath", 0),), colours=(CYAN,))
    library.json("import", str(folder))
    for begin_s in (20, 40):
        library.start("play", "Long/1", "--at", str(begin_s))
        before = library.wait(lambda now, ms=begin_s * 1000: now["position_ms"] > ms + 5500)
        library.kill()
        assert library.json("check")["ok"]
        kept_ms = library.json("show", "Long/1")["position_ms"]
        assert before["position_ms"] - 5000 <= kept_ms <= before["position_ms"] + 5000


def test_a_second_start_hands_over(library: Program) -> None:
    library.start()
    library.wait(lambda now: now["state"] == "idle")
    second = library.run("play", "Two Classes/2")
    assert second.returncode == 0
    assert "already running" in second.stderr
    library.wait(lambda now: now["state"] == "playing" and now["class"]["number"] == 2)
    assert library.quit() == 0


def test_an_import_beside_the_window_is_seen_by_it(library: Program, tmp_path: Path) -> None:
    library.start("play", "Two Classes/1")
    library.wait(lambda now: now["state"] == "playing")
    folder = tmp_path / "More"
    folder.mkdir()
    make_clip(folder / "1 One.mp4", seconds=3, phases=(("Breath", 0),), colours=(RED,))
    assert library.json("import", str(folder))["added"] == 1
    assert library.run("play", "More/1").returncode == 0
    library.wait(lambda now: now["class"] is not None and now["class"]["series"]["title"] == "More")
    assert library.quit() == 0


def test_the_file_is_pulled_away(library: Program, folder: Path) -> None:
    """A class whose file has gone is skipped with the next one; nothing is forgotten."""
    (path,) = folder.glob("01*")
    away = path.rename(path.with_suffix(".away"))
    try:
        library.start("play", "Two Classes/1")
        library.wait(lambda now: now["state"] == "playing" and now["class"]["number"] == 2)
        assert library.json("show", "Two Classes/1")["state"] == "missing"
        assert library.quit() == 0
    finally:
        away.rename(path)
    assert library.json("import", str(folder))["relinked"] in (0, 1)
    assert library.json("show", "Two Classes/1")["state"] == "ready"


def test_the_demo_plays(program: Program) -> None:
    program.start("--demo")
    status = program.wait(lambda now: now["state"] == "playing" and now["position_ms"] > 500, timeout_s=60)
    assert status["class"]["number"] == 1
    assert len(status["queue"]) == 2
    assert {phase["kind"] for phase in status["class"]["phases"]} >= {"diaphragm-release", "breath"}
    assert re.search(r"\w", status["class"]["description"])
    assert program.quit() == 0
