# SPDX-License-Identifier: GPL-3.0-or-later
"""200 good classes among 20 damaged videos and 20 damaged sidecars: all good ones are in, every bad one is listed
with a reason and a next step, in bounded time."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

import pytest

from tests.e2e.hostile import DAMAGE, different
from tests.e2e.program import Program
from tests.media import make_clip
from tests.unit.importing.sidecars.test_mutations import GOOD, HANDS

pytestmark = pytest.mark.e2e

SEED = 40
GOOD_ONES = 200
LONGEST_S = 120
TOLD = ("only NULs", "rubbish", "a page of the web")
KINDS = (".nfo", ".info.json", ".chapters.xml", ".ffmetadata", ".srt", ".vtt", ".chapters.json")


def damaged_sidecars() -> list[tuple[str, bytes]]:
    """(ending, content) of 20 sidecars of which none can be used: each kind in each of three ways, but one."""
    random = Random(SEED)
    all_of_them = [(kind, HANDS[hand](GOOD[kind].encode() * 5, random)) for kind in KINDS for hand in TOLD]
    return all_of_them[:20]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "given" / "Course"
    folder.mkdir(parents=True)
    clip = make_clip(tmp_path / "clip.mp4", seconds=1, fps=5, size=(64, 36)).read_bytes()
    random = Random(SEED)
    for number in range(1, GOOD_ONES + 1):
        (folder / f"{number:03d} - Class {number}.mp4").write_bytes(different(clip, number))
    for number, (name, damage) in enumerate(DAMAGE.items(), start=GOOD_ONES + 1):
        (folder / f"{number:03d} - Bad, {name}.mp4").write_bytes(damage(different(clip, number), random))
    for number, (ending, data) in enumerate(damaged_sidecars(), start=1):
        (folder / f"{number:03d} - Class {number}{ending}").write_bytes(data)
    return folder


def test_forty_bad_ones_among_two_hundred(program: Program, folder: Path) -> None:
    assert len(DAMAGE) == len(damaged_sidecars()) == 20
    begun = time.monotonic()
    report = program.json("import", str(folder))
    assert time.monotonic() - begun < LONGEST_S
    problems = {Path(problem["path"]).name: problem for problem in report["problems"]}
    bad_media = {path.name for path in folder.iterdir() if ", " in path.name}
    bad_sidecars = {path.name for path in folder.iterdir() if path.suffix != ".mp4"}
    assert set(problems) == bad_media | bad_sidecars
    for name, problem in problems.items():
        assert (problem["reason"] == "sidecar") == (name in bad_sidecars), problem
        assert problem["message"].count(". ") >= 1, problem
        assert problem["message"].endswith("."), problem
    (series,) = program.json("list")
    classes = program.json("list", str(series["id"]))
    ready = [video for video in classes if video["state"] == "ready"]
    assert [video["number"] for video in ready] == list(range(1, GOOD_ONES + 1))
    assert [video["title"] for video in ready] == [f"Class {number}" for number in range(1, GOOD_ONES + 1)]
    assert {video["state"] for video in classes} == {"ready", "damaged"}
    assert report["added"] == len(classes)
    again = program.json("import", str(folder))
    assert (again["added"], again["updated"], again["missing"]) == (0, 0, 0)
    assert {Path(problem["path"]).name for problem in again["problems"]} >= bad_media
    assert program.json("check")["ok"]
