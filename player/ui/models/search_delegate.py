# SPDX-License-Identifier: GPL-3.0-or-later
"""Paints the rows of the search: series and classes with a picture, phases and captions with their time.
Main thread."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from player.domain.models import ClassState
from player.domain.query import HitKind
from player.ui.icons import Icons
from player.ui.models.search_results import SearchRole
from player.ui.models.search_rows import HeadingRow, MoreRow, ResultRow, Runs, WaitingRow
from player.ui.pictures import Pictures
from player.ui.theme import Theme, ThemeManager
from player.ui.widgets.minibar import line_colours, line_styles
from player.ui.widgets.phase_line import paint_phase_line
from player.ui.widgets.phase_tile import paint_tile
from player.ui.widgets.picture import paint_picture, rounded
from player.ui.widgets.poster import poster
from player.ui.widgets.text import paint_line

Index = QModelIndex | QPersistentModelIndex

TALL, COMPACT, HEADING, MORE = 84, 60, 48, 44
"""Heights of rows, px."""
PICTURE = QSize(104, 60)
_INSET, _RIGHT = 12, 16
_TEXT_LEFT = _INSET + 104 + 16
_TILE = 32
_BAR = 210
_NEED = 28


class SearchDelegate(QStyledItemDelegate):
    """`ring`: whether the current row shows keyboard focus."""

    def __init__(self, themes: ThemeManager, icons: Icons, pictures: Pictures, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._themes, self._icons, self._pictures = themes, icons, pictures
        self.ring = False

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(SearchRole.ROW)
        match row:
            case HeadingRow():
                return QSize(320, HEADING)
            case MoreRow():
                return QSize(320, MORE)
            case ResultRow(kind=HitKind.PHASE | HitKind.CAPTION):
                return QSize(320, COMPACT)
            case _:
                return QSize(320, TALL)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(SearchRole.ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ring = self.ring and bool(option.state & QStyle.StateFlag.State_HasFocus)
        at = _Row(painter, self._themes.theme, self._icons, self._pictures, QRectF(option.rect), chosen, hovered, ring)
        match row:
            case HeadingRow():
                box = at.rect.adjusted(_INSET, 14, -_RIGHT, 0)
                paint_line(painter, at.theme, row.text, box, role="heading", colour="text_1")
            case MoreRow():
                at.surface()
                box = at.rect.adjusted(_TEXT_LEFT, 0, -_RIGHT, 0)
                paint_line(painter, at.theme, row.text, box, role="body", colour="text_2", weight=500)
            case WaitingRow():
                at.waiting()
            case ResultRow():
                at.surface()
                at.result(row)
        painter.restore()


@dataclass(frozen=True, slots=True)
class _Row:
    """One row, painted once."""

    painter: QPainter
    theme: Theme
    icons: Icons
    pictures: Pictures
    rect: QRectF
    chosen: bool
    hovered: bool
    ring: bool

    def surface(self) -> None:
        radius = self.theme.radius("row")
        if self.chosen or self.hovered:
            rect = self.rect.adjusted(4, 4, -4, -4) if self.ring else self.rect.adjusted(0, 1, 0, -1)
            self.painter.setPen(Qt.PenStyle.NoPen)
            self.painter.setBrush(self.theme.color("control" if self.chosen else "row_hover"))
            self.painter.drawRoundedRect(rect, radius - 4 * self.ring, radius - 4 * self.ring)
        if self.ring:
            self.painter.setPen(QPen(self.theme.color("focus"), 2))
            self.painter.setBrush(Qt.BrushStyle.NoBrush)
            self.painter.drawRoundedRect(self.rect.adjusted(1, 1, -1, -1), radius - 1, radius - 1)

    def waiting(self) -> None:
        """The shapes of a row to come."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.theme.color("control"))
        top = self.rect.top()
        self.painter.drawRoundedRect(QRectF(self.rect.left() + _INSET, top + 12, 104, 60), 8, 8)
        self.painter.drawRoundedRect(QRectF(self.rect.left() + _TEXT_LEFT, top + 22, 180, 12), 6, 6)
        self.painter.drawRoundedRect(QRectF(self.rect.left() + _TEXT_LEFT, top + 48, 260, 8), 4, 4)

    def result(self, row: ResultRow) -> None:
        if row.kind in (HitKind.PHASE, HitKind.CAPTION):
            self._moment(row)
        else:
            self._whole(row)

    @property
    def _quiet(self) -> str:
        return "text_2"

    def _moment(self, row: ResultRow) -> None:
        """A phase or a caption: what it is, where, and when."""
        left, top, faded = self.rect.left(), self.rect.top(), _faded(row)
        tile = QRectF(left + _INSET + 36, top + 14, _TILE, _TILE)
        if row.kind is HitKind.PHASE:
            paint_tile(self.painter, self.theme, self.icons, row.phase_kind, tile)
        else:
            self.painter.setPen(Qt.PenStyle.NoPen)
            self.painter.setBrush(self.theme.color("on" if self.chosen else "control"))
            self.painter.drawRoundedRect(tile, 10, 10)
            self.icons.paint(self.painter, tile.adjusted(6, 6, -6, -6), "captions", self.theme.color("text_2"))
        right = self.rect.right() - _RIGHT
        width = self.theme.metrics("body", weight=600).horizontalAdvance(row.at) + 1
        box = QRectF(right - width, top, width, self.rect.height())
        colour = "text_3" if faded else "text_1"
        paint_line(self.painter, self.theme, row.at, box, role="body", colour=colour, weight=600)
        end = right - max(52.0, width) - 16
        words = QRectF(left + _TEXT_LEFT, top + 9, end - left - _TEXT_LEFT, 22)
        self._runs(row.line, words, "text_3" if faded else "text_1")
        under = QRectF(left + _TEXT_LEFT, top + 32, end - left - _TEXT_LEFT, 18)
        place = row.reason if faded else row.place
        paint_line(self.painter, self.theme, place, under, role="small", colour=self._quiet)

    def _whole(self, row: ResultRow) -> None:
        """A series or a class."""
        left, top, faded = self.rect.left(), self.rect.top(), _faded(row)
        self._picture(row, QRectF(left + _INSET, top + 12, PICTURE.width(), PICTURE.height()))
        end = self._right_side(row) - 12
        colour = "text_3" if faded and not self.chosen else "text_1"
        box = QRectF(left + _TEXT_LEFT, top + 9, end - left - _TEXT_LEFT, 24)
        weight = 600 if self.chosen else None
        used = paint_line(self.painter, self.theme, row.title, box, role="title_3", colour=colour, weight=weight)
        if row.subtitle and box.width() - used > 60:
            rest = box.adjusted(used + 9, 1, 0, 1)
            paint_line(self.painter, self.theme, row.subtitle, rest, role="body", colour=self._quiet)
        under = QRectF(left + _TEXT_LEFT, top + 35, end - left - _TEXT_LEFT, 18)
        taken = paint_line(
            self.painter, self.theme, row.reason if faded else row.place, under, role="small", colour=self._quiet
        )
        has_bar = row.video is not None and bool(row.video.duration_ms) and not faded
        if row.line and under.width() - taken > 120:
            self._runs(((" · ", False), *row.line), under.adjusted(taken, 0, 0, 0), self._quiet, role="small")
        if has_bar:
            self._bar(row, QRectF(left + _TEXT_LEFT, top + 63, min(_BAR, under.width()), 8))

    def _bar(self, row: ResultRow, bar: QRectF) -> None:
        video = row.video
        if video is None:
            return
        position_ms = video.progress.position_ms if video.progress.under_way else None
        colours = line_colours(self.theme, "control" if self.chosen else "window")
        style = line_styles(self.theme).mini
        paint_phase_line(self.painter, bar, video.phases, video.duration_ms, position_ms, style=style, colours=colours)

    def _picture(self, row: ResultRow, rect: QRectF) -> None:
        shape = rounded(rect, self.theme.radius("small"))
        ratio = self.painter.device().devicePixelRatioF()
        if _faded(row) and row.video is not None:
            self.painter.fillPath(shape, self.theme.color("on" if self.chosen else "control"))
            missing = row.video.state is ClassState.MISSING
            box = QRectF(rect.center().x() - 10, rect.center().y() - 10, 20, 20)
            colour = self.theme.color("text_2" if missing else "error")
            self.icons.paint(self.painter, box, "link" if missing else "error", colour)
            return
        pixmap = self._pixmap(row, ratio)
        if pixmap is None and (row.series is not None or not _waits(row, self.pictures)):
            pixmap = poster(_seed(row), PICTURE.width(), PICTURE.height(), ratio)
        if pixmap is None:
            self.painter.fillPath(shape, self.theme.color("control"))
        else:
            paint_picture(self.painter, pixmap, shape)

    def _pixmap(self, row: ResultRow, ratio: float) -> QPixmap | None:
        if row.video is not None:
            return self.pictures.of_class(row.video, PICTURE, ratio)
        series = row.series
        if series is not None and series.poster is not None:
            return self.pictures.of_file(series.poster, PICTURE, ratio)
        if series is not None and series.picture_class is not None:
            return self.pictures.of_identity(series.picture_class, PICTURE, ratio)
        return None

    def _right_side(self, row: ResultRow) -> float:
        """State, minutes and needs, from the right. Where words have to end."""
        right = self.rect.right() - _RIGHT
        if not row.minutes:
            return right
        width = self.theme.metrics("body").horizontalAdvance(row.minutes) + 1
        box = QRectF(right - width, self.rect.top(), width, self.rect.height())
        paint_line(self.painter, self.theme, row.minutes, box, role="body", colour=self._quiet)
        right -= max(56.0, width) + 20
        centre = self.rect.center().y()
        if row.video is not None and row.video.progress.done:
            check = QRectF(right - 18, centre - 9, 18, 18)
            self.icons.paint(self.painter, check, "check", self.theme.color("text_2"))
            right -= _NEED
        for icon, _title in reversed(row.needs):
            name = icon if self.icons.has(icon) else "plus"
            box = QRectF(right - 20, centre - 10, 20, 20)
            self.icons.paint(self.painter, box, name, self.theme.color(self._quiet))
            right -= _NEED
        return right

    def _runs(self, runs: Runs, box: QRectF, colour: str, role: str = "body") -> None:
        """Words in one line, those that were asked for stronger, cut at the right."""
        left = box.left()
        top = box.top() + (box.height() - self.theme.line_height(role)) / 2 + self.theme.baseline(role)
        for text, marked in runs:
            metrics = self.theme.metrics(role, weight=600 if marked else None)
            room = box.right() - left
            if room < 8:
                return
            width = metrics.horizontalAdvance(text)
            shown = text if width <= room else metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            self.painter.setFont(self.theme.font(role, weight=600 if marked else None))
            self.painter.setPen(self.theme.color("text_1" if marked and colour != "text_3" else colour))
            self.painter.drawText(QPointF(left, top), shown)
            if shown != text:
                return
            left += width


def _faded(row: ResultRow) -> bool:
    return row.video is not None and row.video.state is not ClassState.READY


def _seed(row: ResultRow) -> str:
    return row.series.title if row.series is not None else row.video.title if row.video is not None else ""


def _waits(row: ResultRow, pictures: Pictures) -> bool:
    """Whether a picture may still come."""
    return row.video is not None and not pictures.has_none(Pictures.name_of(row.video.identity))
