# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the text that a downloader leaves beside a video (.description)."""

from __future__ import annotations

from pathlib import Path

from player.domain.models import Source
from player.importing.sidecars.findings import (
    Beside,
    ClassFindings,
    Findings,
    SidecarFormat,
    match_stem,
    read_text,
)

LONGEST_DESCRIPTION = 20_000


def _read(path: Path, beside: Beside) -> Findings:
    match = match_stem(path.name, beside.media, path.parent)
    if match is None or match[1].casefold() != path.suffix.casefold():
        return Findings(Source.SIDECAR)
    text = read_text(path).strip()[:LONGEST_DESCRIPTION]
    return Findings(Source.SIDECAR, {match[0].path: ClassFindings(description=text or None)})


DESCRIPTION = SidecarFormat("description", lambda name: name.casefold().endswith(".description"), _read)
