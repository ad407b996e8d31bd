# SPDX-License-Identifier: GPL-3.0-or-later
"""Automatic rescans wait while an import is looked through: real folders, real library, the real watch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from player.domain.planning import leave_out_classes
from player.domain.vocabulary import Vocabulary
from player.domain.wishes import wishes_of
from player.importing.growing import Growing
from player.library import Library
from player.playback.controller import PlaybackController
from player.playback.fake import FakeEngine
from player.system.rescans import Rescans
from player.system.watch import FolderWatch
from player.tasks.lane import Lane
from player.ui.adding import Adding
from player.ui.dialogs.preview import PreviewPage
from player.ui.giving_way import GivingWay
from player.ui.icons import Icons
from player.ui.importer import Importer
from player.ui.theme import ThemeManager
from player.ui.widgets.import_panel import ImportPanel
from tests.media import make_clip


@dataclass
class Desk:
    library: Library
    importer: Importer
    adding: Adding
    preview: PreviewPage
    rescans: Rescans
    rescanned: list[object]
    qtbot: QtBot

    def titles(self) -> list[str]:
        return [one.title for series in self.library.series_list() for one in self.library.classes(series.id)]

    def look_at(self, folder: Path) -> None:
        self.adding.look_at([folder])
        self.qtbot.waitUntil(lambda: self.preview.waiting and not self.importer.running, timeout=30_000)


@pytest.fixture
def desk(
    qtbot: QtBot, library: Library, lane: Lane, vocabulary: Vocabulary, themes: ThemeManager, icons: Icons
) -> Iterator[Desk]:
    imports = Lane("import")
    engine = FakeEngine()
    controller = PlaybackController(engine, library, lane)
    window = QWidget()
    qtbot.addWidget(window)
    importer = Importer(library, imports, vocabulary)
    preview = PreviewPage(themes, icons, vocabulary, window)
    adding = Adding(
        importer,
        ImportPanel(themes, icons, window),
        preview,
        library=library,
        lane=lane,
        controller=controller,
        demo_folder=Path(),
        window=window,
    )
    rescans = Rescans(library, imports, vocabulary, watch=FolderWatch(), growing=Growing(still_s=0.1))
    rescanned: list[object] = []
    rescans.rescanned.connect(rescanned.append)
    giving_way = GivingWay(rescans, importer, adding)
    yield Desk(library, importer, adding, preview, rescans, rescanned, qtbot)
    giving_way.deleteLater()
    importer.close()
    rescans.close()
    controller.shutdown()
    engine.shutdown()
    assert imports.close()


@pytest.fixture
def floor(desk: Desk, tmp_path: Path) -> Path:
    """A folder that is watched, with a second class in it that nobody has taken yet and that is being looked at."""
    folder = tmp_path / "Floor"
    folder.mkdir()
    make_clip(folder / "1 Slow.mp4", seconds=1)
    with desk.qtbot.waitSignal(desk.importer.finished, timeout=30_000):
        desk.importer.start([folder])
    make_clip(folder / "2 Soft.mp4", seconds=2)
    desk.look_at(folder)
    desk.rescans.start()
    desk.rescans._want(folder)  # what the watch says
    desk.qtbot.waitUntil(lambda: desk.adding.waiting)
    return folder


def test_nothing_is_added_while_an_import_is_looked_through(desk: Desk, floor: Path) -> None:
    assert desk.rescans._task is None
    preview = desk.preview
    plan = leave_out_classes(preview.plan, 0, {1})
    base = preview._base
    assert base is not None
    with desk.qtbot.waitSignal(desk.rescans.rescanned, timeout=30_000):
        preview.accepted.emit(wishes_of(base.plan, plan))
    desk.qtbot.waitUntil(lambda: desk.rescans.idle, timeout=30_000)
    assert desk.titles() == ["Slow"]
    assert desk.library.left_out() == {floor / "2 Soft.mp4"}


def test_rescans_go_on_when_it_is_forgotten(desk: Desk, floor: Path) -> None:
    assert desk.rescans._task is None
    desk.preview.cancel_button.click()
    desk.qtbot.waitUntil(lambda: desk.titles() == ["Slow", "Soft"], timeout=30_000)


def test_they_wait_for_the_last_of_several(desk: Desk, floor: Path, tmp_path: Path) -> None:
    other = tmp_path / "Other"
    other.mkdir()
    make_clip(other / "1 Other.mp4", seconds=3)
    with desk.qtbot.waitSignal(desk.importer.found, timeout=30_000):
        desk.adding.look_at([other])
    desk.preview.cancel_button.click()
    assert desk.adding.waiting
    assert desk.rescans._task is None
    desk.preview.cancel_button.click()
    assert not desk.adding.waiting
    desk.qtbot.waitUntil(lambda: desk.titles() == ["Slow", "Soft"], timeout=30_000)
