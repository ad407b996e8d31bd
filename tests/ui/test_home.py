# SPDX-License-Identifier: GPL-3.0-or-later
"""Home, on a real library: empty, with a class under way, between classes, while importing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from player.domain.models import StartAt
from player.domain.progress import Progress
from player.domain.vocabulary import Vocabulary
from player.library import Library
from player.tasks.lane import Lane
from player.ui.icons import Icons
from player.ui.pages.home import HomePage
from player.ui.pictures import Pictures
from player.ui.theme import ThemeManager
from player.ui.widgets.series_card import SeriesCard
from player.ui.widgets.text import TextLine

Open = Callable[[Library], HomePage]


@pytest.fixture
def open_home(
    qtbot: QtBot, themes: ThemeManager, icons: Icons, vocabulary: Vocabulary, lane: Lane, pictures: Pictures
) -> Open:
    """Home on a page of 1196 x 800, on 11 June."""

    def show(library: Library) -> HomePage:
        today = date(2026, 6, 11)
        page = HomePage(themes, icons, vocabulary, lane, library, pictures=pictures, today=lambda: today)
        qtbot.addWidget(page)
        page.resize(1196, 800)
        page.show()
        with qtbot.waitSignal(page.loaded):
            page.refresh()
        return page

    return show


def seen(page: HomePage) -> list[str]:
    return [line.text() for line in page.findChildren(TextLine) if line.isVisible()]


def test_at_the_first_start_it_welcomes(open_home: Open, library: Library, qtbot: QtBot) -> None:
    page = open_home(library)
    assert page.empty
    assert "Welcome" in seen(page)
    assert "Your series" not in seen(page)
    card = page.welcome.card
    page.take_focus()
    assert page.window().focusWidget() is card.choose
    with qtbot.waitSignal(page.import_requested):
        qtbot.keyClick(card.choose, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.demo_requested):
        qtbot.mouseClick(card.demo, Qt.MouseButton.LeftButton)


def test_the_card_shows_that_a_folder_hovers(open_home: Open, library: Library, themes: ThemeManager) -> None:
    page = open_home(library)
    card = page.welcome.card
    inside = (card.width() - 40, 40)
    assert card.grab().toImage().pixelColor(*inside) == themes.theme.color("card")
    page.set_drag_over(True)
    assert card.grab().toImage().pixelColor(*inside) == themes.theme.color("on")
    page.set_drag_over(False)
    assert card.grab().toImage().pixelColor(*inside) == themes.theme.color("card")


def test_a_folder_over_a_full_home(open_home: Open, library_with_demo: Library) -> None:
    page = open_home(library_with_demo)
    page.set_drag_over(True)
    assert page._overlay.isVisible()
    page.set_drag_over(False)
    assert not page._overlay.isVisible()


def test_it_offers_to_go_on(open_home: Open, library_with_demo: Library, qtbot: QtBot) -> None:
    page = open_home(library_with_demo)
    card = page.continue_card
    assert "Thursday, 11 June" in seen(page)
    assert {"Continue in", "Mid Back Release", "8 min left", "Class 13 in Welcome to Your Body"} <= set(seen(page))
    assert card.resume.text() == "Resume at 7:00"
    assert card.again.text() == "Start of Breath"
    video = card.class_video
    assert video is not None
    with qtbot.waitSignal(page.play_requested) as asked:
        card.resume.click()
    assert asked.args == [video.id, StartAt.RESUME]
    with qtbot.waitSignal(page.play_requested) as asked:
        card.again.click()
    assert asked.args == [video.id, StartAt.PHASE]
    page.take_focus()
    assert page.window().focusWidget() is card.resume


def test_without_phases_it_offers_the_beginning(open_home: Open, library_with_demo: Library, qtbot: QtBot) -> None:
    plain = library_with_demo.classes(library_with_demo.find_series("Short Breaks").id)[3]
    library_with_demo.save_position(plain.id, 60_000)
    page = open_home(library_with_demo)
    assert page.continue_card.again.text() == "From the beginning"
    with qtbot.waitSignal(page.play_requested) as asked:
        page.continue_card.again.click()
    assert asked.args == [plain.id, StartAt.BEGINNING]


def test_between_classes_it_offers_the_next_one(open_home: Open, library_with_demo: Library) -> None:
    running = library_with_demo.continue_class()
    assert running is not None
    library_with_demo.save_position(running.id, 0)
    page = open_home(library_with_demo)
    assert "Next class" in seen(page)
    assert page.continue_card.resume.text() == "Play"
    assert page.continue_card.again.isHidden()


def test_series_stand_in_a_grid_and_open(open_home: Open, library_with_demo: Library, qtbot: QtBot) -> None:
    page = open_home(library_with_demo)
    cards = [card for card in page.grid.cards if isinstance(card, SeriesCard)]
    assert [card.series.title for card in cards] == [
        "Quiet Strength",
        "Short Breaks",
        "The Evening Floor",
        "Welcome to Your Body",
    ]
    with qtbot.waitSignal(page.series_requested) as asked:
        qtbot.keyClick(cards[1], Qt.Key.Key_Return)
    assert asked.args == [cards[1].series.id]
    library_with_demo.remove_series(cards[0].series.id)
    with qtbot.waitSignal(page.loaded):
        page.refresh()
    assert page.grid.cards == tuple(cards[1:])


def test_nothing_is_cut_or_covered_in_the_smallest_window(open_home: Open, library_with_demo: Library) -> None:
    page = open_home(library_with_demo)
    for width in (896, 1196, 1836):
        page.resize(width, 600)
        QApplication.processEvents()
        for button in (page.continue_card.resume, page.continue_card.again, page.add_folder):
            assert button.width() >= button.sizeHint().width()
            assert page.rect().contains(button.mapTo(page, button.rect().topRight()).x(), 300)
        grid = page.grid
        assert grid.height() == grid.heightForWidth(grid.width())


def test_an_import_is_shown_above_everything(open_home: Open, library: Library, qtbot: QtBot) -> None:
    page = open_home(library)
    page.import_panel.show_progress(Progress(1, 3, 0, "01 Arriving.mp4"))
    assert page.import_panel.isVisible()
    with qtbot.waitSignal(page.cancel_import_requested):
        page.import_panel._end.click()


def test_pictures_arrive_on_the_cards(
    open_home: Open, library_with_demo: Library, qtbot: QtBot, pictures: Pictures
) -> None:
    page = open_home(library_with_demo)
    card = page.grid.cards[3]
    assert isinstance(card, SeriesCard)
    qtbot.waitUntil(lambda: card._picture is not None)
    made = card.series.picture_class
    assert made is not None
    assert pictures.path_of(made).exists()
