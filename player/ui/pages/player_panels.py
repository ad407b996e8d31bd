# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that lies over the picture of the player, and where it lies. Main thread.

What is shown when is decided in player.py.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from player.domain.models import ClassId, ClassVideo
from player.domain.vocabulary import Vocabulary
from player.playback.controller import PlaybackController
from player.tasks.lane import Lane
from player.ui.icons import Icons
from player.ui.pages.floor_deck import FloorDeck
from player.ui.pages.player_deck import DECK_HEIGHT, Deck
from player.ui.pages.queue_drawer import DRAWER_WIDTH, QueueDrawer
from player.ui.pages.up_next import SummaryLibrary, UpNextPage
from player.ui.pictures import Pictures
from player.ui.theme import ThemeManager
from player.ui.widgets.hover_card import HoverCard
from player.ui.widgets.message_strip import MessageStrip
from player.ui.widgets.phase_chip import Mark, PhaseChip
from player.ui.widgets.phase_panel import WIDTH as PHASES_WIDTH
from player.ui.widgets.phase_panel import PhasePanel
from player.ui.widgets.ring import RingDisc
from player.ui.widgets.slim_line import SlimLine
from player.ui.widgets.value_note import ValueNote
from player.ui.widgets.video_panel import VideoPanel
from player.ui.widgets.video_surface import VideoSurface

EDGE = 16


class PlayerLibrary(SummaryLibrary, Protocol):
    """What the player's pages read of the library (on a lane)."""

    def class_video(self, class_id: ClassId, /) -> ClassVideo: ...


class PlayerPanels(QWidget):
    """The picture with its panels, each where the design wants it, at the desk or from the floor."""

    def __init__(
        self,
        *,
        themes: ThemeManager,
        icons: Icons,
        vocabulary: Vocabulary,
        lane: Lane,
        library: PlayerLibrary,
        controller: PlaybackController,
        pictures: Pictures,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = themes.theme
        self._theme, self._controller, self._pictures = theme.video, controller, pictures
        self._floor = False
        self.surface = VideoSurface(controller.engine.frames, self)
        self.slim = SlimLine(theme, self)
        self.ring = RingDisc(theme, icons, self)
        self.chip = PhaseChip(theme, icons, self)
        self.mark = Mark(theme, icons, "mirror", "Mirrored", self)
        self.deck = Deck(theme, icons, controller, self)
        self.floor_deck = FloorDeck(theme, icons, controller, self)
        self.phases = PhasePanel(theme, icons, self)
        self.hover = HoverCard(theme, icons, self)
        self.up_next = UpNextPage(
            theme,
            icons,
            vocabulary=vocabulary,
            lane=lane,
            library=library,
            controller=controller,
            pictures=pictures,
            parent=self,
        )
        self.drawer = QueueDrawer(
            theme, icons, lane=lane, library=library, controller=controller, pictures=pictures, parent=self
        )
        self.messages = MessageStrip(theme, icons, self)
        self.note = ValueNote(theme, icons, self)
        for panel in (self.floor_deck, self.phases, self.mark, self.drawer):
            panel.set_shown(False)
        self.up_next.hide()
        for deck in (self.deck, self.floor_deck):
            deck.line.hovered.connect(self._on_hovered)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        width, height = self.width(), self.height()
        self.surface.setGeometry(0, 0, width, height)
        self.up_next.setGeometry(0, 0, width, height)
        self.slim.setGeometry(0, height - self.slim.height(), width, self.slim.height())
        self.ring.move(width - 28 - self.ring.width(), height - 32 - self.ring.height())
        self.deck.setGeometry(EDGE, height - EDGE - DECK_HEIGHT, width - 2 * EDGE, DECK_HEIGHT)
        floor_height = self.floor_deck.height_for(width - 2 * EDGE)
        self.floor_deck.setGeometry(EDGE, height - EDGE - floor_height, width - 2 * EDGE, floor_height)
        deck = self.floor_deck if self._floor else self.deck
        self.phases.setGeometry(width - EDGE - PHASES_WIDTH, EDGE, PHASES_WIDTH, deck.y() - 2 * EDGE)
        self.chip.set_most_width(width - 2 * EDGE - (0 if self._floor else PHASES_WIDTH + self.mark.width() + EDGE))
        self.chip.move(EDGE, EDGE)
        self.drawer.setGeometry(width - DRAWER_WIDTH, 0, DRAWER_WIDTH, height)
        self.messages.set_most_width(min(640, width - 2 * EDGE))
        self._place_messages()
        self._place_mark()
        self._place_note()

    def _place_mark(self) -> None:
        self.mark.move(EDGE + self.chip.width() + 8 if self.chip.shown else EDGE, EDGE)

    def _place_messages(self) -> None:
        """Above the deck, whether the deck is there or not (a message does not jump); low on Up Next."""
        deck = self.floor_deck if self._floor else self.deck
        bottom = deck.y() - 8 if self._controller.up_next is None else self.height() - EDGE
        self.messages.move(EDGE, bottom - self.messages.height())

    def show_value(self, text: str, icon: str) -> None:
        """What a key has just changed, under where the chip is."""
        self.note.show_value(text, icon)
        self._place_note()

    def _place_note(self) -> None:
        self.note.move((self.width() - self.note.width()) // 2, 2 * EDGE + self.chip.height())

    def _fade(self, panel: VideoPanel, shown: bool) -> None:
        motion = self._theme.motion("controls_in" if shown else "controls_out")
        panel.set_shown(shown, motion.ms if self.isVisible() else 0, motion.curve)

    @Slot(int, float)
    def _on_hovered(self, time_ms: int, x: float) -> None:
        if time_ms < 0:
            self.hover.set_shown(False)
            return
        deck = self.floor_deck if self._floor else self.deck
        phase = self._controller.timeline.phase_at(time_ms)
        self.hover.show_place(phase, time_ms)
        left = deck.x() + deck.line.x() + round(x) - self.hover.width() // 2
        left = max(EDGE, min(left, self.width() - EDGE - self.hover.width()))
        self.hover.move(left, deck.y() - 8 - self.hover.height())
