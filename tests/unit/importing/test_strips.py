# SPDX-License-Identifier: GPL-3.0-or-later
"""Strips: the right picture for every moment, in its true colours; only whole ones are read back."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from player.domain.errors import Cancelled
from player.domain.media import MediaFacts, MediaFormat, MediaPart, MediaSource
from player.domain.progress import CancelToken
from player.importing import strips
from player.importing.pictures import PictureMaker
from player.importing.strip_file import Strip, pack_strip, parse_strip
from player.importing.strips import StripFile, make_strip, step_ms
from player.importing.workers import WorkerPool
from tests.media import BLUE, GREEN, RED, make_clip
from tests.unit.importing.test_pictures import look, near

PHASES = (("Release", 0), ("Breath", 4000), ("Rest", 8000))
COLOURS = (RED, GREEN, BLUE)


@pytest.fixture
def maker() -> Iterator[PictureMaker]:
    made = PictureMaker(niceness=1)
    yield made
    made.rest()


def source_of(path: Path, media_format: MediaFormat, duration_ms: int) -> MediaSource:
    return MediaSource(path, media_format, duration_ms, MediaFacts(has_video=True))


def strip_of(maker: PictureMaker, clip: Path, media_format: MediaFormat, duration_ms: int) -> Strip:
    data = maker.strip(source_of(clip, media_format, duration_ms)).data
    assert data is not None
    strip = parse_strip(data)
    assert strip is not None
    return strip


@pytest.mark.parametrize(
    ("name", "media_format", "matrix"),
    [
        ("clip.mp4", MediaFormat.MP4, "bt709"),
        ("clip.mkv", MediaFormat.MATROSKA, "bt601"),
        ("clip.webm", MediaFormat.MATROSKA, "bt601"),
        ("clip.ts", MediaFormat.MPEG_TS, "bt709"),
        ("clip.avi", MediaFormat.AVI, "bt601"),
    ],
)
def test_every_moment_has_its_picture(
    tmp_path: Path, maker: PictureMaker, name: str, media_format: MediaFormat, matrix: str
) -> None:
    container = "mpegts" if name.endswith(".ts") else None
    clip = make_clip(tmp_path / name, seconds=12, phases=PHASES, colours=COLOURS, matrix=matrix, container=container)
    strip = strip_of(maker, clip, media_format, 12_000)
    assert len(strip.times_ms) >= 6
    assert list(strip.times_ms) == sorted(set(strip.times_ms))
    for index, (_title, start_ms) in enumerate(PHASES):
        for time_ms in (start_ms, start_ms + 2000, start_ms + 3900):
            width, height, colour = look(strip.jpegs[strip.index_at(time_ms, start_ms, start_ms + 4000)])
            assert (width, height) == (240, 136)
            assert near(colour, COLOURS[index]), (time_ms, colour)


def test_where_keyframes_are_far_apart_frames_between_them_help(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same file, as if it had a single keyframe."""
    clip = make_clip(tmp_path / "clip.mp4", seconds=12, phases=PHASES, colours=COLOURS)
    first = strips.FrameSeeker.keyframe
    monkeypatch.setattr(strips.FrameSeeker, "keyframe", lambda self, _time_ms: first(self, 0))
    data = make_strip([StripFile(clip, MediaFormat.MP4, 12_000)], budget_s=20)
    strip = parse_strip(data or b"")
    assert strip is not None
    for time_ms, colour in ((0, RED), (5000, GREEN), (11_000, BLUE)):
        assert near(look(strip.jpegs[strip.index_at(time_ms)])[2], colour)


def test_a_class_in_several_files(tmp_path: Path, maker: PictureMaker) -> None:
    """The second one is gone: the others have their pictures at the times of the whole class."""
    clips = [make_clip(tmp_path / f"{at}.mp4", seconds=4, colours=(colour,)) for at, colour in enumerate(COLOURS)]
    facts = MediaFacts(has_video=True)
    parts = tuple(MediaPart(clip, 1, 1, 4000, MediaFormat.MP4, facts) for clip in clips)
    clips[1].unlink()
    data = maker.strip(MediaSource(clips[0], MediaFormat.MP4, 12_000, facts, parts)).data
    strip = parse_strip(data or b"")
    assert strip is not None
    assert near(look(strip.jpegs[strip.index_at(1000)])[2], RED)
    assert near(look(strip.jpegs[strip.index_at(9000)])[2], BLUE)
    assert not [time for time in strip.times_ms if 4000 <= time < 8000]


def test_upright_whatever_the_shape(tmp_path: Path, maker: PictureMaker) -> None:
    clip = make_clip(tmp_path / "clip.mp4", seconds=2, size=(180, 320), colours=(GREEN,))
    strip = strip_of(maker, clip, MediaFormat.MP4, 2000)
    assert look(strip.jpegs[0])[:2] == (102, 180)


def test_how_far_apart() -> None:
    assert step_ms(6_000) == 1_000
    assert step_ms(15 * 60_000) == 5_000
    assert step_ms(60 * 60_000) == 18_000
    assert all(duration // step_ms(duration) <= 200 for duration in range(0, 30_000_000, 77_777))


def test_no_pictures_no_strip(tmp_path: Path, maker: PictureMaker) -> None:
    sound = make_clip(tmp_path / "sound.m4a", picture=False, sound=True, container="mp4")
    assert maker.strip(source_of(sound, MediaFormat.MP4, 3000)).data is None
    liar = tmp_path / "list.mp4"
    liar.write_text("#EXTM3U\nhttp://example.org/a.ts\n")
    assert maker.strip(source_of(liar, MediaFormat.MP4, 3000)).data is None


def test_a_class_that_ends_too_soon_has_what_there_is(tmp_path: Path, maker: PictureMaker) -> None:
    clip = make_clip(tmp_path / "clip.mkv", seconds=12, phases=PHASES, colours=COLOURS)
    clip.write_bytes(clip.read_bytes()[: clip.stat().st_size // 2])
    strip = strip_of(maker, clip, MediaFormat.MATROSKA, 12_000)
    assert near(look(strip.jpegs[0])[2], RED)


def test_a_worker_killed_in_the_middle_costs_one_strip(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", seconds=2)
    os.mkfifo(tmp_path / "never.mp4")
    pool = WorkerPool(1)
    maker = PictureMaker(pool=pool)

    def kill() -> None:
        deadline = time.monotonic() + 20
        while not any(worker.job for worker in pool._workers) and time.monotonic() < deadline:
            time.sleep(0.005)
        os.kill(pool.pids[0], signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        made = maker.strip(source_of(tmp_path / "never.mp4", MediaFormat.MP4, 2000), timeout_s=30)
        assert made.data is None
        assert not made.too_slow
        assert maker.strip(source_of(clip, MediaFormat.MP4, 2000)).data is not None
        assert sorted(path.name for path in tmp_path.iterdir()) == ["clip.mp4", "never.mp4"]
    finally:
        thread.join()
        maker.rest()


def test_a_file_that_never_answers_is_too_slow(tmp_path: Path, maker: PictureMaker) -> None:
    os.mkfifo(tmp_path / "never.mp4")
    assert maker.strip(source_of(tmp_path / "never.mp4", MediaFormat.MP4, 2000), timeout_s=0.3).too_slow


def test_stopping_is_quick(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", seconds=2)
    token = CancelToken()
    token.cancel()
    maker = PictureMaker()
    with pytest.raises(Cancelled):
        maker.strip(source_of(clip, MediaFormat.MP4, 2000), cancel=token)
    maker.rest()


def test_only_whole_strips_are_read() -> None:
    data = pack_strip([(0, b"one"), (5000, b"three")])
    assert parse_strip(data) == Strip((0, 5000), (b"one", b"three"))
    magic, header, rest = data.split(b"\n", 2)
    values = json.loads(header)
    wrong = [
        b"", b"\xff\xd8\xff", data[:-1], data + b"x", data[:30],
        *(
            b"\n".join((magic, json.dumps({**values, **other}).encode(), rest))
            for other in ({"sizes": [8]}, {"times_ms": [5, 1]}, {"sizes": [9, -1]}, {"times_ms": None})
        ),
    ]  # fmt: skip
    assert [parse_strip(one) for one in wrong] == [None] * len(wrong)


def test_the_nearest_picture_of_the_same_phase() -> None:
    strip = Strip((0, 5000, 10_000, 15_000), (b"a", b"b", b"c", b"d"))
    assert [strip.index_at(time) for time in (0, 2400, 2600, 14_000, 99_000)] == [0, 0, 1, 3, 3]
    assert strip.index_at(9_000, 0, 9_500) == 1
    assert strip.index_at(9_600, 9_500, 12_000) == 2
    assert strip.index_at(6_000, 5_500, 8_000) == 1, "a phase without a picture takes the nearest"
