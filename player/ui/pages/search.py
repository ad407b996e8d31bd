# SPDX-License-Identifier: GPL-3.0-or-later
"""Search and filters: one field, what was found by kind, and which classes fit. Main thread; the library is asked on
its lane, one question at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from player.domain.errors import SessionPlayerError
from player.domain.models import ClassId, ClassState, ClassVideo
from player.domain.query import Choices, HitKind, Query
from player.domain.vocabulary import Vocabulary
from player.tasks.lane import Lane
from player.ui.icons import Icons
from player.ui.models.search_results import PAGE, SearchModel
from player.ui.models.search_rows import Found, MoreRow, ResultRow, row_of_class, rows_of_hits
from player.ui.pages.search_field import SearchField
from player.ui.pages.search_filters import WIDTH, SearchFilters
from player.ui.pages.search_list import SearchList
from player.ui.pages.search_notice import Notice
from player.ui.pictures import Pictures
from player.ui.theme import ThemeManager
from player.ui.widgets.column import WIDEST
from player.ui.widgets.text import TextLine

if TYPE_CHECKING:
    from player.library import Library

FEW, MANY = 5, 40
"""How many hits of a kind are shown at first, and when more are wanted."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the library said to a query: hits, or the classes that meet the filters and the first of them."""

    query: Query
    choices: Choices
    full: bool
    found: Found | None
    ids: tuple[ClassId, ...]
    first: Mapping[ClassId, ClassVideo]


class SearchPage(QWidget):
    """`play_requested(ClassId, int | None)`: a class, or a moment of it in ms. `series_requested(SeriesId)`,
    `cannot_play(str)`. `home_requested`: there is nothing to search yet. `left`: Esc. `shown` after each answer."""

    play_requested = Signal(int, object)
    series_requested = Signal(int)
    cannot_play = Signal(str)
    home_requested = Signal()
    left = Signal()
    shown = Signal()

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
        self._vocabulary, self._lane, self._library = vocabulary, lane, library
        self._most = dict.fromkeys(HitKind, FEW)
        self._asking, self._ask_again, self._stale = False, False, True
        self._wanted_page: int | None = None
        self._reading_page = False
        self._answer: Answer | None = None
        self.model = SearchModel(self)
        self.field = SearchField(themes, icons)
        self.filters = SearchFilters(themes, icons, vocabulary)
        self.list = SearchList(themes, icons, pictures, self.model)
        self.notice = Notice(themes, icons)
        self._heading = TextLine(themes, "title_1", "Search")
        self.count = TextLine(themes, "heading")
        self.getting_ready = TextLine(themes, "small", colour="text_2")
        self._assemble()
        self.field.textChanged.connect(self._typed)
        self.field.for_the_list.connect(self._key_for_the_list)
        self.filters.changed.connect(self._filtered)
        self.list.chosen.connect(self._act)
        self.list.series_chosen.connect(lambda row: self.series_requested.emit(row.series_id))
        self.list.left_above.connect(self.take_focus)
        self.notice.pressed.connect(self._help)
        self.model.page_wanted.connect(self._want_page)

    @property
    def query(self) -> Query:
        """What is asked for now."""
        filters = self.filters.query
        return Query(
            self.field.text().strip(), filters.minutes_at_most, filters.props, filters.focus, filters.kinds,
            filters.not_done, filters.favourites,
        )  # fmt: skip

    @property
    def asking(self) -> bool:
        """Whether an answer is still to come."""
        return self._asking or self._reading_page

    @Slot()
    def take_focus(self) -> None:
        """Focus in the field, its words chosen, so that typing begins anew."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    @Slot()
    def refresh(self) -> None:
        """The library has changed: ask again, when the page is seen."""
        self._stale = True
        if self.isVisible():
            self._ask()

    def set_progress(self, done: int, total: int) -> None:
        """How far the index of a library is that is searched for the first time."""
        if not self.getting_ready.isHidden():
            self._say_getting_ready(f"{done} of {total} classes are in.")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._ask()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = min(self.width(), WIDEST + 80)
        self._body.setGeometry((self.width() - width) // 2, 0, width, self.height())

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(0)
        self._heading.setFixedWidth(WIDTH + 40 - 5)
        head.addWidget(self._heading)
        head.addWidget(self.field, 1)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        for line in (self.count, self.getting_ready):
            row = QHBoxLayout()
            row.setContentsMargins(12, 0, 16, 0)
            row.addWidget(line)
            column.addLayout(row)
        self._results = QStackedWidget()
        self._results.addWidget(self.list)
        self._results.addWidget(self.notice)
        column.addWidget(self._results, 1)
        below = QHBoxLayout()
        below.setSpacing(24)
        below.addWidget(self.filters)
        below.addWidget(right, 1)
        self._body = QWidget(self)
        whole = QVBoxLayout(self._body)
        whole.setContentsMargins(35, 28, 24, 0)
        whole.setSpacing(20)
        head.setContentsMargins(5, 0, 16, 0)
        whole.addLayout(head)
        whole.addLayout(below, 1)
        self.getting_ready.hide()
        QWidget.setTabOrder(self.field, self.filters.clear_button)

    @Slot()
    def _typed(self) -> None:
        self._most = dict.fromkeys(HitKind, FEW)
        self._ask()

    @Slot()
    def _filtered(self) -> None:
        self._ask()

    @Slot(object)
    def _key_for_the_list(self, event: QKeyEvent) -> None:
        if self._results.currentWidget() is not self.list or self.list.move_by_key(event):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat() and not self._asking:
            self.list.act(series=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    @Slot()
    def _ask(self) -> None:
        """Put the question that is there now. While one is under way, this waits, and only the newest one does."""
        if self._asking:
            self._ask_again = True
            return
        self._asking, self._ask_again, self._stale = True, False, False
        query, library, each = self.query, self._library, max(self._most.values()) + 1
        self._lane.submit(lambda: answer_to(library, query, each), self._answered, self._failed)

    def _answered(self, answer: Answer) -> None:
        self._asking = False
        if self._ask_again:  # the question has changed meanwhile
            self._ask()
            return
        self._show(answer)
        self.shown.emit()

    def _failed(self, error: Exception) -> None:
        self._asking = False
        if self._ask_again:
            self._ask()
            return
        self._stale = True
        told = str(error) if isinstance(error, SessionPlayerError) else "The log tells more."
        self.notice.show_error(f"The search did not work. {told}")
        self._results.setCurrentWidget(self.notice)
        self.shown.emit()

    def _show(self, answer: Answer) -> None:
        new_words = self._answer is None or self._answer.query.text != answer.query.text
        self._answer = answer
        self.filters.set_choices(answer.choices)
        QWidget.setTabOrder(self.filters.last_stop, self.list)
        self._show_state(answer)
        if answer.found is not None:
            rows = rows_of_hits(answer.found, self._vocabulary, self._most)
            self.model.set_rows(rows)
            if rows and (new_words or not self.list.currentIndex().isValid()):
                self.list.choose_first()
            self._results.setCurrentWidget(self.list if rows else self.notice)
        else:
            first = [row_of_class(video, self._vocabulary) for video in answer.first.values()]
            self.model.set_ids(answer.ids, first, forget=True)
            self._results.setCurrentWidget(self.list if answer.ids else self.notice)
        if self._results.currentWidget() is self.notice:
            self.notice.show_answer(answer.query, self.filters.last, empty_library=not answer.choices.classes)

    def _show_state(self, answer: Answer) -> None:
        total, count = answer.choices.classes, len(answer.ids)
        listed = answer.found is None and answer.query.has_filters
        self.count.setText(f"{count} of {_classes(total)}" if listed else "")
        self.count.setVisible(listed)
        if answer.full:
            self.getting_ready.hide()
        elif self.getting_ready.isHidden():
            self._say_getting_ready("")

    def _say_getting_ready(self, more: str) -> None:
        text = "The search is still getting ready and may not find everything yet."
        self.getting_ready.setText(f"{text} {more}".strip())
        self.getting_ready.show()

    @Slot(int)
    def _want_page(self, begin: int) -> None:
        """Rows in sight are wanted; of pages that are wanted while one is read, the last one counts."""
        self._wanted_page = begin
        if not self._reading_page:
            self._read_page()

    def _read_page(self) -> None:
        begin, self._wanted_page, library = self._wanted_page, None, self._library
        ids = list(self.model.ids_from(begin)) if begin is not None else []
        if ids:
            self._reading_page = True
            self._lane.submit(lambda: library.class_videos(ids), self._page_read, lambda _error: self._page_read({}))

    def _page_read(self, videos: Mapping[ClassId, ClassVideo]) -> None:
        self._reading_page = False
        self.model.put(row_of_class(video, self._vocabulary) for video in videos.values())
        self._read_page()

    @Slot(object)
    def _act(self, row: object) -> None:
        if isinstance(row, MoreRow):
            self._most[row.kind] = MANY
            self._ask()
        elif isinstance(row, ResultRow):
            if row.class_id is None or row.video is None:
                self.series_requested.emit(row.series_id)
            elif row.video.state is not ClassState.READY:
                self.cannot_play.emit(row.reason)
            else:
                moment = row.kind in (HitKind.PHASE, HitKind.CAPTION)
                self.play_requested.emit(row.class_id, row.start_ms if moment else None)

    @Slot()
    def _help(self) -> None:
        """The button under a sentence."""
        if self.notice.is_error:
            self._ask()
        elif self._answer is not None and not self._answer.choices.classes:
            self.home_requested.emit()
        elif self.filters.last:
            self.filters.drop_last()
        else:
            self.field.clear()
            self.take_focus()


def answer_to(library: Library, query: Query, each: int) -> Answer:
    """Ask the library. On its lane."""
    choices, full = library.choices(), library.index_is_full()
    if not query.text:
        ids = library.filtered(query) if query.has_filters else ()
        return Answer(query, choices, full, None, ids, library.class_videos(ids[:PAGE]))
    hits = library.search_by_kind(query, each)
    videos = library.class_videos({hit.class_id for hit in hits if hit.class_id is not None})
    wanted = {hit.series_id for hit in hits if hit.kind is HitKind.SERIES}
    series = {series_id: library.series(series_id) for series_id in wanted}
    return Answer(query, choices, full, Found(query.text, hits, videos, series), (), {})


def _classes(count: int) -> str:
    return "1 class" if count == 1 else f"{count} classes"
