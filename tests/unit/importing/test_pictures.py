# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of classes: covers first, else the frame that shows most; whole or not at all."""

from __future__ import annotations

from pathlib import Path

import av
import pytest

from player.domain.media import MediaFacts, MediaFormat
from player.importing.pictures import make_picture
from player.importing.workers import WorkerPool
from tests.media import BLUE, GREEN, RED, make_clip

BLACK = (0, 0, 0)
NO_FACTS = MediaFacts()


def look(path: Path) -> tuple[int, int, tuple[int, int, int]]:
    """(width, height, the colour in the middle) of a JPEG."""
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0))
        rgb = frame.reformat(format="rgb24", src_colorspace="ITU601", src_color_range="JPEG")
        data = bytes(rgb.planes[0])
        at = rgb.planes[0].line_size * (rgb.height // 2) + 3 * (rgb.width // 2)
        return frame.width, frame.height, (data[at], data[at + 1], data[at + 2])


def near(colour: tuple[int, int, int], truth: tuple[int, int, int]) -> bool:
    return all(abs(one - other) <= 8 for one, other in zip(colour, truth, strict=True))


@pytest.mark.parametrize("matrix", ["bt601", "bt709"])
def test_a_frame_in_its_true_colour(tmp_path: Path, matrix: str) -> None:
    clip = make_clip(tmp_path / "clip.mp4", colours=(GREEN,), matrix=matrix)
    target = tmp_path / "out.jpg"
    assert make_picture(clip, MediaFormat.MP4, NO_FACTS, target, 160)
    width, height, colour = look(target)
    assert (width, height) == (160, 90)
    assert near(colour, GREEN), colour
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clip.mp4", "out.jpg"]


def test_not_a_black_one(tmp_path: Path) -> None:
    clip = make_clip(
        tmp_path / "clip.mkv", seconds=10, phases=(("Black", 0), ("Red", 2500)), colours=(BLACK, RED), matrix="bt601"
    )
    assert make_picture(clip, MediaFormat.MATROSKA, NO_FACTS, tmp_path / "out.jpg", 100)
    assert not near(look(tmp_path / "out.jpg")[2], BLACK)


def test_small_pictures_are_not_blown_up(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", seconds=1, size=(64, 36), colours=(BLUE,))
    assert make_picture(clip, MediaFormat.MP4, NO_FACTS, tmp_path / "out.jpg", 640)
    assert look(tmp_path / "out.jpg")[:2] == (64, 36)


def test_nothing_to_show(tmp_path: Path) -> None:
    sound = make_clip(tmp_path / "sound.m4a", picture=False, sound=True, container="mp4")
    (tmp_path / "text.jpg").write_text("words")
    with WorkerPool(1) as pool:
        for source, media_format in ((sound, MediaFormat.MP4), (tmp_path / "text.jpg", None)):
            assert not make_picture(source, media_format, NO_FACTS, tmp_path / "out.jpg", 100, pool=pool)
        assert not make_picture(tmp_path / "gone.mp4", MediaFormat.MP4, NO_FACTS, tmp_path / "out.jpg", 9, pool=pool)
    assert not (tmp_path / "out.jpg").exists()


def test_a_picture_file(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", colours=(RED,))
    assert make_picture(clip, MediaFormat.MP4, NO_FACTS, tmp_path / "poster.jpg", 320)
    assert make_picture(tmp_path / "poster.jpg", None, NO_FACTS, tmp_path / "small.jpg", 64)
    width, _height, colour = look(tmp_path / "small.jpg")
    assert width == 64
    assert near(colour, RED), colour


@pytest.mark.corpus
def test_real_files(corpus: Path, tmp_path: Path) -> None:
    wanted = {
        "h264-cover-no-sound.mp4": (MediaFormat.MP4, (200, 112)),
        "mp3-2-chapters-cover.mp3": (MediaFormat.MP3, (200, 200)),
        "vp8-vorbis-poster.webm": (MediaFormat.MATROSKA, None),
        "hevc-portrait-by-rotation.mp4": (MediaFormat.MP4, (200, 356)),
        "cinepak-no-sound.avi": (MediaFormat.AVI, (200, 150)),
    }
    with WorkerPool(1) as pool:
        for name, (media_format, size) in wanted.items():
            target = tmp_path / f"{name}.jpg"
            assert make_picture(corpus / "media" / name, media_format, NO_FACTS, target, 200, pool=pool), name
            if size is not None:
                assert look(target)[:2] == size, name
