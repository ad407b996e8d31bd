# SPDX-License-Identifier: GPL-3.0-or-later
"""The window as people use it: from the first start to a class and back, with keys, drops and imports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from player.domain.models import StartAt
from player.domain.playing import PlayerState
from player.domain.vocabulary import Vocabulary
from player.library import Library
from player.opening import OpenRequest
from player.playback.controller import PlaybackController
from player.playback.fake import FakeEngine
from player.resources import resource_path
from player.settings.store import SettingsStore, read_settings
from player.tasks.lane import Lane
from player.ui.icons import Icons
from player.ui.importer import Importer
from player.ui.main_window import MainWindow
from player.ui.pictures import Pictures
from player.ui.rail import Place
from player.ui.theme import ThemeManager, ThemeMode
from tests.media import make_clip

DEMO = resource_path("demo")


class Stage:
    """The window with a real library and real imports; only the engine's clock is moved by hand."""

    def __init__(self, window: MainWindow, controller: PlaybackController, engine: FakeEngine, qtbot: QtBot) -> None:
        self.window, self.controller, self.engine, self._qtbot = window, controller, engine, qtbot

    def wait(self, fact: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(fact, timeout=20_000)

    def page(self) -> QWidget:
        window = self.window
        return next(
            page for page in (window.player, window.home, window.series, window.keyboard_page) if page.isVisible()
        )

    def key(self, key: Qt.Key) -> None:
        self._qtbot.keyClick(QApplication.focusWidget() or self.window, key)


@pytest.fixture
def stage(
    qtbot: QtBot,
    tmp_path: Path,
    themes: ThemeManager,
    icons: Icons,
    vocabulary: Vocabulary,
    library: Library,
    lane: Lane,
    pictures: Pictures,
) -> Iterator[Stage]:
    engine, imports = FakeEngine(), Lane("import")
    controller = PlaybackController(engine, library, lane, settle_ms=200)
    settings = SettingsStore(tmp_path / "settings.json", lane)
    importer = Importer(library, imports, vocabulary)
    window = MainWindow(
        themes=themes,
        icons=icons,
        vocabulary=vocabulary,
        library=library,
        lane=lane,
        file_lane=imports,
        controller=controller,
        importer=importer,
        pictures=pictures,
        settings=settings,
        demo_folder=DEMO,
    )
    stage = Stage(window, controller, engine, qtbot)
    window.open(OpenRequest())
    qtbot.waitExposed(window)
    stage.wait(lambda: window.home.isVisible() and lane.idle)
    yield stage
    importer.cancel()
    stage.wait(lambda: not importer.running)
    controller.shutdown()
    settings.flush()
    window.close()
    assert imports.close()
    stage.wait(lambda: lane.idle)
    engine.shutdown()
    window.deleteLater()


def test_the_first_start_offers_the_demo_and_plays_it(stage: Stage) -> None:
    window = stage.window
    stage.wait(window.home.welcome.isVisible)
    assert window.home.empty
    window.home.welcome.card.demo.click()
    stage.wait(lambda: stage.controller.class_video is not None)
    assert stage.page() is window.player
    assert stage.controller.class_video.number == 1
    assert "Soften the Middle" in window.windowTitle()
    stage.engine.advance(3000)
    assert stage.controller.state is PlayerState.PLAYING


def test_back_from_a_class_leads_to_its_series_with_the_place_kept(stage: Stage, library: Library) -> None:
    stage.window.open(OpenRequest(demo=True))
    stage.wait(lambda: stage.controller.state is PlayerState.PLAYING)
    stage.engine.advance(15_000)
    stage.key(Qt.Key.Key_Escape)
    assert stage.page() is stage.window.series
    assert stage.window.rail.current is Place.SERIES
    class_id = library.classes(library.series_list()[0].id)[0].id
    stage.controller.play_class(class_id, StartAt.RESUME, at_ms=15_000)
    stage.wait(lambda: stage.page() is stage.window.player)
    stage.controller.stop()
    stage.wait(lambda: stage.page() is stage.window.series)
    stage.key(Qt.Key.Key_Escape)
    assert stage.page() is stage.window.home


def test_a_dropped_folder_becomes_a_series(stage: Stage, tmp_path: Path, library: Library) -> None:
    folder = tmp_path / "Evening Floor"
    folder.mkdir()
    make_clip(folder / "1 Slow.mp4", seconds=1)
    (folder / "2 Broken.mp4").write_bytes(b"nothing of use")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    drop = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(stage.window, QDragEnterEvent(QPoint(400, 300), *drop))
    QApplication.sendEvent(stage.window, QDropEvent(QPointF(400, 300), *drop))
    stage.wait(stage.window.preview.isVisible)
    assert not library.series_list(), "nothing is added before it was looked through"
    stage.key(Qt.Key.Key_Tab)
    stage.window.preview.add_button.click()
    stage.wait(lambda: bool(library.series_list()) and not stage.window.home.import_panel.running)
    assert library.series_list()[0].title == "Evening Floor"
    stage.wait(lambda: not stage.window.home.empty)
    assert stage.window.home.import_panel.isVisible(), "the problem is shown"


def test_what_is_not_a_file_is_not_taken(stage: Stage) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/class.mp4")])
    drop = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    event = QDragEnterEvent(QPoint(400, 300), *drop)
    event.ignore()
    QApplication.sendEvent(stage.window, event)
    assert not event.isAccepted()


def test_all_keys_can_be_seen_from_everywhere(stage: Stage) -> None:
    for page in (stage.window.home, stage.window.player):
        if page is stage.window.player:
            stage.window.open(OpenRequest(demo=True))
            stage.wait(lambda: stage.page() is stage.window.player)
        stage.key(Qt.Key.Key_Question)
        assert stage.page() is stage.window.keyboard_page
        stage.key(Qt.Key.Key_Escape)
        assert stage.page() is page


def test_the_look_is_remembered(stage: Stage, tmp_path: Path) -> None:
    stage.window.rail.mode_chosen.emit(ThemeMode.LIGHT)
    stage.wait(lambda: read_settings(tmp_path / "settings.json").appearance.mode == "light")


def test_full_screen_and_back(stage: Stage) -> None:
    stage.window.open(OpenRequest(demo=True))
    stage.wait(lambda: stage.page() is stage.window.player)
    stage.key(Qt.Key.Key_F)
    assert stage.window.isFullScreen()
    stage.key(Qt.Key.Key_Escape)
    assert not stage.window.isFullScreen()
    assert stage.page() is stage.window.player


def test_a_maximised_window_is_maximised_again_after_full_screen(stage: Stage) -> None:
    stage.window.showMaximized()
    stage.window.set_full_screen(True)
    assert stage.window.isFullScreen()
    stage.window.set_full_screen(False)
    assert stage.window.isMaximized()
    assert not stage.window.isFullScreen()


def test_a_file_that_comes_back_is_seen(stage: Stage, tmp_path: Path, library: Library) -> None:
    folder = tmp_path / "Drive"
    folder.mkdir()
    clip = make_clip(folder / "1 Slow.mp4", seconds=1)
    stage.window.adding.add([folder])
    stage.wait(lambda: bool(library.series_list()))
    (video,) = library.classes(library.series_list()[0].id)
    away = clip.rename(tmp_path / "away.mp4")
    stage.window.care.look_at_files()
    stage.wait(lambda: library.class_video(video.id).state == "missing")
    away.rename(clip)
    stage.window.series.cannot_play.emit("“Slow” is not there.")
    stage.wait(lambda: library.class_video(video.id).state == "ready")


def test_a_second_demand_for_the_demo_adds_nothing(stage: Stage, library: Library) -> None:
    for _ in range(2):
        stage.window.open(OpenRequest(demo=True))
        stage.wait(lambda: stage.controller.state is PlayerState.PLAYING)
        stage.controller.stop()
    assert [series.classes for series in library.series_list()] == [3]


def test_a_class_that_is_not_there_is_said(stage: Stage) -> None:
    stage.controller.play_class(stage.window.series.series_id or 4711)
    stage.wait(stage.window.messages.isVisible)
    assert stage.page() is stage.window.home


def test_a_series_is_removed_and_can_be_brought_back(stage: Stage, tmp_path: Path, library: Library) -> None:
    folder = tmp_path / "Floor"
    folder.mkdir()
    make_clip(folder / "1 Slow.mp4", seconds=1)
    stage.window.adding.add([folder])
    stage.wait(lambda: bool(library.series_list()))
    series_id = library.series_list()[0].id
    stage.window.show_series(series_id)
    stage.window.series.remove_requested.emit(series_id)
    stage.wait(lambda: not library.series_list())
    stage.wait(stage.window.home.welcome.isVisible)
    assert (folder / "1 Slow.mp4").exists()
    stage.window.series.rescan_requested.emit(folder)
    stage.wait(lambda: bool(library.series_list()))
