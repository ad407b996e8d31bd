# SPDX-License-Identifier: GPL-3.0-or-later
"""The card of the Up Next page, at the desk and from the floor. Main thread; it shows, others decide."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from player.domain.models import Phase
from player.ui.icons import Icons
from player.ui.theme import Theme
from player.ui.widgets.phase_painter import PhaseLineStyles, lay_out
from player.ui.widgets.phase_tile import paint_tile
from player.ui.widgets.picture import paint_picture
from player.ui.widgets.ring import centred, paint_centred_text, paint_ring
from player.ui.widgets.text import paint_line
from player.ui.widgets.video_button import VideoButton, VideoLook
from player.ui.widgets.video_panel import VideoPanel, video_painter

WHOLE_MINUTES_FROM_MS = 600_000
DESK_WIDTH = 638
_PAD = 28
_FLOOR_PAD = 52
_FLOOR_PICTURE = 430
_FLOOR_RING = 176.0
_FLOOR_DESIGN = (1200, 720)


@dataclass(frozen=True, slots=True)
class Need:
    """A thing to have ready."""

    icon: str
    title: str


@dataclass(frozen=True, slots=True)
class CardContent:
    """Everything the card says. `phases` lie along its picture; `tile` stands on the picture for a single phase."""

    line: str
    title: str
    subtitle: str
    floor_line: str = ""
    """What is said in place of `line` from the floor, which shows fewer things."""
    phases: tuple[Phase, ...] = ()
    duration_ms: int = 0
    tile: Phase | None = None
    have_ready: tuple[Need, ...] = ()
    put_away: str = ""
    primary: str = "Play now"
    primary_icon: str = "play-fill"
    secondary: str = "Stay here"


class UpNextCard(VideoPanel):
    """Picture, what comes, the countdown, what to fetch, and two buttons."""

    primary_chosen = Signal()
    secondary_chosen = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent, radius=theme.radius("dialog"))
        self._icons = icons
        self._content = CardContent("", "", "")
        self._left_ms: int | None = None
        self._settle_ms = 1
        self._held = False
        self._floor = False
        self._picture = QPixmap()
        self._strip = PhaseLineStyles.of_tokens(theme.raw).slim
        self._buttons: dict[bool, tuple[VideoButton, VideoButton]] = {}
        floor_height, floor_text = theme.size("floor", "answer_button"), theme.size("floor", "button_text")
        for floor, height, font_px, icon, radius in ((False, 56, 17, 20, 16), (True, floor_height, floor_text, 40, 32)):

            def button(name: str, icon_name: str, look: VideoLook) -> VideoButton:
                return VideoButton(
                    theme, icons, icon_name, name, text=name, look=look, size=height, icon_size=icon,  # noqa: B023
                    font_px=font_px, radius=radius, parent=self,  # noqa: B023
                )  # fmt: skip

            primary = button("Play now", "play-fill", VideoLook.PRIMARY)
            secondary = button("Stay here", "", VideoLook.FILLED)
            primary.clicked.connect(self.primary_chosen)
            secondary.clicked.connect(self.secondary_chosen)
            self._buttons[floor] = (primary, secondary)
        self.set_floor(False)

    @property
    def content(self) -> CardContent:
        return self._content

    @property
    def primary(self) -> VideoButton:
        return self._buttons[self._floor][0]

    @property
    def secondary(self) -> VideoButton:
        return self._buttons[self._floor][1]

    def set_floor(self, floor: bool) -> None:
        """The size for two metres away."""
        self._floor = floor
        self.set_radius(32 if floor else self.theme.radius("dialog"))
        for size, buttons in self._buttons.items():
            for button in buttons:
                button.setVisible(size is floor)
        self._arrange()

    def set_content(self, content: CardContent) -> None:
        self._content = content
        for primary, secondary in self._buttons.values():
            primary.set_words(content.primary, content.primary_icon)
            secondary.set_words(content.secondary, "")
        needs = ", ".join(need.title for need in content.have_ready)
        self.setAccessibleName(f"{content.line}. {content.title}. {f'Have ready: {needs}' if needs else ''}")
        self._arrange()

    def set_picture(self, picture: QPixmap) -> None:
        self._picture = picture
        self.update()

    def set_countdown(self, left_ms: int | None, settle_ms: int, *, held: bool) -> None:
        """`left_ms` None: nothing counts, no ring."""
        if (left_ms, settle_ms, held) != (self._left_ms, self._settle_ms, self._held):
            self._left_ms, self._settle_ms, self._held = left_ms, max(1, settle_ms), held
            self.update()

    def desk_height(self, room: int) -> int:
        """How high the card wants to be where there are `room` px."""
        rest = 148 + 56 + _PAD + (70 if self._has_needs() else 0)
        return min(rest + 232, max(rest + 96, room))

    def picture_rect(self) -> QRectF:
        """The place of the picture."""
        if self._floor:
            return QRectF(0, 0, _FLOOR_PICTURE, self.height() / self._scale)
        rest = self.desk_height(0) - 96
        return QRectF(0, 0, self.width(), max(96, self.height() - rest) - 6)

    def picture_px(self) -> QRect:
        """The same in px of the widget."""
        rect = self.picture_rect()
        return QRectF(rect.topLeft() * self._scale, rect.size() * self._scale).toRect()

    @property
    def _scale(self) -> float:
        """From the floor the card is drawn as for its full size and shrinks as a whole where there is less room."""
        if not self._floor:
            return 1.0
        return max(0.4, min(1.0, self.width() / _FLOOR_DESIGN[0], self.height() / _FLOOR_DESIGN[1]))

    @property
    def _right(self) -> float:
        """The right end of what is on it, in its own px."""
        return self.width() / self._scale - (48 if self._floor else _PAD)

    def _has_needs(self) -> bool:
        return bool(self._content.have_ready or self._content.put_away)

    def _ring_rect(self) -> QRectF:
        if self._floor:
            return QRectF(self._right - _FLOOR_RING, 44, _FLOOR_RING, _FLOOR_RING)
        return QRectF(self.width() - _PAD - 104, self.picture_rect().bottom() + 28, 104, 104)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self.update()
        if not self._floor:
            self._place_buttons(_PAD, self.width() - _PAD, self.height() - _PAD, gap=12, share=0.547)
            return
        scale = self._scale
        side, text = self.theme.size("floor", "answer_button"), self.theme.size("floor", "button_text")
        for button in self._buttons[True]:
            button.set_sizes(
                round(side * scale), icon_size=round(44 * scale), radius=round(32 * scale), font_px=round(text * scale)
            )
        left = round((_FLOOR_PICTURE + 10 + _FLOOR_PAD) * scale)
        bottom = self.height() - round(48 * scale)
        self._place_buttons(left, round(self._right * scale), bottom, gap=round(18 * scale), share=0.53)

    def _place_buttons(self, left: int, right: int, bottom: int, *, gap: int, share: float) -> None:
        height, width = self.primary.height(), right - left
        first = round((width - gap) * share)
        self.primary.setGeometry(left, bottom - height, first, height)
        self.secondary.setGeometry(left + first + gap, bottom - height, width - gap - first, height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = video_painter(self)
        painter.scale(self._scale, self._scale)
        self._paint_picture(painter)
        if self._left_ms is not None:
            self._paint_countdown(painter, self._left_ms)
        if self._floor:
            self._paint_floor(painter)
        else:
            self._paint_desk(painter)

    # Picture and ring

    def _paint_picture(self, painter: QPainter) -> None:
        rect = self.picture_rect().adjusted(1, 1, 0 if self._floor else -1, -1 if self._floor else 0)
        radius = (32 if self._floor else self.theme.radius("dialog")) - 1
        shape = _cut_round(rect, radius, left=self._floor)
        if self._picture.isNull():
            painter.fillPath(shape, self.theme.color("control"))
        else:
            paint_picture(painter, self._picture, shape)
        tile = self._content.tile
        if tile is not None:
            side = 84.0
            paint_tile(painter, self.theme, self._icons, tile.kind, centred(rect, side, side))
        self._paint_strip(painter, rect)

    def _paint_strip(self, painter: QPainter, rect: QRectF) -> None:
        """The phases along the picture: under it, from the floor beside it."""
        phases, duration_ms = self._content.phases, self._content.duration_ms
        if not phases:
            return
        length = rect.height() if self._floor else rect.width()
        start = rect.top() if self._floor else rect.left()
        ratio = self.devicePixelRatioF()
        layout = lay_out(phases, duration_ms, left=start, width=length, style=self._strip, ratio=ratio)
        for segment in layout.segments:
            colour = self.theme.color("on") if segment.kind is None else self.theme.phase(segment.kind).solid
            size = segment.right - segment.left
            if self._floor:
                painter.fillRect(QRectF(rect.right(), segment.left, 10, size), colour)
            else:
                painter.fillRect(QRectF(segment.left, rect.bottom(), size, 6), colour)

    def _paint_countdown(self, painter: QPainter, left_ms: int) -> None:
        rect = self._ring_rect()
        ink = self.theme.color("text_1")
        share = left_ms / self._settle_ms
        paint_ring(painter, rect, share, 13 if self._floor else 7, solid=ink, track=self.theme.color("control"))
        minutes = left_ms >= WHOLE_MINUTES_FROM_MS
        number = str(-(-left_ms // (60_000 if minutes else 1000)))
        font = self._font("time_large", self.theme.size("floor", "countdown") if self._floor else 34)
        font.setWeight(QFont.Weight.Medium if self._floor else QFont.Weight.DemiBold)
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 95.5)
        unit = "waits" if self._held else "min" if minutes else "" if self._floor else "seconds"
        lift = (14 if self._floor else 8) if unit else 0
        paint_centred_text(painter, rect.center() - QPointF(0, lift), number, font, ink)
        if unit:
            small = self._font("small", 28 if self._floor else 13)
            drop = QPointF(0, 40 if self._floor else 20)
            paint_centred_text(painter, rect.center() + drop, unit, small, self.theme.color("text_2"))

    # Words at the desk

    def _paint_desk(self, painter: QPainter) -> None:
        content = self._content
        top = self.picture_rect().bottom() + 6
        right = self.width() - _PAD - (104 + 20 if self._left_ms is not None else 0)
        box = QRectF(_PAD, top + 28, right - _PAD, 20)
        paint_line(painter, self.theme, content.line, box, role="body_large", colour="text_2")
        title = QRectF(_PAD, top + 48, right - _PAD, 42)
        scale = 34 / self.theme.role("title_1").size
        if QFontMetricsF(self.theme.font("title_1", scale)).horizontalAdvance(content.title) > title.width():
            scale = 26 / self.theme.role("title_1").size
        paint_line(painter, self.theme, content.title, title, role="title_1", colour="text_1", scale=scale)
        subtitle = QRectF(_PAD, top + 91, right - _PAD, 28)
        role = "body_large" if content.tile is not None else "subtitle"
        paint_line(painter, self.theme, content.subtitle, subtitle, role=role, colour="text_2", scale=20 / 21)
        if self._has_needs():
            self._paint_needs(painter, QRectF(_PAD, top + 148, self.width() - 2 * _PAD, 50))

    def _paint_needs(self, painter: QPainter, row: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("control"))
        painter.drawRoundedRect(row, 14, 14)
        inner = row.adjusted(16, 0, -16, 0)
        away = self._content.put_away
        if away:
            align = Qt.AlignmentFlag.AlignRight
            box = inner.adjusted(inner.width() * 0.45 if self._content.have_ready else 0, 0, 0, 0)
            used = paint_line(painter, self.theme, away, box, role="body", colour="text_2", align=align)
            inner.setRight(inner.right() - used - 16)
        if not self._content.have_ready:
            return
        ink = self.theme.color("text_1")
        left = inner.left() + 19 + paint_line(
            painter, self.theme, "Have ready", inner, role="body_large", colour="text_1", weight=600
        )  # fmt: skip
        for need in self._content.have_ready:
            room = inner.right() - left - 28
            if room < 24:
                break
            self._icons.paint(painter, QRectF(round(left), row.center().y() - 10, 20, 20), need.icon, ink)
            box = QRectF(left + 28, row.top(), room, row.height())
            left += 28 + 24 + paint_line(painter, self.theme, need.title, box, role="body_large", colour="text_1")

    # Words from the floor

    def _paint_floor(self, painter: QPainter) -> None:
        content = self._content
        left = self.picture_rect().right() + 10 + _FLOOR_PAD
        right = self._right - (_FLOOR_RING + 24 if self._left_ms is not None else 0)
        quiet = self._font("body", self.theme.size("floor", "secondary"))
        self._paint_words(
            painter, content.floor_line or content.line, QPointF(left, 68), right - left, font=quiet, colour="text_2"
        )
        font = self._font("title_1", self.theme.size("floor", "up_next_title"))
        y = 130.0
        for line in _two_lines(content.title, font, right - left):
            self._paint_words(painter, line, QPointF(left, y), right - left, font=font, colour="text_1")
            y += 66
        if content.tile is not None or not content.have_ready:
            self._paint_words(painter, content.subtitle, QPointF(left, y), right - left, font=quiet, colour="text_2")
        if content.have_ready:
            self._paint_floor_needs(painter, left, quiet)

    def _paint_floor_needs(self, painter: QPainter, left: float, quiet: QFont) -> None:
        room = self._right - left
        self._paint_words(painter, "Have ready", QPointF(left, 308), room, font=quiet, colour="text_2")
        font = self._font("body", self.theme.size("floor", "needs"))
        font.setWeight(QFont.Weight.Medium)
        metrics = QFontMetricsF(font)
        x, y = left, 375.0
        for need in self._content.have_ready:
            width = 78 + metrics.horizontalAdvance(need.title)
            if x > left and x + width > left + room:
                x, y = left, y + 72
            if y > self.primary.y() / self._scale - 40:
                break
            self._icons.paint(painter, QRectF(x, y - 30, 60, 60), need.icon, self.theme.color("text_1"))
            self._paint_words(painter, need.title, QPointF(x + 78, y), room - 78, font=font, colour="text_1")
            x += width + 46

    def _font(self, role: str, px: int) -> QFont:
        return self.theme.font(role, px / self.theme.role(role).size)

    def _paint_words(
        self, painter: QPainter, text: str, place: QPointF, width: float, *, font: QFont, colour: str
    ) -> None:
        """One line whose capitals have their middle at `place`."""
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(self.theme.color(colour))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QPointF(place.x(), place.y() + metrics.capHeight() / 2), shown)


def _cut_round(rect: QRectF, radius: float, *, left: bool) -> QPainterPath:
    """`rect` with two round corners: both at the left, or both at the top."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    square = QPainterPath()
    far = math.ceil(radius)
    square.addRect(rect.adjusted(far, 0, 0, 0) if left else rect.adjusted(0, far, 0, 0))
    return path.united(square)


def _two_lines(text: str, font: QFont, width: float) -> list[str]:
    """At most two lines; what is left over stays in the second, which is cut when it is painted."""
    metrics = QFontMetricsF(font)
    first = ""
    words = text.split()
    while words and (not first or metrics.horizontalAdvance(f"{first} {words[0]}") <= width):
        first = f"{first} {words.pop(0)}".strip()
    return [first, " ".join(words)] if words else [first]
