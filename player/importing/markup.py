# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes HTML out of texts that were written for a web page. Pure."""

from __future__ import annotations

import html
import re

_BREAK = re.compile(r"<\s*(?:br|p|/p|li|/div|/h[1-6]|tr)\b[^<>]{0,2000}>", re.IGNORECASE)
_MARKUP = re.compile(
    r"</?(?:a|abbr|b|blockquote|body|br|center|code|div|em|font|h[1-6]|head|hr|html|i|img|li|meta|ol|p|pre|s|small|"
    r"span|strong|style|sub|sup|table|tbody|td|th|tr|u|ul)\b[^<>]{0,2000}(?:>|$)",
    re.IGNORECASE,
)
_LINES = re.compile(r"\n{3,}")


def plain_text(text: str, most: int) -> str:
    """`text` as a person reads it: no tags, no `&amp;`, at most two line ends in a row, at most `most` letters."""
    text = text[: 4 * most].replace("\r\n", "\n").replace("\r", "\n")
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = html.unescape(_MARKUP.sub("", _BREAK.sub("\n", text)))
    return _LINES.sub("\n\n", text.replace("\xa0", " ").replace("\0", "")).strip()[:most].rstrip()
