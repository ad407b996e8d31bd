# SPDX-License-Identifier: GPL-3.0-or-later
"""What SQLite's complaints mean for people. Only complaints about the world outside (disk, rights, damage,
other programs) are translated; mistakes of our own keep their own exception."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from player.domain.errors import LibraryDamaged, LibraryError, LibraryUnwritable

_UNWRITABLE = {sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_PRIMARY_CODE = 0xFF


def translate(error: Exception, path: Path) -> LibraryError | None:
    """The error for people that `error` stands for, or None where it is a mistake of the program."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    details = f"{path}: {cause!r}"
    if isinstance(cause, OSError):
        return unwritable(path, details)
    if not isinstance(cause, sqlite3.Error):
        return None
    code = (getattr(cause, "sqlite_errorcode", None) or 0) & _PRIMARY_CODE
    if code in _DAMAGED:
        return damaged(path, details)
    if code in _UNWRITABLE:
        return unwritable(path, details)
    if code in _BUSY:
        return LibraryError(
            "The library is in use by another program, so nothing could be saved just now.",
            "Close other windows of Session Player or backup programs that use it, then try again.",
            details,
        )
    if code == sqlite3.SQLITE_FULL:
        return LibraryError(
            "The disk with the library is full, so nothing could be saved.",
            f"Free some space on the disk of “{path.parent}”, then try again.",
            details,
        )
    if code == sqlite3.SQLITE_IOERR:
        return LibraryError(
            "The disk with the library could not be read or written.",
            f"Check that the drive of “{path.parent}” is connected and has space left, then try again.",
            details,
        )
    return None


def unwritable(path: Path, details: str = "") -> LibraryUnwritable:
    """The folder or file of the library cannot be written to."""
    return LibraryUnwritable(
        f"The library “{path}” cannot be written to, so nothing could be remembered.",
        "Make its folder writable, or choose another one with --data-dir.",
        details,
    )


def damaged(path: Path, details: str = "") -> LibraryDamaged:
    """The file is not a library or no longer readable as one. It is left as it is."""
    copies = sorted(path.parent.glob(f"{path.stem}.backup-*.sqlite"), key=_newest_last)
    if copies:
        step = f"Move it aside and put the backup “{copies[-1].name}” from the same folder in its place."
    else:
        step = "Move it aside to begin with an empty library, or choose another folder with --data-dir."
    return LibraryDamaged(f"The file “{path}” is damaged or not a library of Session Player.", step, details)


def _newest_last(path: Path) -> tuple[int, str]:
    return (path.stat().st_mtime_ns, path.name)
