# SPDX-License-Identifier: GPL-3.0-or-later
"""What the engine moved by hand offers beyond the contract (which tests/contract holds it to)."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from player.domain.media import MediaFacts, MediaFormat, MediaSource
from player.playback.engine import EngineState
from player.playback.fake import FakeEngine, fake_colour

SOURCE = MediaSource(
    Path("/nowhere/class 1.mp4"),
    MediaFormat.MP4,
    60_000,
    MediaFacts(has_video=True, width=640, height=360, frame_rate=25.0),
)


@pytest.fixture
def engine(qapp: QCoreApplication) -> FakeEngine:
    return FakeEngine()


def test_time_passes_only_by_hand(engine: FakeEngine) -> None:
    engine.open(SOURCE)
    engine.advance(0)
    assert engine.state is EngineState.PLAYING
    engine.advance(1_500)
    engine.set_rate(2.0)
    engine.advance(1_000)
    assert engine.position_ms == 3_500
    engine.pause()
    engine.advance(1_000)
    assert engine.position_ms == 3_500


def test_colours_tell_the_time(engine: FakeEngine) -> None:
    engine.frames.add_surface(self_ := object(), 320, 180)
    engine.open(SOURCE, start_ms=15_000)
    engine.advance(0)
    picture = engine.frames.picture(self_)
    assert picture is not None
    assert (picture.width, picture.height, picture.time_ms) == (320, 180, 15_000)
    assert tuple(reversed(picture.data[:3])) == fake_colour(SOURCE.path, 15_000)
    assert fake_colour(SOURCE.path, 15_000) != fake_colour(SOURCE.path, 75_000) != fake_colour(Path("b"), 75_000)


def test_told_to_fail(engine: FakeEngine, qtbot: QtBot) -> None:
    engine.fail_on(SOURCE.path, "It is gone.")
    with qtbot.waitSignal(engine.failed) as failed:
        engine.open(SOURCE)
    assert failed.args == ["It is gone."]


def test_breaking_down_while_playing(engine: FakeEngine, qtbot: QtBot) -> None:
    engine.open(SOURCE)
    engine.advance(100)
    with qtbot.waitSignal(engine.failed):
        engine.break_down()
    assert (engine.state, engine.position_ms) == (EngineState.FAILED, 0)


def test_by_itself(qtbot: QtBot) -> None:
    engine = FakeEngine(by_itself=True)
    engine.open(SOURCE)
    qtbot.waitUntil(lambda: engine.position_ms > 100, timeout=3_000)
    engine.shutdown()


def test_remembers_what_it_was_told(engine: FakeEngine) -> None:
    engine.set_volume(300)
    engine.set_rate(0.1)
    engine.set_muted(True)
    engine.prepare(SOURCE, start_ms=5)
    assert (engine.volume, engine.rate, engine.muted, engine.prepared_source) == (125, 0.5, True, SOURCE)
    engine.open(SOURCE)
    assert (engine.source, engine.prepared_source) == (SOURCE, None)
