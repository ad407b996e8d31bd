# SPDX-License-Identifier: GPL-3.0-or-later
"""Paints pages into picture files, for looking at: `python -m tests.ui.looks FOLDER [WORDS...]`.

WORDS choose pictures by parts of their names ("home-dark", "series").
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from player.domain.plan import ImportReport, Problem, ProblemReason
from player.domain.progress import Progress
from player.importing.vocabulary import load_vocabulary
from player.library import Library
from player.resources import resource_path
from player.tasks.lane import Lane
from player.ui.fonts import load_fonts
from player.ui.icons import Icons
from player.ui.pages.home import HomePage
from player.ui.pages.series import SeriesPage
from player.ui.pictures import Pictures
from player.ui.rail import Place, Rail
from player.ui.style import AppStyle
from player.ui.theme import ThemeManager, ThemeMode, load_themes
from player.ui.widgets.focus_ring import FocusRing
from player.ui.widgets.message_bar import MessageBar
from tests.ui.conftest import PaintedPictures
from tests.ui.demo import fill

SIZES = ((1280, 800), (1920, 1080), (960, 600))


class Studio:
    """Everything a page needs, and a window with a rail to put it in."""

    def __init__(self, app: QApplication, folder: Path, *, filled: bool) -> None:
        self.app = app
        self.themes = ThemeManager(load_themes(resource_path("theme")))
        self.style = AppStyle(app, self.themes)
        self.ring = FocusRing(app, self.themes)
        self.icons = Icons(resource_path("icons"))
        self.vocabulary = load_vocabulary(resource_path("vocabulary"))
        self.library = Library.open(folder / "library.db")
        if filled:
            fill(self.library, folder / "classes")
        self.lanes = [Lane(name) for name in ("library", "load", "make")]
        self.pictures = Pictures(folder / "pictures", self.lanes[1], self.lanes[2], maker=PaintedPictures())
        self.window = QWidget()
        self.rail = Rail(self.themes, self.icons)
        self.rail.set_series_known(filled)
        self.row = QHBoxLayout(self.window)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(0)
        self.row.addWidget(self.rail)
        self.page: QWidget | None = None

    def show(self, page: QWidget, place: Place) -> None:
        if self.page is not None:
            self.page.deleteLater()
        self.page = page
        self.row.addWidget(page, 1)
        self.rail.set_current(place)

    def home(self) -> HomePage:
        page = HomePage(
            self.themes,
            self.icons,
            self.vocabulary,
            self.lanes[0],
            self.library,
            pictures=self.pictures,
            today=lambda: date(2026, 6, 11),
        )
        page.refresh()
        return page

    def series(self, title: str) -> SeriesPage:
        page = SeriesPage(self.themes, self.icons, self.vocabulary, self.lanes[0], self.library, pictures=self.pictures)
        page.show_series(self.library.find_series(title).id)
        return page

    def settle(self) -> None:
        """Wait until nothing is under way."""
        for turn in range(400):
            loop = QEventLoop()
            QTimer.singleShot(10, loop.quit)
            loop.exec()
            if turn > 15 and all(lane.idle for lane in self.lanes):
                break

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        self.ring.deleteLater()
        self.style.deleteLater()
        self.pictures.close()
        for lane in self.lanes:
            lane.close()
        self.library.close()


@contextmanager
def studio(app: QApplication, *, filled: bool) -> Iterator[Studio]:
    with tempfile.TemporaryDirectory() as folder:
        made = Studio(app, Path(folder), filled=filled)
        try:
            yield made
        finally:
            made.close()


def empty(made: Studio) -> None:
    page = made.home()
    made.show(page, Place.HOME)
    page.loaded.connect(page.take_focus)


def empty_drag(made: Studio) -> None:
    page = made.home()
    made.show(page, Place.HOME)
    page.loaded.connect(lambda: page.set_drag_over(True))


def home(made: Studio) -> None:
    made.show(made.home(), Place.HOME)


def home_drag(made: Studio) -> None:
    page = made.home()
    made.show(page, Place.HOME)
    page.loaded.connect(lambda: page.set_drag_over(True))


def importing(made: Studio) -> None:
    page = made.home()
    made.show(page, Place.HOME)
    page.import_panel.show_progress(Progress(12, 38, 2, "10 Under the Ribs.mp4"))
    made.bar = MessageBar(made.themes, made.icons, made.window, left=84)  # type: ignore[attr-defined]
    made.bar.show_message("Removed", action="Undo")  # type: ignore[attr-defined]


def report(made: Studio) -> None:
    page = made.home()
    made.show(page, Place.HOME)
    folder = Path("/home/ana/Videos/Classes/The Evening Floor")
    problems = (
        Problem(folder / "06 Moonlight Hips.mp4", ProblemReason.DAMAGED, "It stops at 4:12. Copy it again."),
        Problem(
            folder / "cover.mp4", ProblemReason.NOT_A_VIDEO, "It is a picture with the name of a video. Rename it."
        ),
    )
    page.import_panel.show_report(ImportReport(added=36, unchanged=4, problems=problems))
    page.import_panel._more.click()
    made.bar = MessageBar(made.themes, made.icons, made.window, left=84)  # type: ignore[attr-defined]
    made.bar.show_message("Drive “Classes” is not connected. Connect it to play this class.", severity="warning")  # type: ignore[attr-defined]


def series(made: Studio) -> None:
    made.show(made.series("Welcome to Your Body"), Place.SERIES)


def sections(made: Studio) -> None:
    page = made.series("Quiet Strength")
    made.show(page, Place.SERIES)
    page.loaded.connect(page.take_focus)


def sorry(made: Studio) -> None:
    for video in made.library.classes(made.library.find_series("The Evening Floor").id)[3:]:
        from player.domain.models import ClassState

        made.library.set_class_state(video.id, ClassState.MISSING, "Drive “Classes” is not connected.")
    made.show(made.series("The Evening Floor"), Place.SERIES)


def plain(made: Studio) -> None:
    made.show(made.series("Short Breaks"), Place.SERIES)


PICTURES: tuple[tuple[str, bool, Callable[[Studio], None]], ...] = (
    ("home-empty", False, empty),
    ("home-empty-drag", False, empty_drag),
    ("home", True, home),
    ("home-drag", True, home_drag),
    ("home-importing", True, importing),
    ("home-report", True, report),
    ("series", True, series),
    ("series-sections", True, sections),
    ("series-sorry", True, sorry),
    ("series-plain", True, plain),
)


def main(arguments: list[str]) -> int:
    target, words = Path(arguments[0]), arguments[1:]
    target.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    load_fonts(resource_path("fonts"))
    for name, filled, stage in PICTURES:
        wanted = [
            (mode, size)
            for mode in (ThemeMode.DARK, ThemeMode.LIGHT)
            for size in SIZES
            if not words or any(word in f"{name}-{mode}-{size[0]}" for word in words)
        ]
        if not wanted:
            continue
        with studio(app, filled=filled) as made:
            stage(made)
            made.ring._keyboard = name in ("home-empty", "series-sections")
            for mode, size in wanted:
                made.themes.set_mode(mode)
                made.rail.set_narrow(size[0] < 1040)
                made.window.resize(*size)
                made.window.show()
                made.settle()
                made.window.grab().save(str(target / f"{name}-{mode}-{size[0]}.png"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
