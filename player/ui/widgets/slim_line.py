# SPDX-License-Identifier: GPL-3.0-or-later
"""The slim line at the lower edge of the picture while the controls are hidden. Main thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from player.domain.models import Phase
from player.domain.playing import Loop
from player.ui.theme import Theme
from player.ui.widgets.phase_painter import PhaseLineColours, PhaseLineStyles, paint_phase_line
from player.ui.widgets.still import Still

_POST = 4


class SlimLine(QWidget):
    """As wide as the picture; nothing to press."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style = PhaseLineStyles.of_tokens(theme.raw).slim
        self._colours = PhaseLineColours.of_theme(theme.video, "ring_disc")
        self._phases: tuple[Phase, ...] = ()
        self._duration_ms = 0
        self._position_ms = 0
        self._posts_ms: tuple[int, ...] = ()
        self._ink = theme.video.color("text_1")
        self._still = Still(self)
        self.setFixedHeight(round(self._style.height))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_class(self, phases: Sequence[Phase], duration_ms: int) -> None:
        self._phases, self._duration_ms, self._position_ms = tuple(phases), duration_ms, 0
        self.update()

    def set_position(self, position_ms: int) -> None:
        per_px = max(1.0, self._duration_ms / max(1.0, self.width() * self.devicePixelRatioF()))
        if int(position_ms / per_px) != int(self._position_ms / per_px):
            self._position_ms = position_ms
            self.update()

    def set_loop(self, loop: Loop | None, start_ms: int | None) -> None:
        """What repeats, or the start of what is to."""
        ends = (loop.start_ms, loop.end_ms) if loop else () if start_ms is None else (start_ms,)
        if ends != self._posts_ms:
            self._posts_ms = ends
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        shown = (self._phases, self._duration_ms, self._position_ms, self._posts_ms)
        self._still.show(QPainter(self), shown, self._paint)

    def _paint(self, painter: QPainter) -> None:
        rect = QRectF(self.rect())
        style, colours = self._style, self._colours
        paint_phase_line(
            painter, rect, self._phases, self._duration_ms, self._position_ms, style=style, colours=colours
        )
        for place_ms in self._posts_ms:
            x = rect.width() * place_ms / max(1, self._duration_ms)
            left = round(min(max(0.0, x - _POST / 2), rect.width() - _POST))
            painter.fillRect(QRectF(left - 1, 0, _POST + 2, rect.height()), colours.behind)
            painter.fillRect(QRectF(left, 0, _POST, rect.height()), self._ink)
