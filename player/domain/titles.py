# SPDX-License-Identifier: GPL-3.0-or-later
"""How titles are shown."""

from __future__ import annotations

import re

_DASH = re.compile(r"\s[-–—]\s")
"""A dash between words, not one inside a word. File names of some systems may not have colons."""


def split_title(title: str) -> tuple[str, str]:
    """("A", "B") for "A: B", at the first colon (a full-width one counts too), and where there is none for "A - B"
    or "A – B", at the first dash between two parts with letters; ("A", "") where nothing splits.

    A colon between digits (a time) or without a word on both sides does not split.
    """
    text = " ".join(title.replace("：", ": ").split())
    head, colon, tail = text.partition(": ")
    head, tail = head.strip(), tail.strip()
    if colon and head and tail:
        return head, tail
    for dash in _DASH.finditer(text):
        head, tail = text[: dash.start()], text[dash.end() :]
        if _has_letter(head) and _has_letter(tail):
            return head, tail
    return text, ""


def _has_letter(text: str) -> bool:
    return any(letter.isalpha() for letter in text)
