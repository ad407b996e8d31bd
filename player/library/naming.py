# SPDX-License-Identifier: GPL-3.0-or-later
"""Natural order of titles: 10 after 9, upper and lower case alike, accents beside their letter."""

from __future__ import annotations

import re
import unicodedata

_NUMBERS = re.compile(r"(\d+)")


def natural_key(text: str) -> tuple[tuple[str, int, str], ...]:
    """What to sort by."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter)
    )
    words, numbers = _NUMBERS.split(plain)[::2], _NUMBERS.split(plain)[1::2]
    digits = [number.lstrip("0") for number in numbers]  # compared as text: Python refuses very long numbers
    return tuple(zip(words, [*map(len, digits), -1], [*digits, ""], strict=True))
