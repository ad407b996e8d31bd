# SPDX-License-Identifier: GPL-3.0-or-later
"""Clips whose every picture carries its own number as a row of black and white columns."""

from __future__ import annotations

import math
from array import array
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame

from player.domain.media import MediaFacts, MediaFormat, MediaPart, MediaSource, sniff
from player.playback.frames import Picture

BITS = 10
WIDTH, HEIGHT = 320, 180
FPS = 25
_RATE = 48_000


def make_numbered(
    path: Path,
    *,
    seconds: float = 3.0,
    picture: bool = True,
    sound: bool = True,
    start_at_s: int = 0,
    b_frames: int = 0,
    first: int = 0,
) -> Path:
    """H.264 with long groups of pictures (so that a seek has to decode on), AAC. libVLC is exact to the picture only
    where pictures are stored in their order, hence no B-frames unless asked for. `first` is the first picture's
    number."""
    with av.open(str(path), "w") as output:
        options = {"preset": "veryfast", "crf": "20", "bf": str(b_frames)}
        video = output.add_stream("libx264", rate=FPS, options=options) if picture else None
        audio = output.add_stream("aac", rate=_RATE) if sound else None
        if audio is not None:
            audio.layout = "mono"
        if video is not None:
            video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
            video.codec_context.time_base = Fraction(1, FPS)
            video.codec_context.gop_size = FPS * 2
            for number in range(round(seconds * FPS)):
                frame = _frame(first + number)
                frame.pts, frame.time_base = number + start_at_s * FPS, Fraction(1, FPS)
                output.mux(video.encode(frame))
            output.mux(video.encode(None))
        if audio is not None:
            tone = array("f", (0.1 * math.sin(2 * math.pi * 220 * n / _RATE) for n in range(_RATE // 10)))
            for index in range(round(seconds * 10)):
                block = AudioFrame("flt", "mono", len(tone))
                block.planes[0].update(tone.tobytes())
                block.sample_rate, block.time_base = _RATE, Fraction(1, _RATE)
                block.pts = index * len(tone) + start_at_s * _RATE
                output.mux(audio.encode(block))
            output.mux(audio.encode(None))
    return path


def source_of(path: Path, duration_ms: int = 3_000, **facts: object) -> MediaSource:
    told: dict[str, object] = {
        "has_video": True,
        "has_audio": True,
        "width": WIDTH,
        "height": HEIGHT,
        "frame_rate": float(FPS),
    }
    found = sniff(path.read_bytes()[:4096]) if path.is_file() else None
    return MediaSource(path, found or MediaFormat.MP4, duration_ms, MediaFacts(**(told | facts)))  # type: ignore[arg-type]


def joined(*files: MediaSource) -> MediaSource:
    """The medium that lies in these files."""
    parts = tuple(
        MediaPart(file.path, file.path.stat().st_size, 0, file.duration_ms, file.format, file.facts) for file in files
    )
    return replace(files[0], duration_ms=sum(file.duration_ms for file in files), parts=parts)


def number_in(picture: Picture) -> int:
    """Which picture this is, read from its pixels."""
    middle = picture.height // 2 * picture.stride
    columns = (int((index + 0.5) * picture.width / BITS) for index in range(BITS))
    return int("".join("1" if picture.data[middle + column * 4] > 127 else "0" for column in columns), 2)


def _frame(number: int) -> VideoFrame:
    frame = VideoFrame(WIDTH, HEIGHT, "yuv420p")
    luma, *chroma = frame.planes
    cell = WIDTH // BITS
    row = b"".join(bytes([235 if number >> bit & 1 else 16]) * cell for bit in reversed(range(BITS)))
    luma.update(row.ljust(luma.line_size, b"\x10") * HEIGHT)
    for plane in chroma:
        plane.update(b"\x80" * plane.buffer_size)
    return frame
