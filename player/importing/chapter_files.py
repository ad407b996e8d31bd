# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds classes that lie in several files: one file for each chapter, or pieces that a camera or a DVD cut.
Only an offer: nothing is joined here. Knows only names (and lengths, where they are known)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from player.domain.vocabulary import fold
from player.importing.cameras import camera_name
from player.importing.name_text import clean, plain, trim
from player.importing.natural import natural_key
from player.importing.numbers import candidates

LONGEST_CHAPTER_MS = 20 * 60_000
"""A file that plays longer is a class, not a chapter of one."""

_MOST_PHASES = 0.6
_FEWEST_PHASES = 3
_NUMBERED = 80
_ID_AT_END = re.compile(r"\s*\[([A-Za-z0-9_-]{6,16})\]$")
_CHAPTER = re.compile(r"(?P<whole>.+?)\s+-\s+(?P<number>\d{2,4})(?:\s+-)?\s+(?P<title>\S.*)")
_PIECE = re.compile(
    r"(?P<whole>.*?[^\s_.(\[-])[\s_.-]*[(\[]?(?:(?:(?P<disc>cd|disc|disk)|pt|part|teil|parte|partie|deel|piece|split|file)"
    r"[\s_.-]*(?P<worded>\d{1,2})(?:\s*(?:of|/|von|-)\s*\d+)?|-(?P<bare>\d{3}))[)\]]?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ChapterFile:
    """One file of a class: its place in the names that were given, and the title of its chapter ("" if none)."""

    index: int
    title: str


@dataclass(frozen=True, slots=True)
class SplitClass:
    """One class in several files, in their order. `whole` is the place of the file that holds all of it, if
    that was kept beside them. `sure` is False where only words speak for it. `name` is the name, without an ending,
    that one file with all of it would bear; "" where the first file's name is as good."""

    title: str
    files: tuple[ChapterFile, ...]
    whole: int | None = None
    sure: bool = True
    name: str = ""


def split_into_chapters(
    stems: Sequence[str],
    folder_title: str = "",
    *,
    is_phase: Callable[[str], bool] | None = None,
    durations_ms: Sequence[int] | None = None,
) -> tuple[SplitClass, ...]:
    """The classes of one folder that are split into several files.

    `stems` are names without endings. `is_phase` tells whether a title announces a phase ("Breath", "Final
    rest"); with it, a folder that holds just the phases of a class is found too. `durations_ms`, if given, rules
    out files that are too long to be chapters.
    """
    usable = [durations_ms is None or 0 <= durations_ms[index] <= LONGEST_CHAPTER_MS for index in range(len(stems))]
    found = _by_names(stems, usable)
    taken = {file.index for one in found for file in one.files}
    found += _by_pieces(stems, taken, fold(clean(folder_title)))
    if not found and is_phase is not None and all(usable):
        found = _by_phases(stems, folder_title, is_phase)
    return tuple(sorted(found, key=lambda one: natural_key(one.title)))


def _by_names(stems: Sequence[str], usable: Sequence[bool]) -> list[SplitClass]:
    """ "Title - 001 Chapter [id]": what programs write that cut a video at its chapters."""
    groups: dict[tuple[str, str], list[tuple[int, ChapterFile, str, str]]] = defaultdict(list)
    wholes: dict[tuple[str, str], int] = {}
    for index, stem in enumerate(stems):
        text = plain(stem)
        id_match = _ID_AT_END.search(text)
        video = id_match[1] if id_match else ""
        rest = text[: id_match.start()] if id_match else text
        wholes.setdefault((fold(rest), video), index)
        if (match := _CHAPTER.fullmatch(rest)) and usable[index]:
            file = ChapterFile(index, trim(match["title"]))
            name = match["whole"] + (id_match[0] if id_match else "")
            groups[(fold(match["whole"]), video)].append((int(match["number"]), file, match["whole"], name))
    found = []
    for key, items in groups.items():
        items.sort(key=lambda item: (item[0], item[1].index))
        numbers = [item[0] for item in items]
        whole = wholes.get(key)
        known = bool(key[1]) or whole is not None
        if (
            len(items) < 2
            or numbers != list(range(numbers[0], numbers[0] + len(numbers)))
            or numbers[0] > 1
            or not known
        ):
            continue
        found.append(SplitClass(clean(items[0][2]), tuple(item[1] for item in items), whole, name=items[0][3]))
    return found


def _by_pieces(stems: Sequence[str], taken: set[int], folder: str) -> list[SplitClass]:
    """Pieces of a recording: "cd1/cd2", "-001/-002", a camera's or a DVD's own count."""
    groups: dict[tuple[object, ...], list[tuple[int, ChapterFile, str]]] = defaultdict(list)
    for index, stem in enumerate(stems):
        if index in taken:
            continue
        camera = camera_name(stem)
        if camera is not None:
            if camera.number is not None and camera.part is not None:
                groups[("camera", camera.number)].append((camera.part, ChapterFile(index, ""), camera.title))
            continue
        match = _PIECE.fullmatch(plain(stem))
        if match is not None:
            whole = match["whole"]
            number = int(match["worded"] or match["bare"])
            kind = "disc" if match["disc"] else "worded" if match["worded"] else "bare"
            groups[(kind, fold(clean(whole)))].append((number, ChapterFile(index, ""), whole))
    discs = sum(kind == "disc" for kind, *_rest in groups)
    return [one for key, items in groups.items() if (one := _pieces(key, items, discs, folder))]


def _pieces(
    key: tuple[object, ...], items: list[tuple[int, ChapterFile, str]], discs: int, folder: str
) -> SplitClass | None:
    """The class in these pieces. "Part 1" and "Part 2" may as well be two classes; what a camera cut never is. Discs
    are pieces where their title has a number or they are many, or where they lie in a folder of their own."""
    items.sort(key=lambda item: (item[0], item[1].index))
    numbers = [number for number, _file, _title in items]
    in_row = numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 1
    if len(items) < 2 or not in_row:
        return None
    kind, whole = key
    name = re.sub(r" \(\d+\)$", "", items[0][2])
    title = name if kind == "camera" else clean(name)
    numbered = any(one.strength >= _NUMBERED for one in candidates(title).values())
    sure = kind == "camera" or (kind == "disc" and (numbered or discs > 1 or whole == folder))
    files = tuple(file for _number, file, _title in items)
    return SplitClass(title, files, sure=sure, name="" if kind == "camera" else name)


def _by_phases(stems: Sequence[str], folder_title: str, is_phase: Callable[[str], bool]) -> list[SplitClass]:
    """A folder whose files bear the names of phases and nothing else."""
    if len(stems) < _FEWEST_PHASES:
        return []
    files = []
    for index, stem in enumerate(stems):
        text = clean(stem)
        lead = candidates(text).get("lead")
        title = trim(text[lead.end :]) if lead is not None else text
        files.append((natural_key(text), ChapterFile(index, title or text)))
    phases = sum(is_phase(file.title) for _key, file in files)
    if phases < max(_FEWEST_PHASES, _MOST_PHASES * len(files)):
        return []
    files.sort(key=lambda item: item[0])
    return [SplitClass(clean(folder_title), tuple(file for _key, file in files), sure=False, name=folder_title)]
