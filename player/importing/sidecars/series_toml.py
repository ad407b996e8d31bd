# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads series.toml, the project's own open format (version 1): a series and its classes, phase by phase."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from player.domain.errors import UsageError
from player.domain.models import Caption, Phase, PhaseKind, PropNeed, Source
from player.domain.plan import Problem
from player.domain.times import parse_time_ms
from player.importing.languages import language_tag
from player.importing.sidecars.decoding import decode
from player.importing.sidecars.findings import (
    LONGEST_DESCRIPTION,
    LONGEST_TITLE,
    Beside,
    ClassFindings,
    Findings,
    SeriesFindings,
    Sidecar,
    SidecarFormat,
    UnusableSidecar,
    sidecar_problem,
)

_LONGEST_PATH = 4_096
FILE_NAME = "series.toml"
FORMAT = 1
_MOST_CLASSES = 10_000
_MOST_PHASES = 1_000
_CLASS_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*class[ \t]*\]\]", re.MULTILINE)
_LINE_OF_ERROR = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)")


class _Wrong(Exception):
    """A value that cannot be used; the text says which and why."""


@dataclass
class _Reader:
    """Reads one file; what is wrong in it is collected, the rest is used."""

    path: Path
    beside: Beside
    lines: list[int]
    problems: list[Problem] = field(default_factory=list)

    def complain(self, message: str, line: int | None = None) -> None:
        where = f"{FILE_NAME}, line {line}: " if line else f"{FILE_NAME}: "
        self.problems.append(sidecar_problem(self.path, f"{where}{message}"))

    def classes(self, entries: list[Any]) -> dict[Path, ClassFindings]:
        known = {file.path for file in self.beside.media}
        found: dict[Path, ClassFindings] = {}
        for index, entry in enumerate(entries[:_MOST_CLASSES]):
            line = self.lines[index] if index < len(self.lines) else None
            try:
                if not isinstance(entry, dict):
                    raise _Wrong("a class must be a table that begins with [[class]].")
                path = self._inside(_text(entry, "file") or "", "file")
                if path not in known:
                    raise _Wrong(f"there is no class “{entry['file']}” in this folder. Correct the name of the file.")
                found[path] = self._class(entry, path, line)
            except _Wrong as error:
                self.complain(str(error), line)
        return found

    def series(self, table: Any) -> SeriesFindings | None:
        if table is None:
            return None
        if not isinstance(table, dict):
            self.complain("“series” must be a table that begins with [series].")
            return None
        line = 1
        return SeriesFindings(
            self._try(lambda: _text(table, "title"), line),
            self._try(lambda: _text(table, "description", single_line=False), line),
            self._try(lambda: self._file(table, "poster"), line),
        )

    def _class(self, entry: Mapping[str, Any], path: Path, line: int | None) -> ClassFindings:
        words = self.beside.vocabulary
        why = self._try(lambda: _text(entry, "why", single_line=False), line)
        description = self._try(lambda: _text(entry, "description", single_line=False), line)
        return ClassFindings(
            number=self._try(lambda: _number(entry), line),
            title=self._try(lambda: _text(entry, "title"), line),
            description="\n\n".join(text for text in (why, description) if text) or None,
            props=tuple(self._each(entry, "props", lambda item: _prop(item, words.recognise_prop), line)),
            focus=tuple(self._each(entry, "focus", lambda item: _focus(item, words.recognise_focus), line)),
            phases=tuple(self._each(entry, "phases", self._phase, line)),
            captions=tuple(self._each(entry, "captions", lambda item: self._caption(item, path.parent), line)),
            poster=self._try(lambda: self._file(entry, "poster"), line),
        )

    def _try(self, read: Any, line: int | None) -> Any:
        try:
            return read()
        except _Wrong as error:
            self.complain(str(error), line)
            return None

    def _each(self, entry: Mapping[str, Any], key: str, read: Any, line: int | None) -> Iterator[Any]:
        values = entry.get(key, [])
        if not isinstance(values, list):
            self.complain(f"“{key}” must be a list in square brackets.", line)
            return
        for value in values[:_MOST_PHASES]:
            item = self._try(lambda value=value: read(value), line)
            if item is not None:
                yield item

    def _phase(self, item: Any) -> Phase:
        if not isinstance(item, dict) or "start" not in item:
            raise _Wrong('a phase needs a start, for example { start = "1:30", kind = "breath" }.')
        title = _text(item, "title")
        words = self.beside.vocabulary
        kind = words.recognise_kind(title or "")
        if "kind" in item:
            try:
                kind = PhaseKind(item["kind"])
            except ValueError:
                raise _Wrong(f"“{item['kind']}” is no kind of phase. Use one of {', '.join(PhaseKind)}.") from None
        start_ms = _time_ms(item["start"])
        return Phase(kind, words.kind_title(kind) if title is None else title, start_ms, start_ms, Source.SERIES_TOML)

    def _caption(self, item: Any, folder: Path) -> Caption:
        if isinstance(item, str):
            item = {"file": item}
        if not isinstance(item, dict):
            raise _Wrong("captions must be names of files.")
        path = self._file(item, "file")
        if path is None:
            raise _Wrong("captions need a file.")
        return Caption(language_tag(_text(item, "language") or ""), os.path.relpath(path, folder))

    def _file(self, table: Mapping[str, Any], key: str) -> Path | None:
        """An existing file inside the folder, or None if none is named."""
        name = _text(table, key)
        if not name:
            return None
        path = self._inside(name, key)
        if not path.is_file():
            raise _Wrong(f"the file “{name}” is not there. Correct the name or leave “{key}” out.")
        return path

    def _inside(self, name: str, key: str) -> Path:
        """The file called `name` within the folder of series.toml; nothing outside it may be named."""
        pure = PurePosixPath(name.replace("\\", "/"))
        if not name or pure.is_absolute() or ".." in pure.parts or ":" in pure.parts[0] or "\0" in name:
            raise _Wrong(f"“{key}” must name a file in the same folder or below, not “{name[:100]}”.")
        path = self.beside.folder.joinpath(*pure.parts)
        if not path.resolve().is_relative_to(self.beside.folder.resolve()):
            raise _Wrong(f"“{name[:100]}” leads out of the folder. Name a file in the same folder or below.")
        return path


def _text(table: Mapping[str, Any], key: str, *, single_line: bool = True) -> str | None:
    value = table.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _Wrong(f"“{key}” must be text in quotation marks.")
    if not single_line:
        return value.strip()[:LONGEST_DESCRIPTION]
    return " ".join(value.split())[: LONGEST_TITLE if key == "title" else _LONGEST_PATH]


def _number(table: Mapping[str, Any]) -> int | None:
    value = table.get("number")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 100_000:
        raise _Wrong("“number” must be a whole number from 0 on.")
    return value


def _time_ms(value: Any) -> int:
    if isinstance(value, str):
        try:
            return parse_time_ms(value)
        except UsageError as error:
            raise _Wrong(str(error)) from None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 10_000_000:
        raise _Wrong('a start must be seconds (90) or a time ("1:30").')
    return round(value * 1000)


def _prop(item: Any, recognise: Any) -> PropNeed:
    optional = False
    if isinstance(item, dict):
        optional, item = item.get("optional") is True, item.get("prop")
    if not isinstance(item, str) or not item.strip():
        raise _Wrong('a prop must be text, or { prop = "pillow", optional = true }.')
    return PropNeed(recognise(item) or " ".join(item.split()), optional)


def _focus(item: Any, recognise: Any) -> str:
    if not isinstance(item, str) or not item.strip():
        raise _Wrong("a focus area must be text.")
    return recognise(item) or " ".join(item.split())


def _as_text(data: bytes) -> str:
    """The file as text. The format asks for UTF-8; the UTF-16 that some editors write can be told for sure, code
    pages cannot. Raises UnicodeDecodeError."""
    text = decode(data) if b"\0" in data else data.decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _lines_of_classes(text: str) -> list[int]:
    lines, line, at = [], 1, 0
    for match in _CLASS_HEADER.finditer(text):
        line += text.count("\n", at, match.end())
        at = match.end()
        lines.append(line)
        if len(lines) == _MOST_CLASSES:
            break
    return lines


def _read(sidecar: Sidecar, beside: Beside) -> Findings:
    try:
        text = _as_text(sidecar.data())
        data = tomllib.loads(text)
    except UnicodeDecodeError:
        raise UnusableSidecar("The file is not UTF-8 text and was not used. Save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        match = _LINE_OF_ERROR.search(str(error))
        where = f" in line {match[1]}" if match and match[1] else " at its end"
        raise UnusableSidecar(f"{FILE_NAME} has a mistake{where} and was not used. Correct it there.") from None
    except RecursionError:
        raise UnusableSidecar(f"{FILE_NAME} is nested too deeply and was not used.") from None
    if data.get("format") != FORMAT:
        raise UnusableSidecar(f"{FILE_NAME} does not say “format = {FORMAT}” and was not used. Add it as first line.")
    reader = _Reader(sidecar.path, beside, _lines_of_classes(text))
    entries = data.get("class", [])
    if not isinstance(entries, list):
        reader.complain("classes must begin with [[class]], in two pairs of brackets.")
        entries = []
    series = reader.series(data.get("series"))
    return Findings(Source.SERIES_TOML, reader.classes(entries), series, tuple(reader.problems))


SERIES_TOML = SidecarFormat(FILE_NAME, lambda name: name == FILE_NAME, _read)
