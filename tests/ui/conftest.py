# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of widgets and pages share: the theme, icons, fonts, words, a lane and a library."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from player.domain.media import MediaSource
from player.domain.progress import CancelToken
from player.domain.vocabulary import Vocabulary
from player.importing.pictures import Made, PictureSource
from player.importing.vocabulary import load_vocabulary
from player.library import Library
from player.resources import resource_path
from player.tasks.lane import Lane
from player.ui.fonts import load_fonts
from player.ui.icons import Icons
from player.ui.pictures import Pictures
from player.ui.style import AppStyle
from player.ui.theme import ThemeManager, ThemeMode, load_themes
from player.ui.widgets.poster import DESIGNS, paint_poster
from tests.ui.demo import fill


@pytest.fixture(scope="session")
def _fonts(qapp: QApplication) -> None:
    load_fonts(resource_path("fonts"))


@pytest.fixture
def themes(qapp: QApplication, _fonts: None) -> Iterator[ThemeManager]:
    """The themes, dark, applied to the application."""
    manager = ThemeManager(load_themes(resource_path("theme")))
    manager.set_mode(ThemeMode.DARK)
    style = AppStyle(qapp, manager)
    yield manager
    style.deleteLater()
    qapp.setStyleSheet("")


@pytest.fixture(scope="session")
def icons() -> Icons:
    return Icons(resource_path("icons"))


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary(resource_path("vocabulary"))


@pytest.fixture
def lane(qapp: QApplication) -> Iterator[Lane]:
    """A lane for the library."""
    made = Lane("test")
    yield made
    assert made.close()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    opened = Library.open(tmp_path / "library.db")
    yield opened
    opened.close()


@pytest.fixture
def library_with_demo(library: Library, tmp_path: Path) -> Library:
    """Four series with a history (see demo.py); their files do not exist."""
    fill(library, tmp_path / "classes")
    return library


class PaintedPictures:
    """Stands where pictures are made from videos, which these tests do not have."""

    def picture(self, source: PictureSource, width: int, *, cancel: CancelToken | None = None) -> Made:
        image = QImage(width, width * 9 // 16, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        name = (source.media or source.poster or Path()).name
        paint_poster(painter, QRectF(image.rect()), sum(name.encode()) % DESIGNS)
        painter.end()
        return Made(jpeg_of(image))

    def strip(
        self,
        source: MediaSource,
        *,
        gentle: bool = False,
        cancel: CancelToken | None = None,
    ) -> Made:
        return Made(None)

    def rest(self) -> None:
        """Nothing runs."""


def jpeg_of(image: QImage) -> bytes:
    """The image as the bytes of a JPEG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "JPEG")
    return bytes(buffer.data().data())


@pytest.fixture
def pictures(qapp: QApplication, tmp_path: Path) -> Iterator[Pictures]:
    """Pictures that are painted instead of taken from videos."""
    load, make = Lane("load"), Lane("make")
    made = Pictures(tmp_path / "pictures", load, make, maker=PaintedPictures())
    yield made
    made.close()
    assert load.close()
    assert make.close()


@pytest.fixture
def press(qapp: QApplication) -> Callable[..., None]:
    """Send a key the way a keyboard does: through the window."""
    from PySide6.QtTest import QTest

    def send(widget: object, key: object, modifier: object = None) -> None:
        window = widget.window().windowHandle()  # type: ignore[attr-defined]
        if modifier is None:
            QTest.keyClick(window, key)  # type: ignore[call-overload]
        else:
            QTest.keyClick(window, key, modifier)  # type: ignore[call-overload]

    return send
