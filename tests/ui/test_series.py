# SPDX-License-Identifier: GPL-3.0-or-later
"""The Series page, on a real library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from player.domain.models import AfterClass, ClassState, Phase, PhaseKind, SeriesId, StartAt
from player.domain.vocabulary import Vocabulary
from player.library import Library
from player.tasks.lane import Lane
from player.ui.icons import Icons
from player.ui.models.class_list import ClassListModel, ClassRow
from player.ui.models.class_row_painter import picture_rect, state_rect
from player.ui.pages.series import COMPACT_BELOW, SeriesPage, folder_of
from player.ui.pictures import Pictures
from player.ui.theme import ThemeManager, ThemeMode
from player.ui.widgets.text import TextLine

Open = Callable[[str], SeriesPage]


@pytest.fixture
def open_series(
    qtbot: QtBot,
    themes: ThemeManager,
    icons: Icons,
    vocabulary: Vocabulary,
    lane: Lane,
    library_with_demo: Library,
    pictures: Pictures,
) -> Open:
    """Show a series of the demo library on a page of 1196 x 800."""

    def show(title: str) -> SeriesPage:
        page = SeriesPage(themes, icons, vocabulary, lane, library_with_demo, pictures=pictures)
        qtbot.addWidget(page)
        page.resize(1196, 800)
        page.show()
        with qtbot.waitSignal(page.loaded):
            page.show_series(library_with_demo.find_series(title).id)
        return page

    return show


def words(page: SeriesPage) -> list[str]:
    return [line.text() for line in page.findChildren(TextLine)]


def chosen(page: SeriesPage) -> ClassRow:
    row = page.list.chosen
    assert row is not None
    return row


def test_it_opens_at_the_running_class_third_from_the_top(open_series: Open) -> None:
    page = open_series("Welcome to Your Body")
    assert chosen(page).number == "13"
    assert page.list.visualRect(page.list.currentIndex()).top() == 2 * 84
    assert page.side.play.text() == "Resume class 13"
    assert "12 of 24 classes" in words(page)


def test_a_refresh_keeps_the_place(open_series: Open, qtbot: QtBot) -> None:
    page = open_series("Welcome to Your Body")
    page.list.verticalScrollBar().setValue(0)
    with qtbot.waitSignal(page.loaded):
        page.refresh()
    assert page.list.verticalScrollBar().value() == 0
    assert chosen(page).number == "13"


def test_keys_move_and_play(open_series: Open, qtbot: QtBot) -> None:
    page = open_series("Quiet Strength")
    page.take_focus()
    assert chosen(page).number == "4"
    qtbot.keyClick(page.list, Qt.Key.Key_Up)
    assert chosen(page).number == "3"
    qtbot.keyClick(page.list, Qt.Key.Key_Home)
    assert chosen(page).number == "1"
    qtbot.keyClick(page.list, Qt.Key.Key_End)
    assert chosen(page).number == "10"
    wanted = chosen(page).id
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        with qtbot.waitSignal(page.play_requested) as asked:
            qtbot.keyClick(page.list, key)
        assert asked.args == [wanted, StartAt.RESUME]


def test_the_state_circle_and_a_double_click_play(open_series: Open, qtbot: QtBot) -> None:
    page = open_series("Welcome to Your Body")
    model = page.list.model()
    assert isinstance(model, ClassListModel)
    index = model.index(13)
    rect = page.list.visualRect(index)
    with qtbot.waitSignal(page.play_requested) as asked:
        qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=state_rect(rect).center())
    assert asked.args == [model.rows[13].id, StartAt.RESUME]  # type: ignore[union-attr]
    with qtbot.assertNotEmitted(page.play_requested):
        qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert chosen(page).number == "14"
    with qtbot.waitSignal(page.play_requested):
        qtbot.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def test_a_click_on_the_picture_plays(open_series: Open, qtbot: QtBot) -> None:
    page = open_series("Welcome to Your Body")
    viewport, rect = page.list.viewport(), page.list.visualRect(page.list.model().index(13, 0))
    place = picture_rect(rect).center()
    with qtbot.waitSignal(page.play_requested) as asked:
        qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert asked.args is not None
    assert asked.args[1] is StartAt.RESUME
    with qtbot.assertNotEmitted(page.play_requested):
        qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    with qtbot.assertNotEmitted(page.play_requested):
        qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=place + QPoint(0, 84))


def test_the_picture_under_the_pointer_shows_that_it_plays(open_series: Open, themes: ThemeManager) -> None:
    page = open_series("Welcome to Your Body")
    viewport, rect = page.list.viewport(), page.list.visualRect(page.list.model().index(13, 0))
    place = picture_rect(rect).center()

    def disc() -> QColor:
        return viewport.grab().toImage().pixelColor(place + QPoint(-12, 0))

    def move(to: QPoint) -> None:
        button, none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        there = QPointF(viewport.mapToGlobal(to))
        event = QMouseEvent(QEvent.Type.MouseMove, QPointF(to), there, button, button, none)
        QApplication.sendEvent(viewport, event)

    move(place)
    assert disc() == themes.theme.video.color("primary")
    assert viewport.cursor().shape() is Qt.CursorShape.PointingHandCursor
    move(rect.center())
    assert disc() != themes.theme.video.color("primary")
    assert viewport.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_what_cannot_be_played_says_why(open_series: Open, qtbot: QtBot) -> None:
    page = open_series("The Evening Floor")
    page.list.setCurrentIndex(page.list.model().index(1, 0))
    with qtbot.waitSignal(page.cannot_play) as told, qtbot.assertNotEmitted(page.play_requested):
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert told.args[0].startswith("The file is damaged after 4:12.")
    menu = page.class_menu(chosen(page))
    enabled = {action.text(): action.isEnabled() for action in menu.actions()}
    assert not enabled["Play"]
    assert enabled["Show in file manager"]


def test_the_menu_of_a_class(open_series: Open, qtbot: QtBot, library_with_demo: Library) -> None:
    page = open_series("Welcome to Your Body")
    row = chosen(page)
    actions = {action.text(): action for action in page.class_menu(row).actions()}
    for text, signal, args in (
        ("Resume", page.play_requested, [row.id, StartAt.RESUME]),
        ("Play from the beginning", page.play_requested, [row.id, StartAt.BEGINNING]),
        ("Play next", page.play_next_requested, [row.id]),
        ("Add to the queue", page.queue_requested, [row.id]),
        ("Show in file manager", page.show_file_requested, [row.class_video.path]),
    ):
        with qtbot.waitSignal(signal) as asked:
            actions[text].trigger()
        assert asked.args == args
    with qtbot.waitSignals([page.changed, page.loaded]):
        actions["Add to favourites"].trigger()
    assert library_with_demo.class_video(row.id).progress.favourite
    assert "Remove from favourites" in {action.text() for action in page.class_menu(chosen(page)).actions()}
    with qtbot.waitSignals([page.changed, page.loaded]):
        actions["Mark as done"].trigger()
    assert library_with_demo.class_video(row.id).progress.done
    assert "13 of 24 classes" in words(page)


def test_the_menu_key_opens_the_menu_of_the_chosen_row(open_series: Open, qtbot: QtBot) -> None:
    page = open_series("Welcome to Your Body")
    page.take_focus()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(page.list.viewport(), event)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()


def test_what_happens_after_a_class_is_kept(open_series: Open, qtbot: QtBot, library_with_demo: Library) -> None:
    page = open_series("Welcome to Your Body")
    assert page.side.after.text() == "Go on"
    action = next(action for action in page.side._after_menu.actions() if action.text() == "Ask first")
    with qtbot.waitSignals([page.changed, page.loaded]):
        action.trigger()
    assert library_with_demo.find_series("Welcome to Your Body").preferences.after_class is AfterClass.ASK
    assert page.side.after.text() == "Ask first"


def test_a_narrow_page_has_a_header_above_the_list(open_series: Open) -> None:
    page = open_series("Welcome to Your Body")
    beside = page.list.mapTo(page, page.list.rect().topLeft())
    assert beside.x() > 380
    page.resize(COMPACT_BELOW - 1, 600)
    QApplication.processEvents()
    above = page.list.mapTo(page, page.list.rect().topLeft())
    assert above.x() < 60
    assert page.side.mapTo(page, page.side.rect().topLeft()).y() < above.y() < 300
    page.resize(1196, 800)
    QApplication.processEvents()
    assert page.list.mapTo(page, page.list.rect().topLeft()).x() == beside.x()


def test_a_series_that_has_gone(open_series: Open, qtbot: QtBot) -> None:
    page = open_series("Welcome to Your Body")
    with qtbot.waitSignal(page.gone):
        page.show_series(SeriesId(12345))
    assert page.series_id is None


def test_a_late_answer_about_another_series_is_not_shown(
    open_series: Open, qtbot: QtBot, library_with_demo: Library
) -> None:
    page = open_series("Welcome to Your Body")
    quiet, evening = (library_with_demo.find_series(title).id for title in ("Quiet Strength", "The Evening Floor"))
    page.show_series(quiet)
    with qtbot.waitSignal(page.loaded):
        page.show_series(evening)
    assert page.series is not None
    assert page.series.title == "The Evening Floor"


@pytest.mark.parametrize("mode", [ThemeMode.DARK, ThemeMode.LIGHT])
def test_rows_are_painted_as_the_design_says(
    open_series: Open, qtbot: QtBot, themes: ThemeManager, library_with_demo: Library, lane: Lane, mode: ThemeMode
) -> None:
    """The chosen row is on *control*, and phases have the same place and colour as their times say."""
    page = open_series("Welcome to Your Body")
    themes.set_mode(mode)
    theme = themes.theme
    rect = page.list.visualRect(page.list.currentIndex())
    image = page.list.viewport().grab().toImage()
    assert image.pixelColor(rect.left() + 6, rect.center().y()) == theme.color("control")
    assert image.pixelColor(rect.left() + 6, rect.center().y() + 84) == theme.color("window")
    video = chosen(page).class_video
    per_ms = 15.2 / 60_000
    y = rect.top() + 67
    for phase in video.phases[:2]:
        x = rect.left() + 182 + round((phase.start_ms + phase.end_ms) / 2 * per_ms)
        assert image.pixelColor(x, y) == theme.phase(phase.kind).solid
    coming = video.phases[3]
    x = rect.left() + 182 + round((coming.start_ms + coming.end_ms) / 2 * per_ms)
    assert image.pixelColor(x, y) == theme.phase(coming.kind).empty


def test_a_missing_class_steps_back_but_stays(
    open_series: Open, qtbot: QtBot, themes: ThemeManager, library_with_demo: Library
) -> None:
    page = open_series("Welcome to Your Body")
    model = page.list.model()
    assert isinstance(model, ClassListModel)
    row = model.rows[13]
    assert isinstance(row, ClassRow)
    library_with_demo.set_class_state(row.id, ClassState.MISSING, "Drive “Classes” is not connected.")
    with qtbot.waitSignal(page.loaded):
        page.refresh()
    changed = model.rows[13]
    assert isinstance(changed, ClassRow)
    assert changed.reason == "Drive “Classes” is not connected."
    rect = page.list.visualRect(model.index(13))
    image = page.list.viewport().grab().toImage()
    picture: QColor = image.pixelColor(rect.left() + 70, rect.center().y())
    assert picture == themes.theme.color("control")


def test_a_series_of_unknown_phases_does_not_say_what_it_is_made_of(open_series: Open) -> None:
    page = open_series("Welcome to Your Body")
    heading = next(line for line in page.side.findChildren(TextLine) if line.text() == "What it is made of")
    assert heading.isVisible()
    assert page.series is not None
    videos = [row.class_video for row in page.list.model().rows if isinstance(row, ClassRow)]  # type: ignore[attr-defined]
    unknown = [replace(video, phases=(Phase(PhaseKind.OTHER, "Part 1", 0, video.duration_ms),)) for video in videos]
    page.side.set_series(page.series, unknown, unknown[0])
    assert not heading.isVisible()
    page.side.set_compact(compact=True)
    page.side.set_compact(compact=False)
    assert not heading.isVisible()


def _ink(page: SeriesPage, place: QRect) -> int:
    """How many px of `place` are not the colour of the row."""
    image = page.list.viewport().grab(place).toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    ground = image.pixelColor(0, 0)
    return sum(colour != ground for colour in pixels)


def test_a_long_reason_takes_two_lines(open_series: Open, qtbot: QtBot, library_with_demo: Library) -> None:
    page = open_series("Welcome to Your Body")
    model = page.list.model()
    assert isinstance(model, ClassListModel)
    row = model.rows[14]
    assert isinstance(row, ClassRow)
    words = "The file is damaged: it holds no picture and no sound that can be played. Copy it again from its source."
    library_with_demo.set_class_state(row.id, ClassState.DAMAGED, words)
    with qtbot.waitSignal(page.loaded):
        page.refresh()
    rect = page.list.visualRect(model.index(14))
    assert _ink(page, QRect(rect.left() + 182, rect.top() + 56, 120, 16)) > 100


def test_long_lengths_are_not_cut(open_series: Open, qtbot: QtBot) -> None:
    page = open_series("The Evening Floor")
    model = page.list.model()
    assert isinstance(model, ClassListModel)
    row = model.rows[2]
    assert isinstance(row, ClassRow)
    model.set_classes([replace(row.class_video, duration_ms=(46 * 60 + 50) * 60_000)])
    image = page.list.viewport().grab().toImage()
    rect = page.list.visualRect(model.index(0))
    needed = page._themes.theme.metrics("body").horizontalAdvance("46 h 50 min")
    left = round(state_rect(rect).left() - 16 - needed)
    column = [image.pixel(x, y) for x in range(left, left + 6) for y in range(rect.top() + 30, rect.top() + 54)]
    assert len(set(column)) > 2  # the 4 of 46 is there


def test_tab_brings_the_chosen_row_into_sight(open_series: Open) -> None:
    page = open_series("Welcome to Your Body")
    page.list.verticalScrollBar().setValue(page.list.verticalScrollBar().maximum())
    assert page.list.visualRect(page.list.currentIndex()).bottom() < 0
    page.side.more.setFocus()
    page.list.setFocus(Qt.FocusReason.TabFocusReason)
    assert page.list.viewport().rect().contains(page.list.visualRect(page.list.currentIndex()))
    page.list.verticalScrollBar().setValue(page.list.verticalScrollBar().maximum())
    page.side.more.setFocus()
    page.list.setFocus(Qt.FocusReason.MouseFocusReason)
    assert page.list.visualRect(page.list.currentIndex()).bottom() < 0  # the pointer is where it is looked at


def test_the_class_just_left_is_chosen(open_series: Open, qtbot: QtBot, library_with_demo: Library) -> None:
    """The page is hidden while a class plays; what was left last is what the button and the list offer."""
    page = open_series("Welcome to Your Body")
    model = page.list.model()
    assert isinstance(model, ClassListModel)
    page.list.setCurrentIndex(model.index(4))
    page.hide()
    played = model.rows[19]
    assert isinstance(played, ClassRow)
    library_with_demo.save_position(played.id, 3 * 60_000)
    page.show()
    with qtbot.waitSignal(page.loaded):
        page.show_series(page.series_id)  # type: ignore[arg-type]
    assert page.side.play.text() == "Resume class 20"
    assert chosen(page).number == "20"
    assert page.list.viewport().rect().contains(page.list.visualRect(page.list.currentIndex()))


def test_a_choice_of_the_user_is_kept_when_something_else_comes_next(
    open_series: Open, qtbot: QtBot, library_with_demo: Library
) -> None:
    page = open_series("Welcome to Your Body")
    model = page.list.model()
    assert isinstance(model, ClassListModel)
    assert chosen(page).number == "13"
    with qtbot.waitSignal(page.loaded):
        library_with_demo.set_done(chosen(page).id, True)
        library_with_demo.save_position(chosen(page).id, 0)
        page.refresh()
    assert chosen(page).number == "14"  # nobody has touched the list
    assert page.side.play.text() == "Play class 14"
    page.list.setCurrentIndex(model.index(4))
    with qtbot.waitSignal(page.loaded):
        library_with_demo.set_done(model.rows[13].id, True)  # type: ignore[union-attr]
        page.refresh()
    assert page.side.play.text() == "Play class 15"
    assert chosen(page).number == "5"


def test_the_menu_of_the_series(open_series: Open, qtbot: QtBot, library_with_demo: Library) -> None:
    page = open_series("Welcome to Your Body")
    series = library_with_demo.find_series("Welcome to Your Body")
    folder = library_with_demo.classes(series.id)[0].path.parent
    actions = {action.text(): action for action in page.series_menu().actions() if action.text()}
    with qtbot.waitSignal(page.remove_requested) as asked:
        actions["Remove from the library"].trigger()
    assert asked.args == [series.id]
    with qtbot.waitSignal(page.rescan_requested) as asked:
        actions["Rescan the folder"].trigger()
    assert asked.args == [folder]
    with qtbot.waitSignal(page.show_file_requested) as asked:
        actions["Show in file manager"].trigger()
    assert asked.args is not None
    assert asked.args[0].parent == folder
    with qtbot.waitSignals([page.changed, page.loaded]):
        actions["Mark all as done"].trigger()
    assert library_with_demo.series(series.id).done == 24
    actions = {action.text(): action for action in page.series_menu().actions() if action.text()}
    assert not actions["Mark all as done"].isEnabled()
    with qtbot.waitSignals([page.changed, page.loaded]):
        actions["Mark all as not done"].trigger()
    assert library_with_demo.series(series.id).done == 0


def test_a_series_without_a_playable_class_has_its_menu(
    open_series: Open, qtbot: QtBot, library_with_demo: Library
) -> None:
    page = open_series("The Evening Floor")
    for video in library_with_demo.classes(library_with_demo.find_series("The Evening Floor").id):
        library_with_demo.set_class_state(video.id, ClassState.MISSING, "Drive “Classes” is not connected.")
    with qtbot.waitSignal(page.loaded):
        page.refresh()
    assert not page.side.play.isEnabled()
    qtbot.mouseClick(page.side.more, Qt.MouseButton.LeftButton)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()


def test_the_folder_of_a_series_holds_all_its_classes(library_with_demo: Library) -> None:
    classes = library_with_demo.classes(library_with_demo.find_series("Quiet Strength").id)
    folder = classes[0].path.parent
    assert folder_of(classes) == folder
    weeks = [replace(video, path=folder / f"Week {n % 2}" / video.path.name) for n, video in enumerate(classes)]
    assert folder_of(weeks) == folder
