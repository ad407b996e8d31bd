# SPDX-License-Identifier: GPL-3.0-or-later
"""The preview over the phase line: the picture of the right moment, with the words, inside the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from player.domain.media import MediaFacts, MediaFormat, MediaSource
from player.domain.models import ClassVideo
from player.importing.picture_shelf import strip_name
from player.importing.pictures import PictureMaker
from player.importing.strip_file import pack_strip
from player.ui.widgets.hover_card import HoverCard
from player.ui.widgets.phase_line import PhaseLine
from tests.media import BLUE, GREEN, RED, make_clip
from tests.ui.conftest import jpeg_of
from tests.ui.player_stage import MINUTE, Stage

COLOURS = (RED, GREEN, BLUE)
PHASES = (("Release", 0), ("Breath", 4000), ("Rest", 8000))


@pytest.fixture(scope="module")
def real_strip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The strip of a real clip of 12 s, each third in its own colour."""
    clip = make_clip(
        tmp_path_factory.mktemp("clip") / "clip.mp4", seconds=12, phases=PHASES, colours=COLOURS, size=(640, 360)
    )
    maker = PictureMaker()
    data = maker.strip(MediaSource(clip, MediaFormat.MP4, 12_000, MediaFacts())).data
    maker.rest()
    assert data is not None
    return data


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path)
    made.show()
    yield made
    made.close()


def tinted(colour: str, width: int = 240, height: int = 134, right: str | None = None) -> bytes:
    """A JPEG of one colour, or of two halves."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    for x in range(width // 2, width) if right else ():
        for y in range(height):
            image.setPixelColor(x, y, QColor(right or colour))
    return jpeg_of(image)


def give_strip(stage: Stage, number: int, strip: bytes) -> ClassVideo:
    """The class `number` with a strip in the cache."""
    video = stage.library.class_video(stage.ids[number])
    stage.pictures.shelf.cache.put(strip_name(video.identity), strip)
    return video


def point(line: PhaseLine, time_ms: int) -> None:
    """The pointer over the line at a time (the test's own pointer may stand there already, and then nothing moves)."""
    place = QPointF(line._layout.x_at(time_ms), line._line_rect().center().y())
    button = Qt.MouseButton.LeftButton if line.isSliderDown() else Qt.MouseButton.NoButton
    moved = QMouseEvent(
        QEvent.Type.MouseMove,
        place,
        QPointF(line.mapToGlobal(place)),
        Qt.MouseButton.NoButton,
        button,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(line, moved)


def colour_in(card: HoverCard, at: tuple[float, float] = (0.5, 0.35)) -> QColor:
    image = card.grab().toImage()
    return image.pixelColor(int(image.width() * at[0]), int(image.height() * at[1]))


def near(colour: QColor, truth: tuple[int, int, int], by: int = 10) -> bool:
    return all(abs(one - other) <= by for one, other in zip(colour.getRgb()[:3], truth, strict=True))


MINUTES = pack_strip([(minute * MINUTE, tinted(QColor.fromHsv(minute * 22, 200, 200).name())) for minute in range(15)])


def minute_colour(minute: int) -> tuple[int, int, int]:
    red, green, blue, _alpha = QColor.fromHsv(minute * 22, 200, 200).getRgb()
    return red, green, blue


def test_a_real_class_shows_the_colour_of_the_moment(qtbot: QtBot, stage: Stage, real_strip: bytes) -> None:
    give_strip(stage, 15, real_strip)
    stage.play(15)
    page = stage.page
    for time_ms, colour in ((0, RED), (3000, RED), (5000, GREEN), (7000, GREEN), (9000, BLUE), (11_900, BLUE)):
        page.deck.line.hovered.emit(time_ms, 300.0)
        qtbot.waitUntil(lambda: not page.hover.picture.isNull())
        assert near(colour_in(page.hover), colour), time_ms
        seen = page.grab().toImage().pixelColor(page.hover.geometry().center() - QPoint(0, 30))
        assert near(seen, colour)


def test_pointing_dragging_and_leaving(qtbot: QtBot, stage: Stage) -> None:
    give_strip(stage, 13, MINUTES)
    stage.play(13)
    page, line = stage.page, stage.page.deck.line
    point(line, 9 * MINUTE)
    qtbot.waitUntil(lambda: not page.hover.picture.isNull())
    assert page.hover.shown
    assert (page.hover.width(), page.hover.height()) == (224, 176)
    assert page.hover.y() + page.hover.height() + 8 == page.deck.y()
    assert near(colour_in(page.hover), minute_colour(9))
    assert page.hover.accessibleName() == "Mobilization, 9:00"
    place = QPoint(round(line._layout.x_at(9 * MINUTE)), round(line._line_rect().center().y()))
    qtbot.mousePress(line, Qt.MouseButton.LeftButton, pos=place)
    point(line, 5 * MINUTE)
    assert near(colour_in(page.hover), minute_colour(5)), "the picture follows the hand at once"
    assert abs(line.position_ms - 5 * MINUTE) < 1500
    qtbot.mouseRelease(line, Qt.MouseButton.LeftButton, pos=place)
    line._set_hover(None)
    assert not page.hover.shown


def test_keys_on_the_line_show_it_too(qtbot: QtBot, stage: Stage) -> None:
    give_strip(stage, 13, MINUTES)
    stage.play(13)
    line = stage.page.deck.line
    line.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(line, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: not stage.page.hover.picture.isNull())
    assert stage.page.hover.shown
    assert stage.page.hover.accessibleName() == "Diaphragm release, 1:10"
    assert near(colour_in(stage.page.hover), minute_colour(2)), "one of the same phase, though 1:00 is nearer"


def test_words_alone_while_there_is_no_strip_then_the_picture(qtbot: QtBot, stage: Stage) -> None:
    stage.play(13)
    page, line = stage.page, stage.page.deck.line
    video = stage.library.class_video(stage.ids[13])
    with qtbot.waitSignal(stage.pictures.strips.wanted) as wish:
        point(line, 9 * MINUTE)
    assert wish.args is not None
    assert wish.args[0].identity == video.identity
    assert page.hover.shown
    assert page.hover.picture.isNull()
    assert page.hover.height() == 44
    stage.pictures.shelf.cache.put(strip_name(video.identity), MINUTES)
    stage.pictures.strips.take(video, stage.pictures.shelf.strip(video))
    assert not page.hover.picture.isNull(), "it comes without another movement"
    assert page.hover.height() == 176


@pytest.mark.parametrize("number", [13, 15])
def test_it_stays_in_the_window_at_both_ends_and_in_every_size(qtbot: QtBot, stage: Stage, number: int) -> None:
    give_strip(stage, number, MINUTES)
    stage.play(number)
    page = stage.page
    for floor, width, height in ((False, 1280, 800), (False, 960, 600), (True, 1280, 800), (True, 960, 600)):
        page.resize(width, height)
        page.set_full_screen(floor)
        line = page.floor_deck.line if floor else page.deck.line
        for time_ms in (0, stage.controller.timeline.duration_ms):
            point(line, time_ms)
            qtbot.waitUntil(lambda: page.hover.shown)
            stage.settle()
            point(line, max(1000, time_ms - 1000))
            assert page.rect().adjusted(16, 16, -16, -16).contains(page.hover.geometry()), (floor, width, time_ms)
            assert not page.hover.picture.isNull()
            deck = page.floor_deck if floor else page.deck
            assert not deck.geometry().intersects(page.hover.geometry())
    assert page.hover.width() == round(224 * 1.6)


def test_mirrored_as_the_video_is(qtbot: QtBot, stage: Stage) -> None:
    give_strip(stage, 13, pack_strip([(0, tinted("red", right="blue"))]))
    stage.play(13)
    stage.controller.set_mirrored(True)
    point(stage.page.deck.line, 9 * MINUTE)
    qtbot.waitUntil(lambda: not stage.page.hover.picture.isNull())
    assert near(colour_in(stage.page.hover, (0.2, 0.35)), (0, 0, 255), 20)
    assert near(colour_in(stage.page.hover, (0.8, 0.35)), (255, 0, 0), 20)


def test_a_tall_picture_is_shown_whole(qtbot: QtBot, stage: Stage) -> None:
    give_strip(stage, 13, pack_strip([(0, tinted("#30A040", 102, 180))]))
    stage.play(13)
    point(stage.page.deck.line, 9 * MINUTE)
    qtbot.waitUntil(lambda: not stage.page.hover.picture.isNull())
    assert near(colour_in(stage.page.hover, (0.12, 0.35)), (0, 0, 0))
    assert near(colour_in(stage.page.hover), (0x30, 0xA0, 0x40))


def test_a_strip_that_is_damaged_is_wished_for_anew(qtbot: QtBot, stage: Stage) -> None:
    video = give_strip(stage, 13, MINUTES)
    path = stage.pictures.shelf.cache.path_of(strip_name(video.identity))
    path.write_bytes(path.read_bytes()[:-7])
    stage.play(13)
    with qtbot.waitSignal(stage.pictures.strips.wanted):
        point(stage.page.deck.line, 9 * MINUTE)
    assert stage.page.hover.picture.isNull()


def test_another_class_takes_the_card_away(stage: Stage) -> None:
    give_strip(stage, 13, MINUTES)
    stage.play(13)
    point(stage.page.deck.line, 9 * MINUTE)
    assert stage.page.hover.shown
    stage.play(14)
    assert not stage.page.hover.shown
