# SPDX-License-Identifier: GPL-3.0-or-later
"""A message bus of the test's own, ends of it in this process, and a player with a clock moved by hand."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jeepney import DBusAddress
from pytestqt.qtbot import QtBot

from player.system.bus import Bus, CallError
from tests.unit.playback.player import Player

CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
 <type>session</type>
 <listen>unix:path={socket}</listen>
 <auth>EXTERNAL</auth>
 <policy context="default">
  <allow send_destination="*" eavesdrop="false"/>
  <allow receive_sender="*"/>
  <allow own="*"/>
 </policy>
</busconfig>
"""


class Daemon:
    """A bus that starts no services by itself."""

    def __init__(self, folder: Path) -> None:
        configuration = folder / "bus.conf"
        configuration.write_text(CONFIGURATION.format(socket=folder / "bus"))
        self._process = subprocess.Popen(
            ["dbus-daemon", "--nofork", "--print-address=1", f"--config-file={configuration}"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().strip()
        assert self.address

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(10)
        assert self._process.stdout is not None
        self._process.stdout.close()


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[Daemon]:
    if not shutil.which("dbus-daemon"):
        pytest.skip("dbus-daemon is not installed, so there is no bus to test with")
    made = Daemon(tmp_path)
    yield made
    made.close()


class End:
    """One connection to the bus, with short words for what tests do."""

    def __init__(self, qtbot: QtBot, address: str) -> None:
        self._qtbot = qtbot
        self.bus = Bus()
        assert self.bus.open(address)

    def ask(self, address: DBusAddress, member: str, signature: str = "", body: tuple[Any, ...] = ()) -> Any:
        """The answer's first value (None where it has none); raises CallError."""
        told: list[Any] = []
        self.bus.call(address, member, signature, body, done=told.append, failed=told.append)
        self._qtbot.waitUntil(lambda: bool(told), timeout=5000)
        if isinstance(told[0], CallError):
            raise told[0]
        return told[0][0] if told[0] else None


@pytest.fixture
def ends(qtbot: QtBot, daemon: Daemon) -> Iterator[Callable[[], End]]:
    """Makes connections."""
    made: list[End] = []

    def connect() -> End:
        made.append(End(qtbot, daemon.address))
        return made[-1]

    yield connect
    for end in made:
        end.bus.close()


@pytest.fixture
def client(ends: Callable[[], End]) -> End:
    return ends()


@pytest.fixture
def player(qtbot: QtBot, tmp_path: Path) -> Iterator[Player]:
    made = Player(qtbot, tmp_path)
    yield made
    made.close()


@pytest.fixture
def no_sockets_left() -> Iterator[None]:
    """Every descriptor that a test opens is closed again."""
    before = set(os.listdir("/proc/self/fd"))
    yield
    left = {
        number: os.readlink(f"/proc/self/fd/{number}")
        for number in set(os.listdir("/proc/self/fd")) - before
        if os.path.lexists(f"/proc/self/fd/{number}")
    }
    assert not [name for name in left.values() if name.startswith("socket:")], left
