# SPDX-License-Identifier: GPL-3.0-or-later
"""What the player has to say to a person, as a value; one widget shows it. Main thread."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal, Slot

from player.domain.errors import SessionPlayerError

log = logging.getLogger(__name__)


class Severity(StrEnum):
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence (and a next step in it, where there is one). `action` is the title of a button, or ""."""

    text: str
    severity: Severity = Severity.INFO
    action: str = ""


class Telling(QObject):
    """The base of who has something to say."""

    message = Signal(Message)

    def _tell(self, text: str, severity: Severity = Severity.INFO) -> None:
        self.message.emit(Message(text, severity))

    @Slot(Exception)
    def _on_not_kept(self, error: Exception) -> None:
        reason = str(error) if isinstance(error, SessionPlayerError) else "The log tells more."
        self._tell(f"Your place in this class cannot be kept at the moment. {reason}", Severity.ERROR)

    @Slot(Exception)
    def _tell_error(self, error: Exception) -> None:
        if isinstance(error, SessionPlayerError):
            self._tell(str(error), Severity.ERROR)
            return
        log.error("A class could not be looked up", exc_info=error)
        self._tell("The class could not be read from the library. The log tells more.", Severity.ERROR)
