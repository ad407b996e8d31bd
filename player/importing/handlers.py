# SPDX-License-Identifier: GPL-3.0-or-later
"""The jobs a worker knows. Runs in worker processes only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import av.logging

from player.domain.media import MediaFormat
from player.importing.frame_picker import write_picture
from player.importing.probe import probe_file

av.logging.set_level(av.logging.PANIC)

Handler = Callable[[Mapping[str, Any]], dict[str, Any]]


def _probe(job: Mapping[str, Any]) -> dict[str, Any]:
    return probe_file(Path(job["path"])).to_json()


def _picture(job: Mapping[str, Any]) -> dict[str, Any]:
    media_format = MediaFormat(job["format"]) if job["format"] else None
    made = write_picture(Path(job["source"]), media_format, Path(job["target"]), int(job["width"]))
    return {"made": made}


HANDLERS: Mapping[str, Handler] = {"probe": _probe, "picture": _picture}
