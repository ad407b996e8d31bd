# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers however they are written: digits of any script, Roman figures, words, Chinese figures. Pure."""

from __future__ import annotations

import re
import unicodedata

WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "eins": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "fuenf": 5,
    "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "uno": 1, "una": 1, "dos": 2,
    "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "un": 1, "une": 1,
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "due": 2, "tre": 3,
    "quattro": 4, "cinque": 5, "sette": 7, "otto": 8, "nove": 9, "dieci": 10, "um": 1, "uma": 1, "dois": 2,
    "três": 3, "quatro": 4, "sete": 7, "oito": 8, "dez": 10, "een": 1, "één": 1, "twee": 2, "drie": 3, "vijf": 5,
    "zes": 6, "zeven": 7, "negen": 9, "tien": 10,
}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
WORDS |= _TENS | {
    f"{ten}{sign}{one}": tens + ones
    for ten, tens in _TENS.items()
    for ones, one in enumerate(_ONES, start=1)
    for sign in "- "
}
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "erste": 1, "erster": 1, "erstes": 1, "zweite": 2, "zweiter": 2,
    "dritte": 3, "dritter": 3, "vierte": 4, "vierter": 4, "fünfte": 5, "sechste": 6, "siebte": 7, "achte": 8,
    "neunte": 9, "zehnte": 10, "primera": 1, "primer": 1, "primero": 1, "segunda": 2, "segundo": 2, "tercera": 3,
    "tercer": 3, "cuarta": 4, "cuarto": 4, "quinta": 5, "quinto": 5, "sexta": 6, "première": 1, "premier": 1,
    "premiere": 1, "deuxième": 2, "deuxieme": 2, "seconde": 2, "troisième": 3, "troisieme": 3, "quatrième": 4,
    "cinquième": 5, "sixième": 6, "prima": 1, "primo": 1, "seconda": 2, "secondo": 2, "terza": 3, "terzo": 3,
    "quarta": 4, "quarto": 4, "primeira": 1, "primeiro": 1, "terceira": 3, "eerste": 1, "tweede": 2, "derde": 3,
    "vierde": 4, "vijfde": 5, "zesde": 6,
}  # fmt: skip
ROMAN = r"(?=[IVX])X{0,3}(?:IX|IV|VI{0,3}|I{1,3})?"
"""Roman figures up to 39: longer ones are words or years."""

HAN = r"[〇零一二三四五六七八九十百]{1,5}"
_HAN_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0}
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


def value_of(text: str) -> int:
    """The value of a number as one of the patterns here finds it. Raises ValueError for any other text."""
    if any(char.isdigit() for char in text):
        return from_digits(text)
    lowered = text.lower()
    if lowered in WORDS:
        return WORDS[lowered]
    if lowered in ORDINALS:
        return ORDINALS[lowered]
    if (text and text[0] in _HAN_DIGITS) or text[:1] in ("十", "百"):
        return _from_han(text)
    return _from_roman(text)


def from_digits(digits: str) -> int:
    """The value of digits of any script (٣ and ३ are 3)."""
    return int("".join(str(unicodedata.digit(char, 0)) for char in digits))


def _from_roman(text: str) -> int:
    values = [_ROMAN_VALUES[char] for char in text.upper() if char in _ROMAN_VALUES]
    if not values or len(values) != len(text):
        raise ValueError(f"not a number: {text!r}")
    following = [*values[1:], 0]
    return sum(-one if one < after else one for one, after in zip(values, following, strict=True))


def _from_han(text: str) -> int:
    if not re.search("[十百]", text):
        return int("".join(str(_HAN_DIGITS[char]) for char in text))
    total, digit = 0, None
    for char in text:
        if char in "十百":
            total += (1 if digit is None else digit) * (10 if char == "十" else 100)
            digit = None
        else:
            digit = _HAN_DIGITS[char]
    return total + (digit or 0)
