# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection to a real bus of the test's own."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from jeepney import DBusAddress
from pytestqt.qtbot import QtBot

from player.system.bus import THE_BUS, Answer, Bus, Call, CallError, session_address
from tests.unit.system.conftest import Daemon, End

pytestmark = pytest.mark.usefixtures("no_sockets_left")

NAME = "org.example.Test"
THERE = DBusAddress("/there", NAME, NAME)


def served(end: End, answer: Callable[[Call], Answer]) -> None:
    end.bus.serve(answer)
    assert end.ask(THE_BUS, "RequestName", "su", (NAME, 4)) == 1


def test_what_is_said_before_the_bus_lets_us_in_waits(qtbot: QtBot, client: End) -> None:
    assert NAME not in client.ask(THE_BUS, "ListNames")


@pytest.mark.parametrize("number", [0, 1, -1, 2**31, 2**53 + 1, -(2**62)])
def test_numbers_of_64_bits_go_and_come_whole(ends: Callable[[], End], number: int) -> None:
    server, client = ends(), ends()
    served(server, lambda call: Answer("xa{sv}", (call.body[0], {"n": ("x", number)})))
    told: list[tuple[object, ...]] = []
    client.bus.call(THERE, "Echo", "x", (number,), done=told.append)
    client._qtbot.waitUntil(lambda: bool(told))
    assert told == [(number, {"n": ("x", number)})]


def test_errors_arrive_as_sentences(ends: Callable[[], End], caplog: pytest.LogCaptureFixture) -> None:
    server, client = ends(), ends()

    def refuse(call: Call) -> Answer:
        if call.member == "Broken":
            raise RuntimeError
        raise CallError("org.example.No", "That cannot be done.")

    served(server, refuse)
    with pytest.raises(CallError, match="That cannot be done"):
        client.ask(THERE, "Anything")
    with pytest.raises(CallError, match="log tells more") as caught:
        client.ask(THERE, "Broken")
    assert caught.value.name == "org.freedesktop.DBus.Error.Failed"


def test_much_at_once_goes_through(ends: Callable[[], End]) -> None:
    """More than a socket takes in one go, in both directions."""
    server, client = ends(), ends()
    served(server, lambda call: Answer(call.signature, call.body))
    text = "Å" * 2_000_000
    assert client.ask(THERE, "Echo", "s", (text,)) == text


def test_signals_are_heard_from_their_sender_only(qtbot: QtBot, ends: Callable[[], End]) -> None:
    server, stranger, client = ends(), ends(), ends()
    served(server, lambda _call: Answer())
    heard: list[object] = []
    client.bus.watch(NAME, "/there", NAME, "Happened", heard.append)
    client.ask(THE_BUS, "GetId")
    for end, number in ((stranger, 1), (server, 2)):
        end.bus.signal("/there", NAME, "Happened", "i", (number,))
        end.ask(THE_BUS, "GetId")
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [(2,)]


def test_a_bus_that_goes_away_is_told_once(qtbot: QtBot, daemon: Daemon, client: End) -> None:
    client.ask(THE_BUS, "GetId")
    with qtbot.waitSignal(client.bus.lost, timeout=5000):
        daemon._process.terminate()
    assert not client.bus.is_open
    client.bus.call(THE_BUS, "GetId")
    client.bus.signal("/there", NAME, "Happened", "", ())
    client.bus.close()


@pytest.mark.parametrize("address", ["", "nonsense", "tcp:host=localhost,port=1", "unix:path=/nowhere/bus"])
def test_no_bus_is_no_error(address: str) -> None:
    bus = Bus()
    assert not bus.open(address)
    bus.close()


def test_a_bus_that_never_answers_holds_up_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / "bus"))
        silent.listen()
        bus = Bus()
        begun_s = time.monotonic()
        assert bus.open(f"unix:path={tmp_path / 'bus'}")
        bus.call(THE_BUS, "GetId")
        bus.close()
        assert time.monotonic() - begun_s < 1


def test_a_bus_that_refuses_us_is_lost(qtbot: QtBot, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "bus"))
        listening.listen()

        def refuse() -> None:
            link, _address = listening.accept()
            with link:
                link.recv(100)
                link.sendall(b"REJECTED\r\n")
                link.recv(100)

        thread = threading.Thread(target=refuse)
        thread.start()
        bus = Bus()
        with qtbot.waitSignal(bus.lost, timeout=5000):
            assert bus.open(f"unix:path={tmp_path / 'bus'}")
        thread.join()


def test_last_words_reach_the_bus(qtbot: QtBot, ends: Callable[[], End]) -> None:
    server, client = ends(), ends()
    heard: list[Call] = []
    served(server, lambda call: heard.append(call) or Answer())
    client.bus.call(THERE, "Bye")
    client.bus.close()
    qtbot.waitUntil(lambda: bool(heard))


def test_where_the_session_bus_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert session_address() == ""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "bus"))
        assert session_address() == f"unix:path={tmp_path / 'bus'}"
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/a")
    assert session_address() == "unix:path=/a"
