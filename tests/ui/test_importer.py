# SPDX-License-Identifier: GPL-3.0-or-later
"""The importer of the window: what it tells while it works, and what a stopped import keeps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from player.domain.errors import LibraryUnwritable
from player.domain.pace import Stage, Working
from player.domain.planning import rename_series
from player.domain.vocabulary import Vocabulary
from player.domain.wishes import wishes_of
from player.library import Library
from player.system.import_log import Ended, ImportRecord
from player.tasks.lane import Lane
from player.ui import importer as module
from player.ui.importer import Found, Importer
from tests.unit.library.shelf import make_series, plan


class Bench:
    """An importer whose plans are made without looking into files."""

    def __init__(self, importer: Importer, library: Library, qtbot: QtBot) -> None:
        self.importer, self.library, self.qtbot = importer, library, qtbot
        self.worked: list[Working] = []
        self.records: list[ImportRecord] = []
        self.found: list[Found] = []
        importer.progress.connect(self.worked.append)
        importer.recorded.connect(self.records.append)
        importer.found.connect(self.found.append)

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: not self.importer.running, timeout=20_000)


@pytest.fixture
def bench(
    qtbot: QtBot, library: Library, vocabulary: Vocabulary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    monkeypatch.setattr(module, "build_plan", lambda paths, **_rest: plan(*paths))
    lane = Lane("import")
    yield Bench(Importer(library, lane, vocabulary, log_folder=tmp_path / "log"), library, qtbot)
    assert lane.close()


def test_a_stopped_import_keeps_whole_batches_and_says_so(bench: Bench, tmp_path: Path) -> None:
    folder = make_series(tmp_path / "Back", 250)

    def stop(working: Working) -> None:
        if working.stage is Stage.ADDING and working.progress.done >= 100:
            bench.importer._task.cancel()  # type: ignore[union-attr]

    bench.importer.progress.connect(stop, Qt.ConnectionType.DirectConnection)
    with bench.qtbot.waitSignal(bench.importer.cancelled):
        bench.importer.start([folder])
    (series,) = bench.library.series_list()
    (record,) = bench.records
    assert record.how is Ended.STOPPED
    assert 100 <= series.classes < 250
    assert series.classes % 100 == 0
    assert record.sentence == f"{series.classes} classes were added and stay."
    assert len(record.added) == series.classes


def test_the_rest_comes_with_the_next_import(bench: Bench, tmp_path: Path) -> None:
    test_a_stopped_import_keeps_whole_batches_and_says_so(bench, tmp_path)
    kept = bench.library.series_list()[0].classes
    bench.importer.progress.disconnect()
    bench.importer.start([tmp_path / "Back"])
    bench.wait()
    assert bench.library.series_list()[0].classes == 250
    assert bench.records[-1].report.added == 250 - kept
    assert len(bench.records[-1].added) == 250 - kept


def test_what_is_accepted_is_told_by_its_new_name(bench: Bench, tmp_path: Path) -> None:
    bench.importer.look([make_series(tmp_path / "Back", 3)])
    bench.wait()
    (found,) = bench.found
    assert not bench.library.series_list()
    bench.importer.accept(found, wishes_of(found.base.plan, rename_series(found.base.plan, 0, "Soft back")))
    bench.wait()
    assert [str(one) for one in bench.records[-1].added] == ["1 Class 1", "2 Class 2", "3 Class 3"]
    assert {one.series for one in bench.records[-1].added} == {"Soft back"}
    assert [working.stage for working in bench.worked][-1] is Stage.ADDING


def test_a_failure_is_a_sentence_and_is_recorded(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_values: object) -> None:
        raise LibraryUnwritable("The disk is full.", "Free some space.")

    monkeypatch.setattr(bench.library, "accept", full)
    with bench.qtbot.waitSignal(bench.importer.failed) as told:
        bench.importer.start([make_series(tmp_path / "Back", 3)])
    assert told.args == ["The disk is full. Free some space."]
    assert bench.records[0].how is Ended.FAILED
    assert bench.records[0].added == ()
    bench.wait()
