# SPDX-License-Identifier: GPL-3.0-or-later
"""What the keys of the player do. Main thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtGui import QKeyEvent

from player.playback.controller import PlaybackController
from player.ui.actions import MOST_NUMBERED_PHASES
from player.ui.keymap import Keymap
from player.ui.pages.player_deck import RATES, STEP_MS, format_rate
from player.ui.pages.player_menus import DELAY_STEP_MS
from player.ui.pages.player_words import format_picture_time, loop_words

VOLUME_STEP = 5
QUIET = frozenset(
    {
        *("louder", "softer", "mute", "slower", "faster", "normal-speed", "mirror"),
        *("frame-back", "frame-forward", "loop-stretch", "loop-start", "loop-end"),
        *("captions", "captions-earlier", "captions-later"),
    }
)
"""Actions that show what they have changed by themselves and need no controls for it."""


class PlayerView(Protocol):
    """What keys ask of the page itself."""

    def toggle_full_screen(self) -> None: ...
    def toggle_phases(self) -> None: ...
    def toggle_queue(self) -> None: ...
    def toggle_stop(self) -> None: ...
    def escape(self) -> None: ...
    def ask_time(self) -> None: ...
    def next_captions(self) -> None: ...
    def shift_captions(self, step_ms: int, /) -> None: ...
    def open_sleep(self) -> None: ...
    def show_value(self, text: str, icon: str) -> None: ...


def is_quiet(keymap: Keymap, event: QKeyEvent) -> bool:
    """Whether a key is one of a QUIET action."""
    return keymap.action_of(event) in QUIET


def player_handlers(view: PlayerView, controller: PlaybackController) -> dict[str, Callable[[], object]]:
    """Handlers by the id of their action."""
    c = controller

    def sound(change: Callable[[], None]) -> Callable[[], None]:
        def act() -> None:
            change()
            view.show_value(*("Muted", "mute") if c.muted else (f"Volume {c.volume} %", "volume"))

        return act

    def speed(choose: Callable[[], float]) -> Callable[[], None]:
        def act() -> None:
            c.set_rate(choose())
            view.show_value(format_rate(c.rate), "speed")

        return act

    def mirror() -> None:
        c.set_mirrored(not c.mirrored)
        view.show_value("Mirrored" if c.mirrored else "Not mirrored", "mirror")

    def step(pictures: int) -> Callable[[], None]:
        def act() -> None:
            c.step_frame(pictures)
            if c.class_video is not None and c.class_video.facts.has_video:
                view.show_value(format_picture_time(c.position_ms), "pause")

        return act

    def loop(change: Callable[[], None]) -> Callable[[], None]:
        def act() -> None:
            change()
            view.show_value(loop_words(c.loop, c.loop_start_ms), "loop-phase")

        return act

    return {
        "play-pause": c.toggle,
        "back-10": lambda: c.seek_by(-STEP_MS),
        "forward-10": lambda: c.seek_by(STEP_MS),
        "louder": sound(lambda: c.set_volume(c.volume + VOLUME_STEP)),
        "softer": sound(lambda: c.set_volume(c.volume - VOLUME_STEP)),
        "mute": sound(lambda: c.set_muted(not c.muted)),
        "slower": speed(lambda: max((rate for rate in RATES if rate < c.rate), default=RATES[0])),
        "faster": speed(lambda: min((rate for rate in RATES if rate > c.rate), default=RATES[-1])),
        "normal-speed": speed(lambda: 1.0),
        "frame-back": step(-1),
        "frame-forward": step(1),
        "captions": view.next_captions,
        "captions-earlier": lambda: view.shift_captions(-DELAY_STEP_MS),
        "captions-later": lambda: view.shift_captions(DELAY_STEP_MS),
        "mirror": mirror,
        "full-screen": view.toggle_full_screen,
        "previous-phase": c.previous_phase,
        "next-phase": c.next_phase,
        "loop-phase": c.loop_phase,
        **{f"phase-{number}": partial(c.go_to_phase, number - 1) for number in range(1, MOST_NUMBERED_PHASES + 1)},
        "phase-list": view.toggle_phases,
        "loop-stretch": loop(c.mark_loop),
        "loop-start": loop(c.start_loop_here),
        "loop-end": loop(c.end_loop_here),
        "queue": view.toggle_queue,
        "previous-class": c.previous_class,
        "next-class": c.next_class,
        "stop-after-class": view.toggle_stop,
        "sleep-timer": view.open_sleep,
        "go-to-time": view.ask_time,
        "beginning": lambda: c.seek(0),
        "leave": view.escape,
    }
