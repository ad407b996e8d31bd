# SPDX-License-Identifier: GPL-3.0-or-later
"""Up Next with the real controller: what it says, what its buttons do, and that it comes and goes without a flash."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from player.domain.models import AfterClass
from player.domain.playing import PlayerState
from player.domain.queue import Queue, QueueItem
from tests.ui.player_stage import Stage


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    qtbot.addWidget(stage.page)
    with qtbot.waitActive(stage.page):
        stage.show()
    yield stage
    stage.close()


def test_it_says_what_comes_and_what_to_fetch(stage: Stage) -> None:
    stage.play(13)
    assert not stage.page.up_next.isVisible()
    stage.end_class()
    page, content = stage.page.up_next, stage.page.up_next.card.content
    assert page.isVisible()
    assert content.line == "Up Next, class 14, 22 min"
    assert (content.title, content.subtitle) == ("Full Body Release", "Movement from Within")
    assert [need.title for need in content.have_ready] == ["mat", "blanket"]
    assert content.put_away == "put away the chair"
    assert page.done_line() == ("Mid Back Release is done.", "1 of 4.")
    assert page.card.primary.hasFocus()
    assert stage.page.surface.dim > 0.5
    assert not stage.page.deck.shown
    assert stage.page.surface.has_picture


def test_the_countdown_is_shown_and_a_key_holds_it(stage: Stage) -> None:
    stage.play(13)
    stage.end_class()
    card = stage.page.up_next.card
    assert card._left_ms is not None
    stage.wait(lambda: card._left_ms is not None and card._left_ms < 60_000)
    QTest.keyClick(stage.page.windowHandle(), Qt.Key.Key_Shift)
    assert not card._held
    QTest.keyClick(stage.page.windowHandle(), Qt.Key.Key_Z)
    assert card._held
    assert stage.controller.state is PlayerState.UP_NEXT


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_play_now_leaves_without_a_flash(qtbot: QtBot, stage: Stage, key: Qt.Key) -> None:
    stage.play(13)
    stage.end_class()
    qtbot.keyClick(stage.page.up_next.card.primary, key)
    assert not stage.page.up_next.isVisible()
    assert stage.page.surface.dim > 0.5, "the last picture of the class before stays dark"
    assert stage.page.surface.has_picture
    stage.settle()
    assert stage.controller.class_video is not None
    assert stage.controller.class_video.number == 14
    assert stage.page.surface.dim == 0
    assert stage.page.deck.isVisible()


def test_stay_here_stops_the_countdown_for_good(qtbot: QtBot, stage: Stage) -> None:
    stage.play(13)
    stage.end_class()
    card = stage.page.up_next.card
    qtbot.keyClick(card.secondary, Qt.Key.Key_Space)
    assert stage.controller.state is PlayerState.HOLDING
    assert card._left_ms is None
    assert stage.page.up_next.isVisible()
    assert card.content.secondary == "Back to the series"
    wanted: list[int] = []
    stage.page.series_requested.connect(wanted.append)
    card.secondary.click()
    assert wanted == [stage.series]


def test_a_series_that_asks_shows_no_ring(stage: Stage) -> None:
    preferences = stage.library.series(stage.series).preferences
    stage.library.set_preferences(stage.series, replace(preferences, after_class=AfterClass.ASK))
    stage.play(13)
    stage.end_class()
    assert stage.page.up_next.isVisible()
    assert stage.page.up_next.card._left_ms is None
    assert stage.page.up_next.card.content.secondary == "Stay here"


def test_a_phase_of_a_class_says_where_it_comes_from(stage: Stage) -> None:
    stage.play(14)
    stage.controller.set_queue(stage.controller.queue.play_next(QueueItem(stage.ids[13], 2)))
    stage.end_class()
    content = stage.page.up_next.card.content
    assert (content.line, content.title, content.subtitle) == ("Up Next, 3 min", "Breath", "from class 13")
    assert content.tile is not None


def test_the_end_of_a_series_offers_to_go_back_or_play_again(stage: Stage) -> None:
    stage.play(16)
    stage.end_class()
    page = stage.page.up_next
    assert page.at_end
    assert page.card.content.title == "That was the last class of Gentle Mornings"
    wanted: list[int] = []
    stage.page.series_requested.connect(wanted.append)
    page.card.primary.click()
    assert wanted == [stage.series]
    page.card.secondary.click()
    stage.settle()
    assert stage.controller.state is PlayerState.PLAYING
    assert not page.isVisible()


def test_the_card_follows_the_queue(stage: Stage) -> None:
    stage.play(13)
    stage.end_class()
    stage.controller.set_queue(Queue((QueueItem(stage.ids[16]),)))
    stage.settle()
    assert stage.page.up_next.card.content.title == "Breath practice"


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (960, 600), (1920, 1080)])
def test_buttons_are_inside_the_card_in_both_sizes(stage: Stage, width: int, height: int) -> None:
    stage.show(width, height)
    stage.play(13)
    stage.end_class()
    card = stage.page.up_next.card
    for full in (False, True):
        stage.page.set_full_screen(full)
        assert stage.page.rect().contains(card.geometry())
        for button in (card.primary, card.secondary):
            assert card.rect().contains(button.geometry())
            assert button.height() >= 48
        assert not card.primary.geometry().intersects(card.secondary.geometry())
