# SPDX-License-Identifier: GPL-3.0-or-later
"""Words on a page: one line that is cut at the right, or a few lines. Main thread.

Both place the baseline by the type scale, not by the font's own height (Vollkorn's is much taller).
"""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from player.ui.theme import Theme, ThemeManager


def paint_line(
    painter: QPainter,
    theme: Theme,
    text: str,
    box: QRectF,
    *,
    role: str,
    colour: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    weight: int | None = None,
    scale: float = 1.0,
) -> float:
    """Paint one line of a role, in the middle of the height of `box`, cut with an ellipsis where it does not
    fit. The painted width in px."""
    metrics = theme.metrics(role, scale, weight=weight)
    shown, used = text, metrics.horizontalAdvance(text)
    if used > box.width() + 0.5:
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width() + 0.5)
        used = min(box.width(), metrics.horizontalAdvance(shown))
    left = box.left()
    if align == Qt.AlignmentFlag.AlignRight:
        left += box.width() - used
    elif align == Qt.AlignmentFlag.AlignHCenter:
        left += (box.width() - used) / 2
    top = box.top() + (box.height() - theme.line_height(role, scale)) / 2
    painter.setFont(theme.font(role, scale, weight=weight))
    painter.setPen(theme.color(colour))
    painter.drawText(QPointF(left, top + theme.baseline(role, scale)), shown)
    return used


def broken_into_lines(theme: Theme, text: str, width: float, *, role: str, most: int) -> list[str]:
    """`text` in at most `most` lines of a role. The last one may be too long: painting cuts it."""
    lines = _wrap(text, int(width), theme.font(role))
    return lines if len(lines) <= most else [*lines[: most - 1], " ".join(lines[most - 1 :])]


class TextLine(QLabel):
    """One line of a role. Elides at the right and then shows all of it in its tooltip."""

    def __init__(
        self,
        themes: ThemeManager,
        role: str,
        text: str = "",
        *,
        colour: str = "text_1",
        weight: int | None = None,
        scale: float = 1.0,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._themes, self._role, self._colour, self._weight, self._align = themes, role, colour, weight, align
        self._scale = scale
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    def set_colour(self, colour: str) -> None:
        """Another colour token."""
        self._colour = colour
        self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics = self._themes.theme.metrics(self._role, self._scale, weight=self._weight)
        width = math.ceil(metrics.horizontalAdvance(self.text())) + 1
        return QSize(width, self._themes.theme.line_height(self._role, self._scale))

    @override
    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(24, hint.width()), hint.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self._colour if self.isEnabled() else "text_disabled"
        paint_line(
            painter,
            self._themes.theme,
            self.text(),
            QRectF(self.rect()),
            role=self._role,
            colour=colour,
            align=self._align,
            weight=self._weight,
            scale=self._scale,
        )

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(self.text() if self.sizeHint().width() > self.width() + 1 else "")
        return super().event(event)


class TextBlock(QLabel):
    """Several lines of a role, at most `max_lines` (None: all). `cut_changed` tells whether words are left out."""

    cut_changed = Signal(bool)

    def __init__(
        self,
        themes: ThemeManager,
        role: str,
        text: str = "",
        *,
        colour: str = "text_1",
        max_lines: int | None = None,
        line_height: int | None = None,
        scale: float = 1.0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._themes, self._role, self._colour, self._scale = themes, role, colour, scale
        self._max_lines = max_lines
        self._line_height = line_height or themes.theme.line_height(role, scale)
        self._cut = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        themes.changed.connect(self.update)

    @property
    def cut(self) -> bool:
        """Whether words are left out at the present width."""
        return self._cut

    @Slot(str)
    def set_text(self, text: str) -> None:
        self.setText(text)
        self._look_for_cut()
        self.updateGeometry()

    def set_max_lines(self, max_lines: int | None) -> None:
        self._max_lines = max_lines
        self._look_for_cut()
        self.updateGeometry()
        self.update()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._line_height * len(self._lines(width)[0])

    @override
    def sizeHint(self) -> QSize:
        width = max(120, self.width())
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(60, self._line_height if self.text() else 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look_for_cut()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setFont(theme.font(self._role, self._scale, tabular=False))
        painter.setPen(theme.color(self._colour))
        offset = theme.baseline(self._role, self._scale)
        offset += (self._line_height - theme.line_height(self._role, self._scale)) / 2
        for index, line in enumerate(self._lines(self.width())[0]):
            painter.drawText(QPointF(0, index * self._line_height + offset), line)

    def _lines(self, width: int) -> tuple[list[str], bool]:
        """The lines as shown at a width, and whether words are left out."""
        text = self.text().strip()
        if not text:
            return [], False
        font = self._themes.theme.font(self._role, self._scale, tabular=False)
        lines: list[str] = []
        for paragraph in text.splitlines():
            lines += _wrap(paragraph, width, font)
            if self._max_lines is not None and len(lines) > self._max_lines:
                return self._cut_to(lines, self._max_lines, width), True
        return lines, False

    def _cut_to(self, lines: list[str], count: int, width: int) -> list[str]:
        metrics = self._themes.theme.metrics(self._role, self._scale, tabular=False)
        rest = " ".join(lines[count - 1 : count + 1])
        return [*lines[: count - 1], metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)]

    def _look_for_cut(self) -> None:
        cut = self._lines(self.width())[1]
        if cut != self._cut:
            self._cut = cut
            self.cut_changed.emit(cut)


def _wrap(text: str, width: int, font: QFont) -> list[str]:
    """The lines of one paragraph: broken between words and, where a word is too long, anywhere."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    lines = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        lines.append(text[line.textStart() : line.textStart() + line.textLength()].rstrip())
    layout.endLayout()
    return lines or [""]
