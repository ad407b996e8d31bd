# SPDX-License-Identifier: GPL-3.0-or-later
"""The model of the classes of a series, its rows, and which class comes next."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from player.domain.choosing import how_far, left_to_go_ms, made_of, next_class
from player.domain.models import ClassProgress, ClassState, ClassVideo, PhaseKind
from player.domain.vocabulary import Vocabulary
from player.library import Library
from player.ui.models.class_list import ClassListModel, ClassRole, ClassRow, SectionRow, make_row, make_rows


def classes_of(library: Library, title: str) -> tuple[ClassVideo, ...]:
    return library.classes(library.find_series(title).id)


def test_the_model_keeps_the_rules_of_models(qtbot: QtBot, library_with_demo: Library, vocabulary: Vocabulary) -> None:
    model = ClassListModel(vocabulary)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_classes(classes_of(library_with_demo, "Quiet Strength"))
    assert model.rowCount() == 13
    assert model.has_sections
    model.set_classes(classes_of(library_with_demo, "Welcome to Your Body"))
    assert model.rowCount() == 24
    assert not model.has_sections
    model.set_classes(())
    assert model.rowCount() == 0
    assert tester.model() is model


def test_a_change_of_values_changes_rows_in_place(
    qtbot: QtBot, library_with_demo: Library, vocabulary: Vocabulary
) -> None:
    model = ClassListModel(vocabulary)
    classes = classes_of(library_with_demo, "Welcome to Your Body")
    model.set_classes(classes)
    changed: list[int] = []
    model.dataChanged.connect(lambda first, _last: changed.append(first.row()))
    with qtbot.assertNotEmitted(model.modelReset):
        model.set_classes([*classes[:3], replace(classes[3], progress=ClassProgress(done=False)), *classes[4:]])
    assert changed == [3]
    with qtbot.waitSignal(model.modelReset):
        model.set_classes(classes[1:])


def test_data_is_a_look_up(library_with_demo: Library, vocabulary: Vocabulary, qtbot: QtBot) -> None:
    model: QAbstractItemModel = ClassListModel(vocabulary)
    assert isinstance(model, ClassListModel)
    model.set_classes(classes_of(library_with_demo, "Quiet Strength"))
    first, second = model.index(0), model.index(1)
    assert isinstance(first.data(ClassRole.ROW), SectionRow)
    assert first.data(ClassRole.ROW).done == 3
    assert not first.flags() & Qt.ItemFlag.ItemIsSelectable
    row = second.data(ClassRole.ROW)
    assert isinstance(row, ClassRow)
    assert second.data(Qt.ItemDataRole.AccessibleTextRole) == row.text
    assert model.row_of(row.id) == 1
    assert model.data(model.index(99), ClassRole.ROW) is None


def test_a_row_says_everything_in_words(library_with_demo: Library, vocabulary: Vocabulary) -> None:
    row = make_row(classes_of(library_with_demo, "Welcome to Your Body")[12], vocabulary)
    assert row.text == (
        "Class 13, Mid Back Release, Free Your Neck, Shoulders, and Lower Back, 15 minutes, 8 left, in Breath, "
        "needs a chair and a pillow"
    )
    assert (row.number, row.title, row.minutes, row.left) == ("13", "Mid Back Release", "15 min", "8 min left")
    assert [icon for icon, _title in row.needs] == ["chair", "pillow"]
    assert row.position_ms == 7 * 60_000


def test_what_cannot_be_played_says_why(library_with_demo: Library, vocabulary: Vocabulary) -> None:
    video = classes_of(library_with_demo, "The Evening Floor")[1]
    row = make_row(video, vocabulary)
    assert row.reason.startswith("The file is damaged after 4:12.")
    assert row.reason in row.text
    missing = make_row(replace(video, state=ClassState.MISSING, state_reason=""), vocabulary)
    assert "not there" in missing.reason


def test_headings_stand_where_a_section_begins(library_with_demo: Library, vocabulary: Vocabulary) -> None:
    rows = make_rows(classes_of(library_with_demo, "Quiet Strength"), vocabulary)
    headings = {number: row.title for number, row in enumerate(rows) if isinstance(row, SectionRow)}
    assert headings == {0: "Week 1: Slow", 4: "Week 2: Steady", 9: "Week 3: Strong"}


def test_the_class_to_go_on_with(library_with_demo: Library) -> None:
    classes = list(classes_of(library_with_demo, "Welcome to Your Body"))
    running = next_class(classes)
    assert running is not None
    assert running.number == 13
    classes[12] = replace(classes[12], progress=ClassProgress())
    following = next_class(classes)
    assert following is not None
    assert following.number == 13
    classes[12] = replace(classes[12], state=ClassState.MISSING)
    following = next_class(classes)
    assert following is not None
    assert following.number == 14
    all_done = [replace(video, progress=ClassProgress(done=True)) for video in classes]
    first = next_class(all_done)
    assert first is not None
    assert first.number == 1
    assert next_class([replace(video, state=ClassState.DAMAGED) for video in classes]) is None


def test_what_a_series_is_made_of(library_with_demo: Library) -> None:
    classes = classes_of(library_with_demo, "Welcome to Your Body")
    shares = made_of(classes)
    assert sum(share for _kind, share in shares) == 100
    assert [kind for kind, _share in shares] == [kind for kind in PhaseKind if kind is not PhaseKind.OTHER]
    assert made_of(classes_of(library_with_demo, "Short Breaks")) == ()
    assert how_far(classes[0]) == 1.0
    assert round(how_far(classes[12]), 2) == 0.47
    assert left_to_go_ms(classes[:13]) == 8 * 60_000


def test_damaged_classes_are_not_to_go(library_with_demo: Library) -> None:
    classes = classes_of(library_with_demo, "The Evening Floor")
    assert [video.state for video in classes].count(ClassState.DAMAGED) == 1
    assert left_to_go_ms(classes) == (12 + 16 + 11) * 60_000


def test_why_a_class_cannot_be_played_is_told_in_full(
    qtbot: QtBot, library_with_demo: Library, vocabulary: Vocabulary
) -> None:
    model = ClassListModel(vocabulary)
    reason = "The file is damaged: it holds no picture & no sound <that> can be played. " * 2 + "Copy it again."
    video = replace(classes_of(library_with_demo, "The Evening Floor")[1], state_reason=reason)
    model.set_classes([video])
    assert reason in str(model.index(0).data(Qt.ItemDataRole.AccessibleTextRole))
    tip = QTextDocument()
    tip.setHtml(str(model.index(0).data(Qt.ItemDataRole.ToolTipRole)))
    assert reason in tip.toPlainText()
    assert video.title in tip.toPlainText()
