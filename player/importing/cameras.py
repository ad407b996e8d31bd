# SPDX-License-Identifier: GPL-3.0-or-later
"""Names that a camera, a telephone or a recording program gave: no class numbers, but an order. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from player.importing.name_dates import find_date
from player.importing.name_text import plain

_GOPRO = re.compile(r"(G[XHLPO])(\d{2})(\d{4})", re.IGNORECASE)
_GOPRO_OLD = re.compile(r"GOPR(\d{4})", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:IMG|DSC[NF]?|MVI|MOV|CLIP|MAH|P|C|DJI|VID|MVC|DSCF|SAM|PICT|HPIM|CIMG|STA|FILE|ZOOM|100-|AVSEQ|REC)[-_ ]?"
    r"(?:[AE])?(\d{3,8}|(?<=zoom_)\d{1,2})(?:[-_ ]?\(?(\d{1,2})\)?)?",
    re.IGNORECASE,
)
_TIMED = re.compile(
    r"(?:(?:VID|PXL|IMG|MOV|DJI|WIN|Screen[ _-]?Record(?:ing|er)?|Recording|Video|WhatsApp Video|Bildschirmaufnahme|"
    r"Bildschirmaufzeichnung|Aufnahme|Rec|GMT|signal|capture|zoom|trim|Camera|Untitled)[-_ .]*(?:at |um |am |à )?)?"
    r"(?=(?:19|20)\d\d)(?P<when>.*)",
    re.IGNORECASE,
)
_REST_OF_TIME = re.compile(
    r"[-_ .TZ]*(?:at |um |à )?(?:\d{1,2}[-._:h ]?\d{2}(?:[-._: m]?\d{2})?(?:[-._]?\d{1,3})?)?\s*(?:am|pm)?"
    r"(?:[-_ .~]*(?:\d{3,4}|WA\d{4}|Pro|TS|LS|MP|NIGHT|\(\d+\)|\d{1,2}|[DVN]|Recording|\d+x\d+))*Z?",
    re.IGNORECASE,
)
_WHATSAPP = re.compile(r"VID-(\d{8})-WA(\d{4})", re.IGNORECASE)
_DISC_TITLE = re.compile(r"(?:.*[_ ])?t(\d{2,3})", re.IGNORECASE)
_DVD = re.compile(r"VTS[-_](\d{2})[-_](\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CameraName:
    """What a camera's name says. `rank` orders recordings of one folder; `number` and `part` are set where one
    recording lies in several files; `when` is the ISO date or ""."""

    title: str
    rank: tuple[int, int]
    when: str = ""
    number: int | None = None
    part: int | None = None


def camera_name(stem: str) -> CameraName | None:
    """What `stem` says if a device gave it; None for names that people gave."""
    text = plain(stem)
    if match := _GOPRO.fullmatch(text):
        number, part = int(match[3]), int(match[2])
        return CameraName(f"GoPro {match[3]}" + (f" ({part})" if part > 1 else ""), (number, part), "", number, part)
    if match := _GOPRO_OLD.fullmatch(text):
        return CameraName(f"GoPro {match[1]}", (int(match[1]), 0), "", int(match[1]), 0)
    if match := _DVD.fullmatch(text):
        number, part = int(match[1]), int(match[2])
        return CameraName(f"Title {number}" + (f" ({part})" if part > 1 else ""), (number, part), "", number, part)
    if match := _DISC_TITLE.fullmatch(text):
        return CameraName(re.sub(r"[_ ]+", " ", text), (int(match[1]), 0))
    if match := _WHATSAPP.fullmatch(text):
        return _dated(match[1], int(match[2]))
    if (match := _TIMED.fullmatch(text)) and (named := _timed(match["when"])):
        return named
    if match := _COUNTED.fullmatch(text):
        return CameraName(re.sub(r"[_ ]+", " ", text), (int(match[1]), int(match[2] or 0)))
    return None


def _timed(text: str) -> CameraName | None:
    """A name that is nothing but a date and a time."""
    date = find_date(text)
    if date is None or date.start != 0:
        return None
    rest = text[date.end :] if not date.clock else ""
    tail = text[date.end :]
    match = _REST_OF_TIME.fullmatch(tail)
    if match is None:
        return None
    clock = date.clock
    if (
        not clock
        and (time := re.match(r"[-_ .T]*(?:at |um |à )?(\d{1,2})[-._:h ]?(\d{2})", rest))
        and int(time[1]) < 24
    ):
        clock = f"{int(time[1]):02d}:{time[2]}"
    if not clock and not tail.strip():
        return None
    return _dated(date.when.replace("-", ""), 0, clock, tail)


def _dated(day: str, index: int, clock: str = "", tail: str = "") -> CameraName | None:
    date = find_date(day)
    if date is None:
        return None
    digits = re.sub(r"\D", "", clock).ljust(6, "0")[:6]
    if "pm" in tail.lower() and int(digits[:2]) < 12:
        digits = f"{int(digits[:2]) + 12}{digits[2:]}"
    shown = f"{date.when} {digits[:2]}:{digits[2:4]}" if clock else date.when + (f" ({index})" if index else "")
    return CameraName(shown, (int(day), int(digits) * 10_000 + index), date.when)
