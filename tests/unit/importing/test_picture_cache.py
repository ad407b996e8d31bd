# SPDX-License-Identifier: GPL-3.0-or-later
"""The cache of pictures: bounded, whole or not at all, and never a reason to stop."""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from pathlib import Path

import pytest

from player.domain.media import MediaFacts, MediaFormat, MediaSource
from player.domain.models import ClassId, ClassState, ClassVideo, FileIdentity, SeriesId
from player.domain.progress import CancelToken
from player.importing.picture_cache import RECIPE, PictureCache, stamp_of
from player.importing.picture_shelf import PictureShelf, picture_of_class, picture_of_file, strip_name
from player.importing.pictures import Made, PictureSource
from player.importing.strip_file import pack_strip

JPEG = b"\xff\xd8\xff a picture \xff\xd9"


def test_kept_over_a_restart(tmp_path: Path) -> None:
    first = PictureCache(tmp_path / "pictures")
    assert first.get("a.jpg") is None
    first.put("a.jpg", JPEG)
    assert first.get("a.jpg") == JPEG
    second = PictureCache(tmp_path / "pictures")
    assert second.has("a.jpg")
    assert second.get("a.jpg") == JPEG
    assert second.used_bytes == first.used_bytes == (tmp_path / "pictures" / RECIPE / "a.jpg").stat().st_size


def test_what_was_not_looked_at_for_longest_goes_first(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path, 10_000)
    for number in range(9):
        cache.put(f"{number}.jpg", bytes(2000))
        os.utime(cache.path_of(f"{number}.jpg"), (1_000_000 + number, 1_000_000 + number))
    again = PictureCache(tmp_path, 10_000)
    assert again.nearly_full
    assert again.get("0.jpg") is not None, "looked at now"
    assert again.trim() == 5
    assert again.used_bytes <= 10_000
    left = {path.name for path in (tmp_path / RECIPE).iterdir()}
    assert left == {"0.jpg", "6.jpg", "7.jpg", "8.jpg"}
    assert again.trim() == 0


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "longer"])
def test_what_is_damaged_is_thrown_away(tmp_path: Path, damage: str) -> None:
    cache = PictureCache(tmp_path)
    cache.put("a.jpg", JPEG)
    path = cache.path_of("a.jpg")
    data = path.read_bytes()
    flipped = bytes([*data[:5], data[5] ^ 1, *data[6:]])
    path.write_bytes({"cut": data[:9], "flipped": flipped, "empty": b"", "longer": data + b"x"}[damage])
    assert cache.get("a.jpg") is None
    assert not path.exists()
    assert cache.used_bytes == 0
    cache.put("a.jpg", JPEG)
    assert cache.get("a.jpg") == JPEG


def test_a_folder_that_cannot_be_written_to(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "pictures").write_text("a file where the folder should be")
    cache = PictureCache(tmp_path / "pictures")
    with caplog.at_level(logging.INFO):
        for number in range(3):
            cache.put(f"{number}.jpg", JPEG)
    assert cache.get("1.jpg") == JPEG
    assert cache.has("2.jpg")
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "stay in memory" in caplog.text
    assert cache.trim() == 0


def test_older_recipes_and_pieces_go_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "r1").mkdir()
    (tmp_path / "r1" / "x.jpg").write_bytes(b"old")
    (tmp_path / "0f3a-1c.jpg").write_bytes(b"from before there were recipes")
    (tmp_path / "holiday.jpg").write_bytes(b"not ours")
    (tmp_path / RECIPE).mkdir()
    (tmp_path / RECIPE / ".abc.part").write_bytes(b"of a program that was killed")
    cache = PictureCache(tmp_path)
    assert not cache.has("x.jpg")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["holiday.jpg", RECIPE]
    assert not list((tmp_path / RECIPE).iterdir())


class CountingMaker:
    """Makes the same for everybody, and counts."""

    def __init__(self, picture: Made, strip: Made) -> None:
        self._picture, self._strip = picture, strip
        self.pictures: list[PictureSource] = []
        self.strips: list[Path] = []

    def picture(self, source: PictureSource, width: int, *, cancel: CancelToken | None = None) -> Made:
        self.pictures.append(source)
        return self._picture

    def strip(
        self,
        source: MediaSource,
        *,
        gentle: bool = False,
        cancel: CancelToken | None = None,
    ) -> Made:
        self.strips.append(source.path)
        return self._strip

    def rest(self) -> None:
        """Nothing runs."""


@pytest.fixture
def video(tmp_path: Path) -> ClassVideo:
    path = tmp_path / "class.mp4"
    path.write_bytes(b"a class")
    return ClassVideo(
        id=ClassId(1),
        series_id=SeriesId(1),
        series_title="Series",
        section=None,
        number=1,
        title="Class",
        duration_ms=60_000,
        description="",
        path=path,
        state=ClassState.READY,
        identity=FileIdentity(7, "abcdef"),
        format=MediaFormat.MP4,
        facts=MediaFacts(has_video=True),
    )


GOOD = Made(JPEG), Made(pack_strip([(0, JPEG)]))
NOTHING = Made(None), Made(None)


def test_what_is_lacking_is_known_without_a_look_at_the_file(tmp_path: Path, video: ClassVideo) -> None:
    shelf, maker = PictureShelf(PictureCache(tmp_path / "cache")), CountingMaker(*GOOD)
    assert shelf.lacks_picture(video)
    assert shelf.lacks_strip(video)
    assert shelf.make_picture(picture_of_class(video), maker) == JPEG
    assert shelf.make_strip(video, maker) is not None
    again = PictureShelf(PictureCache(tmp_path / "cache"))
    gone = replace(video, path=tmp_path / "moved.mp4")
    assert not again.lacks_picture(gone)
    assert not again.lacks_strip(gone)
    assert again.picture(picture_of_class(gone)) == JPEG
    assert again.strip(gone) is not None


def test_sound_and_missing_classes_lack_nothing(tmp_path: Path, video: ClassVideo) -> None:
    shelf = PictureShelf(PictureCache(tmp_path / "cache"))
    assert not shelf.lacks_strip(replace(video, facts=MediaFacts(has_audio=True)))
    missing = replace(video, state=ClassState.MISSING)
    assert not shelf.lacks_strip(missing)
    assert not shelf.lacks_picture(missing)


def test_failures_are_remembered_until_the_file_changes(tmp_path: Path, video: ClassVideo) -> None:
    maker = CountingMaker(*NOTHING)
    for _start in range(2):
        shelf = PictureShelf(PictureCache(tmp_path / "cache"))
        assert shelf.make_picture(picture_of_class(video), maker) is None
        assert shelf.make_strip(video, maker) is None
        assert not shelf.lacks_picture(video)
        assert not shelf.lacks_strip(video)
    assert (len(maker.pictures), len(maker.strips)) == (1, 1)
    os.utime(video.path, (5, 5))
    assert shelf.make_picture(picture_of_class(video), maker) is None
    assert shelf.make_strip(video, maker) is None
    assert (len(maker.pictures), len(maker.strips)) == (2, 2)


def test_a_slow_drive_has_a_second_chance_and_an_absent_one_any_number(tmp_path: Path, video: ClassVideo) -> None:
    shelf, maker = PictureShelf(PictureCache(tmp_path / "cache")), CountingMaker(Made(None), Made(None, too_slow=True))
    for _try in range(4):
        shelf.make_strip(video, maker)
    assert len(maker.strips) == 2
    absent = replace(video, path=tmp_path / "absent.mp4", identity=FileIdentity(8, "abc"))
    for _try in range(4):
        shelf.make_strip(absent, maker)
    assert len(maker.strips) == 6
    assert shelf.lacks_strip(absent)


def test_another_picture_beside_the_class_is_another_picture(tmp_path: Path, video: ClassVideo) -> None:
    shelf, maker = PictureShelf(PictureCache(tmp_path / "cache")), CountingMaker(*GOOD)
    poster = tmp_path / "class.jpg"
    poster.write_bytes(b"first")
    wanted = picture_of_class(replace(video, poster=poster))
    assert wanted.name != picture_of_class(video).name
    assert shelf.make_picture(wanted, maker) == JPEG
    assert shelf.picture(wanted) == JPEG
    poster.write_bytes(b"the second")
    assert shelf.picture(wanted) is None
    assert shelf.make_picture(wanted, maker) == JPEG
    assert shelf.picture(wanted) == JPEG
    poster.unlink()
    assert shelf.picture(wanted) == JPEG, "on a drive that is not connected"


def test_a_picture_of_the_user_goes_through_the_worker(tmp_path: Path) -> None:
    shelf, maker = PictureShelf(PictureCache(tmp_path / "cache")), CountingMaker(*GOOD)
    poster = tmp_path / "poster.webp"
    poster.write_bytes(b"a picture")
    assert shelf.picture(picture_of_file(poster)) is None
    assert shelf.make_picture(picture_of_file(poster), maker) == JPEG
    assert maker.pictures == [PictureSource(None, None, poster)]


def test_rubbish_from_a_worker_is_not_kept(tmp_path: Path, video: ClassVideo) -> None:
    shelf = PictureShelf(PictureCache(tmp_path / "cache"))
    maker = CountingMaker(Made(b"rubbish"), Made(b"rubbish"))
    assert shelf.make_picture(picture_of_class(video), maker) is None
    assert shelf.make_strip(video, maker) is None
    shelf.cache.put(strip_name(video.identity), b"rubbish")
    assert shelf.strip(video) is None
    assert not shelf.cache.has(strip_name(video.identity))
    assert stamp_of(tmp_path / "nothing") is None
