# SPDX-License-Identifier: GPL-3.0-or-later
"""Natural order: 10 comes after 9, letters without regard to case and accents."""

from __future__ import annotations

import re
import unicodedata

_ENDING = re.compile(r"\.(?=[a-z][a-z0-9]{1,3}$)")
_RUNS = re.compile(r"(\d+)")

NaturalKey = tuple[tuple[tuple[int, int, str], ...], str]


def natural_key(text: str) -> NaturalKey:
    """A key to sort by; equal only for equal texts, so the order is total and stable. The ending of a file counts
    after all else: "Hips.mp4" comes before "Hips (short).mp4"."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    plain = _ENDING.sub("\x01", plain)
    parts = []
    for index, run in enumerate(_RUNS.split(plain)):
        if index % 2:
            digits = "".join(str(unicodedata.digit(char, 0)) for char in run).lstrip("0")
            parts.append((0, len(digits), digits))
        elif run:
            parts.append((1, 0, run))
    return tuple(parts), text
