# SPDX-License-Identifier: GPL-3.0-or-later
"""The log of an import: readable, and not more of them than are wanted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from player.domain.plan import ImportReport, LeftOut, Problem, ProblemReason
from player.system.import_log import MOST_KEPT, Added, Ended, ImportRecord, write_import_log

BEGUN = datetime(2026, 6, 11, 19, 2, tzinfo=UTC)


def record(minute: int = 0, **values: object) -> ImportRecord:
    begun = BEGUN + timedelta(minutes=minute)
    report = ImportReport(
        added=2,
        problems=(Problem(Path("/c/6.mp4"), ProblemReason.DAMAGED, "It is damaged. Copy it again."),),
        left_out=(LeftOut(Path("/c/.x.mp4"), "It is hidden."),),
    )
    wanted: dict[str, object] = {
        "begun": begun, "ended": begun + timedelta(seconds=75), "how": Ended.DONE, "roots": (Path("/c"),),
        "report": report, "added": (Added("Floor", 1, "Slow"), Added("Floor", None, "Größer")),
    }  # fmt: skip
    return ImportRecord(**(wanted | values))  # type: ignore[arg-type]


def test_it_can_be_read(tmp_path: Path) -> None:
    path = write_import_log(tmp_path / "log", record())
    assert path is not None
    assert path.read_text(encoding="utf-8") == (
        "Import of Thursday, 11 June 2026, 19:02\nDone after 75 s.\n"
        "\nLooked in\n  /c\n"
        "\nClasses\n  2 added\n"
        "\nAdded\n  Floor:\n      1 Slow\n      Größer\n"
        "\nProblems\n  /c/6.mp4\n      It is damaged. Copy it again.\n"
        "\nLeft out\n  /c/.x.mp4\n      It is hidden.\n"
    )


def test_what_was_stopped_says_what_was_kept(tmp_path: Path) -> None:
    path = write_import_log(tmp_path, record(how=Ended.STOPPED, sentence="2 classes were added and stay."))
    assert path is not None
    assert "Stopped after 75 s.\n2 classes were added and stay.\n" in path.read_text(encoding="utf-8")


def test_the_oldest_go(tmp_path: Path) -> None:
    for minute in range(MOST_KEPT + 5):
        write_import_log(tmp_path, record(minute))
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert len(kept) == MOST_KEPT
    assert kept[0].startswith("import-2026-06-11-1907")


def test_a_log_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert write_import_log(tmp_path / "file" / "log", record()) is None


def test_names_that_are_no_text_are_told(tmp_path: Path) -> None:
    path = write_import_log(tmp_path, record(roots=(Path("/c/\udcff"),)))
    assert path is not None
    assert "/c/?" in path.read_text(encoding="utf-8")


def test_what_is_not_worth_a_file() -> None:
    assert not record(report=ImportReport(unchanged=5), added=()).worth_keeping
    assert record().worth_keeping
