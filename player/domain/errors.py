# SPDX-License-Identifier: GPL-3.0-or-later
"""Errors that people are told about.

SessionPlayerError          a sentence, what to do next, details for the log
├── LibraryError            the library cannot be used
│   ├── LibraryTooNew       it was written by a newer version
│   ├── LibraryDamaged      it is not a database, or fails its integrity check
│   └── LibraryUnwritable   its folder cannot be written to
├── NotFound                there is no such series or class
├── EngineError             libVLC is missing or does not start
└── UsageError              what was asked makes no sense (a wrong time, a wrong name)

Cancelled                   not an error: the user stopped the work
"""

from __future__ import annotations


class SessionPlayerError(Exception):
    """Something a person can be told.

    `message` says what happened and what it means, `next_step` what can be done about it; `details` go to
    the log only.
    """

    def __init__(self, message: str, next_step: str = "", details: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step
        self.details = details

    def __str__(self) -> str:
        return f"{self.message} {self.next_step}".strip()


class LibraryError(SessionPlayerError):
    """The library cannot be used."""


class LibraryTooNew(LibraryError):
    """The library was written by a newer version of the program."""


class LibraryDamaged(LibraryError):
    """The library file is not a database or fails its integrity check."""


class LibraryUnwritable(LibraryError):
    """The folder or file of the library cannot be written to."""


class NotFound(SessionPlayerError):
    """There is no such series or class."""


class EngineError(SessionPlayerError):
    """libVLC is missing or does not start."""


class UsageError(SessionPlayerError):
    """What was asked makes no sense."""


class Cancelled(Exception):
    """The user stopped the work. Not an error."""
