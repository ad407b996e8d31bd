# SPDX-License-Identifier: GPL-3.0-or-later
"""Folders of small real files, and a tiny importer that plans them: the library does not look into files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from player.domain.media import MediaFacts, MediaFormat
from player.domain.models import Caption, FileIdentity, Phase, PhaseKind, PropNeed, Source
from player.domain.plan import ImportPlan, KnownFile, PlannedClass, PlannedSeries, Problem

MINUTE_MS = 60_000


def write(path: Path, content: str) -> Path:
    """A file whose content decides its identity."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def make_series(folder: Path, count: int) -> Path:
    """Files "1. Class 1.mp4" and so on."""
    for number in range(1, count + 1):
        write(folder / f"{number}. Class {number}.mp4", f"{folder.name} {number}")
    return folder


def plan_class(path: Path, section: str | None = None) -> PlannedClass:
    """What an importer would say of a file, with a bit of everything."""
    content = path.read_bytes()
    number = re.match(r"\d+", path.name)
    duration_ms = 10 * MINUTE_MS
    kinds = (PhaseKind.DIAPHRAGM_RELEASE, PhaseKind.BREATH, PhaseKind.MOBILIZATION)
    marks = [index * 3 * MINUTE_MS for index in range(3)] + [duration_ms]
    return PlannedClass(
        path=path,
        identity=FileIdentity(len(content), hashlib.sha256(content).hexdigest()[:32]),
        modified_ns=path.stat().st_mtime_ns,
        raw_name=path.stem,
        title=path.stem.partition(". ")[2] or path.stem,
        number=int(number.group()) if number else None,
        section=section,
        duration_ms=duration_ms,
        format=MediaFormat.MP4,
        facts=MediaFacts(has_video=True, has_audio=True, width=1920, height=1080, frame_rate=29.97),
        description="Why this part of the body.",
        phases=tuple(
            Phase(kind, f"{kind.value} of it", marks[index], marks[index + 1], Source.EMBEDDED)
            for index, kind in enumerate(kinds)
        ),
        props=(PropNeed("chair"), PropNeed("pillow", optional=True)),
        focus=("mid back", "neck"),
        captions=(Caption("en", "embedded"),),
        sources={"title": Source.FILE_NAME, "number": Source.FILE_NAME, "phases": Source.EMBEDDED},
    )


def plan(*roots: Path, known: Mapping[Path, KnownFile] | None = None, problems: tuple[Problem, ...] = ()) -> ImportPlan:
    """Each folder that holds files directly is a series; a single file is one of its folder's series."""
    files = sorted(
        {path for root in roots for path in ([root] if root.is_file() else root.rglob("*.mp4"))},
        key=lambda path: (path.parent, _number(path), path.name),
    )
    bad = {problem.path for problem in problems}
    folders: dict[Path, list[PlannedClass]] = {}
    for path in files:
        if path not in bad:
            folders.setdefault(path.parent, []).append(_known_or_read(path, known or {}))
    series = tuple(
        PlannedSeries(folder, folder.name, tuple(classes), sources={"title": Source.FILE_NAME})
        for folder, classes in folders.items()
    )
    return ImportPlan(roots, series, problems)


def _number(path: Path) -> int:
    match = re.match(r"\d+", path.name)
    return int(match.group()) if match else 0


def _known_or_read(path: Path, known: Mapping[Path, KnownFile]) -> PlannedClass:
    """What is inside is taken from what is known, what the name says is read anew."""
    file = known.get(path)
    planned = None if file is None else file.planned
    fresh = plan_class(path)
    if file is None or planned is None or (file.size, file.modified_ns) != (fresh.identity.size, fresh.modified_ns):
        return fresh
    return replace(planned, path=path, raw_name=fresh.raw_name, title=fresh.title, number=fresh.number)
