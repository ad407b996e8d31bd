# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers, titles and order of classes, read over a whole folder of names at once. Knows only texts: no files,
no tags."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from player.domain.vocabulary import fold
from player.importing.cameras import CameraName, camera_name
from player.importing.class_titles import titles_of
from player.importing.columns import Row, best_column, choose
from player.importing.name_dates import day_part, find_date, month_comes_first, weekday
from player.importing.name_text import clean_all
from player.importing.name_words import is_introduction, is_special, special_end
from player.importing.natural import NaturalKey, natural_key
from player.importing.numbers import LEAD, SEASON_EPISODE, Candidate, candidates

FIRST, NUMBERED, UNNUMBERED, LAST = 0, 1, 2, 3
_AFTER_SERIES = 84
_FEW = 0.5
_MOST = 0.5


@dataclass(frozen=True, slots=True)
class ParsedName:
    """What a name says. `number` is None where it states none, `number_end` the last of several; `season` is a
    number above the class's, `part` one below it ("b" of 1b); `date` is ISO or "". `place` and `rank` order
    classes without a number: introductions, the others (by date or by the camera's count), extras."""

    raw: str
    title: str
    number: int | None = None
    season: int | None = None
    number_end: int | None = None
    part: str = ""
    date: str = ""
    place: int = UNNUMBERED
    rank: tuple[int, int] = (0, 0)

    @property
    def order(self) -> tuple[int, int, int, NaturalKey]:
        """Playing order within a folder: introductions, numbered classes, the rest, extras."""
        if self.number is not None:
            return (NUMBERED, self.season or 0, self.number, natural_key(self.raw))
        return (self.place, *self.rank, natural_key(self.raw))


def parse_names(
    stems: Sequence[str],
    series_title: str = "",
    folders: Sequence[object] | None = None,
    sections: Collection[str] = (),
) -> tuple[ParsedName, ...]:
    """What each name of one folder says, in the order given. `stems` are names without their endings.

    Names of several folders can be read together: `folders` says where each lies, and numbers may then
    begin anew in each. `sections` are names of sections that titles need not repeat.
    """
    texts = clean_all(stems)
    cameras = [camera_name(stem) for stem in stems]
    series = fold(series_title)
    rows = [
        Row(text, {} if camera else _with_series(text, candidates(text), series), folder)
        for text, camera, folder in zip(texts, cameras, folders or [None] * len(texts), strict=True)
    ]
    numbers = choose(rows, best_column(rows))
    numbers = _with_firsts(rows, numbers)
    stated = numbers
    numbers = _without_specials(rows, numbers)
    shown = [
        one or (other if other and other.season == 0 else None) for one, other in zip(numbers, stated, strict=True)
    ]
    titles = titles_of(texts, shown, series_title, sections)
    parsed = [
        _parsed(stem, title, number, camera)
        for stem, title, number, camera in zip(stems, titles, numbers, cameras, strict=True)
    ]
    return tuple(_placed(_by_weekday(_dated(parsed, texts), rows), texts))


def _with_series(text: str, numbers: Mapping[str, Candidate], series: str) -> Mapping[str, Candidate]:
    """A number that stands right after the series' name is as sure as one that stands first."""
    if not series:
        return numbers
    return {
        slot: replace(number, strength=max(_AFTER_SERIES, number.strength))
        if number.start and fold(text[: number.start]) == series
        else number
        for slot, number in numbers.items()
    }


def _with_firsts(rows: Sequence[Row], numbers: Sequence[Candidate | None]) -> list[Candidate | None]:
    """A bare name beside "Hips 2" and "Hips 3" is the first of them."""
    stems: dict[tuple[object, str], set[int]] = {}
    for row, one in zip(rows, numbers, strict=True):
        if one is not None and one.start and one.end == len(row.text):
            stems.setdefault((row.folder, fold(row.text[: one.start])), set()).add(one.value)
    return [
        Candidate("first", 1, len(row.text), len(row.text), 50)
        if one is None and min(stems.get((row.folder, fold(row.text)), {0})) == 2
        else one
        for row, one in zip(rows, numbers, strict=True)
    ]


def _without_specials(rows: Sequence[Row], numbers: Sequence[Candidate | None]) -> list[Candidate | None]:
    """A few extras that count from 1 again ("Bonus 1", S00E01) take no class's number."""
    special = [
        one is not None
        and (
            (one.slot == SEASON_EPISODE and one.season == 0) or (one.slot != LEAD and special_end(row.text) is not None)
        )
        for row, one in zip(rows, numbers, strict=True)
    ]
    if not any(special) or sum(special) >= _FEW * len(rows):
        return list(numbers)
    apart = {row.folder for row in rows} - {row.folder for row, extra in zip(rows, special, strict=True) if not extra}
    special = [extra and row.folder not in apart for row, extra in zip(rows, special, strict=True)]
    taken = {one.value for one, extra in zip(numbers, special, strict=True) if one and not extra}
    return [
        None if one and extra and (one.season == 0 or one.value in taken) else one
        for one, extra in zip(numbers, special, strict=True)
    ]


def _parsed(stem: str, title: str, number: Candidate | None, camera: CameraName | None) -> ParsedName:
    if camera is not None:
        return ParsedName(stem, camera.title, date=camera.when, rank=camera.rank)
    if number is None:
        return ParsedName(stem, title)
    return ParsedName(stem, title, number.value, number.season, number.until, number.part)


def _dated(parsed: Sequence[ParsedName], texts: Sequence[str]) -> list[ParsedName]:
    """With dates; where most names have one and no number, they give the order."""
    month_first = month_comes_first(texts)
    found = [
        None if one.date else find_date(text, month_first=month_first) for one, text in zip(parsed, texts, strict=True)
    ]
    open_ones = [index for index, one in enumerate(parsed) if one.number is None]
    dated = [index for index in open_ones if found[index] is not None or parsed[index].date]
    by_date = len(dated) >= 2 and len(dated) >= _MOST * len(open_ones)
    result = []
    for one, date in zip(parsed, found, strict=True):
        when = one.date or (date.when if date else "")
        rank = one.rank
        if by_date and not (one.date and rank[0] > 0):
            rank = (0, 0) if not when else (int(when.replace("-", "")), _clock(date.clock if date else ""))
        result.append(replace(one, date=when, rank=rank))
    return result


def _by_weekday(parsed: list[ParsedName], rows: Sequence[Row]) -> list[ParsedName]:
    """In the order of the week or the day, if the names without a number begin with another day or part of it."""
    for place, least in ((weekday, _MOST), (day_part, 1.0)):
        days = [(row.folder, place(row.text)) for one, row in zip(parsed, rows, strict=True) if one.number is None]
        named = [(folder, day) for folder, day in days if day is not None]
        if len(named) >= 2 and len(set(named)) == len(named) and len(named) >= least * len(days):
            break
    else:
        return parsed
    return [
        replace(one, rank=(0, day or 0)) if one.number is None and (day := place(row.text)) else one
        for one, row in zip(parsed, rows, strict=True)
    ]


def _clock(clock: str) -> int:
    if not clock:
        return 0
    time = datetime.time.fromisoformat(clock)
    return (time.hour * 10_000 + time.minute * 100 + time.second) * 10_000


def _placed(parsed: Sequence[ParsedName], texts: Sequence[str]) -> list[ParsedName]:
    """With introductions first and extras last."""
    numbered = sum(one.number is not None for one in parsed)
    loosely = numbered * 2 >= len(parsed)
    extras = [
        one.number is None and (is_special(text) or is_special(one.title))
        for one, text in zip(parsed, texts, strict=True)
    ]
    few = sum(extras) < len(parsed)
    result = []
    for one, extra in zip(parsed, extras, strict=True):
        place = one.place
        if one.number is None and is_introduction(one.title, loosely=loosely):
            place = FIRST
        elif extra and few:
            place = LAST
        result.append(replace(one, place=place))
    return result
