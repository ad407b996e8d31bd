# SPDX-License-Identifier: GPL-3.0-or-later
"""The one place where the bytes of a sidecar become text, whatever program wrote them.

Pure and total: any bytes give some text.
"""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_TRUSTED = re.compile(
    r"(?:us-?ascii|iso[-_ ]?8859[-_ ]?\d{1,2}|latin[-_ ]?\d|windows[-_ ]?125\d|cp(?:125\d|437|85\d|866)|koi8-[ru]|"
    r"shift[-_]?jis|euc[-_](?:jp|kr)|gb2312|gbk|gb18030|big5|mac[-_ ]?roman)",
    re.IGNORECASE,
)
_SAMPLE = 4096
_LATIN_1 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_CONTROLS = re.compile(r"[\x01-\x08\x0b\x0e-\x19\x1c-\x1f\x7f]")
_MOST_CONTROLS = 0.01


def decode(data: bytes, declared: str = "", *, whole: bool = True) -> str:
    """The text in `data`, with plain line ends and without NUL.

    A byte order mark decides; then NULs in every other byte (UTF-16 without a mark); then UTF-8 if the bytes
    are UTF-8 throughout; then the code page `declared`, if it is a known one; then Windows-1252, or
    ISO-8859-1 where bytes stand that Windows-1252 does not have. With `whole` false, `data` may end within
    a letter.
    """
    text = _decode(data, declared, whole)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").replace("\ufeff", "")


def looks_binary(text: str) -> bool:
    """Whether what came out of `decode` cannot have been written as text."""
    sample = text[: 4 * _SAMPLE]
    return len(_CONTROLS.findall(sample)) > _MOST_CONTROLS * len(sample)


def _decode(data: bytes, declared: str, whole: bool) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if encoding := _wide_without_mark(data[:_SAMPLE]):
        return data.decode(encoding, "replace")
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(data, final=whole)
    except UnicodeDecodeError:
        pass
    if _TRUSTED.fullmatch(declared.strip()):
        try:
            return data.decode(declared.strip(), "replace")
        except LookupError:  # a name of this shape that Python does not know
            pass
    return data.decode("iso-8859-1" if _LATIN_1.search(data) else "cp1252", "replace")


def _wide_without_mark(sample: bytes) -> str:
    """The name of a UTF-16 whose letters are mostly Latin, told by where the zeros are; "" for others."""
    pairs = len(sample) // 2
    if pairs < 2:
        return ""
    even, odd = sample[0 : 2 * pairs : 2].count(0), sample[1 : 2 * pairs : 2].count(0)
    if odd > 0.4 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.4 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return ""
