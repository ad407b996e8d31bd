# SPDX-License-Identifier: GPL-3.0-or-later
"""What the player has to say to a person, as a value; one widget shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
