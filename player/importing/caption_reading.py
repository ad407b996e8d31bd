# SPDX-License-Identifier: GPL-3.0-or-later
"""Has the words of captions read by a worker process, and tells whether captions have changed since. Any thread."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence

from player.domain.captions import LATEST_MS, Captioned, Cue, ReadCaptions
from player.domain.progress import CancelToken
from player.importing.workers import Job, WorkerPool

_TIMEOUT_S, _BUDGET_S = 40.0, 25.0
_NICENESS = 10
_VERSION = 1
"""Another way of reading: all captions are read again."""


def stamp_of(one: Captioned) -> str | None:
    """What the captions of a class are like now, "" where it has none; None while they cannot be seen (the drive is
    away), so that what is known of them stays."""
    if not one.captions:
        return ""
    if not one.path.parent.is_dir():
        return None
    seen: list[object] = [_VERSION]
    for caption in one.captions:
        if caption.source == "embedded":
            seen.append((caption.language, "embedded", one.modified_ns, str(one.format)))
            continue
        try:
            info = (one.path.parent / caption.source).stat()
            seen.append((caption.language, caption.source, info.st_size, info.st_mtime_ns))
        except (OSError, ValueError):
            seen.append((caption.language, caption.source, "not there"))
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()[:24]


def read_captions(
    changed: Sequence[tuple[Captioned, str]], cancel: CancelToken | None = None
) -> Iterator[ReadCaptions]:
    """The words of these classes, as they come, each with the stamp given. A file that crashes or hangs the reader
    has none. Raises Cancelled and WorkersUnavailable."""
    empty = [(one, stamp) for one, stamp in changed if not one.captions]
    for one, stamp in empty:
        yield ReadCaptions(one.class_id, stamp, ())
    stamps = {one.class_id: stamp for one, stamp in changed}
    jobs = [Job(one.class_id, _request(one)) for one, _stamp in changed if one.captions]
    with WorkerPool(1) as pool:
        for outcome in pool.run(jobs, timeout_s=_TIMEOUT_S, cancel=cancel):
            raw = outcome.answer.get("cues", ()) if outcome.answer is not None else ()
            yield ReadCaptions(outcome.key, stamps[outcome.key], tuple(_cues(raw)))


def _request(one: Captioned) -> dict[str, object]:
    return {
        "do": "captions",
        "path": str(one.path),
        "format": str(one.format) if one.format is not None else "",
        "captions": [(caption.language, caption.source) for caption in one.captions],
        "budget_s": _BUDGET_S,
        "niceness": _NICENESS,
    }


def _cues(raw: Iterable[Sequence[object]]) -> Iterator[Cue]:
    for start_ms, end_ms, text in raw:
        if (
            isinstance(start_ms, int)
            and isinstance(end_ms, int)
            and isinstance(text, str)
            and 0 <= start_ms < LATEST_MS
        ):
            yield Cue(start_ms, max(start_ms, min(end_ms, LATEST_MS)), text)
