# SPDX-License-Identifier: GPL-3.0-or-later
"""The two ends of remote control: the running window listens, the command line asks.

One request a connection: a line of JSON each way. The socket lies in a folder that only this user can open
(on Windows: a pipe with the same restriction), and its name depends on the data folder, so that it also
tells whether a window already uses it. The asking end needs no Qt.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from player.system.paths import is_private, make_private

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)

Json = dict[str, Any]
Handler = Callable[[Json], Json]

LONGEST_REQUEST_BYTES = 1024 * 1024
"""Room for the paths of some thousand files that are opened at once."""
ASK_TIMEOUT_S = 10.0


class NobodyListensError(Exception):
    """No window is running on this data folder."""


def ask(name: str, request: Json, timeout_s: float = ASK_TIMEOUT_S) -> Json:
    """Send `request` to the window behind `name` and return its answer.

    Raises NobodyListensError if there is none, and OSError if it does not answer in time or in form.
    """
    line = json.dumps(request).encode() + b"\n"
    answer = _ask_pipe(name, line) if sys.platform == "win32" else _ask_socket(name, line, timeout_s)
    try:
        result = json.loads(answer)
    except ValueError as error:
        raise OSError(f"an answer in the wrong form: {answer[:200]!r}") from error
    if not isinstance(result, dict):
        raise OSError("an answer in the wrong form")
    return result


def _ask_socket(name: str, line: bytes, timeout_s: float) -> bytes:
    if not is_private(Path(name).parent):  # whoever answers there may be somebody else
        raise NobodyListensError
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
        link.settimeout(timeout_s)
        try:
            link.connect(name)
        except (FileNotFoundError, ConnectionRefusedError) as error:
            raise NobodyListensError from error
        link.sendall(line)
        with link.makefile("rb") as answer:
            return answer.readline()


def _ask_pipe(name: str, line: bytes) -> bytes:
    try:
        with open(name, "r+b", buffering=0) as pipe:
            pipe.write(line)
            return pipe.readline()
    except FileNotFoundError as error:
        raise NobodyListensError from error


class ControlServer:
    """Listens for this window. Main thread; `handle` is called for each request and returns the answer."""

    def __init__(self, name: str, handle: Handler, parent: QObject | None = None) -> None:
        from PySide6.QtNetwork import QLocalServer

        self._name = name
        self._handle = handle
        self._server: QLocalServer = QLocalServer(parent)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._take)

    def listen(self) -> bool:
        """Begin to listen. A socket left behind by a crash is removed (the caller has asked before, so it
        is known that nobody answers). False if that cannot be had; the reason is logged."""
        if sys.platform != "win32" and not make_private(Path(self._name).parent):
            log.warning("Remote control is off: %s is not a private folder", Path(self._name).parent)
            return False
        self._server.removeServer(self._name)
        if not self._server.listen(self._name):
            log.warning("Remote control is off: %s", self._server.errorString())
            return False
        if sys.platform != "win32":
            os.chmod(self._name, 0o600)
        return True

    def close(self) -> None:
        self._server.close()

    def _take(self) -> None:
        while (link := self._server.nextPendingConnection()) is not None:
            link.disconnected.connect(link.deleteLater)
            link.readyRead.connect(lambda link=link: self._read(link))
            self._read(link)

    def _read(self, link: QLocalSocket) -> None:
        if not link.canReadLine():
            if link.bytesAvailable() > LONGEST_REQUEST_BYTES:
                link.abort()
            return
        answer = self._answer(bytes(link.readLine(LONGEST_REQUEST_BYTES).data()))
        link.write(json.dumps(answer).encode() + b"\n")
        link.flush()  # the loop may be about to end ("quit")
        link.disconnectFromServer()

    def _answer(self, line: bytes) -> Json:
        try:
            request = json.loads(line)
        except ValueError:
            return {"error": "That was not a request."}
        if not isinstance(request, dict):
            return {"error": "That was not a request."}
        try:
            return self._handle(request)
        except Exception:
            log.exception("A request could not be carried out: %s", request)
            return {"error": "The window could not do that; its log tells more."}
