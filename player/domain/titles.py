# SPDX-License-Identifier: GPL-3.0-or-later
"""How titles are shown."""

from __future__ import annotations


def split_title(title: str) -> tuple[str, str]:
    """("A", "B") for "A: B", at the first colon (a full-width one counts too); ("A", "") without one.

    A colon between digits (a time) or without a word on both sides does not split.
    """
    text = title.replace("：", ": ")
    head, colon, tail = text.partition(": ")
    head, tail = head.strip(), " ".join(tail.split())
    return (head, tail) if colon and head and tail else (" ".join(title.split()), "")
