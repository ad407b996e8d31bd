# SPDX-License-Identifier: GPL-3.0-or-later
"""Which class a sidecar belongs to, by its name: the longest common stem, and what may stand after it.

Names are compared without case and in one Unicode form, because some systems take letters with accents apart.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from player.importing.languages import language_tag
from player.importing.scan import MEDIA_ENDINGS, FoundFile

CHAPTER_WORDS = frozenset(
    {"chapters", "chapter", "kapitel", "chapitres", "capitulos", "capítulos", "capitoli", "hoofdstukken", "toc"}
)
CAPTION_WORDS = frozenset(
    {"captions", "caption", "subtitles", "subtitle", "subs", "sub", "untertitel", "subtitulos", "subtítulos", "cc",
     "sdh", "hi", "forced", "default", "full", "auto", "asr", "orig", "original"}
)  # fmt: skip
OTHER_TRACK_WORDS = frozenset(
    {"descriptions", "description", "audiodescription", "audiodescriptions", "metadata", "thumbnails", "thumbs",
     "sprite", "sprites", "storyboard"}
)  # fmt: skip
_PLAIN_WORDS = frozenset({"info", "nfo", "tags", "meta", "ffmetadata", "description", "details", "movie", "video"})
_KNOWN_WORDS = CHAPTER_WORDS | CAPTION_WORDS | OTHER_TRACK_WORDS | _PLAIN_WORDS
_SEPARATORS = re.compile(r"[. _()\[\]-]+")
_COMPOUND = re.compile(r"\.(?:info|chapters?|captions?|subtitles?|tags|[a-z]{2,3}(?:[-_][a-z0-9]{2,4})?_?)$")


def plain_form(name: str) -> str:
    """`name` for comparing."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


@dataclass(frozen=True, slots=True)
class Match:
    """The media a sidecar belongs to (several only where they share one stem), and the words that stand
    between the stem and the ending ("en", "chapters"), in small letters."""

    files: tuple[FoundFile, ...]
    rest: str = ""
    """All that follows the stem, with the ending (".en.srt")."""

    @property
    def words(self) -> tuple[str, ...]:
        return words_between(self.rest)

    @property
    def is_plain(self) -> bool:
        """Whether nothing but known words and languages stands after the stem: the sidecar is for this class
        and not for one whose name merely goes on."""
        return all(_is_known(word) for word in self.words)


class Stems:
    """The media of one folder by stem."""

    def __init__(self, media: Sequence[FoundFile]) -> None:
        self._media = tuple(media)

    @cached_property
    def _by_stem(self) -> dict[str, tuple[FoundFile, ...]]:
        by_stem: dict[str, tuple[FoundFile, ...]] = {}
        for file in self._media:
            key = plain_form(file.stem)
            by_stem[key] = (*by_stem.get(key, ()), file)
        return by_stem

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._by_stem)

    def match(self, name: str) -> Match | None:
        """The media whose stem `name` begins with, the longest first; else those whose stem begins with
        that of `name`, if only one does; else the only medium of the folder, for names such as
        "chapters.txt"."""
        plain = plain_form(name)
        for end in range(len(plain), 0, -1):
            if end < len(plain) and plain[end].isalnum():
                continue
            files = self._by_stem.get(plain[:end])
            if files:
                return Match(files, plain[end:])
        return self._longer(plain) or self._only(plain)

    def _longer(self, plain: str) -> Match | None:
        """The one medium whose stem goes on where the sidecar's ends ("13 Feet [id].mp4" for "13 Feet.nfo")."""
        stem = plain.rpartition(".")[0]
        stem = _COMPOUND.sub("", stem)
        if len(stem) < 2 and not stem.isdigit():
            return None
        found = []
        for index in range(bisect_left(self._sorted, stem), len(self._sorted)):
            longer = self._sorted[index]
            if not longer.startswith(stem):
                break
            if not longer[len(stem)].isalnum():
                found.append(longer)
            if len(found) > 1:
                return None
        return Match(self._by_stem[found[0]], plain[len(stem) :]) if found else None

    def _only(self, plain: str) -> Match | None:
        if len(self._by_stem) != 1:
            return None
        words = words_between("." + plain)
        if not words or not all(word in _KNOWN_WORDS for word in words):
            return None
        return Match(next(iter(self._by_stem.values())), "." + plain)


def match_stem(name: str, media: Sequence[FoundFile], folder: Path) -> tuple[FoundFile, str] | None:
    """The medium in `folder` whose stem `name` begins with, the longest first, and what follows the stem
    (".en.srt"); None if it belongs to none. The stem must end at a sign, not within a word."""
    match = Stems([file for file in media if file.path.parent == folder]).match(name)
    return (match.files[0], match.rest) if match else None


def words_between(rest: str) -> tuple[str, ...]:
    """The words before the ending in what follows a stem."""
    middle = rest.rpartition(".")[0]
    return tuple(word for word in _SEPARATORS.split(middle) if word)


def _is_known(word: str) -> bool:
    return word in _KNOWN_WORDS or f".{word}" in MEDIA_ENDINGS or bool(language_tag(word))
