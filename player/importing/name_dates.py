# SPDX-License-Identifier: GPL-3.0-or-later
"""Dates in names. A date is no class number, but it gives an order. Pure."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from player.domain.vocabulary import fold

_SEP = r"[-._ /]"
_YEAR_FIRST = re.compile(rf"(?<!\d)((?:19|20)\d\d)({_SEP})(\d{{1,2}})\2(\d{{1,2}})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([-./_ ])(\d{1,2})\2((?:19|20)\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])\.(0[1-9]|1[0-2])\.(\d\d)(?!\d|\.\d)")
_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "january januar enero janvier gennaio janeiro januari jan", "february februar febrero fevrier "
            "febbraio fevereiro "
            "februari feb", "march marz maerz marzo mars marco maart mar", "april abril avril aprile apr",
            "may mai mayo maggio maio mei", "june juni junio juin giugno junho jun", "july juli julio "
            "juillet luglio julho jul",
            "august agosto aout augustus aug", "september septiembre septembre settembre setembro sep sept",
            "october oktober octubre octobre ottobre outubro oct okt", "november noviembre novembre novembro nov",
            "december dezember diciembre decembre dicembre dezembro dec dez",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAYS = {
    name: day
    for day, names in enumerate(
        (
            "monday montag lunes lundi lunedi segunda maandag mon",
            "tuesday dienstag martes mardi martedi terca dinsdag tue",
            "wednesday mittwoch miercoles mercredi mercoledi quarta woensdag wed",
            "thursday donnerstag jueves jeudi giovedi quinta donderdag thu",
            "friday freitag viernes vendredi venerdi sexta vrijdag fri",
            "saturday samstag sonnabend sabado samedi sabato zaterdag sat",
            "sunday sonntag domingo dimanche domenica zondag sun",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_DAY_PARTS = {
    name: part
    for part, names in enumerate(
        (
            "sunrise morning morgens morgen manana matin mattina manha ochtend am",
            "midday noon lunchtime mittags mittag mediodia midi mezzogiorno middag",
            "afternoon nachmittag tarde apres-midi pomeriggio middag",
            "evening sunset abends abend noche soir sera noite avond pm",
            "night bedtime nacht nuit notte",
        ),
        start=1,
    )
    for name in reversed(names.split())
}  # fmt: skip
_DAY_MONTH = re.compile(
    r"(?<![^\W_])(\d{1,2})(?:st|nd|rd|th|\.)?[ _-]+(?:de |of )?([^\W\d_]{3,10})\.?,?[ _-]+(?:de |"
    r"of )?((?:19|20)\d\d)(?!\d)"
)
_MONTH_DAY = re.compile(r"(?<![^\W_])([^\W\d_]{3,10})\.?[ _-]+(\d{1,2})(?:st|nd|rd|th)?,?[ _-]+((?:19|20)\d\d)(?!\d)")
_CLOCK = re.compile(
    r"^[T _.-]+([01]?\d|2[0-3])([-_. h:])([0-5]\d)(?:\2([0-5]\d))?(?!\d)|^[T _.-]*([01]\d|"
    r"2[0-3])([0-5]\d)([0-5]\d)?(?!\d)"
)
_YEAR_MONTH = re.compile(r"(?:19|20)\d\d(?:[-._ /](?:0?[1-9]|1[0-2]))?|(?:0[1-9]|1[0-2])[-._ /](?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: `when` is ISO ("2023-01-05"), `clock` the time that follows it or "", `start` and `end`
    their place."""

    when: str
    clock: str
    start: int
    end: int


def find_date(text: str, *, month_first: bool = False) -> FoundDate | None:
    """The first date in `text`, or None. `month_first` says how 5/12/2023 is meant."""
    for pattern, order in ((_YEAR_FIRST, (1, 3, 4)), (_COMPACT, (1, 2, 3)), (_YEAR_LAST, (4, 3, 1))):
        for match in pattern.finditer(text):
            year, month, day = (int(match[index]) for index in order)
            if pattern is _YEAR_LAST and (month > 12 or (month_first and match[2] != "." and day <= 12)):
                month, day = day, month
            if found := _date(text, match, year, month, day):
                return found
    for pattern, year_at, month_at, day_at in ((_DAY_MONTH, 3, 2, 1), (_MONTH_DAY, 3, 1, 2)):
        for match in pattern.finditer(text):
            named = _MONTHS.get(fold(match[month_at]))
            if named and (found := _date(text, match, int(match[year_at]), named, int(match[day_at]))):
                return found
    short = _SHORT_YEAR.search(text)
    return _date(text, short, 2000 + int(short[3]), int(short[2]), int(short[1])) if short else None


def month_comes_first(texts: Sequence[str]) -> bool:
    """Whether a folder writes 12/25/2023: some date can only be read so, and none the other way."""
    pairs = [(int(match[1]), int(match[3])) for text in texts for match in _YEAR_LAST.finditer(text)]
    return any(second > 12 for _first, second in pairs) and all(first <= 12 for first, _second in pairs)


def weekday(text: str) -> int | None:
    """1 to 7 for a text that begins with the name of a day ("Montag – Hüfte"); None for any other."""
    words = fold(text).split()
    return _WEEKDAYS.get(words[0]) if words else None


def day_part(text: str) -> int | None:
    """1 to 5 for a text that begins with a part of the day ("Evening"); None for any other."""
    words = fold(text).split()
    return _DAY_PARTS.get(words[0]) if words else None


def is_period(name: str) -> bool:
    """Whether a folder's name is only a year, a month or a day: "2023", "2023-05", "May 2023"."""
    if _YEAR_MONTH.fullmatch(name):
        return True
    words = fold(name).split()
    if 1 <= len(words) <= 3 and any(word in _MONTHS for word in words):
        return all(word in _MONTHS or (word.isdigit() and len(word) <= 4) for word in words)
    found = find_date(name)
    return found is not None and (found.start, found.end) == (0, len(name))


def _date(text: str, match: re.Match[str], year: int, month: int, day: int) -> FoundDate | None:
    try:
        when = datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
    clock = _CLOCK.match(text[match.end() :])
    if clock is None:
        return FoundDate(when, "", match.start(), match.end())
    hour, minute, second = (clock[1], clock[3], clock[4]) if clock[1] else (clock[5], clock[6], clock[7])
    time = f"{int(hour):02d}:{minute}" + (f":{second}" if second else "")
    return FoundDate(when, time, match.start(), match.end() + clock.end())
