# SPDX-License-Identifier: GPL-3.0-or-later
"""All sidecar formats, strongest first. A new format is a module and a line here."""

from __future__ import annotations

from collections.abc import Sequence

from player.domain.plan import Problem
from player.importing.scan import FoundFile
from player.importing.sidecars.captions import CAPTIONS
from player.importing.sidecars.description import DESCRIPTION
from player.importing.sidecars.findings import Beside, Findings, SidecarFormat, UnusableSidecar, sidecar_problem
from player.importing.sidecars.pictures import PICTURES
from player.importing.sidecars.series_toml import SERIES_TOML

FORMATS: tuple[SidecarFormat, ...] = (SERIES_TOML, DESCRIPTION, CAPTIONS, PICTURES)


def read_sidecars(
    files: Sequence[FoundFile], beside: Beside, formats: Sequence[SidecarFormat] = FORMATS
) -> tuple[list[Findings], list[Problem]]:
    """What the sidecars among `files` say, strongest first, and what is wrong with them. A sidecar that
    cannot be used is a problem and keeps nothing else out."""
    found: list[Findings] = []
    problems: list[Problem] = []
    for sidecar in formats:
        for file in files:
            if not sidecar.takes(file.path.name):
                continue
            try:
                findings = sidecar.read(file.path, beside)
            except UnusableSidecar as error:
                problems.append(sidecar_problem(file.path, str(error)))
                continue
            except OSError as error:
                why = (error.strerror or "unknown error").lower()
                message = f"The file cannot be read ({why}). Check that you may open it."
                problems.append(sidecar_problem(file.path, message))
                continue
            found.append(findings)
            problems.extend(findings.problems)
    found.sort(key=lambda findings: findings.source.rank)
    return found, problems
