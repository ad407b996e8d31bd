# SPDX-License-Identifier: GPL-3.0-or-later
"""Files and folders dropped onto the window. Main thread; knows neither pages nor imports."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class Drops(QObject):
    """Watches `window`. `over(bool)`: files are held over it, or not any more; `dropped(list[Path])`."""

    over = Signal(bool)
    dropped = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            if _local_paths(event):
                event.acceptProposedAction()
                self.over.emit(True)
                return True
        elif event.type() == QEvent.Type.DragLeave:
            self.over.emit(False)
        elif event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self.over.emit(False)
            event.acceptProposedAction()
            self.dropped.emit(_local_paths(event))
            return True
        return False


def _local_paths(event: QDropEvent) -> list[Path]:
    """The files and folders that are dragged; nothing else is taken."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
