# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes one small picture of a class: its cover, or the frame that shows most, as a JPEG.

Runs in worker processes only.
"""

from __future__ import annotations

import os
import statistics
import tempfile
from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.filter import Graph
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from player.domain.media import HEAD_BYTES, MediaFormat
from player.importing.reading import Protected, first_frame, is_picture, open_media, rewind, videos

_PLACES = (0.1, 0.3, 0.5)
_VARIED_ENOUGH = 55.0
_SMALL = (64, 36)
_DARK, _BRIGHT = 24.0, 235.0
_TALLEST = 2
_QUALITY = 3
_FULL_RANGE = 2
_IMAGE_FORMATS = ((b"\xff\xd8\xff", "jpeg_pipe"), (b"\x89PNG\r\n", "png_pipe"), (b"RIFF", "webp_pipe"))
_TURNS = {90: ("transpose", "clock"), 180: ("hflip,vflip", ""), 270: ("transpose", "cclock")}


def write_picture(source: Path, media_format: MediaFormat | None, target: Path, width: int) -> bool:
    """Write a JPEG at most `width` pixels wide to `target`, whole or not at all. `media_format` is None for a
    picture file. False if the source shows nothing. Raises OSError if `target` cannot be written."""
    try:
        frame = _image(source) if media_format is None else _of_media(source, media_format)
        data = None if frame is None else _jpeg(frame, max(16, width))
    except (FFmpegError, ValueError, Protected):
        return False
    if not data:
        return False
    _write_whole(target, data)
    return True


def _image(source: Path) -> tuple[VideoFrame, float] | None:
    with source.open("rb") as file:
        head = file.read(HEAD_BYTES)
    name = next((name for start, name in _IMAGE_FORMATS if head.startswith(start)), None)
    if name is None:
        return None
    options = {"protocol_whitelist": "file", "format_whitelist": name}
    with av.open(f"file:{source.absolute()}", format=name, options=options) as container:
        frame = first_frame(container, container.streams.video[0])
        return (frame, 1.0) if isinstance(frame, VideoFrame) else None


def _of_media(source: Path, media_format: MediaFormat) -> tuple[VideoFrame, float] | None:
    """(the frame, its pixel aspect) of the cover, or of the place that shows most."""
    with open_media(source, media_format) as container:
        for stream in container.streams.video:
            if is_picture(stream) and isinstance(frame := first_frame(container, stream), VideoFrame):
                return frame, 1.0
            rewind(container)
        for stream in videos(container):
            best = _best_frame(container, stream)
            if best is not None:
                aspect = stream.sample_aspect_ratio or Fraction(1)
                return best, float(aspect) if Fraction(1, 10) <= aspect <= 10 else 1.0
    return None


def _best_frame(container: InputContainer, stream: VideoStream) -> VideoFrame | None:
    """The most varied of a few frames; the first one where the file cannot be sought in."""
    best, best_score = None, -1.0
    duration = container.duration or 0
    for place in _PLACES if duration > 0 else (0.0,):
        try:
            container.seek(round(duration * place) + (container.start_time or 0))
        except FFmpegError:
            rewind(container)
        frame = first_frame(container, stream)
        if not isinstance(frame, VideoFrame):
            continue
        score = _variety(frame)
        if score > best_score:
            best, best_score = frame, score
        if score >= _VARIED_ENOUGH:
            break
    if best is None:
        rewind(container)
        frame = first_frame(container, stream)
        best = frame if isinstance(frame, VideoFrame) else None
    return best


def _variety(frame: VideoFrame) -> float:
    """How much a frame shows: the spread of its brightness, much less where it is black or white."""
    small = frame.reformat(*_SMALL, format="gray")
    plane = small.planes[0]
    data = bytes(plane)
    pixels = [byte for row in range(small.height) for byte in data[row * plane.line_size :][: small.width]]
    mean, spread = statistics.fmean(pixels), statistics.pstdev(pixels)
    return spread + 1 if _DARK < mean < _BRIGHT else spread / 8


def _jpeg(picture: tuple[VideoFrame, float], width: int) -> bytes:
    frame, aspect = picture
    rotation = round(-frame.rotation / 90) * 90 % 360
    lying = rotation in (90, 270)
    shown = (frame.width * aspect, float(frame.height))
    shown_width, shown_height = reversed(shown) if lying else shown
    scale = min(1.0, width / shown_width, _TALLEST * width / shown_height)
    size = [max(2, round(shown_width * scale / 2) * 2), max(2, round(shown_height * scale / 2) * 2)]
    if lying:
        size.reverse()
    small = frame.reformat(
        size[0],
        size[1],
        format="yuvj420p",
        src_colorspace=_colourspace(frame),
        dst_colorspace="ITU601",
        src_color_range="JPEG" if frame.color_range == _FULL_RANGE else None,
        dst_color_range="JPEG",
        interpolation="AREA",
    )
    return _encode(_turned(small, rotation))


def _colourspace(frame: VideoFrame) -> str | None:
    if frame.format.is_rgb:
        return None
    hd = frame.width >= 1280 or frame.height > 576
    return {1: "ITU709", 5: "ITU601", 6: "ITU601"}.get(frame.colorspace, "ITU709" if hd else "ITU601")


def _turned(frame: VideoFrame, rotation: int) -> VideoFrame:
    if rotation not in _TURNS:
        return frame
    graph = Graph()
    source = graph.add_buffer(width=frame.width, height=frame.height, format=frame.format, time_base=Fraction(1, 25))
    names, argument = _TURNS[rotation]
    steps = [source, *(graph.add(name, argument or None) for name in names.split(",")), graph.add("buffersink")]
    graph.link_nodes(*steps).configure()
    frame.pts, frame.time_base = 0, Fraction(1, 25)
    graph.push(frame)
    turned = graph.pull()
    if not isinstance(turned, VideoFrame):
        raise ValueError("no turned picture")
    return turned


def _encode(frame: VideoFrame) -> bytes:
    encoder: VideoCodecContext = av.CodecContext.create("mjpeg", "w")
    encoder.width, encoder.height, encoder.pix_fmt = frame.width, frame.height, "yuvj420p"
    encoder.time_base = Fraction(1, 25)
    encoder.qmin = encoder.qmax = _QUALITY
    frame.pts, frame.time_base = 0, Fraction(1, 25)
    frame.pict_type = 0
    packets = [*encoder.encode(frame), *encoder.encode(None)]
    return b"".join(bytes(packet) for packet in packets)


def _write_whole(target: Path, data: bytes) -> None:
    """All of `data` or nothing, even if the process is killed in between."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, target)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
