# SPDX-License-Identifier: GPL-3.0-or-later
"""What the keys of the player do. Main thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from player.playback.controller import PlaybackController
from player.ui.actions import MOST_NUMBERED_PHASES
from player.ui.pages.player_deck import RATES, STEP_MS

VOLUME_STEP = 5


class PlayerView(Protocol):
    """What keys ask of the page itself."""

    def toggle_full_screen(self) -> None: ...
    def toggle_phases(self) -> None: ...
    def toggle_queue(self) -> None: ...
    def toggle_stop(self) -> None: ...
    def escape(self) -> None: ...


def player_handlers(view: PlayerView, controller: PlaybackController) -> dict[str, Callable[[], object]]:
    """Handlers by the id of their action."""
    c = controller
    return {
        "play-pause": c.toggle,
        "back-10": lambda: c.seek_by(-STEP_MS),
        "forward-10": lambda: c.seek_by(STEP_MS),
        "louder": lambda: c.set_volume(c.volume + VOLUME_STEP),
        "softer": lambda: c.set_volume(c.volume - VOLUME_STEP),
        "mute": lambda: c.set_muted(not c.muted),
        "slower": lambda: c.set_rate(max((rate for rate in RATES if rate < c.rate), default=RATES[0])),
        "faster": lambda: c.set_rate(min((rate for rate in RATES if rate > c.rate), default=RATES[-1])),
        "normal-speed": lambda: c.set_rate(1.0),
        "mirror": lambda: c.set_mirrored(not c.mirrored),
        "full-screen": view.toggle_full_screen,
        "previous-phase": c.previous_phase,
        "next-phase": c.next_phase,
        "loop-phase": c.loop_phase,
        **{f"phase-{number}": partial(c.go_to_phase, number - 1) for number in range(1, MOST_NUMBERED_PHASES + 1)},
        "phase-list": view.toggle_phases,
        "queue": view.toggle_queue,
        "previous-class": c.previous_class,
        "next-class": c.next_class,
        "stop-after-class": view.toggle_stop,
        "leave": view.escape,
    }
