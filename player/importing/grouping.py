# SPDX-License-Identifier: GPL-3.0-or-later
"""Which folders are series, and which are sections of one. Knows folders and names only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from player.domain.vocabulary import fold
from player.importing.cameras import camera_name
from player.importing.name_dates import is_period
from player.importing.name_text import clean, is_gibberish, trim
from player.importing.name_words import is_introduction, is_special, level_of
from player.importing.names import FIRST, LAST, parse_names
from player.importing.numbers import LEAD, SECTION_AT_END, candidates, section_number
from player.importing.runs import runs_of
from player.importing.scan import FoundFile, FoundFolder

_SURE = 75
_FEW_ON_TOP = 4
_TRANSPARENT = frozenset(
    {"video_ts", "bdmv", "stream", "video", "videos", "media", "mp4", "dcim", "classes", "content"}
)


@dataclass(frozen=True, slots=True)
class Part:
    """The classes of one row within a series; `section` is None for those on top. `named_by_folder`: the
    folder's name says more than the file's."""

    folder: FoundFolder
    section: str | None
    media: tuple[FoundFile, ...]
    named_by_folder: bool = False

    def name_of(self, file: FoundFile) -> str:
        """The name to read of a class, without its ending."""
        return self.folder.path.name if self.named_by_folder else file.stem


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
    """Whether a folder's name is that of a section: "Week 1", "Module 2 – Hips", "03 Breath", "Part two", "2023",
    "Bonus"."""
    text = clean(name)
    if is_period(text) or section_number(text) is not None:
        return True
    if is_introduction(text, loosely=False) or is_special(text):
        return True
    found = candidates(text)
    if any(slot.startswith("word:") for slot in found):
        return True
    lead = found.get(LEAD)
    return lead is not None and lead.value < 100 and (lead.strength >= _SURE or lead.end == len(text))


def series_folder_of(file: Path) -> Path:
    """The folder whose series a single file belongs to: its own, or the one above a section's."""
    folder = file.parent
    if folder.parent.name and (section_number(clean(folder.name)) is not None or _is_numbered(folder.name)):
        return folder.parent
    return folder


def group(folder: FoundFolder) -> tuple[Group, ...]:
    """The series in `folder`. It is one series if media lie in it directly or its subfolders are sections;
    otherwise each subfolder is looked at by itself."""
    below = folder.folders
    if not below:
        return (_series(folder),)
    if not folder.media:
        if _are_sections(folder):
            return (_series(folder),)
        return tuple(found for inner in below for found in group(inner))
    if _is_shelf(folder):
        own = replace(folder, folders=())
        return (_series(own), *(found for inner in below for found in group(inner)))
    return (_series(folder),)


def single(folder: FoundFolder, series_folder: FoundFolder) -> Group:
    """The classes of one folder as part of the series that `series_folder` is."""
    on_top = folder.path == series_folder.path
    section = None if on_top else _section_titles([folder.path.name], series_title(series_folder.path))[0]
    root = replace(series_folder, folders=() if on_top else (folder,))
    title = series_title(root.path)
    return Group(root, title, tuple(_rows(folder, section, title)))


def series_title(folder: Path) -> str:
    """The title of a series by its folder's name."""
    return clean(folder.name) if folder.name else str(folder)


def _series(folder: FoundFolder) -> Group:
    title = series_title(folder.path)
    if not folder.folders and len(folder.media) == 1 and is_gibberish(folder.media[0].stem):
        return Group(folder, title, (Part(folder, None, folder.media, named_by_folder=True),))
    title = title if folder.media else _head_of_sections(folder) or title
    return Group(folder, title, tuple(_in_order(list(_parts(folder, None, title)))))


def _are_sections(folder: FoundFolder) -> bool:
    """Whether the subfolders of a folder without media of its own are parts of one series."""
    below = folder.folders
    names = [inner.path.name for inner in below]
    if all(_is_class_folder(inner) for inner in below):
        return True
    if len(below) == 1:
        return _is_only_a_section(names[0]) or names[0].casefold() in _TRANSPARENT
    if all(level_of(clean(name)) is not None for name in names):
        return True
    if sum(is_section_name(name) for name in names) * 2 > len(names):
        return True
    return _same_words(names, folder.path.name) or _numbers_run_on(below)


def _is_only_a_section(name: str) -> bool:
    """Whether a lone folder is a section of the one above: "Season 1", but not "Soft Yoga S01"."""
    return is_section_name(name) and not _head(name)


def _head(name: str) -> str:
    """The words before "Season 2" or "S02" in a folder's name; "" if there are none."""
    text = clean(name)
    match = SECTION_AT_END.search(text)
    return trim(text[: match.start()]) if match else ""


def _head_of_sections(folder: FoundFolder) -> str:
    """The series' name that all sections bear before their number: "Anna Season 1", "Anna Season 2"."""
    heads = [_head(inner.path.name) for inner in folder.folders]
    same = len({fold(head) for head in heads}) == 1
    return heads[0] if len(heads) > 1 and same and len(fold(heads[0])) > 2 else ""


def _same_words(names: Sequence[str], above: str) -> bool:
    """Whether all names are the same but for their number: "Yoga Basics 1", "Yoga Basics 2"."""
    stems = Counter(fold(re.sub(r"[\W_]*\d{1,2}$", "", clean(name))) for name in names)
    numbered = all(re.search(r"(?<![\d])\d{1,2}$", clean(name)) for name in names)
    return len(stems) == 1 and numbered and (len(names) >= 3 or next(iter(stems)) == fold(clean(above)))


def _numbers_run_on(folders: Sequence[FoundFolder]) -> bool:
    """Whether the numbers of one folder begin where those of another end, over at least three classes."""
    runs = []
    for folder in folders:
        numbers = [one.number for one in parse_names([file.stem for file in folder.media]) if one.number is not None]
        if not numbers or len(numbers) < len(folder.media):
            return False
        runs.append((min(numbers), max(numbers)))
    runs.sort()
    follows = all(after[0] == before[1] + 1 for before, after in pairwise(runs))
    return len(runs) > 1 and runs[0][0] <= 1 and follows and runs[-1][1] >= len(runs) + 1


def _is_shelf(folder: FoundFolder) -> bool:
    """Whether a folder with some media of its own is a shelf of series all the same: loose files that belong to
    nothing beside folders that each count from 1 under names of their own."""
    below = [inner for inner in folder.folders if sum(1 for _file in inner.files()) >= 2]
    if len(below) < 2 or any(is_section_name(inner.path.name) for inner in folder.folders):
        return False
    own = parse_names([file.stem for file in folder.media], series_title(folder.path))
    if any(one.number is not None or one.place in (FIRST, LAST) for one in own):
        return False
    starts = []
    for inner in below:
        numbers = [
            one.number
            for one in parse_names([file.stem for file in inner.media], inner.path.name)
            if one.number is not None
        ]
        nested = any(is_section_name(deeper.path.name) for deeper in inner.folders)
        starts.append(nested or (len(numbers) >= 2 and min(numbers) <= 1))
    return sum(starts) * 2 > len(folder.folders) and len(own) <= _FEW_ON_TOP


def _is_class_folder(folder: FoundFolder) -> bool:
    """Whether a folder only wraps one class: "03 - Hips/video.mp4", "Hips (2019)/Hips (2019).mp4"."""
    if folder.folders or len(folder.media) != 1:
        return False
    name, stem = clean(folder.path.name), folder.media[0].stem
    if is_gibberish(stem) or camera_name(stem) is not None:
        return section_number(name) is None and not is_period(name) and any(char.isalpha() for char in name)
    said, written = fold(clean(stem)).split(), fold(name).split()
    if said == written:
        return bool(said)
    numbered = any(one.strength >= _SURE for one in candidates(name).values())
    return bool(said) and numbered and set(said) < set(written) and section_number(name) is None


def _parts(folder: FoundFolder, section: str | None, title: str) -> Iterator[Part]:
    yield from _rows(folder, section, title)
    wrapped = [inner for inner in folder.folders if _is_class_folder(inner)]
    alone = len(wrapped) == 1 and not folder.media and section is None
    wrapped = wrapped if not alone or is_gibberish(wrapped[0].media[0].stem) else []
    others = [inner for inner in folder.folders if inner not in wrapped]
    if wrapped:
        names = parse_names([inner.path.name for inner in wrapped], title)
        for _name, inner in sorted(zip(names, wrapped, strict=True), key=lambda item: item[0].order):
            yield Part(inner, section, inner.media, named_by_folder=True)
    titles = _section_titles([inner.path.name for inner in others], title)
    for name, inner in _sections_in_order(others, titles):
        only = len(folder.folders) == 1 and not folder.media and inner.path.name.casefold() in _TRANSPARENT
        if only:
            yield from _parts(inner, section, title)
        else:
            yield from _parts(inner, name if section is None else f"{section} / {name}", title)


def _sections_in_order(folders: Sequence[FoundFolder], titles: Sequence[str]) -> list[tuple[str, FoundFolder]]:
    names = parse_names([folder.path.name for folder in folders])
    keyed = []
    for name, title, folder in zip(names, titles, folders, strict=True):
        place = (
            FIRST
            if is_introduction(title, loosely=False) and not name.number
            else LAST
            if is_special(title) and name.number is None
            else 1
        )
        level = level_of(title)
        keyed.append(((place, name.order[:3], -1 if level is None else level, name.order[3]), title, folder))
    keyed.sort(key=lambda item: item[0])
    return [(title, folder) for _key, title, folder in keyed]


def _section_titles(names: Sequence[str], series: str) -> list[str]:
    """The titles of sections: without the series' name and without a bare number in front ("01 - Breath"), where
    they stay different."""
    texts = [clean(name) for name in names]
    own = fold(series)
    shorter = []
    for whole in texts:
        text, words = whole, whole.split()
        for length in range(len(words) - 1, 0, -1):
            rest = trim(" ".join(words[length:]))
            if own and fold(" ".join(words[:length])) == own and rest:
                text = rest
                break
        shorter.append(_without_number(text))
    return shorter if len({fold(title) for title in shorter}) == len({fold(text) for text in texts}) else texts


def _without_number(text: str) -> str:
    lead = candidates(text).get(LEAD)
    if lead is None or lead.strength < _SURE:
        return text
    rest = trim(text[lead.end :])
    return rest if any(char.isalpha() for char in rest) and len(rest) > 1 else text


def _is_numbered(name: str) -> bool:
    """Whether a name begins with a number as sections do ("01 - Breath"), not as series do ("30 Days")."""
    lead = candidates(clean(name)).get(LEAD)
    return lead is not None and lead.strength >= _SURE and lead.value < 100


def _rows(folder: FoundFolder, section: str | None, title: str) -> Iterator[Part]:
    """The media of one folder, in several parts if they are several rows of classes."""
    if not folder.media:
        return
    rows = runs_of([file.stem for file in folder.media], title)
    names = [name for name in dict.fromkeys(rows) if name is not None]
    if section is not None and any(section_number(name) == section_number(section) is not None for name in names):
        names, rows = [], [None] * len(rows)
    titles = sorted(names, key=lambda name: (is_special(name), parse_names([name])[0].order))
    for name in (None, *titles):
        media = tuple(file for file, row in zip(folder.media, rows, strict=True) if row == name)
        if media:
            inner = section if name is None else name if section is None else f"{section} / {name}"
            yield Part(folder, inner, media)


def _in_order(parts: list[Part]) -> list[Part]:
    """Extras after everything else; the rest as it is."""
    return sorted(parts, key=lambda part: part.section is not None and is_special(part.section.split(" / ")[0]))
