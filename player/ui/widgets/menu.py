# SPDX-License-Identifier: GPL-3.0-or-later
"""Menus with round corners (their colours come from the style sheet). Main thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override


class Menu(QMenu):
    """A popup menu whose corners are see-through. Tooltips of its entries are shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowFlags(
            self.windowFlags() | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint
        )
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setToolTipsVisible(True)

    @override
    def event(self, event: QEvent) -> bool:
        # The menu key pressed in an open menu closes it, like Esc.
        if event.type() == QEvent.Type.ContextMenu:
            self.close()
            return True
        return super().event(event)
