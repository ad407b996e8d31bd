# SPDX-License-Identifier: GPL-3.0-or-later
"""A page's column: it scrolls, keeps a margin, and never gets wider than lines can be read. Main thread."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

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
        outside = QWidget()
        self._least = margins
        self.column = QVBoxLayout(outside)
        self.column.setContentsMargins(*margins)
        self.column.setSpacing(0)
        self.setWidget(outside)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        left, top, right, bottom = self._least
        beside = max(0, self.viewport().width() - WIDEST - left - right)
        self.column.setContentsMargins(left + beside // 2, top, right + beside - beside // 2, bottom)
        super().resizeEvent(event)
