# SPDX-License-Identifier: GPL-3.0-or-later
"""Captions over the picture: at most two lines of plain words on a dark ground. Knows no tracks and no player.

Words are never read as markup. Main thread.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from player.ui.theme import Theme
from player.ui.widgets.still import Still

MOST_LINES = 2
_DESK_PX = 22
_MOST_LETTERS = 2_000
_WIDEST = 0.8
"""Of the picture's width; the ring at the right of the hidden controls stays free."""
_LINE = 1.36
_GROUND = 0.78


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is set: its words, and how wide they are in px."""

    text: str
    width: float


def set_lines(text: str, font: QFont, width: float) -> list[Line]:
    """`text` in lines no wider than `width`; its own line ends are kept where that leads to no more than two."""
    text = "".join(letter for letter in text[:_MOST_LETTERS] if letter == "\n" or letter.isprintable())
    paragraphs = [" ".join(part.split()) for part in text.split("\n") if part.strip()]
    lines = [line for paragraph in paragraphs for line in _wrapped(paragraph, font, width)]
    if len(lines) > MOST_LINES and len(paragraphs) > 1:
        return _wrapped(" ".join(paragraphs), font, width)
    return lines


def _wrapped(text: str, font: QFont, width: float) -> list[Line]:
    """Lines of nearly the same width: as few as possible, then as narrow as that allows."""
    lines = _greedy(text, font, width)
    if len(lines) != MOST_LINES:
        return lines
    total = sum(line.width for line in lines)
    for share in (0.52, 0.56, 0.62, 0.7, 0.8):
        narrower = _greedy(text, font, min(width, total * share))
        if len(narrower) == MOST_LINES:
            return narrower
    return lines


def _greedy(text: str, font: QFont, width: float) -> list[Line]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    layout.setTextOption(option)
    layout.beginLayout()
    found: list[Line] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        words = _units(text, line.textStart(), line.textLength()).strip()
        found.append(Line(words, line.naturalTextWidth()))
    layout.endLayout()
    return found


def _units(text: str, start: int, length: int) -> str:
    """A part of `text` by UTF-16 units, as Qt counts."""
    return text.encode("utf-16-le")[2 * start : 2 * (start + length)].decode("utf-16-le", "ignore")


class CaptionView(QWidget):
    """Takes no presses. Words that need more than two lines are shown two lines after two lines, while they are
    said."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme.video
        self._text, self._share, self._page = "", 0.0, 0
        self._floor = False
        self._room, self._bottom, self._centre = 800.0, 0, 0
        self._lines: list[Line] = []
        self._still = Still(self)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def lines(self) -> tuple[str, ...]:
        """What is to be seen now."""
        return tuple(line.text for line in self._shown())

    @property
    def font_px(self) -> int:
        return self._font().pixelSize()

    def set_floor(self, floor: bool) -> None:
        """The size for two metres away."""
        self._floor = floor
        self._set()

    def set_place(self, centre: int, bottom: int, picture_width: int) -> None:
        """Where the lines stand: centred on `centre`, above `bottom`, for a picture so wide."""
        room = picture_width * _WIDEST
        if (centre, bottom, room) != (self._centre, self._bottom, self._room):
            wider = room != self._room
            self._centre, self._bottom, self._room = centre, bottom, room
            if wider:
                self._set()
            else:
                self._arrange()

    def show_words(self, text: str, share: float) -> None:
        """Show plain words, of the time of which `share` (0 to 1) has passed; "" for none."""
        self._share = share
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self._set()
        elif self._page != self._page_now():
            self._arrange()

    def _font(self) -> QFont:
        px = self._theme.size("floor", "caption") if self._floor else _DESK_PX
        return self._theme.font("body_large", px / self._theme.role("body_large").size, weight=500)

    def _set(self) -> None:
        self._lines = set_lines(self._text, self._font(), self._room) if self._text else []
        self._arrange()

    def _page_now(self) -> int:
        pages = -(-len(self._lines) // MOST_LINES)
        return max(0, min(int(self._share * pages), pages - 1))

    def _shown(self) -> list[Line]:
        return self._lines[self._page * MOST_LINES : (self._page + 1) * MOST_LINES]

    def _arrange(self) -> None:
        self._page = self._page_now()
        shown = self._shown()
        self.setVisible(bool(shown))
        if not shown:
            return
        font = self._font()
        line, pad = font.pixelSize() * _LINE, self._pad(font)
        width = math.ceil(max(one.width for one in shown) + 2 * pad) + 2
        height = math.ceil(line * len(shown))
        self.setGeometry(self._centre - width // 2, self._bottom - height, width, height)
        self.update()

    @staticmethod
    def _pad(font: QFont) -> float:
        return font.pixelSize() * 0.5

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._still.show(QPainter(self), (self._text, self._page, self._floor), self._paint)

    def _paint(self, painter: QPainter) -> None:
        font = self._font()
        metrics = QFontMetricsF(font)
        line, pad = font.pixelSize() * _LINE, self._pad(font)
        ground = self._theme.color("panel_opaque")
        ground.setAlphaF(_GROUND)
        for number, one in enumerate(self._shown()):
            box = QRectF(0, 0, one.width + 2 * pad, line)
            box.moveCenter(QPointF(self.width() / 2, line * number + line / 2))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(box, font.pixelSize() * 0.25, font.pixelSize() * 0.25)
            painter.setFont(font)
            painter.setPen(self._theme.color("text_1"))
            baseline = box.center().y() + (metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(box.left() + pad, baseline), one.text)
