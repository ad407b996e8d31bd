# SPDX-License-Identifier: GPL-3.0-or-later
"""Captions over the picture, where a class is taken up, the sleep timer's mark, and phases for the queue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from player.domain.captions import CaptionWords, Cue
from player.domain.models import Caption, ClassVideo
from player.domain.progress import CancelToken
from player.domain.queue import QueueItem
from player.playback.sleep_timer import SleepAt
from player.ui.pages.player_menus import captions_menu, phase_menu, picture_menu, sleep_menu
from player.ui.theme import ThemeManager
from player.ui.widgets.caption_view import CaptionView, set_lines
from tests.ui.player_stage import MINUTE, THIRTEEN, Stage

K, M = Qt.Key, Qt.KeyboardModifier
LONG = "And now let the breath travel down the whole length of the spine, one bone after the other. " * 3


class Shelf:
    """Two tracks; the second holds pictures."""

    def read(self, video: ClassVideo, index: int, cancel: CancelToken | None = None) -> CaptionWords:
        if index == 1:
            return CaptionWords(pictures=True)
        return CaptionWords((Cue(5 * MINUTE, 6 * MINUTE, "Breathe <b>in</b>."), Cue(7 * MINUTE, 8 * MINUTE, LONG)))


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    captions = stage.controller.captions
    captions._reader, captions._lane = Shelf(), stage.lanes[1]
    look_at = stage.library.look_at

    def with_captions(class_id: object) -> ClassVideo:
        video = look_at(class_id)  # type: ignore[arg-type]
        tracks = (Caption("en", "13.en.srt"), Caption("de", "embedded")) if video.number == 13 else ()
        return replace(video, captions=tracks)

    stage.library.look_at = with_captions  # type: ignore[method-assign]
    qtbot.addWidget(stage.page)
    with qtbot.waitActive(stage.page):
        stage.show()
    yield stage
    stage.close()


def words(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_the_key_shows_captions_above_the_controls(qtbot: QtBot, stage: Stage) -> None:
    stage.play(13, 5 * MINUTE)
    page, view = stage.page, stage.page.captions
    assert page.deck.captions.isVisible()
    assert not view.isVisible()
    qtbot.keyClick(page, K.Key_C)
    stage.settle()
    assert page.note.text == "Captions: English"
    assert view.lines == ("Breathe <b>in</b>.",)  # whatever was left in it, it is never markup
    assert view.geometry().bottom() < page.deck.y()
    assert page.deck.captions.isChecked()
    low = view.y()
    page.clock._wanted = False
    page.clock.changed.emit(False)
    assert view.y() > low
    assert view.geometry().bottom() < page.slim.y()
    qtbot.keyClick(page, K.Key_C)
    stage.settle()
    assert "are pictures, not words" in page.messages.text
    qtbot.keyClick(page, K.Key_C)
    assert page.note.text == "Captions off"
    assert not view.isVisible()


def test_words_come_earlier_and_later(qtbot: QtBot, stage: Stage) -> None:
    stage.play(13, 6 * MINUTE)
    page = stage.page
    stage.controller.choose_captions(0)
    stage.settle()
    assert page.captions.lines == ()
    qtbot.keyClick(page, K.Key_H)
    assert page.note.text == "Captions 0.05 s later"
    assert page.captions.lines == ("Breathe <b>in</b>.",)
    qtbot.keyClick(page, K.Key_G)
    assert page.note.text == "Captions as written"
    assert page.captions.lines == ()


def test_long_words_are_shown_two_lines_after_two_lines(stage: Stage) -> None:
    stage.play(13, 7 * MINUTE)
    stage.controller.choose_captions(0)
    stage.settle()
    view, seen = stage.page.captions, []
    for second in range(60):
        stage.go_to(7 * MINUTE + second * 1000)
        assert 1 <= len(view.lines) <= 2
        if view.lines not in seen:
            seen.append(view.lines)
    assert " ".join(line for lines in seen for line in lines) == LONG.strip()
    stage.page.set_full_screen(True)
    assert view.font_px == 48
    assert len(view.lines) <= 2


def test_without_captions_there_is_no_button_and_the_key_says_so(qtbot: QtBot, stage: Stage) -> None:
    stage.play(15, MINUTE)
    assert not stage.page.deck.captions.isVisible()
    qtbot.keyClick(stage.page, K.Key_C)
    assert stage.page.note.text == "No captions in this class"


def test_up_next_has_no_captions(stage: Stage) -> None:
    stage.play(13, 5 * MINUTE)
    stage.controller.choose_captions(0)
    stage.settle()
    stage.end_class()
    assert not stage.page.captions.isVisible()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("One\nTwo", ["One", "Two"]),
        ("One\n\n  Two \nThree", ["One Two Three"]),
        ("\u202bשלום עולם\u202c", 1),
        ("\x00\x07\ufffe", []),
        ("x" * 5000, None),
        ("😀" * 300, None),
    ],
)
def test_lines_of_all_kinds_fit(themes: ThemeManager, text: str, lines: list[str] | int | None) -> None:
    font = QFont(themes.theme.font("body_large"))
    found = set_lines(text, font, 600)
    assert all(line.width <= 601 and QFontMetricsF(font).horizontalAdvance(line.text) <= 640 for line in found)
    if isinstance(lines, list):
        assert [line.text for line in found] == lines
    elif lines is not None:
        assert len(found) == lines


def test_a_caption_view_paints_anything(qtbot: QtBot, themes: ThemeManager) -> None:
    view = CaptionView(themes.theme)
    qtbot.addWidget(view)
    view.set_place(400, 300, 800)
    for text in ("<img src='file:///etc/passwd'>", "تنفس بعمق ببطء", LONG, "\n\n"):
        view.show_words(text, 0.5)
        view.grab()
    assert not view.isVisible()


def test_lists_of_captions(stage: Stage) -> None:
    stage.play(13, 5 * MINUTE)
    theme, page, controller = stage.themes.theme, stage.page, stage.controller
    menu = captions_menu(theme, page, controller)
    assert words(menu)[:3] == ["Off", "English", "German"]
    choose(menu, "German")
    stage.settle()
    assert "German (pictures, not words)" in words(captions_menu(theme, page, controller))
    choose(captions_menu(theme, page, controller), "English")
    stage.settle()
    assert controller.captions.chosen == 0
    choose(captions_menu(theme, page, controller), "Show later")
    assert controller.captions.delay_ms == 50
    choose(captions_menu(theme, page, controller), "As written in the file")
    assert controller.captions.delay_ms == 0
    page.open_captions()
    assert page._menu.isVisible()
    page._menu.close()
    assert words(picture_menu(theme, page, controller, QMenu("Count in", page)))[:3] == [
        "Captions",
        "Sleep timer",
        "Count in",
    ]


def test_where_a_class_is_taken_up_one_may_begin_earlier(qtbot: QtBot, stage: Stage) -> None:
    stage.library.save_position(stage.ids[13], 6 * MINUTE)
    controller, strip = stage.controller, stage.page.resume
    for button, place in ((strip.phase, THIRTEEN[2].start_ms), (strip.beginning, 0)):
        controller.play_class(stage.ids[13])
        stage.settle()
        assert strip.isVisible()
        assert strip.words == "Resumed at 6:00"
        assert strip.phase.text() == "Start of Breath"
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        stage.settle()
        assert controller.position_ms == place
        stage.wait(lambda: not strip.isVisible())
        controller.seek(6 * MINUTE)
        stage.settle()
    stage.play(13, 6 * MINUTE)  # at a place that was asked for there is nothing to offer
    assert not strip.shown


def test_the_offer_goes_by_itself_and_with_the_phase(stage: Stage) -> None:
    stage.library.save_position(stage.ids[13], 6 * MINUTE)
    strip = stage.page.resume
    stage.controller.play_class(stage.ids[13])
    stage.settle()
    strip._time_over()
    assert not strip.shown
    stage.controller.stop()
    stage.settle()
    stage.controller.play_class(stage.ids[13])
    stage.settle()
    assert strip.shown
    stage.controller.next_phase()
    stage.settle()
    assert not strip.shown


def test_the_sleep_timer_is_chosen_from_a_list_and_has_a_quiet_mark(qtbot: QtBot, stage: Stage) -> None:
    stage.play(13, 5 * MINUTE)
    theme, page, controller = stage.themes.theme, stage.page, stage.controller
    qtbot.keyClick(page, K.Key_S, M.ShiftModifier)
    assert words(page._menu)[:2] == ["Off", "In 15 minutes"]
    choose(page._menu, "In 30 minutes")
    page._menu.close()
    assert page.sleep_mark.isVisible()
    assert page.sleep_mark.accessibleName() == "Pauses in 30 min"
    page.clock._wanted = False
    page.clock.changed.emit(False)
    assert not page.sleep_mark.shown  # quiet until its last minute
    controller.sleep_timer._deadline_ms = controller.sleep_timer._now() + 30_000
    controller.sleep_timer.look()
    assert page.sleep_mark.shown
    assert page.sleep_mark.accessibleName().startswith("Pauses in 0:")
    choose(sleep_menu(theme, page, controller), "At the end of this phase")
    assert page.sleep_mark.accessibleName() == "Pauses after this phase"
    choose(sleep_menu(theme, page, controller), "Off")
    assert controller.sleep_timer.at is SleepAt.NEVER
    assert not page.sleep_mark.shown


def test_a_phase_is_queued_from_its_list(stage: Stage) -> None:
    stage.play(13, 5 * MINUTE)
    page, controller = stage.page, stage.controller
    page.toggle_phases()
    rows = page.phases.list
    rows.customContextMenuRequested.emit(rows.visualRect(rows.model().index(3, 0)).center())
    choose(page._menu, "Play this phase next")
    page._menu.close()
    assert controller.queue.head == QueueItem(stage.ids[13], 3, added=True)
    assert page.messages.text == "“Mobilization” plays next."
    choose(phase_menu(stage.themes.theme, page, controller, 4), "Add this phase to the queue")
    assert controller.queue.items[1] == QueueItem(stage.ids[13], 4, added=True)
    rows.customContextMenuRequested.emit(QPoint(5, 5000))  # beneath the rows there is nothing


def test_tooltips_name_the_keys_in_force(stage: Stage) -> None:
    deck = stage.page.deck
    assert deck.mirror.toolTip() == "Mirror  (X)"
    assert deck.mute.toolTip() == "Mute  (Shift M)"
    assert deck.speed.toolTip() == "Speed, 1×  ([ ])"
    assert deck.back.toolTip() == "Back 10 seconds  (←)"
