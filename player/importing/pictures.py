# SPDX-License-Identifier: GPL-3.0-or-later
"""Thumbnails and posters: embedded art, a well chosen frame, or a picture beside the class, made small.

The work is done in a worker process; blocking, for a thread of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from player.domain.media import MediaFacts, MediaFormat
from player.domain.progress import CancelToken
from player.importing.workers import Job, WorkerPool

PICTURE_TIMEOUT_S = 20.0


def make_picture(
    source: Path,
    format: MediaFormat | None,  # noqa: A002  the word everyone here uses for it
    facts: MediaFacts,
    target: Path,
    width: int,
    *,
    timeout_s: float = PICTURE_TIMEOUT_S,
    pool: WorkerPool | None = None,
    cancel: CancelToken | None = None,
) -> bool:
    """Write a JPEG of `source`, at most `width` pixels wide, to `target` (whole or not at all; its folder
    must exist). True if there is one now.

    `format` is None for a picture file (JPEG, PNG, WebP). `facts` are for later use: a class without video
    may still bear a cover. Many pictures in a row go quicker with a `pool` of the caller's. Raises Cancelled
    and WorkersUnavailable; a source without a picture, or one that cannot be read, is False.
    """
    del facts
    request = {
        "do": "picture",
        "source": str(source),
        "format": format.value if format else None,
        "target": str(target),
        "width": width,
    }
    if pool is not None:
        return _run(pool, request, timeout_s, cancel)
    with WorkerPool(1) as own:
        return _run(own, request, timeout_s, cancel)


def _run(pool: WorkerPool, request: Mapping[str, object], timeout_s: float, cancel: CancelToken | None) -> bool:
    outcomes = list(pool.run([Job(None, request)], timeout_s=timeout_s, cancel=cancel))
    answer = outcomes[0].answer if outcomes else None
    return answer is not None and answer.get("made") is True
