# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads cue sheets of one file: its tracks are phases. The file it names is looked for among the media of the
folder only, by its bare name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from player.importing.sidecars.findings import (
    NOTHING,
    Beside,
    ClassFindings,
    Findings,
    Sidecar,
    SidecarFormat,
    UnusableSidecar,
    of_class,
    one_line,
)
from player.importing.sidecars.marks import Mark, mark_at, phases_of
from player.importing.sidecars.matching import Match

SEVERAL_FILES = (
    "The cue sheet describes several files, and only sheets of one file are used. Nothing is missing but its "
    "titles: the files themselves are imported. Remove it to see no more of this."
)
_COMMAND = re.compile(r"\s*(\w{1,20})[ \t]+(.*)")
_QUOTED = re.compile(r'"([^"]*)"')
_INDEX = re.compile(r"(\d{1,2})[ \t]+(\d{1,5}):(\d{1,2}):(\d{1,2})\s*", re.ASCII)
_FRAMES = 75


@dataclass
class _Track:
    title: str = ""
    starts: dict[int, int] = field(default_factory=dict)


@dataclass
class _Sheet:
    title: str = ""
    files: list[str] = field(default_factory=list)
    tracks: list[_Track] = field(default_factory=list)


def _read(sidecar: Sidecar, beside: Beside) -> Findings:
    text = sidecar.text()
    sheet = _sheet(text)
    marks = [mark for track in sheet.tracks if (mark := _mark(track)) is not None]
    if not sheet.files or not marks:
        raise UnusableSidecar("The file is no cue sheet with tracks and was not used. Write it again or remove it.")
    if len(sheet.files) > 1:
        raise UnusableSidecar(SEVERAL_FILES)
    match = beside.owners(sidecar.path) or _named(sheet.files[0], beside)
    if match is None or not match.is_plain:
        return NOTHING
    found = ClassFindings(title=one_line(sheet.title), phases=phases_of(marks, beside.vocabulary))
    return of_class(match, found, chapters=True)


def _sheet(text: str) -> _Sheet:
    sheet = _Sheet()
    for line in text.split("\n"):
        command = _COMMAND.match(line)
        if command is None:
            continue
        name, value = command[1].upper(), command[2].strip()
        if name == "FILE":
            sheet.files.append(_unquoted(value, with_type=True))
        elif name == "TRACK":
            sheet.tracks.append(_Track())
        elif name == "TITLE" and sheet.tracks:
            sheet.tracks[-1].title = _unquoted(value)
        elif name == "TITLE":
            sheet.title = _unquoted(value)
        elif name == "INDEX" and sheet.tracks and (index := _INDEX.fullmatch(value)):
            minutes, seconds, frames = int(index[2]), int(index[3]), int(index[4])
            start_ms = (minutes * 60 + seconds) * 1000 + round(frames * 1000 / _FRAMES)
            sheet.tracks[-1].starts.setdefault(int(index[1]), start_ms)
    return sheet


def _mark(track: _Track) -> Mark | None:
    """A track begins at its index 1; index 0 is the pause before it."""
    return mark_at(track.starts.get(1, track.starts.get(0)), track.title)


def _unquoted(value: str, *, with_type: bool = False) -> str:
    quoted = _QUOTED.match(value)
    if quoted is not None:
        return quoted[1]
    return value.rpartition(" ")[0] if with_type else value.strip('"')


def _named(name: str, beside: Beside) -> Match | None:
    """The medium of this very folder that the sheet names."""
    bare = name.replace("\\", "/").rpartition("/")[2].casefold()
    files = tuple(
        file for file in beside.media if file.path.parent == beside.folder and file.path.name.casefold() == bare
    )
    return Match(files) if files else None


CUE_SHEET = SidecarFormat("cue sheet", lambda name: name.endswith(".cue"), _read)
