# SPDX-License-Identifier: GPL-3.0-or-later
"""Making, refusing, migrating and backing up a library file."""

from __future__ import annotations

import hashlib
import logging
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from player.domain.errors import LibraryDamaged, LibraryError, LibraryTooNew, LibraryUnwritable
from player.library import Library, migrations
from player.library.database import make_engine
from player.library.opening import prepare
from player.library.schema import Base
from tests.unit.library.shelf import make_series, plan

DATA = Path(__file__).parents[2] / "data"
V1 = DATA / "library_v1.sqlite"
FORMER = [DATA / f"library_v{version}.sqlite" for version in range(1, migrations.HEAD_VERSION)]

STEP = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0004", "0003"
branch_labels = depends_on = None
def upgrade():
    with op.batch_alter_table("class") as table:
        table.add_column(sa.Column("kept", sa.Boolean, nullable=False, server_default="0"))
"""
EMPTY_CLASSES = "    op.execute(sa.delete(sa.table('class')))\n"


def fingerprint(path: Path) -> tuple[str, int]:
    return hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns


def next_version(folder: Path, step: str) -> str:
    """Migrations with one more step, for a program of the next version."""
    steps = folder / "steps 100%"
    shutil.copytree(Path(migrations.__file__).parent, steps, ignore=shutil.ignore_patterns("__pycache__"))
    (steps / "versions" / "v0004_next.py").write_text(step, encoding="utf-8")
    return str(steps)


def _is_modelled(name: str | None, kind: str, _parents: object) -> bool:
    """Not the tables that SQLite makes behind the search index."""
    return kind != "table" or name == "search_word" or str(name).split("_")[0] != "search"


def query(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


def execute(path: Path, statement: str, *values: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement, values)
        connection.commit()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A closed, empty library."""
    path = tmp_path / "library.sqlite"
    Library.open(path).close()
    return path


@pytest.fixture(params=FORMER, ids=lambda path: path.stem)
def old_file(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A library of each version there has been."""
    path = tmp_path / "library.sqlite"
    shutil.copy(request.param, path)
    return path


def test_a_new_library_is_made_by_the_migrations(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    path = tmp_path / "not yet" / "there" / "library.sqlite"
    library = Library.open(path)
    assert library.series_list() == ()
    library.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["library.sqlite"]
    assert query(path, "SELECT version_num FROM alembic_version") == [(f"{migrations.HEAD_VERSION:04}",)]
    assert not caplog.records


def test_the_migrations_lead_to_the_schema(file: Path) -> None:
    engine = make_engine(file, "BEGIN")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": _is_modelled})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()
    script = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert script.get_current_head() == f"{migrations.HEAD_VERSION:04}"


def test_a_copied_library_with_an_unfinished_log_opens(tmp_path: Path, videos: Path) -> None:
    library = Library.open(tmp_path / "library.sqlite")
    make_series(videos / "Back", 1)
    library.apply(plan(videos))
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("library.sqlite", "library.sqlite-wal"):
        shutil.copy(tmp_path / name, copy / name)
    library.close()
    library = Library.open(copy / "library.sqlite")
    assert len(library.series_list()) == 1
    library.close()


def test_every_connection_is_set_up(file: Path) -> None:
    engine = make_engine(file, "BEGIN")
    with engine.connect() as connection:
        pragmas = ("foreign_keys", "journal_mode", "synchronous", "busy_timeout")
        values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in pragmas]
    engine.dispose()
    assert values == [1, "wal", 2, 10_000]


def test_opening_again_copies_nothing(file: Path) -> None:
    Library.open(file).close()
    assert [path.name for path in file.parent.iterdir()] == ["library.sqlite"]


def test_the_library_of_version_1_is_all_there(old_file: Path) -> None:
    library = Library.open(old_file)
    (series,) = library.series_list()
    assert (series.title, series.classes, series.done, series.sections) == ("Welcome to your body", 3, 1, ("Week 1",))
    assert series.preferences.mirrored
    first, second, third = library.classes(series.id)
    assert (first.title, first.number, first.progress.done) == ("My own title", 1, True)
    assert [phase.title for phase in second.phases] == ["Lie down", "Ribs", "Seated rotations"]
    assert second.progress.position_ms == 61_000
    assert [need.prop for need in third.props] == ["chair", "pillow"]
    assert [item.class_id for item in library.load_queue().items] == [third.id]
    (practice,) = library.practices()
    assert (practice.played_ms, dict(practice.phases), practice.finished) == (600_000, {0: 180_000, 1: 420_000}, True)
    assert library.check().integrity == "ok"
    library.close()


def test_a_newer_library_is_refused_and_not_touched(file: Path) -> None:
    for version in ("0004", "9999", "a7f3"):
        execute(file, "UPDATE alembic_version SET version_num = ?", version)
        before = fingerprint(file)
        with pytest.raises(LibraryTooNew, match=r"newer version .* Update Session Player"):
            Library.open(file)
        assert fingerprint(file) == before
        assert [path.name for path in file.parent.iterdir()] == ["library.sqlite"]


def test_a_newer_library_in_use_is_refused(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0007'")
        connection.commit()
        with pytest.raises(LibraryTooNew):
            Library.open(file)


@pytest.mark.parametrize("content", [b"not a database" * 100, b"SQLite format 3\x00" + b"\xff" * 5000, b"x"])
def test_rubbish_is_refused_and_not_touched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(content)
    before = fingerprint(path)
    with pytest.raises(LibraryDamaged, match=r"damaged or not a library .* Move it aside to begin"):
        Library.open(path)
    assert fingerprint(path) == before


def test_a_damaged_library_names_its_backup(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(b"rubbish")
    (tmp_path / "library.backup-v1-2026-01-01.sqlite").touch()
    with pytest.raises(LibraryDamaged, match=r"library\.backup-v1-2026-01-01\.sqlite"):
        Library.open(path)


def test_a_truncated_library_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(V1.read_bytes()[:9000])
    with pytest.raises(LibraryDamaged):
        Library.open(path)


def test_damage_found_later_is_told_too(old_file: Path) -> None:
    Library.open(old_file).close()
    (page,) = query(old_file, "SELECT rootpage FROM sqlite_master WHERE name = 'phase'")[0]
    with old_file.open("r+b") as file:
        file.seek((int(str(page)) - 1) * 4096)
        file.write(b"\xa5" * 4096)
    library = Library.open(old_file)
    report = library.check()
    assert not report.ok
    with pytest.raises(LibraryDamaged):
        library.known_files()
    library.close()


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    execute(path, "CREATE TABLE songs (id INTEGER)")
    before = fingerprint(path)
    with pytest.raises(LibraryDamaged):
        Library.open(path)
    assert fingerprint(path) == before


def test_an_empty_file_becomes_a_library(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite").touch()
    Library.open(tmp_path / "library.sqlite").close()


def test_a_folder_that_cannot_be_is_unwritable(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LibraryUnwritable, match="Make its folder writable"):
        Library.open(tmp_path / "file" / "library.sqlite")
    (tmp_path / "folder" / "library.sqlite").mkdir(parents=True)
    with pytest.raises(LibraryUnwritable):
        Library.open(tmp_path / "folder" / "library.sqlite")


def test_a_migration_copies_the_file_first(old_file: Path) -> None:
    ((version,),) = query(old_file, "SELECT version_num FROM alembic_version")
    backups = f"library.backup-v{int(str(version))}-*.sqlite"
    before = query(old_file, "SELECT title FROM class ORDER BY id")
    steps = next_version(old_file.parent, STEP)
    prepare(old_file, head=4, steps=steps)
    assert query(old_file, "SELECT version_num FROM alembic_version") == [("0004",)]
    assert query(old_file, "SELECT DISTINCT kept FROM class") == [(0,)]
    assert query(old_file, "SELECT title FROM class ORDER BY id") == before
    assert len(query(old_file, "SELECT * FROM phase")) > 0
    (backup,) = old_file.parent.glob(backups)
    assert query(backup, "SELECT title FROM class ORDER BY id") == before
    shutil.copy(backup, old_file)
    prepare(old_file, head=4, steps=steps)
    assert len(list(old_file.parent.glob(backups))) == 2


def test_a_failed_step_leaves_the_old_library_usable(old_file: Path) -> None:
    before = query(old_file, "SELECT version_num FROM alembic_version")
    steps = next_version(old_file.parent, STEP + "    op.drop_table('phase')\n    raise RuntimeError('no')\n")
    with pytest.raises(LibraryError, match="it is as it was") as told:
        prepare(old_file, head=4, steps=steps)
    assert "no" in told.value.details
    assert query(old_file, "SELECT version_num FROM alembic_version") == before
    library = Library.open(old_file)
    assert library.check().ok
    assert len(library.series_list()) == 1
    library.close()


def test_a_step_that_loses_references_fails(old_file: Path) -> None:
    steps = next_version(old_file.parent, STEP + EMPTY_CLASSES)
    with pytest.raises(LibraryError, match="it is as it was"):
        prepare(old_file, head=4, steps=steps)
    library = Library.open(old_file)
    assert library.check().ok
    library.close()


def test_several_processes_may_make_the_same_library(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    script = (
        "import sys; from pathlib import Path; from player.library import Library; "
        "Library.open(Path(sys.argv[1])).close()"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", script, str(path)], stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]
    outcomes = [(process.communicate(timeout=60)[1], process.returncode) for process in processes]
    assert outcomes == [("", 0)] * 3


def test_a_path_with_odd_characters(tmp_path: Path) -> None:
    path = tmp_path / "50% of ?x=#1 ‘quotes’" / "library.sqlite"
    make_series(tmp_path / "videos" / "Back", 1)
    library = Library.open(path)
    library.apply(plan(tmp_path / "videos"))
    library.close()
    library = Library.open(path)
    assert len(library.series_list()) == 1
    library.close()
    assert path.exists()
