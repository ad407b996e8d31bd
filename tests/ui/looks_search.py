# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the search for looking at: `python -m tests.ui.looks_search FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from player.domain.captions import Cue, ReadCaptions
from player.domain.models import ClassId
from player.resources import resource_path
from player.ui.fonts import load_fonts
from player.ui.pages.search import SearchPage
from player.ui.rail import Place
from player.ui.theme import ThemeMode
from tests.ui.looks import SIZES, Studio, studio

SAID = (
    "Let the breath come back by itself", "and feel how the ribs open to the side", "Now bring the chair closer",
    "and rest your forearms on it", "The shoulders may be heavy", "as if somebody had taken them off you",
)  # fmt: skip


def fill(made: Studio) -> None:
    """What the demo library lacks: areas, and words that are said."""
    library = made.library
    body = library.classes(library.find_series("Welcome to Your Body").id)
    areas = (("neck", "shoulders"), ("ribs",), ("mid-back", "ribs"), ("hips",), ("feet",), ("lower-back", "hips"))
    for place, video in enumerate(body):
        library.edit_class(video.id, focus=areas[place % len(areas)])
    cues = tuple(Cue(60_000 + 5_000 * n, 65_000 + 5_000 * n, said) for n, said in enumerate(SAID))
    library.save_cues([ReadCaptions(video.id, "read", cues) for video in body[:4]])
    library.set_favourite(ClassId(3), True)


def page_of(made: Studio) -> SearchPage:
    return SearchPage(made.themes, made.icons, made.vocabulary, made.lanes[0], made.library, pictures=made.pictures)


def settle(made: Studio, page: SearchPage) -> None:
    for _ in range(200):
        QTest.qWait(10)
        if not page.asking and made.lanes[0].idle:
            break
    made.settle()


def main(arguments: list[str]) -> int:
    target = Path(arguments[0])
    target.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    load_fonts(resource_path("fonts"))
    for name in ("begin", "hits", "chair", "nothing", "unfit", "filtered-hits", "empty"):
        with studio(app, filled=name != "empty") as made:
            if name != "empty":
                fill(made)
            page = page_of(made)
            made.show(page, Place.SEARCH)
            made.window.show()
            made.window.resize(1280, 800)
            page.take_focus()
            settle(made, page)
            if name in ("hits", "filtered-hits"):
                page.field.setText("rib")
            if name == "nothing":
                page.field.setText("zebra")
            if name in ("chair", "unfit", "filtered-hits"):
                page.filters.minutes.chips[20 if name != "unfit" else 10].click()
                page.filters.props.chips["chair"].click()
            if name == "unfit":
                page.filters.areas.chips["hips"].click()
            for mode in (ThemeMode.DARK, ThemeMode.LIGHT):
                for size in SIZES:
                    made.themes.set_mode(mode)
                    made.rail.set_narrow(size[0] < 1040)
                    made.window.resize(*size)
                    settle(made, page)
                    made.window.grab().save(str(target / f"search-{name}-{mode}-{size[0]}.png"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
