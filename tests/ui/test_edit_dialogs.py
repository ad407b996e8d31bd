# SPDX-License-Identifier: GPL-3.0-or-later
"""Editing classes and series of a real library, with keys only; and reading what an import did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from player.domain.errors import LibraryUnwritable
from player.domain.models import AfterClass, ClassVideo, PhaseKind, PropNeed, SeriesId, Source
from player.domain.vocabulary import Vocabulary
from player.library import Library
from player.tasks.lane import Lane
from player.ui.dialogs.edit_class import EditClass
from player.ui.dialogs.edit_series import EditSeries
from player.ui.dialogs.fields import Need
from player.ui.dialogs.sheet import Sheet
from player.ui.dialogs.what_happened import WhatHappened
from player.ui.icons import Icons
from player.ui.sheets import Sheets
from player.ui.theme import ThemeManager
from tests.ui.demo import demo_plan
from tests.unit.system.test_import_log import record

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


class Stage:
    """A window with a button, and the dialogs over it."""

    def __init__(self, window: QWidget, sheets: Sheets, library: Library, qtbot: QtBot) -> None:
        self.window, self.sheets, self.library, self.qtbot = window, sheets, library, qtbot
        self.button = window.findChild(QPushButton)

    def wait(self, fact: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(fact()), timeout=10_000)

    def sheet(self) -> Sheet:
        self.wait(lambda: self.sheets.open_sheet is not None and self.sheets.open_sheet.isVisible())
        assert self.sheets.open_sheet is not None
        return self.sheets.open_sheet

    def edit_class(self, video: ClassVideo) -> EditClass:
        self.sheets.edit_class(video.id)
        return cast("EditClass", self.sheet())

    def edit_series(self, series_id: SeriesId) -> EditSeries:
        self.sheets.edit_series(series_id)
        return cast("EditSeries", self.sheet())

    def key(self, code: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, code, modifiers)

    def write(self, text: str) -> None:
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(target, text)

    def tab_to(self, target: QWidget) -> None:
        for _ in range(120):
            if target.hasFocus():
                return
            self.key(Qt.Key.Key_Tab)
        pytest.fail(f"Tab does not lead to {target.accessibleName()}")

    def save(self) -> None:
        sheet = self.sheet()
        assert isinstance(sheet, (EditClass, EditSeries))
        self.tab_to(sheet.save)
        self.key(Qt.Key.Key_Return)
        self.wait(lambda: self.sheets.open_sheet is None)


@pytest.fixture
def stage(
    qtbot: QtBot,
    themes: ThemeManager,
    icons: Icons,
    vocabulary: Vocabulary,
    library_with_demo: Library,
    lane: Lane,
) -> Iterator[Stage]:
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(QPushButton("Beneath"))
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    window.findChild(QPushButton).setFocus()
    sheets = Sheets(themes, icons, vocabulary, library=library_with_demo, lane=lane, window=window)
    yield Stage(window, sheets, library_with_demo, qtbot)
    qtbot.waitUntil(lambda: lane.idle)


def mid_back(library: Library) -> ClassVideo:
    return library.find_class("Welcome/13")


def test_everything_of_a_class_can_be_changed(stage: Stage) -> None:
    library, video = stage.library, mid_back(stage.library)
    sheet = stage.edit_class(video)
    assert sheet.name.hasFocus()
    stage.write("Middle of the back")
    stage.tab_to(sheet.number)
    stage.write("31")
    stage.tab_to(sheet.section)
    stage.write("Week 2")
    stage.tab_to(sheet.description)
    stage.write("Why it helps.")
    chips = {chip.text(): chip for chip in sheet.props.chips}
    stage.tab_to(chips["Chair"])
    stage.key(Qt.Key.Key_Space)
    assert chips["Chair"].level is Need.OPTIONAL
    stage.tab_to(sheet.other_prop)
    stage.write("a tennis racket")
    stage.key(Qt.Key.Key_Return)
    area = next(chip for chip in sheet.focus_areas.chips if chip.text() == "Neck")
    stage.tab_to(area)
    stage.key(Qt.Key.Key_Space)
    stage.tab_to(sheet.phases.fields[1].title)
    stage.write("Hands on the ribs")
    stage.save()
    now = library.class_video(video.id)
    assert (now.title, now.number, now.section) == ("Middle of the back", 31, "Week 2")
    assert now.description == "Why it helps."
    assert now.props == (PropNeed("chair", True), PropNeed("pillow"), PropNeed("a tennis racket"))
    assert now.focus == ("neck",)
    assert (now.phases[1].title, now.phases[1].source) == ("Hands on the ribs", Source.USER)
    assert now.phases[2] == video.phases[2]
    assert now.sources["title"] is Source.USER
    assert library.classes(video.series_id)[-1].id == video.id, "a section of its own, behind the others"
    library.apply(demo_plan(Path(video.path.parents[1])))
    again = library.class_video(video.id)
    assert (again.title, again.section, again.props) == (now.title, now.section, now.props)


def test_the_kind_of_a_phase_is_chosen_from_a_menu(stage: Stage) -> None:
    video = mid_back(stage.library)
    sheet = stage.edit_class(video)
    field = sheet.phases.fields[0]
    menu = field.kind._menu
    assert menu is not None
    next(action for action in menu.actions() if action.text() == "Rest").trigger()
    stage.save()
    assert stage.library.class_video(video.id).phases[0].kind is PhaseKind.REST


def test_what_was_found_comes_back_field_by_field(stage: Stage) -> None:
    library, video = stage.library, mid_back(stage.library)
    library.edit_class(video.id, title="Mine", description="Also mine")
    sheet = stage.edit_class(video)
    assert not sheet._boxes["number"].back.isVisible()
    stage.tab_to(sheet._boxes["title"].back)
    stage.key(Qt.Key.Key_Space)
    assert sheet.name.text() == video.title
    stage.save()
    now = library.class_video(video.id)
    assert (now.title, now.description) == (video.title, "Also mine")
    assert library.found_in_class(video.id).keys() == {"description"}


def test_nothing_changed_writes_nothing(stage: Stage) -> None:
    video = mid_back(stage.library)
    stage.edit_class(video)
    stage.save()
    assert stage.library.found_in_class(video.id) == {}


def test_what_cannot_be_is_said_and_stays(stage: Stage) -> None:
    sheet = stage.edit_class(mid_back(stage.library))
    stage.tab_to(sheet.number)
    stage.write("many")
    stage.key(Qt.Key.Key_Return)
    assert "not a number" in sheet.trouble
    assert sheet.number.hasFocus()
    stage.tab_to(sheet.name)
    stage.write(" ")
    stage.key(Qt.Key.Key_Return)
    assert "needs a title" in sheet.trouble
    assert sheet.isVisible()


def test_nothing_typed_is_lost_when_saving_fails(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    library, video = stage.library, mid_back(stage.library)

    def full(*_args: object, **_values: object) -> None:
        raise LibraryUnwritable("The disk is full.", "Free some space.")

    sheet = stage.edit_class(video)
    stage.write("Typed with care")
    with monkeypatch.context() as patch:
        patch.setattr(library, "edit_class", full)
        stage.key(Qt.Key.Key_Return)
        stage.wait(lambda: sheet.trouble)
    assert "The disk is full. Free some space." in sheet.trouble
    assert sheet.name.text() == "Typed with care"
    stage.save()
    assert library.class_video(video.id).title == "Typed with care"


def test_escape_closes_and_focus_returns(stage: Stage) -> None:
    video = mid_back(stage.library)
    stage.edit_class(video)
    stage.write("Nothing of it")
    stage.key(Qt.Key.Key_Escape)
    stage.wait(lambda: stage.sheets.open_sheet is None)
    assert stage.button.hasFocus()
    assert stage.library.class_video(video.id).title == video.title


def test_tab_stays_inside(stage: Stage) -> None:
    sheet = stage.edit_class(mid_back(stage.library))
    for modifiers, code in ((Qt.KeyboardModifier.NoModifier, Qt.Key.Key_Tab), (SHIFT, Qt.Key.Key_Backtab)):
        for _ in range(100):
            stage.key(code, modifiers)
            focused = QApplication.focusWidget()
            assert focused is not None
            assert sheet.isAncestorOf(focused)


def test_a_series_is_changed(stage: Stage) -> None:
    library = stage.library
    series = library.find_series("Quiet Strength")
    sheet = stage.edit_series(series.id)
    stage.write("Strength, quietly")
    stage.tab_to(sheet.sections)
    stage.key(Qt.Key.Key_Down, ALT)
    stage.tab_to(sheet.after[AfterClass.ASK])
    stage.key(Qt.Key.Key_Space)
    menu = sheet.settle._menu
    assert menu is not None
    next(action for action in menu.actions() if action.text() == "2 min").trigger()
    stage.save()
    now = library.series(series.id)
    assert now.title == "Strength, quietly"
    assert (now.preferences.after_class, now.preferences.settle_ms) == (AfterClass.ASK, 120_000)
    order = list(dict.fromkeys(video.section for video in library.classes(series.id)))
    assert order == ["Week 2: Steady", "Week 1: Slow", "Week 3: Strong"]
    sheet = stage.edit_series(series.id)
    stage.tab_to(sheet._boxes["title"].back)
    stage.key(Qt.Key.Key_Space)
    stage.save()
    assert library.series(series.id).title == "Quiet Strength"


def test_what_an_import_did_can_be_read(stage: Stage) -> None:
    stage.sheets.show_what_happened(record())
    sheet = stage.sheet()
    assert isinstance(sheet, WhatHappened)
    assert [row.text for row in sheet.rows.rows.rows] == [
        "Problems, 1 file",
        "6.mp4. It is damaged. Copy it again.",
        "Added, 2 classes",
        "1 Slow. Floor",
        "Größer. Floor",
        "Left out, 1 file",
        ".x.mp4. It is hidden.",
    ]
    stage.key(Qt.Key.Key_Escape)
    stage.wait(lambda: stage.sheets.open_sheet is None)
