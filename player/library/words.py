# SPDX-License-Identifier: GPL-3.0-or-later
"""Text as the search index holds it, and words as it is asked for them. Pure.

Both sides are folded here, so that SQLite's tokenizer and this program never disagree on what a word is.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_WORD = 40
_LONGEST_TEXT = 200_000
_LONGEST_QUESTION = 400
_MOST_WORDS = 8
_WORD = re.compile(r"[^\W_]+")
_TOGETHER = re.compile(r"(?<=\w)['’ʼ](?=\w)")
_OTHER_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_MARKS = {"Mn", "Mc", "Me"}
_ENDINGS = ("ions", "ion", "ings", "ing", "ers", "er", "ed", "es", "en", "s", "e", "n", "y")
_STEM = 4


def words_of(text: str) -> list[str]:
    """The words of `text` in small letters without accents, each as often as it stands there."""
    if text.isascii():  # most texts are, and there is nothing to fold but the case
        plain = text[:_LONGEST_TEXT].lower()
        words = _WORD.findall(_TOGETHER.sub("", plain) if "'" in plain else plain)
        return words if len(text) <= LONGEST_WORD else [word[:LONGEST_WORD] for word in words]
    whole = unicodedata.normalize("NFKD", _TOGETHER.sub("", text[:_LONGEST_TEXT])).casefold().translate(_OTHER_LETTERS)
    letters = "".join(char for char in whole if unicodedata.category(char) not in _MARKS)
    return [word[:LONGEST_WORD] for word in _WORD.findall(letters)]


def asked(text: str) -> tuple[str, ...]:
    """The different words that a question asks for, at most eight."""
    return tuple(dict.fromkeys(words_of(text[:_LONGEST_QUESTION])))[:_MOST_WORDS]


def stem(word: str) -> str:
    """What is left of `word` when its ending does not matter: "rotations" and "rotating" begin with "rotat". At
    least four letters stay, and three of a short plural ("hips")."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word[: -len(ending)]
    if len(word) == _STEM and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word
