# SPDX-License-Identifier: GPL-3.0-or-later
"""The parts of a class that a description names without times: headings with minutes, numbered lines, and
"we begin by releasing the diaphragm, then breath, then mobilizations". They are offered for marking, never
used as phases by themselves. Pure; any thread.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from player.domain.models import PhaseKind
from player.domain.vocabulary import Vocabulary, WordFinder, fold
from player.importing.descriptions_text import LONGEST_TEXT
from player.importing.descriptions_times import list_of_times

MOST_PARTS = 40
_LONGEST_HEADING = 80
_MOST_WORDS = 8
_HEADING_WORDS = 7
_MINUTES = re.compile(
    r"[\s:,–—-]*[(\[]?\s*(?:~|ca\.?|about|approx\.?)?\s*(\d{1,3})(?:\s*(?:-|–|—|to|bis|à|a)\s*(\d{1,3}))?\s*"
    r"(?:min(?:s|utes?|uten|utos?)?\b\.?|['′])\s*[)\]]?\s*:?\s*$",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^\s*(?:(\d{1,2})\s?[.)]|[-–—•*·▪▸►])\s+")
_DURATION_ONLY = re.compile(r"(?:total|duration|length|time|dauer|durée|duración)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?;…])\s+|\n+|\s*(?:\.\.\.|…)\s*")
_FILLER = re.compile(
    r"^(?:(?:and|we|we'll|you|you'll|will|we will|then|with|a|an|the|some|few|by|into|in|to|do|try|try out|explore|"
    r"come|comes|come to|is|are|it's|its|all|"
    r"short|gentle|mild|nice|little|und|wir|mit|ein|eine|einer|der|die|das|y|con|una?|et|avec|une|nous|on)\s+)+",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"[^\S\n]+")
_ASIDE = re.compile(
    r"(?:after|before|once|when|while|nach|bevor|wenn|après|avant|quand|después|antes)\b", re.IGNORECASE
)
_TAIL = re.compile(r"(?:\s+(?:and|und|et|y|e|or|the|a|with|mit))+$", re.IGNORECASE)
_STOP = re.compile(
    r"\s*(?:[,:;()–—]|\s(?:to|so that|before|while|where|which|that|because|and then|and finally|"
    r"um|damit|bevor|para|antes|pour|avant)\s).*$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Part:
    """One named part. `minutes` is 0 where none are stated, or where only a range is."""

    title: str
    kind: PhaseKind
    minutes: int = 0


def outline_of(text: str, words: Vocabulary) -> tuple[Part, ...]:
    """The parts that `text` names in order, or none. A text with a list of times has phases, no outline."""
    text = _BLANKS.sub(" ", text[:LONGEST_TEXT])
    if list_of_times(text).marks:
        return ()
    lines = text.split("\n")
    parts = _headings(lines, words) or _numbered(lines, words) or _narrated(text, words)
    return tuple(parts[:MOST_PARTS])


def _headings(lines: Sequence[str], words: Vocabulary) -> list[Part]:
    """Lines such as "2. Flow (10 minutes)"."""
    parts = []
    for line in lines:
        match = _MINUTES.search(line[: _LONGEST_HEADING * 2])
        if match is None:
            continue
        title = _LEAD.sub("", line[: match.start()]).strip(" \t:,-–—")
        if not title or len(title) > _LONGEST_HEADING or len(title.split()) > _MOST_WORDS:
            continue
        if _DURATION_ONLY.match(title) or not any(sign.isalpha() for sign in title):
            continue
        parts.append(Part(title, words.recognise_kind(title), 0 if match[2] else int(match[1])))
    return parts


def _numbered(lines: Sequence[str], words: Vocabulary) -> list[Part]:
    """Short lines that count 1, 2, 3 and of which most name a kind of phase."""
    parts: list[Part] = []
    for line in lines:
        match = _LEAD.match(line)
        if match is None or match[1] is None or int(match[1]) != len(parts) + 1:
            continue
        title = line[match.end() :].strip(" \t:.-–—")
        if title and len(title) <= _LONGEST_HEADING and len(title.split()) <= _MOST_WORDS:
            parts.append(Part(title, words.recognise_kind(title)))
    known = sum(part.kind is not PhaseKind.OTHER for part in parts)
    return parts if len(parts) >= 2 and known * 2 >= len(parts) else []


def _narrated(text: str, words: Vocabulary) -> list[Part]:
    """ "First …, then …, finally …": what stands after each such word, if it names a kind of phase."""
    finder = WordFinder((word, "next") for word in words.phrases.get("sequence", ()))
    parts: list[Part] = []
    for sentence in _SENTENCE.split(text):
        if sentence is None or not finder.longest(fold(sentence)):
            continue
        for piece in _pieces(sentence, finder):
            part = _named(piece, words)
            if part is not None and (not parts or part.title.casefold() != parts[-1].title.casefold()):
                parts.append(part)
    return parts if len(parts) >= 2 else []


def _pieces(sentence: str, finder: WordFinder) -> list[str]:
    """What follows each word of sequence in a sentence, up to the next one."""
    tokens = [(match[0], match.start(), match.end()) for match in re.finditer(r"[\w’']+", sentence)]
    starts: list[tuple[int, int]] = []
    index = 0
    while index < len(tokens):
        for length in (4, 3, 2, 1):
            phrase = fold(" ".join(token[0] for token in tokens[index : index + length]))
            if index + length <= len(tokens) and any(found == (0, len(phrase)) for found in _spans(finder, phrase)):
                starts.append((tokens[index][1], tokens[index + length - 1][2]))
                index += length - 1
                break
        index += 1
    ends = [start for start, _end in starts[1:]] + [len(sentence)]
    return [sentence[end:stop] for (_start, end), stop in zip(starts, ends, strict=True)]


def _spans(finder: WordFinder, phrase: str) -> list[tuple[int, int]]:
    return [(start, end) for _name, start, end in finder.find(phrase)]


def _named(piece: str, words: Vocabulary) -> Part | None:
    text = piece.strip(" \t,:;.!–—-")
    if _ASIDE.match(text):
        return None
    text = _FILLER.sub("", _STOP.sub("", text) or text).strip(" .,!")
    title = _TAIL.sub("", " ".join(text.split()[:_HEADING_WORDS]))
    kind = words.recognise_kind(title)
    if not title or kind is PhaseKind.OTHER:
        return None
    return Part(title[0].upper() + title[1:], kind)
