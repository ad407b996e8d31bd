# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads FFmpeg's own text format for tags and chapters (";FFMETADATA1")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from player.importing import embedded
from player.importing.sidecars.findings import (
    NOTHING,
    Beside,
    ClassFindings,
    Findings,
    NotThisFormat,
    Sidecar,
    SidecarFormat,
    UnusableSidecar,
    of_class,
)
from player.importing.sidecars.marks import Mark, mark_at, phases_of

_HEADER = ";FFMETADATA"
_NANOSECONDS = (1, 1_000_000_000)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_LINE_END = re.compile(r"(?<!\\)((?:\\\\)*)\n")
_NAME_END = re.compile(r"(?<!\\)((?:\\\\)*)=")
_TIMEBASE = re.compile(r"(\d{1,9})/(\d{1,12})", re.ASCII)
_WHOLE = re.compile(r"\d{1,18}", re.ASCII)


def _read(sidecar: Sidecar, beside: Beside) -> Findings:
    name = sidecar.path.name.casefold()
    if not sidecar.head().lstrip().startswith(_HEADER):
        if name.endswith(".txt"):
            raise NotThisFormat
        raise UnusableSidecar("The file does not begin with “;FFMETADATA1” and was not used. Write it again.")
    match = beside.owners(sidecar.path)
    tags, marks = _parts(sidecar.text())
    if match is None or not match.is_plain:
        return NOTHING
    file = match.files[0]
    found = ClassFindings(
        title=embedded.title_of(tags, file.stem, None, ()),
        description=embedded.description_of(tags) or None,
        phases=phases_of(marks, beside.vocabulary),
    )
    return of_class(match, found, chapters=True)


def _parts(text: str) -> tuple[dict[str, str], list[Mark]]:
    """The tags of the whole file, names in small letters, and its chapters."""
    tags: dict[str, str] = {}
    marks: list[Mark] = []
    inside: dict[str, str] = tags
    chapters: list[dict[str, str]] = []
    for line in _lines(text):
        section = line.strip().upper()
        if section.startswith("[") and section.endswith("]"):
            inside = {}
            if section == "[CHAPTER]":
                chapters.append(inside)
            continue
        name, value = _pair(line)
        if name:
            inside.setdefault(name.casefold(), value)
    for chapter in chapters:
        mark = _mark(chapter)
        if mark is not None:
            marks.append(mark)
    return tags, marks


def _mark(chapter: dict[str, str]) -> Mark | None:
    base = _TIMEBASE.fullmatch(chapter.get("timebase", "").strip())
    over, under = (int(base[1]), int(base[2])) if base else _NANOSECONDS
    start = chapter.get("start", "").strip()
    if not under or not _WHOLE.fullmatch(start):
        return None
    return mark_at(int(start) * over * 1000 / under, chapter.get("title", ""))


def _lines(text: str) -> Iterator[str]:
    """Lines as FFmpeg counts them: a backslash before a line end belongs to the value."""
    begin = 0
    for match in _LINE_END.finditer(text):
        line = text[begin : match.start() + len(match[1])]
        begin = match.end()
        if line and line[0] not in ";#":
            yield line
    if text[begin:] and text[begin] not in ";#":
        yield text[begin:]


def _pair(line: str) -> tuple[str, str]:
    match = _NAME_END.search(line)
    if match is None:
        return "", ""
    name = line[: match.start() + len(match[1])]
    return _ESCAPE.sub(r"\1", name).strip(), _ESCAPE.sub(r"\1", line[match.end() :])


FFMETADATA = SidecarFormat("ffmetadata", lambda name: name.endswith((".ffmetadata", ".ffmeta", ".txt")), _read)
