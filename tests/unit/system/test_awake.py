# SPDX-License-Identifier: GPL-3.0-or-later
"""The computer is kept awake exactly while something plays or is counted down to. Services stand in on a real bus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.system.awake import Awake
from player.system.bus import THE_BUS, Answer, Bus, Call
from player.system.inhibitors import PORTAL, POWER, SCREEN_SAVER, session_holders
from tests.unit.playback.player import MINUTE, Player
from tests.unit.system.conftest import Daemon, End

pytestmark = pytest.mark.usefixtures("no_sockets_left")

REQUEST = "/org/freedesktop/portal/desktop/request/1"


class Services:
    """Screen saver, power manager and portal; notes what is held."""

    def __init__(self, end: End) -> None:
        self.end = end
        self.held: set[str] = set()
        self.calls: list[Call] = []
        self._cookie = 0
        end.bus.serve(self._answer)
        for address in (SCREEN_SAVER, POWER, PORTAL):
            assert end.ask(THE_BUS, "RequestName", "su", (address.bus_name, 4)) == 1

    def _answer(self, call: Call) -> Answer:
        self.calls.append(call)
        if call.member == "Inhibit" and call.path == PORTAL.object_path:
            self.held.add(REQUEST)
            return Answer("o", (REQUEST,))
        if call.member == "Inhibit":
            self._cookie += 1
            self.held.add(f"{call.path} {self._cookie}")
            return Answer("u", (self._cookie,))
        self.held.remove(call.path if call.member == "Close" else f"{call.path} {call.body[0]}")
        return Answer()


@pytest.fixture
def services(ends: Callable[[], End]) -> Services:
    return Services(ends())


@pytest.fixture
def bus(qtbot: QtBot, daemon: Daemon) -> Iterator[Bus]:
    made = Bus()
    assert made.open(daemon.address)
    yield made
    made.close()


def test_awake_while_playing_and_counting_and_not_else(
    qtbot: QtBot, player: Player, services: Services, bus: Bus
) -> None:
    awake = Awake(player.controller, session_holders(bus))
    awake.start()
    player.controller.set_settle_ms(60_000)

    def holds(count: int) -> None:
        qtbot.waitUntil(lambda: len(services.held) == count, timeout=5000)

    assert not awake.held
    player.play(1)
    holds(3)
    player.controller.pause()
    holds(0)
    player.controller.play()
    holds(3)
    player.controller.seek(MINUTE)
    player.advance_to(3 * MINUTE)
    assert awake.held, "while it counts down"
    holds(3)
    player.controller.stay_here()
    holds(0)
    player.controller.play()
    player.settle()
    holds(3)
    player.controller.stop()
    holds(0)
    player.play(3)
    holds(3)
    awake.close()
    holds(0)


def test_each_is_told_who_and_why(qtbot: QtBot, player: Player, services: Services, bus: Bus) -> None:
    awake = Awake(player.controller, session_holders(bus))
    awake.start()
    player.play(1)
    qtbot.waitUntil(lambda: len(services.calls) == 3)
    bodies = {call.path: call.body for call in services.calls}
    assert bodies[SCREEN_SAVER.object_path] == ("Session Player", "A class is playing")
    assert bodies[POWER.object_path] == ("Session Player", "A class is playing")
    assert bodies[PORTAL.object_path] == ("", 12, {"reason": ("s", "A class is playing")})
    awake.close()


def test_an_answer_that_comes_too_late_is_given_back(
    qtbot: QtBot, player: Player, services: Services, bus: Bus
) -> None:
    awake = Awake(player.controller, session_holders(bus))
    awake.start()
    player.play(1)
    player.controller.pause()  # before any answer can have come
    qtbot.waitUntil(lambda: len(services.calls) >= 3 and not services.held, timeout=5000)
    awake.close()


def test_on_and_off_in_quick_succession_leaves_nothing_held(
    qtbot: QtBot, player: Player, services: Services, bus: Bus
) -> None:
    awake = Awake(player.controller, session_holders(bus))
    awake.start()
    player.play(1)
    for _ in range(50):
        player.controller.pause()
        player.controller.play()
    qtbot.waitUntil(lambda: len(services.held) == 3, timeout=5000)
    player.controller.pause()
    qtbot.waitUntil(lambda: not services.held, timeout=5000)
    awake.close()


def test_a_desktop_with_nothing_of_the_kind_is_no_harm(qtbot: QtBot, player: Player, client: End, bus: Bus) -> None:
    awake = Awake(player.controller, session_holders(bus))
    awake.start()
    player.play(1)
    client.ask(THE_BUS, "GetId")
    player.controller.pause()
    awake.close()


def test_without_a_bus_nothing_is_asked(player: Player, tmp_path: Path) -> None:
    awake = Awake(player.controller, session_holders(Bus()))
    awake.start()
    player.play(1)
    assert awake.held
    awake.close()
    assert not awake.held
