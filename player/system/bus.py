# SPDX-License-Identifier: GPL-3.0-or-later
"""A connection to a D-Bus message bus that lives in Qt's own loop. Main thread; nothing here waits for the bus.

It has no thread: the socket tells the loop when there is something to read. Knows nothing of players. (Qt's own
D-Bus module cannot send 64-bit numbers or maps of them from Python.)
"""

from __future__ import annotations

import array
import logging
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageFlag,
    MessageType,
    Parser,
    new_error,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.auth import BEGIN, AuthenticationError, Authenticator
from jeepney.bus import get_connectable_addresses
from jeepney.fds import FileDescriptor, fds_buf_size
from PySide6.QtCore import QObject, QSocketNotifier, Signal

log = logging.getLogger(__name__)

CONNECT_TIMEOUT_S = 0.5
CLOSE_TIMEOUT_S = 0.2
MOST_BYTES = 65536
THE_BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
SYSTEM_BUS = "unix:path=/run/dbus/system_bus_socket;unix:path=/var/run/dbus/system_bus_socket"

Body = tuple[Any, ...]


class CallError(Exception):
    """A call that was answered with an error. `name` is D-Bus's name of it; the text is for people."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(text)
        self.name = name


@dataclass(frozen=True, slots=True)
class Call:
    """What somebody on the bus asks of this program. `interface` may be ""; `signature` tells the types in `body`."""

    path: str
    interface: str
    member: str
    signature: str
    body: Body


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call is answered with; `signature` in D-Bus's letters, "" for nothing."""

    signature: str = ""
    body: Body = ()


Handler = Callable[[Call], Answer]
"""Raises CallError for what it cannot do."""


@dataclass(slots=True)
class _Pending:
    done: Callable[[Body], None]
    failed: Callable[[CallError], None]


@dataclass(slots=True)
class _Watch:
    path: str
    interface: str
    member: str
    heard: Callable[[Body], None]


@dataclass(slots=True)
class _Link:
    """What belongs to one open socket."""

    socket: socket.socket
    reader: QSocketNotifier
    writer: QSocketNotifier
    authenticator: Authenticator
    parser: Parser = field(default_factory=Parser)
    unsent: bytearray = field(default_factory=bytearray)
    """What the socket has not taken yet."""
    held: bytearray = field(default_factory=bytearray)
    """Messages that have to wait until the bus knows who we are."""


def session_address() -> str:
    """Where this user's session bus is; "" where there is none."""
    named = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    if named:
        return named
    usual = Path(os.environ.get("XDG_RUNTIME_DIR") or "/nonexistent") / "bus"
    return f"unix:path={usual}" if usual.is_socket() else ""


def system_address() -> str:
    """Where the system's bus is expected."""
    return os.environ.get("DBUS_SYSTEM_BUS_ADDRESS") or SYSTEM_BUS


class Bus(QObject):
    """Closed until `open`. Messages sent before the bus has let us in wait until it has."""

    lost = Signal()
    """The bus has gone away or did not let us in; the connection is closed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link: _Link | None = None
        self._serial = 0
        self._pending: dict[int, _Pending] = {}
        self._watches: list[_Watch] = []
        self._handler: Handler = _nothing_here

    @property
    def is_open(self) -> bool:
        return self._link is not None

    def open(self, address: str) -> bool:
        """Connect to the first place of `address` that answers. False, with the reason in the log, if none does."""
        try:
            places = list(get_connectable_addresses(address)) if address else []
        except (RuntimeError, ValueError, KeyError) as error:
            log.info("Not a bus that can be used: %s", error)
            return False
        for place in places:
            link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                link.settimeout(CONNECT_TIMEOUT_S)
                link.connect(place)
                link.setblocking(False)
            except OSError as error:
                log.info("No bus at %s: %s", place, error)
                link.close()
            else:
                self._take(link)
                return True
        return False

    def _take(self, link: socket.socket) -> None:
        reader = QSocketNotifier(link.fileno(), QSocketNotifier.Type.Read, self)
        writer = QSocketNotifier(link.fileno(), QSocketNotifier.Type.Write, self)
        writer.setEnabled(False)
        reader.activated.connect(self._on_readable)
        writer.activated.connect(self._flush)
        self._link = _Link(link, reader, writer, Authenticator(enable_fds=True))
        self._advance_greeting(self._link)
        self.call(THE_BUS, "Hello")

    def close(self) -> None:
        """Send what is left, then let go; answers that are still to come are not told. Takes at most
        CLOSE_TIMEOUT_S."""
        link = self._link
        if link is None:
            return
        if link.unsent:
            try:
                link.socket.settimeout(CLOSE_TIMEOUT_S)
                link.socket.sendall(link.unsent)
            except OSError as error:
                log.info("The last words did not reach the bus: %s", error)
        self._drop(link)

    def _drop(self, link: _Link) -> None:
        self._link = None
        self._pending.clear()
        self._watches.clear()
        for notifier in (link.reader, link.writer):
            notifier.setEnabled(False)
            notifier.deleteLater()
        for descriptor in link.parser.fds:
            descriptor.close()
        link.socket.close()

    def _lose(self, link: _Link, reason: object) -> None:
        if link is self._link:
            log.info("The connection to the bus has ended: %s", reason)
            self._drop(link)
            self.lost.emit()

    # What is sent

    def call(
        self,
        address: DBusAddress,
        member: str,
        signature: str = "",
        body: Body = (),
        *,
        done: Callable[[Body], None] | None = None,
        failed: Callable[[CallError], None] | None = None,
        start_service: bool = True,
    ) -> None:
        """Call a method; the outcome is told later, unless the connection ends before. Without `start_service`
        only a service that runs already is asked."""
        message = new_method_call(address, member, signature or None, body)
        if not start_service:
            message.header.flags |= MessageFlag.no_auto_start
        serial = self._send(message)
        if serial:
            self._pending[serial] = _Pending(done or _ignore, failed or _log_error)

    def signal(self, path: str, interface: str, member: str, signature: str, body: Body) -> None:
        """Tell everybody who listens."""
        self._send(new_signal(DBusAddress(path, interface=interface), member, signature, body))

    def serve(self, handler: Handler) -> None:
        """From now on `handler` answers what is asked of this program."""
        self._handler = handler

    def watch(self, sender: str, path: str, interface: str, member: str, heard: Callable[[Body], None]) -> None:
        """Call `heard` with every such signal of `sender`."""
        self._watches.append(_Watch(path, interface, member, heard))
        rule = MatchRule(type="signal", sender=sender, path=path, interface=interface, member=member)
        self.call(THE_BUS, "AddMatch", "s", (rule.serialise(),))

    def _send(self, message: Message) -> int:
        """The serial number of the message; 0 where there is no connection."""
        link = self._link
        if link is None:
            return 0
        self._serial += 1
        data = message.serialise(serial=self._serial, fds=array.array("i"))
        if link.authenticator.authenticated:
            link.unsent += data
            self._flush()
        else:
            link.held += data
        return self._serial

    def _flush(self) -> None:
        link = self._link
        if link is None:
            return
        try:
            while link.unsent:
                del link.unsent[: link.socket.send(link.unsent)]
        except BlockingIOError:
            pass  # the notifier tells when there is room again
        except OSError as error:
            self._lose(link, error)
            return
        link.writer.setEnabled(bool(link.unsent))

    # What arrives

    def _on_readable(self) -> None:
        link = self._link
        if link is None:
            return
        try:
            data, ancillary, _flags, _address = link.socket.recvmsg(MOST_BYTES, fds_buf_size())
        except BlockingIOError:
            return
        except OSError as error:
            self._lose(link, error)
            return
        if not data:
            self._lose(link, "closed by the other end")
            return
        if not link.authenticator.authenticated:
            self._greet(link, data)
            return
        link.parser.add_data(data, FileDescriptor.from_ancdata(ancillary))
        while link is self._link and (message := link.parser.get_next_message()) is not None:
            self._dispatch(message)

    def _greet(self, link: _Link, data: bytes) -> None:
        try:
            link.authenticator.feed(data)
        except AuthenticationError as error:
            self._lose(link, error)
            return
        self._advance_greeting(link)

    def _advance_greeting(self, link: _Link) -> None:
        """Send the next line of the greeting, and after the last one what has waited for it."""
        if link.authenticator.authenticated:
            link.unsent += BEGIN + link.held
            link.held.clear()
        else:
            link.unsent += link.authenticator.data_to_send() or b""
        self._flush()

    def _dispatch(self, message: Message) -> None:
        fields = message.header.fields
        kind = message.header.message_type
        if kind is MessageType.method_call:
            self._answer(message)
        elif kind is MessageType.signal:
            if HeaderFields.destination in fields:
                return  # meant for us alone, so it did not pass the filter that looks at its sender
            heard = (fields.get(HeaderFields.path), fields.get(HeaderFields.interface), fields[HeaderFields.member])
            for watch in [each for each in self._watches if (each.path, each.interface, each.member) == heard]:
                watch.heard(message.body)
        else:
            pending = self._pending.pop(fields[HeaderFields.reply_serial], None)
            if pending is not None and kind is MessageType.method_return:
                pending.done(message.body)
            elif pending is not None:
                pending.failed(CallError(fields[HeaderFields.error_name], _text_of(message)))

    def _answer(self, message: Message) -> None:
        fields = message.header.fields
        call = Call(
            fields[HeaderFields.path],
            fields.get(HeaderFields.interface, ""),
            fields[HeaderFields.member],
            fields.get(HeaderFields.signature, ""),
            message.body,
        )
        try:
            answer = self._handler(call)
            reply = new_method_return(message, answer.signature or None, answer.body)
        except CallError as error:
            reply = new_error(message, error.name, "s", (str(error),))
        except Exception:
            log.exception("A call over the bus could not be carried out: %s", call.member)
            text = "The program could not do that; its log tells more."
            reply = new_error(message, "org.freedesktop.DBus.Error.Failed", "s", (text,))
        if not message.header.flags & MessageFlag.no_reply_expected:
            self._send(reply)


def _text_of(message: Message) -> str:
    return str(message.body[0]) if message.body else ""


def _nothing_here(call: Call) -> Answer:
    raise CallError("org.freedesktop.DBus.Error.UnknownObject", f"There is nothing at {call.path}.")


def _ignore(_body: Body) -> None:
    pass


def _log_error(error: CallError) -> None:
    log.info("A call over the bus was refused: %s (%s)", error, error.name)
