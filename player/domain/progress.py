# SPDX-License-Identifier: GPL-3.0-or-later
"""How long work tells how far it is, and how it is asked to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from player.domain.errors import Cancelled


@dataclass(frozen=True, slots=True)
class Progress:
    """`total` is None while it is not yet known. `text` names what is being worked on (a file name)."""

    done: int = 0
    total: int | None = None
    problems: int = 0
    text: str = ""


ProgressCallback = Callable[[Progress], None]


def no_progress(_progress: Progress) -> None:
    """For callers who do not want to know."""


class CancelToken:
    """A wish to stop, which the work looks at. Safe from any thread."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        self._event.set()

    @property
    def cancelled(self) -> bool:
        return self._event.is_set()

    def raise_if_cancelled(self) -> None:
        """Raises Cancelled once cancel() was called."""
        if self._event.is_set():
            raise Cancelled
