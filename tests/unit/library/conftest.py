# SPDX-License-Identifier: GPL-3.0-or-later
"""A library on a real file, and a folder for videos."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from player.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "data" / "library.sqlite")
    yield library
    library.close()


@pytest.fixture
def videos(tmp_path: Path) -> Path:
    folder = tmp_path / "videos"
    folder.mkdir()
    return folder
