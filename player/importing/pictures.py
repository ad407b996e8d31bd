# SPDX-License-Identifier: GPL-3.0-or-later
"""Has pictures and strips made by a worker process, which a hostile file can crash or hang without harm.

Blocking, for a thread of its own; what becomes of the pictures is not known here.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from player.domain.media import MediaFormat, MediaSource
from player.domain.progress import CancelToken
from player.importing.workers import Job, TooSlow, WorkerPool

PICTURE_TIMEOUT_S = 20.0
STRIP_TIMEOUT_S = 300.0
STRIP_BUDGET_S = 60.0
"""Seconds of computing after which a strip stays as it is; a slow drive may take as long again."""
ON_SCREEN_NICENESS = 5
BACKGROUND_NICENESS = 19


@dataclass(frozen=True, slots=True)
class PictureSource:
    """What a picture is made of: `poster` (a picture file) where there is one that can be read, else `media`."""

    media: Path | None
    format: MediaFormat | None
    poster: Path | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it. Without `data` there is none to be had; `too_slow` says that it was not the file alone."""

    data: bytes | None
    too_slow: bool = False


class PictureMaker:
    """One worker process, started when it is needed. Belongs to the thread that uses it; `rest` ends the process."""

    def __init__(self, niceness: int = ON_SCREEN_NICENESS, pool: WorkerPool | None = None) -> None:
        """`niceness`: 0 to 19, how far the work steps back behind that of others."""
        self._niceness = niceness
        self._pool = pool or WorkerPool(1)

    def picture(
        self,
        source: PictureSource,
        width: int,
        *,
        timeout_s: float = PICTURE_TIMEOUT_S,
        cancel: CancelToken | None = None,
    ) -> Made:
        """A JPEG at most `width` px wide. Raises Cancelled and WorkersUnavailable."""
        request = {
            "do": "picture",
            "poster": str(source.poster) if source.poster is not None else None,
            "media": str(source.media) if source.media is not None else None,
            "format": source.format.value if source.format else None,
            "width": width,
            "niceness": self._niceness,
        }
        return self._run(request, timeout_s, cancel)

    def strip(
        self,
        source: MediaSource,
        *,
        gentle: bool = False,
        timeout_s: float = STRIP_TIMEOUT_S,
        cancel: CancelToken | None = None,
    ) -> Made:
        """The strip of a class (strip_file says how it is laid out). `gentle`: something plays meanwhile. Raises
        Cancelled and WorkersUnavailable."""
        request = {
            "do": "strip",
            "files": [[str(file.path), file.format.value, file.duration_ms] for file in source.files],
            "budget_s": min(STRIP_BUDGET_S, timeout_s / 3),
            "gentle": gentle,
            "niceness": self._niceness,
        }
        return self._run(request, timeout_s, cancel)

    def rest(self) -> None:
        """End the process, for now or for good."""
        self._pool.close()

    def _run(self, request: Mapping[str, Any], timeout_s: float, cancel: CancelToken | None) -> Made:
        outcome = next(iter(list(self._pool.run([Job(None, request)], timeout_s=timeout_s, cancel=cancel))), None)
        if outcome is None or outcome.answer is None:
            return Made(None, too_slow=outcome is not None and isinstance(outcome.error, TooSlow))
        data = outcome.answer.get("data")
        return Made(base64.b64decode(data) if isinstance(data, str) and data else None)
