# SPDX-License-Identifier: GPL-3.0-or-later
"""A series as a card: poster, title, how many classes are done. Main thread."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from player.domain.models import Series
from player.ui.icons import Icons
from player.ui.theme import ThemeManager
from player.ui.widgets.picture import paint_picture, rounded
from player.ui.widgets.poster import HEIGHT, WIDTH, poster
from player.ui.widgets.pressable import Pressable
from player.ui.widgets.text import paint_line

_BELOW = 46
"""Title and line under the poster, px."""
_FOCUS_ROOM = 6
"""Words and line reach the edges of the card: the focus ring keeps this far from them, px."""


class SeriesCard(Pressable):
    """One series. `clicked` opens it. Until `set_picture` the poster is painted."""

    def __init__(self, themes: ThemeManager, icons: Icons, series: Series, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes, self._icons = themes, icons
        self._series = series
        self._picture: QPixmap | None = None
        self.focus_radius = themes.theme.radius("row")
        self.focus_room = _FOCUS_ROOM
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        themes.changed.connect(self.update)
        self.set_series(series)

    @property
    def series(self) -> Series:
        return self._series

    def set_series(self, series: Series) -> None:
        self._series = series
        self.setText(series.title)
        self.setToolTip(series.title)
        self.setAccessibleName(f"{series.title}, {_done_words(series)}")
        self.update()

    def set_picture(self, picture: QPixmap | None) -> None:
        self._picture = picture
        self.update()

    def picture_size(self) -> QSize:
        """The size of the poster at the present width, logical px."""
        return QSize(self.width(), self.height() - _BELOW)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return round(width * HEIGHT / WIDTH) + _BELOW

    @override
    def sizeHint(self) -> QSize:
        return QSize(261, self.heightForWidth(261))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = self.picture_size()
        shape = rounded(QRectF(0, 0, size.width(), size.height()), theme.radius("row"))
        picture = self._picture
        if picture is None:
            picture = poster(self._series.title, size.width(), size.height(), self.devicePixelRatioF())
        paint_picture(painter, picture, shape)
        if self.underMouse() or self.isDown():
            painter.fillPath(shape, QColor(255, 255, 255, 16 if self.isDown() else 28))
        self._paint_words(painter, size.height())
        self._paint_line(painter)

    def _paint_words(self, painter: QPainter, top: int) -> None:
        theme, series = self._themes.theme, self._series
        all_done = 0 < series.classes == series.done
        count = f"All {series.classes}" if all_done else f"{series.done} of {series.classes}"
        count_width = QFontMetricsF(theme.font("small")).horizontalAdvance(count)
        right = QRectF(self.width() - count_width - 1, top + 11, count_width + 1, 24)
        paint_line(painter, theme, count, right, role="small", colour="text_2")
        taken = count_width
        if all_done:
            self._icons.paint(painter, QRectF(right.left() - 21, top + 15, 16, 16), "check", theme.color("text_2"))
            taken += 21
        box = QRectF(0, top + 8, self.width() - taken - 12, 24)
        paint_line(painter, theme, series.title, box, role="title_3", colour="text_1")

    def _paint_line(self, painter: QPainter) -> None:
        theme, series = self._themes.theme, self._series
        line = QRectF(0, self.height() - 4, self.width(), 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("control"))
        painter.drawRoundedRect(line, 2, 2)
        if series.classes and series.done:
            line.setWidth(max(4.0, line.width() * series.done / series.classes))
            painter.setBrush(theme.color("text_2"))
            painter.drawRoundedRect(line, 2, 2)


def _done_words(series: Series) -> str:
    if series.classes and series.done == series.classes:
        return f"all {series.classes} classes done"
    return f"{series.done} of {series.classes} classes done"
