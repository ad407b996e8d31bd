# SPDX-License-Identifier: GPL-3.0-or-later
"""The search as people use it: with keys only, and what it says where there is nothing to show."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from player.domain.captions import Cue, ReadCaptions
from player.domain.errors import LibraryError
from player.domain.models import ClassState, PhaseKind
from player.domain.query import HitKind, Query
from player.domain.vocabulary import Vocabulary
from player.library import Library
from player.tasks.lane import Lane
from player.ui.icons import Icons
from player.ui.models.search_results import SearchRole
from player.ui.models.search_rows import HeadingRow, Marker, MoreRow, ResultRow, WaitingRow
from player.ui.pages.search import FEW, SearchPage
from player.ui.pictures import Pictures
from player.ui.theme import ThemeManager
from player.ui.widgets.focus_ring import FocusRing

SAID = [
    "Let the breath come back",
    "and feel how the ribs open",
    "Now bring the chair closer",
    "and rest your forearms",
]


class Stage:
    """A search page over a library, and its keyboard."""

    def __init__(self, page: SearchPage, library: Library, qtbot: QtBot) -> None:
        self.page, self.library, self._qtbot = page, library, qtbot

    def wait(self, fact: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(fact, timeout=10_000)

    def settle(self) -> None:
        self.wait(lambda: not self.page.asking)

    def type(self, text: str) -> None:
        self._qtbot.keyClicks(self.page.field, text)
        self.settle()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._qtbot.keyClick(QApplication.focusWidget(), key, modifier)
        self.settle()

    def go(self, key: Qt.Key, there: Callable[[], bool]) -> None:
        """Press a key until something holds, but not for ever."""
        for _ in range(30):
            if there():
                return
            self.key(key)
        pytest.fail("it is not to be reached with this key")

    def rows(self) -> list[Any]:
        model = self.page.model
        return [model.index(place).data(SearchRole.ROW) for place in range(model.rowCount())]

    def titles(self) -> list[str]:
        return [row.title for row in self.rows() if isinstance(row, ResultRow)]

    def chosen(self) -> Any:
        return self.page.list.currentIndex().data(SearchRole.ROW)


@pytest.fixture
def make_stage(
    qtbot: QtBot, themes: ThemeManager, icons: Icons, vocabulary: Vocabulary, lane: Lane, pictures: Pictures
) -> Iterator[Callable[[Library], Stage]]:
    made: list[SearchPage] = []

    def make(library: Library) -> Stage:
        page = SearchPage(themes, icons, vocabulary, lane, library, pictures=pictures)
        made.append(page)
        page.resize(1100, 760)
        page.show()
        qtbot.waitExposed(page)
        page.activateWindow()
        page.take_focus()
        stage = Stage(page, library, qtbot)
        stage.settle()
        return stage

    yield make
    for page in made:
        qtbot.waitUntil(lambda page=page: not page.asking, timeout=10_000)
        page.hide()
        page.deleteLater()


@pytest.fixture
def stage(make_stage: Callable[[Library], Stage], library_with_demo: Library) -> Stage:
    body = library_with_demo.classes(library_with_demo.find_series("Welcome to Your Body").id)
    cues = tuple(Cue(60_000 + 5_000 * place, 64_000 + 5_000 * place, said) for place, said in enumerate(SAID))
    library_with_demo.save_cues([ReadCaptions(body[3].id, "read", cues)])
    library_with_demo.edit_class(body[3].id, focus=("neck",))
    return make_stage(library_with_demo)


def test_what_is_found_stands_under_its_kind(stage: Stage) -> None:
    stage.type("rest")
    kinds = [row.kind for row in stage.rows() if isinstance(row, HeadingRow)]
    assert kinds == [HitKind.SERIES, HitKind.CLASS, HitKind.PHASE, HitKind.CAPTION]
    phase = next(row for row in stage.rows() if isinstance(row, ResultRow) and row.kind is HitKind.PHASE)
    assert (phase.line, phase.phase_kind) == ((("Rest", True),), PhaseKind.REST)
    said = next(row for row in stage.rows() if isinstance(row, ResultRow) and row.kind is HitKind.CAPTION)
    assert said.at == "1:15"
    assert ("rest", True) in said.line
    assert "at 1:15 in Class 4" in said.text


def test_enter_plays_at_the_minute_and_shift_enter_opens_the_series(stage: Stage) -> None:
    plays, series = QSignalSpy(stage.page.play_requested), QSignalSpy(stage.page.series_requested)
    stage.type("forearm")
    assert stage.chosen().kind is HitKind.CAPTION
    stage.key(Qt.Key.Key_Return)
    assert plays.count() == 1
    assert plays.at(0) == [4, 75_000]
    stage.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert series.at(0) == [1]
    stage.page.take_focus()
    stage.type("seated")
    stage.key(Qt.Key.Key_Return)
    assert plays.at(1)[1] is None, "a class is resumed where it was left"
    stage.page.take_focus()
    stage.type("quiet")
    stage.go(Qt.Key.Key_Up, lambda: stage.chosen().kind is HitKind.SERIES)
    stage.key(Qt.Key.Key_Return)
    assert series.count() == 2


def test_arrows_pass_over_headings_and_the_field_keeps_the_words(stage: Stage) -> None:
    stage.type("rest")
    seen = [stage.chosen()]
    for _ in range(len(stage.rows())):
        stage.key(Qt.Key.Key_Down)
        seen.append(stage.chosen())
    assert not any(isinstance(row, HeadingRow) for row in seen)
    assert {row.kind for row in seen} == set(HitKind)
    assert stage.page.field.hasFocus()
    stage.type("oring")
    assert stage.page.field.text() == "restoring"


def test_more_of_a_kind_is_one_key_away(stage: Stage) -> None:
    stage.type("mat")
    more = next(place for place, row in enumerate(stage.rows()) if row == MoreRow(HitKind.CLASS))
    stage.go(Qt.Key.Key_Down, lambda: stage.page.list.currentIndex().row() == more)
    stage.key(Qt.Key.Key_Return)
    assert sum(isinstance(row, ResultRow) and row.kind is HitKind.CLASS for row in stage.rows()) > FEW


def test_twenty_minutes_and_a_chair_with_keys_only(stage: Stage, qtbot: QtBot) -> None:
    FocusRing(QApplication.instance(), stage.page.filters._themes)  # as in the program
    stage.key(Qt.Key.Key_Tab)
    if stage.page.filters.clear_button.hasFocus():
        stage.key(Qt.Key.Key_Tab)
    for _ in range(2):
        stage.key(Qt.Key.Key_Right)
    assert stage.page.filters.minutes.chips[20].hasFocus()
    stage.key(Qt.Key.Key_Space)
    stage.key(Qt.Key.Key_Tab)
    stage.go(Qt.Key.Key_Right, stage.page.filters.props.chips["chair"].hasFocus)
    stage.key(Qt.Key.Key_Space)
    assert stage.page.query == Query(minutes_at_most=20, props=frozenset({"chair"}))
    titles = stage.titles()
    assert "Neck and Jaw" in titles
    assert "Soft Ribs" not in titles, "it needs a pillow"
    assert stage.page.count.text() == f"{len(stage.rows())} of 58 classes"
    stage.go(Qt.Key.Key_Tab, stage.page.list.hasFocus)
    plays = QSignalSpy(stage.page.play_requested)
    stage.key(Qt.Key.Key_Return)
    assert plays.count() == 1
    assert plays.at(0)[1] is None


def test_two_clicks_answer_too(stage: Stage, qtbot: QtBot) -> None:
    for chip in (stage.page.filters.minutes.chips[20], stage.page.filters.props.chips["chair"]):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    stage.settle()
    assert "Turning" in stage.titles()
    qtbot.mouseClick(stage.page.filters.minutes.chips[15], Qt.MouseButton.LeftButton)
    stage.settle()
    assert stage.page.filters.minutes.on == (15,), "one length at a time"
    qtbot.mouseClick(stage.page.filters.props.chips[""], Qt.MouseButton.LeftButton)
    stage.settle()
    assert stage.page.query == Query(minutes_at_most=15, props=frozenset())


def test_filters_hold_for_words_too(stage: Stage) -> None:
    stage.type("neck")
    assert stage.titles()[0] == "Neck and Jaw"
    stage.page.filters.marks.chips["not-done"].click()
    stage.settle()
    assert "Neck and Jaw" not in stage.titles()
    stage.page.filters.clear()
    stage.settle()
    assert stage.titles()[0] == "Neck and Jaw"


def test_where_nothing_is_found_one_way_leads_on(stage: Stage) -> None:
    notice = stage.page.notice
    assert notice.isVisible()
    assert "What would you like" in notice.sentence.text()
    assert not notice.button.isVisible()
    stage.type("zebra")
    assert notice.sentence.text() == "Nothing was found for “zebra”."
    notice.button.click()
    stage.settle()
    assert stage.page.field.text() == ""
    stage.page.filters.minutes.chips[10].click()
    stage.page.filters.areas.chips["neck"].click()
    stage.settle()
    assert notice.sentence.text() == "No class fits."
    assert notice.button.text() == "Without “Neck”"
    notice.button.click()
    stage.settle()
    assert stage.page.query == Query(minutes_at_most=10)
    assert stage.page.list.isVisible()


def test_an_empty_library_leads_home(make_stage: Callable[[Library], Stage], library: Library) -> None:
    stage = make_stage(library)
    assert stage.page.notice.sentence.text() == "There are no classes yet."
    home = QSignalSpy(stage.page.home_requested)
    stage.page.notice.button.click()
    assert home.count() == 1


def test_an_error_is_a_sentence_and_can_be_tried_again(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_query: Query, _each: int) -> None:
        raise LibraryError("The library cannot be read.", "Connect its drive.")

    with monkeypatch.context() as patched:
        patched.setattr(stage.library, "search_by_kind", fail)
        stage.type("neck")
        assert "The library cannot be read." in stage.page.notice.sentence.text()
    stage.page.notice.button.click()
    stage.settle()
    assert stage.titles()[0] == "Neck and Jaw"


def test_late_answers_are_dropped_and_only_the_newest_question_waits(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    gate = threading.Event()
    search = stage.library.search_by_kind

    def slow(query: Query, each: int) -> Any:
        asked.append(query.text)
        assert gate.wait(10)
        return search(query, each)

    monkeypatch.setattr(stage.library, "search_by_kind", slow)
    shown = QSignalSpy(stage.page.shown)
    qtbot.keyClicks(stage.page.field, "neck")
    gate.set()
    stage.settle()
    assert asked == ["n", "neck"]
    assert shown.count() == 1
    assert stage.titles()[0] == "Neck and Jaw"


def test_a_long_list_is_read_as_it_comes_into_sight(stage: Stage) -> None:
    stage.page.filters.minutes.chips[60].click()
    stage.settle()
    assert len(stage.rows()) == 58
    stage.settle()
    assert not any(isinstance(row, WaitingRow) for row in stage.rows())
    assert stage.page.list.uniformItemSizes()


def test_a_class_that_cannot_be_played_says_why(stage: Stage) -> None:
    body = stage.library.classes(stage.library.find_series("Welcome to Your Body").id)
    stage.library.set_class_state(body[21].id, ClassState.DAMAGED, "The file is damaged. Copy it again.")
    stage.type("turning")
    told = QSignalSpy(stage.page.cannot_play)
    stage.key(Qt.Key.Key_Return)
    assert told.at(0) == ["The file is damaged. Copy it again."]


def test_escape_leaves(stage: Stage) -> None:
    left = QSignalSpy(stage.page.left)
    stage.key(Qt.Key.Key_Escape)
    assert left.count() == 1


def test_a_change_in_the_library_is_shown_without_moving(stage: Stage) -> None:
    stage.type("neck")
    stage.key(Qt.Key.Key_Down)
    before = stage.chosen().identity
    stage.library.edit_class(stage.rows()[1].class_id, title="Neck and Chin")
    stage.page.refresh()
    stage.settle()
    assert stage.rows()[1].title == "Neck and Chin"
    assert stage.chosen().identity == before


def test_words_are_marked_as_they_are_found() -> None:
    assert Marker("hip").runs("Deep Hips, hipster") == (
        ("Deep ", False),
        ("Hips", True),
        (", ", False),
        ("hipster", True),
    )
    assert Marker("ruckenübung").runs("Die Rückenübungen.") == (("Die ", False), ("Rückenübungen", True), (".", False))
    assert Marker("").runs("All") == (("All", False),)
