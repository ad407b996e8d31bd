# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole program while it plays, beside mpv on the same file and display: processor time and memory.

    pytest --bench -s tests/bench/test_program.py

Both fill a display of 1280 x 800, decode in software and play without sound. What is compared is the time from
the second picture on, so that neither start-up counts.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import psutil
import pytest

from tests.e2e.conftest import display, program
from tests.e2e.display import Display
from tests.e2e.program import Program

__all__ = ["display", "program"]

pytestmark = [
    pytest.mark.bench,
    pytest.mark.vlc,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not (shutil.which("mpv") and shutil.which("ffmpeg")), reason="needs mpv and ffmpeg"),
]

SETTLE_S, MEASURED_S = 6, 20
ROUNDS = 4


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A minute of 1080p30 with movement and grain everywhere, about 6 Mbit/s, as class videos have."""
    path = tmp_path_factory.mktemp("clip") / "01 Full HD.mp4"
    source = "testsrc2=s=1920x1080:r=30:d=40,noise=alls=8:allf=t"
    encode = ["-c:v", "libx264", "-preset", "veryfast", "-b:v", "6M", "-g", "60", "-pix_fmt", "yuv420p"]
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", source, *encode, "-colorspace", "bt709", str(path)], check=True
    )
    return path


def cost(process: psutil.Process) -> tuple[float, int]:
    """Processor seconds over MEASURED_S of playing, and resident bytes at its end."""
    time.sleep(SETTLE_S)
    before = process.cpu_times()
    time.sleep(MEASURED_S)
    after = process.cpu_times()
    return after.user + after.system - before.user - before.system, process.memory_info().rss


def mpv_cost(clip: Path, display: Display) -> tuple[float, int]:
    plain = ["--no-config", "--vo=x11", "--hwdec=no", "--no-audio", "--fullscreen", "--really-quiet"]
    process = subprocess.Popen(["mpv", *plain, str(clip)], env=display.environment())
    try:
        return cost(psutil.Process(process.pid))
    finally:
        process.kill()
        process.wait(10)


def program_cost(program: Program) -> tuple[float, int, int]:
    program.start("play", "1", "--at", "0")
    program.wait(lambda now: now["state"] == "playing")
    assert program.window is not None
    late = program.status()["frames_late"]
    seconds, memory = cost(psutil.Process(program.window.pid))
    status = program.status()
    assert status["state"] == "playing"
    assert program.quit() == 0
    program.kill()
    return seconds, memory, status["frames_late"] - late


def test_playing_full_hd(program: Program, clip: Path, tmp_path: Path) -> None:
    bare = Display(1280, 800, frames=False)
    try:
        program.display, program.environment = bare, bare.environment()
        program.json("import", str(clip))
        for turn in range(ROUNDS):
            mpv_s, mpv_bytes = mpv_cost(clip, bare)
            ours_s, ours_bytes, late = program_cost(program)
            print(
                f"\nround {turn + 1}: program {ours_s:.2f} s, mpv {mpv_s:.2f} s of processor in {MEASURED_S} s: "
                f"ratio {ours_s / mpv_s:.2f}; late pictures {late}; "
                f"memory {ours_bytes / 1e6:.0f} MB against {mpv_bytes / 1e6:.0f} MB: {ours_bytes / mpv_bytes:.2f}"
            )
    finally:
        bare.close()
