# SPDX-License-Identifier: GPL-3.0-or-later
"""`search` on the command line, run as its users run it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from player.domain.captions import Cue, ReadCaptions
from player.domain.models import ClassId
from player.library import Library
from tests.unit.library.shelf import make_series, plan

ROOT = Path(__file__).resolve().parents[3]


def search(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "player", "--data-dir", str(data), "search", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_search_on_the_command_line(tmp_path: Path) -> None:
    data = tmp_path / "data"
    nothing = search(data, "anything")
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert "Nothing was found" in nothing.stderr
    (path,) = data.rglob("*.sqlite")
    library = Library.open(path)
    library.apply(plan(make_series(tmp_path / "Bäck", 1)))
    library.save_cues([ReadCaptions(ClassId(1), "read", (Cue(65_000, 70_000, "Let the elbows float"),))])
    library.close()
    found = search(data, "back", "--json")
    assert found.returncode == 0, found.stderr
    series = {"id": 1, "title": "Bäck"}
    first, second = json.loads(found.stdout)
    assert first == {
        "kind": "series", "series": series, "class_id": None, "title": "Bäck", "start_ms": 0, "text": "",
    }  # fmt: skip
    assert second == {
        "kind": "class", "series": series, "class_id": 1, "title": "Class 1", "start_ms": 0,
        "text": "chair, pillow, mid back, neck",
    }  # fmt: skip
    (phase, *_others) = json.loads(search(data, "breath", "--json").stdout)
    assert (phase["kind"], phase["text"], phase["start_ms"]) == ("phase", "breath of it", 180_000)
    assert "3:00 breath of it" in search(data, "breathing").stdout
    (said,) = json.loads(search(data, "elbow", "--json").stdout)
    assert (said["kind"], said["text"], said["start_ms"]) == ("caption", "Let the elbows float", 65_000)
    assert said.keys() == first.keys()
    assert "1:05 “Let the elbows float”" in search(data, "floating").stdout
    assert search(data).returncode == 2
