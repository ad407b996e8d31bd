# SPDX-License-Identifier: GPL-3.0-or-later
"""Both ends of the socket, for real; only the same user may open it."""

from __future__ import annotations

import os
import socket
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from player.system.control import ControlServer, NobodyListensError, ask
from player.system.paths import find_paths, make_private

pytestmark = pytest.mark.skipif(os.name != "posix", reason="sockets in the file system")


@pytest.fixture
def name(tmp_path: Path) -> str:
    return str(tmp_path / "private" / "c.sock")


@pytest.fixture
def server(qtbot: QtBot, name: str) -> Iterator[ControlServer]:
    server = ControlServer(name, lambda request: {"got": request})
    assert server.listen()
    yield server
    server.close()


def _ask(qtbot: QtBot, name: str, request: dict[str, Any]) -> dict[str, Any]:
    answers: list[Any] = []
    thread = threading.Thread(target=lambda: answers.append(ask(name, request)))
    thread.start()
    qtbot.waitUntil(lambda: bool(answers))
    thread.join()
    return dict(answers[0])


def test_a_request_is_answered(qtbot: QtBot, server: ControlServer, name: str) -> None:
    assert _ask(qtbot, name, {"command": "status"}) == {"got": {"command": "status"}}


def test_the_socket_is_private(server: ControlServer, name: str) -> None:
    assert stat.S_IMODE(os.stat(name).st_mode) & 0o077 == 0
    assert stat.S_IMODE(os.stat(os.path.dirname(name)).st_mode) == 0o700


def test_nobody_listens(name: str) -> None:
    with pytest.raises(NobodyListensError):
        ask(name, {"command": "status"})


def test_a_socket_left_by_a_crash_does_no_harm(qtbot: QtBot, name: str) -> None:
    make_private(Path(name).parent)
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(name)
    with pytest.raises(NobodyListensError):
        ask(name, {})
    server = ControlServer(name, lambda request: {"ok": True})
    assert server.listen()
    assert _ask(qtbot, name, {}) == {"ok": True}
    server.close()


@pytest.mark.parametrize("line", [b"nonsense\n", b"[1]\n", b"\xff\xff\n"])
def test_nonsense_is_answered_politely(qtbot: QtBot, server: ControlServer, name: str, line: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as link:
        link.connect(name)
        link.sendall(line)
        link.setblocking(False)
        answer: list[bytes] = []

        def arrived() -> bool:
            try:
                answer.append(link.recv(4096))
            except BlockingIOError:
                return False
            return True

        qtbot.waitUntil(arrived)
    assert b"error" in answer[0]


def test_a_request_without_end_is_cut_off(qtbot: QtBot, server: ControlServer, name: str) -> None:
    with socket.socket(socket.AF_UNIX) as link:
        link.connect(name)
        link.setblocking(False)
        sent = [0]

        def cut_off() -> bool:
            try:
                sent[0] += link.send(b"x" * 65536)
            except BlockingIOError:
                return False
            except (BrokenPipeError, ConnectionResetError):
                return True
            return False

        qtbot.waitUntil(cut_off)
    assert sent[0] < 10_000_000


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    assert not make_private(tmp_path / "link")


def test_data_dirs_have_sockets_of_their_own(tmp_path: Path) -> None:
    one, other = find_paths(tmp_path / "a"), find_paths(tmp_path / "b")
    assert one.control != other.control
    assert len(one.control) < 100
    assert one.database.parent == tmp_path / "a"
