# SPDX-License-Identifier: GPL-3.0-or-later
"""The card at the top of Home: the class under way, or the one that comes next. Main thread."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal, Slot
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from player.domain.models import ClassVideo, StartAt
from player.domain.timeline import Timeline
from player.domain.times import format_clock, format_length
from player.domain.titles import split_title
from player.domain.vocabulary import Vocabulary
from player.ui.icons import Icons
from player.ui.models.class_list import row_words
from player.ui.pictures import Pictures
from player.ui.theme import ThemeManager
from player.ui.widgets.button import Button, ButtonKind
from player.ui.widgets.card import Card
from player.ui.widgets.minibar import MiniBar
from player.ui.widgets.phase_tile import PhasePill
from player.ui.widgets.picture import paint_picture
from player.ui.widgets.poster import poster
from player.ui.widgets.text import TextLine

_HEIGHT = 264
_PADDING = 26


class ContinueCard(Card):
    """`play_requested(ClassId, StartAt)`."""

    play_requested = Signal(int, object)

    def __init__(
        self,
        themes: ThemeManager,
        icons: Icons,
        vocabulary: Vocabulary,
        pictures: Pictures,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(themes, parent=parent)
        self._vocabulary = vocabulary
        self._video: ClassVideo | None = None
        self._lead = TextLine(themes, "label", weight=600)
        self._pill = PhasePill(themes, icons)
        self._left = TextLine(themes, "body", colour="text_2")
        self._title = TextLine(themes, "title_1")
        self._subtitle = TextLine(themes, "body_large", colour="text_2")
        self._where = TextLine(themes, "small", colour="text_3")
        self._bar = MiniBar(themes)
        self.resume = Button(themes, icons, "Resume", "play-fill", kind=ButtonKind.PRIMARY)
        self.again = Button(themes, icons, "Start")
        self.resume.clicked.connect(self._resume)
        self.again.clicked.connect(self._again)
        self._picture = _Picture(themes, pictures, self.radius)
        self._assemble()
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def class_video(self) -> ClassVideo | None:
        return self._video

    def set_class(self, video: ClassVideo) -> None:
        """Show a class: under way it can be resumed, else it can be played."""
        self._video = video
        title, subtitle = split_title(video.title)
        number = f"Class {video.number} in " if video.number is not None else "In "
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))
        self._where.setText(number + video.series_title)
        self._set_progress(video)
        self._picture.set_class(video)
        self.setAccessibleName(f"{self._lead.text()}: {row_words(video, self._vocabulary)}")

    def _set_progress(self, video: ClassVideo) -> None:
        position_ms = video.progress.position_ms
        timeline = Timeline(video.duration_ms, video.phases)
        phase = timeline.phase_at(position_ms) if video.progress.under_way else None
        if video.progress.under_way:
            self._left.setText(f"{format_length(video.duration_ms - position_ms)} left")
            self.resume.set_label(f"Resume at {format_clock(position_ms)}")
            self._lead.setText("Continue in" if phase else "Continue")
        else:
            self._left.setText(format_length(video.duration_ms))
            self.resume.set_label("Play")
            self._lead.setText("Next class")
        self._pill.setVisible(phase is not None)
        self.again.setVisible(video.progress.under_way)
        self.again.set_label("From the beginning")
        if phase is not None:
            name = phase.title or self._vocabulary.kind_title(phase.kind)
            self._pill.set_phase(phase.kind, name)
            self.again.set_label(f"Start of {name}" if len(name) <= 24 else "Start of this phase")
        shown_ms = position_ms if video.progress.under_way else None
        self._bar.set_class(video.phases, video.duration_ms, shown_ms, row_words(video, self._vocabulary))

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._lead)
        head.addWidget(self._pill)
        head.addStretch(1)
        head.addWidget(self._left)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addWidget(self.resume)
        buttons.addWidget(self.again)
        buttons.addStretch(1)
        column = QVBoxLayout()
        column.setContentsMargins(_PADDING, 24, _PADDING, 23)
        column.setSpacing(0)
        column.addLayout(head)
        column.addStretch(10)
        column.addWidget(self._title)
        column.addSpacing(2)
        column.addWidget(self._subtitle)
        column.addSpacing(4)
        column.addWidget(self._where)
        column.addStretch(21)
        column.addWidget(self._bar)
        column.addSpacing(16)
        column.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._picture, 46)
        row.addLayout(column, 54)

    @Slot()
    def _resume(self) -> None:
        if self._video is not None:
            self.play_requested.emit(self._video.id, StartAt.RESUME)

    @Slot()
    def _again(self) -> None:
        if self._video is not None:
            start = StartAt.BEGINNING if self._pill.isHidden() else StartAt.PHASE
            self.play_requested.emit(self._video.id, start)


class _Picture(QWidget):
    """The picture of the class, flush with the card's left edge."""

    def __init__(self, themes: ThemeManager, pictures: Pictures, radius: int) -> None:
        super().__init__()
        self._themes, self._pictures, self._radius = themes, pictures, radius - 1
        self._video: ClassVideo | None = None
        self.setMinimumWidth(240)
        self.setMaximumWidth(round(_HEIGHT * 16 / 9))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        pictures.arrived.connect(self._arrived)

    def set_class(self, video: ClassVideo) -> None:
        self._video = video
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        video = self._video
        if video is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size, ratio = self.size(), self.devicePixelRatioF()
        shape = self._shape(QRectF(self.rect()).adjusted(1, 1, 0, -1))
        pixmap = self._pictures.of_class(video, size, ratio)
        if pixmap is None and self._pictures.has_none(video.identity.key):
            pixmap = poster(video.title, size.width(), size.height(), ratio)
        if pixmap is None:
            painter.fillPath(shape, self._themes.theme.color("control"))
        else:
            paint_picture(painter, pixmap, shape)

    def _shape(self, rect: QRectF) -> QPainterPath:
        """Round at the left, square at the right."""
        across = 2.0 * self._radius
        path = QPainterPath(rect.topRight())
        path.lineTo(rect.bottomRight())
        path.lineTo(rect.left() + self._radius, rect.bottom())
        path.arcTo(QRectF(rect.left(), rect.bottom() - across, across, across), 270, -90)
        path.lineTo(rect.left(), rect.top() + self._radius)
        path.arcTo(QRectF(rect.left(), rect.top(), across, across), 180, -90)
        path.closeSubpath()
        return path

    @Slot(str)
    def _arrived(self, name: str) -> None:
        if self._video is not None and name == self._video.identity.key:
            self.update()
