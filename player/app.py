# SPDX-License-Identifier: GPL-3.0-or-later
"""The composition root: everything is put together here, and only here, and taken apart in the right order."""

from __future__ import annotations

import gc
import logging
import sys
import time
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QLockFile, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from player import __version__
from player.domain.errors import LibraryUnwritable, SessionPlayerError
from player.domain.playing import PlayerState
from player.domain.vocabulary import Vocabulary
from player.importing.caption_track import CaptionTracks
from player.importing.vocabulary import load_vocabulary
from player.library import Library
from player.opening import OpenRequest
from player.playback.captions import Captions
from player.playback.controller import PlaybackController
from player.playback.joined import JoinedEngine
from player.playback.messages import Message
from player.playback.vlc.engine import VlcEngine
from player.resources import resource_path
from player.settings.store import SettingsStore
from player.system.control import ControlServer, NobodyListensError, ask
from player.system.log import start_crash_log
from player.system.paths import Paths
from player.system.rescans import Rescans
from player.system.signals import QuitSignals
from player.system.watch import FolderWatch
from player.tasks.lane import Lane
from player.ui.desktop_link import DesktopLink
from player.ui.fonts import load_fonts
from player.ui.giving_way import GivingWay
from player.ui.icons import Icons
from player.ui.importer import Importer
from player.ui.main_window import MainWindow
from player.ui.models.search_upkeep import SearchUpkeep
from player.ui.opener import Opener
from player.ui.picture_sweep import PictureSweep
from player.ui.pictures import Pictures
from player.ui.remote import Remote
from player.ui.style import AppStyle
from player.ui.theme import ThemeManager, ThemeMode, load_themes
from player.ui.widgets.focus_ring import FocusRing

log = logging.getLogger(__name__)

LOOK_FOR_CHANGES_MS = 1000
WATCH_AFTER_MS = 1500
HAND_OVER_S = 5.0


def open_window(paths: Paths, request: OpenRequest, *, dialogs: bool = False) -> int:
    """Open the window and run until it is closed; the exit code.

    Raises SessionPlayerError for what keeps it from opening (with `dialogs` it has been shown by then too).
    """
    start_crash_log(paths)
    application = _application()
    lock = QLockFile(str(paths.data / "window.lock"))
    if not lock.tryLock(0):
        return _hand_over(lock, paths, request)
    try:
        program = Program(paths, application)
    except SessionPlayerError as error:
        lock.unlock()
        if dialogs:
            QMessageBox.critical(None, "Session Player", str(error))
        raise
    try:
        program.open(request)
        gc.freeze()  # what lives as long as the program is never searched again: that held up pictures
        return application.exec()
    finally:
        program.close()
        lock.unlock()


def _application() -> QApplication:
    application = QApplication.instance()
    if isinstance(application, QApplication):  # this start has waited for another window to end
        return application
    application = QApplication(sys.argv[:1])
    application.setApplicationName("session-player")
    application.setApplicationDisplayName("Session Player")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("session-player")
    application.setWindowIcon(QIcon(str(resource_path("mark", "session-player.svg"))))
    return application


def _hand_over(lock: QLockFile, paths: Paths, request: OpenRequest) -> int:
    """Another window holds the lock: it may just be starting, so ask it for a while."""
    if lock.error() == QLockFile.LockError.PermissionError:
        raise LibraryUnwritable(
            f"The folder “{paths.data}” cannot be written to.", "Choose another one with --data-dir."
        )
    deadline_s = time.monotonic() + HAND_OVER_S
    while time.monotonic() < deadline_s:
        try:
            ask(paths.control, {"command": "open", **request.to_json()})
        except (NobodyListensError, OSError):  # it is just starting, or just ending
            time.sleep(0.1)
            if lock.tryLock(0):
                lock.unlock()
                return open_window(paths, request)
        else:
            print("Session Player is already running; its window has been asked.", file=sys.stderr)  # noqa: T201
            return 0
    raise SessionPlayerError(
        "Another Session Player is using this library but does not answer.",
        "End it, then start again, or choose another library with --data-dir.",
    )


class Program:
    """Everything that lives as long as the window."""

    def __init__(self, paths: Paths, application: QApplication) -> None:
        self._paths = paths
        self._application = application
        self._library = Library.open(paths.database, fill_index=False)
        self._lanes: list[Lane] = []
        try:
            self._build()
        except SessionPlayerError:
            self._close_lanes()
            self._library.close()
            raise

    def _lane(self, name: str) -> Lane:
        lane = Lane(name)
        lane.setObjectName(name)
        self._lanes.append(lane)
        return lane

    def _build(self) -> None:
        paths = self._paths
        self._database_lane = self._lane("database")
        self._file_lane = self._lane("files")
        self._settings = SettingsStore(paths.settings, self._database_lane)
        playback = self._settings.settings.playback
        self._engine = JoinedEngine(VlcEngine(audio_output=playback.audio_output))
        self._controller = PlaybackController(
            self._engine,
            self._library,
            self._database_lane,
            file_lane=self._file_lane,
            captions=Captions(CaptionTracks(), self._lane("captions")),
            settle_ms=playback.settle_ms,
            volume=playback.volume,
        )
        self._controller.set_count_in_ms(playback.count_in_ms)
        self._controller.restore_queue()
        vocabulary = load_vocabulary(resource_path("vocabulary"))
        import_lane = self._lane("import")
        self._importer = Importer(self._library, import_lane, vocabulary, log_folder=paths.log / "imports")
        self._window = self._build_window(vocabulary)
        self._upkeep = self._keep_up_search()
        self._opener = Opener(self._importer, self._library, self._database_lane, self._controller)
        self._opener.message.connect(self._controller.message)
        self._remote = Remote(self._controller, self._window.class_title, self.open, self._window.quit)
        self._server = ControlServer(paths.control, self._remote.handle)
        self._server.listen()
        self._quit_signals = QuitSignals(self._window.quit)
        self._controller.volume_changed.connect(self._keep_volume)
        self._desktop = self._link_desktop()
        self._rescans = Rescans(self._library, import_lane, vocabulary, watch=FolderWatch())
        self._follow_folders()
        self._known_version: int | None = None
        self._change_timer = QTimer()
        self._change_timer.setInterval(LOOK_FOR_CHANGES_MS)
        self._change_timer.timeout.connect(self._look_for_changes)
        self._change_timer.start()

    def _build_window(self, vocabulary: Vocabulary) -> MainWindow:
        load_fonts(resource_path("fonts"))
        themes = ThemeManager(load_themes(resource_path("theme")), self._application)
        themes.set_mode(ThemeMode(self._settings.settings.appearance.mode))
        AppStyle(self._application, themes)
        FocusRing(self._application, themes)
        limit_bytes = self._settings.settings.pictures.cache_mb * 1_000_000
        self._pictures = Pictures(
            self._paths.pictures, self._lane("pictures"), self._lane("making pictures"), limit_bytes=limit_bytes
        )
        self._sweep = PictureSweep(
            self._pictures, self._lane("pictures in the background"), self._library, self._database_lane
        )
        self._controller.state_changed.connect(self._let_play)
        self._importer.finished.connect(self._sweep.begin)
        self._sweep.begin()
        return MainWindow(
            themes=themes,
            icons=Icons(resource_path("icons")),
            vocabulary=vocabulary,
            library=self._library,
            lane=self._database_lane,
            file_lane=self._file_lane,
            controller=self._controller,
            importer=self._importer,
            pictures=self._pictures,
            settings=self._settings,
            demo_folder=resource_path("demo"),
        )

    def _keep_up_search(self) -> SearchUpkeep:
        upkeep = SearchUpkeep(self._library, self._lane("search in the background"))
        upkeep.filling.connect(self._window.search.set_progress)
        upkeep.changed.connect(self._window.search.refresh)
        self._importer.finished.connect(upkeep.begin)
        QTimer.singleShot(0, upkeep, upkeep.begin)  # the window comes first
        return upkeep

    def _link_desktop(self) -> DesktopLink:
        link = DesktopLink(
            window=self._window,
            controller=self._controller,
            library=self._library,
            lane=self._database_lane,
            pictures=self._pictures,
            opener=self._opener,
            open_=self.open,
        )
        self._importer.finished.connect(link.look_for_class)
        QTimer.singleShot(0, link, link.start)  # the window comes first
        return link

    def _follow_folders(self) -> None:
        """Watch the source folders, except while the user imports something or looks it through."""
        rescans, importer = self._rescans, self._importer
        rescans.changed.connect(self._library_follows)
        rescans.told.connect(lambda text: self._controller.message.emit(Message(text)))
        self._giving_way = GivingWay(rescans, importer, self._window.adding)
        self._settings.changed.connect(self._watch_or_not)
        QTimer.singleShot(WATCH_AFTER_MS, rescans, self._watch_or_not)  # the window comes first

    def _watch_or_not(self) -> None:
        self._rescans.set_wanted(self._settings.settings.library.watch)

    def _library_follows(self) -> None:
        """The library holds something else now than what is shown."""
        self._pictures.forget_failures()
        self._window.refresh()
        self._sweep.begin()
        self._upkeep.begin()
        self._desktop.look_for_class()

    def open(self, request: OpenRequest) -> None:
        """Show the window and do what is asked; also when a second start hands over."""
        self._window.open(request)
        self._opener.open([Path(path) for path in request.paths])

    def _keep_volume(self) -> None:
        settings = self._settings.settings
        playback = replace(settings.playback, volume=self._controller.volume)
        self._settings.change(replace(settings, playback=playback))

    def _let_play(self) -> None:
        """Nothing heavy is done in the background while a class plays."""
        playing = self._controller.state is PlayerState.PLAYING
        self._sweep.set_playing(playing)
        self._upkeep.set_playing(playing)

    def _look_for_changes(self) -> None:
        """The command line may have changed the library meanwhile."""

        def compare(version: int) -> None:
            if self._known_version not in (None, version):
                self._window.refresh()
                self._sweep.begin()
                self._upkeep.begin()
                self._desktop.look_for_class()
            self._known_version = version

        if self._database_lane.idle:
            self._database_lane.submit(self._library.data_version, compare)

    def close(self) -> None:
        """Keep everything, then release: players before lanes, lanes before the library."""
        self._change_timer.stop()
        self._server.close()
        self._desktop.close()
        self._importer.close()
        self._rescans.close()
        self._sweep.close()
        self._upkeep.close()
        self._pictures.close()
        self._controller.shutdown()
        self._settings.flush()
        self._engine.shutdown()
        self._close_lanes()
        self._library.close()
        self._window.deleteLater()
        QApplication.sendPostedEvents()

    def _close_lanes(self) -> None:
        for lane in reversed(self._lanes):
            if not lane.close():
                log.warning("The lane %s did not end in time", lane.objectName())
