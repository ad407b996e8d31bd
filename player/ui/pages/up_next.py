# SPDX-License-Identifier: GPL-3.0-or-later
"""The Up Next page: after the last picture of a class, over that picture. Main thread.

It shows what the controller says comes next and asks the controller for what the user chooses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from player.domain.models import ClassId, ClassVideo, PropNeed, Series, SeriesId, StartAt
from player.domain.playing import PlayerState, UpNext
from player.domain.practice import Practice
from player.domain.times import format_length
from player.domain.titles import split_title
from player.domain.vocabulary import Vocabulary
from player.playback.controller import PlaybackController
from player.tasks.lane import Lane
from player.ui.icons import Icons
from player.ui.pages.controls_clock import KEY_EVENTS
from player.ui.pages.up_next_card import DESK_WIDTH, CardContent, Need, UpNextCard
from player.ui.pictures import Pictures
from player.ui.theme import Theme
from player.ui.widgets.poster import poster
from player.ui.widgets.ring import centred
from player.ui.widgets.text import paint_line
from player.ui.widgets.video_panel import video_painter

HOLD_MS = 30_000
"""So long a key or a movement keeps the countdown from going on."""
DONE_LINE = 65
"""The line about the class that is done begins so far above the card, px at the desk."""
_STILL = 4
"""Px the pointer may tremble without meaning anything."""


class SummaryLibrary(Protocol):
    """What the page reads of the library (on a lane)."""

    def series(self, series_id: SeriesId, /) -> Series: ...
    def practices(self, class_id: ClassId | None = None, /) -> tuple[Practice, ...]: ...


@dataclass(frozen=True, slots=True)
class _Summary:
    done: int
    classes: int
    today_ms: int


class UpNextPage(QWidget):
    """Lies over the player's picture while something comes next, or a series has ended."""

    series_requested = Signal(int)
    """The SeriesId whose page the user wants to see."""

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        *,
        vocabulary: Vocabulary,
        lane: Lane,
        library: SummaryLibrary,
        controller: PlaybackController,
        pictures: Pictures,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._icons, self._vocabulary = theme.video, icons, vocabulary
        self._lane, self._library, self._controller, self._pictures = lane, library, controller, pictures
        self._floor = False
        self._ended: ClassId | None = None
        self._pictured: ClassId | None = None
        self._summary: _Summary | None = None
        self._pointer: QPointF | None = None
        self.card = UpNextCard(theme, icons, self)
        self.card.primary_chosen.connect(self._choose_primary)
        self.card.secondary_chosen.connect(self._choose_secondary)
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.setInterval(HOLD_MS)
        self._hold.timeout.connect(self._show_countdown)
        self._right_margin = 0
        self.setMouseTracking(True)
        self.setAccessibleName("Up Next")
        controller.up_next_changed.connect(self._refresh)
        controller.state_changed.connect(self._refresh)
        pictures.arrived.connect(self._picture_arrived)

    def stops(self) -> Sequence[QWidget]:
        """What the Tab key visits, in order."""
        return (self.card.primary, self.card.secondary)

    @property
    def at_end(self) -> bool:
        """Whether nothing follows."""
        shown = self._controller.up_next
        return shown is not None and shown.class_video is None and self._controller.queue.head is None

    def set_floor(self, floor: bool) -> None:
        """The size for two metres away."""
        self._floor = floor
        focused = self.card.isAncestorOf(self.window().focusWidget() or self)
        self.card.set_floor(floor)
        self._arrange()
        if focused:
            self.card.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_right_margin(self, margin: int) -> None:
        """What a drawer takes away at the right, in px."""
        if margin != self._right_margin:
            self._right_margin = margin
            self._arrange()

    # What it shows

    @Slot()
    def _refresh(self) -> None:
        shown = self._controller.up_next
        if shown is None:
            self._ended = None
            self._hold.stop()
            return
        if shown.ended.id != self._ended:
            self._ended = shown.ended.id
            self._summary = None
            self._fetch_summary(shown.ended)
        content = self._content_of(shown)
        pictured = (shown.class_video or shown.ended).id
        if content != self.card.content or pictured != self._pictured:
            self._pictured = pictured
            self.card.set_content(content)
            self._arrange()
        self._show_countdown()
        self.card.setVisible(self.at_end or shown.class_video is not None)

    def _content_of(self, shown: UpNext) -> CardContent:
        video = shown.class_video
        if video is None:
            return CardContent(
                line="End of the series",
                title=f"That was the last class of {shown.ended.series_title}",
                subtitle="",
                primary="Back to the series",
                primary_icon="",
                secondary="Play again",
            )
        secondary = "Stay here" if shown.left_ms is not None or self._waits_to_be_asked() else "Back to the series"
        ready = tuple(self._need(need) for need in shown.have_ready)
        away = " and ".join(self._vocabulary.prop_title(need.prop).lower() for need in shown.put_away)
        put_away = f"{'put' if ready else 'Put'} away the {away}" if away else ""
        phase = shown.phase
        number = f"class {video.number}" if video.number is not None else ""
        if phase is not None:
            line = ", ".join(part for part in ("Up Next", format_length(phase.duration_ms)) if part)
            origin = f"from {number}" if number else f"from “{split_title(video.title)[0]}”"
            return CardContent(
                line, phase.title, origin, tile=phase, have_ready=ready, put_away=put_away, secondary=secondary
            )
        line = ", ".join(part for part in ("Up Next", number, format_length(video.duration_ms)) if part)
        title, subtitle = split_title(video.title)
        return CardContent(
            line,
            title,
            subtitle,
            floor_line=f"Up Next, {format_length(video.duration_ms)}",
            phases=video.phases,
            duration_ms=video.duration_ms,
            have_ready=ready,
            put_away=put_away,
            secondary=secondary,
        )

    def _waits_to_be_asked(self) -> bool:
        return self._controller.state is PlayerState.UP_NEXT

    def _need(self, need: PropNeed) -> Need:
        known = need.prop in self._vocabulary.props
        title = self._vocabulary.prop_title(need.prop)
        return Need(self._vocabulary.prop_icon(need.prop), title.lower() if known else title)

    def _show_picture(self) -> None:
        shown = self._controller.up_next
        if shown is None:
            return
        video = shown.class_video or shown.ended
        rect = self.card.picture_rect()
        size = QSize(max(1, round(rect.width())), max(1, round(rect.height())))
        ratio = self.devicePixelRatioF()
        picture = self._pictures.of_class(video, size, ratio)
        self.card.set_picture(picture or poster(video.title, size.width(), size.height(), ratio))

    @Slot(str)
    def _picture_arrived(self, name: str) -> None:
        shown = self._controller.up_next
        if shown is not None and name == Pictures.name_of((shown.class_video or shown.ended).identity):
            self._show_picture()

    @Slot()
    def _show_countdown(self) -> None:
        shown = self._controller.up_next
        if shown is not None:
            held = self._hold.isActive() and shown.left_ms is not None
            self.card.set_countdown(shown.left_ms, shown.settle_ms, held=held)

    def _fetch_summary(self, ended: ClassVideo) -> None:
        def work() -> _Summary:
            series = self._library.series(ended.series_id)
            today = datetime.now().date()
            played = sum(p.played_ms for p in self._library.practices() if p.started.astimezone().date() == today)
            return _Summary(series.done, series.classes, played)

        def show(summary: _Summary) -> None:
            if self._ended == ended.id:
                self._summary = summary
                self.update()

        self._lane.submit(work, show)

    def done_line(self) -> tuple[str, str]:
        """("Mid Back Release is done.", "13 of 24, 15 minutes today.")"""
        shown = self._controller.up_next
        if shown is None:
            return "", ""
        head = f"{split_title(shown.ended.title)[0]} {'is done' if shown.played_to_end else 'has ended'}."
        if self._summary is None:
            return head, ""
        minutes = round(self._summary.today_ms / 60_000)
        today = f", {minutes} {'minute' if minutes == 1 else 'minutes'} today" if minutes else ""
        return head, f"{self._summary.done} of {self._summary.classes}{today}."

    # What the user does

    @Slot()
    def _choose_primary(self) -> None:
        if self.at_end:
            self._to_series()
        else:
            self._controller.play_now()

    @Slot()
    def _choose_secondary(self) -> None:
        shown = self._controller.up_next
        if self.at_end and shown is not None:
            self._controller.play_class(shown.ended.id, StartAt.BEGINNING)
        elif self.card.content.secondary == "Stay here":
            self._controller.stay_here()
        else:
            self._to_series()

    def _to_series(self) -> None:
        shown = self._controller.up_next
        if shown is not None:
            self.series_requested.emit(shown.ended.series_id)

    def watch(self, event: QEvent) -> None:
        """An event of the window: a key or a movement holds the countdown for a while."""
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            place = event.globalPosition()
            if self._pointer is None:
                self._pointer = place
            if (place - self._pointer).manhattanLength() < _STILL:
                return
            self._pointer = place
        elif event.type() not in KEY_EVENTS:
            return
        shown = self._controller.up_next
        if shown is not None and shown.left_ms is not None:
            self._controller.hold_countdown(HOLD_MS)
            self._hold.start()
            self._show_countdown()

    def begin(self) -> None:
        """It has just come up: Play now has focus, and where the pointer rests means nothing."""
        self._pointer = None
        self._hold.stop()
        self.card.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    # Place and painting

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        width = self.width() - self._right_margin
        if self._floor:
            margin = 40 if width >= 1200 else 24
            self.card.setGeometry(margin, margin, width - 2 * margin, self.height() - 2 * margin)
        else:
            card_width = min(DESK_WIDTH, width - 48)
            height = self.card.desk_height(self.height() - 48 - 2 * DONE_LINE)
            top = max(24 + DONE_LINE, (self.height() - height) // 2 + 8)
            self.card.setGeometry((width - card_width) // 2, top, card_width, height)
        self._show_picture()
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._floor or self._controller.up_next is None:
            return
        painter = video_painter(self)
        card = self.card.geometry()
        disc = QRectF(card.x(), card.y() - DONE_LINE, 40, 40)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("on"))
        painter.drawEllipse(disc)
        self._icons.paint(painter, centred(disc, 20, 20), "check", self._theme.color("text_1"))
        head, rest = self.done_line()
        scale = 17 / self._theme.role("body_large").size
        box = QRectF(disc.right() + 14, disc.top(), card.right() - disc.right() - 14, 40)
        used = paint_line(painter, self._theme, head, box, role="body_large", colour="text_1", weight=600, scale=scale)
        box.setLeft(box.left() + used + 5)
        if box.width() > 60:
            paint_line(painter, self._theme, rest, box, role="body_large", colour="text_2", scale=scale)
