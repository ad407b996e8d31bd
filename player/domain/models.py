# SPDX-License-Identifier: GPL-3.0-or-later
"""The values every room talks in. All are frozen; all times are integers in milliseconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import NewType

from player.domain.media import MediaFacts, MediaFormat, MediaPart

SeriesId = NewType("SeriesId", int)
ClassId = NewType("ClassId", int)


class PhaseKind(StrEnum):
    """The kinds of phases. Titles and the words that announce a kind live in resources/vocabulary."""

    ARRIVE = "arrive"
    DIAPHRAGM_RELEASE = "diaphragm-release"
    BREATH = "breath"
    MOBILIZATION = "mobilization"
    STRENGTHENING = "strengthening"
    INTEGRATION = "integration"
    REST = "rest"
    OTHER = "other"


class Source(StrEnum):
    """Where a value came from, strongest first: a weaker source never replaces a stronger one."""

    USER = "user"
    SERIES_TOML = "series-toml"
    SIDECAR = "sidecar"
    EMBEDDED = "embedded"
    DESCRIPTION = "description"
    FILE_NAME = "file-name"
    SUGGESTION = "suggestion"

    @property
    def rank(self) -> int:
        """0 for the strongest source."""
        return list(Source).index(self)


class ClassState(StrEnum):
    """Whether a class can be played now."""

    READY = "ready"
    MISSING = "missing"
    DAMAGED = "damaged"


class AfterClass(StrEnum):
    """What happens when a class of a series has ended (chosen per series)."""

    GO_ON = "go-on"
    ASK = "ask"
    STOP = "stop"


class StartAt(StrEnum):
    """Where a class that is under way starts."""

    RESUME = "resume"
    PHASE = "phase"
    """The start of the phase in which it was left."""
    BEGINNING = "beginning"


@dataclass(frozen=True, slots=True)
class Phase:
    """A named stretch of a class: `start_ms` inclusive, `end_ms` exclusive."""

    kind: PhaseKind
    title: str
    start_ms: int
    end_ms: int
    source: Source = Source.USER

    @property
    def duration_ms(self) -> int:
        return self.end_ms - self.start_ms


@dataclass(frozen=True, slots=True)
class PropNeed:
    """A thing a class asks for. `prop` is an id of the vocabulary ("chair") or, where no id fits, free words."""

    prop: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Caption:
    """Captions of a class. `language` is a BCP 47 tag or "" where unknown; `source` says where they are:
    "embedded" or the name of a file beside the class."""

    language: str
    source: str


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """What a file is, whatever it is called: its size and a hash of its head and tail (hex)."""

    size: int
    digest: str

    @property
    def key(self) -> str:
        """A name for caches, safe in file names."""
        return f"{self.digest}-{self.size:x}"


@dataclass(frozen=True, slots=True)
class ClassProgress:
    """How far the user is in a class. `position_ms` is 0 where nothing is worth resuming."""

    position_ms: int = 0
    done: bool = False
    last_practised: datetime | None = None
    favourite: bool = False

    @property
    def under_way(self) -> bool:
        return self.position_ms > 0


@dataclass(frozen=True, slots=True)
class ClassVideo:
    """One class with everything known of it. `phases` are in order, without gaps, from 0 to `duration_ms`."""

    id: ClassId
    series_id: SeriesId
    series_title: str
    section: str | None
    number: int | None
    title: str
    duration_ms: int
    description: str
    path: Path
    state: ClassState
    identity: FileIdentity
    format: MediaFormat | None
    facts: MediaFacts
    phases: tuple[Phase, ...] = ()
    props: tuple[PropNeed, ...] = ()
    focus: tuple[str, ...] = ()
    captions: tuple[Caption, ...] = ()
    progress: ClassProgress = ClassProgress()
    sources: Mapping[str, Source] = field(default_factory=dict)
    state_reason: str = ""
    """For a damaged or missing class: a sentence that says why."""
    poster: Path | None = None
    """A picture file beside the class."""
    parts: tuple[MediaPart, ...] = ()
    """All its files in playing order, where it lies in several; `path` is the first. Empty for the usual one file."""


@dataclass(frozen=True, slots=True)
class SeriesPreferences:
    """What is remembered for a series as a whole."""

    mirrored: bool = False
    rate: float = 1.0
    after_class: AfterClass = AfterClass.GO_ON
    settle_ms: int | None = None
    """Settle time of Up Next; None takes the general setting."""
    captions: str = ""
    """The language of the captions that are shown, "?" for those whose language is unknown, "" for none."""


@dataclass(frozen=True, slots=True)
class Series:
    """A series as lists show it: the counts are of its classes, `done` of those that are done."""

    id: SeriesId
    title: str
    description: str
    classes: int
    duration_ms: int
    done: int
    poster: Path | None = None
    picture_class: FileIdentity | None = None
    """The class whose thumbnail stands in when there is no poster: the first one with a picture."""
    preferences: SeriesPreferences = SeriesPreferences()
    sections: tuple[str, ...] = ()
