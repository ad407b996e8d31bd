# SPDX-License-Identifier: GPL-3.0-or-later
"""What an import is going to do, as a value: made by `importing`, shown and edited, applied by `library`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from player.domain.media import MediaFacts, MediaFormat, MediaPart
from player.domain.models import Caption, ClassState, FileIdentity, Phase, PropNeed, Source


class ProblemReason(StrEnum):
    """Why a file could not be taken (stable: `import --json` shows these words)."""

    DAMAGED = "damaged"
    NOT_A_VIDEO = "not-a-video"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    TOO_SLOW = "too-slow"
    SIDECAR = "sidecar"


@dataclass(frozen=True, slots=True)
class Problem:
    """One file that could not be taken, or only in part. `message` is a sentence with a next step."""

    path: Path
    reason: ProblemReason
    message: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that was passed over on purpose (a sample, a hidden or unfinished file) and why."""

    path: Path
    why: str


@dataclass(frozen=True, slots=True)
class PlannedClass:
    """A class as found. `sources` names, for each field that was found, where it came from."""

    path: Path
    identity: FileIdentity
    modified_ns: int
    raw_name: str
    title: str
    number: int | None
    section: str | None
    duration_ms: int
    format: MediaFormat | None
    facts: MediaFacts
    state: ClassState = ClassState.READY
    state_reason: str = ""
    description: str = ""
    phases: tuple[Phase, ...] = ()
    props: tuple[PropNeed, ...] = ()
    focus: tuple[str, ...] = ()
    captions: tuple[Caption, ...] = ()
    poster: Path | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)
    parts: tuple[MediaPart, ...] = ()
    """All its files in playing order, where it lies in several; `path` is the first. Empty for the usual one file."""


@dataclass(frozen=True, slots=True)
class Joinable:
    """Files that may be one class, though only their names speak for it: they were taken as a class each. `titles`
    are those of their phases, "" where they are mere pieces. `key` is what a decision about them is kept under."""

    title: str
    paths: tuple[Path, ...]
    titles: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class PlannedSeries:
    """A series as found, its classes in playing order. `folder` is what makes it the same series next time."""

    folder: Path
    title: str
    classes: tuple[PlannedClass, ...]
    description: str = ""
    poster: Path | None = None
    sections: tuple[str, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    joinable: tuple[Joinable, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file the library already knows: with size and time unchanged it need not be read again."""

    path: Path
    size: int
    modified_ns: int
    planned: PlannedClass | None = None


@dataclass(frozen=True, slots=True)
class FolderMemory:
    """What a folder was like when it was read last, and what that reading had to say; with the same stamp it need
    not be read again. `tree` is the stamp of everything below, `series` that of the series that begins here; ""
    where there is none."""

    path: Path
    tree: str = ""
    series: str = ""
    tree_problems: tuple[Problem, ...] = ()
    """All problems below."""
    series_problems: tuple[Problem, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    """All that was left out below."""


class Memory(Protocol):
    """What the library remembers of earlier imports; each question is answered from what it holds at that time.
    Blocking."""

    def folder(self, path: Path) -> FolderMemory | None:
        """The folder as it was read last, if the library still holds of it what it held then."""
        ...

    def files(self, folder: Path) -> Mapping[Path, KnownFile]:
        """The files known below a folder."""
        ...

    def removed(self) -> frozenset[Path]:
        """The folders of series that the user has removed from the library."""
        ...

    def removed_files(self) -> frozenset[Path]:
        """Where the classes of such series lie. The user may have put them into it from other folders."""
        ...

    def several(self) -> Sequence[frozenset[Path]]:
        """The places of each class that has several."""
        ...

    def together(self) -> Mapping[str, bool]:
        """What the user has decided about files that may be one class (see `together`)."""
        ...


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything an import found. `roots` are the files and folders that were asked for. What is as it was when it
    was read last is not in `series`: whole roots are in `unchanged`, single files in `kept`."""

    roots: tuple[Path, ...]
    series: tuple[PlannedSeries, ...]
    problems: tuple[Problem, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    unchanged: tuple[Path, ...] = ()
    kept: frozenset[Path] = frozenset()
    relied_on: tuple[FolderMemory, ...] = ()
    """The memories that `unchanged` and `kept` rest on."""
    memories: tuple[FolderMemory, ...] = ()
    """What is to be remembered once the plan has been applied."""
    automatic: bool = False
    """Nobody has asked for it: a series that the user removed stays removed."""


def outermost(folders: Sequence[Path]) -> list[Path]:
    """The folders that lie in none of the others."""
    return [folder for folder in folders if not any(parent in folders for parent in folder.parents)]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: counts of classes."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    missing: int = 0
    relinked: int = 0
    problems: tuple[Problem, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
