# SPDX-License-Identifier: GPL-3.0-or-later
"""The jobs a worker knows. Runs in worker processes only."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import av.logging

from player.domain.media import MediaFormat
from player.importing.caption_track import read_track
from player.importing.caption_words import read_all
from player.importing.frame_picker import class_picture
from player.importing.probe import probe_file
from player.importing.strips import StripFile, make_strip

av.logging.set_level(av.logging.PANIC)

Handler = Callable[[Mapping[str, Any]], dict[str, Any]]


def _probe(job: Mapping[str, Any]) -> dict[str, Any]:
    return probe_file(Path(job["path"])).to_json()


def _picture(job: Mapping[str, Any]) -> dict[str, Any]:
    _step_back(int(job["niceness"]))
    return _made(class_picture(_path(job["poster"]), _path(job["media"]), _format(job), int(job["width"])))


def _strip(job: Mapping[str, Any]) -> dict[str, Any]:
    _step_back(int(job["niceness"]))
    files = [StripFile(Path(path), MediaFormat(name), int(length)) for path, name, length in job["files"]]
    return _made(make_strip(files, budget_s=float(job["budget_s"]), gentle=bool(job["gentle"])))


def _captions(job: Mapping[str, Any]) -> dict[str, Any]:
    _step_back(int(job["niceness"]))
    return read_all(job)


def _step_back(niceness: int) -> None:
    """Leave the processor to others, as far as the system lets us: 0 (not at all) to 19. It cannot be taken back."""
    if hasattr(os, "getpriority"):
        os.nice(max(0, niceness - os.getpriority(os.PRIO_PROCESS, 0)))


def _path(text: str | None) -> Path | None:
    return Path(text) if text is not None else None


def _format(job: Mapping[str, Any]) -> MediaFormat | None:
    return MediaFormat(job["format"]) if job["format"] else None


def _made(data: bytes | None) -> dict[str, Any]:
    return {"data": base64.b64encode(data).decode("ascii") if data is not None else None}


HANDLERS: Mapping[str, Handler] = {
    "probe": _probe,
    "picture": _picture,
    "strip": _strip,
    "captions": _captions,
    "caption-track": read_track,
}
