# SPDX-License-Identifier: GPL-3.0-or-later
"""What a file is, whatever it is called: its size and a hash of its head and tail."""

from __future__ import annotations

import hashlib
from typing import BinaryIO

from player.domain.models import FileIdentity

END_BYTES = 64 * 1024
"""How much of the head and of the tail is hashed."""


def identify(file: BinaryIO, size: int) -> FileIdentity:
    """The identity of an open file of `size` bytes. Raises OSError."""
    digest = hashlib.blake2b(digest_size=16)
    file.seek(0)
    digest.update(file.read(END_BYTES))
    if size > END_BYTES:
        file.seek(max(END_BYTES, size - END_BYTES))
        digest.update(file.read(END_BYTES))
    return FileIdentity(size, digest.hexdigest())
