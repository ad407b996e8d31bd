# SPDX-License-Identifier: GPL-3.0-or-later
"""The numbers in one cleaned name, each with the place it stands in, so that a folder can be read by columns.

Lengths, dates, years, counts, levels and the like are no candidates. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from player.importing.figures import HAN, ORDINALS, ROMAN, WORDS, from_digits, value_of
from player.importing.name_dates import find_date
from player.importing.name_words import CONTAINER_WORDS, ITEM_WORDS, LEVEL_WORDS

SEASON_EPISODE, SHORT, LEAD, DASH, BRACKET, BEFORE_DASH, TRAIL, MIDDLE = (
    "season-episode", "e", "lead", "dash", "bracket", "before-dash", "trail", "middle"
)  # fmt: skip
CONTAINER, LEVEL, ROMAN_FIRST, ROMAN_LAST = "word:container", "word:level", "roman-first", "roman-last"
THREE, LETTER = "three", "letter:"

_UNIT_WORDS = (
    r"min|mins|minutes?|minuten|minutos?|minuti|minuut|мин|hours?|hrs?|std|stunden|horas?|heures?|ore|uur|uhr|secs?|seconds?|"
    r"sek|sekunden|segundos?|days?|weeks?|months?|years?|tage?[ns]?|tägige?[rsn]?|wochen?|monate?|jahre?|d[ií]as?|jours?|semanas?|"
    r"semaines?|meses|mois|giorni|settimane|mesi|dagen|weken|maanden|an[ñn]os|anos|fps|in ?1|of"
)
_UNIT_SIGNS = r"m|h|s|st|nd|rd|th|er|re|ère|e|ème|eme|nde|x|k|d|hz|kg|lbs?|cm|[ap]m"
_NOT_FOLLOWED = (
    rf"(?![\d]|[.,]\d+\s*(?:h|hours?|k)\b|(?:\s*|[-–]\s?|\s[-–])(?:{_UNIT_WORDS})\b|(?:{_UNIT_SIGNS})\b(?![.)]\s)|-d\b|x\s?\d|"
    r"\s?[%°+](?!\s?[^\W\d_])|[ºª]|['′’](?!\w)|″|\s?(?:m|h)(?:$|[\])])|\s?(?:分|秒|日間|週間|분|초))"
)
_NOT_FOLLOWED_BY_SIGN = r"(?![\d%]|\s?(?:min|mins|minutes?|minuten|minutos?|minuti)\b|:\d\d)"
_OF = r"(?:\s*(?:of|von|/|sur|di|de|van|aus)\s*\d{1,4}(?!\d))?"
_NUMBER = rf"(\d{{1,4}}){_NOT_FOLLOWED}"
_ROMAN = rf"(?:(?-i:{ROMAN})(?<=[IVX])|(?-i:ii|iii|iv|vi|vii|viii|ix|xi|xii))"
_ROMAN_ALONE = (
    rf"{_ROMAN}(?![^\W_]|['’])(?=\s*(?:$|[-–—:.,|)\]]))|(?-i:I{{2,3}}|IV|VI{{1,3}}|IX|XI{{1,3}}|XIV)(?![^\W_])"
)
_WORDS = "|".join(sorted(WORDS, key=len, reverse=True))
_ORDINALS = "|".join(sorted(ORDINALS, key=len, reverse=True))

_HIDDEN = re.compile(
    r"covid[- ]?19|(?<!\d)\d+[- ]?in[- ]?\d+(?!\d)|(?<![\w])top\s?\d+|(?<![\d:])[012]?\d[:h][0-5]\d(?::[0-5]\d)?(?!\d)|"
    r"(?<![^\W_])\d{1,2}(?: to | bis | a | à |[-–])\d{1,3}\s*-?(?:min|minutes?|minuten|minutos|minuti)\b|"
    r"(?<![^\W_])24/7(?!\d)|(?<![^\W_])360(?:°| grad)|(?<!\d)\d{5,}(?!\d)|(?<![\w.])\d+\s?½|"
    r"(?<![^\W_])(?:years?|since|anno|jahr)\s?\d{4}",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    rf"(?<![^\W_])(?:{LEVEL_WORDS})[\s._-]*(\d{{1,2}})(?:[-/&+]\d{{1,2}}| ?& ?\d{{1,2}})?(?!\d)", re.IGNORECASE
)
_EPISODE = re.compile(
    r"(?<![^\W_])s(\d{1,4})[ ._-]*(?:x?e|ep\.?|x)[ ._-]?(\d{1,4})(?!\d)"
    r"(?P<more>(?:\s?[-–&+]?\s?(?:s\d{1,4})?e\d{1,4}|-\d{1,3}(?![\d\w]))*)",
    re.IGNORECASE,
)
_EPISODE_X = re.compile(
    r"(?<![^\W_])s?(\d{1,2})x(\d{1,4})(?!\d|x\d{3})(?P<more>(?:\s?[-–]?\s?(?:\d{1,2})?[xe]\d{1,3}(?!\d)|-\d{1,3}(?=[-\s_.]|$))*)",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"(?<![^\W_])[MWSUKCTPB](\d{1,2})[ ._-]*([LDEVCP])(\d{1,3})(?![^\W_])", re.IGNORECASE)
_SAID_TWICE = re.compile(r"(?<!\d)(\d{1,2})(\d\d)\s*\(\2\)")
_THREE_PARTS = re.compile(r"^[\[(]?(\d{1,2})([-.])(\d{1,2})\2(\d{1,3})(?=[\s_.:)\]]|$)")
_COUNTED_OUT = re.compile(r"(?<![\w-])\d{1,2}(?:-\d{1,2}){2,}(?![\w-])")
_TWO_PARTS = re.compile(rf"^[\[(]?(\d{{1,2}})-(\d{{1,3}}){_NOT_FOLLOWED}(?=[\s_.:)\]-]|$)", re.IGNORECASE)
_DOTTED = re.compile(rf"^[\[(]?(\d{{1,2}})\.(\d{{1,3}})\.?{_NOT_FOLLOWED}(?=[\s_:)\]-]|[^\W\d_]|$)", re.IGNORECASE)
_KEYWORD = {
    unit: re.compile(
        rf"(?<![^\W_])(?:{words})(?![^\W\d_])(?:[\s._#]*|\s*[-:]\s*(?=\d+\s*(?:$|[-:|])))"
        rf"(?:(?:no|nr|nº|n°|#)\.?\s*)?[(\[]?(?:(?P<digits>\d{{1,4}})(?:\.(?P<below>\d{{1,3}})(?![\d.]))?"
        rf"{_NOT_FOLLOWED_BY_SIGN}(?P<part>[a-d](?![^\W_]))?"
        rf"(?P<more>(?:[-–]|\s?[+&]\s?)\d{{1,4}}(?=[\s)\]:.,|]|$))?{_OF}|(?<=[\s._#])(?P<word>{_WORDS})(?![^\W_])|"
        rf"(?<=[\s._#])(?P<roman>{_ROMAN_ALONE}))",
        re.IGNORECASE,
    )
    for unit, words in {**ITEM_WORDS, "container": CONTAINER_WORDS, "level": LEVEL_WORDS}.items()
}
_NUMBER_FIRST = {
    unit: re.compile(
        rf"(?<![\w.,])(?:(?P<digits>\d{{1,3}})(?:\.|st|nd|rd|th|er|re|ère|ere|e|ème|eme|nde|ª|º|°|[ao]|da|ra|ta|ma|η)\s*|"
        rf"(?P<word>{_ORDINALS})\s+)(?:{words})(?![^\W_])",
        re.IGNORECASE,
    )
    for unit, words in {**ITEM_WORDS, "container": CONTAINER_WORDS}.items()
}
_HAN = re.compile(
    rf"第\s?(?P<figure>\d{{1,4}}|{HAN})\s?(?P<unit>[課课回話话集章節节講讲天日期堂週周季部]|シーズン|レッスン)|"
    r"(?P<nth>\d{1,4})\s?(?:日目|回目|時間目|限目|話目)|"
    r"제?\s?(?P<korean>\d{1,3})(?:강|회|화|일차|차시|주차)(?![^\W_])|その(?P<sono>\d{1,3})"
)
_CONTAINER_UNITS = "週周季部"
_HASH = re.compile(rf"(?<!\S)#\s?{_NUMBER}{_OF}", re.IGNORECASE)
_SHORT = re.compile(r"(?<![^\W_])e(\d{1,4})(?![^\W_])(?P<more>(?:[-–+& ]*e\d{1,4}(?![^\W_]))*)", re.IGNORECASE)
_LEAD = re.compile(
    rf"^[\[(]?\s*#?{_NUMBER}(?P<part>[a-d](?=[\s._):\]-]))?(?P<more>\s?[&+]\s?\d{{1,4}}(?=\s*(?:[.)\]:]|[-–|]?\s)))?"
    rf"(?P<sep>\s*[.)\]_:|、](?!\d)|\s*[-–—~](?!\d)|\s+|$|(?=[^\W\d_]))",
    re.IGNORECASE,
)
_DASHED = re.compile(
    rf"[\s_][-–—|~][\s_]*[\[(]?{_NUMBER}[\])]?(?P<end>\s*$|\s+[-–—:|]|\s+|[\[(]|[.:)]\s)", re.IGNORECASE
)
_BEFORE_DASH = re.compile(r"(?<=[\s_])(\d{1,4})(?=\s+[-–—|:]\s|[:|]\s)")
_PADDED = re.compile(r"(?<=[\s_])(0\d{1,2})(?=[\s_])")
_BRACKETED = re.compile(rf"[\[(]\s*(?:no\.? ?|#)?(\d{{1,4}}){_OF}\s*[\])]", re.IGNORECASE)
_SLASHED = re.compile(r"(?<![\w/.])(\d{1,3})\s?(?:/|of|von|sur|di)\s?(\d{1,3})(?![\w/])", re.IGNORECASE)
_TRAILING = re.compile(r"(?<=[\s_#])(\d{1,4})(?:v\d)?[\])]?$")
_TRAILING_DASH = re.compile(r"(?<=[^\W\d_)])-(\d{1,3})$")
_LETTER_LEAD = re.compile(r"^([A-Z])(\d{1,3})(?=(?P<sign>\s*[-–—:.)|])|\s|$)", re.IGNORECASE)
_ROMAN_LEAD = re.compile(rf"^({_ROMAN})(?=\s*[.):|]\s|\s+[-–—]\s|[.)]?$)")
_ROMAN_TRAIL = re.compile(rf"(?<=[\s_])({_ROMAN})$")
_ANY = re.compile(rf"(?<![\w.,]){_NUMBER}(?!\w)|(?<=[^\W\d_])(?P<glued>\d{{1,4}})(?=$|[\s_.-])", re.IGNORECASE)
SECTION_AT_END = re.compile(
    r"(?<=[\s._-])(?:(?:season|staffel|saison|temporada|stagione|seizoen|volume|vol|week|woche|module?|part|teil)[\s._-]*\d{1,2}|"
    r"s\d{1,2})$",
    re.IGNORECASE,
)
"""Where the name of a folder ends in a section's number."""
_A_COUNT = re.compile(
    r"\s*(?:[^\W\d_]+s\s+(?:of|for|to|that|you|in|von|für|de|para|pour|di|per)(?![^\W_])|"
    r"(?:(?:more|best|easy|simple|top|quick|basic|great|minute) )*(?:ways|tips|reasons|poses|asanas|"
    r"stretches|exercises|moves|rounds|"
    r"reps|breaths|limbs|secrets|benefits|mistakes|habits|übungen|minute|classes|lessons|sessions|videos|parts|levels)(?![^\W_]))",
    re.IGNORECASE,
)


_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number that could be the class's. `slot` names its place, `start` and `end` what to cut out of the
    name, `strength` how sure the place alone makes it (0 to 100). `part` is the b of 1b, `until` the last
    of several numbers."""

    slot: str
    value: int
    start: int
    end: int
    strength: int
    season: int | None = None
    part: str = ""
    until: int | None = None


@lru_cache(maxsize=_REMEMBERED)
def candidates(text: str) -> Mapping[str, Candidate]:
    """The numbers of a cleaned name by slot; the first of each slot counts. A library is read again and again,
    so answers are kept."""
    hidden = _hide(text)
    found: dict[str, Candidate] = {}
    for candidate in (*_threes(text), *_certain(hidden), *_likely(_LEVEL.sub(_blank, hidden))):
        found.setdefault(candidate.slot, candidate)
    return MappingProxyType(found)


def section_number(text: str) -> int | None:
    """N of "Week N", "3. Staffel", "Part II", "S01": the number of a section, or None if this is no section's
    name."""
    for unit in ("container", "level"):
        if match := _KEYWORD[unit].search(text):
            return _value(match)
    if match := _NUMBER_FIRST["container"].search(text):
        return _value(match)
    match = _HAN.search(text)
    if match and match["unit"] and match["unit"] in _CONTAINER_UNITS:
        return value_of(match["figure"])
    match = re.search(r"^[^\w]*s(\d{1,3})$|(?<![^\W_])s(\d{1,2})(?=[\s._)\]]|$)", text, re.IGNORECASE)
    return int(match[1] or match[2]) if match else None


def _blank(match: re.Match[str]) -> str:
    return "\x00" * len(match[0])


def _hide(text: str) -> str:
    """`text` with dates and other figures that number nothing blanked out, at its old length."""
    while (date := find_date(text)) is not None:
        text = text[: date.start] + "\x00" * (date.end - date.start) + text[date.end :]
    return _COUNTED_OUT.sub(_blank, _HIDDEN.sub(_blank, text))


def _value(match: re.Match[str]) -> int:
    groups = match.groupdict()
    return value_of(next(found for name in ("digits", "word", "roman") if (found := groups.get(name))))


def _last(more: str | None) -> int | None:
    """The last number of "-E24-E26"; None if there is none."""
    found = re.findall(r"\d+", more or "")
    return from_digits(found[-1]) if found else None


def _until(first: int, more: str | None) -> int | None:
    last = _last(more)
    return last if last is not None and last > first else None


def _certain(text: str) -> Iterator[Candidate]:
    for pattern in (_EPISODE, _EPISODE_X):
        if match := pattern.search(text):
            value = from_digits(match[2])
            until = _until(value, match["more"])
            yield Candidate(SEASON_EPISODE, value, match.start(), match.end(), 100, from_digits(match[1]), until=until)
    if match := _LETTERED.search(text):
        yield Candidate(SEASON_EPISODE, int(match[3]), match.start(), match.end(), 86, int(match[1]))
    if match := _SAID_TWICE.search(text):
        yield Candidate(SEASON_EPISODE, int(match[2]), match.start(), match.end(), 84, int(match[1]))
    yield from _pairs(text)
    season = section_number(text)
    for unit, strength in (("class", 92), ("day", 91), ("part", 90)):
        yield from _by_word(text, unit, strength, season)
    for pattern in (_KEYWORD["container"], _NUMBER_FIRST["container"]):
        if match := pattern.search(text):
            yield Candidate(CONTAINER, _value(match), match.start(), match.end(), 55)
    if match := _KEYWORD["level"].search(text):
        yield Candidate(LEVEL, _value(match), match.start(), match.end(), 10)
    if (match := _HAN.search(text)) is not None:
        value = value_of(match["figure"] or match["nth"] or match["korean"] or match["sono"])
        container = bool(match["unit"]) and match["unit"] in _CONTAINER_UNITS
        slot, strength = (CONTAINER, 55) if container else ("word:class", 92)
        yield Candidate(slot, value, match.start(), match.end(), strength)
    if match := _HASH.search(text):
        yield Candidate("word:hash", from_digits(match[1]), match.start(), match.end(), 70)
    if match := _SHORT.search(text):
        value = from_digits(match[1])
        yield Candidate(SHORT, value, match.start(), match.end(), 88, season, until=_until(value, match["more"]))


def _threes(text: str) -> Iterator[Candidate]:
    """ "1-2-3" counts modules, sections and classes only where many names have it; "4-7-8" is a way to breathe."""
    if match := _THREE_PARTS.search(text):
        season = from_digits(match[1]) * 100 + from_digits(match[3])
        yield Candidate(THREE, from_digits(match[4]), match.start(), match.end(), 0, season)


def _pairs(text: str) -> Iterator[Candidate]:
    """ "2-13" and "1.2"; "02-03" says that both numbers lie in one file."""
    if match := _TWO_PARTS.search(text):
        first, second = from_digits(match[1]), from_digits(match[2])
        if match[1].startswith("0") and len(match[1]) == len(match[2]) and second > first:
            yield Candidate("range", first, match.start(), match.end(), 81, until=second)
        yield Candidate(SEASON_EPISODE, second, match.start(), match.end(), 80, first)
    if match := _DOTTED.search(text):
        first, second = from_digits(match[1]), from_digits(match[2])
        yield Candidate(SEASON_EPISODE, second, match.start(), match.end(), 82, first)
        yield Candidate(LEAD, first, match.start(), match.end(), 75, part=f"{second:03d}")


def _by_word(text: str, unit: str, strength: int, season: int | None) -> Iterator[Candidate]:
    pattern = _KEYWORD[unit]
    matches = [match for match in pattern.finditer(text) if not _is_year(match["digits"] or "")]
    if matches:
        match = matches[-1] if unit == "part" else matches[0]
        value, below = _value(match), match["below"]
        if below:
            yield Candidate(SEASON_EPISODE, from_digits(below), match.start(), match.end(), 83, value)
        yield Candidate(
            f"word:{unit}", value, match.start(), match.end(), strength, season,
            f"{from_digits(below):03d}" if below else (match["part"] or "").lower(), _until(value, match["more"]),
        )  # fmt: skip
    if (first := _NUMBER_FIRST[unit].search(text)) is not None:
        yield Candidate(f"word:{unit}", _value(first), first.start(), first.end(), strength - 5, season)


def _likely(text: str) -> Iterator[Candidate]:
    if match := _LEAD.search(text):
        yield from _lead(text, match)
    if (match := _DASHED.search(text)) and not _is_year(match[1]) and not _A_COUNT.match(text, match.end(1)):
        whole = not match["end"].strip() and not text[match.end() :].strip()
        yield Candidate(DASH, from_digits(match[1]), match.start(), match.end(1), 60 if whole else 58)
    for match in _BRACKETED.finditer(text):
        if not _is_year(match[1]):
            yield Candidate(BRACKET, from_digits(match[1]), match.start(), match.end(), 50)
    if (match := _SLASHED.search(text)) and 0 < from_digits(match[1]) <= from_digits(match[2]) > 1:
        yield Candidate("of", from_digits(match[1]), match.start(), match.end(), 66)
    for pattern in (_BEFORE_DASH, _PADDED):
        if (match := pattern.search(text)) and not _is_year(match[1]):
            yield Candidate(BEFORE_DASH, from_digits(match[1]), match.start(), match.end(), 48)
    for pattern in (_TRAILING, _TRAILING_DASH):
        if (match := pattern.search(text)) and not _is_year(match[1]):
            yield Candidate(TRAIL, from_digits(match[1]), match.start(), match.end(), 45)
    yield from _guesses(text)


def _guesses(text: str) -> Iterator[Candidate]:
    """Numbers that count only if the whole folder has them in this place."""
    for slot, pattern in ((ROMAN_FIRST, _ROMAN_LEAD), (ROMAN_LAST, _ROMAN_TRAIL)):
        if match := pattern.search(text):
            yield Candidate(slot, value_of(match[1]), match.start(), match.end(), 30)
    if match := _LETTER_LEAD.search(text):
        yield Candidate(
            LETTER + match[1].lower(), from_digits(match[2]), match.start(), match.end(), 50 if match["sign"] else 30
        )
    for index, match in enumerate(_ANY.finditer(text)):
        digits = match[1] or match["glued"]
        if not _is_year(digits):
            start = match.start(1) if match[1] else match.start("glued")
            yield Candidate(f"{MIDDLE}:{index}", from_digits(digits), start, match.end(), 0)


def _lead(text: str, match: re.Match[str]) -> Iterator[Candidate]:
    """The number a name begins with: sure with a sign or a zero, a guess before a plain word."""
    bare = not match["sep"].strip() and not match["part"] and text[0] not in "[(#"
    stops = bare and match["sep"] == "" and match.end() < len(text)
    if bare and _is_year(match[1]):
        return
    strength = 85
    if bare and not match[1].startswith("0") and match.end() < len(text):
        strength = 0 if stops else 15 if _A_COUNT.match(text, match.end(1)) else 40
    value = from_digits(match[1])
    yield Candidate(
        LEAD, value, match.start(), match.end(), strength,
        part=(match["part"] or "").lower(), until=_until(value, match["more"]),
    )  # fmt: skip


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and 1900 <= from_digits(digits) <= 2099
