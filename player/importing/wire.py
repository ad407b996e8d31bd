# SPDX-License-Identifier: GPL-3.0-or-later
"""How the program and its workers talk: JSON values, each after its length in four bytes."""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

LONGEST_MESSAGE = 16 * 1024 * 1024
_LENGTH = struct.Struct(">I")


class WireError(Exception):
    """The other side sent something that is not a message."""


def send(stream: BinaryIO, value: dict[str, Any]) -> None:
    """Write one message. Raises OSError when the other side is gone."""
    body = json.dumps(value).encode("ascii")  # names that are no Unicode travel as escaped surrogates
    stream.write(_LENGTH.pack(len(body)) + body)
    stream.flush()


def receive(stream: BinaryIO) -> dict[str, Any] | None:
    """The next message; None when the other side has ended. Blocks. Raises WireError or OSError."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > LONGEST_MESSAGE:
        raise WireError(f"a message of {length} bytes")
    body = stream.read(length)
    if len(body) < length:
        return None
    try:
        value = json.loads(body)
    except ValueError as error:
        raise WireError("not JSON") from error
    if not isinstance(value, dict):
        raise WireError("not an object")
    return value
