# SPDX-License-Identifier: GPL-3.0-or-later
"""What only a medium of several files can show; the rest of the contract holds for it as for any other."""

from __future__ import annotations

import itertools
import shutil
import time
from pathlib import Path

import pytest

from player.domain.media import MediaSource
from player.playback.engine import EngineState
from player.playback.fake import FakeEngine
from player.playback.joined import JoinedEngine
from tests.contract.conftest import SURFACE, FakeKit, Kit, VlcKit
from tests.contract.numbered import FPS, joined, make_numbered, source_of
from tests.media import GREEN, RED, make_clip

S = EngineState
MOST_BETWEEN_FILES_MS = 150
"""How long a last picture may be held on a busy machine. Measured: 41 ms, of which 40 are its due."""


@pytest.fixture(params=["fake_joined", pytest.param("vlc_joined", marks=pytest.mark.vlc)])
def joined_kit(request: pytest.FixtureRequest) -> Kit:
    kit: Kit = request.getfixturevalue(f"{request.param}_kit")
    return kit


def test_plays_through_all_files_as_through_one(joined_kit: Kit) -> None:
    kit = joined_kit
    places: list[int] = []
    kit.engine.position_changed.connect(places.append)
    kit.open()
    kit.wait_for("ended")
    assert kit.states == [S.OPENING, S.PLAYING, S.ENDED]
    assert (kit.count("opened"), kit.count("seeked"), kit.count("prepared")) == (1, 0, 0)
    assert places == sorted(places)
    assert None not in kit.pictures
    assert kit.pictures == sorted(kit.pictures)  # type: ignore[type-var]
    assert len(set(kit.pictures)) >= 60
    assert (kit.number() or 0) >= 72


@pytest.mark.parametrize("position_ms", [1_199, 1_200, 1_999, 2_000])
@pytest.mark.parametrize("paused", [True, False])
def test_seek_to_where_files_meet(joined_kit: Kit, position_ms: int, paused: bool) -> None:
    kit = joined_kit
    kit.open(paused=paused)
    kit.pictures.clear()
    kit.seek(position_ms)
    wanted = position_ms * FPS // 1000
    if paused:
        assert kit.number() == wanted
        assert kit.values("seeked") == [position_ms]
    else:
        kit.wait(lambda: (kit.number() or 0) >= wanted)
        assert {wanted, wanted + 1, wanted + 2} & set(kit.pictures)
    assert kit.states == [S.OPENING, S.PAUSED if paused else S.PLAYING]


def test_back_and_forth_over_the_seams(joined_kit: Kit) -> None:
    kit = joined_kit
    kit.open(paused=True)
    for position_ms in (2_400, 1_000, 1_400, 40, 2_960, 1_160, 2_040):
        kit.seek(position_ms)
        assert kit.number() == position_ms * FPS // 1000, position_ms
        assert kit.engine.position_ms == position_ms
    kit.engine.play()
    kit.wait_for("ended")


def test_pause_just_where_the_next_file_begins(joined_kit: Kit) -> None:
    kit = joined_kit
    kit.open(start_ms=900)
    kit.wait(lambda: kit.engine.position_ms >= 1_200)
    kit.engine.pause()
    assert kit.engine.state is S.PAUSED
    kit.pass_time(400)
    stood_at = kit.engine.position_ms
    kit.pass_time(200)
    assert (kit.engine.state, kit.engine.position_ms) == (S.PAUSED, stood_at)
    assert kit.count("opened") == 1
    kit.engine.play()
    kit.wait_for("ended")
    assert S.OPENING not in kit.states[1:]


def test_at_twice_the_speed(joined_kit: Kit) -> None:
    kit = joined_kit
    kit.engine.set_rate(2.0)
    kit.open()
    kit.wait_for("ended")
    assert kit.states == [S.OPENING, S.PLAYING, S.ENDED]


def test_what_comes_after_is_opened_ahead_in_the_last_file(joined_kit: Kit) -> None:
    kit = joined_kit
    kit.open()
    kit.engine.prepare(kit.clips["two"])
    kit.pass_time(200)
    assert kit.count("prepared") == 0
    kit.wait_for("prepared")
    assert kit.engine.position_ms >= 2_000
    kit.seek(1_500)
    kit.wait(lambda: kit.engine.position_ms > 2_500)
    assert kit.count("prepared") == 1
    kit.engine.ended.connect(lambda: kit.engine.open(kit.clips["two"]))
    kit.wait(lambda: kit.values("opened") == [3_000, 2_000])
    assert kit.engine.duration_ms == 2_000


def test_a_place_in_a_joined_medium_is_opened_ahead(joined_kit: Kit) -> None:
    kit = joined_kit
    kit.open("one", start_ms=2_100)
    kit.engine.prepare(kit.clips["one"], start_ms=1_600)
    kit.wait_for("prepared")
    kit.pictures.clear()
    kit.open("one", start_ms=1_600)
    kit.settle()
    assert kit.pictures[0] in (40, 41)
    kit.wait_for("ended")
    assert kit.engine.position_ms == 3_000


def test_a_file_that_is_gone_is_named(joined_kit: Kit, missing: MediaSource, tmp_path: Path) -> None:
    kit = joined_kit
    one, two, _three = kit.clips["one"].files
    lost = tmp_path / "lost.mp4"
    shutil.copy(one.path, lost)
    medium = joined(one, source_of(lost, 1_200), two)
    lost.unlink()
    if isinstance(kit, FakeKit):
        kit.fake.fail_on(lost)
    kit.engine.open(medium)
    kit.wait_for("failed")
    assert kit.states == [S.OPENING, S.PLAYING, S.FAILED]
    assert "2 of the 3" in str(kit.values("failed")[0])
    assert "lost.mp4" in str(kit.values("failed")[0])
    assert kit.number() == 29
    assert (kit.engine.position_ms, kit.count("ended")) == (0, 0)
    kit.open("one", start_ms=1_500)


def test_a_medium_of_one_file_is_handed_on(qtbot: object) -> None:
    fake = FakeEngine()
    engine = JoinedEngine(fake)
    source = source_of(Path("one.mp4"))
    engine.open(source)
    assert fake.source is source
    engine.prepare(source, start_ms=100)
    assert fake.prepared_source is source
    engine.shutdown()


# The real engine


@pytest.mark.vlc
def test_a_last_picture_is_not_held_longer_than_its_due(vlc_joined_kit: VlcKit, tmp_path: Path) -> None:
    kit = vlc_joined_kit
    files = [make_numbered(tmp_path / f"{first}.mp4", seconds=2, first=first) for first in (0, 50, 100)]
    came: list[tuple[float, int]] = []
    kit.engine.frames.picture_ready.connect(lambda: came.append((time.monotonic(), kit.number() or 0)))
    kit.engine.open(joined(*(source_of(file, 2_000) for file in files)))
    kit.wait_for("ended")
    for first in (50, 100):
        last_at = max(at for at, number in came if number < first)
        first_at = min(at for at, number in came if number >= first)
        assert (first_at - last_at) * 1000 < MOST_BETWEEN_FILES_MS


@pytest.mark.vlc
def test_files_of_other_kinds_and_sizes(vlc_joined_kit: VlcKit, tmp_path: Path) -> None:
    kit = vlc_joined_kit
    red = make_clip(tmp_path / "a.mp4", seconds=1.5, size=(640, 360), colours=[RED], sound=True)
    green = make_clip(tmp_path / "b.webm", seconds=1.5, size=(320, 240), colours=[GREEN], sound=True)
    stream = make_numbered(tmp_path / "c.ts", seconds=1.5)
    kit.engine.open(
        joined(
            source_of(red, 1_500, width=640, height=360, frame_rate=10.0),
            source_of(green, 1_500, width=320, height=240, frame_rate=10.0),
            source_of(stream, 1_500),
            kit.clips["sound"].files[0],
        )
    )
    shapes: list[tuple[int, int] | None] = []
    kit.engine.frames.picture_ready.connect(lambda: shapes.append(kit.engine.frames.shape))
    kit.wait_for("ended")
    assert [shape for shape, _group in itertools.groupby(shapes)] == [(640, 360), (320, 240), (320, 180), None]
    assert kit.states == [S.OPENING, S.PLAYING, S.ENDED]
    assert kit.engine.position_ms == 6_100
    for position_ms in (3_400, 200, 1_700):
        kit.seek(position_ms)
    kit.engine.pause()
    kit.seek(4_000)
    assert kit.number() in (24, 25)  # the stream's sound begins a little earlier than its pictures
    assert kit.engine.frames.picture(SURFACE) is not None
