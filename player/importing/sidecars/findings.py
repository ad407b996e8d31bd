# SPDX-License-Identifier: GPL-3.0-or-later
"""What sidecars say, and how their files are read safely: never outside the folder, never without end."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from player.domain.models import Caption, Phase, PropNeed, Source
from player.domain.plan import Problem, ProblemReason
from player.domain.vocabulary import Vocabulary
from player.importing.scan import FoundFile
from player.importing.sidecars.decoding import decode, looks_binary
from player.importing.sidecars.matching import Match, Stems

MOST_BYTES = 1024 * 1024
"""The largest sidecar that is read, except where a format says otherwise."""
HEAD_BYTES = 16 * 1024
"""How much of a file is enough to tell what it is."""
LONGEST_TITLE = 300
LONGEST_DESCRIPTION = 20_000
MOST_NUMBER = 99_999
_HEAD_OF_PAGE = 1_000
_PAGE = re.compile(r"\s*(?:<!doctype\s+html\b|<html\b)", re.IGNORECASE)


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
    series: str | None = None
    """The series that the class says it belongs to; it counts when all classes of a folder agree."""
    position: int | None = None
    """Its place in the list it was downloaded from: a number for folders whose names state none."""


@dataclass(frozen=True, slots=True)
class SeriesFindings:
    """What one sidecar says of the series as a whole."""

    title: str | None = None
    description: str | None = None
    poster: Path | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """All that one sidecar file says. Of a chapter file only the phases come before what others say."""

    source: Source
    classes: Mapping[Path, ClassFindings] = field(default_factory=dict)
    series: SeriesFindings | None = None
    problems: tuple[Problem, ...] = ()
    is_chapter_file: bool = False


@dataclass(frozen=True)
class Beside:
    """What a reader may look at: a folder of the series, the media in it and below, and the words."""

    folder: Path
    media: Sequence[FoundFile]
    vocabulary: Vocabulary

    @cached_property
    def stems(self) -> Stems:
        return Stems([file for file in self.media if file.path.parent == self.folder])

    def owners(self, path: Path) -> Match | None:
        """The media that the sidecar at `path` belongs to by its name, or None."""
        return self.stems.match(path.name)


class UnusableSidecar(Exception):
    """The sidecar cannot be used; the text is a sentence for the user, with a next step."""


class NotThisFormat(Exception):
    """A look inside shows that the file is of another format, or none of ours: nothing is wrong with it."""


@dataclass
class Sidecar:
    """One sidecar file, read at most once however many formats look into it."""

    path: Path
    _data: bytes | None = None

    def data(self, most: int = MOST_BYTES) -> bytes:
        """The content. Raises OSError, or UnusableSidecar for what is beyond all measure or leads elsewhere."""
        if self._data is None:
            self._data = read_bytes(self.path, most)
        return self._data

    def text(self, declared: str = "", most: int = MOST_BYTES) -> str:
        """The content as text in whatever encoding. Raises like `data`, and for what is no text at all."""
        return _checked(decode(self.data(most), declared))

    def head(self) -> str:
        """The first HEAD_BYTES as text; the last letter may be wrong."""
        if self._data is not None:
            return _checked(decode(self._data[:HEAD_BYTES], whole=False))
        refuse_link_outside(self.path)
        with self.path.open("rb") as file:
            return _checked(decode(file.read(HEAD_BYTES), whole=False))


@dataclass(frozen=True, slots=True)
class SidecarFormat:
    """One format: which file names are taken for it, and its reader, which reports trouble in its findings
    and raises nothing but OSError, UnusableSidecar and NotThisFormat."""

    name: str
    takes: Callable[[str], bool]
    """Asked with the file's name in small letters."""
    read: Callable[[Sidecar, Beside], Findings]


NOTHING = Findings(Source.SIDECAR)


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """The content of a sidecar. Raises OSError, or UnusableSidecar if it is beyond all measure."""
    refuse_link_outside(path)
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        size = f"{most // (1024 * 1024)} MB"
        raise UnusableSidecar(f"The file is larger than {size} and was not read. Make it smaller or remove it.")
    return data


def refuse_link_outside(path: Path) -> None:
    """Raises UnusableSidecar for a link to a file in another place."""
    if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
        raise UnusableSidecar("The file is a link that leads out of the folder and was not followed. Put a copy here.")


def sidecar_problem(path: Path, message: str) -> Problem:
    return Problem(path, ProblemReason.SIDECAR, message)


def of_class(match: Match | None, found: ClassFindings, *, chapters: bool = False) -> Findings:
    """`found` as said of every file that the sidecar belongs to."""
    classes = {file.path: found for file in match.files} if match else {}
    return Findings(Source.SIDECAR, classes, is_chapter_file=chapters)


def one_line(value: object) -> str | None:
    """`value` as a title: one line, not too long; None if it is no text or empty."""
    return (" ".join(value.split())[:LONGEST_TITLE] or None) if isinstance(value, str) else None


def _checked(text: str) -> str:
    if looks_binary(text):
        raise UnusableSidecar(
            "The file does not hold text and was not used. Replace it with the right one or remove it."
        )
    if _PAGE.match(text, 0, _HEAD_OF_PAGE):
        raise UnusableSidecar(
            "The file is a page of the web saved in its place, and was not used. Download it again or remove it."
        )
    return text
