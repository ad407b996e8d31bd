# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of classes: what lies beside them first, then covers, else the frame that shows most. Hostile ones harm
nothing."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import pytest
from av.video.frame import VideoFrame

from player.domain.media import MediaFormat
from player.importing.frame_picker import worth
from player.importing.pictures import PictureMaker, PictureSource
from tests.media import BLUE, GREEN, RED, make_clip

BLACK = (0, 0, 0)


@pytest.fixture
def maker() -> Iterator[PictureMaker]:
    """One worker, which ends with the test."""
    made = PictureMaker()
    yield made
    made.rest()


def look(data: bytes | None, at: tuple[float, float] = (0.5, 0.5)) -> tuple[int, int, tuple[int, int, int]]:
    """(width, height, the colour at a place) of a JPEG."""
    assert data is not None
    codec = av.CodecContext.create("mjpeg", "r")
    frame = codec.decode(av.Packet(data))[0]
    assert isinstance(frame, VideoFrame)
    rgb = frame.reformat(format="rgb24", src_colorspace="ITU601", src_color_range="JPEG")
    pixels = bytes(rgb.planes[0])
    place = rgb.planes[0].line_size * int(rgb.height * at[1]) + 3 * int(rgb.width * at[0])
    return frame.width, frame.height, (pixels[place], pixels[place + 1], pixels[place + 2])


def near(colour: tuple[int, int, int], truth: tuple[int, int, int], by: int = 8) -> bool:
    return all(abs(one - other) <= by for one, other in zip(colour, truth, strict=True))


def of_video(path: Path, media_format: MediaFormat, poster: Path | None = None) -> PictureSource:
    return PictureSource(path, media_format, poster)


def of_file(path: Path) -> PictureSource:
    return PictureSource(None, None, path)


@pytest.mark.parametrize("matrix", ["bt601", "bt709"])
def test_a_frame_in_its_true_colour(tmp_path: Path, maker: PictureMaker, matrix: str) -> None:
    clip = make_clip(tmp_path / "clip.mp4", colours=(GREEN,), matrix=matrix)
    width, height, colour = look(maker.picture(of_video(clip, MediaFormat.MP4), 160).data)
    assert (width, height) == (160, 90)
    assert near(colour, GREEN), colour
    assert [path.name for path in tmp_path.iterdir()] == ["clip.mp4"]


def test_not_a_black_one(tmp_path: Path, maker: PictureMaker) -> None:
    clip = make_clip(
        tmp_path / "clip.mkv", seconds=10, phases=(("Black", 0), ("Red", 4500)), colours=(BLACK, RED), matrix="bt601"
    )
    made = maker.picture(of_video(clip, MediaFormat.MATROSKA), 100)
    assert near(look(made.data)[2], RED)


def frame_of(paint: str) -> VideoFrame:
    """A frame in grey: a room with a person (noise on steps of brightness), the same blurred, a title card, black."""
    width, height, dice = 320, 180, random.Random(4)
    frame = VideoFrame(width, height, "gray")
    rows = bytearray()
    for y in range(height):
        for x in range(width):
            ramp = 40 + (x // 40) * 18 + (y // 36) * 8
            letter = 60 < x < 260 and 80 < y < 100 and (x // 6) % 2
            sharp = ramp + dice.randrange(-25, 25)
            rows.append({"room": sharp, "blurred": ramp, "card": 230 if letter else 30, "black": 8}[paint])
    frame.planes[0].update(bytes(rows).ljust(frame.planes[0].buffer_size, b"\0"))
    return frame


def test_what_a_frame_is_worth() -> None:
    room, blurred, card, black = (worth(frame_of(paint)) for paint in ("room", "blurred", "card", "black"))
    assert room > blurred > black
    assert room > 2 * card > black


def test_small_pictures_are_not_blown_up(tmp_path: Path, maker: PictureMaker) -> None:
    clip = make_clip(tmp_path / "clip.mp4", seconds=1, size=(64, 36), colours=(BLUE,))
    assert look(maker.picture(of_video(clip, MediaFormat.MP4), 640).data)[:2] == (64, 36)


def test_nothing_to_show(tmp_path: Path, maker: PictureMaker) -> None:
    sound = make_clip(tmp_path / "sound.m4a", picture=False, sound=True, container="mp4")
    (tmp_path / "text.jpg").write_text("words")
    gone = tmp_path / "gone.mp4"
    for source in (of_video(sound, MediaFormat.MP4), of_file(tmp_path / "text.jpg"), of_video(gone, MediaFormat.MP4)):
        assert maker.picture(source, 100).data is None


def still(path: Path, colour: tuple[int, int, int], codec: str, size: tuple[int, int] = (320, 200)) -> Path:
    """A picture file of one colour."""
    frame = VideoFrame(*size, "rgb24")
    line = (bytes(colour) * size[0]).ljust(frame.planes[0].line_size, b"\0")
    frame.planes[0].update(line * size[1])
    encoder = av.CodecContext.create(codec, "w")
    encoder.width, encoder.height = size
    encoder.pix_fmt = {"mjpeg": "yuvj420p", "png": "rgb24", "libwebp": "yuv420p"}[codec]
    encoder.time_base = Fraction(1, 25)
    frame.pts = 0
    goal = frame.reformat(format=encoder.pix_fmt, dst_colorspace="ITU601") if codec != "png" else frame
    path.write_bytes(b"".join(bytes(packet) for packet in (*encoder.encode(goal), *encoder.encode(None))))
    return path


@pytest.mark.parametrize(("codec", "name"), [("mjpeg", "a.jpg"), ("png", "b.png"), ("libwebp", "c.webp")])
def test_the_picture_beside_a_class_comes_first(tmp_path: Path, maker: PictureMaker, codec: str, name: str) -> None:
    clip = make_clip(tmp_path / "clip.mp4", colours=(GREEN,))
    poster = still(tmp_path / name, RED, codec)
    width, height, colour = look(maker.picture(of_video(clip, MediaFormat.MP4, poster), 160).data)
    assert (width, height) == (160, 100)
    assert near(colour, RED, 12), colour


def test_the_bytes_decide_what_a_picture_is(tmp_path: Path, maker: PictureMaker) -> None:
    poster = still(tmp_path / "poster.jpg", BLUE, "png")
    assert near(look(maker.picture(of_file(poster), 100).data)[2], BLUE, 12)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that unpacks to gigabytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(10_000_000), 9))
        + chunk(b"IEND", b"")
    )


def huge_jpeg(path: Path) -> bytes:
    """A JPEG that says it is 65 500 px wide and high."""
    data = bytearray(still(path, RED, "mjpeg").read_bytes())
    place = data.index(b"\xff\xc0")
    data[place + 5 : place + 9] = struct.pack(">HH", 65_500, 65_500)
    return bytes(data)


@pytest.mark.parametrize("kind", ["bomb", "huge", "svg", "list", "cut", "folder"])
def test_a_hostile_picture_is_passed_over(tmp_path: Path, maker: PictureMaker, kind: str) -> None:
    clip, poster = make_clip(tmp_path / "clip.mp4", colours=(GREEN,)), tmp_path / "clip.png"
    whole = still(tmp_path / "whole.png", RED, "png").read_bytes()
    contents = {
        "bomb": bomb(60_000, 60_000),
        "huge": huge_jpeg(tmp_path / "huge.jpg"),
        "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/passwd"/></svg>',
        "list": b"ffconcat version 1.0\nfile whole.png\n",
        "cut": whole[:40],
    }
    if kind == "folder":
        poster.mkdir()
    else:
        poster.write_bytes(contents[kind])
    made = maker.picture(of_video(clip, MediaFormat.MP4, poster), 100, timeout_s=10)
    assert near(look(made.data)[2], GREEN)


@pytest.mark.corpus
def test_real_files(corpus: Path, maker: PictureMaker) -> None:
    wanted = {
        "h264-cover-no-sound.mp4": (MediaFormat.MP4, (200, 112)),
        "mp3-2-chapters-cover.mp3": (MediaFormat.MP3, (200, 200)),
        "vp8-vorbis-poster.webm": (MediaFormat.MATROSKA, None),
        "hevc-portrait-by-rotation.mp4": (MediaFormat.MP4, (200, 356)),
        "cinepak-no-sound.avi": (MediaFormat.AVI, (200, 150)),
    }
    for name, (media_format, size) in wanted.items():
        made = maker.picture(of_video(corpus / "media" / name, media_format), 200)
        assert made.data is not None, name
        if size is not None:
            assert look(made.data)[:2] == size, name
