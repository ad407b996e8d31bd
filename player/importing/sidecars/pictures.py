# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds pictures that lie beside a class or stand for a whole folder; they are not opened here."""

from __future__ import annotations

from pathlib import Path

from player.domain.models import Source
from player.importing.sidecars.findings import (
    Beside,
    ClassFindings,
    Findings,
    SeriesFindings,
    SidecarFormat,
    match_stem,
)

ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
_FOLDER_NAMES = ("poster", "cover", "folder", "thumb", "thumbnail")
_CLASS_SUFFIXES = ("", "-thumb", "-poster", "-cover", ".thumb", "-fanart")


def _read(path: Path, beside: Beside) -> Findings:
    match = match_stem(path.name, beside.media, path.parent)
    if match is not None and match[1][: -len(path.suffix)].casefold() in _CLASS_SUFFIXES:
        return Findings(Source.SIDECAR, {match[0].path: ClassFindings(poster=path)})
    if path.stem.casefold() in _FOLDER_NAMES:
        return Findings(Source.SIDECAR, series=SeriesFindings(poster=path))
    return Findings(Source.SIDECAR)


PICTURES = SidecarFormat("pictures", lambda name: name.casefold().endswith(ENDINGS), _read)
