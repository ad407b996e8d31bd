# SPDX-License-Identifier: GPL-3.0-or-later
"""Which files are taken and which are passed over, with the reason."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from player.domain.errors import Cancelled
from player.domain.plan import ProblemReason
from player.domain.progress import CancelToken
from player.importing.grouping import group, is_section_name, series_folder_of
from player.importing.scan import Scan


def touch(folder: Path, *names: str, data: bytes = b"x") -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def media_of(folder: Path, scan: Scan | None = None) -> list[str]:
    found = (scan or Scan()).folder(folder)
    return [file.path.relative_to(folder).as_posix() for file in found.files()] if found else []


def test_natural_order_and_capitals(tmp_path: Path) -> None:
    touch(tmp_path, "10 b.MP4", "9 a.mkv", "1 c.MOV", "sound.m4a")
    assert media_of(tmp_path) == ["1 c.MOV", "9 a.mkv", "10 b.MP4", "sound.m4a"]


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.mp4", "._Class 1.mp4", "Class 1.mp4.part", "Class 1.mp4.crdownload", "Class 1.mp4.ytdl",
        "Class 1.f137.mp4", "Class 1.f140.m4a", "Class 1.temp.mp4", "Class 1.mp4.part-Frag12", "sample.mp4",
        "Class 1-sample.mkv", "Class 1-trailer.mp4", "Thumbs.db", "notes.pdf", "list.m3u8",
    ],
)  # fmt: skip
def test_left_out_with_a_reason(tmp_path: Path, name: str) -> None:
    touch(tmp_path, name, "Class 2.mp4")
    scan = Scan()
    assert media_of(tmp_path, scan) == ["Class 2.mp4"]
    assert [(item.path.name, bool(item.why)) for item in scan.left_out] == [(name, True)]


@pytest.mark.parametrize("name", [".git", "@eaDir", "__MACOSX", "$RECYCLE.BIN", "lost+found", "Extras", "Sample"])
def test_folders_left_out(tmp_path: Path, name: str) -> None:
    touch(tmp_path, f"{name}/Class 1.mp4", "Class 2.mp4")
    scan = Scan()
    assert media_of(tmp_path, scan) == ["Class 2.mp4"]
    assert [item.path.name for item in scan.left_out] == [name]


def test_sidecars_are_no_news(tmp_path: Path) -> None:
    touch(tmp_path, "1.mp4", "1.srt", "1.nfo", "cover.jpg", "series.toml")
    scan = Scan()
    found = scan.folder(tmp_path)
    assert found is not None
    assert [file.path.name for file in found.beside] == ["1.nfo", "1.srt", "cover.jpg", "series.toml"]
    assert scan.left_out == []


def test_files_without_an_ending_are_looked_into(tmp_path: Path) -> None:
    touch(tmp_path, "a class", "odd.xyz", data=b"\0\0\0\x18ftypisom" + bytes(2000))
    touch(tmp_path, "readme", data=b"words " * 500)
    scan = Scan()
    assert media_of(tmp_path, scan) == ["a class", "odd.xyz"]
    assert [item.path.name for item in scan.left_out] == ["readme"]


def test_loops_end(tmp_path: Path) -> None:
    touch(tmp_path, "Week 1/1.mp4")
    (tmp_path / "Week 1" / "back").symlink_to(tmp_path, target_is_directory=True)
    scan = Scan()
    assert media_of(tmp_path, scan) == ["Week 1/1.mp4"]
    assert [item.path.name for item in scan.left_out] == ["back"]


def test_a_broken_link_and_a_pipe_are_told(tmp_path: Path) -> None:
    touch(tmp_path, "1.mp4")
    (tmp_path / "2.mp4").symlink_to(tmp_path / "gone.mp4")
    os.mkfifo(tmp_path / "3.mp4")
    scan = Scan()
    assert media_of(tmp_path, scan) == ["1.mp4"]
    assert [(problem.path.name, problem.reason) for problem in scan.problems] == [("2.mp4", ProblemReason.UNREADABLE)]
    assert [item.path.name for item in scan.left_out] == ["3.mp4"]


def test_an_unreadable_folder_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's refusal is played, because an administrator may read everything."""
    touch(tmp_path, "1.mp4", "shut/2.mp4")
    look = os.scandir

    def refuse(path: Path) -> object:
        if path == tmp_path / "shut":
            raise PermissionError(13, "Permission denied")
        return look(path)

    monkeypatch.setattr(os, "scandir", refuse)
    scan = Scan()
    assert media_of(tmp_path, scan) == ["1.mp4"]
    assert [(problem.path.name, problem.reason) for problem in scan.problems] == [("shut", ProblemReason.UNREADABLE)]


def test_cancel(tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        Scan(token).folder(tmp_path)


def series(folder: Path) -> list[tuple[str, list[str | None]]]:
    found = Scan().folder(folder)
    assert found is not None
    return [(one.title, [part.section for part in one.parts]) for one in group(found)]


def test_weeks_are_sections(tmp_path: Path) -> None:
    touch(tmp_path / "Course", "Week 1/1.mp4", "Week 2/1.mp4", "Week 10/1.mp4", "Bonus/1.mp4")
    assert series(tmp_path / "Course") == [("Course", ["Week 1", "Week 2", "Week 10", "Bonus"])]


def test_folders_beside_classes_are_sections(tmp_path: Path) -> None:
    touch(tmp_path / "Course", "1.mp4", "More/2.mp4", "More/Deep/3.mp4")
    assert series(tmp_path / "Course") == [("Course", [None, "More", "More / Deep"])]


def test_a_shelf_of_series(tmp_path: Path) -> None:
    touch(tmp_path, "Welcome to Your Body/1.mp4", "Breath Basics/Part 1/1.mp4", "Breath Basics/Part 2/1.mp4")
    assert series(tmp_path) == [("Breath Basics", ["Part 1", "Part 2"]), ("Welcome to Your Body", [None])]


@pytest.mark.parametrize("name", ["Week 1", "Modul 2 - Atem", "03 Breath", "Part two", "3. Woche", "Section-4", "S02"])
def test_names_of_sections(name: str) -> None:
    assert is_section_name(name)


@pytest.mark.parametrize("name", ["Welcome to Your Body", "Yoga 2020", "Breath Basics", "Live (2019)"])
def test_names_of_series(name: str) -> None:
    assert not is_section_name(name)


def test_the_series_of_a_single_file() -> None:
    assert series_folder_of(Path("/a/Course/1.mp4")) == Path("/a/Course")
    assert series_folder_of(Path("/a/Course/Week 2/1.mp4")) == Path("/a/Course")
