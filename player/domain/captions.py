# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of captions: what is known of a class that has some, and what was read of it. Pure values; any thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from player.domain.media import MediaFormat
from player.domain.models import Caption, ClassId

LATEST_MS = 1_000 * 3_600_000
"""No class is longer: a later time is a lie of its file, and some would not fit into a database."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words shown from `start_ms` to `end_ms`; lines are parted by line ends. `end_ms` is never before
    `start_ms`."""

    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class Captioned:
    """A class with captions, and where to read them. `stamp` is what they were like when they were read last, ""
    where they have not been."""

    class_id: ClassId
    path: Path
    format: MediaFormat | None
    modified_ns: int
    captions: tuple[Caption, ...]
    stamp: str


@dataclass(frozen=True, slots=True)
class ReadCaptions:
    """What was read of a class: the words of its captions in the order of their times."""

    class_id: ClassId
    stamp: str
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class CaptionWords:
    """What was read of one caption file or track, for showing it. `pictures`: it holds drawn words, which cannot be
    shown as text."""

    cues: tuple[Cue, ...] = ()
    pictures: bool = False
