# SPDX-License-Identifier: GPL-3.0-or-later
"""What a key brings over the picture of the player for a moment, and what it shows of the controller. Main thread."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from typing_extensions import override

from player.ui.pages.player_panels import EDGE, PlayerPanels
from player.ui.widgets.time_field import TimeField


class PlayerTools(PlayerPanels):
    """The panels of the player with the small things that come and go."""

    def __init__(self, **needs: Any) -> None:
        """Takes what PlayerPanels takes."""
        super().__init__(**needs)
        self.time_field = TimeField(self._theme, self)
        self.time_field.chosen.connect(self._controller.seek)
        self.time_field.closed.connect(self.setFocus)
        self._controller.loop_changed.connect(self._show_loop)
        self._controller.count_in_changed.connect(self._show_count_in)
        self._controller.class_changed.connect(self.time_field.close_field)

    @Slot()
    def ask_time(self) -> None:
        """Ask for a time to go to; asked again, ask no more."""
        if self.time_field.shown:
            self.time_field.close_field()
        elif self._controller.class_video is not None and self._controller.up_next is None:
            self.note.set_shown(False)
            self._place_tools()
            self.time_field.ask(self._controller.position_ms, self._controller.timeline.duration_ms)

    @Slot()
    def _show_loop(self) -> None:
        self.slim.set_loop(self._controller.loop, self._controller.loop_start_ms)

    @Slot()
    def _show_count_in(self) -> None:
        left_ms = self._controller.count_in_left_ms
        if left_ms is None:
            self.note.set_shown(False)
            return
        words = f"Again in {-(-left_ms // 1000)}"
        if words != self.note.text:
            self.show_value(words, "loop-phase")

    @override
    def _arrange(self) -> None:
        super()._arrange()
        self._place_tools()

    @override
    def _set_floor(self, floor: bool) -> None:
        scale = float(self._theme.raw["size"]["floor" if floor else "desk"]["scale_text"])
        self.time_field.set_scale(scale)
        super()._set_floor(floor)

    def _place_tools(self) -> None:
        field = self.time_field
        field.move((self._free_width() - field.width()) // 2, 2 * EDGE + self.chip.height())
