# SPDX-License-Identifier: GPL-3.0-or-later
"""The import preview, with keys only: what is seen, changed, left out, taken back and accepted."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from player.domain.models import FileIdentity
from player.domain.plan import ImportPlan, LeftOut, Problem, ProblemReason
from player.domain.planning import base_of
from player.domain.vocabulary import Vocabulary
from player.domain.wishes import Wishes
from player.ui.dialogs.preview import PreviewPage
from player.ui.dialogs.preview_delegate import RowEditor
from player.ui.dialogs.preview_rows import ChoiceRow, NoteRow, PreviewRow
from player.ui.dialogs.preview_words import NOTHING, ONLY_PROBLEMS
from player.ui.icons import Icons
from player.ui.theme import ThemeManager
from player.ui.widgets.text import TextBlock, TextLine
from tests.ui.demo import demo_plan, planned

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
BAD = Problem(Path("/classes/Bad.mp4"), ProblemReason.DAMAGED, "The file is damaged. Copy it again.")
Open = Callable[[ImportPlan], PreviewPage]


@pytest.fixture
def open_page(qtbot: QtBot, themes: ThemeManager, icons: Icons, vocabulary: Vocabulary) -> Open:
    def made(plan: ImportPlan) -> PreviewPage:
        page = PreviewPage(themes, icons, vocabulary)
        qtbot.addWidget(page)
        page.resize(1196, 800)
        page.show()
        page.activateWindow()
        qtbot.waitExposed(page)
        page.show_found(base_of(plan, {}))
        page.take_focus()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        return page

    return made


def key(code: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, code, modifiers)


def write(text: str) -> None:
    target = QApplication.focusWidget()
    assert isinstance(target, QLineEdit)
    target.selectAll()
    QTest.keyClicks(target, text)


def titles(page: PreviewPage, index: int = 0) -> list[str]:
    return [one.title for one in page.plan.series[index].classes]


def accepted(page: PreviewPage, qtbot: QtBot) -> Wishes:
    with qtbot.waitSignal(page.accepted) as told:
        key(Qt.Key.Key_Return, CTRL)
    wishes = told.args[0]
    assert isinstance(wishes, Wishes)
    return wishes


def test_what_was_found_is_seen(open_page: Open) -> None:
    page = open_page(demo_plan(Path("/classes")))
    assert next(row.text for row in page.choices.rows.rows) == "Welcome to Your Body, 24 classes, 6 h 31 min"
    assert page.add_button.text() == "Add 58 classes"
    row = page.classes.current
    assert isinstance(row, PreviewRow)
    assert row.text == "Class 1, Arriving, 9 min, 4 phases"


def test_title_and_number_are_edited_in_place(open_page: Open, qtbot: QtBot) -> None:
    page = open_page(demo_plan(Path("/classes")))
    identity = page.plan.series[0].classes[1].identity
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_F2)
    write("Breathing in")
    key(Qt.Key.Key_Backtab, SHIFT)
    write("7")
    key(Qt.Key.Key_Return)
    assert titles(page)[1] == "Breathing in"
    assert page.classes.hasFocus()
    wishes = accepted(page, qtbot)
    assert wishes.classes[identity].values == {"title": "Breathing in", "number": 7}


def test_escape_leaves_a_row_as_it_was(open_page: Open) -> None:
    page = open_page(demo_plan(Path("/classes")))
    key(Qt.Key.Key_Return)
    write("Something")
    key(Qt.Key.Key_Escape)
    assert titles(page)[0] == "Arriving"
    assert page.classes.hasFocus()


def test_what_is_no_number_stays_open_with_a_sentence(open_page: Open, qtbot: QtBot) -> None:
    page = open_page(demo_plan(Path("/classes")))
    key(Qt.Key.Key_F2)
    key(Qt.Key.Key_Backtab, SHIFT)
    write("one")
    with qtbot.waitSignal(page.told) as told:
        key(Qt.Key.Key_Return)
    assert "not a number" in told.args[0]
    (editor,) = page.classes.viewport().findChildren(RowEditor)
    assert editor.isVisible()
    assert editor.number.text() == "one"
    write("1")
    key(Qt.Key.Key_Return)
    assert page.plan.series[0].classes[0].number == 1


def test_left_out_undone_and_redone(open_page: Open, qtbot: QtBot) -> None:
    page = open_page(demo_plan(Path("/classes")))
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Down, SHIFT)
    key(Qt.Key.Key_Delete)
    assert titles(page)[:2] == ["Arriving", "Neck and Jaw: Letting Go"]
    row = page.classes.current
    assert isinstance(row, PreviewRow)
    assert row.planned.title == "Neck and Jaw: Letting Go", "the neighbour is chosen"
    key(Qt.Key.Key_Z, CTRL)
    assert len(titles(page)) == 24
    key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert len(titles(page)) == 22
    assert page.add_button.text() == "Add 56 classes"
    assert len(accepted(page, qtbot).left_out) == 2


def test_what_was_left_out_is_taken_in_again(open_page: Open) -> None:
    page = open_page(demo_plan(Path("/classes")))
    key(Qt.Key.Key_Delete)
    page.choices.setFocus()
    key(Qt.Key.Key_End)
    page.classes.setFocus()
    row = page.classes.current
    assert isinstance(row, NoteRow)
    key(Qt.Key.Key_Return)
    assert titles(page)[0] == "Arriving"


def test_classes_are_moved_and_stay_chosen(open_page: Open) -> None:
    page = open_page(demo_plan(Path("/classes")))
    key(Qt.Key.Key_Down, ALT)
    key(Qt.Key.Key_Down, ALT)
    assert titles(page)[2] == "Arriving"
    row = page.classes.current
    assert isinstance(row, PreviewRow)
    assert (row.place, row.planned.title) == (2, "Arriving")
    key(Qt.Key.Key_Up, ALT)
    assert titles(page)[1] == "Arriving"


def test_a_section_is_written_for_all_chosen_classes(open_page: Open) -> None:
    page = open_page(demo_plan(Path("/classes")))
    key(Qt.Key.Key_Down, SHIFT)
    page.class_menu().actions()[1].trigger()
    write("Week 1")
    key(Qt.Key.Key_Return)
    assert [one.section for one in page.plan.series[0].classes][:3] == ["Week 1", "Week 1", None]


def test_series_are_renamed_put_together_and_taken_apart(open_page: Open) -> None:
    page = open_page(demo_plan(Path("/classes")))
    page.choices.setFocus()
    key(Qt.Key.Key_F2)
    write("My body")
    key(Qt.Key.Key_Return)
    assert page.plan.series[0].title == "My body"
    row = page.choices.current
    assert isinstance(row, ChoiceRow)
    into = page.series_menu(row).actions()[-1].menu()
    next(action for action in into.actions() if action.text() == "Short Breaks").trigger()
    assert [one.title for one in page.plan.series] == ["Quiet Strength", "The Evening Floor", "Short Breaks"]
    assert len(page.plan.series[2].classes) == 44
    page.choices.choose(0)
    page.classes.setFocus()
    page.classes.choose(1)
    page.class_menu().actions()[5].trigger()
    assert [len(one.classes) for one in page.plan.series] == [9, 1, 4, 44]


def test_nothing_found_and_only_problems_have_their_sentences(open_page: Open) -> None:
    page = open_page(ImportPlan((Path("/classes"),), ()))
    assert NOTHING in [block.text() for block in page.findChildren(TextBlock)]
    assert not page.add_button.isVisible()
    page = open_page(ImportPlan((Path("/classes"),), (), problems=(BAD,)))
    assert ONLY_PROBLEMS in [line.text() for line in page.findChildren(TextLine)]
    assert [row.text for row in page.classes.rows.rows] == ["Bad.mp4. The file is damaged. Copy it again."]
    assert page.cancel_button.text() == "Close"


def test_why_things_were_left_out_is_said(open_page: Open) -> None:
    plan = replace(demo_plan(Path("/classes")), left_out=(LeftOut(Path("/classes/.x.mp4"), "It is hidden."),))
    page = open_page(plan)
    page.choices.setFocus()
    key(Qt.Key.Key_End)
    assert [row.text for row in page.classes.rows.rows] == [".x.mp4. It is hidden."]


def test_where_values_came_from_is_said(open_page: Open) -> None:
    page = open_page(demo_plan(Path("/classes")))
    key(Qt.Key.Key_F2)
    write("Other")
    key(Qt.Key.Key_Return)
    words = "\n".join(block.text() for block in page.details.findChildren(TextBlock))
    assert "Title changed by you" in words


def test_two_thousand_classes_do_not_stutter(open_page: Open) -> None:
    folder = Path("/many")
    classes = tuple(
        replace(
            planned(folder, number, f"Class {number}", 10, section=f"Week {number // 50}"),
            identity=FileIdentity(number, "many"),
        )
        for number in range(2000)
    )
    plan = demo_plan(Path("/classes"))
    page = open_page(replace(plan, series=(replace(plan.series[0], classes=classes),)))
    begun = time.process_time()
    for _ in range(10):
        key(Qt.Key.Key_Down)
        key(Qt.Key.Key_Down, ALT)
        QApplication.processEvents()
    key(Qt.Key.Key_Delete)
    key(Qt.Key.Key_Z, CTRL)
    spent_s = (time.process_time() - begun) / 22
    assert spent_s < 0.25, f"{1000 * spent_s:.0f} ms for a key"
    assert len(page.plan.series[0].classes) == 2000


def test_what_can_be_done_about_the_files_of_a_class_is_offered(open_page: Open) -> None:
    page = open_page(demo_plan(Path("/classes")))
    assert "Keep apart" not in [action.text() for action in page.class_menu().actions()]
    asked: list[str] = []
    page.pieces = lambda one: ("Keep apart", lambda: asked.append(one.title))
    next(action for action in page.class_menu().actions() if action.text() == "Keep apart").trigger()
    assert asked == ["Arriving"]
