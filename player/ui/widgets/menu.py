# SPDX-License-Identifier: GPL-3.0-or-later
"""Menus with round corners (their colours come from the style sheet). Main thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a menu and what it does. `why`: what its tooltip says where it is not enabled."""

    words: str
    act: Callable[[], object]
    enabled: bool = True
    why: str = ""


def filled_menu(parent: QWidget, entries: Iterable[Entry | None]) -> Menu:
    """A menu of these entries; None is a line between them."""
    menu = Menu(parent)
    for entry in entries:
        if entry is None:
            menu.addSeparator()
            continue
        action = menu.addAction(entry.words)
        action.setEnabled(entry.enabled)
        action.setToolTip(entry.why if not entry.enabled else "")
        action.triggered.connect(lambda _checked, act=entry.act: act())
    return menu
