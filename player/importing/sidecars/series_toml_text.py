# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes series.toml as text: what `series_toml` reads back is what was given. Touches no file.

Takes what was planned as well as what the library holds, because both call their fields alike.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from player.domain.models import Caption, Phase, PropNeed
from player.domain.plan import PlannedSeries

EMBEDDED = "embedded"
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_UNSAFE = re.compile(r'[\x00-\x1f"\\\x7f\ud800-\udfff]')


class ClassToWrite(Protocol):
    """What is written of a class: `PlannedClass` and `ClassVideo` both fit."""

    @property
    def path(self) -> Path: ...
    @property
    def number(self) -> int | None: ...
    @property
    def title(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def props(self) -> tuple[PropNeed, ...]: ...
    @property
    def focus(self) -> tuple[str, ...]: ...
    @property
    def phases(self) -> tuple[Phase, ...]: ...
    @property
    def captions(self) -> tuple[Caption, ...]: ...


def write_series_toml(
    folder: Path,
    title: str,
    classes: Iterable[ClassToWrite],
    *,
    description: str = "",
    poster: Path | None = None,
) -> str:
    """The text of a series.toml for `folder`. Files outside the folder, and names that are no Unicode, cannot
    be named in it and are left out."""
    lines = ["format = 1", "", "[series]", f"title = {_quoted(title)}"]
    if description:
        lines.append(f"description = {_quoted(description)}")
    lines += _named_file("poster", poster, folder)
    for one in classes:
        name = _inside(one.path, folder)
        if name is not None:
            lines += ["", "[[class]]", f"file = {_quoted(name)}", *_class(one, folder)]
    return "\n".join(lines) + "\n"


def series_toml_of(series: PlannedSeries) -> str:
    """The text of a series.toml that says what was planned."""
    return write_series_toml(
        series.folder, series.title, series.classes, description=series.description, poster=series.poster
    )


def _class(one: ClassToWrite, folder: Path) -> Iterator[str]:
    if one.number is not None:
        yield f"number = {one.number}"
    if one.title:
        yield f"title = {_quoted(one.title)}"
    if one.description:
        yield f"description = {_quoted(one.description)}"
    if one.props:
        yield f"props = [{', '.join(_prop(need) for need in one.props)}]"
    if one.focus:
        yield f"focus = [{', '.join(_quoted(area) for area in one.focus)}]"
    yield from _captions(one.captions, one.path.parent, folder)
    yield from _named_file("poster", getattr(one, "poster", None), folder)
    if one.phases:
        yield "phases = ["
        yield from (f"  {_phase(phase)}," for phase in one.phases)
        yield "]"


def _captions(captions: Sequence[Caption], beside: Path, folder: Path) -> Iterator[str]:
    """Caption files; tracks inside the video are found there again."""
    items = []
    for caption in captions:
        name = None if caption.source == EMBEDDED else _inside(beside / caption.source, folder)
        if name is not None:
            language = f", language = {_quoted(caption.language)}" if caption.language else ""
            items.append(f"{{ file = {_quoted(name)}{language} }}")
    if items:
        yield f"captions = [{', '.join(items)}]"


def _named_file(key: str, path: Path | None, folder: Path) -> list[str]:
    name = _inside(path, folder) if path is not None else None
    return [] if name is None else [f"{key} = {_quoted(name)}"]


def _phase(phase: Phase) -> str:
    return f'{{ start = "{_clock(phase.start_ms)}", kind = "{phase.kind}", title = {_quoted(phase.title)} }}'


def _prop(need: PropNeed) -> str:
    return f"{{ prop = {_quoted(need.prop)}, optional = true }}" if need.optional else _quoted(need.prop)


def _clock(time_ms: int) -> str:
    """A time to the millisecond as people write it: 1:30, 1:07:15.25."""
    seconds, thousandths = divmod(time_ms, 1000)
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    text = f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
    return f"{text}.{thousandths:03d}".rstrip("0") if thousandths else text


def _inside(path: Path, folder: Path) -> str | None:
    """The name of a file as seen from `folder`, with slashes; None if it cannot be written."""
    relative = Path(os.path.normpath(path))
    if not relative.is_relative_to(folder):
        return None
    name = relative.relative_to(folder).as_posix()
    try:
        name.encode()
    except UnicodeEncodeError:
        return None
    return name


def _quoted(text: str) -> str:
    """`text` as a TOML string; long texts over several lines stay readable."""
    if "\n" in text:
        lines = (_UNSAFE.sub(_escaped, line) for line in text.split("\n"))
        return '"""\n' + "\n".join(lines) + '"""'
    return f'"{_UNSAFE.sub(_escaped, text)}"'


def _escaped(match: re.Match[str]) -> str:
    sign = match[0]
    if sign in _SHORT:
        return _SHORT[sign]
    return "\\uFFFD" if "\ud800" <= sign <= "\udfff" else f"\\u{ord(sign):04X}"
