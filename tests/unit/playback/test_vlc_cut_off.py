# SPDX-License-Identifier: GPL-3.0-or-later
"""A class whose file ends too soon has not been done: it has failed."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.domain.media import MediaFacts, MediaFormat, MediaSource
from player.playback.vlc.engine import VlcEngine
from tests.media import make_clip

pytestmark = pytest.mark.vlc


def test_a_file_that_is_cut_off(qtbot: QtBot, tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "1.mkv", seconds=60, fps=5, phases=(("Breath", 0),))
    whole = clip.read_bytes()
    clip.write_bytes(whole[: len(whole) // 2])
    facts = MediaFacts(has_video=True, width=320, height=180, frame_rate=5.0)
    engine = VlcEngine(audio_output="none")
    said: list[str] = []
    engine.ended.connect(lambda: said.append("ended"))
    engine.failed.connect(said.append)
    engine.open(MediaSource(clip, MediaFormat.MATROSKA, 60_000, facts), start_ms=26_000)
    qtbot.waitUntil(lambda: bool(said), timeout=30_000)
    engine.shutdown()
    assert len(said) == 1
    assert "cut off" in said[0]
