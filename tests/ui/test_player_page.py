# SPDX-License-Identifier: GPL-3.0-or-later
"""The player page with the real controller and library: what is shown when, and what is asked of the controller."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from player.domain.playing import PlayerState
from player.domain.queue import Queue, QueueItem
from player.playback.messages import Message, Severity
from player.ui.actions import ACTIONS, Scope
from player.ui.pages.player_keys import player_handlers
from tests.ui.player_stage import MINUTE, THIRTEEN, Stage


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    qtbot.addWidget(stage.page)
    with qtbot.waitActive(stage.page):
        stage.show()
    yield stage
    stage.close()


def _gone(stage: Stage, panel: QWidget) -> None:
    stage.wait(lambda: not panel.isVisible())


def test_every_player_key_has_a_handler(stage: Stage) -> None:
    handlers = player_handlers(stage.page, stage.controller)
    assert set(handlers) == {action.id for action in ACTIONS if action.scope is Scope.PLAYER}


def test_a_class_shows_its_phase_time_and_what_follows(stage: Stage) -> None:
    stage.play(13, 7 * MINUTE)
    assert stage.page.chip.content.title == "Breath"
    assert stage.page.chip.content.detail == "0:30 left, then Mobilization"
    assert stage.page.deck.line.position_ms == 7 * MINUTE
    assert stage.page.phases.list.row(2).running
    assert stage.page.phases.list.row(1).done
    assert stage.page.phases.list.row(2).spoken() == "Breath, 0:30 left, runs now"
    assert stage.page.phases.list.row(3).detail() == "6:10 from 7:30"
    assert stage.page.surface.has_picture


def test_a_class_without_phases_is_told_by_its_name(stage: Stage) -> None:
    stage.play(15, 9 * MINUTE)
    assert stage.page.chip.content.kind is None
    assert stage.page.chip.content.title == "A class without phases"
    assert stage.page.chip.content.detail == "11:00 left"
    assert not stage.page.deck.next.isEnabled()
    stage.page.toggle_phases()
    assert not stage.page.phases.isVisible()


def test_keys_play_seek_and_turn(qtbot: QtBot, stage: Stage) -> None:
    stage.play(13)
    page, controller = stage.page, stage.controller
    qtbot.keyClick(page, Qt.Key.Key_Space)
    assert controller.state is PlayerState.PAUSED
    qtbot.keyClick(page, Qt.Key.Key_Space)
    assert controller.state is PlayerState.PLAYING
    qtbot.keyClick(page, Qt.Key.Key_4)
    stage.settle()
    assert controller.position_ms == THIRTEEN[3].start_ms
    qtbot.keyClick(page, Qt.Key.Key_Right)
    stage.settle()
    assert controller.position_ms == THIRTEEN[3].start_ms + 10_000
    qtbot.keyClick(page, Qt.Key.Key_X)
    assert controller.mirrored
    assert page.surface.mirrored
    assert page.mark.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_BracketRight)
    assert controller.rate == 1.1
    assert page.deck.speed.text() == "1.1×"
    qtbot.keyClick(page, Qt.Key.Key_Equal)
    assert controller.rate == 1.0
    qtbot.keyClick(page, Qt.Key.Key_Down)
    assert controller.volume == 95
    assert page.deck.volume.value() == 95
    qtbot.keyClick(page, Qt.Key.Key_L)
    assert controller.loop is not None
    assert page.deck.loop.isChecked()


def test_the_deck_does_what_it_says(qtbot: QtBot, stage: Stage) -> None:
    stage.play(13)
    deck, controller = stage.page.deck, stage.controller
    qtbot.mouseClick(deck.play, Qt.MouseButton.LeftButton)
    assert controller.state is PlayerState.PAUSED
    assert deck.play.accessibleName() == "Play"
    qtbot.mouseClick(deck.next, Qt.MouseButton.LeftButton)
    stage.settle()
    assert controller.position_ms == THIRTEEN[1].start_ms
    qtbot.mouseClick(deck.forward, Qt.MouseButton.LeftButton)
    stage.settle()
    assert controller.position_ms == THIRTEEN[1].start_ms + 10_000
    deck._choose_rate(deck._speed_menu.actions()[0])
    assert controller.rate == 2.0
    qtbot.mouseClick(deck.mute, Qt.MouseButton.LeftButton)
    assert controller.muted
    assert deck.mute.icon_name == "mute"
    middle = deck.volume.rect().center()
    qtbot.mouseClick(deck.volume, Qt.MouseButton.LeftButton, pos=middle)
    assert 50 < controller.volume < 75


def test_controls_go_when_nobody_moves_and_come_back(stage: Stage) -> None:
    stage.play(13, 5 * MINUTE)
    page = stage.page
    QTest.mouseMove(page, QPoint(600, 300))
    assert page.deck.isVisible()
    page.clock._idle()
    _gone(stage, page.deck)
    assert page.slim.isVisible()
    assert page.ring.isVisible()
    assert page.cursor().shape() is Qt.CursorShape.BlankCursor
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_Right)
    assert page.deck.isVisible()
    assert not page.slim.isVisible()
    assert page.cursor().shape() is Qt.CursorShape.ArrowCursor


@pytest.mark.parametrize("floor", [False, True])
def test_keys_that_change_a_value_show_it_and_leave_the_controls_alone(stage: Stage, floor: bool) -> None:
    stage.play(13, 5 * MINUTE)
    page, window = stage.page, stage.page.windowHandle()
    page.set_full_screen(floor)
    page.clock._idle()
    for deck in (page.deck, page.floor_deck):
        _gone(stage, deck)
    shift = Qt.KeyboardModifier.ShiftModifier
    for key, modifier, text in (
        (Qt.Key.Key_Up, None, "Volume 105 %"),
        (Qt.Key.Key_Down, None, "Volume 100 %"),
        (Qt.Key.Key_M, shift, "Muted"),
        (Qt.Key.Key_M, shift, "Volume 100 %"),
        (Qt.Key.Key_BracketRight, None, "1.1×"),
        (Qt.Key.Key_BracketLeft, None, "1×"),
        (Qt.Key.Key_BracketLeft, None, "0.9×"),
        (Qt.Key.Key_Equal, None, "1×"),
        (Qt.Key.Key_X, None, "Mirrored"),
        (Qt.Key.Key_X, None, "Not mirrored"),
    ):
        QTest.keyClick(window, key, modifier or Qt.KeyboardModifier.NoModifier)
        assert page.note.isVisible()
        assert page.note.text == text
        assert not page.clock.wanted
    assert page.note.height() >= (96 if floor else 32)
    page.note._timer.timeout.emit()
    _gone(stage, page.note)
    QTest.keyClick(window, Qt.Key.Key_Right)
    assert page.clock.wanted


def test_controls_stay_while_paused_and_while_the_phase_list_is_open(stage: Stage) -> None:
    stage.play(13, 5 * MINUTE)
    stage.page.toggle_phases()
    stage.page.clock._idle()
    assert stage.page.clock.wanted
    assert stage.page.phases.isVisible()
    stage.page.toggle_phases()
    stage.controller.pause()
    stage.page.clock._idle()
    assert stage.page.clock.wanted
    stage.controller.play()
    stage.settle()
    stage.page.clock._idle()
    assert not stage.page.clock.wanted


def test_controls_stay_while_a_key_has_focus_inside_them(stage: Stage) -> None:
    stage.play(13, 5 * MINUTE)
    stage.page.deck.mirror.setFocus(Qt.FocusReason.TabFocusReason)
    stage.page.clock._idle()
    assert stage.page.clock.wanted
    stage.page.setFocus()
    stage.page.clock._idle()
    assert not stage.page.clock.wanted


def test_a_new_phase_shows_its_chip_but_a_rest_is_left_alone(stage: Stage) -> None:
    stage.play(13, 5 * MINUTE)
    page = stage.page
    page.clock._idle()
    _gone(stage, page.chip)
    stage.go_to(THIRTEEN[3].start_ms + 100)
    assert page.chip.isVisible()
    assert not page.deck.shown
    page._chip_timer.timeout.emit()
    page._chip_timer.stop()
    page._show_controls()
    _gone(stage, page.chip)
    stage.go_to(THIRTEEN[4].start_ms + 100)
    assert not page.chip.isVisible()
    assert not page.ring.isVisible()
    assert page.slim.isVisible()


def test_full_screen_has_the_sizes_of_the_floor(stage: Stage) -> None:
    stage.play(13, 7 * MINUTE)
    asked: list[bool] = []
    stage.page.fullscreen_requested.connect(asked.append)
    stage.page.toggle_full_screen()
    assert asked == [True]
    stage.page.set_full_screen(True)
    assert stage.page.floor_deck.isVisible()
    _gone(stage, stage.page.deck)
    assert stage.page.floor_deck.play.width() >= 96
    assert stage.page.floor_deck.line.height() >= 96
    stage.page.escape()
    assert asked == [True, False]
    stage.page.set_full_screen(False)
    assert stage.page.deck.isVisible()


def test_esc_closes_the_topmost_thing_first(qtbot: QtBot, stage: Stage) -> None:
    stage.play(13)
    page = stage.page
    page.toggle_phases()
    page.toggle_queue()
    gone: list[bool] = []
    page.back_requested.connect(lambda: gone.append(True))
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.drawer.shown
    assert gone == []
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.phases.shown
    assert gone == []
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert gone == [True]


@pytest.mark.parametrize("size", [(1280, 800), (960, 600), (1920, 1080)])
@pytest.mark.parametrize("floor", [False, True])
@pytest.mark.parametrize("queue", [False, True])
def test_a_message_covers_no_button_of_up_next(stage: Stage, size: tuple[int, int], floor: bool, queue: bool) -> None:
    page = stage.page
    page.resize(*size)
    stage.play(13)
    stage.controller.message.emit(Message("“Class 12” cannot be played. " + "Copy it again. " * 6, Severity.WARNING))
    page.set_full_screen(floor)
    stage.end_class()
    if queue:
        page.toggle_queue()
    card = page.up_next.card
    for button in (card.primary, card.secondary):
        place = QRect(button.mapTo(page, QPoint(0, 0)), button.size())
        assert not page.messages.geometry().intersects(place)
    assert page.rect().contains(page.messages.geometry())


def test_the_queue_leaves_the_deck_alone_but_is_high_on_up_next(stage: Stage) -> None:
    stage.play(13)
    page = stage.page
    page.toggle_queue()
    assert not page.drawer.geometry().intersects(page.deck.geometry())
    assert page.deck.isVisible()
    assert page.drawer.geometry().right() == page.phases.geometry().right()
    page.set_full_screen(True)
    assert not page.drawer.geometry().intersects(page.floor_deck.geometry())
    page.set_full_screen(False)
    stage.end_class()
    assert page.drawer.geometry().top() == 0
    assert page.drawer.height() == page.height()
    assert page.drawer.geometry().right() == page.width() - 1
    assert page.up_next.card.geometry().right() < page.drawer.x()


def test_the_phase_list_is_not_seen_through_the_queue(stage: Stage) -> None:
    stage.play(13)
    stage.page.toggle_phases()
    stage.page.toggle_queue()
    _gone(stage, stage.page.phases)
    stage.page.toggle_queue()
    assert stage.page.phases.isVisible()


def test_lists_and_marks_have_the_sizes_of_the_floor(stage: Stage) -> None:
    stage.play(13)
    page = stage.page
    page.resize(1920, 1080)
    rows, phases = page.drawer.list, page.phases.list
    desk = (page.mark.height(), page.messages.height(), phases.row_height)
    page.set_full_screen(True)
    assert rows.row_height == 128
    assert phases.row_height in (96, 128)
    floor = (page.mark.height(), page.messages.height(), phases.row_height)
    assert all(large > small for large, small in zip(floor, desk, strict=True))
    assert page.drawer.close_button.height() >= 96
    assert page.phases.close_button.height() >= 96
    page.toggle_phases()
    row = phases.visualRect(phases.model().index(2, 0))
    QTest.mouseClick(phases.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    stage.settle()
    stage.look()
    assert stage.controller.phase_index == 2
    QTest.mouseClick(phases.viewport(), Qt.MouseButton.LeftButton, pos=phases.end_rect(row).center())
    assert stage.controller.loop is not None
    page.set_full_screen(False)
    assert (page.mark.height(), page.messages.height(), phases.row_height) == desk


def test_stopping_after_the_class_has_a_mark(qtbot: QtBot, stage: Stage) -> None:
    stage.play(13)
    page = stage.page
    assert not page.stop_mark.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_S)
    assert page.stop_mark.isVisible()
    page.clock._idle()
    assert page.stop_mark.shown
    stage.controller.set_mirrored(True)
    stage.settle()
    assert not page.mark.geometry().intersects(page.stop_mark.geometry())
    qtbot.keyClick(page, Qt.Key.Key_S)
    _gone(stage, page.stop_mark)


def test_messages_are_shown_over_the_picture(stage: Stage) -> None:
    stage.play(13)
    stage.controller.message.emit(Message("Class 14 could not be played. Going on with 15.", Severity.WARNING))
    assert stage.page.messages.isVisible()
    assert stage.page.messages.text == "Class 14 could not be played. Going on with 15."
    stage.page.messages._timer.timeout.emit()
    _gone(stage, stage.page.messages)


def test_the_queue_can_be_played_and_items_removed_with_undo(stage: Stage) -> None:
    stage.play(13)
    stage.controller.set_queue(stage.controller.queue.append(QueueItem(stage.ids[14], 2)))
    stage.settle()
    drawer = stage.page.drawer
    stage.page.toggle_queue()
    texts = [drawer._model.data(drawer._model.index(row)) for row in range(4)]
    assert texts[0] == "Breath, from class 14, 3 min"
    assert texts[1] == "Class 14, Full Body Release, 22 min"
    assert drawer.summary().startswith("4 items, 55 min, until ")
    drawer.list.remove_requested.emit(1)
    assert [item.class_id for item in stage.controller.queue.items] == [stage.ids[n] for n in (14, 15, 16)]
    assert stage.page.messages.text == "Removed"
    stage.page.messages.action_chosen.emit()
    assert len(stage.controller.queue.items) == 4
    drawer.list.play_requested.emit(0)
    stage.settle()
    assert stage.controller.class_video is not None
    assert stage.controller.class_video.number == 14
    assert stage.controller.position_ms >= stage.controller.timeline.phases[2].start_ms
    stage.controller.set_queue(Queue())
    assert drawer.summary() == "Nothing follows"


def test_the_phase_list_leads_into_phases_and_loops(qtbot: QtBot, stage: Stage) -> None:
    stage.play(13)
    stage.page.toggle_phases()
    phases = stage.page.phases.list
    place = phases.visualRect(phases.model().index(3, 0)).center()
    qtbot.mouseClick(phases.viewport(), Qt.MouseButton.LeftButton, pos=place)
    stage.settle()
    stage.look()
    assert stage.controller.phase_index == 3
    loop = phases.end_rect(phases.visualRect(phases.model().index(3, 0))).center()
    qtbot.mouseClick(phases.viewport(), Qt.MouseButton.LeftButton, pos=loop)
    assert stage.controller.loop is not None
    assert phases.row(3).looping
    phases.setFocus()
    phases.setCurrentIndex(phases.model().index(0, 0))
    qtbot.keyClick(phases, Qt.Key.Key_Return)
    stage.settle()
    assert stage.controller.position_ms == 0


def test_pressing_one_phase_and_letting_go_on_another_goes_nowhere(stage: Stage) -> None:
    stage.play(13, 7 * MINUTE)
    stage.page.toggle_phases()
    phases = stage.page.phases.list
    first, last = (phases.visualRect(phases.model().index(row, 0)).center() for row in (0, 4))
    QTest.mousePress(phases.viewport(), Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseRelease(phases.viewport(), Qt.MouseButton.LeftButton, pos=last)
    stage.settle()
    assert stage.controller.position_ms == 7 * MINUTE


def test_everything_one_can_press_has_a_name_and_room(stage: Stage) -> None:
    stage.play(13)
    for button in (*stage.page.deck.stops(), *stage.page.floor_deck.stops()):
        assert button.accessibleName(), button
        assert button.height() >= 32, button
