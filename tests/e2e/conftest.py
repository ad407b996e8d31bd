# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.display import Display
from tests.e2e.program import Program


@pytest.fixture(scope="session")
def display() -> Iterator[Display]:
    if not shutil.which("Xvfb"):
        pytest.skip("Xvfb is not installed, so no window can be shown")
    display = Display()
    yield display
    display.close()


@pytest.fixture
def program(tmp_path: Path, display: Display) -> Iterator[Program]:
    """The program on a new data folder."""
    program = Program(tmp_path / "data", display)
    program.settings()
    yield program
    program.kill()


@pytest.fixture
def programs(display: Display) -> Iterator[Callable[..., Program]]:
    """Makes programs on data folders of the test's choice."""
    made: list[Program] = []

    def make(data: Path, **environment: str) -> Program:
        made.append(Program(data, display, **environment))
        return made[-1]

    yield make
    for program in made:
        program.kill()
