# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads .info.json, which downloaders write: of a class, or of the list it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from player.domain.models import Phase, Source
from player.importing.markup import plain_text
from player.importing.sidecars.findings import (
    LONGEST_DESCRIPTION,
    MOST_NUMBER,
    NOTHING,
    Beside,
    ClassFindings,
    Findings,
    SeriesFindings,
    Sidecar,
    SidecarFormat,
    of_class,
    one_line,
    sidecar_problem,
)
from player.importing.sidecars.json_text import read_object
from player.importing.sidecars.marks import LATEST_MS, mark_at, phases_of

_LISTS = ("playlist", "multi_video")
_NO_TITLES = ("na", "none", "null", "videos", "playlist")


@dataclass
class _Reader:
    """Takes values of the right kind out of one object and remembers the names of the others."""

    data: Mapping[str, Any]
    wrong: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        value = self.data.get(name)
        if value is not None and not isinstance(value, str):
            self.wrong.append(name)
        return value if isinstance(value, str) else ""

    def title(self, *names: str) -> str | None:
        titles = (one_line(plain_text(self.text(name), 1000)) for name in names)
        return next((title for title in titles if title), None)

    def number(self, name: str) -> int | None:
        value = self.data.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_NUMBER:
            self.wrong.append(name)
            return None
        return value

    def phases(self, beside: Beside) -> tuple[Phase, ...]:
        chapters = self.data.get("chapters")
        if chapters is None:
            return ()
        if not isinstance(chapters, list):
            self.wrong.append("chapters")
            return ()
        items = [chapter if isinstance(chapter, dict) else {} for chapter in chapters]
        marks = [mark_at(_milliseconds(item.get("start_time")), item.get("title")) for item in items]
        if None in marks:
            self.wrong.append("chapters")
        return phases_of((mark for mark in marks if mark is not None), beside.vocabulary)

    def description(self) -> str | None:
        return plain_text(self.text("description"), LONGEST_DESCRIPTION) or None

    def series(self) -> str | None:
        title = self.title("series", "playlist_title", "playlist")
        uploader = self.data.get("uploader") or self.data.get("channel")
        if title is None or title.casefold() in _NO_TITLES or (uploader and title == f"{uploader} - Videos"):
            return None
        return title


def _read(sidecar: Sidecar, beside: Beside) -> Findings:
    reader = _Reader(read_object(sidecar))
    if reader.data.get("_type") in _LISTS:
        return Findings(Source.SIDECAR, series=SeriesFindings(reader.title("title"), reader.description()))
    match = beside.owners(sidecar.path)
    if match is None or not match.is_plain:
        return NOTHING
    said = ClassFindings(
        number=reader.number("episode_number"),
        title=reader.title("title", "fulltitle"),
        description=reader.description(),
        phases=reader.phases(beside),
        series=reader.series(),
        position=reader.number("playlist_index"),
    )
    found = of_class(match, said)
    if not reader.wrong:
        return found
    names = ", ".join(f"“{name}”" for name in dict.fromkeys(reader.wrong))
    message = f"What the file says under {names} cannot be used and was left out. Download the file again."
    return Findings(found.source, found.classes, problems=(sidecar_problem(sidecar.path, message),))


def _milliseconds(seconds: object) -> float | None:
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or abs(seconds) > LATEST_MS:
        return None
    return seconds * 1000


INFO_JSON = SidecarFormat("info.json", lambda name: name.endswith(".info.json"), _read)
