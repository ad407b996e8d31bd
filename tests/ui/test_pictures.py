# SPDX-License-Identifier: GPL-3.0-or-later
"""Where pictures come from, what is never read, and that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from typing_extensions import override

from player.domain.models import ClassState, ClassVideo, FileIdentity
from player.domain.progress import CancelToken
from player.importing.pictures import Made, PictureSource
from player.library import Library
from player.tasks.lane import Lane
from player.ui.pictures import Pictures, load_picture
from player.ui.widgets.poster import DESIGNS, poster
from tests.ui.conftest import PaintedPictures, jpeg_of

SIZE = QSize(104, 60)


@pytest.fixture
def video(library_with_demo: Library) -> ClassVideo:
    return library_with_demo.classes(library_with_demo.find_series("Welcome to Your Body").id)[0]


def test_a_missing_picture_is_made_then_read(qtbot: QtBot, pictures: Pictures, video: ClassVideo) -> None:
    assert pictures.of_class(video, SIZE) is None
    qtbot.waitUntil(lambda: pictures.of_class(video, SIZE) is not None)
    picture = pictures.of_class(video, SIZE, 1.0)
    assert isinstance(picture, QPixmap)
    assert picture.size() == SIZE
    assert pictures.path_of(video.identity).exists()
    assert not pictures.has_none(video.identity.key)


def test_arrived_says_which(qtbot: QtBot, pictures: Pictures, video: ClassVideo) -> None:
    with qtbot.waitSignal(pictures.arrived, check_params_cb=lambda name: name == video.identity.key):
        pictures.of_class(video, SIZE)


def test_a_picture_that_cannot_be_made_is_asked_for_once(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, video: ClassVideo
) -> None:
    video = replace(video, path=tmp_path / "class.mp4")
    video.path.write_bytes(b"no video")
    lane, maker = Lane("pictures"), NeverMaker()
    pictures = Pictures(tmp_path / "none", lane, maker=maker)
    try:
        with qtbot.waitSignal(pictures.arrived):
            pictures.of_class(video, SIZE)
        assert pictures.has_none(video.identity.key)
        assert pictures.of_class(video, SIZE) is None
        assert pictures.of_class(video, QSize(300, 200)) is None
        assert maker.tried == [video.path]
        pictures.forget_failures()
        with qtbot.waitSignal(pictures.arrived):
            pictures.of_class(video, SIZE)
        assert maker.tried == [video.path], "the file is as it was when it gave no picture"
        video.path.write_bytes(b"another file")
        pictures.forget_failures()
        with qtbot.waitSignal(pictures.arrived):
            pictures.of_class(video, SIZE)
        assert maker.tried == [video.path] * 2
    finally:
        pictures.close()
        assert lane.close()


class NeverMaker(PaintedPictures):
    """Tells what it was asked for, and makes nothing."""

    def __init__(self) -> None:
        self.tried: list[Path | None] = []

    @override
    def picture(self, source: PictureSource, width: int, *, cancel: CancelToken | None = None) -> Made:
        self.tried.append(source.media)
        return Made(None)


def test_a_class_that_is_not_there_is_not_opened(qtbot: QtBot, pictures: Pictures, video: ClassVideo) -> None:
    missing = replace(video, state=ClassState.MISSING)
    with qtbot.waitSignal(pictures.arrived):
        pictures.of_class(missing, SIZE)
    assert pictures.has_none(video.identity.key)


@pytest.fixture
def small(qapp: QApplication, tmp_path: Path) -> Iterator[Pictures]:
    """Pictures with room in memory for three of them."""
    lane = Lane("small")
    made = Pictures(tmp_path / "small", lane, maker=PaintedPictures(), budget_bytes=3 * 104 * 60 * 4)
    yield made
    made.close()
    assert lane.close()


def test_memory_is_bounded(qtbot: QtBot, small: Pictures, video: ClassVideo) -> None:
    for number in range(8):
        other = replace(video, identity=FileIdentity(number, f"{number:08x}"))
        qtbot.waitUntil(lambda one=other: small.of_class(one, SIZE) is not None)
    assert len(small._pixmaps) <= 3
    assert small._used <= 3 * 104 * 60 * 4


def test_a_picture_fills_its_place_and_is_cut_in_the_middle(qapp: QApplication, tmp_path: Path) -> None:
    image = QImage(400, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    for x in range(150, 250):
        for y in range(100):
            image.setPixelColor(x, y, QColor("blue"))
    loaded = load_picture(jpeg_of(image), QSize(50, 50))
    assert loaded is not None
    assert loaded.size() == QSize(50, 50)
    assert loaded.pixelColor(25, 25).blue() > 240


def test_only_pictures_that_a_worker_made_are_read(qapp: QApplication) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    assert load_picture(drawing, SIZE) is None
    assert load_picture(b"nothing of a picture", SIZE) is None
    assert load_picture(b"", SIZE) is None


def test_painted_posters_are_the_same_for_the_same_words(qapp: QApplication) -> None:
    assert poster("Quiet Strength", 261, 144).toImage() == poster("Quiet Strength", 261, 144).toImage()
    different = {poster(f"Series {number}", 60, 33).toImage().pixelColor(30, 16).name() for number in range(60)}
    assert len(different) >= DESIGNS // 2
