# SPDX-License-Identifier: GPL-3.0-or-later
"""What only the real engine can show: true colours, damaged files, files that are not what they say, and an end
without a crash."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import av
import pytest
from av.video.frame import VideoFrame

from player.domain.media import ColourMatrix, MediaFormat, MediaSource, sniff
from player.playback.engine import EngineState
from player.playback.frames import Picture
from tests.contract.conftest import SURFACE, VlcKit
from tests.contract.numbered import make_numbered, source_of
from tests.media import BLUE, GREEN, RED, Colour, make_clip, yuv_of

pytestmark = pytest.mark.vlc

ROOT = Path(__file__).resolve().parents[2]
QUIT_TIMES = 10
QUIT_TIMES_MEASURED = 50


def pixel(picture: Picture, x: float = 0.5, y: float = 0.5) -> Colour:
    at = int(y * picture.height) * picture.stride + int(x * picture.width) * 4
    blue, green, red = picture.data[at : at + 3]
    return red, green, blue


def shown(kit: VlcKit) -> Picture:
    kit.wait(lambda: kit.engine.frames.picture(SURFACE) is not None)
    picture = kit.engine.frames.picture(SURFACE)
    assert picture is not None
    return picture


def assert_close(found: Colour, wanted: Colour, by: int = 4) -> None:
    assert all(abs(f - w) <= by for f, w in zip(found, wanted, strict=True)), f"{found} is not {wanted}"


# Colours


@pytest.mark.parametrize("colour", [RED, GREEN, BLUE, (128, 128, 128), (250, 250, 250)])
@pytest.mark.parametrize(
    ("size", "matrix", "tagged"),
    [
        ((1280, 720), "bt709", True),
        ((1280, 720), "bt709", False),
        ((640, 360), "bt601", True),
        ((640, 480), "bt601", False),
    ],
)
def test_colours(
    vlc_kit: VlcKit, tmp_path: Path, colour: Colour, size: tuple[int, int], matrix: str, tagged: bool
) -> None:
    path = make_clip(tmp_path / "c.mp4", seconds=1, size=size, colours=[colour], matrix=matrix, tagged=tagged)
    told = ColourMatrix(matrix) if tagged else None
    vlc_kit.engine.open(
        source_of(path, 1_000, width=size[0], height=size[1], frame_rate=10.0, colour_matrix=told), paused=True
    )
    vlc_kit.wait_for("opened")
    assert_close(pixel(shown(vlc_kit)), colour)


def test_full_range(vlc_kit: VlcKit, tmp_path: Path) -> None:
    """As telephones record: luma from 0 to 255."""
    path = tmp_path / "full.mp4"
    with av.open(str(path), "w") as output:
        stream = output.add_stream("libx264", rate=10, options={"preset": "ultrafast", "qp": "2"})
        stream.width, stream.height, stream.pix_fmt = 640, 360, "yuvj420p"
        stream.codec_context.color_range = 2
        for index in range(10):
            frame = VideoFrame(640, 360, "yuvj420p")
            for plane, value in zip(frame.planes, (240, 128, 128), strict=True):
                plane.update(bytes([value]) * plane.buffer_size)
            frame.pts = index
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    vlc_kit.engine.open(source_of(path, 1_000, width=640, height=360, frame_rate=10.0, full_range=True), paused=True)
    vlc_kit.wait_for("opened")
    assert_close(pixel(shown(vlc_kit)), (240, 240, 240))


def test_no_border_of_padding(vlc_kit: VlcKit, tmp_path: Path) -> None:
    """1080 is not a multiple of 16: decoders deliver more rows than the picture has."""
    path = make_clip(tmp_path / "hd.mp4", seconds=0.5, size=(1920, 1080), colours=[RED])
    vlc_kit.engine.frames.add_surface(SURFACE, 480, 270)
    vlc_kit.engine.open(source_of(path, 500, width=1920, height=1080, frame_rate=10.0), paused=True)
    vlc_kit.wait_for("opened")
    picture = shown(vlc_kit)
    assert (picture.width, picture.height) == (480, 270)
    for x, y in ((0, 0), (0.999, 0), (0, 0.999), (0.999, 0.999)):
        assert_close(pixel(picture, x, y), RED)


def test_yuv_of_is_what_the_tests_think() -> None:
    assert yuv_of((255, 255, 255), "bt709") == (235, 128, 128)


# Timelines


def test_timestamps_that_begin_at_ten_seconds(vlc_kit: VlcKit, tmp_path: Path) -> None:
    path = make_numbered(tmp_path / "late.mp4", start_at_s=10)
    kit = vlc_kit
    kit.engine.open(source_of(path))
    kit.wait_for("opened")
    assert kit.engine.duration_ms == 3_000
    kit.wait(lambda: 300 < kit.engine.position_ms < 1_000)
    kit.engine.pause()
    kit.seek(2_000)
    number = kit.number()
    assert number is not None
    assert abs(number - 50) <= 2
    kit.engine.play()
    kit.wait_for("ended")


def test_pictures_out_of_order(vlc_kit: VlcKit, tmp_path: Path) -> None:
    """B-frames: what comes first in the file is not what is shown first."""
    path = make_numbered(tmp_path / "b.mp4", b_frames=3)
    vlc_kit.engine.open(source_of(path), paused=True)
    vlc_kit.wait_for("opened")
    for position_ms in (2_000, 1_000, 520, 1_480, 0, 2_600):
        vlc_kit.seek(position_ms)
        assert vlc_kit.number() == position_ms // 40


def test_ten_pictures_a_second(vlc_kit: VlcKit, tmp_path: Path) -> None:
    """Few pictures a second mean that decoders hold much time back."""
    phases = [(str(n), n * 500) for n in range(6)]
    colours: list[Colour] = [(40 * n + 20, 128, 128) for n in range(6)]
    path = make_clip(tmp_path / "slow.mp4", seconds=3, fps=10, phases=phases, colours=colours, sound=True)
    vlc_kit.engine.open(
        source_of(path, width=320, height=180, frame_rate=10.0, colour_matrix=ColourMatrix.BT709), paused=True
    )
    vlc_kit.wait_for("opened")
    for phase in (5, 1, 4, 0, 3, 2):
        vlc_kit.seek(phase * 500)
        assert_close(pixel(shown(vlc_kit)), colours[phase], 6)


# Files that are not what they say


PLAYLIST = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n{target}\n#EXT-X-ENDLIST\n"
MANIFEST = (
    '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" mediaPresentationDuration="PT60S" type="static">'
    '<Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>{target}</BaseURL>'
    "</Representation></AdaptationSet></Period></MPD>"
)
CONCAT = "ffconcat version 1.0\nfile {target}\n"


@pytest.mark.parametrize("text", [PLAYLIST, MANIFEST, CONCAT, "<html></html>", "", "\x00" * 5000])
@pytest.mark.parametrize("claimed", [MediaFormat.MP4, MediaFormat.MATROSKA, MediaFormat.AVI])
def test_lists_in_disguise_are_not_followed(
    vlc_kit: VlcKit, tmp_path: Path, clips: dict[str, MediaSource], text: str, claimed: MediaFormat
) -> None:
    path = tmp_path / "disguised.mp4"
    path.write_text(text.replace("{target}", str(clips["one"].path)))
    kit = vlc_kit
    good = source_of(path)
    kit.engine.open(MediaSource(path, claimed, 3_000, good.facts))
    kit.wait_for("failed")
    assert kit.count("opened") == 0
    assert kit.pictures == []


def test_another_container_than_it_was(vlc_kit: VlcKit, clips: dict[str, MediaSource]) -> None:
    one = clips["one"]
    vlc_kit.engine.open(MediaSource(one.path, MediaFormat.MATROSKA, one.duration_ms, one.facts))
    vlc_kit.wait_for("failed")


def test_a_folder(vlc_kit: VlcKit, tmp_path: Path) -> None:
    vlc_kit.engine.open(source_of(tmp_path))
    vlc_kit.wait_for("failed")


@pytest.mark.corpus
def test_the_collection_of_files_that_point_elsewhere(vlc_kit: VlcKit, corpus: Path) -> None:
    kit = vlc_kit
    for path in sorted((corpus / "broken" / "pointing-elsewhere").iterdir()):
        found = sniff(path.read_bytes()[:4096])
        if found is None:
            before = kit.count("failed")
            kit.engine.open(MediaSource(path, MediaFormat.MP4, 60_000, source_of(path).facts))
            kit.wait(lambda before=before: kit.count("failed") > before)  # type: ignore[misc]
        elif path.name.startswith("linked-main"):
            kit.engine.open(source_of(path, 0, width=0, height=0, frame_rate=0.0))
            kit.wait_for("opened")
            assert kit.engine.duration_ms <= 40_000


# Damage


def test_truncated_rubbish_and_half_a_file(vlc_kit: VlcKit, tmp_path: Path, clips: dict[str, MediaSource]) -> None:
    """Each ends in `failed`, or plays what there is and ends; none hangs, and a good one plays after it."""
    kit = vlc_kit
    whole = clips["one"].path.read_bytes()
    for name, content in {
        "head": whole[:40],
        "rubbish": b"\x00\x00\x00\x18ftypisom" + os.urandom(60_000),
        "half": whole[: len(whole) // 2],
    }.items():
        path = tmp_path / f"{name}.mp4"
        path.write_bytes(content)
        kit.said.clear()
        kit.engine.open(source_of(path))
        kit.wait(lambda: kit.count("failed") + kit.count("ended") > 0)
        assert kit.count("failed") + kit.count("ended") == 1, name
        assert kit.count("failed") + kit.count("opened") == 1, name
    kit.open("one")
    kit.wait(lambda: kit.engine.position_ms > 200)


@pytest.mark.corpus
@pytest.mark.timeout(300)
def test_the_collection_of_damaged_files(vlc_kit: VlcKit, corpus: Path, clips: dict[str, MediaSource]) -> None:
    kit = vlc_kit
    for path in sorted((corpus / "broken").iterdir()):
        if not path.is_file() or path.suffix == ".nfo":
            continue
        kit.said.clear()
        kit.engine.open(source_of(path, 0, width=0, height=0, frame_rate=0.0))
        kit.wait(lambda: kit.count("failed") + kit.count("opened") > 0)
        kit.pass_time(100)
        kit.engine.seek(500)
        kit.pass_time(50)
        kit.engine.stop()
    kit.open("one")


def test_a_file_that_says_nothing_in_time(clips: dict[str, MediaSource], qtbot: object, tmp_path: Path) -> None:
    """A pipe nobody writes to stands for a disk that does not answer: neither hangs the main thread nor the end."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no named pipes here")
    from player.playback.vlc.engine import VlcEngine

    path = tmp_path / "pipe.mp4"
    os.mkfifo(path)
    kit = VlcKit(VlcEngine("none", open_limit_ms=500), clips, qtbot)  # type: ignore[arg-type]
    kit.engine.open(MediaSource(path, MediaFormat.MP4, 1_000, clips["one"].facts))
    kit.wait_for("failed")
    assert kit.engine.state is EngineState.FAILED
    kit.open("one")
    kit.engine.shutdown()
    with path.open("wb"):  # lets the thread that looks at the file go
        pass


# The end of the program

QUIT = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from tests.contract.numbered import source_of
from player.playback.vlc.engine import VlcEngine

app = QCoreApplication([])
engine = VlcEngine("none")
engine.frames.add_surface("surface", 320, 180)
engine.frames.picture_ready.connect(lambda: engine.frames.picture("surface"))
one, two, after_ms = source_of(Path(sys.argv[1])), source_of(Path(sys.argv[2]), 2_000), int(sys.argv[3])
engine.open(one)
QTimer.singleShot(after_ms // 2, lambda: engine.prepare(two))
QTimer.singleShot(after_ms - 5, lambda: engine.seek(1_500))
QTimer.singleShot(after_ms, app.quit)
app.exec()
engine.shutdown()
"""


def _quit_after(ms: int, clips: dict[str, MediaSource]) -> None:
    command = [
        sys.executable,
        "-X",
        "faulthandler",
        "-c",
        QUIT,
        str(clips["one"].path),
        str(clips["two"].path),
        str(ms),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_quits_cleanly_at_any_moment(clips: dict[str, MediaSource]) -> None:
    for turn in range(QUIT_TIMES):
        _quit_after(10 + turn * 45, clips)


@pytest.mark.bench
@pytest.mark.timeout(600)
def test_quits_cleanly_many_times(clips: dict[str, MediaSource]) -> None:
    for turn in range(QUIT_TIMES_MEASURED):
        _quit_after(10 + turn * 17, clips)
