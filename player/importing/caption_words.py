# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the words of a class's captions, from files beside it and from text tracks inside it.

`words_of_class` and `read_all` run in worker processes only: a hostile file costs that file and no more. Knows no
library.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Discard
from av.subtitles.stream import SubtitleStream

from player.domain.captions import LATEST_MS, Cue
from player.domain.media import MediaFormat
from player.importing.cues import MOST_CUES, plain_words, read_cues
from player.importing.languages import language_tag
from player.importing.reading import open_media
from player.importing.sidecars.findings import Sidecar, UnusableSidecar

MOST_LETTERS = 1_500_000
"""All words of one class; a book of a thousand pages has as many."""
MOST_SOURCES = 3
"""So many caption files or tracks of one class are read, each in another language."""
_MOST_BYTES = 8 * 1024 * 1024
_MOST_PACKETS = 2_000_000
TEXT_CODECS = frozenset({"subrip", "srt", "mov_text", "ass", "ssa", "webvtt", "text"})
_ASS_FIELDS_BEFORE_TEXT = 8
_DEFAULT_MS = 4_000


def read_all(job: Mapping[str, Any]) -> dict[str, Any]:
    """The handler of the worker: `{"path", "format", "captions": [[language, source]…], "budget_s"}` becomes
    `{"cues": [[start_ms, end_ms, text]…]}`."""
    media_format = MediaFormat(job["format"]) if job["format"] else None
    captions = [(str(language), str(source)) for language, source in job["captions"]]
    cues = words_of_class(Path(job["path"]), media_format, captions, budget_s=float(job["budget_s"]))
    return {"cues": [[cue.start_ms, cue.end_ms, cue.text] for cue in cues]}


def words_of_class(
    path: Path, media_format: MediaFormat | None, captions: Sequence[tuple[str, str]], *, budget_s: float
) -> tuple[Cue, ...]:
    """The words of the captions (language, source) of the class at `path`, by time. What cannot be read is left
    out; after `budget_s` what has been found by then counts."""
    chosen = list(_one_of_each_language(captions))
    found: list[Cue] = []
    for source in (source for _language, source in chosen if source != "embedded"):
        found += words_of_file(path.parent, source)
    wanted = sum(source == "embedded" for _language, source in chosen)
    if wanted and media_format is not None:
        found += _words_inside(path, media_format, wanted, budget_s)
    return tuple(_bounded(sorted(found, key=lambda cue: (cue.start_ms, cue.end_ms))))


def _one_of_each_language(captions: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for language, source in captions:
        if len(seen) < MOST_SOURCES and (language or source) not in seen:
            seen.add(language or source)
            yield language, source


def words_of_file(folder: Path, source: str) -> Sequence[Cue]:
    """The words of a caption file in `folder`, in the order of the file; none where it cannot be read."""
    if Path(source).name != source:  # only what lies beside the class
        return ()
    try:
        return read_cues(Sidecar(folder / source).text(most=_MOST_BYTES))
    except (OSError, ValueError, UnusableSidecar):
        return ()


def _words_inside(path: Path, media_format: MediaFormat, wanted: int, budget_s: float) -> list[Cue]:
    try:
        with open_media(path, media_format) as container:
            return list(_track_words(container, wanted, time.monotonic() + budget_s))
    except (FFmpegError, OSError, ValueError):
        return []


def _track_words(container: InputContainer, wanted: int, deadline_s: float) -> Iterator[Cue]:
    tracks = _tracks(container, wanted)
    if not tracks:
        return
    for stream in container.streams:
        if stream not in tracks:
            stream.discard = Discard.all  # so that whole films are not read for their words
    letters = cues = 0
    try:
        for count, packet in enumerate(container.demux(*tracks)):
            if count >= _MOST_PACKETS or time.monotonic() > deadline_s:
                return
            cue = cue_of(packet)
            if cue is not None:
                yield cue
                cues += 1
                letters += len(cue.text)
                if cues >= MOST_SOURCES * MOST_CUES or letters > MOST_SOURCES * MOST_LETTERS:
                    return
    except FFmpegError:  # damaged from here on
        return


def _tracks(container: InputContainer, wanted: int) -> list[SubtitleStream]:
    tracks: dict[str, SubtitleStream] = {}
    for stream in container.streams.subtitles:
        context = stream.codec_context
        if context is not None and context.name in TEXT_CODECS and len(tracks) < wanted:
            tracks.setdefault(language_tag(stream.language or "") or str(stream.index), stream)
    return list(tracks.values())


def cue_of(packet: Packet[Any]) -> Cue | None:
    """The words of a packet of a text track; None where it holds none."""
    if packet.pts is None or packet.time_base is None or packet.size < 1 or packet.size > 64 * 1024:
        return None
    start_ms = round(packet.pts * packet.time_base * 1000)
    length_ms = round((packet.duration or 0) * packet.time_base * 1000) or _DEFAULT_MS
    text = plain_words(_text(bytes(packet), packet.stream.codec_context.name))
    if not text or not 0 <= start_ms < LATEST_MS:
        return None
    return Cue(start_ms, min(start_ms + max(0, length_ms), LATEST_MS), text)


def _text(data: bytes, codec: str) -> str:
    if codec == "mov_text":  # the length in two bytes, the words, boxes of styles
        return data[2 : 2 + int.from_bytes(data[:2], "big")].decode("utf-8", "replace")
    text = data.decode("utf-8", "replace")
    if codec in ("ass", "ssa"):
        text = text.split(",", _ASS_FIELDS_BEFORE_TEXT)[-1]
        return text.replace("\\N", "\n").replace("\\n", "\n").replace("\\h", " ")
    return text


def _bounded(cues: Iterable[Cue]) -> Iterator[Cue]:
    letters = 0
    for count, cue in enumerate(cues):
        letters += len(cue.text)
        if count >= MOST_CUES or letters > MOST_LETTERS:
            return
        yield cue
