# SPDX-License-Identifier: GPL-3.0-or-later
"""What every test may use, and what makes a test fail besides its assertions: Qt messages and leaked threads."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_CORPUS = ROOT.parent / "shared" / "corpus"
HARMLESS_QT_MESSAGES = (
    "This plugin does not support",  # what the offscreen platform says of window icons, raise and so on
    "propagateSizeHints",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--corpus", type=Path, default=None, help="folder with the collection of real files")
    parser.addoption("--bench", action="store_true", help="run the measurements too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--bench"):
        return
    measurements = [item for item in items if item.get_closest_marker("bench")]
    if measurements:
        config.hook.pytest_deselected(items=measurements)
        items[:] = [item for item in items if not item.get_closest_marker("bench")]


@pytest.fixture(scope="session")
def corpus(pytestconfig: pytest.Config) -> Path:
    """The folder of real files; tests that need it are skipped where it is not there."""
    given = pytestconfig.getoption("--corpus")
    folder = given or DEFAULT_CORPUS
    if not (folder / "media").is_dir():
        if given:
            pytest.fail(f"--corpus {given}: there is no folder media in it")
        pytest.skip("the collection of real files is not here; name it with --corpus")
    return folder


@pytest.fixture(autouse=True)
def _no_threads_left_behind() -> Iterator[None]:
    """A test must end the threads that it began."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        left = [thread for thread in threading.enumerate() if thread not in before and thread.is_alive()]
        if not left:
            return
        gc.collect()
        left[0].join(0.05)
    pytest.fail(f"left running: {', '.join(thread.name for thread in left)}")


@pytest.fixture(autouse=True)
def _qt_messages_fail(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever Qt complains about fails the test that made it complain."""
    if "qtbot" not in request.fixturenames and "qapp" not in request.fixturenames:
        yield
        return
    log = request.getfixturevalue("qtlog")
    yield
    bad = [
        record.message
        for record in log.records
        if record.type.name in ("QtWarningMsg", "QtCriticalMsg", "QtFatalMsg")
        and not any(harmless in record.message for harmless in HARMLESS_QT_MESSAGES)
    ]
    assert not bad, f"Qt complained: {bad}"
