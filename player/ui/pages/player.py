# SPDX-License-Identifier: GPL-3.0-or-later
"""The player: the picture as large as the page, and everything over it. Main thread.

It follows the controller; what concerns the window (back, full screen, other pages) it tells by signals.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QMouseEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from player.domain.models import ClassVideo, PhaseKind
from player.domain.playing import PlayerState
from player.domain.queue import Queue
from player.domain.titles import split_title
from player.domain.vocabulary import Vocabulary
from player.playback.controller import PlaybackController
from player.playback.messages import Message
from player.tasks.lane import Lane
from player.ui.actions import Scope
from player.ui.icons import Icons
from player.ui.keymap import Bindings, Keymap
from player.ui.pages.controls_clock import ControlsClock
from player.ui.pages.player_keys import is_quiet, player_handlers
from player.ui.pages.player_panels import PlayerLibrary
from player.ui.pages.player_tools import PlayerTools
from player.ui.pages.player_words import chip_content, next_content, phases_line
from player.ui.pictures import Pictures
from player.ui.theme import ThemeManager
from player.ui.widgets.poster import poster

NEW_PHASE_MS = 4000
"""So long the chip of a new phase stands while the controls are hidden."""
UNDIM_AFTER_MS = 1000
"""A class without pictures: the poster gets bright after this."""
DIM = 0.72
UNDO = "Undo"


class PlayerPage(PlayerTools):
    """The page that is shown while a class plays, is paused, or has ended, with Up Next over it."""

    focus_ring = False

    back_requested = Signal()
    fullscreen_requested = Signal(bool)
    """True: fill the screen; False: be a window again. The window answers with `set_full_screen`."""
    series_requested = Signal(int)
    """The SeriesId whose page the user wants to see."""

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
        keymap: Keymap | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Without a keymap the keys are those of the table."""
        keymap = keymap or Keymap()
        super().__init__(
            themes=themes,
            icons=icons,
            vocabulary=vocabulary,
            lane=lane,
            library=library,
            controller=controller,
            pictures=pictures,
            parent=parent,
        )
        self._full_screen = False
        self._phases_open = False
        self._undo_queue = Queue()
        idle_ms = int(themes.theme.raw["motion"]["controls_out"]["after_idle_ms"])
        self.clock = ControlsClock(idle_ms, self._pinned, self, quiet=partial(is_quiet, keymap))
        self._chip_timer = self._single_shot(NEW_PHASE_MS, self._show_controls)
        self._undim_timer = self._single_shot(UNDIM_AFTER_MS, self._undim)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("Player")
        self._connect()
        Bindings(self, player_handlers(self, controller), keymap, scope=Scope.PLAYER)
        self.show_keys_of(keymap)
        stops = (
            *self.deck.stops(),
            *self.floor_deck.stops(),
            self.phases.list,
            self.phases.card,
            self.chip.back_button,
        )
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        controller = self._controller
        controller.state_changed.connect(self._on_state)
        controller.class_changed.connect(self._on_class)
        controller.position_changed.connect(self._on_position)
        controller.phase_changed.connect(self._on_phase)
        controller.loop_changed.connect(self._place_phases)
        controller.mirrored_changed.connect(self._on_mirrored)
        controller.stop_after_class_changed.connect(self._show_controls)
        controller.queue_changed.connect(self._on_queue)
        controller.up_next_changed.connect(self._on_state)
        controller.message.connect(self._on_message)
        self._pictures.arrived.connect(self._on_picture)
        self.surface.picture_shown.connect(self._on_picture_shown)
        self.clock.changed.connect(self._show_controls)
        self.clock.moved.connect(self._on_moved)
        self.chip.back_requested.connect(self.back_requested)
        self.deck.phases_requested.connect(self.toggle_phases)
        self.deck.queue_requested.connect(self.toggle_queue)
        self.deck.fullscreen_requested.connect(self.toggle_full_screen)
        self.phases.close_requested.connect(self.toggle_phases)
        self.phases.queue_requested.connect(self.toggle_queue)
        self.phases.list.phase_requested.connect(controller.go_to_phase)
        self.phases.list.loop_requested.connect(controller.loop_phase)
        self.up_next.series_requested.connect(self.series_requested)
        self.drawer.close_requested.connect(self.toggle_queue)
        self.drawer.removed.connect(self._on_removed)
        self.messages.action_chosen.connect(self._undo)
        self._on_class()
        self._on_queue()
        self._on_mirrored()

    # What the window and the user ask for

    @property
    def in_up_next(self) -> bool:
        """Whether the Up Next page is over the picture."""
        return self._controller.up_next is not None

    def set_full_screen(self, full: bool, *, floor: bool | None = None) -> None:
        """The window fills the screen, or no longer does. Who fills the screen has stepped back from it: `floor`
        None takes the sizes for two metres away then."""
        self._full_screen = full
        self.deck.set_full_screen(full)
        self._set_floor(full if floor is None else floor)
        self._show_controls()

    @Slot()
    @override
    def toggle_full_screen(self) -> None:
        self.fullscreen_requested.emit(not self._full_screen)

    @Slot()
    @override
    def toggle_phases(self) -> None:
        """The phase list, open or closed."""
        self._phases_open = not self._phases_open and bool(self._controller.timeline.phases)
        self.deck.phases.setChecked(self._phases_open)
        self.clock.wake()
        self._show_controls()

    @Slot()
    @override
    def toggle_queue(self) -> None:
        """The queue, open or closed."""
        shown = not self.drawer.shown
        motion = self._theme.motion("panel_in" if shown else "panel_out")
        self.drawer.set_shown(shown, motion.ms, motion.curve)
        self.deck.queue.setChecked(shown)
        self._place_drawer()
        self._place_messages()
        if shown:
            self.drawer.raise_()
            self.messages.raise_()
            self.drawer.take_focus()
        else:
            self.setFocus()
        self._show_controls()

    @Slot()
    def escape(self) -> None:
        """Close the topmost thing, then leave full screen, then go back."""
        if self.time_field.shown:
            self.time_field.close_field()
        elif self.drawer.shown:
            self.toggle_queue()
        elif self._phases_open and not self.in_up_next:
            self.toggle_phases()
        elif self._full_screen:
            self.fullscreen_requested.emit(False)
        else:
            self.back_requested.emit()

    @Slot()
    def toggle_stop(self) -> None:
        """Whether playing stops when this class has ended."""
        stop = not self._controller.stop_after_class
        self._controller.set_stop_after_class(stop)
        self.tell("Stops after this class." if stop else "Goes on after this class.")

    # Following the controller

    @Slot()
    def _on_class(self) -> None:
        video, timeline = self._controller.class_video, self._controller.timeline
        self.slim.set_class(timeline.phases, timeline.duration_ms)
        title = split_title(video.title)[0] if video else ""
        self.phases.set_class(title, phases_line(video), timeline.phases)
        self._phases_open = self._phases_open and bool(timeline.phases)
        self.deck.phases.setEnabled(bool(timeline.phases))
        self.deck.phases.setChecked(self._phases_open)
        self._show_poster()
        self._on_position(self._controller.position_ms)
        self._on_state()

    @Slot()
    def _on_state(self) -> None:
        over = self.in_up_next
        if over and self.up_next.isHidden():
            self._undim_timer.stop()
            self.surface.set_dim(DIM)
            self._close_panels()
            self.up_next.show()
            self.up_next.begin()
        elif not over and not self.up_next.isHidden():
            self.up_next.hide()
            self.setFocus()
            self._undim_timer.start()
        self._place_drawer()
        self._place_messages()
        self._show_controls()

    def _close_panels(self) -> None:
        for panel in (self.hover, self.note):
            panel.set_shown(False)
        self.time_field.close_field()
        self._chip_timer.stop()

    @Slot()
    def _on_picture_shown(self) -> None:
        if self._undim_timer.isActive():
            self._undim()

    @Slot()
    def _undim(self) -> None:
        """The first picture of the next class is there: only now does it get bright."""
        self._undim_timer.stop()
        if not self.in_up_next:
            self.surface.set_dim(0.0)

    @Slot(int)
    def _on_position(self, position_ms: int) -> None:
        timeline = self._controller.timeline
        phase = timeline.phase_at(position_ms)
        self.slim.set_position(position_ms)
        self._place_phases()
        self.chip.show_content(chip_content(self._controller.class_video, timeline, position_ms))
        start_ms, end_ms = (phase.start_ms, phase.end_ms) if phase else (0, timeline.duration_ms)
        self.ring.show_phase(phase.kind if phase else None, (position_ms - start_ms) / max(1, end_ms - start_ms))
        self._place_mark()

    @Slot()
    def _place_phases(self) -> None:
        controller = self._controller
        index = controller.timeline.index_at(controller.position_ms)
        self.phases.list.set_place(index, controller.position_ms, looping=controller.loops_phase)

    @Slot()
    def _on_phase(self) -> None:
        phase = self._controller.phase
        playing = self._controller.state is PlayerState.PLAYING and not self.in_up_next
        if playing and phase is not None and phase.kind is not PhaseKind.REST and not self.clock.wanted:
            self._chip_timer.start()
        else:
            self._chip_timer.stop()
        self._show_controls()

    @Slot()
    def _on_mirrored(self) -> None:
        self.surface.set_mirrored(self._controller.mirrored)
        self._show_controls()

    @Slot()
    def _on_queue(self) -> None:
        video = self._controller.next_class_video
        item = self._controller.queue.head
        if video is None or item is None:
            self.phases.set_next(None)
            return
        self.phases.set_next(next_content(video, item))
        self.phases.card.set_picture(self._picture_of(video, QSize(104, 62)))

    def _picture_of(self, video: ClassVideo, size: QSize) -> QPixmap:
        ratio = self.devicePixelRatioF()
        found = self._pictures.of_class(video, size, ratio)
        return found or poster(video.title, size.width(), size.height(), ratio)

    def _show_poster(self) -> None:
        video = self._controller.class_video
        if video is None or video.facts.has_video:
            self.surface.set_poster(QPixmap())
        else:
            self.surface.set_poster(self._picture_of(video, QSize(1280, 720)))

    @Slot(str)
    def _on_picture(self, name: str) -> None:
        following, video = self._controller.next_class_video, self._controller.class_video
        if following is not None and Pictures.name_of(following.identity) == name:
            self._on_queue()
        if video is not None and Pictures.name_of(video.identity) == name:
            self._show_poster()

    @Slot(Message)
    def _on_message(self, message: Message) -> None:
        self.tell(message.text, message.severity.value)

    @Slot(Queue)
    def _on_removed(self, before: Queue) -> None:
        self._undo_queue = before
        self.tell("Removed", action=UNDO)

    @Slot()
    def _undo(self) -> None:
        if self.messages.action == UNDO:
            self._controller.set_queue(self._undo_queue)

    # Controls

    def _pinned(self) -> bool:
        """Whether the controls must stay: nothing plays, a list is open, the pointer or a key is with them."""
        if self._controller.state is not PlayerState.PLAYING or self._phases_open or self.drawer.shown:
            return True
        if self.time_field.shown or self.deck.menu_open or QApplication.activePopupWidget() is not None:
            return True
        focused = QApplication.focusWidget()
        panels: tuple[QWidget, ...] = (self.deck, self.floor_deck, self.phases, self.chip)
        return any(
            panel.isVisible() and (panel.underMouse() or (focused is not None and panel.isAncestorOf(focused)))
            for panel in panels
        )

    @Slot()
    @override
    def _show_controls(self) -> None:
        """Bring everything over the picture to where it belongs now."""
        if self._controller.state is not PlayerState.PLAYING and not self.clock.wanted:
            self.clock.wake()
        quiet = self.in_up_next or self._controller.class_video is None
        wanted = self.clock.wanted and not quiet
        resting = self._controller.phase is not None and self._controller.phase.kind is PhaseKind.REST
        self._fade(self.deck, wanted and not self._floor)
        self._fade(self.floor_deck, wanted and self._floor)
        self._fade(self.phases, wanted and self._phases_open and not self.drawer.shown)
        announced = self._chip_timer.isActive() and not self.clock.wanted
        self._fade(self.chip, (wanted and not self._floor) or (announced and not quiet))
        seen = not quiet and (wanted or not resting)
        self._fade(self.mark, seen and self._controller.mirrored)
        self._fade(self.stop_mark, seen and self._controller.stop_after_class)
        hidden = not wanted and not quiet
        self.slim.setVisible(hidden)
        self.ring.setVisible(hidden and not resting)
        if not wanted:
            self.hover.set_shown(False)
        blank = hidden and self.isVisible()
        self.setCursor(Qt.CursorShape.BlankCursor if blank else Qt.CursorShape.ArrowCursor)
        self._show_tools(wanted=wanted, quiet=quiet)

    @Slot(QEvent)
    def _on_moved(self, event: QEvent) -> None:
        if self.in_up_next:
            self.up_next.watch(event)

    # Events

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.clock.watch(self)
        if not self.in_up_next:
            self.setFocus()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.clock.leave()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self.in_up_next:
            self.toggle_full_screen()
