# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps the settings in a JSON file, written atomically. Main thread, but for the writing itself."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from player.settings.schema import RANGES, Settings
from player.tasks.lane import Lane

log = logging.getLogger(__name__)

T = TypeVar("T")


def read_settings(path: Path) -> Settings:
    """The settings kept in `path`. A missing file gives the defaults; a damaged one too, and is set aside
    under the name `settings.damaged.json`; single wrong values fall back to their default."""
    try:
        data = json.loads(path.read_text("utf-8"))
        if not isinstance(data, dict):
            raise ValueError("not an object")
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        log.warning("The settings in %s cannot be read (%s); the defaults are used", path, error)
        _set_aside(path)
        return Settings()
    return _merge(Settings(), data)


def _set_aside(path: Path) -> None:
    try:
        path.replace(path.with_name("settings.damaged.json"))
    except OSError as error:
        log.warning("%s could not be set aside: %s", path, error)


def _merge(defaults: T, data: Mapping[str, Any]) -> T:
    """`defaults` with every value of `data` that has the right name, type and range."""
    values: dict[str, Any] = {}
    for item in fields(defaults):  # type: ignore[arg-type]
        if item.name not in data:
            continue
        default, given = getattr(defaults, item.name), data[item.name]
        if is_dataclass(default):
            if isinstance(given, dict):
                values[item.name] = _merge(default, given)
        elif isinstance(default, Mapping):
            if isinstance(given, dict):
                values[item.name] = _lists_of_words(given)
        elif isinstance(default, StrEnum):
            kind = type(default)
            if given in set(kind):
                values[item.name] = kind(given)
        elif type(given) is type(default):
            low, high = RANGES.get(item.name, (given, given))
            values[item.name] = max(low, min(given, high)) if isinstance(given, int) else given
    return replace(defaults, **values)  # type: ignore[type-var]


_MOST_NAMES, _MOST_WORDS, _LONGEST_WORD = 200, 8, 40


def _lists_of_words(given: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Lists of short words by a name, as far as they are that."""
    found: dict[str, tuple[str, ...]] = {}
    for name, words in list(given.items())[:_MOST_NAMES]:
        short = isinstance(words, list) and len(words) <= _MOST_WORDS
        if short and all(isinstance(word, str) and len(word) <= _LONGEST_WORD for word in words):
            found[name] = tuple(words)
    return found


def write_settings(path: Path, settings: Settings) -> None:
    """Write atomically: a crash leaves the old file or the new one. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".settings-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(asdict(settings), out, indent=2, ensure_ascii=False)
            out.flush()
            os.fsync(out.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


WRITE_AFTER_MS = 500
"""Changes in quick succession (a slider being dragged) are written once."""


class SettingsStore(QObject):
    """The settings in force. `change` takes a new value, which is soon written through `lane`."""

    changed = Signal()

    def __init__(self, path: Path, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._lane = lane
        self._settings = read_settings(path)
        self._timer = QTimer(self, singleShot=True, interval=WRITE_AFTER_MS)
        self._timer.timeout.connect(self._write)

    @property
    def settings(self) -> Settings:
        return self._settings

    def change(self, settings: Settings) -> None:
        if settings == self._settings:
            return
        self._settings = settings
        self._timer.start()
        self.changed.emit()

    def flush(self) -> None:
        """Write now what has not been written; before the lane is closed."""
        if self._timer.isActive():
            self._timer.stop()
            self._write()

    def _write(self) -> None:
        settings = self._settings
        self._lane.submit(lambda: write_settings(self._path, settings))
