# SPDX-License-Identifier: GPL-3.0-or-later
"""Automatic rescans give way to what the user imports, from the reading until it has been added or forgotten. Main
thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from player.system.rescans import Rescans
from player.ui.adding import Adding
from player.ui.importer import Importer


class GivingWay(QObject):
    """What waits to be looked through counts too: a class that a rescan adds meanwhile could be left out by the user
    at the same time. All parts are lent."""

    def __init__(self, rescans: Rescans, importer: Importer, adding: Adding, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rescans, self._importer, self._adding = rescans, importer, adding
        importer.started.connect(rescans.hold)
        for ended in (importer.found, importer.finished, importer.failed, importer.cancelled, adding.looked):
            ended.connect(self._look)

    @Slot()
    def _look(self) -> None:
        if not self._importer.running and not self._adding.waiting:
            self._rescans.resume()
