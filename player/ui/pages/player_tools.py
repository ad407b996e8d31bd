# SPDX-License-Identifier: GPL-3.0-or-later
"""What comes over the picture of the player for a while: captions, the field for a time, the offer to begin earlier,
the mark of the sleep timer, and the small lists. Main thread; it follows the controller by itself.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QMenu
from typing_extensions import override

from player.domain.models import PhaseKind
from player.playback.sleep_timer import SleepAt
from player.ui.icons import Icons
from player.ui.keymap import Keymap, key_words
from player.ui.pages import player_menus as menus
from player.ui.pages.player_panels import EDGE, PlayerPanels
from player.ui.pages.player_words import captions_words, delay_words, sleep_words
from player.ui.widgets.caption_view import CaptionView
from player.ui.widgets.phase_chip import Mark
from player.ui.widgets.resume_strip import ResumeStrip
from player.ui.widgets.time_field import TimeField
from player.ui.widgets.video_button import VideoButton

LAST_MINUTE_MS = 60_000


class PlayerTools(PlayerPanels):
    """The panels of the player with the things that come and go."""

    count_in_chosen = Signal(int)
    """How long (ms) repeats wait from now on, to be kept."""

    def __init__(self, *, icons: Icons, **needs: Any) -> None:
        """Takes what PlayerPanels takes."""
        super().__init__(icons=icons, **needs)
        self._menu: QMenu | None = None
        self.captions = CaptionView(self._theme, self)
        self.captions.stackUnder(self.slim)
        self.sleep_mark = Mark(self._theme, icons, "moon", "", self)
        self.sleep_mark.set_shown(False)
        self.time_field = TimeField(self._theme, self)
        self.resume = ResumeStrip(self._theme, icons, self)
        self._follow()

    def _follow(self) -> None:
        controller = self._controller
        self.time_field.chosen.connect(controller.seek)
        self.time_field.closed.connect(self.setFocus)
        self.resume.beginning_requested.connect(lambda: controller.seek(0))
        self.resume.phase_requested.connect(self._to_phase_start)
        controller.loop_changed.connect(self._show_loop)
        controller.count_in_changed.connect(self._show_count_in)
        controller.class_changed.connect(self._on_other_class)
        controller.phase_changed.connect(self._on_other_phase)
        controller.up_next_changed.connect(self._show_captions)
        controller.position_changed.connect(self._show_captions)
        controller.captions.said_changed.connect(self._show_captions)
        controller.captions.changed.connect(self._show_captions_button)
        controller.sleep_timer.changed.connect(self._show_sleep)
        self.deck.captions.clicked.connect(self.open_captions)
        rows = self.phases.list
        rows.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        rows.customContextMenuRequested.connect(self._open_phase_menu)
        self._show_captions_button()

    def show_keys_of(self, keymap: Keymap) -> None:
        """Tooltips name the keys of `keymap`, now and whenever they change."""

        def show() -> None:
            for name, buttons in self._buttons_of_actions().items():
                keys = [" ".join(key_words(keymap.keys(one)[0])) for one in name.split() if keymap.keys(one)]
                for button in buttons:
                    button.set_key(" ".join(keys))

        keymap.setParent(keymap.parent() or self)
        keymap.changed.connect(show)
        show()

    def _buttons_of_actions(self) -> dict[str, tuple[VideoButton, ...]]:
        deck, floor = self.deck, self.floor_deck
        return {
            "play-pause": (deck.play, floor.play),
            "previous-phase": (deck.previous, floor.previous),
            "next-phase": (deck.next, floor.next),
            "back-10": (deck.back,),
            "forward-10": (deck.forward,),
            "loop-phase": (deck.loop,),
            "slower faster": (deck.speed,),
            "mirror": (deck.mirror,),
            "captions": (deck.captions,),
            "mute": (deck.mute,),
            "phase-list": (deck.phases,),
            "queue": (deck.queue,),
            "full-screen": (deck.fullscreen,),
            "leave": (self.chip.back_button,),
        }

    # What keys ask for

    @Slot()
    def ask_time(self) -> None:
        """Ask for a time to go to; asked again, ask no more."""
        if self.time_field.shown:
            self.time_field.close_field()
        elif self._controller.class_video is not None and self._controller.up_next is None:
            self.note.set_shown(False)
            self.resume.go()
            self._place_tools()
            self.time_field.ask(self._controller.position_ms, self._controller.timeline.duration_ms)

    @Slot()
    def next_captions(self) -> None:
        """The next captions, or none; said in words."""
        self._controller.cycle_captions()
        self.show_value(captions_words(self._controller.captions), "captions")

    def shift_captions(self, step_ms: int) -> None:
        """Captions earlier or later; said in words."""
        captions = self._controller.captions
        if captions.chosen is None:
            self.show_value(captions_words(captions), "captions")
            return
        captions.shift(step_ms)
        self.show_value(delay_words(captions.delay_ms), "captions")

    # Lists

    @Slot()
    def open_captions(self) -> None:
        """The list of captions, above its button."""
        self.deck.captions.setChecked(self._controller.captions.chosen is not None)
        menus.pop_up(self._keep(menus.captions_menu(self._theme, self, self._controller)), self.deck.captions)

    @Slot()
    def open_sleep(self) -> None:
        """The list of the sleep timer, in the middle of the picture."""
        menu = self._keep(menus.sleep_menu(self._theme, self, self._controller))
        size = menu.sizeHint()
        menu.popup(self.mapToGlobal(QPoint((self.width() - size.width()) // 2, (self.height() - size.height()) // 2)))

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._controller.class_video is None or self._controller.up_next is not None:
            return
        chosen = self._controller.count_in_ms
        count_in = menus.count_in_menu(self._theme, self, chosen, self.choose_count_in)
        menu = menus.picture_menu(self._theme, self, self._controller, count_in)
        count_in.setParent(menu, count_in.windowFlags())
        self._keep(menu).popup(event.globalPos())

    @Slot(QPoint)
    def _open_phase_menu(self, place: QPoint) -> None:
        rows = self.phases.list
        index = rows.indexAt(place)
        if index.isValid():
            menu = menus.phase_menu(self._theme, self, self._controller, index.row())
            self._keep(menu).popup(rows.viewport().mapToGlobal(place))

    def _keep(self, menu: QMenu) -> QMenu:
        """One list at a time; the former one goes."""
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = menu
        return menu

    def choose_count_in(self, count_in_ms: int) -> None:
        """How long repeats wait from now on."""
        self._controller.set_count_in_ms(count_in_ms)
        self.count_in_chosen.emit(count_in_ms)

    # Following the controller

    @Slot()
    def _on_other_class(self) -> None:
        self.time_field.close_field()
        resumed_ms = self._controller.resumed_ms
        if resumed_ms is None:
            self.resume.go()
            return
        phase = self._controller.phase
        near = phase is not None and resumed_ms - phase.start_ms < 1000
        self.resume.offer(resumed_ms, phase.title if phase else "", at_phase_start=near)
        self._place_tools()

    @Slot()
    def _on_other_phase(self) -> None:
        if self._controller.resumed_ms is None:  # else the class has just begun
            self.resume.go()

    @Slot()
    def _to_phase_start(self) -> None:
        if self._controller.phase_index is not None:
            self._controller.go_to_phase(self._controller.phase_index)

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

    @Slot()
    def _show_captions(self) -> None:
        said = self._controller.captions.said
        if said is None or self._controller.up_next is not None:
            self.captions.show_words("", 0.0)
            return
        passed = (self._controller.position_ms - said.start_ms) / max(1, said.end_ms - said.start_ms)
        self.captions.show_words(said.text, passed)

    @Slot()
    def _show_captions_button(self) -> None:
        captions = self._controller.captions
        self.deck.set_captions(bool(captions.tracks), on=captions.chosen is not None)

    @Slot()
    def _show_sleep(self) -> None:
        sleep = self._controller.sleep_timer
        if sleep.at is not SleepAt.NEVER:
            self.sleep_mark.set_word(sleep_words(sleep.at, sleep.left_ms))
        self._show_controls()

    # What the page itself does

    def toggle_queue(self) -> None:
        raise NotImplementedError

    def toggle_phases(self) -> None:
        raise NotImplementedError

    def toggle_full_screen(self) -> None:
        raise NotImplementedError

    def _show_controls(self) -> None:
        """Bring everything over the picture to where it belongs now."""
        raise NotImplementedError

    def _show_tools(self, *, wanted: bool, quiet: bool) -> None:
        """`wanted`: the controls are; `quiet`: nothing but the Up Next page is to be seen."""
        sleep, phase = self._controller.sleep_timer, self._controller.phase
        soon = (sleep.left_ms or LAST_MINUTE_MS) < LAST_MINUTE_MS
        resting = phase is not None and phase.kind is PhaseKind.REST
        seen = sleep.at is not SleepAt.NEVER and not quiet and (wanted or (soon and not resting))
        self._fade(self.sleep_mark, seen)
        if quiet:
            self.resume.go()
        self._place_mark()
        self._place_tools()

    # Places

    @override
    def _arrange(self) -> None:
        super()._arrange()
        self._place_tools()

    @override
    def _set_floor(self, floor: bool) -> None:
        scale = float(self._theme.raw["size"]["floor" if floor else "desk"]["scale_text"])
        for panel in (self.time_field, self.resume, self.sleep_mark):
            panel.set_scale(scale)
        self.captions.set_floor(floor)
        super()._set_floor(floor)

    @override
    def _marks(self) -> tuple[Mark, ...]:
        return (*super()._marks(), self.sleep_mark)

    def _place_tools(self) -> None:
        for panel in (self.time_field, self.resume):
            panel.move((self._free_width() - panel.width()) // 2, self._under_top_row())
        self._place_captions()

    def _place_captions(self) -> None:
        """Above the controls where these are there, above a message too; else near the lower edge."""
        deck = self.floor_deck if self._floor else self.deck
        bottom = self.height() - self.slim.height() - round(self.height() * 0.04)
        if deck.shown:
            bottom = deck.y() - EDGE
        if self.messages.shown:
            bottom = min(bottom, self.messages.y() - EDGE // 2)
        free = self._free_width()
        self.captions.set_place(free // 2, bottom, free)
