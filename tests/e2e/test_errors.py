# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong outside the program: each time a sentence with a next step, no traceback, nothing lost."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.program import Program
from tests.media import make_clip

pytestmark = pytest.mark.e2e

Make = Callable[..., Program]


def says(done_stderr: str, *words: str) -> None:
    assert "Traceback" not in done_stderr
    for word in words:
        assert word in done_stderr


def test_no_libvlc(programs: Make, tmp_path: Path) -> None:
    program = programs(tmp_path / "data", PYTHON_VLC_LIB_PATH=str(tmp_path / "libvlc.so"))
    done = program.run()
    assert done.returncode == 1
    says(done.stderr, "VLC", "install")
    assert program.json("list") == []


def test_a_damaged_file(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "Classes"
    folder.mkdir()
    make_clip(folder / "1 Good.mp4", seconds=2)
    good = (folder / "1 Good.mp4").read_bytes()
    (folder / "2 Cut off.mp4").write_bytes(good[: len(good) // 3])
    (folder / "3 Empty.mp4").write_bytes(b"")
    report = program.json("import", str(folder))
    assert report["added"] >= 1
    reasons = {Path(problem["path"]).name: problem["reason"] for problem in report["problems"]}
    assert reasons == {"2 Cut off.mp4": "damaged", "3 Empty.mp4": "empty"}
    assert program.run("import", str(folder)).returncode == 3
    assert program.json("show", "Classes/1")["state"] == "ready"


def test_a_data_folder_that_cannot_be_written(programs: Make, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file, not a folder")
    program = programs(tmp_path / "elsewhere")
    program.data = tmp_path / "file" / "data"
    for arguments in (["list"], ["import", str(tmp_path)], []):
        done = program.run(*arguments)
        assert done.returncode == 1
        says(done.stderr, "cannot be written", "--data-dir")


def test_a_library_of_a_newer_version(program: Program) -> None:
    assert program.json("list") == []
    database = program.data / "library.sqlite"
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = database.read_bytes()
    for arguments in (["list"], []):
        done = program.run(*arguments)
        assert done.returncode == 1
        says(done.stderr, "newer")
    assert database.read_bytes() == before


def test_a_library_that_is_none(program: Program) -> None:
    (program.data / "library.sqlite").write_bytes(b"this is not a database" * 100)
    done = program.run("list")
    assert done.returncode == 1
    says(done.stderr, "library")
    assert (program.data / "library.sqlite").read_bytes().startswith(b"this is not")


def test_wrong_use(program: Program) -> None:
    for arguments in (["seek"], ["control", "seek", "soon"], ["import", "/no/such/folder"], ["play", "--at", "x"]):
        done = program.run(*arguments)
        assert done.returncode == 2, arguments
        says(done.stderr)


def test_what_is_not_there(program: Program) -> None:
    for arguments in (["show", "17"], ["show", "Nothing/1"], ["list", "Nothing"]):
        done = program.run(*arguments)
        assert done.returncode == 1
        says(done.stderr)


def test_no_window_to_control(program: Program) -> None:
    done = program.run("control", "status", "--json")
    assert done.returncode == 1
    says(done.stderr, "No window")


def test_a_window_that_is_just_ending_is_waited_for(program: Program) -> None:
    """The lock is held but nobody answers; when it is let go, this start opens its own window."""
    from PySide6.QtCore import QLockFile

    assert program.json("list") == []
    lock = QLockFile(str(program.data / "window.lock"))
    assert lock.tryLock(0)
    program.start()
    time.sleep(1.5)  # nothing can be seen of a start that waits
    lock.unlock()
    program.wait(lambda now: now["state"] == "idle")
    assert program.quit() == 0
