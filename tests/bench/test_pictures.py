# SPDX-License-Identifier: GPL-3.0-or-later
"""What the pictures of a class cost: its poster, its strip, and showing a preview under the pointer."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from player.domain.media import MediaFacts, MediaFormat, MediaSource
from player.importing.picture_cache import PictureCache
from player.importing.pictures import PictureMaker, PictureSource
from player.importing.strip_file import Strip, pack_strip, parse_strip
from player.importing.strips import MOST_PICTURES
from tests.media import make_clip

pytestmark = pytest.mark.bench

MINUTES = 3
SIZE = (1280, 720)
DECODING = 0.25
"""A strip costs at most this share of decoding the whole class."""
SHOWING_MS = 4.0
LARGE_CACHE = 20_000
SCAN_S = 1.0


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three minutes of 720p with keyframes every 2 seconds."""
    path = tmp_path_factory.mktemp("bench") / "class.mp4"
    source = f"testsrc2=size={SIZE[0]}x{SIZE[1]}:rate=25:duration={MINUTES * 60}"
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", source, "-preset", "ultrafast", "-g", "50", str(path)]
    try:
        subprocess.run(command, check=True, timeout=150)
    except (OSError, subprocess.SubprocessError):
        make_clip(path, seconds=MINUTES * 60, fps=25, size=SIZE)
    return path


def decode_all(path: Path) -> float:
    """Seconds that a decoder with one thread takes for everything."""
    import av

    begun = time.perf_counter()
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1
        for _frame in container.decode(stream):
            pass
    return time.perf_counter() - begun


def test_poster_and_strip_of_a_class(clip: Path) -> None:
    maker = PictureMaker()
    maker.picture(PictureSource(clip, MediaFormat.MP4), 640)  # the worker starts
    begun = time.perf_counter()
    picture = maker.picture(PictureSource(clip, MediaFormat.MP4), 640).data
    poster_s = time.perf_counter() - begun
    begun = time.perf_counter()
    data = maker.strip(MediaSource(clip, MediaFormat.MP4, MINUTES * 60_000, MediaFacts())).data
    strip_s = time.perf_counter() - begun
    maker.rest()
    strip = parse_strip(data or b"")
    assert picture is not None
    assert data is not None
    assert strip is not None
    whole_s = decode_all(clip)
    print(
        f"\nposter {poster_s * 1000:.0f} ms; strip of {len(strip.jpegs)} pictures ({len(data) / 1000:.0f} kB) "
        f"{strip_s:.2f} s; decoding all of it {whole_s:.2f} s; ratio {strip_s / whole_s:.3f}"
    )
    assert strip_s <= DECODING * whole_s


def test_showing_a_preview(qapp: QApplication, clip: Path) -> None:
    maker = PictureMaker()
    data = maker.strip(MediaSource(clip, MediaFormat.MP4, MINUTES * 60_000, MediaFacts())).data
    maker.rest()
    strip = parse_strip(data or b"")
    assert strip is not None
    spent = []
    for time_ms in range(0, MINUTES * 60_000, 1000):
        begun = time.perf_counter()
        pixmap = QPixmap()
        assert pixmap.loadFromData(strip.jpegs[strip.index_at(time_ms)], "JPG")
        spent.append((time.perf_counter() - begun) * 1000)
    spent.sort()
    print(f"\na preview: median {spent[len(spent) // 2]:.2f} ms, worst {spent[-1]:.2f} ms")
    assert spent[int(len(spent) * 0.95)] <= SHOWING_MS


def test_a_large_cache_opens_quickly(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path)
    cache.put("first.jpg", b"x")
    folder = cache.path_of("first.jpg").parent
    for number in range(LARGE_CACHE):
        (folder / f"{number:032x}-1.jpg").touch()
    begun = time.perf_counter()
    again = PictureCache(tmp_path)
    assert again.has("first.jpg")
    spent_s = time.perf_counter() - begun
    print(f"\na cache of {LARGE_CACHE} pictures is known after {spent_s * 1000:.0f} ms")
    assert spent_s <= SCAN_S
    longest = Strip(tuple(range(MOST_PICTURES)), (b"x" * 8000,) * MOST_PICTURES)
    assert parse_strip(pack_strip(list(zip(longest.times_ms, longest.jpegs, strict=True)))) == longest
