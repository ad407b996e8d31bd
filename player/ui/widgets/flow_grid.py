# SPDX-License-Identifier: GPL-3.0-or-later
"""A grid of equal cards that takes as many columns as fit. Main thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from player.ui.widgets.roving import Roving


class FlowGrid(QWidget):
    """Cards of one width in rows. A card tells its height by `heightForWidth`. Arrow keys move inside."""

    def __init__(
        self, *, least_width: int = 240, gap: int = 24, row_gap: int = 28, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._least, self._gap, self._row_gap = least_width, gap, row_gap
        self._cards: list[QWidget] = []
        self._roving = Roving(self.columns, self)
        # A fixed height would be that of the size hint, which knows the width of yesterday.
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def cards(self) -> tuple[QWidget, ...]:
        return tuple(self._cards)

    def set_cards(self, cards: Sequence[QWidget]) -> None:
        """Show these; earlier ones that are not among them are deleted."""
        kept = set(cards)
        self._roving.forget()
        for card in self._cards:
            if card not in kept:
                card.hide()
                card.deleteLater()
        self._cards = list(cards)
        for card in self._cards:
            card.setParent(self)
            card.show()
        self._roving.set_widgets(self._cards)
        self._place()
        self.updateGeometry()

    def columns(self) -> int:
        """How many cards stand in a row at the present width."""
        return self._columns_for(self.width())

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        if not self._cards:
            return 0
        rows = -(-len(self._cards) // self._columns_for(width))
        return rows * self._card_height(width) + (rows - 1) * self._row_gap

    @override
    def sizeHint(self) -> QSize:
        return QSize(4 * self._least, self.heightForWidth(max(self.width(), self._least)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._least, 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _columns_for(self, width: int) -> int:
        return max(1, (width + self._gap) // (self._least + self._gap))

    def _card_width(self, width: int) -> int:
        columns = self._columns_for(width)
        return (width - (columns - 1) * self._gap) // columns

    def _card_height(self, width: int) -> int:
        return self._cards[0].heightForWidth(self._card_width(width))

    def _place(self) -> None:
        if not self._cards:
            return
        columns, width = self.columns(), self._card_width(self.width())
        height = self._card_height(self.width())
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for index, card in enumerate(self._cards):
            row, column = divmod(index, columns)
            if mirrored:
                column = columns - 1 - column
            card.setGeometry(QRect(column * (width + self._gap), row * (height + self._row_gap), width, height))
