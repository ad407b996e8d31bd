# SPDX-License-Identifier: GPL-3.0-or-later
"""A file is taken when it has stopped changing; the clock is moved by hand."""

from __future__ import annotations

from pathlib import Path

from player.importing.growing import Growing
from player.importing.scan import FoundFile, Scan

CLASS = Path("/videos/1. Class.mp4")


class Clock:
    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_taken_when_it_has_been_still() -> None:
    clock = Clock()
    growing = Growing(5, clock)
    for size in (10, 20):  # it grows
        growing.begin()
        assert growing.not_yet(FoundFile(CLASS, size, 1), ())
        assert growing.waiting
        clock.now_s += 60
    growing.begin()
    assert not growing.not_yet(FoundFile(CLASS, 20, 1), ())
    assert not growing.waiting


def test_two_looks_in_quick_succession_are_not_enough() -> None:
    clock = Clock()
    growing = Growing(5, clock)
    for step_s in (1, 3, 1):
        growing.begin()
        assert growing.not_yet(FoundFile(CLASS, 10, 1), ())
        clock.now_s += step_s
    growing.begin()
    assert not growing.not_yet(FoundFile(CLASS, 10, 1), ())


def test_written_into_without_growing() -> None:
    clock = Clock()
    growing = Growing(5, clock)
    for modified_ns in (1, 2, 3):
        growing.begin()
        assert growing.not_yet(FoundFile(CLASS, 10, modified_ns), ())
        clock.now_s += 6


def test_a_part_beside_it_that_grows() -> None:
    """Some downloads make the whole file first and fill another one."""
    clock = Clock()
    growing = Growing(5, clock)
    part = CLASS.with_name("1. Class.mp4.part")
    for size in (10, 20):
        growing.begin()
        assert growing.not_yet(FoundFile(CLASS, 10, 1), [FoundFile(part, size, 1)])
        clock.now_s += 6
    growing.begin()
    assert not growing.not_yet(FoundFile(CLASS, 10, 1), [FoundFile(part, 20, 1)])


def test_a_quick_look_between_imports(tmp_path: Path) -> None:
    clock = Clock()
    growing = Growing(5, clock)
    path = tmp_path / "1. Class.mp4"
    path.write_bytes(b"one")
    assert not growing.ready()
    growing.begin()
    info = path.stat()
    assert growing.not_yet(FoundFile(path, info.st_size, info.st_mtime_ns), ())
    clock.now_s += 6
    path.write_bytes(b"one and two")
    assert not growing.ready()
    clock.now_s += 4
    assert not growing.ready()
    clock.now_s += 2
    assert growing.ready()
    path.unlink()
    assert growing.ready()


def test_what_is_not_asked_for_is_forgotten() -> None:
    clock = Clock()
    growing = Growing(5, clock)
    growing.begin()
    assert growing.not_yet(FoundFile(CLASS, 10, 1), ())
    growing.begin()
    growing.begin()
    clock.now_s += 6
    assert growing.not_yet(FoundFile(CLASS, 10, 1), ())


def test_a_scan_knows_unfinished_parts(tmp_path: Path) -> None:
    for name in ("1. Class.mp4", "1. Class.mp4.part", "2. Class.mp4", "3. Class.mp4.aria2"):
        (tmp_path / name).write_bytes(b"x")
    scan = Scan()
    scan.folder(tmp_path)
    assert {path.name: [file.path.name for file in files] for path, files in scan.unfinished.items()} == {
        "1. Class.mp4": ["1. Class.mp4.part"], "3. Class.mp4": ["3. Class.mp4.aria2"],
    }  # fmt: skip
