# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of caption files (SubRip, WebVTT, ASS) with their times, as tolerant as players are.

Pure: text in, cues out; what makes no sense is left out. Runs on any thread.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice

from player.domain.captions import Cue

MOST_CUES = 20_000
LONGEST_CUE = 2_000
_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMING = re.compile(rf"^[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}[^\n]{{0,200}}$", re.MULTILINE | re.ASCII)
_TAG = re.compile(r"<[^<>\n]{0,200}>|\{\\?[^{}\n]{0,200}\}")
_NUMBER = re.compile(r"[ \t]*\d{1,7}[ \t]*")
_VTT_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|$)")
_HEADER_LINE = re.compile(r"(\w{1,20})[ \t]*[:=][ \t]*(\S.{0,100})")
_ASS_TIME = re.compile(r"(\d{1,4}):(\d{1,2}):(\d{1,2})[.,](\d{1,3})", re.ASCII)


def read_cues(text: str, most: int = MOST_CUES) -> tuple[Cue, ...]:
    """The first `most` cues of a caption file in any of the formats, in the order of the file."""
    if "-->" not in text and "Dialogue:" in text:
        return tuple(islice(_ass_cues(text), most))
    return tuple(islice(_arrow_cues(text, most, is_vtt=is_vtt(text)), most))


def is_vtt(text: str) -> bool:
    """Whether `text` begins as a WebVTT file must."""
    return text.startswith("WEBVTT") and (len(text) == 6 or text[6] in " \t\n")


def vtt_header(text: str) -> dict[str, str]:
    """What the first lines of a WebVTT file say of it ("kind", "language"), names in small letters."""
    found: dict[str, str] = {}
    for line in text[:2000].split("\n")[1:]:
        match = _HEADER_LINE.fullmatch(line.strip())
        if match is None:
            break
        found.setdefault(match[1].casefold(), match[2].strip().casefold())
    return found


def _arrow_cues(text: str, most: int, *, is_vtt: bool) -> Iterator[Cue]:
    """What stands between two lines of times belongs to the first one, but for the number or name of the next."""
    timings = list(islice(_TIMING.finditer(text), 2 * most + 1))  # some may hold nothing
    for index, timing in enumerate(timings):
        end = timings[index + 1].start() if index + 1 < len(timings) else len(text)
        body = text[timing.end() : min(end, timing.end() + 8 * LONGEST_CUE)]
        lines = body.split("\n")[1:]
        if is_vtt:
            lines = _until_blank(lines)
        elif index + 1 < len(timings):
            lines = _without_number(lines)
        words = plain_words("\n".join(lines))
        start_ms, end_ms = _ms(timing.groups()[:4]), _ms(timing.groups()[4:])
        if words and start_ms is not None and end_ms is not None:
            yield Cue(start_ms, max(start_ms, end_ms), words)


def _until_blank(lines: list[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if not line.strip() or (not kept and _VTT_BLOCK.match(line)):
            break
        kept.append(line)
    return kept


def _without_number(lines: list[str]) -> list[str]:
    """Without the number of the next cue at the end."""
    while lines and not lines[-1].strip():
        lines.pop()
    if lines and _NUMBER.fullmatch(lines[-1]):
        lines.pop()
    return lines


def _ass_cues(text: str) -> Iterator[Cue]:
    """ASS and SSA: ten fields parted by commas, the words last."""
    for line in text.split("\n"):
        if not line.startswith("Dialogue:"):
            continue
        fields = line[len("Dialogue:") :].split(",", 9)
        if len(fields) < 10:
            continue
        start, end = _ASS_TIME.fullmatch(fields[1].strip()), _ASS_TIME.fullmatch(fields[2].strip())
        words = plain_words(fields[9].replace("\\N", "\n").replace("\\n", "\n").replace("\\h", " "))
        if start and end and words:
            start_ms, end_ms = _ms(start.groups()), _ms(end.groups())
            if start_ms is not None and end_ms is not None:
                yield Cue(start_ms, max(start_ms, end_ms), words)


def plain_words(text: str) -> str:
    """The words of one cue without tags, in trimmed lines."""
    plain = html.unescape(_TAG.sub("", text[: 4 * LONGEST_CUE]))
    return "\n".join(line for line in (" ".join(line.split()) for line in plain.split("\n")) if line)[:LONGEST_CUE]


def _ms(parts: tuple[str | None, ...]) -> int | None:
    """Milliseconds of hours (or None), minutes, seconds and their decimals; None for 61 seconds."""
    hours, minutes, seconds, decimals = parts
    if int(minutes or 0) >= 60 or int(seconds or 0) >= 60:
        return None
    whole = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)
    return whole * 1000 + int((decimals or "0").ljust(3, "0"))
