# SPDX-License-Identifier: GPL-3.0-or-later
"""Seen by the system itself: importing and playing hostile files opens nothing outside the folder given, the data
folder and the system's own files, and makes no connection to any network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.e2e.display import Display
from tests.e2e.hostile import CONCAT, DASH, LIST, different
from tests.e2e.program import ROOT, Program
from tests.media import make_clip

pytestmark = [pytest.mark.e2e, pytest.mark.vlc, pytest.mark.timeout(300)]

ADDRESS = b"http://192.0.2.1/class.mp4"
ELSEWHERE = b"../secret/secret.mp4"
SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/etc", "/proc", "/sys", "/dev", "/run", "/var/cache/fontconfig",
          "/var/lib/dbus", "/opt", "/tmp/.X11-unix")  # fmt: skip
_CALL = re.compile(r"\b(?:open|openat|openat2|creat)\((?:AT_FDCWD, |\d+(?:<[^>]*>)?, )?\"(?P<path>(?:[^\"\\]|\\.)*)\"")
_NETWORK = re.compile(r"\b(?:socket|connect|sendto|bind)\(.*\bAF_INET6?\b")


class Traced(Program):
    """The program with every call that opens a file or speaks to a network written down."""

    def __init__(self, data: Path, display: Display, log: Path, **environment: str) -> None:
        super().__init__(data, display, **environment)
        self.log = log
        self.runs = 0

    def _command(self, *arguments: str) -> list[str]:
        command = super()._command(*arguments)
        if arguments[:1] == ("control",):
            return command
        return [*self.watch(), *command]

    def watch(self) -> list[str]:
        """What to put before a command so that its calls are written down."""
        self.runs += 1
        calls = "trace=open,openat,openat2,creat,socket,connect,sendto,bind"
        return ["strace", "-f", "-qq", "--seccomp-bpf", "-s", "4096", "-e", calls, "-e", "signal=none",
                "-o", f"{self.log}.{self.runs}"]  # fmt: skip

    def calls(self) -> list[str]:
        logs = sorted(self.log.parent.glob(f"{self.log.name}.*"))
        return [line for log in logs for line in log.read_text(errors="replace").splitlines()]


def opened(calls: Sequence[str]) -> set[Path]:
    """The files that were really opened, by their absolute paths."""
    found = [match["path"] for line in calls if " = -1 " not in line and (match := _CALL.search(line))]
    plain = [path.encode().decode("unicode_escape").encode("latin-1").decode("utf-8", "replace") for path in found]
    return {Path(os.path.normpath(path)) for path in plain if path.startswith("/")}


def outside(paths: set[Path], *allowed: Path) -> set[Path]:
    """The paths that lie neither under one of `allowed` nor among the system's own and Python's files."""
    roots = [*allowed, *map(Path, SYSTEM), ROOT, *map(Path, {sys.prefix, sys.base_prefix, sys.exec_prefix})]
    roots += [root.resolve() for root in roots]
    return {path for path in paths if not any(path.is_relative_to(root) for root in roots)}


@pytest.fixture
def traced(tmp_path: Path, display: Display) -> Iterator[Traced]:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed, so nobody can watch the calls")
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    own = {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "XDG_CONFIG_HOME": str(home / "config"),
           "XDG_RUNTIME_DIR": str(home), "TMPDIR": str(home)}  # fmt: skip
    program = Traced(tmp_path / "data", display, tmp_path / "calls", **own)
    program.settings(playback={"settle_ms": 0})
    if "ptrace" in (done := program.run("list")).stderr:
        pytest.skip("strace may not be used here")
    assert done.returncode == 0, done.stderr
    yield program
    program.kill()


def assert_nothing_else(traced: Traced, tmp_path: Path, *given: Path) -> None:
    calls = traced.calls()
    paths = opened(calls)
    assert any(path.is_relative_to(given[0]) for path in paths), "nothing was seen at all"
    assert outside(paths, *given, tmp_path / "data", tmp_path / "home") == set()
    assert [line for line in calls if _NETWORK.search(line)] == []


def secret_and_clip(tmp_path: Path) -> bytes:
    (tmp_path / "secret").mkdir()
    make_clip(tmp_path / "secret" / "secret.mp4", seconds=2, fps=5)
    return make_clip(tmp_path / "clip.mp4", seconds=3, fps=10, sound=True).read_bytes()


def test_the_watch_sees_files_and_networks(traced: Traced, tmp_path: Path) -> None:
    """What the tests below rely on: a file opened and an address called do show."""
    secret = tmp_path / "secret ä"
    secret.touch()
    act = (
        "import socket, sys; open(sys.argv[1]).close()\n"
        "with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one: one.connect(('127.0.0.1', 9))"
    )
    subprocess.run([*traced.watch(), sys.executable, "-c", act, str(secret)], check=True, timeout=60)
    assert outside(opened(traced.calls()), tmp_path / "data", tmp_path / "home") == {secret}
    assert [line for line in traced.calls() if _NETWORK.search(line)]


@pytest.mark.corpus
def test_importing_what_points_elsewhere(traced: Traced, corpus: Path, tmp_path: Path) -> None:
    """All damaged and hostile files of the collection, with the file beside them that some of them name."""
    folder = tmp_path / "given"
    shutil.copytree(corpus / "broken", folder)
    report = traced.json("import", str(folder))
    assert report["problems"]
    assert_nothing_else(traced, tmp_path, folder)


def test_importing_sidecars_that_point_elsewhere(traced: Traced, tmp_path: Path) -> None:
    clip = secret_and_clip(tmp_path)
    folder = tmp_path / "given"
    folder.mkdir()
    secret = tmp_path / "secret" / "words.txt"
    secret.write_text("secret words")
    for number in range(1, 7):
        (folder / f"{number:02d} Class.mp4").write_bytes(different(clip, number))
    entity = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{secret}">]><episodedetails><title>&a;</title></episodedetails>'
    (folder / "01 Class.nfo").write_text(entity)
    (folder / "02 Class.description").symlink_to(secret)
    (folder / "03 Class.cue").write_text('FILE "../secret/secret.mp4" WAVE\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n')
    (folder / "04 Class.info.json").write_text(f'{{"title": "x", "thumbnail": "file://{secret}"}}')
    (folder / "05 Class.nfo").write_text(
        f"<episodedetails><title>x</title><thumb>{ADDRESS.decode()}</thumb></episodedetails>"
    )
    (folder / "series.toml").write_text(
        f'format = 1\n[series]\ntitle = "Course"\nposter = "{secret}"\n'
        '[[class]]\nfile = "../secret/secret.mp4"\nnumber = 9\n'
    )
    report = traced.json("import", str(folder))
    assert report["added"] == 6
    assert "secret words" not in str(traced.json("list", "Course"))
    assert_nothing_else(traced, tmp_path, folder)


def test_playing_what_has_become_hostile(traced: Traced, tmp_path: Path) -> None:
    """Files that were good at their import and are lists, manifests and the like when they are played."""
    clip = secret_and_clip(tmp_path)
    folder = tmp_path / "given" / "Course"
    folder.mkdir(parents=True)
    for number in range(1, 9):
        (folder / f"{number:02d} Class.mp4").write_bytes(different(clip, number))
    assert traced.json("import", str(folder))["added"] == 8
    bad = [LIST % ELSEWHERE, DASH % ADDRESS, None, CONCAT % ELSEWHERE, LIST % ADDRESS, None, DASH % ELSEWHERE]
    for number, content in enumerate(bad, start=1):
        if content is not None:
            (folder / f"{number:02d} Class.mp4").write_bytes(content)
    (folder / "03 Class.srt").write_text("1\n00:00:00,000 --> 00:00:02,000\nHello\n")
    traced.start("play", "Course/1")
    for number in (3, 6, 8):
        traced.wait(lambda now, wanted=number: now["state"] == "playing" and now["class"]["number"] == wanted, 60)
    assert traced.quit() == 0
    assert_nothing_else(traced, tmp_path, folder)


@pytest.mark.corpus
def test_playing_a_file_that_is_linked_to_another(traced: Traced, corpus: Path, tmp_path: Path) -> None:
    folder = tmp_path / "given" / "Course"
    folder.mkdir(parents=True)
    shutil.copy(corpus / "broken" / "pointing-elsewhere" / "linked-main.mkv", folder / "01 Main.mkv")
    shutil.copy(corpus / "broken" / "pointing-elsewhere" / "linked-other.mkv", folder / "02 Other.mkv")
    assert traced.json("import", str(folder))["added"] == 2
    traced.start("play", "Course/1")
    status = traced.wait(lambda now: now["state"] == "playing" and now["position_ms"] > 500, timeout_s=90)
    assert status["duration_ms"] == pytest.approx(40_000, abs=100)
    assert traced.quit() == 0
    assert_nothing_else(traced, tmp_path, folder)
