# SPDX-License-Identifier: GPL-3.0-or-later
"""All sidecar formats, strongest first. A new format is a module and a line here."""

from __future__ import annotations

from collections.abc import Sequence

from player.domain.models import Source
from player.domain.plan import Problem
from player.importing.scan import FoundFile
from player.importing.sidecars.captions import CAPTIONS
from player.importing.sidecars.cue_sheet import CUE_SHEET
from player.importing.sidecars.description import DESCRIPTION, TEXT
from player.importing.sidecars.ffmetadata import FFMETADATA
from player.importing.sidecars.findings import (
    Beside,
    Findings,
    NotThisFormat,
    SeriesFindings,
    Sidecar,
    SidecarFormat,
    UnusableSidecar,
    sidecar_problem,
)
from player.importing.sidecars.info_json import INFO_JSON
from player.importing.sidecars.matroska_xml import MATROSKA_CHAPTERS, MATROSKA_TAGS
from player.importing.sidecars.nfo import NFO
from player.importing.sidecars.ogm_chapters import OGM_CHAPTERS
from player.importing.sidecars.pictures import PICTURES
from player.importing.sidecars.podcast_chapters import PODCAST_CHAPTERS
from player.importing.sidecars.series_toml import SERIES_TOML

FORMATS: tuple[SidecarFormat, ...] = (
    SERIES_TOML,
    MATROSKA_CHAPTERS,
    FFMETADATA,
    OGM_CHAPTERS,
    CAPTIONS,
    CUE_SHEET,
    NFO,
    MATROSKA_TAGS,
    INFO_JSON,
    PODCAST_CHAPTERS,
    DESCRIPTION,
    TEXT,
    PICTURES,
)
"""A file is offered to each format that takes its name, in this order, until one does not decline it."""

_FEWEST_VOTES = 2


def read_sidecars(
    files: Sequence[FoundFile], beside: Beside, formats: Sequence[SidecarFormat] = FORMATS
) -> tuple[list[Findings], list[Problem]]:
    """What the sidecars among `files` say, strongest first, and what is wrong with them. A sidecar that
    cannot be used is a problem and keeps nothing else out."""
    found: list[tuple[int, Findings]] = []
    problems: list[Problem] = []
    for file in files:
        try:
            order, findings = _read_one(file, beside, formats)
        except UnusableSidecar as error:
            problems.append(sidecar_problem(file.path, str(error)))
            continue
        except OSError as error:
            why = (error.strerror or "unknown error").lower()
            message = f"The file cannot be read ({why}). Check that you may open it."
            problems.append(sidecar_problem(file.path, message))
            continue
        if findings is not None:
            found.append((order, findings))
            problems.extend(findings.problems)
    found.sort(key=lambda item: (item[1].source.rank, item[0]))
    in_order = [findings for _order, findings in found]
    return in_order + _series_by_agreement(in_order, beside), problems


def _read_one(file: FoundFile, beside: Beside, formats: Sequence[SidecarFormat]) -> tuple[int, Findings | None]:
    """What one file says, and the place of its format in the table; None for a file of no format."""
    name = file.path.name.casefold()
    sidecar = Sidecar(file.path)
    for order, one in enumerate(formats):
        if not one.takes(name):
            continue
        try:
            return order, one.read(sidecar, beside)
        except NotThisFormat:
            continue
    return len(formats), None


def _series_by_agreement(found: Sequence[Findings], beside: Beside) -> list[Findings]:
    """The series that the sidecars of all classes in the folder name, each for itself."""
    here = [file.path for file in beside.media if file.path.parent == beside.folder]
    votes: dict[object, str] = {}
    for findings in found:
        for path, said in findings.classes.items():
            if said.series:
                votes.setdefault(path, said.series)
    titles = set(votes.values())
    if len(here) < _FEWEST_VOTES or len(titles) != 1 or any(path not in votes for path in here):
        return []
    return [Findings(Source.SIDECAR, series=SeriesFindings(title=titles.pop()))]
