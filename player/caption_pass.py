# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings the words of captions into the library where they are new or have changed. No Qt; on the thread of its
caller, which may take minutes: it goes on where it stopped, because each class says what was read of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from player.domain.captions import ReadCaptions
from player.domain.progress import CancelToken, Progress, ProgressCallback, no_progress
from player.importing.caption_reading import read_captions, stamp_of

if TYPE_CHECKING:
    from player.library import Library

_MOST_CLASSES, _MOST_CUES, _LONGEST_S = 25, 4_000, 2.0
"""What is read is kept after so much of it, or after so long."""


def read_new_captions(
    library: Library, *, progress: ProgressCallback = no_progress, cancel: CancelToken | None = None
) -> int:
    """How many classes were read. Raises Cancelled (what was kept stays), LibraryError and WorkersUnavailable."""
    cancel = cancel or CancelToken()
    changed = []
    for one in library.captioned():
        cancel.raise_if_cancelled()
        stamp = stamp_of(one)
        if stamp is not None and stamp != one.stamp:
            changed.append((one, stamp))
    if not changed:
        return 0
    batch: list[ReadCaptions] = []
    kept_s = time.monotonic()
    done = 0
    try:
        for read in read_captions(changed, cancel):
            batch.append(read)
            cues = sum(len(other.cues) for other in batch)
            full = len(batch) >= _MOST_CLASSES or cues >= _MOST_CUES
            if full or time.monotonic() - kept_s > _LONGEST_S:
                done += _keep(library, batch)
                kept_s = time.monotonic()
                progress(Progress(done, len(changed), text="captions"))
    finally:
        done += _keep(library, batch)
    return done


def _keep(library: Library, batch: list[ReadCaptions]) -> int:
    if batch:
        library.save_cues(batch)
    count = len(batch)
    batch.clear()
    return count
