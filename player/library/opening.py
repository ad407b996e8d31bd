# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens before a library is used: look at the file, refuse what cannot be used, copy it and bring it
to this version. A file that is refused is not touched."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import text

from player.domain.errors import LibraryError, LibraryTooNew
from player.library import migrations
from player.library.database import WAIT_MS, make_engine
from player.library.faults import damaged, translate, unwritable

_HEADER = b"SQLite format 3\x00"
_PRIVATE = 0o600
"""The library is a diary: others on the same machine do not read it."""


def prepare(
    path: Path, *, head: int = migrations.HEAD_VERSION, steps: str = migrations.STEPS, wait_ms: int = WAIT_MS
) -> None:
    """Make the library at `path`, or bring it to version `head`, with a backup copy first.

    Raises LibraryTooNew, LibraryDamaged, LibraryUnwritable or LibraryError; the file is then as it was.
    """
    try:
        version = _version(path)
        if version is not None and version > head:
            raise _too_new(path, version)
        _must_be_writable(path)
        if version == head:
            return
        if version is None:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, _PRIVATE))
        else:
            _back_up(path, version)
        _upgrade(path, steps, wait_ms)
    except LibraryError:
        raise
    except Exception as error:
        told = translate(error, path) or LibraryError(
            "The library could not be brought to this version of Session Player; it is as it was.",
            "Use the version you had before, and report this.",
            f"{path}: {error!r}",
        )
        raise told from error


def _version(path: Path) -> int | None:
    """The schema version of the file, or None where there is no library yet. Reads without leaving a trace.

    A version that is not a number comes from a program we do not know: it counts as newer than any.
    """
    if not path.exists() or path.stat().st_size == 0:
        return None
    with path.open("rb") as file:
        if file.read(len(_HEADER)) != _HEADER:
            raise damaged(path, "not an SQLite file")
    # Without a write-ahead log nobody is writing, and an immutable look makes no files beside the library.
    mode = "mode=ro" if Path(f"{path}-wal").exists() else "immutable=1"
    try:
        versions = _stored_versions(path, mode)
    except sqlite3.OperationalError:
        if mode != "mode=ro":
            raise
        versions = _stored_versions(path, "mode=rw")  # a log without its index (a copied library) is recovered
    if versions is None:
        return None
    if not versions:
        raise damaged(path, "an SQLite file of another program")
    return max(int(version) if version.isdecimal() else 10**9 for version in versions)


def _stored_versions(path: Path, mode: str) -> list[str] | None:
    """What the file says of its version; None where it has no tables at all."""
    with closing(sqlite3.connect(f"file:{quote(os.fsencode(path))}?{mode}", uri=True)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "alembic_version" not in tables:
            return [] if tables else None
        return [str(version) for (version,) in connection.execute("SELECT version_num FROM alembic_version")]


def _too_new(path: Path, version: int) -> LibraryTooNew:
    return LibraryTooNew(
        "This library was written by a newer version of Session Player; it has not been touched.",
        "Update Session Player, or choose another folder with --data-dir.",
        f"{path}: version {version}, known up to {migrations.HEAD_VERSION}",
    )


def _must_be_writable(path: Path) -> None:
    if not path.parent.is_dir():
        path.parent.mkdir(parents=True)
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise unwritable(path, "the folder is not writable")
    if path.exists() and not (path.is_file() and os.access(path, os.R_OK | os.W_OK)):
        raise unwritable(path, "the file is not writable")


def _back_up(path: Path, version: int) -> Path:
    """A copy beside the library, named by version and day; a copy of an earlier attempt is kept as well."""
    stem = f"{path.stem}.backup-v{version}-{datetime.now(UTC).astimezone():%Y-%m-%d}"
    target = path.with_name(f"{stem}.sqlite")
    count = 1
    while target.exists():
        count += 1
        target = path.with_name(f"{stem}-{count}.sqlite")
    unfinished = target.with_suffix(".partial")
    os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, _PRIVATE))
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(unfinished)) as copy:
            source.backup(copy)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def _upgrade(path: Path, steps: str, wait_ms: int) -> None:
    """All steps in one transaction. Foreign keys rest meanwhile, because steps make tables anew."""
    engine = make_engine(path, "BEGIN IMMEDIATE", wait_ms=wait_ms, pool_size=1, foreign_keys=False)
    try:
        with engine.begin() as connection:
            migrations.upgrade(connection, steps)
            broken = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
            if broken:
                raise sqlite3.IntegrityError(f"{len(broken)} rows refer to nothing, first {broken[0]}")
    finally:
        engine.dispose()
