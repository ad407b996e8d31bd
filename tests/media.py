# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes small videos for tests: every phase fills the picture with its own exact colour.

The colours are written as luma and chroma directly, so that a grabbed picture can be compared with the truth.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.frame import PictureType, VideoFrame
from av.video.stream import VideoStream

Colour = tuple[int, int, int]

RED: Colour = (200, 40, 40)
GREEN: Colour = (40, 160, 60)
BLUE: Colour = (50, 70, 190)
_LUMA = {"bt601": (0.299, 0.114), "bt709": (0.2126, 0.0722)}
_TAGS = {"bt601": (6, 6, 6), "bt709": (1, 1, 1)}
_SAMPLE_RATE = 48_000


def make_clip(
    path: Path,
    *,
    seconds: float = 3,
    fps: int = 10,
    size: tuple[int, int] = (320, 180),
    phases: Sequence[tuple[str, int]] = (),
    colours: Sequence[Colour] = (RED, GREEN, BLUE),
    matrix: str = "bt709",
    container: str | None = None,
    sound: bool = False,
    picture: bool = True,
    tagged: bool = True,
    tags: Mapping[str, str] | None = None,
) -> Path:
    """Write a clip and return its path.

    `phases` are (title, start in ms), written as chapters; phase n shows `colours[n]` (the last one goes on).
    `matrix` is "bt709" or "bt601", told in the file if `tagged` (VP8 in WebM is BT.601 whatever is told).
    `container` is an FFmpeg name where the ending of `path` does not say it. `sound` adds a soft tone that is
    as long as the picture.
    """
    with av.open(str(path), "w", format=container) as output:
        for name, value in (tags or {}).items():
            output.metadata[name] = value
        webm = path.suffix == ".webm" or container == "webm"
        video = _video_stream(output, fps, size, matrix, webm=webm, tagged=tagged) if picture else None
        audio = _audio_stream(output, webm=webm) if sound else None
        if phases:
            output.set_chapters(_chapters(phases, round(seconds * 1000)))
        if video is not None:
            _write_video(output, video, round(seconds * fps), fps, phases, colours, matrix)
        if audio is not None:
            _write_sound(output, audio, seconds)
    return path


def yuv_of(colour: Colour, matrix: str) -> tuple[int, int, int]:
    """Luma and chroma (limited range, 8 bits) of a colour."""
    kr, kb = _LUMA[matrix]
    red, green, blue = (channel / 255 for channel in colour)
    luma = kr * red + (1 - kr - kb) * green + kb * blue
    cb, cr = (blue - luma) / (2 * (1 - kb)), (red - luma) / (2 * (1 - kr))
    return round(16 + 219 * luma), round(128 + 224 * cb), round(128 + 224 * cr)


def _video_stream(
    output: OutputContainer, fps: int, size: tuple[int, int], matrix: str, *, webm: bool, tagged: bool
) -> VideoStream:
    if webm:
        stream = output.add_stream("libvpx", rate=fps, options={"deadline": "realtime", "cpu-used": "8", "crf": "4"})
        stream.bit_rate = 2_000_000
    else:
        stream = output.add_stream("libx264", rate=fps, options={"preset": "ultrafast", "qp": "4"})
    stream.width, stream.height = size
    stream.pix_fmt = "yuv420p"
    stream.codec_context.time_base = Fraction(1, fps)
    stream.codec_context.gop_size = fps * 2
    if tagged:
        space, primaries, transfer = _TAGS[matrix]
        stream.codec_context.colorspace = space
        stream.codec_context.color_primaries = primaries
        stream.codec_context.color_trc = transfer
        stream.codec_context.color_range = 1
    return stream


def _audio_stream(output: OutputContainer, *, webm: bool) -> AudioStream:
    stream = output.add_stream("libopus" if webm else "aac", rate=_SAMPLE_RATE)
    stream.layout = "mono"
    return stream


def _chapters(phases: Sequence[tuple[str, int]], duration_ms: int) -> list[dict[str, object]]:
    ends = [start for _title, start in phases[1:]] + [duration_ms]
    return [
        {"id": index, "start": start, "end": end, "time_base": Fraction(1, 1000), "metadata": {"title": title}}
        for index, ((title, start), end) in enumerate(zip(phases, ends, strict=True))
    ]


def _write_video(
    output: OutputContainer,
    stream: VideoStream,
    count: int,
    fps: int,
    phases: Sequence[tuple[str, int]],
    colours: Sequence[Colour],
    matrix: str,
) -> None:
    starts = [start for _title, start in phases] or [0]
    shown = -1
    for index in range(count):
        phase = max(0, sum(start * fps <= index * 1000 for start in starts) - 1)
        frame = _frame(stream.width, stream.height, yuv_of(colours[min(phase, len(colours) - 1)], matrix))
        frame.pts, frame.time_base = index, Fraction(1, fps)
        if phase != shown:
            frame.pict_type, shown = PictureType.I, phase
        output.mux(stream.encode(frame))
    output.mux(stream.encode(None))


def _frame(width: int, height: int, yuv: tuple[int, int, int]) -> VideoFrame:
    frame = VideoFrame(width, height, "yuv420p")
    for plane, value in zip(frame.planes, yuv, strict=True):
        plane.update(bytes([value]) * plane.buffer_size)
    return frame


def _write_sound(output: OutputContainer, stream: AudioStream, seconds: float) -> None:
    tone = array("f", (0.1 * math.sin(2 * math.pi * 220 * n / _SAMPLE_RATE) for n in range(_SAMPLE_RATE // 10)))
    for index in range(round(seconds * 10)):
        frame = AudioFrame("flt", "mono", len(tone))
        frame.planes[0].update(tone.tobytes())
        frame.sample_rate, frame.pts = _SAMPLE_RATE, index * len(tone)
        frame.time_base = Fraction(1, _SAMPLE_RATE)
        output.mux(stream.encode(frame))
    output.mux(stream.encode(None))
