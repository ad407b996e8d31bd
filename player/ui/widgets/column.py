# SPDX-License-Identifier: GPL-3.0-or-later
"""A page's column: it scrolls, keeps a margin, and never gets wider than lines can be read. Main thread."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

WIDEST = 1240


class ScrollColumn(QScrollArea):
    """Put things into `column` (a vertical layout). Beyond `WIDEST` px it stays centred."""

    def __init__(self, *, margins: tuple[int, int, int, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().setSingleStep(28)
        outside, inside = QWidget(), QWidget()
        inside.setMaximumWidth(WIDEST)
        row = QHBoxLayout(outside)
        row.setContentsMargins(*margins)
        row.addStretch(1)
        row.addWidget(inside, 1000)
        row.addStretch(1)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.setWidget(outside)
