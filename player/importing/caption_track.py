# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the words of one caption file or track of a class, for showing them over its picture.

A file beside the class is read here (plain text, bounded); a track inside it by a worker process, so that a hostile
file costs its captions and no more. Blocks; any thread but the main one.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Discard

from player.domain.captions import CaptionWords, Cue
from player.domain.media import MediaFormat
from player.domain.models import ClassVideo
from player.domain.progress import CancelToken
from player.importing.caption_words import TEXT_CODECS, cue_of, words_of_file
from player.importing.cues import MOST_CUES
from player.importing.reading import open_media
from player.importing.workers import Job, WorkerPool

EMBEDDED = "embedded"
_BUDGET_S, _TIMEOUT_S = 25.0, 40.0
_MOST_PACKETS = 2_000_000
_MOST_LETTERS = 1_500_000


class CaptionTracks:
    """Reads captions for the player."""

    def read(self, video: ClassVideo, index: int, cancel: CancelToken | None = None) -> CaptionWords:
        """The words of caption `index` of `video`. What cannot be read has none. Raises Cancelled and
        WorkersUnavailable."""
        caption = video.captions[index]
        if caption.source != EMBEDDED:
            return CaptionWords(tuple(words_of_file(video.path.parent, caption.source)))
        if video.format is None:
            return CaptionWords()
        track = sum(other.source == EMBEDDED for other in video.captions[:index])
        request = {
            "do": "caption-track",
            "path": str(video.path),
            "format": str(video.format),
            "track": track,
            "budget_s": _BUDGET_S,
        }
        with WorkerPool(1) as pool:
            for outcome in pool.run([Job(index, request)], timeout_s=_TIMEOUT_S, cancel=cancel):
                return _understood(outcome.answer or {})
        return CaptionWords()


def read_track(job: Mapping[str, Any]) -> dict[str, Any]:
    """The handler of the worker: `{"path", "format", "track", "budget_s"}` becomes `{"cues": [[start_ms, end_ms,
    text]…], "pictures"}`. `track` counts the subtitle tracks of the file."""
    deadline_s = time.monotonic() + float(job["budget_s"])
    try:
        with open_media(Path(job["path"]), MediaFormat(job["format"])) as container:
            return _read(container, int(job["track"]), deadline_s)
    except (FFmpegError, OSError, ValueError):
        return {"cues": [], "pictures": False}


def _read(container: InputContainer, track: int, deadline_s: float) -> dict[str, Any]:
    tracks = container.streams.subtitles
    if not 0 <= track < len(tracks):
        return {"cues": [], "pictures": False}
    stream = tracks[track]
    if stream.codec_context is None or stream.codec_context.name not in TEXT_CODECS:
        return {"cues": [], "pictures": True}
    for other in container.streams:
        if other is not stream:
            other.discard = Discard.all  # so that whole films are not read for their words
    found: list[tuple[int, int, str]] = []
    letters = 0
    try:
        for count, packet in enumerate(container.demux(stream)):
            if count >= _MOST_PACKETS or time.monotonic() > deadline_s or len(found) >= MOST_CUES:
                break
            cue = cue_of(packet)
            if cue is not None:
                letters += len(cue.text)
                if letters > _MOST_LETTERS:
                    break
                found.append((cue.start_ms, cue.end_ms, cue.text))
    except FFmpegError:  # damaged from here on: what was found counts
        pass
    return {"cues": found, "pictures": False}


def _understood(answer: Mapping[str, Any]) -> CaptionWords:
    raw = answer.get("cues", ())
    return CaptionWords(tuple(_cues(raw if isinstance(raw, Sequence) else ())), bool(answer.get("pictures")))


def _cues(raw: Iterable[Any]) -> Iterator[Cue]:
    for start_ms, end_ms, text in raw:
        if isinstance(start_ms, int) and isinstance(end_ms, int) and isinstance(text, str):
            yield Cue(start_ms, end_ms, text)
