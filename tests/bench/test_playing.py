# SPDX-License-Identifier: GPL-3.0-or-later
"""What playing costs, beside mpv's software output in the same run: processor time, late pictures, memory, the gap
between two classes. Run as a program it is the player that is measured."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

SECONDS = 20
SIZE = (1280, 720)
FEW, MANY = 10, 60
"""Changes of class before memory is looked at."""
STANDS_MS = 400
pytestmark = [pytest.mark.bench, pytest.mark.vlc, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not shutil.which("ffmpeg"):
        pytest.skip("ffmpeg is not installed")
    path = tmp_path_factory.mktemp("bench") / "1080p30.mp4"
    picture = f"testsrc2=size=1920x1080:rate=30:duration={SECONDS},noise=alls=6:allf=t"
    sound = f"sine=frequency=220:duration={SECONDS}"
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound]
    command += ["-c:v", "libx264", "-preset", "veryfast", "-b:v", "5M", "-g", "60", "-pix_fmt", "yuv420p"]
    command += ["-colorspace", "bt709", "-c:a", "aac", "-ar", "48000", str(path)]
    subprocess.run(command, check=True, timeout=300)
    return path


@pytest.fixture(scope="module")
def display() -> Iterator[dict[str, str]]:
    """The environment of a virtual display."""
    if not shutil.which("Xvfb"):
        pytest.skip("Xvfb is not installed")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as answer:
        number = answer.readline().strip()
    yield {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    server.terminate()
    server.wait(10)


def _measure(command: list[str], env: dict[str, str]) -> tuple[float, int, str]:
    """Processor seconds and peak memory (KiB) of a program, and what it printed."""
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    memory = 0
    while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        memory = max(memory, _peak_memory(process.pid))
        time.sleep(0.2)
    with process.stdout:
        output = process.stdout.read()
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, output
    return used.ru_utime + used.ru_stime, memory, output


def _peak_memory(pid: int) -> int:
    """Of the program itself; what wait4 tells includes the process that started it."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0


def _ours(display: dict[str, str], *arguments: str | Path) -> tuple[float, int, dict[str, float]]:
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, __file__, *map(str, arguments)]
    seconds, memory, output = _measure(command, {**display, "PYTHONPATH": str(root)})
    return seconds, memory, json.loads(output)


def test_playing_beside_mpv(clip: Path, display: dict[str, str]) -> None:
    if not shutil.which("mpv"):
        pytest.skip("mpv is not installed")
    mpv = ["mpv", "--no-config", "--vo=x11", "--hwdec=no", "--ao=null", "--no-border", "--osc=no", "--really-quiet"]
    mpv.append(f"--geometry={SIZE[0]}x{SIZE[1]}")
    start, _memory, _output = _measure([*mpv, "--end=0.1", str(clip)], display)
    theirs, their_memory, _output = _measure([*mpv, str(clip)], display)
    ours, our_memory, facts = _ours(display, "play", clip)
    ratio = facts["cpu_s"] / (theirs - start)
    print(
        f"\n1080p30, {SECONDS} s, processor time without starting: ours {facts['cpu_s']:.2f} s, "
        f"mpv {theirs - start:.2f} s, ratio {ratio:.2f}\n"
        f"with starting: ours {ours:.2f} s, mpv {theirs:.2f} s, ratio {ours / theirs:.2f}\n"
        f"{facts['shown']:.0f} pictures shown, {facts['late']:.0f} late\n"
        f"memory: ours {our_memory // 1024} MiB, mpv {their_memory // 1024} MiB, ratio {our_memory / their_memory:.2f}"
    )
    assert facts["shown"] >= SECONDS * 30 * 0.98
    assert ratio <= 1.5, "the aim is 1.0"


def test_gap_between_classes(clip: Path, display: dict[str, str]) -> None:
    _seconds, _memory, facts = _ours(display, "gap", clip)
    print(f"\nlast picture to first picture of the next class: {facts['gap_ms']:.0f} ms (a picture stands 33 ms)")
    assert facts["black"] == 0
    assert facts["gap_ms"] <= 100, "the aim is 50"


def test_memory_of_many_classes(clip: Path, display: dict[str, str]) -> None:
    _seconds, _memory, facts = _ours(display, "classes", clip)
    print(
        f"\nmemory after {FEW} changes of class {facts['few_mib']:.0f} MiB, after {MANY} {facts['many_mib']:.0f} MiB: "
        f"ratio {facts['many_mib'] / facts['few_mib']:.2f}"
    )
    assert facts["many_mib"] <= 1.15 * facts["few_mib"]


# The player that is measured


def _run(what: str, path: Path) -> dict[str, float]:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from player.domain.media import MediaFacts, MediaFormat, MediaSource
    from player.playback.vlc.engine import VlcEngine
    from player.ui.widgets.video_surface import VideoSurface

    app = QApplication([])
    engine = VlcEngine("none")
    surface = VideoSurface(engine.frames)
    surface.resize(*SIZE)
    surface.show()
    facts = MediaFacts(has_video=True, has_audio=True, width=1920, height=1080, frame_rate=30.0)
    source = MediaSource(path, MediaFormat.MP4, SECONDS * 1000, facts)
    result: dict[str, float] = {"black": 0}
    pictures: list[tuple[float, bool]] = []

    def began(_duration_ms: int) -> None:
        result.setdefault("began_cpu", _cpu_s())

    def over() -> None:
        result["cpu_s"] = _cpu_s() - result.pop("began_cpu", 0.0)
        app.quit()

    def change() -> None:
        engine.open(source)
        pictures.append((time.monotonic(), True))
        engine.ended.disconnect(change)
        QTimer.singleShot(1_000, over)

    engine.opened.connect(began)
    changes = iter(range(1, MANY + 1))

    def open_again() -> None:
        count = next(changes)
        if count in (FEW, MANY):
            result["few_mib" if count == FEW else "many_mib"] = _memory_mib()
        if count == MANY:
            over()
            return
        engine.open(source, start_ms=count * 100)
        QTimer.singleShot(STANDS_MS, open_again)

    if what == "classes":
        engine.open(source)
        QTimer.singleShot(STANDS_MS, open_again)
    elif what == "gap":
        engine.ended.connect(change)
        surface.picture_shown.connect(lambda: pictures.append((time.monotonic(), False)))
        engine.frames.picture_ready.connect(lambda: result.update(black=result["black"] + (not surface.has_picture)))
        engine.open(source, start_ms=(SECONDS - 3) * 1000)
        engine.prepare(source)
    else:
        engine.ended.connect(over)
        engine.open(source)
    app.exec()
    result |= {"shown": engine.statistics.frames_shown, "late": engine.statistics.frames_late}
    engine.shutdown()
    if what == "gap":
        change_at = next(index for index, (_at, changed) in enumerate(pictures) if changed)
        result["gap_ms"] = (pictures[change_at + 1][0] - pictures[change_at - 1][0]) * 1000
    return result


def _memory_mib() -> float:
    """What is in memory now."""
    return psutil.Process().memory_info().rss / 2**20


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_run(sys.argv[1], Path(sys.argv[2]))))
