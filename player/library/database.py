# SPDX-License-Identifier: GPL-3.0-or-later
"""The connections to one library file: read units on any thread, write units one after the other.

Knows no tables. A unit is opened and closed in one function and one thread, and ends in commit or rollback.
Several processes may use the same file.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from player.library.faults import translate

WAIT_MS = 10_000
"""How long a unit waits for another program that is writing."""


class Database:
    """Owns the connections; `close` releases them. All methods may be called from any thread."""

    def __init__(self, path: Path, wait_ms: int = WAIT_MS) -> None:
        self.path = path
        self._readers = make_engine(path, "BEGIN", wait_ms=wait_ms)
        # One connection does all the writing: its data_version then tells what others have written.
        self._writer = make_engine(path, "BEGIN IMMEDIATE", wait_ms=wait_ms, pool_size=1)
        self._write_lane = threading.Lock()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent view of the library. Raises LibraryError."""
        with self._told(), Session(self._readers, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction: committed at the end, rolled back on any exception. Units never nest. Raises LibraryError."""
        with self._write_lane, self._told(), Session(self._writer, expire_on_commit=False) as session:
            session.connection()  # BEGIN IMMEDIATE now: what is read in this unit is what will be changed
            yield session
            session.commit()

    def data_version(self) -> int:
        """A number that changes when another process has written; own writes do not change it."""
        with self._write_lane, self._told(), self._writer.connect() as connection:
            return int(connection.connection.cursor().execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Close all connections. Waits for a write unit that is under way."""
        with self._write_lane:
            self._readers.dispose()
            self._writer.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Faults of the world outside as sentences."""
        try:
            yield
        except Exception as error:
            told = translate(error, self.path)
            if told is None:
                raise
            raise told from error


def make_engine(
    path: Path, begin: str, *, wait_ms: int = WAIT_MS, pool_size: int = 4, foreign_keys: bool = True
) -> Engine:
    """An engine for one file whose transactions start with `begin`. The one place where connections are set up."""
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        # The driver must not begin transactions by itself: it would do so too late and not for reading.
        connect_args={"isolation_level": None, "timeout": wait_ms / 1000, "check_same_thread": False},
        pool_size=pool_size,
        max_overflow=0,
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA cache_size=-16000")  # kibibytes: a search reads here and there in a large file
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
