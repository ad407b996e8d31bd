# SPDX-License-Identifier: GPL-3.0-or-later
"""How the program ends, many times over: killed while playing or importing, and closed while playing.

pytest --bench -s tests/bench/test_durability.py
"""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from tests.e2e.conftest import display, program
from tests.e2e.killing import kill_imports
from tests.e2e.program import Program
from tests.media import make_clip

__all__ = ["display", "program"]

pytestmark = [pytest.mark.bench, pytest.mark.vlc, pytest.mark.timeout(1200)]

KILLS, EXITS = 20, 50
LIBRARIES, KILLS_OF_EACH = 10, 3
OLDEST_MS = 5000


@pytest.fixture
def playing(program: Program, tmp_path: Path) -> Program:
    folder = tmp_path / "Long"
    folder.mkdir()
    phases = tuple((f"Breath {number}", number * 30_000) for number in range(10))
    make_clip(folder / "01 Long.mp4", seconds=300, fps=5, phases=phases, sound=True)
    make_clip(folder / "02 Next.mp4", seconds=60, fps=5, phases=phases[:2], sound=True)
    assert program.json("import", str(folder))["added"] == 2
    return program


def test_killed_while_playing(playing: Program) -> None:
    rng = random.Random(20)
    ages = []
    for turn in range(KILLS):
        begin_ms = rng.randrange(15_000, 250_000)
        playing.start("play", "Long/1", "--at", str(begin_ms / 1000))
        playing.wait(lambda now, ms=begin_ms: now["state"] == "playing" and now["position_ms"] >= ms)
        deadline_s = time.monotonic() + rng.uniform(4.5, 9)
        before = playing.status()
        while time.monotonic() < deadline_s:
            before = playing.status()
        playing.kill()
        check = playing.json("check")
        assert check["ok"], check
        kept_ms = playing.json("show", "Long/1")["position_ms"]
        ages.append(before["position_ms"] - kept_ms)
        assert -1000 <= ages[-1] <= OLDEST_MS, (turn, before["position_ms"], kept_ms)
    print(f"\nkilled {KILLS} times: the place was at most {max(ages)} ms old")


def test_closed_while_playing(playing: Program) -> None:
    rng = random.Random(50)
    for _ in range(EXITS):
        playing.start("play", "Long/1", "--at", str(rng.randrange(0, 280)))
        playing.wait(lambda now: now["state"] == "playing")
        deadline_s = time.monotonic() + rng.uniform(0, 0.8)
        while time.monotonic() < deadline_s:
            playing.status()
        assert playing.quit() == 0
        playing.kill()
    print(f"\nclosed {EXITS} times while playing: exit status 0 each time")


def test_killed_while_importing(tmp_path: Path) -> None:
    """Ten libraries, three kills each, spread over the time that the whole import takes."""
    killed = 0
    for seed in range(LIBRARIES):
        (root := tmp_path / str(seed)).mkdir()
        killed += kill_imports(root, times=KILLS_OF_EACH, seed=seed)["killed"]
    assert killed >= LIBRARIES * KILLS_OF_EACH * 0.6
    print(f"\nkilled {LIBRARIES * KILLS_OF_EACH} times, {killed} of them within an import: nothing lost, nothing twice")
