# SPDX-License-Identifier: GPL-3.0-or-later
"""MPRIS: what desktops, media keys, headsets, phones and `playerctl` steer players with. Main thread.

Next and previous mean classes, never phases. Who may ask is the session bus's business: it lets in nobody but its user.
"""

from __future__ import annotations

import logging
import math
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import unquote_to_bytes, urlsplit

from PySide6.QtCore import QObject, QTimer, Slot

from player.domain.models import ClassVideo
from player.domain.playing import PlayerState
from player.playback.controller import PlaybackController
from player.playback.engine import MAX_RATE, MIN_RATE
from player.system.bus import THE_BUS, Answer, Body, Bus, Call, CallError
from player.system.mpris_facts import US_PER_MS, player_properties, root_properties, track_path
from player.system.mpris_words import (
    ANSWERS,
    INTROSPECTABLE,
    METHODS,
    NAME,
    NEVER_SIGNALLED,
    PATH,
    PEER,
    PLAYER,
    PROPERTIES,
    PROPERTY_TYPES,
    ROOT,
    Access,
    Variant,
    introspection,
    introspection_above,
)

log = logging.getLogger(__name__)

DO_NOT_QUEUE = 4
OWNED = (1, 4)
"""Answers to RequestName: it is ours now, or was already."""
_ERROR = "org.freedesktop.DBus.Error."


@dataclass(frozen=True, slots=True)
class WindowWays:
    """What is asked of the window."""

    show: Callable[[], None]
    quit: Callable[[], None]
    open_file: Callable[[Path], None]
    """Import a file as any other, and play it."""
    go_on: Callable[[], None]
    """Play the class that is under way, where none is on."""
    full_screen: Callable[[], bool]
    set_full_screen: Callable[[bool], None]
    picture_of: Callable[[ClassVideo], Path | None]
    """A picture of the class, as far as there is one by now."""


class Mpris(QObject):
    """Serves the player on a bus from `start` until the bus is closed."""

    def __init__(
        self, bus: Bus, controller: PlaybackController, window: WindowWays, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bus, self._controller, self._window = bus, controller, window
        self._told: dict[str, dict[str, Variant]] = {ROOT: {}, PLAYER: {}}
        self._can_begin = False
        self._picture: Path | None = None
        self._jumped = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._tell)
        self._methods = self._player_methods()
        self._setters: dict[str, Callable[[object], None]] = {
            "Fullscreen": self._set_full_screen,
            "LoopStatus": self._set_loop,
            "Rate": self._set_rate,
            "Volume": self._set_volume,
        }

    def _player_methods(self) -> dict[tuple[str, str], Callable[..., None]]:
        controller, window = self._controller, self._window
        return {
            (ROOT, "Raise"): window.show,
            (ROOT, "Quit"): lambda: QTimer.singleShot(0, self, window.quit),  # the answer goes first
            (PLAYER, "Next"): self._next,
            (PLAYER, "Previous"): controller.previous_class,
            (PLAYER, "Pause"): controller.pause,
            (PLAYER, "PlayPause"): self._play_pause,
            (PLAYER, "Stop"): controller.stop,
            (PLAYER, "Play"): self._play,
            (PLAYER, "Seek"): self._seek,
            (PLAYER, "SetPosition"): self._set_position,
            (PLAYER, "OpenUri"): self._open,
        }

    def start(self) -> None:
        """Take the name and tell from now on what changes."""
        controller = self._controller
        self._look_at_picture()
        self._told = self._properties()
        self._bus.serve(self._handle)
        self._request(NAME, lambda: self._request(f"{NAME}.instance{os.getpid()}", _no_name))
        for changed in (
            *(controller.state_changed, controller.loop_changed, controller.queue_changed),
            *(controller.up_next_changed, controller.rate_changed, controller.volume_changed),
        ):
            changed.connect(self.look)
        controller.class_changed.connect(self._on_class)
        controller.state_changed.connect(self._on_state)
        controller.engine.seeked.connect(self._on_jump)

    def _request(self, name: str, refused: Callable[[], None]) -> None:
        def answered(body: Body) -> None:
            if body[0] in OWNED:
                log.info("On the session bus as %s", name)
            else:
                refused()

        self._bus.call(THE_BUS, "RequestName", "su", (name, DO_NOT_QUEUE), done=answered)

    # What is told

    @Slot()
    def look(self) -> None:
        """Something may have changed: compare with what was told last, and tell the difference, soon."""
        self._soon.start()

    @Slot()
    def look_at_picture(self) -> None:
        """A picture has come into being."""
        self._look_at_picture()
        self.look()

    def set_can_begin(self, can_begin: bool) -> None:
        """Whether there is a class to go on with where none is on."""
        self._can_begin = can_begin
        self.look()

    @Slot()
    def _on_class(self) -> None:
        self._look_at_picture()
        self._on_jump()

    @Slot()
    def _on_state(self) -> None:
        if self._controller.state in (PlayerState.UP_NEXT, PlayerState.HOLDING):
            self._on_jump()  # perhaps the end was not played to but jumped to

    @Slot()
    def _on_jump(self) -> None:
        self._jumped = True
        self.look()

    def _look_at_picture(self) -> None:
        video = self._controller.class_video
        self._picture = self._window.picture_of(video) if video else None

    def _properties(self) -> dict[str, dict[str, Variant]]:
        return {
            ROOT: root_properties(full_screen=self._window.full_screen()),
            PLAYER: player_properties(self._controller, self._picture, can_begin=self._can_begin),
        }

    @Slot()
    def _tell(self) -> None:
        now, before = self._properties(), self._told
        self._told = now
        for interface, values in now.items():
            changed = {name: value for name, value in values.items() if before[interface].get(name) != value}
            if changed:
                self._bus.signal(PATH, PROPERTIES, "PropertiesChanged", "sa{sv}as", (interface, changed, []))
        if self._jumped:
            self._jumped = False
            self._bus.signal(PATH, PLAYER, "Seeked", "x", (self._position_us(),))

    def _position_us(self) -> int:
        return self._controller.position_ms * US_PER_MS

    # What is asked

    def _handle(self, call: Call) -> Answer:
        if call.path != PATH:
            return self._above(call)
        interface = call.interface or _interface_of(call.member)
        wanted = METHODS.get(interface)
        if wanted is None:
            raise CallError(f"{_ERROR}UnknownInterface", f"There is no interface {interface} here.")
        if call.member not in wanted:
            raise CallError(f"{_ERROR}UnknownMethod", f"There is no method {call.member} in {interface}.")
        if call.signature != wanted[call.member]:
            raise CallError(f"{_ERROR}InvalidArgs", f"{call.member} takes “{wanted[call.member]}”.")
        if interface == PROPERTIES:
            return self._handle_property(call)
        if interface in (INTROSPECTABLE, PEER):
            return _handle_usual(call.member, introspection())
        self._methods[interface, call.member](*call.body)
        return Answer()

    def _above(self, call: Call) -> Answer:
        description = introspection_above(call.path)
        if call.interface == PEER or (call.member == "Introspect" and description is not None):
            return _handle_usual(call.member, description or "")
        raise CallError(f"{_ERROR}UnknownObject", f"There is nothing at {call.path}.")

    def _handle_property(self, call: Call) -> Answer:
        interface = cast(str, call.body[0])
        known = PROPERTY_TYPES.get(interface)
        if known is None:
            raise CallError(f"{_ERROR}UnknownInterface", f"There is no interface {interface} here.")
        if call.member == "GetAll":
            values = self._properties()[interface]
            if interface == PLAYER:
                values["Position"] = ("x", self._position_us())
            return Answer(ANSWERS["GetAll"], (values,))
        name = cast(str, call.body[1])
        if name not in known:
            raise CallError(f"{_ERROR}UnknownProperty", f"There is no property {name} in {interface}.")
        kind, access = known[name]
        if call.member == "Get":
            value = ("x", self._position_us()) if name in NEVER_SIGNALLED else self._properties()[interface][name]
            return Answer(ANSWERS["Get"], (value,))
        if access is not Access.READ_WRITE:
            raise CallError(f"{_ERROR}PropertyReadOnly", f"{name} can only be read.")
        sent_kind, value_sent = cast(Variant, call.body[2])
        if sent_kind != kind:
            raise CallError(f"{_ERROR}InvalidArgs", f"{name} takes “{kind}”.")
        self._setters[name](value_sent)
        return Answer()

    # Doing it

    def _play(self) -> None:
        if self._controller.state is PlayerState.IDLE:
            self._window.go_on()
        else:
            self._controller.play()

    def _play_pause(self) -> None:
        if self._controller.state is PlayerState.PLAYING:
            self._controller.pause()
        else:
            self._play()

    def _next(self) -> None:
        if self._controller.queue.head is not None:  # else there is nothing to do, as the specification has it
            self._controller.next_class()

    def _seek(self, offset_us: int) -> None:
        """Beyond the end means the next class; where there is none, the end."""
        controller = self._controller
        if controller.class_video is None:
            return
        target_ms = controller.position_ms + int(offset_us / US_PER_MS)
        if target_ms > controller.timeline.duration_ms and controller.queue.head is not None:
            controller.next_class()
        else:
            controller.seek(max(0, target_ms))

    def _set_position(self, track: str, position_us: int) -> None:
        """Ignored for another class than the one that is on (the asker was late), and outside of it."""
        controller = self._controller
        video = controller.class_video
        if video is None or track != track_path(video):
            return
        if 0 <= position_us <= controller.timeline.duration_ms * US_PER_MS:
            controller.seek(position_us // US_PER_MS)

    def _open(self, uri: str) -> None:
        path = local_path(uri)
        if path is None:
            raise CallError(f"{_ERROR}NotSupported", "Only files on this computer can be opened.")
        if path.is_dir():  # its files would all be imported, and the folder be watched from then on
            raise CallError(f"{_ERROR}NotSupported", "Only files can be opened, not folders.")
        self._window.open_file(path)

    def _set_full_screen(self, value: object) -> None:
        self._window.set_full_screen(bool(value))
        self.look()

    def _set_loop(self, value: object) -> None:
        """Track repeats the running phase, as the key for it does; a class without phases repeats as a whole."""
        if value not in ("None", "Track", "Playlist"):
            raise CallError(f"{_ERROR}InvalidArgs", "LoopStatus is None or Track.")
        if value == "Playlist":
            raise CallError(f"{_ERROR}NotSupported", "A series cannot be repeated, only a phase (Track).")
        controller = self._controller
        if (value == "Track") == (controller.loop is not None):
            return
        if controller.loop is None and not controller.timeline.phases:
            controller.set_loop(0, controller.timeline.duration_ms)
        else:
            controller.loop_phase()

    def _set_rate(self, value: object) -> None:
        rate = cast(float, value)
        if rate == 0.0:
            self._controller.pause()
        elif MIN_RATE <= rate <= MAX_RATE:
            self._controller.set_rate(rate)

    def _set_volume(self, value: object) -> None:
        volume = cast(float, value)
        if not math.isnan(volume):
            self._controller.set_volume(round(max(0.0, min(volume, 10.0)) * 100))


def local_path(uri: str) -> Path | None:
    """The file a URI means; None for anything that is not a file of this computer."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    if parts.scheme.lower() != "file" or parts.netloc not in ("", "localhost"):
        return None
    path = Path(os.fsdecode(unquote_to_bytes(parts.path)))
    return path if path.is_absolute() and "\0" not in str(path) else None


def _interface_of(member: str) -> str:
    """Callers may leave the interface out."""
    return next((interface for interface, methods in METHODS.items() if member in methods), "")


def _handle_usual(member: str, description: str) -> Answer:
    if member == "Introspect":
        return Answer("s", (description,))
    if member == "GetMachineId":
        try:
            return Answer("s", (Path("/etc/machine-id").read_text(encoding="ascii").strip(),))
        except (OSError, ValueError) as error:
            raise CallError(f"{_ERROR}NotSupported", "This machine has no id.") from error
    return Answer()


def _no_name() -> None:
    log.info("The session bus gives this player no name, so desktops do not see it")
