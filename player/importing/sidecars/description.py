# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads plain texts beside a class: .description as downloaders leave it, and .txt.

A list of times that fills a .txt is a chapter file; within a text, times are for `player.importing.descriptions`.
"""

from __future__ import annotations

import re

from player.domain.models import Source
from player.domain.vocabulary import fold
from player.importing.descriptions_times import list_of_times
from player.importing.markup import plain_text
from player.importing.sidecars.findings import (
    LONGEST_DESCRIPTION,
    NOTHING,
    Beside,
    ClassFindings,
    Findings,
    SeriesFindings,
    Sidecar,
    SidecarFormat,
    UnusableSidecar,
    of_class,
)
from player.importing.sidecars.marks import phases_of
from player.importing.sidecars.matching import CHAPTER_WORDS, words_between

_SERIES_NAMES = frozenset({"description", "about", "series", "info", "course"})
_ID = re.compile(r"\s*\[[^\[\]]{1,64}\]$")
_MOSTLY = 0.8


def _read_description(sidecar: Sidecar, beside: Beside) -> Findings:
    match = beside.owners(sidecar.path)
    if match is not None and match.is_plain:
        text = plain_text(sidecar.text(), LONGEST_DESCRIPTION)
        return of_class(match, ClassFindings(description=text or None))
    return _of_series(sidecar, beside)


def _read_txt(sidecar: Sidecar, beside: Beside) -> Findings:
    match = beside.owners(sidecar.path)
    says_chapters = not CHAPTER_WORDS.isdisjoint(words_between("." + sidecar.path.name.casefold()))
    if match is None or not match.is_plain:
        return _of_series(sidecar, beside)
    text = sidecar.text()
    times = list_of_times(text)
    if times.marks and (says_chapters or times.share_of_lines >= _MOSTLY):
        return of_class(match, ClassFindings(phases=phases_of(times.marks, beside.vocabulary)), chapters=True)
    if says_chapters:
        raise UnusableSidecar("The file holds no list of times that can be used. Write a line “0:00 Title” for each.")
    return of_class(match, ClassFindings(description=plain_text(text, LONGEST_DESCRIPTION) or None))


def _of_series(sidecar: Sidecar, beside: Beside) -> Findings:
    """A text that bears the folder's own name, or says that it is about it."""
    stem = _ID.sub("", sidecar.path.stem)
    if fold(stem) not in _SERIES_NAMES and fold(stem) != fold(beside.folder.name):
        return NOTHING
    text = plain_text(sidecar.text(), LONGEST_DESCRIPTION)
    return Findings(Source.SIDECAR, series=SeriesFindings(description=text or None))


DESCRIPTION = SidecarFormat("description", lambda name: name.endswith(".description"), _read_description)
TEXT = SidecarFormat("text", lambda name: name.endswith(".txt"), _read_txt)
