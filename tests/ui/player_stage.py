# SPDX-License-Identifier: GPL-3.0-or-later
"""A player page with everything real around it, but an engine whose clock is moved by hand."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from player.domain.media import MediaFacts, MediaFormat
from player.domain.models import FileIdentity, Phase, PhaseKind, PropNeed
from player.domain.plan import ImportPlan, PlannedClass, PlannedSeries
from player.importing.pictures import Made
from player.importing.vocabulary import load_vocabulary
from player.library import Library
from player.playback.controller import PlaybackController
from player.playback.fake import FakeEngine, FakeFrameSource
from player.playback.frames import Picture, fit
from player.resources import resource_path
from player.tasks.lane import Lane
from player.ui.fonts import load_fonts
from player.ui.icons import Icons
from player.ui.pages.player import PlayerPage
from player.ui.pictures import Pictures
from player.ui.theme import ThemeManager, load_themes
from player.ui.widgets.scene import room_scene

MINUTE = 60_000
K = PhaseKind


def phases(*parts: tuple[PhaseKind, str, float]) -> tuple[Phase, ...]:
    """Phases from (kind, title, minutes)."""
    made, start = [], 0
    for kind, title, minutes in parts:
        end = start + round(minutes * MINUTE)
        made.append(Phase(kind, title, start, end))
        start = end
    return tuple(made)


THIRTEEN = phases(
    (K.ARRIVE, "Arrive", 1 + 1 / 6),
    (K.DIAPHRAGM_RELEASE, "Diaphragm release", 3 + 1 / 6),
    (K.BREATH, "Breath", 3 + 1 / 6),
    (K.MOBILIZATION, "Mobilization", 6 + 1 / 6),
    (K.REST, "Rest", 1 + 1 / 3),
)
FOURTEEN = phases(
    (K.ARRIVE, "Arrive", 1.7),
    (K.DIAPHRAGM_RELEASE, "Diaphragm release", 3.7),
    (K.BREATH, "Breath", 2.7),
    (K.MOBILIZATION, "Mobilization", 8.6),
    (K.INTEGRATION, "Integration", 3),
    (K.REST, "Rest", 2.3),
)
CLASSES: tuple[tuple[int, str, tuple[Phase, ...], tuple[str, ...], bool], ...] = (
    (13, "Mid Back Release: Breath and Chair", THIRTEEN, ("chair", "pillow"), True),
    (14, "Full Body Release: Movement from Within", FOURTEEN, ("mat", "blanket", "pillow"), True),
    (15, "A class without phases", (), (), True),
    (16, "Breath practice", phases((K.BREATH, "Breath", 10)), ("mat",), False),
)


class SceneSource(FakeFrameSource):
    """Pictures of a painted room."""

    @override
    def _paint(self, shape: tuple[int, int], width: int, height: int) -> Picture:
        width, height = fit(shape, width, height)
        image = QImage(width, height, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter.drawPixmap(0, 0, room_scene(width, height))
        painter.end()
        data = memoryview(bytes(image.constBits()))
        return Picture(data, width, height, image.bytesPerLine(), self._serial, self._time_ms)


class Stage:
    """`page` plays the classes of CLASSES, numbered 13 to 16."""

    def __init__(self, folder: Path, *, scene: bool = False, settle_ms: int = 60_000) -> None:
        load_fonts(resource_path("fonts"))
        self.library = Library.open(folder / "library.sqlite")
        media = folder / "media"
        media.mkdir()
        planned = tuple(_planned(media, *row) for row in CLASSES)
        self.library.apply(ImportPlan((media,), (PlannedSeries(media, "Gentle Mornings", planned),)))
        self.series = self.library.series_list()[0].id
        self.ids = {video.number: video.id for video in self.library.classes(self.series)}
        self.lanes = [Lane("database"), Lane("load"), Lane("make")]
        self.engine = FakeEngine()
        if scene:
            self.engine.frames = self.engine._pictures = SceneSource(self.engine)
        self.controller = PlaybackController(self.engine, self.library, self.lanes[0], settle_ms=settle_ms)
        self.themes = ThemeManager(load_themes(resource_path("theme")))
        self.themes.set_mode("dark")
        self.icons = Icons(resource_path("icons"))
        self.pictures = Pictures(folder / "pictures", self.lanes[1], self.lanes[2], maker=NoPictures())
        self.page = PlayerPage(
            themes=self.themes,
            icons=self.icons,
            vocabulary=load_vocabulary(resource_path("vocabulary")),
            lane=self.lanes[0],
            library=self.library,
            controller=self.controller,
            pictures=self.pictures,
        )

    def wait(self, fact: Callable[[], bool], timeout_s: float = 5) -> None:
        """Run the event loop until `fact`."""
        deadline = time.monotonic() + timeout_s
        while not fact():
            assert time.monotonic() < deadline, "waited in vain"
            QCoreApplication.processEvents()
            time.sleep(0.002)

    def pass_time(self, seconds: float) -> None:
        """Let the event loop run (for pictures to look at, not for tests)."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QCoreApplication.processEvents()
            time.sleep(0.005)

    def settle(self) -> None:
        """Until the lanes have told their outcomes and the engine has answered."""
        self.wait(lambda: all(lane.idle for lane in self.lanes))
        self.engine.advance(0)
        self.wait(lambda: all(lane.idle for lane in self.lanes))
        QApplication.processEvents()

    def show(self, width: int = 1280, height: int = 800) -> None:
        self.page.resize(width, height)
        self.page.show()
        self.wait(self.page.isVisible)
        QApplication.processEvents()

    def play(self, number: int = 13, at_ms: int = 0) -> None:
        self.controller.play_class(self.ids[number], at_ms=at_ms)
        self.settle()
        self.look()

    def look(self) -> None:
        """Let the controller notice where the engine is."""
        self.controller._stage._tick()

    def go_to(self, position_ms: int) -> None:
        self.controller.seek(position_ms)
        self.settle()
        self.look()

    def end_class(self) -> None:
        """Play on to the end of the class."""
        self.go_to(self.controller.timeline.duration_ms - 400)
        self.engine.advance(1000)
        self.settle()

    def close(self) -> None:
        self.page.hide()
        self.controller.shutdown()
        self.engine.shutdown()
        self.pictures.close()
        for lane in self.lanes:
            assert lane.close()
        self.library.close()


class NoPictures:
    """Stands where pictures are made: there are none."""

    def picture(self, *_args: object, **_options: object) -> Made:
        return Made(None)

    def strip(self, *_args: object, **_options: object) -> Made:
        return Made(None)

    def rest(self) -> None:
        """Nothing runs."""


def _planned(
    folder: Path, number: int, title: str, parts: tuple[Phase, ...], props: tuple[str, ...], seen: bool
) -> PlannedClass:
    path = folder / f"{number:02d}.mp4"
    path.write_bytes(b"x")
    return PlannedClass(
        path=path,
        identity=FileIdentity(number, f"{number:032x}"),
        modified_ns=path.stat().st_mtime_ns,
        raw_name=path.name,
        title=title,
        number=number,
        section=None,
        duration_ms=parts[-1].end_ms if parts else 20 * MINUTE,
        format=MediaFormat.MP4,
        facts=MediaFacts(has_video=seen, has_audio=True, width=1280, height=800, frame_rate=25.0),
        phases=parts,
        props=tuple(PropNeed(prop) for prop in props),
    )
