# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window asks of the desktop: to be on a screen, to show a file's folder. Main thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget


def move_to_screen(window: QWidget, name: str) -> bool:
    """Put `window` on the screen with this name; False where there is none."""
    for screen in QGuiApplication.screens():
        if screen.name() == name:
            window.setScreen(screen)
            window.move(screen.availableGeometry().topLeft())
            return True
    return False


def show_file(path: Path) -> None:
    """Show the folder that holds a file."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
