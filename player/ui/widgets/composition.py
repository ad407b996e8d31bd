# SPDX-License-Identifier: GPL-3.0-or-later
"""What a series is made of: a bar of phase kinds and their shares in words. Main thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from player.domain.models import Phase, PhaseKind
from player.ui.icons import Icons
from player.ui.theme import ThemeManager
from player.ui.widgets.minibar import line_colours, line_styles
from player.ui.widgets.phase_line import PhaseLineStyle, paint_phase_line
from player.ui.widgets.phase_tile import paint_tile
from player.ui.widgets.text import paint_line

Share = tuple[PhaseKind, tuple[str, str], int]

_BAR = 10
_FIRST = 22
_STEP = 25


class Composition(QWidget):
    """Shares are (kind, (name, short name), per cent) in the order of the kinds. The short name is used where
    the long one does not fit."""

    def __init__(self, themes: ThemeManager, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes, self._icons = themes, icons
        self._shares: tuple[Share, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    def set_shares(self, shares: Sequence[Share]) -> None:
        self._shares = tuple(shares)
        self.setAccessibleName("Made of " + ", ".join(f"{names[0]} {share} %" for _kind, names, share in shares))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        rows = -(-len(self._shares) // 2)
        return QSize(300, _FIRST + rows * _STEP if rows else 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._shares:
            return
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mini = line_styles(theme).mini
        style = PhaseLineStyle(_BAR, _BAR, mini.gap, mini.radius, mini.edge, position=False)
        phases, start = [], 0
        for kind, names, share in self._shares:
            phases.append(Phase(kind, names[0], start * 1000, (start + share) * 1000))
            start += share
        bar = QRectF(0, 0, self.width(), _BAR)
        paint_phase_line(painter, bar, phases, start * 1000, None, style=style, colours=line_colours(theme))
        column = (self.width() - 16) / 2
        metrics = QFontMetricsF(theme.font("small"))
        for index, (kind, names, share) in enumerate(self._shares):
            left = (index % 2) * (column + 16)
            top = _FIRST + (index // 2) * _STEP
            paint_tile(painter, theme, self._icons, kind, QRectF(left, top, 18, 18))
            box = QRectF(left + column - 44, top, 44, 18)
            right = Qt.AlignmentFlag.AlignRight
            taken = paint_line(painter, theme, f"{share} %", box, role="small", colour="text_2", align=right)
            words = QRectF(left + 26, top, column - 26 - taken - 6, 18)
            fits = metrics.horizontalAdvance(names[0]) <= words.width()
            name = names[0] if fits else names[1]
            paint_line(painter, theme, name, words, role="small", colour="text_1")
