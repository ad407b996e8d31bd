# SPDX-License-Identifier: GPL-3.0-or-later
"""Units of work, threads, other processes, and what the world outside can do to them."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select, text

from player.domain.errors import LibraryError, LibraryUnwritable
from player.domain.models import ClassId, ClassState
from player.domain.queue import Queue, QueueItem
from player.library import Library, migrations
from player.library.database import Database
from player.library.schema import MetaRow
from tests.unit.library.shelf import make_series, plan

OTHER_PROCESS = """
import sys
from pathlib import Path
from player.library import Library, migrations
library = Library.open(Path(sys.argv[1]))
library.save_position(int(sys.argv[2]), int(sys.argv[3]))
library.close()
"""


@pytest.fixture
def class_ids(library: Library, videos: Path) -> list[ClassId]:
    make_series(videos / "Back", 4)
    library.apply(plan(videos))
    return [one.id for one in library.classes(library.series_list()[0].id)]


def in_other_process(library: Library, class_id: ClassId, position_ms: int) -> None:
    command = [sys.executable, "-c", OTHER_PROCESS, str(library.path), str(class_id), str(position_ms)]
    subprocess.run(command, check=True, timeout=60)


def test_a_unit_that_fails_leaves_nothing(library: Library) -> None:
    database = Database(library.path)

    def half() -> None:
        with database.write() as session:
            session.add(MetaRow(name="half", value="x"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    with database.read() as session:
        assert session.get(MetaRow, "half") is None
    with database.write() as session:
        session.add(MetaRow(name="whole", value="x"))
    with database.read() as session:
        assert session.get(MetaRow, "whole") is not None
    database.close()


def test_a_read_unit_sees_one_moment(library: Library) -> None:
    database = Database(library.path)
    with database.read() as session:
        before = session.scalars(select(MetaRow.name)).all()
        with database.write() as other:
            other.add(MetaRow(name="new", value="x"))
        assert session.scalars(select(MetaRow.name)).all() == before
    database.close()


def test_many_threads_at_once(library: Library, class_ids: list[ClassId]) -> None:
    def work(worker: int) -> None:
        for round_ in range(10):
            library.save_position(class_ids[worker % 4], 1000 * worker + round_)
            library.save_queue(Queue((QueueItem(class_ids[worker % 4]),)))
            assert len(library.series_list()) == 1
            assert library.class_video(class_ids[worker % 4]).progress.position_ms > 0

    with ThreadPoolExecutor(8) as pool:
        for outcome in [pool.submit(work, worker) for worker in range(1, 9)]:
            outcome.result(timeout=60)
    assert library.check().ok


def test_another_process_writes_at_the_same_time(library: Library, class_ids: list[ClassId]) -> None:
    stop = threading.Event()

    def keep_writing() -> None:
        position = 1
        while not stop.is_set():
            library.save_position(class_ids[0], position)
            position += 1

    thread = threading.Thread(target=keep_writing)
    thread.start()
    try:
        in_other_process(library, class_ids[1], 77_000)
    finally:
        stop.set()
        thread.join()
    assert library.class_video(class_ids[1]).progress.position_ms == 77_000
    assert library.class_video(class_ids[0]).progress.position_ms > 0


def test_data_version_tells_what_others_write(library: Library, class_ids: list[ClassId]) -> None:
    before = library.data_version()
    library.save_position(class_ids[0], 5_000)
    library.save_queue(Queue())
    assert library.data_version() == before
    in_other_process(library, class_ids[1], 77_000)
    after = library.data_version()
    assert after != before
    assert library.data_version() == after


def test_a_library_that_stays_locked_says_so(library: Library, class_ids: list[ClassId]) -> None:
    impatient = Library.open(library.path, wait_ms=50)
    with closing(sqlite3.connect(library.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryError, match="in use by another program"):
            impatient.save_position(class_ids[0], 5_000)
        assert len(impatient.series_list()) == 1
        other.execute("ROLLBACK")
    impatient.save_position(class_ids[0], 5_000)
    impatient.close()


def write_with(database: Database, pragma: str) -> None:
    """Write more than a page, under a limit."""
    with database.write() as session:
        session.execute(text(pragma))
        session.add_all(MetaRow(name=str(number), value="x" * 1000) for number in range(100))


def test_a_full_disk_says_so_and_loses_nothing(library: Library, class_ids: list[ClassId]) -> None:
    database = Database(library.path)
    with pytest.raises(LibraryError, match="disk with the library is full"):
        write_with(database, "PRAGMA max_page_count=1")
    database.close()
    assert len(library.series_list()) == 1
    assert library.check().ok


def test_a_read_only_library_says_so(library: Library) -> None:
    database = Database(library.path)
    with pytest.raises(LibraryUnwritable, match="cannot be written to"):
        write_with(database, "PRAGMA query_only=ON")
    database.close()


def test_a_check_finds_everything_in_order(library: Library, class_ids: list[ClassId]) -> None:
    report = library.check()
    assert (report.ok, report.integrity, report.classes, report.missing, report.problems) == (True, "ok", 4, (), ())
    assert (report.path, report.version) == (library.path, migrations.HEAD_VERSION)


def test_a_check_names_missing_and_damaged_classes(library: Library, class_ids: list[ClassId]) -> None:
    library.class_video(class_ids[0]).path.unlink()
    library.set_class_state(class_ids[1], ClassState.DAMAGED, "It stops in the middle.")
    report = library.check()
    assert report.ok
    assert [one.id for one in report.missing] == [class_ids[0]]
    assert report.problems == ("One class has a damaged file. Copy it anew, then import its folder again.",)
    assert library.class_video(class_ids[0]).state is ClassState.READY


def test_a_check_finds_rows_without_owner(library: Library, class_ids: list[ClassId]) -> None:
    with closing(sqlite3.connect(library.path)) as other:
        other.execute("INSERT INTO progress (class_id, position_ms, done) VALUES (999, 1, 0)")
        other.commit()
    report = library.check()
    assert not report.ok
    assert "progress" in report.problems[0]


def test_states_follow_the_files(library: Library, class_ids: list[ClassId], videos: Path) -> None:
    assert library.refresh_states() == 0
    (videos / "Back").rename(videos / "Away")
    assert library.refresh_states() == 4
    assert library.refresh_states() == 0
    assert library.class_video(class_ids[0]).state is ClassState.MISSING
    (videos / "Away").rename(videos / "Back")
    assert library.refresh_states() == 4
    assert library.class_video(class_ids[0]).state is ClassState.READY


def test_states_found_by_playing(library: Library, class_ids: list[ClassId]) -> None:
    one = class_ids[0]
    library.set_class_state(one, ClassState.MISSING, "The drive is gone.")
    assert library.class_video(one).state_reason == "The drive is gone."
    library.set_class_state(one, ClassState.READY, "")
    assert (library.class_video(one).state, library.class_video(one).state_reason) == (ClassState.READY, "")
    library.set_class_state(one, ClassState.DAMAGED, "No picture could be decoded.")
    assert library.class_video(one).state is ClassState.DAMAGED
    assert library.known_files()[library.class_video(one).path].planned is None
