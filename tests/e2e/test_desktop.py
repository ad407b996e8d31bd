# SPDX-License-Identifier: GPL-3.0-or-later
"""The real program on a message bus: steered by playerctl, opened with files, kept awake, and gone without a trace."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.program import POLL_S, Program
from tests.media import make_clip
from tests.unit.system.conftest import Daemon
from tests.unit.system.test_suspend import Logind

pytestmark = [pytest.mark.e2e, pytest.mark.vlc]

SECONDS = 30
PHASES = (("Diaphragm release", 0), ("Breath", 10_000), ("Mobilization", 20_000))
NEAR_S = 1.5
"""How far a class plays on between two commands, at most."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("media") / "Three Classes"
    folder.mkdir()
    for number, colour in enumerate(((200, 40, 40), (40, 160, 60), (50, 70, 190)), 1):
        clip = folder / f"{number:02d} - Class {number}.mp4"
        make_clip(clip, seconds=SECONDS, fps=10, phases=PHASES, colours=(colour, (90, 90, 90), colour))
    return folder


@pytest.fixture
def buses(tmp_path: Path) -> Iterator[tuple[Daemon, Daemon]]:
    """One for the session and one for the system."""
    for command in ("dbus-daemon", "playerctl"):
        if not shutil.which(command):
            pytest.skip(f"{command} is not installed")
    made = []
    for name in ("session", "system"):
        (tmp_path / name).mkdir()
        made.append(Daemon(tmp_path / name))
    yield made[0], made[1]
    for one in made:
        one.close()


@pytest.fixture
def desktop(program: Program, buses: tuple[Daemon, Daemon]) -> Program:
    """The program on these buses."""
    session, system = buses
    program.environment |= {"DBUS_SESSION_BUS_ADDRESS": session.address, "DBUS_SYSTEM_BUS_ADDRESS": system.address}
    return program


Playerctl = Callable[..., str]


@pytest.fixture
def playerctl(desktop: Program) -> Playerctl:
    """Runs playerctl; what it prints. It must not fail."""

    def run(*arguments: str) -> str:
        done = subprocess.run(
            ["playerctl", "-p", "session_player", *arguments],
            env=desktop.environment,
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        assert done.returncode == 0, f"{arguments}: {done.stderr}"
        return done.stdout.strip()

    return run


def becomes(ask: Callable[[], str], wanted: str | Callable[[str], bool], timeout_s: float = 30) -> None:
    """Ask until the answer is right."""
    right = wanted.__eq__ if isinstance(wanted, str) else wanted
    deadline_s = time.monotonic() + timeout_s
    while not right(answer := ask()):
        assert time.monotonic() < deadline_s, answer
        time.sleep(POLL_S)


def near(wanted_s: float) -> Callable[[str], bool]:
    return lambda answer: wanted_s - 0.1 <= float(answer) <= wanted_s + NEAR_S


def test_playerctl_does_all_it_can(desktop: Program, folder: Path, playerctl: Playerctl) -> None:
    desktop.json("import", str(folder))
    desktop.start("play", "Three Classes/1")
    desktop.wait(lambda now: now["state"] == "playing")
    becomes(lambda: playerctl("status"), "Playing")
    assert playerctl("--list-all") == "session_player"
    form = "{{album}}/{{xesam:trackNumber}}/{{mpris:length}}/{{status}}/{{loop}}/{{shuffle}}/{{volume}}"
    assert playerctl("metadata", "--format", form) == f"Three Classes/1/{SECONDS * 1_000_000}/Playing/None/false/1.0"
    assert Path(playerctl("metadata", "xesam:url").removeprefix("file://").replace("%20", " ")).parent == folder
    becomes(lambda: playerctl("metadata", "--format", "{{mpris:artUrl}}"), lambda url: url.startswith("file:///"))

    playerctl("pause")
    becomes(lambda: playerctl("status"), "Paused")
    for command, position_s in (("12", 12.0), ("3+", 15.0), ("10-", 5.0)):
        playerctl("position", command)
        becomes(lambda: playerctl("position"), near(position_s))
    for command, volume in (("0.5", 0.5), ("0.1+", 0.6), ("0.2-", 0.4), ("1.0", 1.0)):
        playerctl("volume", command)
        assert float(playerctl("volume")) == pytest.approx(volume)
    playerctl("loop", "Track")
    assert playerctl("loop") == "Track"
    assert desktop.status()["loop"] == {"start_ms": 0, "end_ms": 10_000}
    playerctl("loop", "None")
    assert playerctl("loop") == "None"
    playerctl("play-pause")
    becomes(lambda: playerctl("status"), "Playing")

    playerctl("next")
    becomes(lambda: playerctl("metadata", "xesam:trackNumber"), "2")
    playerctl("previous")
    becomes(lambda: playerctl("metadata", "xesam:trackNumber"), "1")
    playerctl("open", str(folder / "03 - Class 3.mp4"))
    becomes(lambda: playerctl("metadata", "xesam:trackNumber"), "3")
    playerctl("stop")
    becomes(lambda: playerctl("status"), "Stopped")
    playerctl("play")
    becomes(lambda: playerctl("status"), "Playing")
    assert desktop.quit() == 0
    assert "session_player" not in _names(desktop)


def test_playerctl_follows(desktop: Program, folder: Path, playerctl: Playerctl) -> None:
    """What changes is told without being asked for."""
    desktop.json("import", str(folder))
    desktop.start("play", "Three Classes/1")
    becomes(lambda: _names(desktop), lambda names: "session_player" in names)
    with subprocess.Popen(
        ["playerctl", "-p", "session_player", "--follow", "status"],
        env=desktop.environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as follower:
        assert follower.stdout is not None
        try:
            assert follower.stdout.readline() == "Playing\n"
            for command, line in (("pause", "Paused\n"), ("play", "Playing\n"), ("stop", "Stopped\n")):
                assert desktop.run("control", command).returncode == 0
                assert follower.stdout.readline() == line
        finally:
            follower.terminate()
    assert desktop.quit() == 0


def test_files_are_opened_by_a_new_window_and_by_the_running_one(desktop: Program, folder: Path) -> None:
    desktop.start(str(folder / "02 - Class 2.mp4"))
    desktop.wait(lambda now: now["state"] == "playing" and now["class"]["path"].endswith("02 - Class 2.mp4"))
    second = desktop.run("--dialogs", "open", str(folder))
    assert second.returncode == 0
    desktop.wait(lambda now: len(desktop.json("list", str(now["class"]["series"]["id"]))) == 3)
    assert desktop.run("open", "/no/such/file.mp4").returncode == 2
    assert desktop.quit() == 0


def test_a_second_window_takes_a_name_of_its_own(
    desktop: Program, programs: Callable[..., Program], tmp_path: Path
) -> None:
    other = programs(tmp_path / "other", **desktop.environment)
    other.settings()
    desktop.start()
    becomes(lambda: _names(desktop), lambda names: "session_player" in names)
    other.start()
    becomes(lambda: _names(desktop), lambda names: "session_player.instance" in names)
    assert other.quit() == 0
    assert desktop.quit() == 0


def test_the_computer_sleeps_and_wakes(desktop: Program, folder: Path, buses: tuple[Daemon, Daemon]) -> None:
    logind = Logind(buses[1].address)
    try:
        desktop.json("import", str(folder))
        desktop.start("play", "Three Classes/1")
        desktop.wait(lambda now: now["state"] == "playing" and now["position_ms"] > 500)
        becomes(lambda: str(logind.held()), str([("sleep", "delay"), ("idle", "block")]))
        logind.sleep(True)
        becomes(lambda: str(logind.held()), "[]")
        status = desktop.status()
        assert status["state"] == "paused"
        assert desktop.json("show", "Three Classes/1")["position_ms"] in (0, status["position_ms"])  # 10 s are kept
        logind.sleep(False)
        becomes(lambda: str(logind.held()), str([("sleep", "delay")]))
        assert desktop.status()["state"] == "paused"
        desktop.kill()
        becomes(lambda: str(logind.held()), "[]")
    finally:
        logind.close()


def test_without_a_bus_it_plays_all_the_same(program: Program, folder: Path) -> None:
    program.environment["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nowhere/bus"
    program.json("import", str(folder))
    program.start("play", "Three Classes/1")
    program.wait(lambda now: now["state"] == "playing")
    assert program.quit() == 0
    log = (program.data / "log" / "session-player.log").read_text()
    assert "There is no session bus" in log
    assert "Traceback" not in log


def _names(program: Program) -> str:
    return subprocess.run(
        ["playerctl", "--list-all"], env=program.environment, capture_output=True, text=True, timeout=20, check=False
    ).stdout
