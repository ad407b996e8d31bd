# SPDX-License-Identifier: GPL-3.0-or-later
"""Joins the window to the desktop around it: what media keys, `playerctl` and shells ask for reaches the right
part, and what they show is kept right. Main thread."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, Slot

from player.domain.models import ClassVideo
from player.domain.playing import PlayerState
from player.importing.picture_shelf import picture_name
from player.library import Library
from player.opening import OpenRequest
from player.playback.controller import PlaybackController
from player.system.desktop import Desktop
from player.system.mpris import WindowWays
from player.tasks.lane import Lane
from player.ui.main_window import MainWindow
from player.ui.opener import Opener
from player.ui.pictures import Pictures

PICTURE_SIZE = QSize(64, 36)


class DesktopLink(QObject):
    """From `start` to `close`; all parts are lent."""

    def __init__(
        self,
        *,
        window: MainWindow,
        controller: PlaybackController,
        library: Library,
        lane: Lane,
        pictures: Pictures,
        opener: Opener,
        open_: Callable[[OpenRequest], None],
    ) -> None:
        super().__init__()
        self._window, self._controller, self._pictures = window, controller, pictures
        self._library, self._lane = library, lane
        self._open = open_
        ways = WindowWays(
            show=self._show,
            quit=window.quit,
            open_file=lambda path: open_(OpenRequest(paths=(str(path),))),
            go_on=opener.go_on,
            full_screen=window.isFullScreen,
            set_full_screen=window.set_full_screen,
            picture_of=self._picture_of,
        )
        self._desktop = Desktop(controller, ways, window, lambda: lane.idle)

    def start(self) -> None:
        self._desktop.start()
        self._desktop.message.connect(self._controller.message)
        self._pictures.arrived.connect(self._picture_arrived)
        self._controller.state_changed.connect(self._on_state)
        self.look_for_class()

    def close(self) -> None:
        self._desktop.close()

    @Slot()
    def look_for_class(self) -> None:
        """The library may have changed: is there a class to go on with?"""
        self._lane.submit(
            self._library.class_to_go_on_with, lambda video: self._desktop.set_can_begin(video is not None)
        )

    @Slot(PlayerState)
    def _on_state(self, state: PlayerState) -> None:
        if state is PlayerState.IDLE:
            self.look_for_class()

    def _show(self) -> None:
        """Also out of the task bar."""
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._open(OpenRequest())

    def _picture_of(self, video: ClassVideo) -> Path | None:
        """The kept picture; where there is none yet it is asked for, and `_picture_arrived` follows."""
        path = self._pictures.shelf.cache.path_of(picture_name(video.identity, video.poster))
        if os.path.isfile(path):  # no error where the folder may not be looked into
            return path
        self._pictures.of_class(video, PICTURE_SIZE)
        return None

    @Slot(str)
    def _picture_arrived(self, name: str) -> None:
        video = self._controller.class_video
        if video is not None and name == Pictures.name_of(video.identity):
            self._desktop.look_at_picture()
