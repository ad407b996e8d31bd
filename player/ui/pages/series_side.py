# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known of a series as a whole, beside the list of its classes or above it. Main thread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from player.domain.choosing import how_far, left_to_go_ms, made_of
from player.domain.models import AfterClass, ClassVideo, PhaseKind, Series
from player.domain.times import format_length
from player.domain.vocabulary import Vocabulary
from player.ui.icons import Icons
from player.ui.pictures import Pictures
from player.ui.theme import ThemeManager
from player.ui.widgets.button import Button, ButtonKind
from player.ui.widgets.card import Hairline
from player.ui.widgets.composition import Composition
from player.ui.widgets.menu import Menu
from player.ui.widgets.meter import TickLine
from player.ui.widgets.picture import paint_picture, rounded
from player.ui.widgets.poster import poster
from player.ui.widgets.text import TextBlock, TextLine

WIDTH = 316
_POSTER = QSize(316, 186)
_SMALL_POSTER = QSize(254, 150)
_BUTTONS = 3
_AFTER = ((AfterClass.ASK, "Ask first"), (AfterClass.GO_ON, "Go on"), (AfterClass.STOP, "Stop"))


class PosterView(QWidget):
    """The poster of a series; painted where it has no picture."""

    def __init__(self, themes: ThemeManager, pictures: Pictures) -> None:
        super().__init__()
        self._themes, self._pictures = themes, pictures
        self._series: Series | None = None
        self._class: ClassVideo | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        pictures.arrived.connect(self.update)

    def set_series(self, series: Series, classes: Sequence[ClassVideo]) -> None:
        self._series = series
        self._class = next((video for video in classes if video.identity == series.picture_class), None)
        self.setAccessibleName(f"Poster of {series.title}")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        series, ratio = self._series, self.devicePixelRatioF()
        if series is None:
            return
        picture = None
        if series.poster is not None:
            picture = self._pictures.of_file(series.poster, self.size(), ratio)
        elif self._class is not None:
            picture = self._pictures.of_class(self._class, self.size(), ratio)
        if picture is None:
            picture = poster(series.title, self.width(), self.height(), ratio)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_picture(painter, picture, rounded(QRectF(self.rect()), self._themes.theme.radius("card")))


class SeriesSide(QWidget):
    """`play_chosen` and `queue_chosen` are about the class to go on with; `more_chosen` and
    `after_class_chosen(AfterClass)` about the series."""

    play_chosen = Signal()
    queue_chosen = Signal()
    more_chosen = Signal()
    after_class_chosen = Signal(object)

    def __init__(self, themes: ThemeManager, icons: Icons, vocabulary: Vocabulary, pictures: Pictures) -> None:
        super().__init__()
        self._themes, self._vocabulary = themes, vocabulary
        self._compact: bool | None = None
        self._kinds_known = False
        self._poster = PosterView(themes, pictures)
        self._title = TextLine(themes, "title_1")
        self._about = TextBlock(themes, "body", colour="text_2", max_lines=3, line_height=21)
        self._more_about = Button(themes, icons, "More", kind=ButtonKind.LINK)
        self._count = TextLine(themes, "label", weight=600)
        self._to_go = TextLine(themes, "body", colour="text_2")
        self._ticks = TickLine(themes)
        self.play = Button(themes, icons, "Play", "play-fill", kind=ButtonKind.PRIMARY)
        self.queue = Button(themes, icons, icon="queue", name="Add to the queue")
        self.more = Button(themes, icons, icon="more", name="More about the series")
        self._made_title = TextLine(themes, "heading", "What it is made of", scale=15 / 16)
        self._made = Composition(themes, icons)
        self._line = Hairline(themes)
        self.after = Button(themes, icons, "Go on", kind=ButtonKind.LINK)
        self._after_menu = Menu(self.after)
        self.play.clicked.connect(self.play_chosen)
        self.queue.clicked.connect(self.queue_chosen)
        self.more.clicked.connect(self.more_chosen)
        self._more_about.clicked.connect(self._turn_about)
        self._about.cut_changed.connect(self._offer_more)
        self._build_after_menu()
        self._grid = QGridLayout(self)
        self._words, self._made_block, self._after_row = self._blocks()
        self.set_compact(compact=False)

    def set_series(self, series: Series, classes: Sequence[ClassVideo], following: ClassVideo | None) -> None:
        """Show a series, its classes and the one to go on with (None: none can be played)."""
        self._poster.set_series(series, classes)
        self._title.setText(series.title)
        self._about.set_text(series.description)
        self._about.setVisible(bool(series.description) and not self._compact)
        done = series.done
        all_done = 0 < series.classes == done
        self._count.setText(f"All {series.classes} classes" if all_done else f"{done} of {series.classes} classes")
        self._to_go.setText("" if all_done else f"{format_length(left_to_go_ms(classes))} to go")
        ticks = tuple(how_far(video) for video in classes)
        self._ticks.set_ticks(ticks, f"{done} of {series.classes} classes done")
        self._set_following(following)
        shares = [(kind, self._names(kind), share) for kind, share in made_of(classes)]
        self._made.set_shares(shares)
        self._kinds_known = any(kind is not PhaseKind.OTHER for kind, _names, _share in shares)
        self._made_block.setVisible(self._kinds_known and not self._compact)
        self._set_after(series.preferences.after_class)

    def set_compact(self, *, compact: bool) -> None:
        """A header above the list instead of a column beside it."""
        if compact == self._compact:
            return
        self._compact = compact
        grid = self._grid
        while grid.takeAt(0) is not None:
            pass
        self._poster.setFixedSize(_SMALL_POSTER if compact else _POSTER)
        self._about.setVisible(not compact and bool(self._about.text()))
        self._offer_more(self._about.cut)
        self._made_block.setVisible(self._kinds_known and not compact)
        self.play.set_stretched(stretched=not compact)
        self._line.setVisible(not compact)
        if compact:
            grid.setContentsMargins(8, 24, 24, 0)
            grid.setHorizontalSpacing(24)
            grid.addWidget(self._poster, 0, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._words, 0, 1, Qt.AlignmentFlag.AlignTop)
            self._buttons.addStretch(1)
            self._buttons.addWidget(self._after_row)
        else:
            grid.setContentsMargins(8, 28, 8, 24)
            grid.setVerticalSpacing(20)
            while self._buttons.count() > _BUTTONS:
                self._buttons.takeAt(_BUTTONS)
            for row, block in enumerate((self._poster, self._words, self._made_block, self._after_row)):
                grid.addWidget(block, row, 0)
        grid.setRowStretch(4, 0 if compact else 1)
        grid.setColumnStretch(1, 1 if compact else 0)

    def set_after_class(self, after: AfterClass) -> None:
        """What is in force now."""
        self._set_after(after)

    def _blocks(self) -> tuple[QWidget, QWidget, QWidget]:
        counts = QHBoxLayout()
        counts.addWidget(self._count)
        counts.addStretch(1)
        counts.addWidget(self._to_go)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(10)
        for button in (self.play, self.queue, self.more):
            self._buttons.addWidget(button)
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addSpacing(8)
        column.addWidget(self._about)
        column.addWidget(self._more_about)
        column.addSpacing(12)
        column.addLayout(counts)
        column.addSpacing(8)
        column.addWidget(self._ticks)
        column.addSpacing(20)
        column.addLayout(self._buttons)
        made = QWidget()
        made_column = QVBoxLayout(made)
        made_column.setContentsMargins(0, 2, 0, 0)
        made_column.setSpacing(8)
        made_column.addWidget(self._made_title)
        made_column.addWidget(self._made)
        after = QWidget()
        after_column = QVBoxLayout(after)
        after_column.setContentsMargins(0, 0, 0, 0)
        after_column.setSpacing(8)
        after_column.addWidget(self._line)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(TextLine(self._themes, "body", "After a class", colour="text_2"))
        row.addStretch(1)
        row.addWidget(self.after)
        after_column.addLayout(row)
        return words, made, after

    def _set_following(self, following: ClassVideo | None) -> None:
        for button in (self.play, self.queue):
            button.setEnabled(following is not None)
        self.play.setToolTip("" if following is not None else "No class of this series can be played now")
        if following is None:
            self.play.set_label("Play")
            return
        verb = "Resume" if following.progress.under_way else "Play"
        self.play.set_label(verb if following.number is None else f"{verb} class {following.number}")
        self.play.setToolTip(following.title)

    def _names(self, kind: PhaseKind) -> tuple[str, str]:
        """The title of a kind, and its short one."""
        words = self._vocabulary.phase_kinds.get(kind)
        return (words.title, words.short_title) if words is not None else (kind.value, kind.value)

    def _build_after_menu(self) -> None:
        group = QActionGroup(self._after_menu)
        for after, words in _AFTER:
            action = self._after_menu.addAction(words)
            action.setCheckable(True)
            action.setData(after)
            action.triggered.connect(partial(self._choose_after, after))
            group.addAction(action)
        self.after.set_menu(self._after_menu)

    def _choose_after(self, after: AfterClass) -> None:
        self._set_after(after)
        self.after_class_chosen.emit(after)

    def _set_after(self, after: AfterClass) -> None:
        for action in self._after_menu.actions():
            action.setChecked(action.data() == after)
        words = dict(_AFTER)[after]
        self.after.set_label(words)
        self.after.setAccessibleName(f"After a class: {words}")

    @Slot(bool)
    def _offer_more(self, cut: bool) -> None:
        expanded = self._more_about.text() == "Less"
        self._more_about.setVisible((cut or expanded) and not self._compact)

    @Slot()
    def _turn_about(self) -> None:
        expand = self._more_about.text() == "More"
        self._more_about.set_label("Less" if expand else "More")
        self._about.set_max_lines(None if expand else 3)
        self._offer_more(self._about.cut)
