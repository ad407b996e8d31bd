# SPDX-License-Identifier: GPL-3.0-or-later
"""What the user chooses in the window, kept in the settings. Main thread."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from player.settings.schema import Appearance
from player.settings.store import SettingsStore
from player.ui.keymap import Keymap
from player.ui.theme import ThemeMode


class Keeping(QObject):
    """Writes each choice as it is made."""

    def __init__(self, store: SettingsStore, keymap: Keymap, parent: QObject) -> None:
        super().__init__(parent)
        self._store, self._keymap = store, keymap
        keymap.changed.connect(self._keep_keys)

    @Slot(object)
    def keep_mode(self, mode: ThemeMode) -> None:
        """Dark, light, or as the system."""
        settings = self._store.settings
        appearance = replace(settings.appearance, mode=Appearance(mode))
        self._store.change(replace(settings, appearance=appearance))

    @Slot(int)
    def keep_count_in(self, count_in_ms: int) -> None:
        """How long is counted in before a class begins."""
        settings = self._store.settings
        self._store.change(replace(settings, playback=replace(settings.playback, count_in_ms=count_in_ms)))

    @Slot()
    def _keep_keys(self) -> None:
        self._store.change(replace(self._store.settings, keys=self._keymap.changes))
