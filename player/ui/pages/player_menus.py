# SPDX-License-Identifier: GPL-3.0-or-later
"""The small lists of the player: captions, sleep timer, the picture, a phase. Main thread; nothing in them blocks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from player.playback.controller import PlaybackController
from player.playback.sleep_timer import SleepAt
from player.ui.theme import Theme
from player.ui.widgets.menu import Menu

if TYPE_CHECKING:
    from player.ui.pages.player_tools import PlayerTools

SLEEP_MINUTES = (15, 30, 45, 60)
COUNT_INS_MS = (0, 3000, 5000)
DELAY_STEP_MS = 50


class VideoMenu(Menu):
    """A menu over a picture: dark in every theme."""

    def __init__(self, theme: Theme, parent: QWidget, title: str = "") -> None:
        super().__init__(parent)
        dark = theme.video
        ink, off, hover = (dark.color(name).name() for name in ("text_1", "text_disabled", "control"))
        body, edge = dark.color("popover").name(), dark.color("hairline_strong").name()
        self.setTitle(title)
        self.setStyleSheet(
            f"QMenu {{ background: {body}; border: 1px solid {edge}; border-radius: 12px; padding: 6px; }}"
            f"QMenu::item {{ padding: 8px 24px 8px 12px; border-radius: 8px; background: transparent; color: {ink}; }}"
            f"QMenu::item:selected {{ background: {hover}; }}"
            f"QMenu::item:disabled {{ color: {off}; background: transparent; }}"
            f"QMenu::separator {{ height: 1px; margin: 6px 8px; background: {edge}; }}"
        )

    def add(
        self,
        words: str,
        act: Callable[[], object],
        *,
        on: bool | None = None,
        enabled: bool = True,
    ) -> None:
        """A line; `on` gives it a tick or leaves room for one."""
        action = self.addAction(words)
        action.setEnabled(enabled)
        if on is not None:
            action.setCheckable(True)
            action.setChecked(on)
        action.triggered.connect(lambda _checked: act())


def captions_menu(theme: Theme, parent: QWidget, controller: PlaybackController) -> VideoMenu:
    """Which captions are shown, and when."""
    menu, captions = VideoMenu(theme, parent, "Captions"), controller.captions
    if not captions.tracks:
        menu.add("This class has no captions", lambda: None, enabled=False)
        return menu
    menu.add("Off", partial(controller.choose_captions, None), on=captions.chosen is None)
    for index in range(len(captions.tracks)):
        why = captions.why_not(index)
        words = f"{captions.name(index)} ({why})" if why else captions.name(index)
        menu.add(words, partial(controller.choose_captions, index), on=captions.chosen == index, enabled=not why)
    menu.addSeparator()
    shown = captions.chosen is not None
    menu.add("Show earlier", partial(captions.shift, -DELAY_STEP_MS), enabled=shown)
    menu.add("Show later", partial(captions.shift, DELAY_STEP_MS), enabled=shown)
    if captions.delay_ms:
        menu.add("As written in the file", lambda: captions.shift(-captions.delay_ms))
    return menu


def sleep_menu(theme: Theme, parent: QWidget, controller: PlaybackController) -> VideoMenu:
    """When the class pauses by itself."""
    menu, sleep = VideoMenu(theme, parent, "Sleep timer"), controller.sleep_timer
    menu.add("Off", partial(sleep.set_at, SleepAt.NEVER), on=sleep.at is SleepAt.NEVER)
    for minutes in SLEEP_MINUTES:
        menu.add(f"In {minutes} minutes", partial(sleep.set_minutes, minutes), on=False)
    phases, on = bool(controller.timeline.phases), controller.class_video is not None
    at_phase, at_class = sleep.at is SleepAt.PHASE_END, sleep.at is SleepAt.CLASS_END
    menu.add("At the end of this phase", partial(sleep.set_at, SleepAt.PHASE_END), on=at_phase, enabled=phases)
    menu.add("At the end of this class", partial(sleep.set_at, SleepAt.CLASS_END), on=at_class, enabled=on)
    return menu


def count_in_menu(theme: Theme, parent: QWidget, count_in_ms: int, choose: Callable[[int], object]) -> VideoMenu:
    """How long a repeat waits before it begins."""
    menu = VideoMenu(theme, parent, "Count in before a repeat")
    for length_ms in COUNT_INS_MS:
        words = f"{length_ms // 1000} seconds" if length_ms else "Off"
        menu.add(words, partial(choose, length_ms), on=length_ms == count_in_ms)
    return menu


def picture_menu(theme: Theme, page: PlayerTools, controller: PlaybackController, count_in: QMenu) -> VideoMenu:
    """What a press of the other button on the picture offers."""
    menu = VideoMenu(theme, page)
    menu.addMenu(captions_menu(theme, menu, controller))
    menu.addMenu(sleep_menu(theme, menu, controller))
    menu.addMenu(count_in)
    menu.addSeparator()
    menu.add("Go to a time", page.ask_time)
    menu.add("To the beginning", partial(controller.seek, 0))
    menu.addSeparator()
    menu.add("Phase list", page.toggle_phases, enabled=bool(controller.timeline.phases))
    menu.add("Queue", page.toggle_queue)
    menu.add("Full screen", page.toggle_full_screen)
    return menu


def phase_menu(theme: Theme, page: PlayerTools, controller: PlaybackController, index: int) -> VideoMenu:
    """What can be done with one phase."""
    menu, video = VideoMenu(theme, page), controller.class_video
    if video is None or not 0 <= index < len(video.phases):
        return menu
    title = video.phases[index].title

    def queue(words: str, *, at_end: bool) -> None:
        controller.add_to_queue(video.id, index, at_end=at_end)
        page.tell(words)

    menu.add("Go there", partial(controller.go_to_phase, index))
    menu.addSeparator()
    menu.add("Play this phase next", partial(queue, f"“{title}” plays next.", at_end=False))
    menu.add("Add this phase to the queue", partial(queue, f"“{title}” is in the queue.", at_end=True))
    return menu


def pop_up(menu: QMenu, above: QWidget) -> None:
    """Show a list above the button that asked for it."""
    size = menu.sizeHint()
    menu.popup(above.mapToGlobal(QPoint(above.width() // 2 - size.width() // 2, -size.height() - 8)))
