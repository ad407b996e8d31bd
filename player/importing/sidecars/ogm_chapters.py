# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads chapters as OGM tools write them: CHAPTER01=00:00:00.000, CHAPTER01NAME=Arrive."""

from __future__ import annotations

import re

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
from player.importing.sidecars.marks import clock_ms, mark_at, phases_of

_FIRST = re.compile(r"\s*CHAPTER\d{1,6}(?:NAME)?\s*=", re.IGNORECASE)
_LINE = re.compile(r"\s*CHAPTER(\d{1,6})(NAME)?\s*=[ \t]*(.*)", re.IGNORECASE)


def _read(sidecar: Sidecar, beside: Beside) -> Findings:
    if not _FIRST.match(sidecar.head()):
        raise NotThisFormat
    match = beside.owners(sidecar.path)
    times: dict[int, int | None] = {}
    titles: dict[int, str] = {}
    for line in sidecar.text().split("\n"):
        found = _LINE.match(line)
        if found is None:
            continue
        if found[2]:
            titles.setdefault(int(found[1]), found[3])
        else:
            times.setdefault(int(found[1]), clock_ms(found[3]))
    marks = [mark for number, start in times.items() if (mark := mark_at(start, titles.get(number, ""))) is not None]
    if not marks:
        raise UnusableSidecar("The file holds no chapter with a time that can be used. Write it again or remove it.")
    if match is None or not match.is_plain:
        return NOTHING
    return of_class(match, ClassFindings(phases=phases_of(marks, beside.vocabulary)), chapters=True)


OGM_CHAPTERS = SidecarFormat("OGM chapters", lambda name: name.endswith((".txt", ".chapters", ".ogm.txt")), _read)
