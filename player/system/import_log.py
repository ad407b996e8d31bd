# SPDX-License-Identifier: GPL-3.0-or-later
"""What an import did, as a text file a person can read later. A bounded number of them is kept. Any thread."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from player.domain.plan import ImportReport

log = logging.getLogger(__name__)

MOST_KEPT = 30
_PATTERN = "import-*.txt"


class Ended(StrEnum):
    """How an import came to its end."""

    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Added:
    """A class that was added, as it was called then."""

    series: str
    number: int | None
    title: str

    def __str__(self) -> str:
        return self.title if self.number is None else f"{self.number} {self.title}"


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One import. `sentence` says why it did not come to its end; what was kept is in `added` all the same."""

    begun: datetime
    ended: datetime
    how: Ended
    roots: tuple[Path, ...]
    report: ImportReport
    added: tuple[Added, ...] = ()
    sentence: str = ""

    @property
    def worth_keeping(self) -> bool:
        """Whether anything happened that somebody might ask about."""
        report = self.report
        changed = report.added or report.updated or report.missing or report.relinked
        return bool(changed or report.problems or self.added or self.how is not Ended.DONE)


def write_import_log(folder: Path, record: ImportRecord) -> Path | None:
    """Write a file for this import into `folder` and remove the oldest ones beyond MOST_KEPT. Its path, or None
    where it could not be written: that is no reason for an import to fail."""
    name = f"import-{record.begun:%Y-%m-%d-%H%M%S-%f}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / name
        # A name that is no valid text on this system must not keep the others from being told.
        path.write_text("\n".join(lines_of(record)) + "\n", encoding="utf-8", errors="replace")
        for old in sorted(folder.glob(_PATTERN))[:-MOST_KEPT]:
            old.unlink(missing_ok=True)
    except OSError as error:
        log.warning("The log of an import could not be written: %s", error)
        return None
    return path


def lines_of(record: ImportRecord) -> Iterator[str]:
    """The record as lines of text."""
    report = record.report
    yield f"Import of {record.begun:%A, %d %B %Y, %H:%M}"
    seconds = max(0, round((record.ended - record.begun).total_seconds()))
    yield {Ended.DONE: "Done", Ended.STOPPED: "Stopped", Ended.FAILED: "Failed"}[record.how] + f" after {seconds} s."
    if record.sentence:
        yield record.sentence
    yield from _block("Looked in", [str(root) for root in record.roots])
    counts = (
        ("added", report.added), ("brought up to date", report.updated), ("found at a new place", report.relinked),
        ("not found any more", report.missing), ("were here already", report.unchanged),
    )  # fmt: skip
    yield from _block("Classes", [f"{count} {words}" for words, count in counts if count])
    series = ""
    lines: list[str] = []
    for one in record.added:
        if one.series != series:
            series = one.series
            lines.append(f"{series}:")
        lines.append(f"    {one}")
    yield from _block("Added", lines)
    problems = [line for one in report.problems for line in (str(one.path), f"    {one.message}")]
    yield from _block("Problems", problems)
    yield from _block("Left out", [line for one in report.left_out for line in (str(one.path), f"    {one.why}")])


def _block(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield title
        yield from (f"  {line}" for line in lines)
