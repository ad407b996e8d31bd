# SPDX-License-Identifier: GPL-3.0-or-later
"""Sentences for whoever sits there: on the page that is seen, over the player or in the corner of the others. Main
thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from player.playback.messages import Message
from player.ui.pages.player import PlayerPage
from player.ui.widgets.message_bar import MessageBar


class Saying(QObject):
    """`acted(str)`: the button beside a sentence was pressed; what it says tells which."""

    acted = Signal(str)

    def __init__(self, bar: MessageBar, player: PlayerPage, parent: QObject) -> None:
        super().__init__(parent)
        self._bar, self._player = bar, player
        self._offered = ""
        bar.action_chosen.connect(self._act)
        bar.gone.connect(self._withdraw)
        player.messages.action_chosen.connect(self._act_in_player)

    @Slot(Message)
    def tell(self, message: Message) -> None:
        """What the controller says; the player's page listens to it itself."""
        if not self._player.isVisible():
            self._bar.show_message(message.text, severity=message.severity)

    @Slot(str)
    @Slot(str, str)
    def say(self, text: str, action: str = "") -> None:
        """A sentence on whatever page is seen; `action` is what a button beside it says."""
        if self._player.isVisible():
            self._player.messages.show_message(text, action=action)
        else:
            self._bar.show_message(text, action=action)
        self._offered = action

    @Slot()
    def _act(self) -> None:
        action, self._offered = self._offered, ""
        if action:
            self.acted.emit(action)

    @Slot()
    def _act_in_player(self) -> None:
        if self._offered and self._player.messages.action == self._offered:
            self._act()

    @Slot()
    def _withdraw(self) -> None:
        self._offered = ""
