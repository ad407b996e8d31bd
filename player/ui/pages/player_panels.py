# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that lies over the picture of the player, and where it lies. Main thread.

What is shown when is decided in player.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QTimer, Slot
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
from player.ui.pages.up_next import DONE_LINE, SummaryLibrary, UpNextPage
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
STRIP_AFTER_MS = 2_000
"""The strip of a class is asked for when it has played so long, or when somebody points at the phase line."""
_WIDEST_LIST = 0.56


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
        self.stop_mark = Mark(theme, icons, "pause", "Stops after this class", self)
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
        for panel in (self.floor_deck, self.phases, self.mark, self.stop_mark, self.drawer):
            panel.set_shown(False)
        self.up_next.hide()
        for deck in (self.deck, self.floor_deck):
            deck.line.hovered.connect(self._on_hovered)
        self._hover_at: tuple[int, float] | None = None
        self._strip_timer = QTimer(self, singleShot=True, interval=STRIP_AFTER_MS)
        self._strip_timer.timeout.connect(self._fetch_strip)
        controller.class_changed.connect(self._forget_hover)
        pictures.strips.arrived.connect(self._strip_arrived)

    def set_less_motion(self, less: bool) -> None:
        """No growth and no cross-fades."""
        self.chip.set_less_motion(less)
        self.deck.line.set_less_motion(less)
        self.floor_deck.line.set_less_motion(less)

    def _single_shot(self, after_ms: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=after_ms)
        timer.timeout.connect(slot)
        return timer

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
        list_width = self._wide(PHASES_WIDTH)
        self.phases.setGeometry(width - EDGE - list_width, EDGE, list_width, deck.y() - 2 * EDGE)
        self.chip.set_most_width(width - 2 * EDGE - (0 if self._floor else PHASES_WIDTH + self.mark.width() + EDGE))
        self.chip.move(EDGE, EDGE)
        self._place_drawer()
        self._place_messages()
        self._place_mark()
        self._place_note()

    def _set_floor(self, floor: bool) -> None:
        """Sizes for two metres away, or for the desk."""
        self._floor = floor
        scale = float(self._theme.raw["size"]["floor" if floor else "desk"]["scale_text"])
        for panel in (self.mark, self.stop_mark, self.phases, self.drawer, self.messages, self.hover):
            panel.set_scale(scale)
        for page in (self.up_next, self.chip, self.note):
            page.set_floor(floor)
        self._arrange()

    def _wide(self, desk_width: int) -> int:
        """The width of a list at the right; from the floor it may take a little more than half of the picture."""
        scale = float(self._theme.raw["size"]["floor"]["scale_text"]) if self._floor else 1.0
        return max(desk_width, min(round(desk_width * scale), round(self.width() * _WIDEST_LIST)))

    def _place_drawer(self) -> None:
        """On Up Next as high as the window; over a class it leaves the deck alone, as the phase list does."""
        width, docked = self._wide(DRAWER_WIDTH), self._controller.up_next is not None
        if docked:
            self.drawer.setGeometry(self.width() - width, 0, width, self.height())
        else:
            deck = self.floor_deck if self._floor else self.deck
            self.drawer.setGeometry(self.width() - EDGE - width, EDGE, width, deck.y() - 2 * EDGE)
        self.drawer.set_docked(docked)
        self.up_next.set_right_margin(width if self.drawer.shown else 0)

    def _place_mark(self) -> None:
        """Beside the chip where there is room, else under it; from the floor the chip may be as wide as the window."""
        left, top = EDGE, EDGE
        if self.chip.shown and self._floor:
            top += self.chip.height() + 8
        elif self.chip.shown:
            left += self.chip.width() + 8
        for mark in self._marks():
            if mark.shown and left > EDGE and left + mark.width() > self._free_width() - EDGE:
                left = EDGE
                top += (self.chip if top == EDGE and self.chip.shown else mark).height() + 8
            mark.move(left, top)
            if mark.shown:
                left += mark.width() + 8

    def _marks(self) -> tuple[Mark, ...]:
        """What is on, from left to right."""
        return (self.mark, self.stop_mark)

    def _place_messages(self) -> None:
        """Above the deck, whether the deck is there or not (a message does not jump); on Up Next where it covers no
        button: over the card at the desk, on the picture from the floor."""
        strip, free = self.messages, self._free_width()
        most = min(640 * (2 if self._floor else 1), free - 2 * EDGE)
        if self._controller.up_next is None:
            strip.set_most_width(most)
            bottom = (self.floor_deck if self._floor else self.deck).y() - 8
            strip.move(EDGE, bottom - strip.height())
            return
        card = self.up_next.card
        place, picture = card.geometry(), card.picture_px().width() - 2 * EDGE
        if self._floor and picture >= strip.least_width:
            strip.set_most_width(picture)
            strip.move(place.left() + EDGE, place.bottom() + 1 - EDGE - strip.height())
        else:
            strip.set_most_width(most)
            above = place.top() - DONE_LINE - 4 - strip.height()
            strip.move((free - strip.width()) // 2, EDGE if self._floor else max(4, min(EDGE, above)))

    def _free_width(self) -> int:
        """What the queue or the phase list leaves of the width while it is open."""
        if self.drawer.shown:
            return self.drawer.x()
        return self.phases.x() if self.phases.shown else self.width()

    def tell(self, text: str, severity: str = "info", action: str = "") -> None:
        """A sentence over the picture."""
        self.messages.show_message(text, severity, action)
        self._place_messages()

    def show_value(self, text: str, icon: str) -> None:
        """What a key has just changed, under where the chip is."""
        self.note.show_value(text, icon)
        self._place_note()

    def _place_note(self) -> None:
        self.note.move((self._free_width() - self.note.width()) // 2, self._under_top_row())

    def _under_top_row(self) -> int:
        """Where there is room under the chip, and under the marks where these have a second row."""
        chip = 2 * EDGE + self.chip.height()
        return max([chip, *(mark.geometry().bottom() + 9 for mark in self._marks() if mark.shown and mark.y() > EDGE)])

    def _fade(self, panel: VideoPanel, shown: bool) -> None:
        motion = self._theme.motion("controls_in" if shown else "controls_out")
        panel.set_shown(shown, motion.ms if self.isVisible() else 0, motion.curve)

    # The preview over the phase line

    @Slot()
    def _forget_hover(self) -> None:
        """Another class: its strip is brought here before anybody asks, but not before its first pictures."""
        self._hover_at = None
        self.hover.set_shown(False)
        self._strip_timer.start()

    @Slot()
    def _fetch_strip(self) -> None:
        video = self._controller.class_video
        if video is not None:
            self._pictures.strips.of_class(video)

    @Slot(str)
    def _strip_arrived(self, name: str) -> None:
        video = self._controller.class_video
        if video is not None and Pictures.name_of(video.identity) == name and self._hover_at is not None:
            self._on_hovered(*self._hover_at)

    @Slot(int, float)
    def _on_hovered(self, time_ms: int, x: float) -> None:
        if time_ms < 0:
            self._hover_at = None
            self.hover.set_shown(False)
            return
        self._hover_at = (time_ms, x)
        deck = self.floor_deck if self._floor else self.deck
        phase, video = self._controller.timeline.phase_at(time_ms), self._controller.class_video
        picture = self._pictures.strips.picture(video, time_ms, phase) if video is not None else None
        bottom = deck.y() - 8
        if self.hover.size_for(phase, picture=True).height() > bottom - EDGE:
            picture = None  # a low window has room for the words
        self.hover.show_place(phase, time_ms, picture, mirrored=self._controller.mirrored)
        left = deck.x() + deck.line.x() + round(x) - self.hover.width() // 2
        left = max(EDGE, min(left, self.width() - EDGE - self.hover.width()))
        self.hover.move(left, bottom - self.hover.height())
        self.hover.raise_()
