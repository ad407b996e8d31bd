# SPDX-License-Identifier: GPL-3.0-or-later
"""The main window: pages put together, and the ways between them. Main thread; no work of its own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QWidget
from typing_extensions import override

from player.domain.models import ClassId, SeriesId, StartAt
from player.domain.vocabulary import Vocabulary
from player.library import Library
from player.opening import OpenRequest
from player.playback.controller import PlaybackController
from player.settings.store import SettingsStore
from player.tasks.lane import Lane
from player.ui.actions import Scope
from player.ui.adding import LOOK_THROUGH, Adding
from player.ui.desktop import move_to_screen, show_file
from player.ui.dialogs.preview import PreviewPage
from player.ui.dialogs.shortcuts import ShortcutsPage
from player.ui.drops import Drops
from player.ui.icons import Icons
from player.ui.importer import Importer
from player.ui.keeping import Keeping
from player.ui.keymap import Bindings, Keymap
from player.ui.library_care import LibraryCare
from player.ui.pages.home import HomePage
from player.ui.pages.player import PlayerPage
from player.ui.pages.search import SearchPage
from player.ui.pages.series import SeriesPage
from player.ui.pictures import Pictures
from player.ui.queue_wishes import QueueWishes
from player.ui.rail import Place, Rail
from player.ui.saying import Saying
from player.ui.sheets import Sheets
from player.ui.theme import ThemeManager
from player.ui.widgets.drop_overlay import DropOverlay
from player.ui.widgets.message_bar import MessageBar

DESIGN_SIZE, SMALLEST_SIZE = QSize(1280, 800), QSize(960, 600)
NARROW_RAIL_BELOW = 1040
REFRESH_AFTER_MS = 300
"""Changes in quick succession lead to one look at the library."""


class MainWindow(QMainWindow):
    """Owns the pages. What they need is lent; the controller decides what plays, the window what is seen."""

    def __init__(
        self,
        *,
        themes: ThemeManager,
        icons: Icons,
        vocabulary: Vocabulary,
        library: Library,
        lane: Lane,
        file_lane: Lane,
        controller: PlaybackController,
        importer: Importer,
        pictures: Pictures,
        settings: SettingsStore,
        demo_folder: Path,
    ) -> None:
        super().__init__()
        self._library, self._lane = library, lane
        self._controller, self._pictures = controller, pictures
        self._keymap = Keymap(settings.settings.keys, self)
        self._keeping = Keeping(settings, self._keymap, self)
        self._return_to: QWidget | None = None
        self._home_was_empty: bool | None = None
        self.rail = Rail(themes, icons)
        self.home = HomePage(themes, icons, vocabulary, lane, library, pictures=pictures)
        self.series = SeriesPage(themes, icons, vocabulary, lane, library, pictures=pictures)
        self.search = SearchPage(themes, icons, vocabulary, lane, library, pictures=pictures)
        self._searched_from: QWidget | None = None
        self.player = PlayerPage(
            themes=themes,
            icons=icons,
            vocabulary=vocabulary,
            lane=lane,
            library=library,
            controller=controller,
            pictures=pictures,
            keymap=self._keymap,
        )
        self.keyboard_page = ShortcutsPage(themes, icons, keymap=self._keymap)
        self.preview = PreviewPage(themes, icons, vocabulary)
        self.care = LibraryCare(library, lane, file_lane, self)
        self.queue_wishes = QueueWishes(controller, library, lane, self)
        self.sheets = Sheets(themes, icons, vocabulary, library=library, lane=lane, window=self)
        self.adding = Adding(
            importer,
            self.home.import_panel,
            self.preview,
            library=library,
            lane=lane,
            controller=controller,
            demo_folder=demo_folder,
            window=self,
        )
        self._assemble()
        self.messages = MessageBar(themes, icons, self._browse, left=self.rail.width())
        self.saying = Saying(self.messages, self.player, self)
        self._drop_overlay = DropOverlay(themes, icons, self._pages)
        self._refresh_timer = QTimer(self, singleShot=True, interval=REFRESH_AFTER_MS)
        self._refresh_timer.timeout.connect(self._refresh_now)
        self._connect_pages()
        self._connect_playing()
        handlers = {"keyboard-page": self.toggle_keyboard_page, "search": self.show_search}
        Bindings(self, handlers, self._keymap, scope=Scope.ANYWHERE)
        self._drops = Drops(self)
        self._drops.over.connect(self._show_drag_over)
        self._drops.dropped.connect(self.adding.look_at)
        self.setWindowTitle("Session Player")
        self.setMinimumSize(SMALLEST_SIZE)
        self.resize(DESIGN_SIZE)
        self.refresh()

    def _assemble(self) -> None:
        self._places = QStackedWidget()
        for place in (self.home, self.series, self.search, self.preview):
            self._places.addWidget(place)
        self._browse = QWidget()
        row = QHBoxLayout(self._browse)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self._places, 1)
        self._pages = QStackedWidget()
        for page in (self._browse, self.player, self.keyboard_page):
            self._pages.addWidget(page)
        self.setCentralWidget(self._pages)
        self.rail.set_current(Place.HOME)

    def _connect_pages(self) -> None:
        self.rail.place_chosen.connect(self._go_to)
        self.rail.mode_chosen.connect(self._keeping.keep_mode)
        self.home.play_requested.connect(self._play)
        self.home.series_requested.connect(self.show_series)
        self.home.import_requested.connect(self.adding.choose_folder)
        self.home.demo_requested.connect(self.adding.add_demo)
        self.home.loaded.connect(self._home_loaded)
        self.series.play_requested.connect(self._play)
        self.series.play_next_requested.connect(self.queue_wishes.play_next)
        self.series.queue_requested.connect(self.queue_wishes.append)
        self.series.edit_class_requested.connect(self.sheets.edit_class)
        self.series.edit_series_requested.connect(self.sheets.edit_series)
        self.sheets.changed.connect(self.refresh)
        self.care.changed.connect(self.refresh)
        self.care.removed.connect(self.show_home)
        self.care.told.connect(self.saying.say)
        self.queue_wishes.told.connect(self.saying.tell)
        self.series.show_file_requested.connect(show_file)
        self.series.cannot_play.connect(self.care.cannot_play)
        self.series.changed.connect(self.refresh)
        self.series.rescan_requested.connect(lambda folder: self.adding.add([folder]))
        self.series.remove_requested.connect(self.care.remove_series)
        self.series.gone.connect(self.show_home)
        self.search.play_requested.connect(self._play_at)
        self.search.series_requested.connect(self.show_series)
        self.search.cannot_play.connect(self.care.cannot_play)
        self.search.home_requested.connect(self.show_home)
        self.search.left.connect(self._leave_search)
        self.player.back_requested.connect(self.leave_player)
        self.player.fullscreen_requested.connect(self.set_full_screen)
        self.player.count_in_chosen.connect(self._keeping.keep_count_in)
        self.player.series_requested.connect(self._leave_for_series)
        self.keyboard_page.close_requested.connect(self.toggle_keyboard_page)
        self.adding.shown.connect(self.show_home)
        self.adding.done.connect(self._added)
        self.adding.told.connect(self.saying.say)
        self.adding.ready.connect(self.show_preview)
        self.adding.looked.connect(self.show_home)
        self.adding.happened.connect(self.sheets.show_what_happened)
        self.preview.told.connect(self.saying.say)
        self.sheets.told.connect(self.saying.say)
        self.saying.acted.connect(self._act)

    def _connect_playing(self) -> None:
        controller = self._controller
        controller.class_changed.connect(self._class_changed)
        controller.library_changed.connect(self.refresh)
        controller.message.connect(self.saying.tell)

    # What is asked from outside

    def open(self, request: OpenRequest) -> None:
        """Show the window and do what `request` says. Also what a second start asks for."""
        if request.screen is not None and not move_to_screen(self, request.screen):
            self.saying.say(f"There is no screen “{request.screen}”, so the class plays on this one.")
        if request.fullscreen:
            self.set_full_screen(True)
        elif not self.isVisible():
            self.show()
        self.raise_()
        self.activateWindow()
        if request.demo:
            self.adding.add_demo()
        if request.class_id is not None:
            self._controller.play_class(request.class_id, at_ms=request.at_ms, phase=request.phase)

    def class_title(self, class_id: ClassId) -> str:
        """The title of a class in the queue, as far as it is known by now."""
        return self.queue_wishes.title(class_id)

    @Slot()
    def refresh(self) -> None:
        """The library has changed: look at it again, soon."""
        self._refresh_timer.start()

    @Slot()
    def _refresh_now(self) -> None:
        if self._pages.currentWidget() is self._browse:
            self.home.refresh()
            self.series.refresh()
            self.search.refresh()

    # Ways between the pages

    @Slot()
    def show_home(self) -> None:
        self._show_place(self.home, Place.HOME)
        self.home.take_focus()

    @Slot(int)
    def show_series(self, series_id: SeriesId) -> None:
        self.series.show_series(series_id)
        self._show_place(self.series, Place.SERIES)
        self.series.take_focus()

    @Slot()
    def show_preview(self) -> None:
        """What an import has found, to be looked through. Leaves the player, whose place is kept."""
        if self._pages.currentWidget() is self.player:
            self.leave_player()
        self._show_place(self.preview, Place.HOME)
        self.preview.take_focus()

    @Slot()
    def show_search(self) -> None:
        """The field, ready for typing. Leaves the player, whose place is kept."""
        if self._pages.currentWidget() is self.player:
            self.leave_player()
        if self._places.currentWidget() is not self.search:
            self._searched_from = self._places.currentWidget()
        self._show_place(self.search, Place.SEARCH)
        self.search.take_focus()

    @Slot()
    def _leave_search(self) -> None:
        """Back to where the search began."""
        if self._searched_from is self.series and self.series.series_id is not None:
            self.show_series(self.series.series_id)
        else:
            self.show_home()

    @Slot(str)
    def _act(self, action: str) -> None:
        """The button beside a sentence was pressed."""
        if action == LOOK_THROUGH and self.preview.waiting:
            self.show_preview()

    def _show_place(self, page: QWidget, place: Place) -> None:
        self._places.setCurrentWidget(page)
        self._pages.setCurrentWidget(self._browse)
        self.rail.set_current(place)

    @Slot(object)
    def _go_to(self, place: Place) -> None:
        if place is Place.HOME:
            self.show_home()
        elif place is Place.SEARCH:
            self.show_search()
        elif self.series.series_id is not None:
            self.show_series(self.series.series_id)
        else:
            self._lane.submit(self._library.series_list, lambda found: self.show_series(found[0].id) if found else None)

    @Slot()
    def leave_player(self) -> None:
        """Back from the player to the series of the class, whose place is kept."""
        video = self._controller.class_video
        self._controller.stop()
        self.set_full_screen(False)
        if video is not None:
            self.show_series(video.series_id)
        else:
            self.show_home()
        self.refresh()

    @Slot(int)
    def _leave_for_series(self, series_id: int) -> None:
        self.leave_player()
        self.show_series(SeriesId(series_id))

    @Slot(bool)
    def set_full_screen(self, full: bool) -> None:
        if full != self.isFullScreen():
            # only this one bit: a maximised window is maximised again afterwards
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        self.show()
        self.player.set_full_screen(full)

    @Slot()
    def toggle_keyboard_page(self) -> None:
        """Show all keys in place of what is there, or go back to it."""
        if self._pages.currentWidget() is self.keyboard_page:
            self._pages.setCurrentWidget(self._return_to or self._browse)
        else:
            self._return_to = self._pages.currentWidget()
            self._pages.setCurrentWidget(self.keyboard_page)
            self.keyboard_page.setFocus()

    # Playing

    @Slot(int, object)
    def _play(self, class_id: ClassId, start: StartAt) -> None:
        self._controller.play_class(class_id, start)

    @Slot(int, object)
    def _play_at(self, class_id: ClassId, at_ms: int | None) -> None:
        self._controller.play_class(class_id, StartAt.RESUME, at_ms=at_ms)

    @Slot()
    def _class_changed(self) -> None:
        video = self._controller.class_video
        self.setWindowTitle(f"{video.title} – Session Player" if video else "Session Player")
        if video is not None and self._pages.currentWidget() is self._browse:
            self._pages.setCurrentWidget(self.player)
        elif video is None and self._return_to is self.player:
            self._return_to = None
        elif video is None and self._pages.currentWidget() is self.player:
            self.set_full_screen(False)
            self._pages.setCurrentWidget(self._browse)
            self.refresh()

    @Slot()
    def _added(self) -> None:
        self._pictures.forget_failures()
        self.refresh()

    @Slot()
    def _home_loaded(self) -> None:
        self.rail.set_series_known(not self.home.empty)
        if self._home_was_empty != self.home.empty:  # at the start, and when the first series has come
            self._home_was_empty = self.home.empty
            if self.home.isVisible():
                self.home.take_focus()

    # The window itself

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Somebody comes back to the window, perhaps with a drive in hand."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.care.look_now_and_then()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.set_narrow(self.width() < NARROW_RAIL_BELOW)
        self.messages.set_left(self.rail.width())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._pages.currentWidget() is self._browse:
            if self._places.currentWidget() is not self.home:
                self.show_home()
        else:
            super().keyPressEvent(event)

    @Slot(bool)
    def _show_drag_over(self, drag_over: bool) -> None:
        """Home shows it in its own way; elsewhere it lies over the page."""
        at_home = self.home.isVisible()
        self.home.set_drag_over(drag_over and at_home)
        self._drop_overlay.set_shown(drag_over and not at_home)

    @Slot()
    def quit(self) -> None:
        """Close the window, which ends the program."""
        self.close()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Messages and menus on top go too; what is to be kept is kept when the program is taken apart."""
        self._refresh_timer.stop()
        event.accept()
