# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes one small picture of a class: the picture beside it, its cover, or the frame that shows most.

Runs in worker processes only.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from player.domain.media import MediaFormat
from player.importing.image_files import MOST_PIXELS, read_image
from player.importing.keyframes import FrameSeeker
from player.importing.reading import Protected, first_frame, is_picture, open_media, rewind, videos
from player.importing.small_pictures import NO_PICTURE, JpegMaker, Shot, pixel_aspect

_TALLEST = 2
"""A picture is at most this many times as high as wide."""
_PLACES = (0.12, 0.25, 0.38, 0.5, 0.62, 0.75)
"""Where to look, as shares of the class: neither its titles nor its end."""
_GOOD_ENOUGH = 0.42
_SMALL = (64, 36)
_DETAIL_WIDTH = 320
_DETAIL_QUALITY = 6
_RICH_DETAIL = 1.1
"""Bits for a pixel that a sharp picture of a room with a person takes at that width and quality."""
_RICH_SPREAD = 55.0
_DARK, _BRIGHT = 24.0, 235.0
_FLAT_FROM, _FLAT_TO = 0.45, 0.85
"""Shares of a picture that one shade may take: below the first it is no title card, above the second it is one."""


def class_picture(
    poster: Path | None, media: Path | None, media_format: MediaFormat | None, width: int
) -> bytes | None:
    """A JPEG at most `width` px wide: of `poster` (a picture file) if that can be read, else of `media`. None if
    neither shows anything."""
    maker = JpegMaker(width, _TALLEST * width)
    finders: tuple[Callable[[], Shot | None], ...] = (
        partial(_of_file, poster),
        partial(_of_media, media, media_format),
    )
    for find in finders:
        try:
            shot = find()
            if shot is not None:
                return maker.jpeg(shot)
        except (*NO_PICTURE, OSError, Protected):
            continue
    return None


def _of_file(poster: Path | None) -> Shot | None:
    return None if poster is None else read_image(poster)


def _of_media(media: Path | None, media_format: MediaFormat | None) -> Shot | None:
    if media is None or media_format is None:
        return None
    with open_media(media, media_format) as container:
        cover = _cover(container)
        if cover is not None:
            return cover
        for stream in videos(container):
            found = best_frame(container, stream)
            if found is not None:
                return Shot(found, pixel_aspect(stream))
    return None


def _cover(container: InputContainer) -> Shot | None:
    for stream in container.streams.video:
        if not is_picture(stream) or (stream.width or 0) * (stream.height or 0) > MOST_PIXELS:
            continue
        frame = first_frame(container, stream)
        rewind(container)
        if isinstance(frame, VideoFrame):
            return Shot(frame, still=True)
    return None


def best_frame(container: InputContainer, stream: VideoStream) -> VideoFrame | None:
    """The keyframe that shows most among a few; the first frame where the file cannot be sought in."""
    best, best_score, seen = None, -1.0, set()
    seeker = FrameSeeker(container, stream)
    duration_ms = (container.duration or 0) // 1000
    for place in _PLACES if duration_ms > 0 else ():
        found = seeker.keyframe(round(duration_ms * place))
        if found is None or found[0] in seen:
            continue
        seen.add(found[0])
        score = worth(found[1])
        if score > best_score:
            best, best_score = found[1], score
        if score >= _GOOD_ENOUGH:
            break
    if best is None:
        rewind(container)
        stream.codec_context.skip_frame = "DEFAULT"
        frame = first_frame(container, stream)
        best = frame if isinstance(frame, VideoFrame) else None
    return best


def worth(frame: VideoFrame) -> float:
    """How much a frame shows, 0 to 1: little where it is black or white, a title card, or blurred."""
    small = frame.reformat(*_SMALL, format="gray")
    plane = small.planes[0]
    data = bytes(plane)
    pixels = [byte for row in range(small.height) for byte in data[row * plane.line_size :][: small.width]]
    mean, spread = statistics.fmean(pixels), statistics.pstdev(pixels)
    shade = Counter(byte >> 4 for byte in pixels).most_common(1)[0][1] / len(pixels)
    score = (0.5 * min(1.0, spread / _RICH_SPREAD) + 0.5 * _detail(frame)) * (1 - _share(shade)) + 0.01
    return score if _DARK < mean < _BRIGHT else score / 8


def _share(shade: float) -> float:
    """How surely a picture of which one shade takes this share is a title card."""
    return 0.8 * max(0.0, min(1.0, (shade - _FLAT_FROM) / (_FLAT_TO - _FLAT_FROM)))


def _detail(frame: VideoFrame) -> float:
    """How sharp and rich a frame is, 0 to 1: what is blurred or empty takes few bytes as a JPEG."""
    width = min(_DETAIL_WIDTH, frame.width)
    try:
        data = JpegMaker(width, _TALLEST * width, _DETAIL_QUALITY).jpeg(Shot(frame))
    except FFmpegError:
        return 0.0
    height = max(1, frame.height * width // max(1, frame.width))
    return min(1.0, max(0.0, (len(data) - 700) * 8 / (width * height) / _RICH_DETAIL))
