# SPDX-License-Identifier: GPL-3.0-or-later
"""What opening files and folders from outside means."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.cli import import_paths
from player.domain.planning import leave_out_classes
from player.domain.vocabulary import Vocabulary
from player.domain.wishes import wishes_of
from player.library import Library
from player.opening import OpenRequest, with_open
from player.playback.controller import PlaybackController
from player.playback.fake import FakeEngine
from player.playback.messages import Message
from player.tasks.lane import Lane
from player.ui.importer import Importer
from player.ui.opener import TOO_MUCH, Opener, classes_of
from tests.media import make_clip

COMMANDS = ("import", "open", "play")


class Desk:
    """An opener with all it needs, on an empty library."""

    def __init__(self, qtbot: QtBot, library: Library, lane: Lane, vocabulary: Vocabulary) -> None:
        self.qtbot, self.library, self.lane = qtbot, library, lane
        self.import_lane = Lane("import")
        self.engine = FakeEngine()
        self.controller = PlaybackController(self.engine, library, lane)
        self.importer = Importer(library, self.import_lane, vocabulary)
        self.opener = Opener(self.importer, library, lane, self.controller)
        self.messages: list[Message] = []
        self.opener.message.connect(self.messages.append)

    def plays(self, path: Path) -> None:
        def there() -> bool:
            video = self.controller.class_video
            return video is not None and video.path == path

        self.qtbot.waitUntil(there, timeout=30_000)

    def queue(self) -> list[str]:
        return [self.library.class_video(item.class_id).path.name for item in self.controller.queue.items]

    def close(self) -> None:
        self.controller.shutdown()
        self.engine.shutdown()
        assert self.import_lane.close()


@pytest.fixture
def desk(qtbot: QtBot, library: Library, lane: Lane, vocabulary: Vocabulary) -> Iterator[Desk]:
    made = Desk(qtbot, library, lane, vocabulary)
    yield made
    made.close()


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two series of two classes each."""
    made = []
    for name, first in (("One", 1), ("Two", 3)):
        folder = tmp_path_factory.mktemp("media") / name
        folder.mkdir()
        for number in (first, first + 1):
            make_clip(folder / f"{number:02d} Class.mp4", seconds=2, fps=5, colours=((40 * number, 90, 90),))
        made.append(folder)
    return made[0], made[1]


def test_a_file_is_imported_and_played(desk: Desk, folders: tuple[Path, Path]) -> None:
    wanted = folders[0] / "02 Class.mp4"
    desk.opener.open([wanted])
    desk.plays(wanted)
    assert len(desk.library.series_list()) == 1


def test_of_a_folder_the_class_to_go_on_with(desk: Desk, folders: tuple[Path, Path]) -> None:
    desk.opener.open([folders[0]])
    desk.plays(folders[0] / "01 Class.mp4")
    assert desk.queue() == ["02 Class.mp4"]
    first = desk.controller.class_video
    assert first is not None
    desk.controller.stop()
    desk.library.set_done(first.id, True)
    desk.opener.open([folders[0]])
    desk.plays(folders[0] / "02 Class.mp4")


def test_several_play_one_after_the_other(desk: Desk, folders: tuple[Path, Path]) -> None:
    desk.opener.open([*sorted(folders[0].iterdir()), folders[1] / "04 Class.mp4"])
    desk.plays(folders[0] / "01 Class.mp4")
    assert desk.queue() == ["04 Class.mp4", "02 Class.mp4"]


def test_what_cannot_be_played_is_said(desk: Desk, tmp_path: Path) -> None:
    rubbish = tmp_path / "rubbish.mp4"
    rubbish.write_bytes(b"no video")
    desk.opener.open([rubbish])
    desk.qtbot.waitUntil(lambda: bool(desk.messages), timeout=30_000)
    assert desk.messages[0].text == "Nothing in “rubbish.mp4” can be played."
    assert desk.controller.class_video is None


def leave_out(desk: Desk, folder: Path, name: str) -> None:
    """Look a folder through and leave one of its classes out."""
    with desk.qtbot.waitSignal(desk.importer.found, timeout=30_000) as told:
        desk.importer.look([folder])
    (found,) = told.args
    plan = found.base.begin
    place = next(place for place, one in enumerate(plan.series[0].classes) if one.path.name == name)
    with desk.qtbot.waitSignal(desk.importer.finished, timeout=30_000):
        desk.importer.accept(found, wishes_of(found.base.plan, leave_out_classes(plan, 0, {place})))
    assert desk.library.left_out() == {folder / name}


def test_a_file_that_was_left_out_is_taken_in_when_it_is_opened(desk: Desk, folders: tuple[Path, Path]) -> None:
    leave_out(desk, folders[0], "02 Class.mp4")
    desk.opener.open([folders[0]])
    desk.plays(folders[0] / "01 Class.mp4")
    assert desk.library.left_out()  # its folder was named, it was not
    desk.opener.open([folders[0] / "02 Class.mp4"])
    desk.plays(folders[0] / "02 Class.mp4")
    assert not desk.library.left_out()
    taken = desk.controller.class_video
    assert taken is not None
    assert taken.duration_ms > 0


def test_the_command_line_takes_in_a_file_it_is_given(desk: Desk, folders: tuple[Path, Path]) -> None:
    leave_out(desk, folders[0], "02 Class.mp4")
    assert import_paths(desk.library, [folders[0]]).added == 0
    assert import_paths(desk.library, [folders[0] / "02 Class.mp4"]).added == 1
    assert not desk.library.left_out()


def test_a_later_file_of_a_class_begins_at_its_place(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "Neck"
    folder.mkdir()
    parts = [make_clip(folder / f"Neck cd{n}.mp4", seconds=n + 1, size=(64, 36)) for n in (1, 2, 3)]
    desk.opener.open([parts[1]])
    desk.plays(parts[0])
    video = desk.controller.class_video
    assert video is not None
    assert [part.path for part in video.parts] == parts
    assert desk.engine.position_ms == video.parts[0].duration_ms
    opened = classes_of(desk.library, [parts[2], parts[0]])
    assert [one.at_ms for one in opened] == [video.parts[0].duration_ms + video.parts[1].duration_ms, None]


def test_a_whole_disk_is_not_opened(
    desk: Desk, folders: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    shutil.copytree(folders[0], home / "Videos")
    monkeypatch.setenv("HOME", str(home))
    desk.opener.open([Path("/"), home])
    assert not desk.importer.running
    assert [message.text for message in desk.messages] == [TOO_MUCH.format("/"), TOO_MUCH.format(home)]
    assert not desk.library.source_folders()
    desk.opener.open([home / "Videos"])
    desk.plays(home / "Videos" / "01 Class.mp4")
    assert desk.library.source_folders() == (home / "Videos",)


def test_what_is_opened_during_an_import_comes_after_it_even_if_that_is_stopped(
    desk: Desk, folders: tuple[Path, Path]
) -> None:
    desk.importer.start([folders[1]])
    desk.opener.open([folders[0] / "02 Class.mp4"])
    assert [message.text for message in desk.messages] == [
        "“02 Class.mp4” will be opened when the import that is under way has ended."
    ]
    with desk.qtbot.waitSignal(desk.importer.cancelled, timeout=30_000):
        desk.importer.cancel()
    desk.plays(folders[0] / "02 Class.mp4")


def test_nothing_begins_once_the_importer_is_closed(desk: Desk, folders: tuple[Path, Path]) -> None:
    desk.importer.start([folders[1]])
    desk.opener.open([folders[0]])
    with desk.qtbot.waitSignal(desk.importer.cancelled, timeout=30_000):
        desk.importer.close()
    assert not desk.importer.running
    assert desk.library.series_list() == ()


def test_go_on_plays_the_class_under_way(desk: Desk, folders: tuple[Path, Path]) -> None:
    desk.opener.go_on()
    desk.qtbot.waitUntil(lambda: desk.lane.idle)
    assert desk.controller.class_video is None
    with desk.qtbot.waitSignal(desk.importer.finished, timeout=30_000):
        desk.importer.start([folders[0]])
    desk.opener.go_on()
    desk.plays(folders[0] / "01 Class.mp4")


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ([], []),
        (["--demo"], ["--demo"]),
        (["import", "/a"], ["import", "/a"]),
        (["/a b.mp4", "c"], ["open", "/a b.mp4", "c"]),
        (["--data-dir", "/d", "./x.mp4"], ["--data-dir", "/d", "open", "./x.mp4"]),
        (["--data-dir", "/d", "play"], ["--data-dir", "/d", "play"]),
        (["--data-dir=/d", "/x.mp4"], ["--data-dir=/d", "open", "/x.mp4"]),
        (["nonsense"], ["nonsense"]),
    ],
)
def test_paths_stand_where_a_command_would(given: list[str], meant: list[str]) -> None:
    assert with_open(given, COMMANDS) == meant


def test_a_request_with_paths_survives_the_socket() -> None:
    request = OpenRequest(paths=("/a.mp4", "/b"))
    assert OpenRequest.from_json({**request.to_json(), "paths": ["/a.mp4", "/b"]}) == request
    assert OpenRequest.from_json({"paths": "/a"}).paths == ()
    assert OpenRequest.from_json({"paths": [1, "/a"]}).paths == ("/a",)
