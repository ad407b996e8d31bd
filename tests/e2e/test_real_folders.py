# SPDX-License-Identifier: GPL-3.0-or-later
"""Folders of real files through the command line: nothing crashes, and what is shown is right."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.program import Program

pytestmark = [pytest.mark.e2e, pytest.mark.corpus]

NEAR_MS = 50
CLASSES = 24


def test_a_folder_of_every_container(program: Program, corpus: Path) -> None:
    media = corpus / "media"
    report = program.json("import", str(media))
    files = [path for path in media.iterdir() if path.is_file()]
    assert report["added"] == len(files) == 38
    assert [problem["reason"] for problem in report["problems"]] == ["damaged"]  # 47 hours without any sound in it
    again = program.json("import", str(media))
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 0, 38)
    (series,) = program.json("list")
    classes = program.json("list", str(series["id"]))
    assert {video["state"] for video in classes} == {"ready", "damaged"}
    for video in classes:
        starts = [phase["start_ms"] for phase in video["phases"]]
        assert starts == sorted(starts)
        assert not video["phases"] or video["phases"][-1]["end_ms"] == video["duration_ms"]


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="the maker of synthetic series needs ffmpeg")
def test_a_series_of_24_classes(program: Program, corpus: Path, tmp_path: Path) -> None:
    facts = tmp_path / "facts.json"
    size = ["--durations", "0:04,0:05.5,0:07", "--fps", "10", "--size", "320x180"]
    make = [str(corpus / "make_series.py"), "make", str(tmp_path / "made"), "--count", str(CLASSES), *size]
    subprocess.run([sys.executable, *make, "--manifest", str(facts)], check=True, capture_output=True, timeout=300)
    truth = {item["number"]: item for item in json.loads(facts.read_text())["classes"]}
    assert program.json("import", str(tmp_path / "made"))["added"] == CLASSES
    (series,) = program.json("list")
    classes = program.json("list", str(series["id"]))
    assert [video["number"] for video in classes] == list(range(1, CLASSES + 1))
    for video in classes:
        expected = truth[video["number"]]
        assert video["title"] == expected["title"]
        assert abs(video["duration_ms"] - expected["duration"] * 1000) <= NEAR_MS
        assert [phase["title"] for phase in video["phases"]] == [phase["title"] for phase in expected["phases"]]
        for phase, mark in zip(video["phases"], expected["phases"], strict=True):
            assert abs(phase["start_ms"] - mark["start"] * 1000) <= NEAR_MS
            assert abs(phase["end_ms"] - mark["end"] * 1000) <= NEAR_MS
