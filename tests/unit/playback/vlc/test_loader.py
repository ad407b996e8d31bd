# SPDX-License-Identifier: GPL-3.0-or-later
"""A libVLC that is not there, or not whole, becomes a sentence with the command that installs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from player.domain.errors import EngineError
from player.playback.vlc import loader

ROOT = Path(__file__).resolve().parents[4]
TRY = """
import ctypes.util, sys
if "hide" in sys.argv:
    ctypes.util.find_library = lambda name: None
    real = ctypes.CDLL.__init__
    def init(self, name, *rest, **named):
        if name and "vlc" in str(name):
            raise OSError(name)
        real(self, name, *rest, **named)
    ctypes.CDLL.__init__ = init
from player.domain.errors import EngineError
from player.playback.vlc.loader import LibVlc
try:
    libvlc = LibVlc("none")
except EngineError as error:
    print(error)
else:
    libvlc.release()
    print("started")
"""


def _try(*arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", TRY, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.vlc
def test_starts_and_ends() -> None:
    assert _try() == "started"


def test_not_installed() -> None:
    assert _try("hide").startswith("Session Player plays with VLC, which is not installed. Install VLC 3")


def test_named_but_not_there(tmp_path: Path) -> None:
    assert "not installed" in _try(PYTHON_VLC_LIB_PATH=str(tmp_path / "libvlc.so"))


@pytest.mark.vlc
def test_plugins_missing(tmp_path: Path) -> None:
    assert _try(VLC_PLUGIN_PATH=str(tmp_path)).startswith("VLC is installed, but parts of it are missing. Install")


@pytest.mark.parametrize(
    ("platform", "tool", "command"),
    [
        ("linux", "apt-get", "sudo apt install"),
        ("linux", "dnf", "sudo dnf install"),
        ("linux", "pacman", "sudo pacman -S"),
        ("darwin", "brew", "brew install"),
        ("win32", "winget", "winget install"),
        ("linux", "", "https://www.videolan.org/vlc/"),
    ],
)
def test_install_hint(monkeypatch: pytest.MonkeyPatch, platform: str, tool: str, command: str) -> None:
    monkeypatch.setattr(loader.shutil, "which", lambda name: f"/bin/{name}" if name == tool else None)
    assert command in loader.install_hint(platform)


@pytest.mark.vlc
def test_the_error_is_one_people_are_told_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VLC_PLUGIN_PATH", str(tmp_path))
    with pytest.raises(EngineError) as error:
        loader.LibVlc("none")
    assert error.value.next_step
    assert str(tmp_path) in error.value.details
