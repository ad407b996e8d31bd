# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the strip of a class: small pictures at even distances, for the timeline.

Keyframes alone are decoded, which takes seconds where the whole class would take minutes; only where keyframes lie
far apart are the frames between them decoded too. Runs in worker processes only.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from player.domain.media import MediaFormat
from player.importing.keyframes import FrameSeeker
from player.importing.reading import Protected, open_media, videos
from player.importing.small_pictures import NO_PICTURE, JpegMaker, Shot, pixel_aspect
from player.importing.strip_file import pack_strip

BOX = (240, 180)
"""The pictures fit into this, px: a little wider than the card that shows them."""
MOST_PICTURES = 200
EVERY_MS = 5_000
_CLOSEST_MS = 1_000
_FEWEST = 20
_QUALITY = 5
_SHORT_MS = 120_000
_FAR_APART_MS = 12_000
_IN_VAIN = 12
"""After so many seeks that brought nothing new a file counts as one that cannot be sought in."""
_LONGEST_REST_S = 0.05


@dataclass(frozen=True, slots=True)
class StripFile:
    """One file of a class and how long it lasts."""

    path: Path
    format: MediaFormat
    duration_ms: int


def step_ms(duration_ms: int) -> int:
    """The distance between the pictures of a class of this length."""
    even = min(EVERY_MS, max(_CLOSEST_MS, duration_ms // _FEWEST))
    return max(even, -(-duration_ms // MOST_PICTURES))


def make_strip(files: Sequence[StripFile], *, budget_s: float, gentle: bool = False) -> bytes | None:
    """The strip of a class as bytes (see strip_file), or None where it has no pictures; `files` are its files in
    playing order. After `budget_s` seconds of computing it stays as far as it has come. `gentle` rests as long as it
    works, for while something plays."""
    step = step_ms(sum(file.duration_ms for file in files))
    pictures: list[tuple[int, bytes]] = []
    begin_ms, until_s = 0, time.process_time() + budget_s
    for file in files:
        with suppress(FFmpegError, ValueError, OSError, Protected):  # the others may still be well
            pictures += [(begin_ms + at, jpeg) for at, jpeg in _of_file(file, step, until_s, gentle)]
        begin_ms += file.duration_ms
    return pack_strip(pictures) if pictures else None


def _of_file(file: StripFile, step: int, until_s: float, gentle: bool) -> list[tuple[int, bytes]]:
    with open_media(file.path, file.format) as container:
        for stream in videos(container):
            pictures = _Collector(
                container, stream, duration_ms=file.duration_ms, step=step, until_s=until_s, gentle=gentle
            ).collect()
            if pictures:
                return [(at, jpeg) for at, jpeg in pictures if at < file.duration_ms]
    return []


class _Collector:
    """The pictures of one track."""

    def __init__(
        self,
        container: InputContainer,
        stream: VideoStream,
        *,
        duration_ms: int,
        step: int,
        until_s: float,
        gentle: bool,
    ) -> None:
        self._seeker = FrameSeeker(container, stream)
        self._aspect = pixel_aspect(stream)
        self._duration_ms = duration_ms
        self._step_ms = step
        self._until_s = until_s
        self._gentle = gentle
        self._rested_s = time.process_time()
        self._maker = JpegMaker(*BOX, _QUALITY)
        self._found: dict[int, bytes] = {}

    def collect(self) -> list[tuple[int, bytes]]:
        with suppress(FFmpegError):  # what was found before the damage is worth having
            self._from_keyframes()
        for start_ms, end_ms in self._holes():
            with suppress(FFmpegError):
                self._fill(start_ms, end_ms)
        return sorted(self._found.items())

    @property
    def _spent(self) -> bool:
        return time.process_time() > self._until_s

    def _from_keyframes(self) -> None:
        in_vain = 0
        for time_ms in range(0, self._duration_ms, self._step_ms):
            found = self._seeker.keyframe(time_ms)
            if found is None or found[0] in self._found or not self._keep(*found):
                in_vain += 1
            else:
                in_vain = 0
            if in_vain >= _IN_VAIN or self._spent:
                return
            self._rest()

    def _holes(self) -> list[tuple[int, int]]:
        """Stretches in which keyframes are too far apart."""
        far = max(2 * self._step_ms, 0 if self._duration_ms < _SHORT_MS else _FAR_APART_MS)
        borders = [*(sorted(self._found) or [0]), self._duration_ms]
        return [(start, end) for start, end in pairwise(borders) if end - start > far]

    def _fill(self, start_ms: int, end_ms: int) -> None:
        wanted_ms = start_ms + self._step_ms if start_ms in self._found else start_ms
        for time_ms, frame in self._seeker.every(start_ms):
            if time_ms >= min(end_ms, self._duration_ms) or self._spent:
                return
            if time_ms >= wanted_ms:
                self._keep(time_ms, frame)
                wanted_ms = time_ms + self._step_ms
            self._rest()

    def _keep(self, time_ms: int, frame: VideoFrame) -> bool:
        if len(self._found) >= 2 * MOST_PICTURES:
            return False
        with suppress(*NO_PICTURE):
            self._found[time_ms] = self._maker.jpeg(Shot(frame, self._aspect))
            return True
        return False

    def _rest(self) -> None:
        if self._gentle:
            worked_s = time.process_time() - self._rested_s
            time.sleep(min(_LONGEST_REST_S, worked_s))
            self._rested_s = time.process_time()
