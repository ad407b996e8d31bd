# SPDX-License-Identifier: GPL-3.0-or-later
"""A series: what it is, and its classes in order. Main thread; the library is asked on its lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from os.path import commonpath
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from player.domain.choosing import next_class
from player.domain.models import (
    AfterClass,
    ClassId,
    ClassProgress,
    ClassState,
    ClassVideo,
    Series,
    SeriesId,
    StartAt,
)
from player.domain.vocabulary import Vocabulary
from player.tasks.lane import Lane
from player.ui.icons import Icons
from player.ui.models.class_list import ClassListModel, ClassRow
from player.ui.pages.class_list_view import ClassListView
from player.ui.pages.series_side import WIDTH, SeriesSide
from player.ui.pictures import Pictures
from player.ui.theme import ThemeManager
from player.ui.widgets.column import WIDEST
from player.ui.widgets.menu import Entry, Menu, filled_menu
from player.ui.widgets.text import TextLine

if TYPE_CHECKING:
    from player.library import Library

COMPACT_BELOW = 996
"""Narrower than this (px of page) the side column becomes a header: a window under 1080."""
_ROWS_ABOVE = 2


@dataclass(frozen=True, slots=True)
class SeriesContents:
    """A series with its classes in playing order."""

    series: Series
    classes: tuple[ClassVideo, ...]


class SeriesPage(QWidget):
    """Shows one series at a time.

    What the user wants: `play_requested(ClassId, StartAt)`, `play_next_requested(ClassId)` (put first into the
    queue), `queue_requested(ClassId)`, `show_file_requested(Path)`. `cannot_play(str)`: a sentence about the
    class that was tried. `changed(SeriesId)`: this page has changed something in the library (done, or what
    happens after a class). `edit_class_requested(ClassId)`, `edit_series_requested(SeriesId)`: to change what is known;
    `remove_requested(SeriesId)`: the user wants to forget the series;
    `rescan_requested(Path)`: to have its folder read again. `loaded` after each refresh; `gone` when the series is
    not there any more.
    """

    play_requested = Signal(int, object)
    play_next_requested = Signal(int)
    queue_requested = Signal(int)
    show_file_requested = Signal(object)
    cannot_play = Signal(str)
    edit_class_requested = Signal(int)
    edit_series_requested = Signal(int)
    remove_requested = Signal(int)
    rescan_requested = Signal(object)
    changed = Signal(int)
    loaded = Signal()
    gone = Signal()

    def __init__(
        self,
        themes: ThemeManager,
        icons: Icons,
        vocabulary: Vocabulary,
        lane: Lane,
        library: Library,
        *,
        pictures: Pictures,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._themes, self._icons, self._vocabulary = themes, icons, vocabulary
        self._lane, self._library = lane, library
        self._wanted: SeriesId | None = None
        self._contents: SeriesContents | None = None
        self._following: ClassVideo | None = None
        self._proposed: ClassId | None = None
        self._model = ClassListModel(vocabulary, self)
        self.side = SeriesSide(themes, icons, vocabulary, pictures)
        self.list = ClassListView(themes, icons, pictures, self._model)
        self._heading = TextLine(themes, "heading", "Classes")
        self._assemble()
        self.side.play_chosen.connect(self._play_following)
        self.side.queue_chosen.connect(self._queue_following)
        self.side.more_chosen.connect(self._more)
        self.side.after_class_chosen.connect(self._choose_after)
        self.list.play_chosen.connect(self._play_row)
        self.list.menu_wanted.connect(self._open_menu)
        edit = QShortcut(QKeySequence("F2"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        edit.activated.connect(self._edit)

    @property
    def series_id(self) -> SeriesId | None:
        """The series that is shown or being loaded."""
        return self._wanted

    @property
    def series(self) -> Series | None:
        return self._contents.series if self._contents else None

    def show_series(self, series_id: SeriesId) -> None:
        """Load a series and open its list at the running or next class."""
        self._wanted = series_id
        if self.series is None or self.series.id != series_id:
            self._contents = None
            self._body.hide()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask the library again about the series that is shown."""
        series_id, library = self._wanted, self._library
        if series_id is None:
            return
        self._lane.submit(
            lambda: SeriesContents(library.series(series_id), library.classes(series_id)),
            done=self.set_contents,
            failed=lambda _error: self._is_gone(series_id),
        )

    def set_contents(self, contents: SeriesContents) -> None:
        """Show this, unless another series is wanted by now."""
        if contents.series.id != self._wanted:
            return
        first_time, before = self._contents is None, self._following
        self._contents = contents
        self._following = next_class(contents.classes)
        self.side.set_series(contents.series, contents.classes, self._following)
        self._model.set_classes(contents.classes)
        self.list.setAccessibleName(f"Classes of {contents.series.title}")
        self._body.show()
        if first_time:
            self.list.scrollToTop()
        if first_time or (_place_of(self._following) != _place_of(before) and self._may_choose()):
            self._propose()
        self.loaded.emit()

    def take_focus(self) -> None:
        """Focus on the list, at the running class."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _assemble(self) -> None:
        self._side_scroll = QScrollArea()
        self._side_scroll.setWidgetResizable(True)
        self._side_scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._side_scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side_scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._side_scroll.setWidget(self.side)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 28, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 10, 32, 10)
        head.addWidget(self._heading)
        column.addLayout(head)
        column.addSpacing(12)
        column.addWidget(self.list, 1)
        self._right_column = column
        self._body = QWidget(self)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._body)
        self._box.setContentsMargins(32, 0, 10, 0)
        self._box.addWidget(self._side_scroll)
        self._box.addWidget(right, 1)
        self._body.hide()

    def _fit(self) -> None:
        width = min(self.width(), WIDEST + 80)
        self._body.setGeometry((self.width() - width) // 2, 0, width, self.height())
        compact = self.width() < COMPACT_BELOW
        self.side.set_compact(compact=compact)
        if compact:
            self._box.setDirection(QBoxLayout.Direction.TopToBottom)
            self._box.setSpacing(0)
            self._right_column.setContentsMargins(0, 16, 0, 0)
            self._side_scroll.setMinimumWidth(0)
            self._side_scroll.setMaximumWidth(16777215)
            self._side_scroll.setFixedHeight(self.side.sizeHint().height())
            self._side_scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        else:
            self._box.setDirection(QBoxLayout.Direction.LeftToRight)
            self._box.setSpacing(32)
            self._right_column.setContentsMargins(0, 28, 0, 0)
            self._side_scroll.setFixedWidth(WIDTH + 16)
            self._side_scroll.setMinimumHeight(0)
            self._side_scroll.setMaximumHeight(16777215)
            self._side_scroll.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """What is chosen now is no wish any more when the user comes back from a class."""
        super().hideEvent(event)
        self._proposed = self.list.chosen.id if self.list.chosen is not None else None

    def _may_choose(self) -> bool:
        """Whether the user has not moved the selection since this page chose it."""
        chosen = self.list.chosen
        return chosen is None or chosen.id == self._proposed

    def _propose(self) -> None:
        """Choose the running or next class: third from the top."""
        following = self._following
        self._proposed = following.id if following is not None else None
        if following is not None:
            self.list.choose(following.id, above=_ROWS_ABOVE)

    def _is_gone(self, series_id: SeriesId) -> None:
        if series_id == self._wanted:
            self._wanted, self._contents = None, None
            self._body.hide()
            self.gone.emit()

    @Slot()
    def _play_following(self) -> None:
        if self._following is not None:
            self.play_requested.emit(self._following.id, StartAt.RESUME)

    @Slot()
    def _queue_following(self) -> None:
        if self._following is not None:
            self.queue_requested.emit(self._following.id)

    @Slot()
    def _edit(self) -> None:
        """The class that is chosen where the list has the focus, else the series."""
        chosen = self.list.chosen
        if self.list.hasFocus() and chosen is not None:
            self.edit_class_requested.emit(chosen.id)
        elif self.series is not None:
            self.edit_series_requested.emit(self.series.id)

    @Slot()
    def _more(self) -> None:
        place = self.side.more.mapToGlobal(self.side.more.rect().bottomLeft() + QPoint(0, 4))
        menu = self.series_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def series_menu(self) -> Menu:
        """What can be done with the series."""
        contents = self._contents
        if contents is None:
            return Menu(self)
        series, classes = contents.series, contents.classes
        all_done = all(video.progress.done for video in classes)
        none_done = not any(video.progress.done for video in classes)
        folder = folder_of(classes)
        return filled_menu(
            self,
            (
                Entry("Edit series", lambda: self.edit_series_requested.emit(series.id)),
                None,
                Entry("Mark all as done", partial(self._turn_all_done, done=True), enabled=not all_done),
                Entry("Mark all as not done", partial(self._turn_all_done, done=False), enabled=not none_done),
                None,
                Entry("Show in file manager", lambda: self.show_file_requested.emit(_inside(folder, classes))),
                Entry("Rescan the folder", lambda: self.rescan_requested.emit(folder)),
                None,
                Entry("Remove from the library", lambda: self.remove_requested.emit(series.id)),
            ),
        )

    def _turn_all_done(self, *, done: bool) -> None:
        contents, library = self._contents, self._library
        if contents is None:
            return

        def write() -> None:
            for video in contents.classes:
                if video.progress.done != done:
                    library.set_done(video.id, done)

        self._write(write, contents.series.id)

    @Slot(object)
    def _play_row(self, row: ClassRow) -> None:
        if row.class_video.state is ClassState.READY:
            self.play_requested.emit(row.id, StartAt.RESUME)
        else:
            self.cannot_play.emit(row.reason)

    @Slot(object, QPoint)
    def _open_menu(self, row: ClassRow, place: QPoint) -> None:
        menu = self.class_menu(row)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def class_menu(self, row: ClassRow) -> Menu:
        """What can be done with a class."""
        video = row.class_video
        ready = video.state is ClassState.READY
        why, video_id = row.reason if not ready else "", video.id
        resume = "Resume" if video.progress.under_way else "Play"
        favourite = "Remove from favourites" if video.progress.favourite else "Add to favourites"
        beginning, done = StartAt.BEGINNING, "Mark as not done" if video.progress.done else "Mark as done"
        return filled_menu(
            self,
            (
                Entry(resume, lambda: self.play_requested.emit(video_id, StartAt.RESUME), ready, why),
                Entry("Play from the beginning", lambda: self.play_requested.emit(video_id, beginning), ready, why),
                None,
                Entry("Play next", lambda: self.play_next_requested.emit(video_id), ready, why),
                Entry("Add to the queue", lambda: self.queue_requested.emit(video_id), ready, why),
                None,
                Entry("Edit class", lambda: self.edit_class_requested.emit(video_id)),
                Entry(done, lambda: self._turn_done(video)),
                Entry(favourite, lambda: self._turn_favourite(video)),
                Entry("Show in file manager", lambda: self.show_file_requested.emit(video.path)),
            ),
        )

    def _turn_done(self, video: ClassVideo) -> None:
        library, done = self._library, not video.progress.done
        self._write(lambda: library.set_done(video.id, done), video.series_id)

    def _turn_favourite(self, video: ClassVideo) -> None:
        library, favourite = self._library, not video.progress.favourite
        self._write(lambda: library.set_favourite(video.id, favourite), video.series_id)

    @Slot(object)
    def _choose_after(self, after: AfterClass) -> None:
        contents, library = self._contents, self._library
        if contents is None:
            return
        series_id = contents.series.id

        def write() -> None:
            preferences = library.series(series_id).preferences
            library.set_preferences(series_id, replace(preferences, after_class=after))

        self._write(write, series_id)

    def _write(self, work: Callable[[], None], series_id: SeriesId) -> None:
        def written(_nothing: None) -> None:
            self.refresh()
            self.changed.emit(series_id)

        self._lane.submit(work, done=written)


def folder_of(classes: Sequence[ClassVideo]) -> Path:
    """The folder that holds all these classes; some may be in folders of their own in it."""
    return Path(commonpath([video.path.parent for video in classes])) if classes else Path()


def _inside(folder: Path, classes: Sequence[ClassVideo]) -> Path:
    """Something that lies right in `folder`: what is shown is the folder it is in."""
    return folder / classes[0].path.relative_to(folder).parts[0] if classes else folder


def _place_of(video: ClassVideo | None) -> tuple[ClassId, ClassProgress] | None:
    return (video.id, video.progress) if video is not None else None
