# SPDX-License-Identifier: GPL-3.0-or-later
"""A health check of the library: the file itself, its references, and the presence of the classes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text, true

from player.domain.errors import LibraryError
from player.domain.models import ClassState, ClassVideo
from player.library.absence import why_absent
from player.library.database import Database
from player.library.reading import read_classes


@dataclass(frozen=True, slots=True)
class CheckReport:
    """`ok`: the library is sound (classes may still be missing). `integrity` is "ok" or SQLite's first
    complaints. `missing` are classes whose file is not there now. `problems` are sentences."""

    ok: bool
    integrity: str
    classes: int
    missing: tuple[ClassVideo, ...]
    problems: tuple[str, ...]
    path: Path
    version: int


def check(database: Database) -> CheckReport:
    """Never raises for a damaged library: the report says so."""
    try:
        with database.read() as session:
            complaints = [str(row[0]) for row in session.execute(text("PRAGMA integrity_check(10)"))]
            broken = session.execute(text("PRAGMA foreign_key_check")).all()
            version = int(session.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
            classes = read_classes(session, true())
    except LibraryError as error:
        return CheckReport(False, error.details, 0, (), (str(error),), database.path, 0)
    problems = []
    integrity = "\n".join(complaints)
    if integrity != "ok":
        problems.append("The library file is damaged. Put the newest backup from its folder in its place.")
    if broken:
        tables = ", ".join(sorted({str(row[0]) for row in broken}))
        problems.append(f"{len(broken)} entries refer to something that is gone ({tables}). Import the folders again.")
    missing = tuple(one for one in classes if one.state is ClassState.MISSING or why_absent(one.path, one.parts))
    damaged = sum(one.state is ClassState.DAMAGED for one in classes)
    if damaged:
        whose = "One class has" if damaged == 1 else f"{damaged} classes have"
        problems.append(f"{whose} a damaged file. Copy it anew, then import its folder again.")
    ok = integrity == "ok" and not broken
    return CheckReport(ok, integrity, len(classes), missing, tuple(problems), database.path, version)
