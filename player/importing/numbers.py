# SPDX-License-Identifier: GPL-3.0-or-later
"""The numbers in one cleaned name, each with the place it stands in, so that a folder can be read by columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

SEASON_EPISODE, SHORT, LEAD, LEAD_WEAK, DASH, BRACKET, BEFORE_DASH, TRAIL, MIDDLE = (
    "season-episode", "e", "lead", "lead-weak", "dash", "bracket", "before-dash", "trail", "middle"
)  # fmt: skip

_ITEM_WORDS = {
    "class": "class|classes|clase|klasse|aula|cours|classe|lektion|lesson|lección|leccion|leçon|lezione|lição|les|"
    "lekcja|lekce|oppitunti|leksjon|урок|session|sesión|sesion|sitzung|séance|seance|sessione|sessie|practice|übung|workout|"
    "einheit|unit|unidad|unité|tutorial|exercise|folge|episode|episodio|épisode|aflevering|avsnitt|odcinek|capitulo|"
    "capítulo|chapitre|chapter|kapitel|capitolo|hoofdstuk|ep|eps|step|schritt|paso|étape|video|vídeo|no|nr|№",
    "day": "day|tag|día|dia|jour|giorno|dag|dzień|dzien|den|päivä|день",
    "part": "part|pt|teil|parte|partie|deel|del|część|czesc|část|osa|часть",
}
_CONTAINER_WORDS = (
    "week|woche|semana|semaine|settimana|uke|vecka|tydzień|tyden|týden|viikko|неделя|"
    "module|modul|módulo|modulo|module|moduł|модуль|section|abschnitt|sección|seccion|sezione|sectie|"
    "season|staffel|saison|temporada|stagione|seizoen|sæson|säsong|seasong|sezon|sezona|sezóna|sezonul|kausi|сезон|"
    "series|volume|vol|band|tome|book|level|block|phase|month|monat|mes|mois|mese|시즌|シーズン"
)
_WORD_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "eins": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "uno": 1, "dos": 2, "tres": 3,
    "deux": 2, "trois": 3, "quatre": 4, "due": 2, "tre": 3,
}  # fmt: skip
_NOT_A_NUMBER_IF_FOLLOWED = (
    r"(?![\d]|\s*(?:[-–]\s*)?(?:min\b|mins\b|minutes?\b|minuten\b|minutos?\b|minuti\b|m\b|['′’](?!\w)|h\b|hours?\b|hrs?\b|"
    r"secs?\b|seconds?\b|s\b|days?\b|weeks?\b|tage?\b|wochen?\b|días\b|jours?\b|semanas?\b|%|st\b|nd\b|rd\b|th\b|"
    r"x\s?\d|fps\b|d\b|k\b|steps?\b|of\b))"
)
_OF = r"(?:\s*(?:of|von|/|sur|di)\s*\d{1,4})?"
_NUMBER = rf"(\d{{1,4}}){_NOT_A_NUMBER_IF_FOLLOWED}"
_WORDS = "|".join(_WORD_NUMBERS)

_DATE = re.compile(r"(?<!\d)(?:(?:19|20)\d\d[-._ /]\d{1,2}[-._ /]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d)(?!\d)")
_EPISODE = re.compile(r"(?<![^\W_])s(\d{1,4})[ ._-]*x?e(\d{1,4})(?!\d)", re.IGNORECASE)
_EPISODE_X = re.compile(r"(?<![^\W_])s?(\d{1,2})x(\d{1,4})(?!\d)", re.IGNORECASE)
_TWO_PARTS = re.compile(r"^(\d{1,2})-(\d{1,3})(?=[\s_.:)\]-]|$)")
_KEYWORD = {
    unit: re.compile(
        rf"(?<![^\W_])(?:{words})(?:[\s._#]*|\s*[-:]\s*(?=\d+\s*(?:$|[-:|])))"
        rf"(?:(?:no|nr)\.?\s*)?(?:{_NUMBER.replace('|of' + chr(92) + 'b', '')}{_OF}|(?P<word>{_WORDS})\b)",
        re.IGNORECASE,
    )
    for unit, words in {**_ITEM_WORDS, "container": _CONTAINER_WORDS}.items()
}
_CONTAINER_FIRST = re.compile(rf"(?<!\d)(\d{{1,3}})[.ªº°]?\s*(?:{_CONTAINER_WORDS})(?![^\W_])", re.IGNORECASE)
_HASH = re.compile(rf"(?<!\S)#\s?{_NUMBER}{_OF}", re.IGNORECASE)
_SHORT = re.compile(r"(?<![^\W_])e(\d{1,4})(?![^\W_])", re.IGNORECASE)
_LEAD = re.compile(rf"^[\[(]?{_NUMBER}(?P<sep>\s*[.)\]_:|](?!\d)|\s*[-–—](?!\d)|\s+|$)", re.IGNORECASE)
_DASHED = re.compile(rf"[\s_][-–—]\s*[\[(]?{_NUMBER}[\])]?(?P<end>\s*$|\s+[-–—:|]|\s+|[\[(])", re.IGNORECASE)
_BEFORE_DASH = re.compile(r"(?<=[\s_])(\d{1,4})(?=\s+[-–—|:]\s)")
_PADDED = re.compile(r"(?<=[\s_])(0\d{1,2})(?=[\s_])")
_BRACKETED = re.compile(r"[\[(](\d{1,4})[\])]")
_TRAILING = re.compile(r"(?<=[\s_#])(\d{1,4})$")
_ANY = re.compile(rf"(?<![\w.,]){_NUMBER}(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number that could be the class's. `slot` names its place, `start` and `end` what to cut out of the
    name, `strength` how sure the place alone makes it (0 to 100)."""

    slot: str
    value: int
    start: int
    end: int
    strength: int
    season: int | None = None


def candidates(text: str) -> dict[str, Candidate]:
    """The numbers of a cleaned name by slot; the first of each slot counts."""
    hidden = _DATE.sub(lambda match: "\x00" * len(match[0]), text)
    found: dict[str, Candidate] = {}
    for candidate in (*_certain(hidden), *_likely(hidden)):
        found.setdefault(candidate.slot, candidate)
    return found


def section_number(text: str) -> int | None:
    """N of "Week N", "3. Staffel", "S01": the number of a section, or None if this is no section's name."""
    for match in (_KEYWORD["container"].search(text), _CONTAINER_FIRST.search(text)):
        if match is not None:
            return _value(match)
    match = re.fullmatch(r"s(\d{1,3})", text, re.IGNORECASE)
    return int(match[1]) if match else None


def _value(match: re.Match[str]) -> int:
    word = match.groupdict().get("word")
    return _WORD_NUMBERS[word.lower()] if word else _int(match[1])


def _int(digits: str) -> int:
    return int("".join(str(unicodedata.digit(char, 0)) for char in digits))


def _certain(text: str) -> Iterator[Candidate]:
    for pattern in (_EPISODE, _EPISODE_X):
        if match := pattern.search(text):
            yield Candidate(SEASON_EPISODE, _int(match[2]), match.start(), match.end(), 100, _int(match[1]))
    if match := _TWO_PARTS.search(text):
        yield Candidate(SEASON_EPISODE, _int(match[2]), match.start(), match.end(), 82, _int(match[1]))
    season = section_number(text)
    for unit, strength in (("class", 92), ("day", 91), ("part", 90)):
        matches = [match for match in _KEYWORD[unit].finditer(text) if not _is_year(match[1] or "")]
        if matches:
            match = matches[-1] if unit == "part" else matches[0]
            yield Candidate(f"word:{unit}", _value(match), match.start(), match.end(), strength, season)
    if match := _KEYWORD["container"].search(text):
        yield Candidate("word:container", _value(match), match.start(), match.end(), 55)
    if match := _HASH.search(text):
        yield Candidate("word:hash", _int(match[1]), match.start(), match.end(), 70)
    if match := _SHORT.search(text):
        yield Candidate(SHORT, _int(match[1]), match.start(), match.end(), 88, season)


def _likely(text: str) -> Iterator[Candidate]:
    if match := _LEAD.search(text):
        plain = not match["sep"].strip() and bool(match["sep"]) and not text.startswith(("[", "("))
        padded = match[1].startswith("0")
        if not (plain and _is_year(match[1])):
            slot, strength = (LEAD_WEAK, 40) if plain and not padded else (LEAD, 85)
            yield Candidate(slot, _int(match[1]), match.start(), match.end(), strength)
    if (match := _DASHED.search(text)) and not _is_year(match[1]):
        whole = not match["end"].strip() and not text[match.end() :].strip()
        yield Candidate(DASH, _int(match[1]), match.start(), match.end(1), 60 if whole else 58)
    for match in _BRACKETED.finditer(text):
        if not _is_year(match[1]):
            yield Candidate(BRACKET, _int(match[1]), match.start(), match.end(), 50)
    for pattern in (_BEFORE_DASH, _PADDED):
        if (match := pattern.search(text)) and not _is_year(match[1]):
            yield Candidate(BEFORE_DASH, _int(match[1]), match.start(), match.end(), 48)
    if (match := _TRAILING.search(text)) and not _is_year(match[1]):
        yield Candidate(TRAIL, _int(match[1]), match.start(), match.end(), 45)
    for index, match in enumerate(_ANY.finditer(text)):
        yield Candidate(f"{MIDDLE}:{index}", _int(match[1]), match.start(), match.end(), 0)


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and 1900 <= _int(digits) <= 2099
