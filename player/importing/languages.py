# SPDX-License-Identifier: GPL-3.0-or-later
"""Languages as files write them ("eng", "en_", "ger", "pt-BR"), as BCP 47 tags."""

from __future__ import annotations

import re

_THREE_LETTERS = {
    "ara": "ar", "bul": "bg", "cat": "ca", "ces": "cs", "cze": "cs", "chi": "zh", "zho": "zh", "cym": "cy", "wel": "cy",
    "dan": "da", "deu": "de", "ger": "de", "ell": "el", "gre": "el", "eng": "en", "spa": "es", "est": "et", "eus": "eu",
    "baq": "eu", "fas": "fa", "per": "fa", "fin": "fi", "fra": "fr", "fre": "fr", "gle": "ga", "glg": "gl", "heb": "he",
    "hin": "hi", "hrv": "hr", "hun": "hu", "hye": "hy", "arm": "hy", "ind": "id", "isl": "is", "ice": "is", "ita": "it",
    "jpn": "ja", "kat": "ka", "geo": "ka", "kor": "ko", "lat": "la", "lav": "lv", "lit": "lt", "mkd": "mk", "mac": "mk",
    "msa": "ms", "may": "ms", "nld": "nl", "dut": "nl", "nob": "nb", "nno": "nn", "nor": "no", "pol": "pl", "por": "pt",
    "ron": "ro", "rum": "ro", "rus": "ru", "slk": "sk", "slo": "sk", "slv": "sl", "sqi": "sq", "alb": "sq", "srp": "sr",
    "swe": "sv", "tam": "ta", "tel": "te", "tha": "th", "tur": "tr", "ukr": "uk", "urd": "ur", "vie": "vi",
}  # fmt: skip
_NAMES = {
    "english": "en", "german": "de", "deutsch": "de", "spanish": "es", "español": "es", "espanol": "es", "french": "fr",
    "français": "fr", "francais": "fr", "italian": "it", "italiano": "it", "portuguese": "pt", "português": "pt",
    "dutch": "nl", "nederlands": "nl", "polish": "pl", "polski": "pl", "russian": "ru", "japanese": "ja",
    "korean": "ko", "chinese": "zh", "arabic": "ar", "hebrew": "he", "turkish": "tr", "swedish": "sv", "danish": "da",
    "finnish": "fi", "norwegian": "no", "czech": "cs", "greek": "el", "hungarian": "hu", "ukrainian": "uk",
}  # fmt: skip
_TWO_LETTERS = frozenset(_THREE_LETTERS.values()) | frozenset(_NAMES.values())
_TAG = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?", re.IGNORECASE)


def language_tag(text: str) -> str:
    """The BCP 47 tag of "eng", "en_", "English" or "pt-br"; "" for anything that names no language."""
    word = text.strip(" ._-").lower()
    if word in _NAMES:
        return _NAMES[word]
    match = _TAG.fullmatch(word)
    if match is None:
        return ""
    language = _THREE_LETTERS.get(match[1], match[1])
    if language not in _TWO_LETTERS:
        return ""
    parts = [language, match[2].title() if match[2] else "", match[3].upper() if match[3] else ""]
    return "-".join(part for part in parts if part)
