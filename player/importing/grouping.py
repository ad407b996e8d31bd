# SPDX-License-Identifier: GPL-3.0-or-later
"""Which folders are series, and which are sections of one. Knows folders and names only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from player.importing.name_text import clean
from player.importing.numbers import candidates, section_number
from player.importing.scan import FoundFile, FoundFolder

_PLAIN_NUMBER = re.compile(r"[\[(]?\d{1,3}[\])]?(?:[\s._:-].*)?|.*[\s_#-]\d{1,2}")


@dataclass(frozen=True, slots=True)
class Part:
    """The classes of one folder within a series; `section` is None for those on top."""

    folder: FoundFolder
    section: str | None
    media: tuple[FoundFile, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One series to be: its folder with all that lies in it, and its parts in order."""

    root: FoundFolder
    title: str
    parts: tuple[Part, ...]

    @property
    def folder(self) -> Path:
        return self.root.path

    @property
    def sections(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.section for part in self.parts if part.section is not None))


def is_section_name(name: str) -> bool:
    """Whether a folder's name is that of a section: "Week 1", "Module 2 – Hips", "03 Breath", "Part two"."""
    text = clean(name)
    if section_number(text) is not None or any(slot.startswith("word:") for slot in candidates(text)):
        return True
    return _PLAIN_NUMBER.fullmatch(text) is not None and not re.search(r"(?<!\d)(19|20)\d\d(?!\d)", text)


def series_folder_of(file: Path) -> Path:
    """The folder whose series a single file belongs to: its own, or the one above a section's."""
    folder = file.parent
    if section_number(clean(folder.name)) is not None and folder.parent.name:
        return folder.parent
    return folder


def group(folder: FoundFolder) -> tuple[Group, ...]:
    """The series in `folder`. It is one series if media lie in it directly or its subfolders are sections;
    otherwise each subfolder is looked at by itself."""
    below = folder.folders
    sections = sum(is_section_name(inner.path.name) for inner in below)
    if folder.media or not below or sections * 2 > len(below):
        return (Group(folder, series_title(folder.path), tuple(_parts(folder, None))),)
    return tuple(found for inner in below for found in group(inner))


def single(folder: FoundFolder, series_folder: FoundFolder) -> Group:
    """The classes of one folder as part of the series that `series_folder` is."""
    section = None if folder.path == series_folder.path else clean(folder.path.name)
    root = replace(series_folder, folders=() if section is None else (folder,))
    return Group(root, series_title(root.path), (Part(folder, section, folder.media),))


def series_title(folder: Path) -> str:
    """The title of a series by its folder's name."""
    return clean(folder.name) if folder.name else str(folder)


def _parts(folder: FoundFolder, section: str | None) -> Iterator[Part]:
    if folder.media:
        yield Part(folder, section, folder.media)
    for inner in folder.folders:
        name = clean(inner.path.name)
        yield from _parts(inner, name if section is None else f"{section} / {name}")
