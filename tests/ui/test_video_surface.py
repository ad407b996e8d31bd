# SPDX-License-Identifier: GPL-3.0-or-later
"""The surface paints pictures pixel for pixel, mirrored or not, and asks for them only while it is visible."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QImage, QPixmap
from pytestqt.qtbot import QtBot
from typing_extensions import override

from player.playback.frames import FrameSource, Picture, fit
from player.ui.widgets.video_surface import LETTERBOX, VideoSurface


class OnePicture(FrameSource):
    """A source with one picture: red growing to the right, green growing downwards."""

    def __init__(self, shape: tuple[int, int] | None = (320, 180), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shape = shape
        self.surfaces: dict[object, tuple[int, int]] = {}
        self.serial = 0
        self.sizes: list[tuple[int, int]] = []

    @override
    def add_surface(self, surface: object, width: int, height: int) -> None:
        self.surfaces[surface] = (width, height)
        self.sizes.append((width, height))

    @override
    def remove_surface(self, surface: object) -> None:
        self.surfaces.pop(surface, None)

    @override
    def picture(self, surface: object) -> Picture | None:
        if self._shape is None or surface not in self.surfaces:
            return None
        width, height = fit(self._shape, *self.surfaces[surface])
        stride = width * 4 + 32
        data = bytearray(stride * height)
        for y in range(height):
            for x in range(width):
                data[y * stride + 4 * x : y * stride + 4 * x + 4] = bytes((self.serial, y % 256, x % 256, 255))
        return Picture(memoryview(bytes(data)), width, height, stride, self.serial, 0)

    @property
    @override
    def shape(self) -> tuple[int, int] | None:
        return self._shape

    def clear(self) -> None:
        self._shape = None
        self.picture_ready.emit()


def _shown(qtbot: QtBot, source: OnePicture, size: tuple[int, int]) -> VideoSurface:
    surface = VideoSurface(source)
    qtbot.addWidget(surface)
    surface.resize(*size)
    with qtbot.waitExposed(surface):
        surface.show()
    return surface


def _grab(surface: VideoSurface) -> QImage:
    return surface.grab().toImage()


def test_it_asks_for_its_size_in_device_pixels_and_lets_go_when_hidden(qtbot: QtBot) -> None:
    source = OnePicture()
    surface = _shown(qtbot, source, (400, 300))
    ratio = surface.devicePixelRatioF()
    assert source.surfaces == {surface: (round(400 * ratio), round(300 * ratio))}
    surface.resize(320, 180)
    assert source.surfaces == {surface: (round(320 * ratio), round(180 * ratio))}
    surface.hide()
    assert source.surfaces == {}
    source.picture_ready.emit()
    surface.show()
    assert surface in source.surfaces


@pytest.mark.parametrize("mirrored", [False, True])
def test_pictures_are_centred_and_painted_pixel_for_pixel(qtbot: QtBot, mirrored: bool) -> None:
    surface = _shown(qtbot, OnePicture(), (240, 200))
    surface.set_mirrored(mirrored)
    image = _grab(surface)
    top = (200 - 136) // 2
    for x in (0, 1, 17, 238, 239):
        source_x = 239 - x if mirrored else x
        for y in (0, 1, 77, 135):
            assert image.pixelColor(x, top + y) == QColor(source_x, y, 0), (x, y)
    assert image.pixelColor(3, top - 1) == LETTERBOX
    assert image.pixelColor(3, top + 136) == LETTERBOX


def test_the_bytes_of_a_picture_outlive_its_painting(qtbot: QtBot) -> None:
    source = OnePicture()
    surface = _shown(qtbot, source, (240, 200))
    for serial in range(1, 6):
        source.serial = serial
        source.picture_ready.emit()
        gc.collect()
        assert _grab(surface).pixelColor(10, 40).blue() == serial


def test_without_a_picture_the_poster_stands_in(qtbot: QtBot) -> None:
    source = OnePicture()
    surface = _shown(qtbot, source, (240, 200))
    poster = QPixmap(60, 40)
    poster.fill(QColor("#4a6a7a"))
    surface.set_poster(poster)
    assert surface.has_picture
    source.clear()
    assert not surface.has_picture
    image = _grab(surface)
    assert image.pixelColor(120, 100) == QColor("#4a6a7a")
    assert image.pixelColor(120, 5) == LETTERBOX


def test_dimming_darkens_picture_and_letterbox_alike(qtbot: QtBot) -> None:
    surface = _shown(qtbot, OnePicture(), (240, 200))
    bright = _grab(surface).pixelColor(200, 100)
    surface.set_dim(0.7)
    dimmed = _grab(surface).pixelColor(200, 100)
    assert dimmed.red() < bright.red() / 2
