# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the import preview and of the edit dialogs, to look at: python -m tests.ui.looks_import FOLDER"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from dataclasses import replace

from PySide6.QtWidgets import QApplication, QWidget

from player.domain.models import (
    AfterClass,
    ClassId,
    ClassProgress,
    ClassVideo,
    Series,
    SeriesId,
    SeriesPreferences,
    Source,
)
from player.domain.plan import ImportPlan, ImportReport, LeftOut, PlannedClass, Problem, ProblemReason
from player.domain.planning import base_of
from player.importing.vocabulary import load_vocabulary
from player.resources import resource_path
from player.system.import_log import Added, Ended, ImportRecord
from player.ui.dialogs.edit_class import EditClass
from player.ui.dialogs.edit_series import EditSeries
from player.ui.dialogs.preview import PreviewPage
from player.ui.dialogs.sheet import Sheet
from player.ui.dialogs.what_happened import WhatHappened
from player.ui.fonts import load_fonts
from player.ui.icons import Icons
from player.ui.style import AppStyle
from player.ui.theme import ThemeManager, ThemeMode, load_themes
from player.ui.widgets.focus_ring import FocusRing
from tests.ui.demo import demo_plan

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsrückenentspannung: Schulterblattbeweglichkeitsübungen für Anfänger"
PROBLEMS = (
    Problem(
        Path("/classes/The Evening Floor/06 Moonlight Hips.mp4"),
        ProblemReason.DAMAGED,
        "The file is damaged after 4:12. Copy it again from where it came; the first four minutes still play.",
    ),
    Problem(
        Path("/classes/Extra/Notes.mp4"),
        ProblemReason.NOT_A_VIDEO,
        "This is a list that points to other files, not a video. It was not opened. Add the files themselves.",
    ),
)
LEFT_OUT = (LeftOut(Path("/classes/.trailer.mp4"), "Hidden files are left out."),)


def found() -> ImportPlan:
    """A plan with a bit of everything."""
    plan = demo_plan(Path("/classes"))
    sources = {
        "title": Source.FILE_NAME,
        "number": Source.FILE_NAME,
        "phases": Source.EMBEDDED,
        "props": Source.DESCRIPTION,
    }
    series = [
        replace(one, classes=tuple(replace(planned, sources=sources) for planned in one.classes)) for one in plan.series
    ]
    first = series[0]
    classes = (first.classes[0], replace(first.classes[1], title=LONG), *first.classes[2:])
    series[0] = replace(first, classes=classes)
    return replace(plan, series=tuple(series), problems=PROBLEMS, left_out=LEFT_OUT)


def video_of(planned: PlannedClass) -> ClassVideo:
    """A class of the library that was made of a planned one."""
    return ClassVideo(
        ClassId(1), SeriesId(1), "Welcome to Your Body", planned.section, planned.number, planned.title,
        planned.duration_ms, "Why this part of the body, and what you will notice afterwards. " * 3, planned.path,
        planned.state, planned.identity, planned.format, planned.facts, planned.phases, planned.props, ("neck",),
        (), ClassProgress(), {**planned.sources, "title": Source.USER},
    )  # fmt: skip


def main(folder: Path) -> None:
    """Write the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    load_fonts(resource_path("fonts"))
    themes = ThemeManager(load_themes(resource_path("theme")))
    AppStyle(app, themes)
    FocusRing(app, themes)
    icons, words = Icons(resource_path("icons")), load_vocabulary(resource_path("vocabulary"))
    for mode, size in ((ThemeMode.DARK, (1196, 800)), (ThemeMode.LIGHT, (1196, 800)), (ThemeMode.DARK, (1836, 1080))):
        themes.set_mode(mode)
        name = f"{mode}-{size[0]}"
        page = PreviewPage(themes, icons, words)
        page.resize(*size)
        page.show()
        page.show_found(base_of(found(), {}))
        page.classes.choose(1)
        page.take_focus()
        _grab(page, folder / f"preview-{name}.png")
        page.classes.edit_current()
        _grab(page, folder / f"preview-edit-{name}.png")
        page.choices.choose(1)
        _grab(page, folder / f"preview-sections-{name}.png")
        page.choices.choose(4)
        _grab(page, folder / f"preview-problems-{name}.png")
        page.show_found(base_of(ImportPlan((Path("/x"),), ()), {}))
        _grab(page, folder / f"preview-nothing-{name}.png")
        over = QWidget()
        over.resize(size[0] + 84, size[1])
        over.show()
        video = video_of(found().series[0].classes[12])
        series = Series(
            SeriesId(1), LONG, "Ten classes. " * 9, 10, 1, 0, preferences=SeriesPreferences(after_class=AfterClass.ASK)
        )
        weeks = [video_of(one) for one in found().series[1].classes]
        record = ImportRecord(
            datetime(2026, 6, 11, 19, 2), datetime(2026, 6, 11, 19, 4), Ended.DONE, (Path("/classes"),),
            ImportReport(added=24, problems=PROBLEMS, left_out=LEFT_OUT),
            tuple(Added("Welcome to Your Body", one.number, one.title) for one in found().series[0].classes),
        )  # fmt: skip
        was = {"title": ("Mid back", Source.FILE_NAME)}
        sheets: list[tuple[str, Sheet]] = [
            ("class", EditClass(themes, icons, words, over, video=video, found=was, sections=("Week 1",))),
            ("series", EditSeries(themes, icons, over, series=series, classes=weeks, found={})),
            ("happened", WhatHappened(themes, icons, over, record)),
        ]
        for what, sheet in sheets:
            sheet.begin()
            if isinstance(sheet, EditClass):
                sheet.number.setText("seven")
                sheet._save()
            _grab(over, folder / f"{what}-{name}.png")
            if isinstance(sheet, EditClass):
                bar = sheet._scroll.verticalScrollBar()
                bar.setValue(bar.maximum())
                _grab(over, folder / f"{what}-below-{name}.png")
            sheet.leave()
            sheet.deleteLater()


def _grab(page: QWidget, path: Path) -> None:
    for _ in range(3):
        QApplication.processEvents()
    page.grab().save(str(path))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
