# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known of a machine before libVLC is asked to play on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from player.playback.vlc.loader import has_sound_output


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any sound server."""
    monkeypatch.delenv("PULSE_SERVER", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return tmp_path


def test_no_device_and_no_server(bare: Path) -> None:
    assert not has_sound_output("linux", bare / "snd")


def test_a_device(bare: Path) -> None:
    (bare / "snd").mkdir()
    (bare / "snd" / "pcmC0D0c").touch()  # a microphone
    assert not has_sound_output("linux", bare / "snd")
    (bare / "snd" / "pcmC0D0p").touch()
    assert has_sound_output("linux", bare / "snd")


@pytest.mark.parametrize("name", ["pulse/native", "pipewire-0"])
def test_a_sound_server(bare: Path, name: str) -> None:
    (bare / name).parent.mkdir(exist_ok=True)
    (bare / name).touch()
    assert has_sound_output("linux", bare / "snd")


def test_a_sound_server_elsewhere(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", "tcp:studio")
    assert has_sound_output("linux", bare / "snd")


def test_other_systems_are_not_asked(bare: Path) -> None:
    assert has_sound_output("darwin", bare / "snd")
    assert has_sound_output("win32", bare / "snd")
