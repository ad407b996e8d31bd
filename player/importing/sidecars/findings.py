# SPDX-License-Identifier: GPL-3.0-or-later
"""What sidecars say, and how their files are read safely: never outside the folder, never without end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from player.domain.models import Caption, Phase, PropNeed, Source
from player.domain.plan import Problem, ProblemReason
from player.domain.vocabulary import Vocabulary
from player.importing.scan import FoundFile

MOST_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ClassFindings:
    """What one sidecar says of one class; None or empty where it says nothing. Phases are marks: only kind,
    title and start count."""

    number: int | None = None
    title: str | None = None
    description: str | None = None
    props: tuple[PropNeed, ...] = ()
    focus: tuple[str, ...] = ()
    phases: tuple[Phase, ...] = ()
    captions: tuple[Caption, ...] = ()
    poster: Path | None = None


@dataclass(frozen=True, slots=True)
class SeriesFindings:
    """What one sidecar says of the series as a whole."""

    title: str | None = None
    description: str | None = None
    poster: Path | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """All that one sidecar file says."""

    source: Source
    classes: Mapping[Path, ClassFindings] = field(default_factory=dict)
    series: SeriesFindings | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What a reader may look at: a folder of the series, the media in it and below, and the words."""

    folder: Path
    media: Sequence[FoundFile]
    vocabulary: Vocabulary


@dataclass(frozen=True, slots=True)
class SidecarFormat:
    """One format: which file names are taken for it, and its reader, which reports trouble in its findings
    and raises nothing but OSError and UnusableSidecar."""

    name: str
    takes: Callable[[str], bool]
    read: Callable[[Path, Beside], Findings]


class UnusableSidecar(Exception):
    """The sidecar cannot be used; the text is a sentence for the user."""


def read_bytes(path: Path) -> bytes:
    """The content of a sidecar. Raises OSError, or UnusableSidecar if it is beyond all measure."""
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise UnusableSidecar("The file is larger than 1 MB and was not read. Make it smaller or remove it.")
    return data


def read_text(path: Path) -> str:
    """The text of a sidecar in whatever encoding: UTF-8, UTF-16 with its mark, else Windows-1252."""
    data = read_bytes(path)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def sidecar_problem(path: Path, message: str) -> Problem:
    return Problem(path, ProblemReason.SIDECAR, message)


def match_stem(name: str, media: Sequence[FoundFile], folder: Path) -> tuple[FoundFile, str] | None:
    """The medium in `folder` whose stem `name` begins with, the longest first, and what follows the stem
    (".en.srt"); None if it belongs to none. The stem must end at a sign, not within a word."""
    best: tuple[FoundFile, str] | None = None
    for file in media:
        if file.path.parent != folder:
            continue
        stem, rest = file.stem, name[len(file.stem) :]
        fits = name[: len(stem)].casefold() == stem.casefold() and (not rest or not rest[0].isalnum())
        if fits and (best is None or len(stem) > len(best[0].stem)):
            best = (file, rest)
    return best
