# SPDX-License-Identifier: GPL-3.0-or-later
"""From a decoded frame to a small JPEG: upright, in the right proportions, in its true colours.

Runs in worker processes only.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import av
from av.error import FFmpegError
from av.filter import Graph
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from av.video.stream import VideoStream

GOOD_QUALITY = 3
"""JPEG quantiser of pictures that are looked at for themselves (2 is the best there is)."""
_FULL_RANGE = 2
_MATRICES = {
    1: Colorspace.ITU709, 5: Colorspace.ITU601, 6: Colorspace.ITU601, 9: Colorspace.BT2020, 10: Colorspace.BT2020,
}  # fmt: skip
_TURNS = {90: ("transpose", "clock"), 180: ("hflip,vflip", ""), 270: ("transpose", "cclock")}


@dataclass(frozen=True, slots=True)
class Shot:
    """A decoded frame with what is needed to show it. `aspect` is the width of a pixel in heights. `still`: it comes
    from a picture file, whose colours are always of the BT.601 kind."""

    frame: VideoFrame
    aspect: float = 1.0
    still: bool = False


def pixel_aspect(stream: VideoStream) -> float:
    """The shape of the pixels of a track; 1 where the file says nothing that can be believed."""
    aspect = stream.sample_aspect_ratio or Fraction(1)
    return float(aspect) if Fraction(1, 10) <= aspect <= 10 else 1.0


class JpegMaker:
    """Makes JPEGs that fit into a box. Reuse it: for frames of one kind the way to scale is worked out once."""

    def __init__(self, width: int, height: int, quality: int = GOOD_QUALITY) -> None:
        """`width` and `height` of the box in px; `quality` is 2 (best) to 31."""
        self._box = (max(16, width), max(16, height))
        self._quality = quality
        self._reformatter = VideoReformatter()

    def jpeg(self, shot: Shot) -> bytes:
        """The picture, never larger than it is. Raises FFmpegError or ValueError where it cannot be made."""
        frame = shot.frame
        rotation = round(-frame.rotation / 90) * 90 % 360
        width, height = self._size(frame.width * shot.aspect, float(frame.height), lying=rotation in (90, 270))
        full = frame.color_range == _FULL_RANGE or frame.format.name.startswith("yuvj")
        small = self._reformatter.reformat(
            frame,
            width,
            height,
            format="yuvj420p",
            src_colorspace=_colourspace(shot),
            dst_colorspace=Colorspace.ITU601,
            src_color_range=ColorRange.JPEG if full else None,
            dst_color_range=ColorRange.JPEG,
            interpolation=Interpolation.AREA,
        )
        return self._encode(_turned(small, rotation))

    def _size(self, width: float, height: float, *, lying: bool) -> tuple[int, int]:
        """Of the frame as it is stored: one that is turned afterwards fits into the box when it stands."""
        box_width, box_height = reversed(self._box) if lying else self._box
        scale = min(1.0, box_width / width, box_height / height)
        return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)

    def _encode(self, frame: VideoFrame) -> bytes:
        encoder: VideoCodecContext = av.CodecContext.create("mjpeg", "w")
        encoder.width, encoder.height, encoder.pix_fmt = frame.width, frame.height, "yuvj420p"
        encoder.time_base = Fraction(1, 25)
        encoder.thread_count = 1
        encoder.qmin = encoder.qmax = self._quality
        frame.pts, frame.time_base = 0, Fraction(1, 25)
        frame.pict_type = 0
        data = b"".join(bytes(packet) for packet in (*encoder.encode(frame), *encoder.encode(None)))
        if not data:
            raise ValueError("no picture came out")
        return data


def _colourspace(shot: Shot) -> Colorspace | None:
    frame = shot.frame
    if frame.format.is_rgb:
        return None
    if shot.still:
        return Colorspace.ITU601
    hd = frame.width >= 1280 or frame.height > 576
    return _MATRICES.get(frame.colorspace, Colorspace.ITU709 if hd else Colorspace.ITU601)


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


NO_PICTURE = (FFmpegError, ValueError)
"""What making a picture may raise."""
