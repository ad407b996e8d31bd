# SPDX-License-Identifier: GPL-3.0-or-later
"""The window as people use it: from the first start to a class and back, with keys, drops and imports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from player.domain import planning
from player.domain.models import StartAt
from player.domain.pace import Stage as At
from player.domain.pace import Working
from player.domain.playing import PlayerState
from player.domain.vocabulary import Vocabulary
from player.library import Library
from player.opening import OpenRequest
from player.playback.controller import PlaybackController
from player.playback.fake import FakeEngine
from player.resources import resource_path
from player.settings.store import SettingsStore, read_settings
from player.tasks.lane import Lane
from player.ui.dialogs.what_happened import WhatHappened
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

    importer: Importer

    def __init__(self, window: MainWindow, controller: PlaybackController, engine: FakeEngine, qtbot: QtBot) -> None:
        self.window, self.controller, self.engine, self._qtbot = window, controller, engine, qtbot

    def wait(self, fact: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(fact, timeout=20_000)

    def page(self) -> QWidget:
        window = self.window
        return next(
            page for page in (window.player, window.home, window.series, window.keyboard_page) if page.isVisible()
        )

    def type(self, text: str) -> None:
        """Write over what is in the field that has focus."""
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        field.selectAll()
        self._qtbot.keyClicks(field, text)

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
    importer = Importer(library, imports, vocabulary, log_folder=tmp_path / "log")
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
    stage.importer = importer
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


def folder_of_classes(folder: Path, count: int = 2) -> Path:
    folder.mkdir()
    for number in range(1, count + 1):
        make_clip(folder / f"{number} Class {number}.mp4", seconds=1, colours=((10 * number, 90, 60),))
    return folder


def test_what_was_found_is_changed_added_and_kept_by_a_rescan(stage: Stage, tmp_path: Path, library: Library) -> None:
    folder = folder_of_classes(tmp_path / "Floor", 3)
    stage.window.adding.look_at([folder])
    preview = stage.window.preview
    stage.wait(preview.isVisible)
    assert preview.add_button.text() == "Add 3 classes"
    stage.key(Qt.Key.Key_Delete)
    stage.key(Qt.Key.Key_F2)
    stage.type("Soft ribs")
    stage.key(Qt.Key.Key_Return)
    preview.add_button.click()
    stage.wait(lambda: bool(library.series_list()) and not stage.window.home.import_panel.running)
    assert stage.page() is stage.window.home
    for _ in range(2):
        (series,) = library.series_list()
        assert [one.title for one in library.classes(series.id)] == ["Soft ribs", "Class 3"]
        stage.window.series.rescan_requested.emit(folder)
        stage.wait(lambda: not stage.importer.running)
        assert not preview.waiting, "a rescan asks nothing"


def test_cancelling_the_preview_forgets_only_the_plan(stage: Stage, tmp_path: Path, library: Library) -> None:
    folder = folder_of_classes(tmp_path / "Floor")
    stage.window.adding.look_at([folder])
    stage.wait(stage.window.preview.isVisible)
    stage.window.preview.cancel_button.click()
    assert stage.page() is stage.window.home
    assert not library.series_list()
    assert not library.left_out()
    assert not stage.window.home.import_panel.isVisible()


def stopped_import(stage: Stage, folder: Path) -> None:
    """Rename the series, set a renamed class apart, add it all and stop that before anything is in."""

    def stop(working: Working) -> None:
        if working.stage is At.ADDING:
            stage.importer.cancel()

    preview = stage.window.preview
    stage.window.adding.look_at([folder])
    stage.wait(preview.isVisible)
    preview._change(lambda plan: planning.rename_series(plan, 0, "Mine"))
    preview._change(lambda plan: planning.retitle_class(plan, 0, 1, "Soft ribs"))
    preview._change(lambda plan: planning.split_series(plan, 0, {1}))
    stage.importer.progress.connect(stop, Qt.ConnectionType.DirectConnection)
    preview.add_button.click()
    stage.wait(lambda: not stage.importer.running)
    stage.importer.progress.disconnect(stop)


def shown(library: Library) -> dict[str, list[str]]:
    return {one.title: [video.title for video in library.classes(one.id)] for one in library.series_list()}


def test_what_was_wanted_of_a_stopped_import_is_shown_by_the_next(
    stage: Stage, tmp_path: Path, library: Library
) -> None:
    folder = folder_of_classes(tmp_path / "Floor", 3)
    stopped_import(stage, folder)
    assert not library.series_list()
    preview = stage.window.preview
    stage.window.adding.look_at([folder])
    stage.wait(preview.isVisible)
    seen = {one.title: [planned.title for planned in one.classes] for one in preview.plan.series}
    assert seen == {"Mine": ["Class 1", "Class 3"], "Mine, part 2": ["Soft ribs"]}
    preview.add_button.click()
    stage.wait(lambda: bool(library.series_list()) and not stage.importer.running)
    assert shown(library) == seen


def test_what_was_wanted_of_a_stopped_import_can_be_undone(stage: Stage, tmp_path: Path, library: Library) -> None:
    folder = folder_of_classes(tmp_path / "Floor", 3)
    stopped_import(stage, folder)
    preview = stage.window.preview
    stage.window.adding.look_at([folder])
    stage.wait(preview.isVisible)
    preview.undo_button.click()
    preview.add_button.click()
    stage.wait(lambda: bool(library.series_list()) and not stage.importer.running)
    assert shown(library) == {"Floor": ["Class 1", "Class 2", "Class 3"]}
    waits = library.waiting_wishes()
    assert not waits.classes
    assert not waits.series


def test_files_are_joined_into_one_class_while_looking(stage: Stage, tmp_path: Path, library: Library) -> None:
    folder = tmp_path / "Floor"
    folder.mkdir()
    for number in (1, 2, 3):
        make_clip(folder / f"Hips part {number}.mp4", seconds=number, size=(64, 36))
    stage.window.adding.look_at([folder])
    preview = stage.window.preview
    stage.wait(preview.isVisible)
    assert preview.add_button.text() == "Add 3 classes"

    def choose(words: str) -> None:
        next(action for action in preview.class_menu().actions() if action.text() == words).trigger()
        stage.wait(lambda: not stage.importer.running)

    choose("Join 3 files into one class")
    assert preview.add_button.text() == "Add 1 class"
    choose("Keep its 3 files apart")
    assert preview.add_button.text() == "Add 3 classes"
    choose("Join 3 files into one class")
    stage.key(Qt.Key.Key_F2)
    stage.type("Soft hips")
    stage.key(Qt.Key.Key_Return)
    preview.add_button.click()
    stage.wait(lambda: bool(library.series_list()) and not stage.window.home.import_panel.running)
    (video,) = library.classes(library.series_list()[0].id)
    assert (video.title, video.duration_ms, len(video.parts)) == ("Soft hips", 6_000, 3)


def test_leaving_the_preview_keeps_it(stage: Stage, tmp_path: Path) -> None:
    stage.window.adding.look_at([folder_of_classes(tmp_path / "Floor")])
    stage.wait(stage.window.preview.isVisible)
    stage.key(Qt.Key.Key_Escape)
    assert stage.page() is stage.window.home
    panel = stage.window.home.import_panel
    stage.wait(panel.isVisible)
    panel._look.click()
    assert stage.window.preview.isVisible()


def test_a_class_that_plays_is_not_covered(stage: Stage, tmp_path: Path) -> None:
    window = stage.window
    window.open(OpenRequest(demo=True))
    stage.wait(lambda: stage.controller.state is PlayerState.PLAYING)
    window.adding.look_at([folder_of_classes(tmp_path / "Floor")])
    stage.wait(lambda: "Ready to look through" in window.player.messages.text)
    assert stage.page() is window.player
    assert stage.controller.state is PlayerState.PLAYING
    window.player.messages._action.click()
    assert window.preview.isVisible()
    assert not window.player.isVisible()


def test_a_folder_that_holds_nothing_new_is_not_asked_about(stage: Stage, tmp_path: Path) -> None:
    folder = folder_of_classes(tmp_path / "Floor")
    stage.window.adding.add([folder])
    stage.wait(lambda: not stage.importer.running)
    stage.window.adding.look_at([folder])
    stage.wait(lambda: not stage.importer.running)
    assert not stage.window.preview.waiting


def test_what_was_left_out_can_be_taken_in_later(stage: Stage, tmp_path: Path, library: Library) -> None:
    folder = folder_of_classes(tmp_path / "Floor")
    preview = stage.window.preview
    stage.window.adding.look_at([folder])
    stage.wait(preview.isVisible)
    stage.key(Qt.Key.Key_Delete)
    preview.add_button.click()
    stage.wait(lambda: bool(library.series_list()) and not stage.importer.running)
    assert len(library.left_out()) == 1
    stage.window.adding.look_at([folder])
    stage.wait(preview.isVisible)


def test_two_finds_come_one_after_the_other(stage: Stage, tmp_path: Path, library: Library) -> None:
    for name in ("One", "Two"):
        stage.window.adding.look_at([folder_of_classes(tmp_path / name, 1 if name == "One" else 2)])
    preview = stage.window.preview
    stage.wait(lambda: not stage.importer.running and preview.isVisible())
    assert preview.add_button.text() == "Add 1 class"
    preview.cancel_button.click()
    stage.wait(preview.isVisible)
    assert preview.add_button.text() == "Add 2 classes"


def test_what_happened_is_written_down_and_shown(stage: Stage, tmp_path: Path) -> None:
    stage.window.adding.add([folder_of_classes(tmp_path / "Floor")])
    stage.wait(lambda: not stage.importer.running and stage.window.home.import_panel.isVisible())
    stage.wait(lambda: any((tmp_path / "log").glob("import-*.txt")))
    stage.window.home.import_panel._details.click()
    sheet = stage.window.sheets.open_sheet
    assert isinstance(sheet, WhatHappened)
    assert "Added, 2 classes" in [row.text for row in sheet.rows.rows.rows]
    stage.key(Qt.Key.Key_Escape)


def test_a_class_is_edited_from_its_series(stage: Stage, tmp_path: Path, library: Library) -> None:
    stage.window.adding.add([folder_of_classes(tmp_path / "Floor")])
    stage.wait(lambda: not stage.importer.running)
    (series,) = library.series_list()
    stage.window.show_series(series.id)
    stage.wait(lambda: stage.window.series.list.chosen is not None)
    stage.key(Qt.Key.Key_F2)
    stage.wait(lambda: stage.window.sheets.open_sheet is not None)
    stage.type("Edited here")
    stage.key(Qt.Key.Key_Return)
    stage.wait(lambda: stage.window.sheets.open_sheet is None)
    assert library.classes(series.id)[0].title == "Edited here"
    stage.wait(lambda: stage.window.series.list.chosen.title == "Edited here")
    assert stage.window.series.list.hasFocus()
