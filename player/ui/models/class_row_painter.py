# SPDX-License-Identifier: GPL-3.0-or-later
"""Paints one row of a series: number, picture, words, phases, needs, minutes, state. Main thread."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen

from player.domain.models import ClassState
from player.ui.icons import Icons
from player.ui.models.class_list import ClassRow, SectionRow
from player.ui.pictures import Pictures
from player.ui.theme import Theme
from player.ui.widgets.minibar import line_colours, line_styles
from player.ui.widgets.phase_line import paint_phase_line
from player.ui.widgets.phase_painter import px_per_ms
from player.ui.widgets.picture import paint_picture, rounded
from player.ui.widgets.play_sign import paint_play_sign
from player.ui.widgets.poster import poster
from player.ui.widgets.text import broken_into_lines, paint_line

PICTURE = QSize(104, 60)
_INSET = 12
_PICTURE_LEFT = 60
_TEXT_LEFT = 182
_STATE = 28
_RIGHT = 16
_NEED_STEP = 28
_MINUTES = 62
_LEFT_WORDS = 84
LEAST_WIDTH = _TEXT_LEFT + 200


@dataclass(frozen=True, slots=True)
class RowLook:
    """How a row stands at the moment. `hot`: a press where the pointer is plays. `longest_ms` and `most_needs` are
    of the whole list: they keep the columns and the width of a minute the same in every row."""

    chosen: bool
    hovered: bool
    hot: bool
    ring: bool
    line_below: bool
    longest_ms: int
    most_needs: int


def state_rect(row: QRect) -> QRect:
    """Where the state circle of a row is: pressing it plays."""
    left = row.right() + 1 - _RIGHT - _STATE
    return QRect(left, row.center().y() - _STATE // 2 + 1, _STATE, _STATE)


def picture_rect(row: QRect) -> QRect:
    """Where the picture of a row is: pressing it plays too."""
    return QRect(row.left() + _PICTURE_LEFT, row.center().y() + 1 - PICTURE.height() // 2, *PICTURE.toTuple())


def paint_section(painter: QPainter, theme: Theme, rect: QRectF, row: SectionRow) -> None:
    """A heading in the list."""
    box = QRectF(rect.left() + _INSET, rect.bottom() - 34, rect.width() - _INSET - _RIGHT, 24)
    count = f"{row.done} of {row.classes}"
    align = Qt.AlignmentFlag.AlignRight
    taken = paint_line(painter, theme, count, box, role="small", colour="text_2", align=align)
    words = box.adjusted(0, 0, -taken - 16, 0)
    paint_line(painter, theme, row.title, words, role="heading", colour="text_1")


@dataclass(frozen=True, slots=True)
class RowPainter:
    """One class, painted once."""

    painter: QPainter
    theme: Theme
    icons: Icons
    pictures: Pictures
    rect: QRectF
    row: ClassRow
    look: RowLook

    def paint(self) -> None:
        self._surface()
        self._number()
        self._picture()
        self._words(self._right_side())
        self._phases()

    @property
    def _faded(self) -> bool:
        return self.row.class_video.state is not ClassState.READY

    @property
    def _quiet(self) -> str:
        """The colour of words that a class which cannot be played steps back with."""
        return "text_3" if self._faded and not self.look.chosen else "text_2"

    def _surface(self) -> None:
        look, rect, radius = self.look, self.rect, self.theme.radius("row")
        if look.chosen or look.hovered:
            surface = rect.adjusted(4, 4, -4, -4) if look.ring else rect
            corner = radius - 4 if look.ring else radius
            self.painter.setPen(Qt.PenStyle.NoPen)
            self.painter.setBrush(self.theme.color("control" if look.chosen else "row_hover"))
            self.painter.drawRoundedRect(surface, corner, corner)
        if look.ring:
            self.painter.setPen(QPen(self.theme.color("focus"), 2))
            self.painter.setBrush(Qt.BrushStyle.NoBrush)
            self.painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius - 1, radius - 1)
        if look.line_below:
            line = QRectF(rect.left() + _INSET, rect.bottom() - 1, rect.width() - _INSET - _RIGHT, 1)
            self.painter.fillRect(line, self.theme.color("hairline"))

    def _number(self) -> None:
        box = QRectF(self.rect.left() + _INSET, self.rect.top(), 40, self.rect.height())
        colour = "text_1" if self.look.chosen else "text_3"
        centre = Qt.AlignmentFlag.AlignHCenter
        paint_line(self.painter, self.theme, self.row.number, box, role="number", colour=colour, align=centre)

    def _picture(self) -> None:
        rect = QRectF(picture_rect(self.rect.toRect()))
        shape = rounded(rect, self.theme.radius("small"))
        video, ratio = self.row.class_video, self.painter.device().devicePixelRatioF()
        empty = self.theme.color("on" if self.look.chosen else "control")
        if self._faded:
            self.painter.fillPath(shape, empty)
            missing = video.state is ClassState.MISSING
            box = QRectF(rect.center().x() - 10, rect.center().y() - 10, 20, 20)
            colour = self.theme.color("text_2" if missing else "error")
            self.icons.paint(self.painter, box, "link" if missing else "error", colour)
            return
        pixmap = self.pictures.of_class(video, PICTURE, ratio)
        if pixmap is None and self.pictures.has_none(video.identity.key):
            pixmap = poster(video.title, PICTURE.width(), PICTURE.height(), ratio)
        if pixmap is None:
            self.painter.fillPath(shape, empty)
        else:
            paint_picture(self.painter, pixmap, shape)
        if self.look.hovered or self.look.hot or self.look.ring:
            paint_play_sign(self.painter, self.theme, self.icons, rect, hot=self.look.hot)

    def _words(self, right: float) -> None:
        left, row, theme = self.rect.left() + _TEXT_LEFT, self.row, self.theme
        room, top = right - left, self.rect.top()
        if row.reason:  # it needs the place of the phases: its end says what to do
            below = broken_into_lines(theme, row.reason, room, role="small", most=2)
            first = 10 if len(below) > 1 else 19
        else:
            below = [row.subtitle] if row.subtitle else []
            first = 11 if below else 20
        colour = "text_3" if self._faded and not self.look.chosen else "text_1"
        weight = 600 if self.look.chosen else None
        box = QRectF(left, top + first, room, 24)
        paint_line(self.painter, theme, row.title, box, role="title_3", colour=colour, weight=weight)
        for number, line in enumerate(below):
            box = QRectF(left, top + first + 25 + 18 * number, room, 18)
            paint_line(self.painter, theme, line, box, role="small", colour=self._quiet)

    def _phases(self) -> None:
        video, theme = self.row.class_video, self.theme
        taken = _TEXT_LEFT + _RIGHT + _STATE + 16 + _MINUTES + self.look.most_needs * _NEED_STEP
        column = self.rect.width() - taken
        if video.duration_ms <= 0 or column < 40 or self.row.reason:
            return
        top = self.rect.top() + (63 if self.row.subtitle else 54)
        token = float(theme.raw["phase_line"]["mini"]["px_per_minute"]["series_list"])
        per_ms = px_per_ms(token, self.look.longest_ms, column)
        bar = QRectF(self.rect.left() + _TEXT_LEFT, top, max(12.0, video.duration_ms * per_ms), 8)
        paint_phase_line(
            self.painter,
            bar,
            video.phases,
            video.duration_ms,
            self.row.position_ms,
            style=line_styles(theme).mini,
            colours=line_colours(theme, "control" if self.look.chosen else "window"),
        )
        if self.row.left:
            box = QRectF(bar.right() + 12, top - 5, _LEFT_WORDS, 18)
            paint_line(self.painter, theme, self.row.left, box, role="small", colour="text_1", weight=500)

    def _right_side(self) -> float:
        """State, minutes and needs, from the right. Where words have to end."""
        circle = QRectF(state_rect(self.rect.toRect()))
        self._state(circle)
        right = circle.left() - 16
        words = self.theme.metrics("body").horizontalAdvance(self.row.minutes)
        box = QRectF(right - words - 1, self.rect.top(), words + 1, self.rect.height())
        align = Qt.AlignmentFlag.AlignRight
        paint_line(self.painter, self.theme, self.row.minutes, box, role="body", colour=self._quiet, align=align)
        right -= max(46.0, words) + 20
        for icon, _title in reversed(self.row.needs):
            need = QRectF(right - 20, self.rect.center().y() - 10, 20, 20)
            name = icon if self.icons.has(icon) else "plus"
            self.icons.paint(self.painter, need, name, self.theme.color(self._quiet))
            right -= _NEED_STEP
        return right - 8

    def _state(self, circle: QRectF) -> None:
        progress, theme, painter = self.row.class_video.progress, self.theme, self.painter
        if self._faded:
            return
        glyph = circle.adjusted(5, 5, -5, -5)
        painter.setPen(Qt.PenStyle.NoPen)
        if progress.under_way or self.look.hot:
            painter.setBrush(theme.color("primary"))
            painter.drawEllipse(circle)
            self.icons.paint(painter, glyph, "play-fill", theme.color("on_primary"))
        elif self.look.hovered or (self.look.chosen and not progress.done):
            painter.setBrush(theme.color("on"))
            painter.drawEllipse(circle)
            self.icons.paint(painter, glyph, "play-fill", theme.color("text_1"))
        elif progress.done:
            painter.setBrush(theme.color("on" if self.look.chosen else "control"))
            painter.drawEllipse(circle)
            self.icons.paint(painter, circle.adjusted(6, 6, -6, -6), "check", theme.color("text_2"))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("hairline_strong"), 1.5))
            painter.drawEllipse(circle.adjusted(0.75, 0.75, -0.75, -0.75))
