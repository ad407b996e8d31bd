# SPDX-License-Identifier: GPL-3.0-or-later
"""Running text cut into sentences that can be searched by words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from player.domain.vocabulary import fold

COMMA, OPEN, CLOSE = "xcommax", "xopenx", "xclosex"
"""Punctuation that matters, as words that no text holds."""
LONGEST_TEXT = 20_000
_LONGEST_SENTENCE = 1_000
_SENTENCE = re.compile(r"[^.!?;…•·]+(?:\.(?=\S)[^.!?;…•·]+)*[.!?;…]*")
_SIGNS = str.maketrans(
    {",": f" {COMMA} ", "(": f" {OPEN} ", "[": f" {OPEN} ", ")": f" {CLOSE} ", "]": f" {CLOSE} ", "&": " and ",
     "+": " and ", "/": " or ", "’": "'", "|": f" {COMMA} ", "–": f" {COMMA} ", "—": f" {COMMA} "}
)  # fmt: skip
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,500}|\S{1,64}@\S{1,100}")
_BULLET = re.compile(r"\s*(?:[-–—•*·▪▸►✓✔➤→]|\d{1,2}[.)])\s")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: as written, and folded for searching. `line` counts lines of the text."""

    written: str
    folded: str
    line: int
    is_item: bool
    """Whether its line begins with a bullet or a number."""

    @property
    def is_question(self) -> bool:
        return self.written.rstrip().endswith("?")

    @property
    def is_heading(self) -> bool:
        return self.written.rstrip().endswith(":")


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of `text` in order; a line always ends one."""
    for number, line in enumerate(text[:LONGEST_TEXT].split("\n")):
        if not line.strip():
            continue
        is_item = _BULLET.match(line) is not None
        for match in _SENTENCE.finditer(_ADDRESS.sub(" ", line)):
            written = match[0].strip()[:_LONGEST_SENTENCE]
            folded = fold(written.translate(_SIGNS))
            if folded:
                yield Sentence(written, folded, number, is_item)
