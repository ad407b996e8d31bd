# SPDX-License-Identifier: GPL-3.0-or-later
"""Phase lines on pages: the mini-bar of rows and cards, in the colours of a theme. Main thread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from player.domain.models import Phase, PhaseKind
from player.ui.theme import Theme, ThemeManager
from player.ui.widgets.phase_line import PhaseLineColours, PhaseLineStyles, paint_phase_line


@lru_cache(maxsize=16)
def line_colours(theme: Theme, behind: str = "card") -> PhaseLineColours:
    """The colours of a phase line on the surface `behind`."""
    return PhaseLineColours(
        solid={kind: theme.phase(kind).solid for kind in PhaseKind},
        empty={kind: theme.phase(kind).empty for kind in PhaseKind},
        unknown=theme.color("on"),
        unknown_played=theme.color("text_3"),
        text_1=theme.color("text_1"),
        behind=theme.color(behind),
    )


@lru_cache(maxsize=4)
def line_styles(theme: Theme) -> PhaseLineStyles:
    """The sizes of phase lines."""
    return PhaseLineStyles.of_tokens(theme.raw)


class MiniBar(QWidget):
    """The phases of one class over the whole width, 8 px high (`small`: 6)."""

    def __init__(self, themes: ThemeManager, *, small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes, self._small = themes, small
        self._phases: Sequence[Phase] = ()
        self._duration_ms = 0
        self._position_ms: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    def set_class(self, phases: Sequence[Phase], duration_ms: int, position_ms: int | None, words: str) -> None:
        """`position_ms` None: never begun, or done. `words` says the same as text."""
        self._phases, self._duration_ms, self._position_ms = phases, duration_ms, position_ms
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, 6 if self._small else 8)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        styles = line_styles(theme)
        paint_phase_line(
            QPainter(self),
            QRectF(self.rect()),
            self._phases,
            self._duration_ms,
            self._position_ms,
            style=styles.mini_small if self._small else styles.mini,
            colours=line_colours(theme),
        )
