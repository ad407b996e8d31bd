# SPDX-License-Identifier: GPL-3.0-or-later
"""Going to sleep and waking up, with a stand-in for logind on a real bus that hands out real descriptors."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import pytest
from jeepney import DBusAddress, HeaderFields, MessageType, message_bus, new_method_return, new_signal
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from pytestqt.qtbot import QtBot

from player.domain.playing import PlayerState
from player.playback.messages import Message
from player.system.bus import Bus
from player.system.inhibitors import LOGIND, LogindHolder
from player.system.suspend import Suspend
from tests.unit.playback.player import MINUTE, Player
from tests.unit.system.conftest import Daemon

pytestmark = pytest.mark.usefixtures("no_sockets_left")


class Logind:
    """Gives each inhibitor the writing end of a pipe, as logind does, and sees when it is closed."""

    def __init__(self, address: str) -> None:
        self._link: DBusConnection = open_dbus_connection(address, enable_fds=True)
        self._link.send_and_get_reply(message_bus.RequestName(LOGIND.bus_name))
        self.given: list[tuple[tuple[str, ...], int]] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while not self._stop.is_set():
            try:
                message = self._link.receive(timeout=0.05)
            except TimeoutError:
                continue
            if message.header.message_type is MessageType.method_call:
                assert message.header.fields[HeaderFields.member] == "Inhibit"
                read_end, write_end = os.pipe()
                os.set_blocking(read_end, False)
                self.given.append((message.body, read_end))
                self._link.send(new_method_return(message, "h", (write_end,)))
                os.close(write_end)

    def held(self) -> list[tuple[str, str]]:
        """(what, mode) of every inhibitor that has not been let go."""
        return [(body[0], body[3]) for body, read_end in self.given if not _closed(read_end)]

    def sleep(self, going: bool) -> None:
        emitter = DBusAddress(LOGIND.object_path, interface=LOGIND.interface)
        self._link.send(new_signal(emitter, "PrepareForSleep", "b", (going,)))

    def close(self) -> None:
        self._stop.set()
        self._thread.join()
        self._link.close()
        for _body, read_end in self.given:
            os.close(read_end)


def _closed(read_end: int) -> bool:
    try:
        return os.read(read_end, 1) == b""
    except BlockingIOError:
        return False


@pytest.fixture
def logind(daemon: Daemon) -> Iterator[Logind]:
    made = Logind(daemon.address)
    yield made
    made.close()


@pytest.fixture
def bus(qtbot: QtBot, daemon: Daemon) -> Iterator[Bus]:
    made = Bus()
    assert made.open(daemon.address)
    yield made
    made.close()


@pytest.fixture
def told() -> list[Message]:
    return []


@pytest.fixture
def suspend(qtbot: QtBot, logind: Logind, bus: Bus, player: Player, told: list[Message]) -> Iterator[Suspend]:
    made = Suspend(bus, player.controller, lambda: player.lane.idle)
    made.woken.connect(told.append)
    made.start()
    qtbot.waitUntil(lambda: made.delays)
    assert logind.held() == [("sleep", "delay")]
    yield made
    made.close()
    assert logind.held() == []


def test_a_class_is_paused_and_its_place_kept_before_the_computer_sleeps(
    qtbot: QtBot, logind: Logind, suspend: Suspend, player: Player, told: list[Message]
) -> None:
    player.play(1)
    player.advance_to(MINUTE + 20_000)
    logind.sleep(True)
    qtbot.waitUntil(lambda: not logind.held(), timeout=5000)
    assert player.controller.state is PlayerState.PAUSED
    kept_ms = player.library.class_video(player.ids[0]).progress.position_ms
    assert kept_ms == player.controller.position_ms
    assert told == []
    logind.sleep(False)
    qtbot.waitUntil(lambda: bool(told), timeout=5000)
    assert player.controller.state is PlayerState.PAUSED
    assert told[0].text == "The computer was asleep, so the class is paused. Press Space to go on."
    qtbot.waitUntil(lambda: logind.held() == [("sleep", "delay")], timeout=5000)


def test_a_countdown_is_stopped(
    qtbot: QtBot, logind: Logind, suspend: Suspend, player: Player, told: list[Message]
) -> None:
    player.controller.set_settle_ms(60_000)
    player.play(1)
    player.advance_to(3 * MINUTE)
    logind.sleep(True)
    qtbot.waitUntil(lambda: player.controller.state is PlayerState.HOLDING, timeout=5000)
    logind.sleep(False)
    qtbot.waitUntil(lambda: bool(told), timeout=5000)
    assert player.controller.state is PlayerState.HOLDING


def test_what_did_not_play_needs_no_message(
    qtbot: QtBot, logind: Logind, suspend: Suspend, player: Player, told: list[Message]
) -> None:
    player.play(1)
    player.controller.pause()
    logind.sleep(True)
    qtbot.waitUntil(lambda: not logind.held(), timeout=5000)
    logind.sleep(False)
    qtbot.waitUntil(lambda: logind.held() == [("sleep", "delay")], timeout=5000)
    assert player.controller.state is PlayerState.PAUSED
    assert told == []


def test_the_idle_inhibitor_is_held_and_let_go(qtbot: QtBot, logind: Logind, bus: Bus) -> None:
    holder = LogindHolder(bus)
    holder.hold()
    qtbot.waitUntil(lambda: holder.holding)
    assert logind.held() == [("idle", "block")]
    holder.release()
    assert logind.held() == []
    holder.hold()
    holder.release()
    qtbot.waitUntil(lambda: len(logind.given) == 2, timeout=5000)
    qtbot.waitUntil(lambda: logind.held() == [], timeout=5000)
