# SPDX-License-Identifier: GPL-3.0-or-later
"""Which folders the program cannot do without."""

from __future__ import annotations

import logging
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from player.domain.errors import LibraryUnwritable
from player.importing.picture_cache import PictureCache
from player.system.paths import Paths, find_paths


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """Places of which none can be made below "blocked", whoever runs the tests."""
    (tmp_path / "blocked").write_text("a file where a folder should be")
    return find_paths(tmp_path / "data")


def test_without_its_cache_and_its_logs_the_program_starts(
    paths: Paths, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    paths = replace(paths, cache=tmp_path / "blocked" / "cache", log=tmp_path / "blocked" / "log")
    paths.make()
    assert paths.data.is_dir()
    pictures = PictureCache(paths.pictures)
    with caplog.at_level(logging.WARNING):
        for name in ("a.jpg", "b.jpg"):
            pictures.put(name, b"picture")
    assert pictures.get("a.jpg") == b"picture"
    (line,) = caplog.messages
    assert "stay in memory" in line


@pytest.mark.parametrize("which", ["data", "config"])
def test_without_the_others_it_does_not(paths: Paths, tmp_path: Path, which: str) -> None:
    with pytest.raises(LibraryUnwritable):
        replace(paths, **{which: tmp_path / "blocked" / which}).make()


def test_a_command_works_without_a_cache(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for name in ("cache", "log"):
        (data / name).write_text("a file where a folder should be")
    done = subprocess.run(
        [sys.executable, "-m", "player", "--data-dir", str(data), "check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Pictures: 0" in done.stdout
