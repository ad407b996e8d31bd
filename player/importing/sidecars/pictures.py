# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds pictures that lie beside a class or stand for a whole folder; they are not opened here."""

from __future__ import annotations

from player.domain.models import Source
from player.importing.sidecars.findings import (
    NOTHING,
    Beside,
    ClassFindings,
    Findings,
    SeriesFindings,
    Sidecar,
    SidecarFormat,
    of_class,
    refuse_link_outside,
)

ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
_FOLDER_NAMES = ("poster", "cover", "folder", "thumb", "thumbnail")
_CLASS_SUFFIXES = ("", "-thumb", "-poster", "-cover", ".thumb", "-fanart")


def _read(sidecar: Sidecar, beside: Beside) -> Findings:
    path = sidecar.path
    match = beside.owners(path)
    if match is not None and match.rest[: -len(path.suffix)] in _CLASS_SUFFIXES:
        refuse_link_outside(path)
        return of_class(match, ClassFindings(poster=path))
    if path.stem.casefold() in _FOLDER_NAMES:
        refuse_link_outside(path)
        return Findings(Source.SIDECAR, series=SeriesFindings(poster=path))
    return NOTHING


PICTURES = SidecarFormat("pictures", lambda name: name.endswith(ENDINGS), _read)
