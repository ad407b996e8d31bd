# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the names of a whole series: each row of classes by itself, rows with few classes together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from player.importing.grouping import Group, Part
from player.importing.names import ParsedName, parse_names

_FEW_NAMES = 3


def names_of(group: Group) -> dict[Path, ParsedName]:
    """What the names of a series say, by file; `raw` is the name of the file with its ending."""
    names: dict[Path, ParsedName] = {}
    for batch in _batches(group.parts):
        files = [
            (file, part, None if part.named_by_folder else row) for row, part in enumerate(batch) for file in part.media
        ]
        parsed = parse_names(
            [part.name_of(file) for file, part, _row in files],
            group.title,
            [row for _file, _part, row in files],
            sorted({name for part in batch for name in _section_names(part)}),
        )
        for (file, _part, _row), name in zip(files, parsed, strict=True):
            names[file.path] = replace(name, raw=file.path.name, title=name.title or file.path.name.strip())
    return names


def _batches(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """The parts to be read together: classes that have a folder each, and rows that are too short alone."""
    wrapped: dict[str | None, list[Part]] = {}
    rows: list[Part] = []
    for part in parts:
        if part.named_by_folder:
            wrapped.setdefault(part.section, []).append(part)
        else:
            rows.append(part)
    yield from wrapped.values()
    if sum(len(part.media) < _FEW_NAMES for part in rows) > len(rows) / 2:
        yield rows
    else:
        yield from ([part] for part in rows)


def _section_names(part: Part) -> Iterator[str]:
    if part.section is not None:
        yield part.section.split(" / ")[-1]
        yield part.section
