# SPDX-License-Identifier: GPL-3.0-or-later
"""Real folders are watched; every test waits for what the watch tells."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.system import watch
from player.system.watch import FolderWatch, Pace, folders_below, is_on_network, is_there

PACE = Pace(gather=30, presence=40, look=100_000, slow_look=100_000)


class Told:
    """What a watch has said, in order."""

    def __init__(self, folder_watch: FolderWatch) -> None:
        self.words: list[tuple[str, Path]] = []
        folder_watch.changed.connect(lambda root: self.words.append(("changed", root)))
        folder_watch.lost.connect(lambda root: self.words.append(("lost", root)))
        folder_watch.back.connect(lambda root: self.words.append(("back", root)))

    def count(self, word: str) -> int:
        return sum(word == one for one, _root in self.words)


Start = Callable[..., Told]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "place" / "videos"
    (folder / "Back").mkdir(parents=True)
    (folder / "Back" / "1. Class.mp4").write_bytes(b"one")
    return folder


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Start]:
    """Watch folders, and wait until they are."""
    watches: list[FolderWatch] = []

    def begin(*roots: Path, pace: Pace = PACE) -> Told:
        watches.append(FolderWatch(pace))
        told = Told(watches[-1])
        watches[-1].set_roots(roots)
        qtbot.waitUntil(lambda: {root for _word, root in told.words} == set(roots))
        return told

    yield begin
    for one in watches:
        one.close()


def test_each_root_is_told_once_at_the_beginning(start: Start, root: Path) -> None:
    assert start(root).words == [("changed", root)]


def test_new_files_and_folders(qtbot: QtBot, start: Start, root: Path) -> None:
    told = start(root)
    (root / "Back" / "2. Class.mp4").write_bytes(b"two")
    qtbot.waitUntil(lambda: told.count("changed") == 2)
    (root / "Hips" / "Week 1").mkdir(parents=True)
    qtbot.waitUntil(lambda: told.count("changed") == 3)
    (root / "Hips" / "Week 1" / "1. Class.mp4").write_bytes(b"three")
    qtbot.waitUntil(lambda: told.count("changed") == 4)


def test_many_changes_are_told_together(qtbot: QtBot, start: Start, root: Path) -> None:
    told = start(root, pace=Pace(gather=400, presence=100_000))
    for number in range(50):
        (root / "Back" / f"{number}. Class.mp4").write_bytes(b"x")
    qtbot.waitUntil(lambda: told.count("changed") == 2)
    assert told.words == [("changed", root)] * 2


def test_a_root_that_goes_and_comes_back(qtbot: QtBot, start: Start, root: Path) -> None:
    told = start(root, pace=Pace(gather=30, presence=100_000))  # the folder above tells at once
    root.rename(root.with_name("away"))
    qtbot.waitUntil(lambda: told.words[-1] == ("lost", root))
    root.with_name("away").rename(root)
    qtbot.waitUntil(lambda: told.words[-2:] == [("back", root), ("changed", root)])
    (root / "Back" / "2. Class.mp4").write_bytes(b"two")
    qtbot.waitUntil(lambda: told.count("changed") == 3)


def test_a_drive_that_goes_with_the_folder_it_is_under(qtbot: QtBot, start: Start, root: Path) -> None:
    """Nothing tells of it: a look finds out."""
    told = start(root)
    place = root.parent
    place.rename(place.with_name("away"))
    qtbot.waitUntil(lambda: told.words[-1] == ("lost", root))
    place.with_name("away").rename(place)
    qtbot.waitUntil(lambda: told.count("back") == 1)


def test_an_empty_folder_is_left_of_a_drive(start: Start, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    gone = tmp_path / "gone"
    assert set(start(tmp_path / "empty", gone).words) == {("lost", tmp_path / "empty"), ("lost", gone)}
    assert not is_there(gone)


def test_a_file_changed_in_place_is_found_by_a_look(qtbot: QtBot, start: Start, root: Path) -> None:
    told = start(root, pace=Pace(gather=30, presence=40, look=1, slow_look=1))
    with (root / "Back" / "1. Class.mp4").open("ab") as file:
        file.write(b" and more")
    qtbot.waitUntil(lambda: told.count("changed") == 2)


def test_what_cannot_be_watched_is_looked_at(
    qtbot: QtBot, start: Start, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "is_on_network", lambda _folder: True)
    told = start(root, pace=Pace(gather=30, presence=40, look=1, slow_look=100_000))
    (root / "Back" / "2. Class.mp4").write_bytes(b"two")
    qtbot.waitUntil(lambda: told.count("changed") == 2)


def test_too_many_folders_are_looked_at(
    qtbot: QtBot, start: Start, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "MOST_FOLDERS", 3)
    for number in range(5):
        (root / f"Series {number}").mkdir()
    told = start(root, pace=Pace(gather=30, presence=40, look=1, slow_look=100_000))
    (root / "Series 4" / "1. Class.mp4").write_bytes(b"two")
    qtbot.waitUntil(lambda: told.count("changed") == 2)


def test_other_roots_later(qtbot: QtBot, root: Path, tmp_path: Path) -> None:
    one = FolderWatch(PACE)
    told = Told(one)
    one.set_roots([root / "Back"])
    qtbot.waitUntil(lambda: told.words == [("changed", root / "Back")])
    one.set_roots([root])
    qtbot.waitUntil(lambda: told.words[1:] == [("changed", root)])
    (root / "Back" / "2. Class.mp4").write_bytes(b"two")
    qtbot.waitUntil(lambda: told.words[2:] == [("changed", root)])
    one.set_roots([])
    one.close()


def test_closing_waits_for_no_drive(qtbot: QtBot, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A look that is under way ends when the watch is closed."""
    for number in range(300):
        (root / f"Series {number}").mkdir()
    one = FolderWatch(PACE)
    one.set_roots([root])
    one.close()


def test_folders_that_an_import_would_look_into(root: Path) -> None:
    (root / ".git" / "objects").mkdir(parents=True)
    (root / "link").symlink_to(root.parent, target_is_directory=True)
    assert set(folders_below(root, 10)) == {root, root / "Back"}
    assert len(list(folders_below(root, 1))) == 1


def test_this_disk_is_no_network(root: Path) -> None:
    assert not is_on_network(root)
    assert not is_on_network(Path(os.devnull))
