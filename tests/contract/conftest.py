# SPDX-License-Identifier: GPL-3.0-or-later
"""All engines behind one face: how time passes and how a picture tells its number differ, nothing else does.

Joined engines get the same clips cut into several files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from player.domain.media import MediaSource
from player.playback.engine import Engine, EngineState
from player.playback.fake import FakeEngine, fake_colour
from player.playback.joined import JoinedEngine
from tests.contract.numbered import FPS, joined, make_numbered, number_in, source_of

SURFACE = "surface"
FACTS = ("state_changed", "opened", "seeked", "ended", "failed", "prepared")


class Kit:
    """An engine with everything it said, in order."""

    def __init__(self, engine: Engine, clips: dict[str, MediaSource]) -> None:
        self.engine = engine
        self.clips = clips
        self.said: list[tuple[str, object]] = []
        self.pictures: list[int | None] = []
        for name in FACTS:
            getattr(engine, name).connect(
                lambda *value, name=name: self.said.append((name, value[0] if value else None))
            )
        engine.frames.add_surface(SURFACE, 320, 180)
        engine.frames.picture_ready.connect(lambda: self.pictures.append(self.number()))

    def wait(self, condition: Callable[[], bool]) -> None:
        raise NotImplementedError

    def pass_time(self, ms: int) -> None:
        raise NotImplementedError

    def number(self) -> int | None:
        """The number of the picture on show."""
        raise NotImplementedError

    # What tests ask again and again

    def count(self, name: str) -> int:
        return sum(fact == name for fact, _value in self.said)

    def values(self, name: str) -> list[object]:
        return [value for fact, value in self.said if fact == name]

    @property
    def states(self) -> list[object]:
        return self.values("state_changed")

    def wait_for(self, name: str, times: int = 1) -> None:
        self.wait(lambda: self.count(name) >= times)

    def open(self, clip: str = "one", *, start_ms: int = 0, paused: bool = False) -> None:
        """Open and wait until it plays (or stands)."""
        before = self.count("opened")
        self.engine.open(self.clips[clip], start_ms=start_ms, paused=paused)
        self.wait(lambda: self.count("opened") > before)

    def seek(self, position_ms: int) -> None:
        before = self.count("seeked")
        self.engine.seek(position_ms)
        self.wait(lambda: self.count("seeked") > before)
        self.settle()

    def settle(self) -> None:
        """Let the main thread take what is waiting."""
        QCoreApplication.processEvents()

    def play_to_end(self) -> None:
        before = self.count("ended")
        self.engine.seek(self.engine.duration_ms - 400)
        self.wait(lambda: self.count("ended") > before)


KitT = TypeVar("KitT", bound=Kit)


class FakeKit(Kit):
    def __init__(self, fake: FakeEngine, clips: dict[str, MediaSource], engine: Engine | None = None) -> None:
        """`engine`: what stands before the fake, if anything does."""
        super().__init__(engine or fake, clips)
        self.fake = fake
        self._begins = {}
        for clip in clips.values():
            start_ms = 0
            for file in clip.files:
                self._begins[fake_colour(file.path, 0)[0]] = start_ms
                start_ms += file.duration_ms

    def wait(self, condition: Callable[[], bool]) -> None:
        for _turn in range(500):
            self.settle()
            if condition():
                return
            self.fake.advance(20)
        raise AssertionError(f"it did not happen; said: {self.said}")

    def pass_time(self, ms: int) -> None:
        for _step in range(ms // 20):
            self.fake.advance(20)
            self.settle()

    def number(self) -> int | None:
        picture = self.engine.frames.picture(SURFACE)
        if picture is None:
            return None
        return round((self._begins[picture.data[2]] + picture.time_ms) * FPS / 1000)


class VlcKit(Kit):
    def __init__(self, engine: Engine, clips: dict[str, MediaSource], qtbot: QtBot) -> None:
        super().__init__(engine, clips)
        self._qtbot = qtbot

    def wait(self, condition: Callable[[], bool]) -> None:
        try:
            self._qtbot.waitUntil(condition, timeout=8_000)
        except AssertionError as error:
            raise AssertionError(f"it did not happen; said: {self.said}") from error

    def pass_time(self, ms: int) -> None:
        self._qtbot.wait(ms)

    def number(self) -> int | None:
        picture = self.engine.frames.picture(SURFACE)
        return number_in(picture) if picture else None


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, MediaSource]:
    folder = tmp_path_factory.mktemp("clips")
    return {
        "one": source_of(make_numbered(folder / "one.mp4")),
        "two": source_of(make_numbered(folder / "two.mp4", seconds=2), 2_000),
        "sound": source_of(
            make_numbered(folder / "sound.mp4", picture=False), has_video=False, width=0, height=0, frame_rate=0.0
        ),
    }


@pytest.fixture(scope="session")
def cut_clips(tmp_path_factory: pytest.TempPathFactory, clips: dict[str, MediaSource]) -> dict[str, MediaSource]:
    """The same clips, the longer ones in several files of several kinds."""
    folder = tmp_path_factory.mktemp("cut")
    cuts = [("one-a.mp4", 1.2), ("one-b.mkv", 0.8), ("one-c.mp4", 1.0)]
    one, first = [], 0
    for name, seconds in cuts:
        path = make_numbered(folder / name, seconds=seconds, first=first)
        one.append(source_of(path, round(seconds * 1000)))
        first += round(seconds * FPS)
    no_picture = {"has_video": False, "width": 0, "height": 0, "frame_rate": 0.0}
    sound = [
        source_of(make_numbered(folder / f"{ms}.mp4", seconds=ms / 1000, picture=False), ms, **no_picture)
        for ms in (1_600, 1_400)  # shorter ones are over before they can be opened ahead
    ]
    return clips | {"one": joined(*one), "sound": joined(*sound)}


@pytest.fixture(
    params=[
        "fake",
        "fake_joined",
        pytest.param("vlc", marks=pytest.mark.vlc),
        pytest.param("vlc_joined", marks=pytest.mark.vlc),
    ]
)
def kit(request: pytest.FixtureRequest) -> Kit:
    """Every engine in turn."""
    kit: Kit = request.getfixturevalue(f"{request.param}_kit")
    return kit


@pytest.fixture
def fake_kit(qtbot: QtBot, clips: dict[str, MediaSource]) -> Iterator[FakeKit]:
    yield from _used(FakeKit(FakeEngine(), clips))


@pytest.fixture
def fake_joined_kit(qtbot: QtBot, cut_clips: dict[str, MediaSource]) -> Iterator[FakeKit]:
    fake = FakeEngine()
    yield from _used(FakeKit(fake, cut_clips, JoinedEngine(fake)))


@pytest.fixture
def vlc_kit(qtbot: QtBot, clips: dict[str, MediaSource]) -> Iterator[VlcKit]:
    from player.playback.vlc.engine import VlcEngine

    yield from _used(VlcKit(VlcEngine("none"), clips, qtbot))


@pytest.fixture
def vlc_joined_kit(qtbot: QtBot, cut_clips: dict[str, MediaSource]) -> Iterator[VlcKit]:
    from player.playback.vlc.engine import VlcEngine

    yield from _used(VlcKit(JoinedEngine(VlcEngine("none")), cut_clips, qtbot))


def _used(kit: KitT) -> Iterator[KitT]:
    yield kit
    kit.engine.shutdown()


@pytest.fixture
def missing(tmp_path: Path) -> MediaSource:
    """A class whose file is gone."""
    return source_of(tmp_path / "gone.mp4")


def is_playing(engine: Engine) -> bool:
    return engine.state is EngineState.PLAYING
