# SPDX-License-Identifier: GPL-3.0-or-later
"""What a worker found out about one file, and how it travels between the processes (as JSON).

Shared by both sides: it knows neither PyAV nor the plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from player.domain.media import ColourMatrix, MediaFacts, MediaFormat
from player.domain.models import ClassState, FileIdentity
from player.domain.plan import ProblemReason

NO_IDENTITY = FileIdentity(0, "")
NO_FACTS = MediaFacts()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter as the file states it, before anything is put in order."""

    start_ms: int
    end_ms: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class Probed:
    """One file as seen by a worker. With a `reason` it cannot be played, and `message` says why; what could
    be read all the same (length, chapters, tags) is still there."""

    reason: ProblemReason | None = None
    message: str = ""
    identity: FileIdentity = NO_IDENTITY
    format: MediaFormat | None = None
    duration_ms: int = 0
    facts: MediaFacts = NO_FACTS
    chapters: tuple[Chapter, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    """Tags of the whole file, names in small letters."""
    caption_languages: tuple[str, ...] = ()
    """One BCP 47 tag, or "", for each embedded subtitle track."""

    @property
    def state(self) -> ClassState:
        return ClassState.READY if self.reason is None else ClassState.DAMAGED

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Probed:
        """The inverse of `to_json`. Raises KeyError, TypeError or ValueError for anything else."""
        facts = dict(data["facts"])
        matrix = facts.pop("colour_matrix")
        return cls(
            reason=ProblemReason(data["reason"]) if data["reason"] else None,
            message=str(data["message"]),
            identity=FileIdentity(**data["identity"]),
            format=MediaFormat(data["format"]) if data["format"] else None,
            duration_ms=int(data["duration_ms"]),
            facts=MediaFacts(**facts, colour_matrix=ColourMatrix(matrix) if matrix else None),
            chapters=tuple(Chapter(**chapter) for chapter in data["chapters"]),
            tags=dict(data["tags"]),
            caption_languages=tuple(data["caption_languages"]),
        )
