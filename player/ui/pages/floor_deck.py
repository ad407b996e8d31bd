# SPDX-License-Identifier: GPL-3.0-or-later
"""The deck of the player for who has stepped back from it. Main thread.

It follows the controller by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from player.domain.times import format_left
from player.domain.titles import split_title
from player.playback.controller import PlaybackController
from player.ui.icons import Icons
from player.ui.pages.player_deck import play_icon
from player.ui.theme import Theme
from player.ui.widgets.phase_line import MARGIN, PhaseLine
from player.ui.widgets.phase_tile import paint_tile
from player.ui.widgets.ring import paint_centred_text, paint_ring
from player.ui.widgets.video_button import VideoButton, VideoLook
from player.ui.widgets.video_panel import VideoPanel, video_painter

DESIGN_WIDTH = 1248
_UPPER = 204
LONG_NAME = 480
LONG_NAME_PX = 44
"""A phase name that would be longer than LONG_NAME px is set in this size."""
WHOLE_MINUTES_FROM_MS = 600_000


class FloorDeck(VideoPanel):
    """The deck for who has stepped back: ring with the time left, phase, what follows, three large buttons."""

    def __init__(
        self, theme: Theme, icons: Icons, controller: PlaybackController, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent, radius=28)
        self._icons, self._controller = icons, controller
        self._painted: tuple[int | None, int] = (None, -1)
        size, play = theme.size("floor", "icon_button"), theme.size("floor", "play_button")
        self.setAccessibleName("Controls")

        def button(icon: str, name: str, *, key: str, side: int, look: VideoLook, radius: int) -> VideoButton:
            return VideoButton(
                theme, icons, icon, name, key=key, look=look, size=side, icon_size=48, radius=radius, parent=self
            )

        filled = VideoLook.FILLED
        self.play = button("play-fill", "Play", key="Space", side=play, look=VideoLook.PRIMARY, radius=play // 2)
        self.previous = button("prev-phase", "Previous phase", key="P", side=size, look=filled, radius=28)
        self.next = button("next-phase", "Next phase", key="N", side=size, look=filled, radius=28)
        self.line = PhaseLine(theme, icons, floor=True, parent=self)
        self.play.clicked.connect(controller.toggle)
        self.previous.clicked.connect(controller.previous_phase)
        self.next.clicked.connect(controller.next_phase)
        self.line.seek_requested.connect(controller.seek)
        self.line.posts.moved.connect(controller.set_loop)
        controller.state_changed.connect(self._show_state)
        controller.class_changed.connect(self._show_class)
        controller.position_changed.connect(self._show_position)
        controller.loop_changed.connect(lambda: self.line.set_loop(controller.loop, controller.loop_start_ms))
        self._show_class()
        self._show_state()

    def height_for(self, width: int) -> int:
        """Its height where it is `width` px wide: narrower than the design, everything but the line shrinks."""
        return round(_UPPER * _scale(width)) + self.line.height()

    def stops(self) -> Sequence[QWidget]:
        """What the Tab key visits, in order."""
        return (self.play, self.previous, self.next, self.line)

    @Slot()
    def _show_class(self) -> None:
        timeline = self._controller.timeline
        self.line.set_class(timeline.phases, timeline.duration_ms)
        self.previous.setEnabled(bool(timeline.phases))
        self.next.setEnabled(bool(timeline.phases))
        self._show_position(self._controller.position_ms)
        self.update()

    @Slot()
    def _show_state(self) -> None:
        self.play.set_icon(*play_icon(self._controller.state))

    @Slot(int)
    def _show_position(self, position_ms: int) -> None:
        self.line.set_position(position_ms)
        timeline = self._controller.timeline
        shown = (timeline.index_at(position_ms), position_ms // 250)
        if shown != self._painted:
            self._painted = shown
            self.update(0, 0, self.previous.x(), self.line.y() + 8)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scale = _scale(self.width())
        for button, side, icon in ((self.next, 104, 48), (self.play, 144, 64), (self.previous, 104, 48)):
            radius = side / 2 if button is self.play else 28
            button.set_sizes(round(side * scale), icon_size=round(icon * scale), radius=round(radius * scale))
        x = self.width() - 33
        for button in (self.next, self.play, self.previous):
            x -= button.width()
            button.move(x, round(116 * scale) - button.height() // 2)
            x -= 20
        top = round(_UPPER * scale)
        self.line.setGeometry(33 - MARGIN, top, self.width() - 2 * (33 - MARGIN), self.line.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = video_painter(self)
        timeline, position_ms = self._controller.timeline, self._controller.position_ms
        phase, following = timeline.phase_at(position_ms), timeline.after(position_ms)
        video = self._controller.class_video
        start_ms, end_ms = (phase.start_ms, phase.end_ms) if phase else (0, timeline.duration_ms)
        painter.scale(_scale(self.width()), _scale(self.width()))
        ring = QRectF(33, 24, 184, 184)
        if phase is None:
            solid, track = self.theme.color("text_1"), self.theme.color("on")
        else:
            solid, track = self.theme.phase(phase.kind).solid, self.theme.phase(phase.kind).ring_track
        share = (position_ms - start_ms) / max(1, end_ms - start_ms)
        paint_ring(painter, ring, share, 13, solid=solid, track=track)
        paint_time_left(painter, ring.center(), end_ms - position_ms, self.theme)
        paint_time_left(painter, ring.center(), end_ms - position_ms, self.theme)
        left = 249.0
        if phase is not None:
            paint_tile(painter, self.theme, self._icons, phase.kind, QRectF(left, 55, 60, 60))
            left += 80
        title = phase.title if phase else split_title(video.title)[0] if video else ""
        detail = f"then {following.title}" if following else ""
        self._paint_words(painter, title, detail, left, (self.previous.x() - 24) / _scale(self.width()) - left)

    def _paint_words(self, painter: QPainter, title: str, detail: str, left: float, room: float) -> None:
        """The phase in one line, smaller if it is long, and what follows under it."""
        large = self.theme.size("floor", "phase_name")
        font = _sized(self.theme, "heading", large)
        if QFontMetricsF(font).horizontalAdvance(title) > min(room, LONG_NAME):
            font = _sized(self.theme, "heading", LONG_NAME_PX)
        y = 85.0 if detail else 116.0
        self._paint_line(painter, font, title, QPointF(left, y), room=room, colour="text_1")
        if detail:
            font = _sized(self.theme, "body", self.theme.size("floor", "next_phase"))
            self._paint_line(painter, font, detail, QPointF(249, 157), room=room + left - 249, colour="text_2")

    def _paint_line(
        self, painter: QPainter, font: QFont, text: str, place: QPointF, *, room: float, colour: str
    ) -> None:
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(self.theme.color(colour))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(place.x(), place.y() + metrics.capHeight() / 2), shown)


def _scale(width: int) -> float:
    return max(0.5, min(1.0, width / DESIGN_WIDTH))


def paint_time_left(painter: QPainter, centre: QPointF, left_ms: int, theme: Theme) -> None:
    """The time left in the middle of a large ring: a clock, from ten minutes on whole minutes over "min"."""
    font = _sized(theme, "time_large", theme.size("floor", "time_left"))
    font.setWeight(QFont.Weight.Medium)
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 95.5)
    if left_ms < WHOLE_MINUTES_FROM_MS:
        paint_centred_text(painter, centre, format_left(left_ms), font, theme.color("text_1"))
        return
    minutes = str(-(-left_ms // 60_000))
    paint_centred_text(painter, centre - QPointF(0, 12), minutes, font, theme.color("text_1"))
    small = _sized(theme, "body", theme.size("floor", "time_small"))
    paint_centred_text(painter, centre + QPointF(0, 36), "min", small, theme.color("text_2"))


def _sized(theme: Theme, role: str, px: int) -> QFont:
    return theme.font(role, px / theme.role(role).size)
