# SPDX-License-Identifier: GPL-3.0-or-later
"""A class that lies in several files: one class from the import to the last picture."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.e2e.program import Program
from tests.media import make_clip

pytestmark = [pytest.mark.e2e, pytest.mark.vlc]

CHAPTERS = {
    "Arrive": (200, 40, 40),
    "Diaphragm release": (40, 160, 60),
    "Breath": (50, 70, 190),
    "Seated rotations": (210, 160, 40),
    "Final rest": (40, 160, 170),
}
KINDS = ["arrive", "diaphragm-release", "breath", "mobilization", "rest"]
EACH_MS = 3_000
WHOLE_MS = len(CHAPTERS) * EACH_MS


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("media") / "Welcome to Your Body"
    folder.mkdir()
    for number, (title, colour) in enumerate(CHAPTERS.items(), 1):
        name = f"13. Mid Back Release - {number:03} {title} [dQw4w9WgXcQ].mp4"
        make_clip(folder / name, seconds=EACH_MS / 1000, colours=[colour], sound=True, tags={"title": title})
    return folder


def shows(program: Program, target: Path, colour: tuple[int, int, int], timeout_s: float = 5) -> None:
    deadline_s = time.monotonic() + timeout_s
    while True:
        picture = QImage(str(program.display.grab(target)))
        seen = picture.pixelColor(picture.width() // 2, picture.height() // 2 - 40).getRgb()[:3]
        if all(abs(one - other) <= 4 for one, other in zip(seen, colour, strict=True)):
            return
        assert time.monotonic() < deadline_s, f"{seen} is not {colour}"


def test_five_chapter_files_are_one_class_and_play_as_one(program: Program, folder: Path, tmp_path: Path) -> None:
    report = program.json("import", str(folder))
    assert (report["added"], report["problems"]) == (1, [])
    assert program.json("import", str(folder))["unchanged"] == 1
    shown = program.json("show", "Welcome to Your Body/13")
    assert (shown["title"], shown["duration_ms"]) == ("Mid Back Release", WHOLE_MS)
    assert [phase["title"] for phase in shown["phases"]] == list(CHAPTERS)
    assert [Path(part["path"]) for part in shown["parts"]] == sorted(folder.iterdir())

    program.start("play", "Welcome to Your Body/13")
    phases: list[tuple[int, str]] = []
    places: list[int] = []
    deadline_s = time.monotonic() + 60
    while True:
        now = program.status()
        assert time.monotonic() < deadline_s, f"it did not come to its end: {now}"
        if now and now["state"] not in ("idle", "playing"):
            break
        if now and now["state"] == "playing":
            assert now["duration_ms"] == WHOLE_MS
            places.append(now["position_ms"])
            phase = (now["phase"]["index"], now["phase"]["kind"])
            phases += [phase] if phase not in phases else []
    assert phases == list(enumerate(KINDS))
    assert places == sorted(places)
    assert max(places) > WHOLE_MS - EACH_MS

    program.run("control", "seek", "4")
    program.wait(lambda now: now["state"] == "playing" and now["phase"]["index"] == 1)
    program.run("control", "next-phase")
    program.wait(lambda now: now["phase"]["index"] == 2)
    program.run("control", "pause")
    shows(program, tmp_path / "breath.png", CHAPTERS["Breath"])
    program.run("control", "seek", "13.5")
    status = program.wait(lambda now: now["phase"]["index"] == 4)
    assert (status["state"], status["position_ms"]) == ("paused", 13_500)
    shows(program, tmp_path / "rest.png", CHAPTERS["Final rest"])
    assert program.quit() == 0


def test_a_file_that_has_gone_is_named(program: Program, folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "Course"
    copy.mkdir()
    for path in sorted(folder.iterdir()):
        (copy / path.name).write_bytes(path.read_bytes())
    program.json("import", str(copy))
    third = sorted(copy.iterdir())[2]
    third.unlink()
    assert program.json("import", str(copy))["missing"] == 1
    shown = program.run("show", "Course/13")
    assert third.name in shown.stdout.splitlines()[-1]
    assert "[missing]" in shown.stdout
