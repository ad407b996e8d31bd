# SPDX-License-Identifier: GPL-3.0-or-later
"""A controller with a real library and an engine whose clock is moved by hand, and short words for tests of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from player.domain.media import MediaFacts, MediaFormat
from player.domain.models import FileIdentity, Phase, PhaseKind, PropNeed
from player.domain.plan import ImportPlan, PlannedClass, PlannedSeries
from player.domain.playing import PlayerState
from player.library import Library
from player.playback.controller import PlaybackController
from player.playback.engine import EngineState
from player.playback.fake import FakeEngine
from player.playback.messages import Message
from player.tasks.lane import Lane

MINUTE = 60_000
PHASES = (
    Phase(PhaseKind.DIAPHRAGM_RELEASE, "Release", 0, MINUTE),
    Phase(PhaseKind.BREATH, "Breath", MINUTE, 2 * MINUTE),
    Phase(PhaseKind.REST, "Rest", 2 * MINUTE, 3 * MINUTE),
)


def planned(folder: Path, number: int, *props: str, phases: tuple[Phase, ...] = PHASES) -> PlannedClass:
    path = folder / f"{number:02d}.mp4"
    path.write_bytes(b"x")
    return PlannedClass(
        path=path,
        identity=FileIdentity(number, f"{number:032x}"),
        modified_ns=path.stat().st_mtime_ns,
        raw_name=path.name,
        title=f"Class {number}",
        number=number,
        section=None,
        duration_ms=3 * MINUTE,
        format=MediaFormat.MP4,
        facts=MediaFacts(has_video=True, has_audio=True, width=640, height=360, frame_rate=25.0),
        phases=phases,
        props=tuple(PropNeed(prop) for prop in props),
    )


class Player:
    """A controller with all it needs, and short words for what the tests do."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.library = Library.open(folder / "library.sqlite")
        media = folder / "media"
        media.mkdir()
        classes = (planned(media, 1, "chair"), planned(media, 2, "chair", "mat"), planned(media, 3), planned(media, 4))
        self.library.apply(ImportPlan((media,), (PlannedSeries(media, "Series", classes),)))
        self.series = self.library.series_list()[0].id
        self.ids = [video.id for video in self.library.classes(self.series)]
        self.lane, self.files = Lane("database"), Lane("files")
        self.engine = FakeEngine()
        self.messages: list[Message] = []
        self.controller = PlaybackController(self.engine, self.library, self.lane, file_lane=self.files, settle_ms=300)
        self.controller.message.connect(self.messages.append)

    def wait(self, fact: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(fact, timeout=5000)

    def settle(self) -> None:
        """Until the lanes have nothing more to tell and the engine has answered."""
        for _ in range(3):  # an outcome may lead to more work
            self.wait(lambda: self.lane.idle and self.files.idle)
            self.engine.advance(0)

    def play(self, number: int = 1, **where: object) -> None:
        self.controller.play_class(self.ids[number - 1], **where)  # type: ignore[arg-type]
        self.settle()
        assert self.playing() == number

    def playing(self) -> int | None:
        video = self.controller.class_video
        return video.number if video else None

    def advance_to(self, position_ms: int) -> None:
        """Let playing go on to a place of this class, in steps as short as the controller looks."""
        number = self.playing()
        while self.engine.position_ms < position_ms and self.playing() == number:
            assert self.engine.state in (EngineState.PLAYING, EngineState.OPENING)
            self.engine.advance(min(200, position_ms - self.engine.position_ms))
            self.controller._stage._tick()
            if self.controller.state is not PlayerState.PLAYING:
                return

    def position_kept(self, number: int) -> int:
        self.settle()
        return self.library.class_video(self.ids[number - 1]).progress.position_ms

    def done(self, number: int) -> bool:
        self.settle()
        return self.library.class_video(self.ids[number - 1]).progress.done

    def set_series(self, **preferences: object) -> None:
        old = self.library.series(self.series).preferences
        self.library.set_preferences(self.series, replace(old, **preferences))  # type: ignore[arg-type]

    def close(self) -> None:
        self.controller.shutdown()
        self.engine.shutdown()
        assert self.lane.close()
        assert self.files.close()
        self.library.close()
