# SPDX-License-Identifier: GPL-3.0-or-later
"""Home: what to go on with, and all series. Main thread; the library is asked on its lane."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from player.domain.models import ClassVideo, Series, SeriesId
from player.domain.vocabulary import Vocabulary
from player.tasks.lane import Lane
from player.ui.icons import Icons
from player.ui.pages.continue_card import ContinueCard
from player.ui.pages.welcome import Welcome
from player.ui.pictures import Pictures
from player.ui.theme import ThemeManager
from player.ui.widgets.button import Button, ButtonKind
from player.ui.widgets.column import ScrollColumn
from player.ui.widgets.drop_overlay import DropOverlay
from player.ui.widgets.flow_grid import FlowGrid
from player.ui.widgets.import_panel import ImportPanel
from player.ui.widgets.series_card import SeriesCard
from player.ui.widgets.text import TextLine

if TYPE_CHECKING:
    from player.library import Library

_BRITISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
_MARGINS = (40, 32, 40, 24)


@dataclass(frozen=True, slots=True)
class HomeContents:
    """What Home shows. `pictured` names, for series without a poster, the class whose picture stands in."""

    series: tuple[Series, ...]
    class_video: ClassVideo | None
    pictured: Mapping[SeriesId, ClassVideo]


def load_home(library: Library, pictures: Pictures) -> HomeContents:
    """Everything Home shows. On the library's lane."""
    series = library.series_list()
    pictured: dict[SeriesId, ClassVideo] = {}
    for one in series:
        wanted = one.picture_class
        if one.poster is None and wanted is not None and not pictures.path_of(wanted).exists():
            found = (video for video in library.classes(one.id) if video.identity == wanted)
            video = next(found, None)
            if video is not None:
                pictured[one.id] = video
    return HomeContents(series, library.class_to_go_on_with(), pictured)


class HomePage(QWidget):
    """`play_requested(ClassId, StartAt)`, `series_requested(SeriesId)`; `import_requested` (choose a folder),
    `demo_requested`, `cancel_import_requested`. `loaded` after each refresh."""

    play_requested = Signal(int, object)
    series_requested = Signal(int)
    import_requested = Signal()
    demo_requested = Signal()
    cancel_import_requested = Signal()
    loaded = Signal()

    def __init__(
        self,
        themes: ThemeManager,
        icons: Icons,
        vocabulary: Vocabulary,
        lane: Lane,
        library: Library,
        *,
        pictures: Pictures,
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._themes, self._icons, self._lane, self._library = themes, icons, lane, library
        self._pictures, self._today = pictures, today
        self._contents: HomeContents | None = None
        self._heading = TextLine(themes, "title_1")
        self.import_panel = ImportPanel(themes, icons)
        self.import_panel.cancel_requested.connect(self.cancel_import_requested)
        self.welcome = Welcome(themes, icons)
        self.welcome.card.choose_requested.connect(self.import_requested)
        self.welcome.card.demo_requested.connect(self.demo_requested)
        self.continue_card = ContinueCard(themes, icons, vocabulary, pictures)
        self.continue_card.play_requested.connect(self.play_requested)
        self.grid = FlowGrid()
        self.add_folder = Button(themes, icons, "Add a folder", kind=ButtonKind.LINK)
        self.add_folder.clicked.connect(self.import_requested)
        self._filled = QWidget()
        self._page = QStackedWidget()
        self._scroll = ScrollColumn(margins=_MARGINS)
        self._assemble()
        self._overlay = DropOverlay(themes, icons, self)
        pictures.arrived.connect(self._picture_arrived)

    @property
    def empty(self) -> bool:
        """Whether the library has no series (as far as is known)."""
        return self._contents is None or not self._contents.series

    @Slot()
    def refresh(self) -> None:
        """Ask the library again; `loaded` follows."""
        library, pictures = self._library, self._pictures
        self._lane.submit(lambda: load_home(library, pictures), done=self.set_contents)

    def set_contents(self, contents: HomeContents) -> None:
        """Show this."""
        self._contents = contents
        empty = not contents.series
        self._heading.setText("Welcome" if empty else _date_words(self._today()))
        self.welcome.setVisible(empty)
        self._filled.setVisible(not empty)
        self.continue_card.setVisible(contents.class_video is not None)
        if contents.class_video is not None:
            self.continue_card.set_class(contents.class_video)
        self._fill_grid(contents.series)
        self._page.setCurrentWidget(self._scroll)
        self.loaded.emit()

    def set_drag_over(self, drag_over: bool) -> None:
        """Show that a folder is held over the window."""
        self.welcome.card.set_drag_over(drag_over and self.empty)
        self._overlay.set_shown(drag_over and not self.empty)

    def take_focus(self) -> None:
        """Focus on the first thing to do here."""
        if self.empty:
            self.welcome.card.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.continue_card.isHidden():
            self.continue_card.resume.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.grid.cards:
            self.grid.cards[0].setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.welcome.set_room(self.height())
        self._show_pictures()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_pictures()

    def _assemble(self) -> None:
        series_head = QHBoxLayout()
        series_head.addWidget(TextLine(self._themes, "heading", "Your series"))
        series_head.addStretch(1)
        series_head.addWidget(self.add_folder)
        filled = QVBoxLayout(self._filled)
        filled.setContentsMargins(0, 0, 0, 0)
        filled.setSpacing(0)
        filled.addWidget(self.continue_card)
        filled.addSpacing(20)
        filled.addLayout(series_head)
        filled.addSpacing(10)
        filled.addWidget(self.grid)
        column = self._scroll.column
        column.addWidget(self._heading)
        column.addSpacing(24)
        column.addWidget(self.import_panel)
        self._import_gap = QWidget()
        self._import_gap.setFixedHeight(24)
        self._import_gap.hide()
        column.addWidget(self._import_gap)
        column.addWidget(self.welcome)
        column.addWidget(self._filled)
        column.addStretch(1)
        self._page.addWidget(QWidget())  # nothing, until the library has answered
        self._page.addWidget(self._scroll)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)
        self.import_panel.shown_changed.connect(self._import_gap.setVisible)

    def _fill_grid(self, series: tuple[Series, ...]) -> None:
        known = {card.series.id: card for card in self.grid.cards if isinstance(card, SeriesCard)}
        cards = []
        for one in series:
            card = known.get(one.id)
            if card is None:
                card = SeriesCard(self._themes, self._icons, one)
                card.clicked.connect(self._open_series)
            else:
                card.set_series(one)
            cards.append(card)
        self.grid.set_cards(cards)
        self._show_pictures()

    def _show_pictures(self) -> None:
        if self.isVisible():
            for card in self.grid.cards:
                if isinstance(card, SeriesCard):
                    self._show_picture(card)

    def _show_picture(self, card: SeriesCard) -> None:
        series, size, ratio = card.series, card.picture_size(), self.devicePixelRatioF()
        if size.width() <= 0 or size.height() <= 0:
            return
        pictured = self._contents.pictured.get(series.id) if self._contents else None
        picture = None
        if series.poster is not None:
            picture = self._pictures.of_file(series.poster, size, ratio)
        elif pictured is not None:
            picture = self._pictures.of_class(pictured, size, ratio)
        elif series.picture_class is not None:
            picture = self._pictures.of_identity(series.picture_class, size, ratio)
        card.set_picture(picture)

    @Slot(str)
    def _picture_arrived(self, name: str) -> None:
        for card in self.grid.cards:
            if isinstance(card, SeriesCard) and name in _names(card.series) and self.isVisible():
                self._show_picture(card)

    @Slot()
    def _open_series(self) -> None:
        card = self.sender()
        if isinstance(card, SeriesCard):
            self.series_requested.emit(card.series.id)


def _names(series: Series) -> tuple[str, ...]:
    """The names under which pictures of a series arrive."""
    names = [str(series.poster)] if series.poster is not None else []
    if series.picture_class is not None:
        names.append(Pictures.name_of(series.picture_class))
    return tuple(names)


def _date_words(day: date) -> str:
    """ "Thursday, 11 June"."""
    return _BRITISH.toString(QDate(day.year, day.month, day.day), "dddd, d MMMM")
