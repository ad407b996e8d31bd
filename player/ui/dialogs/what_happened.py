# SPDX-License-Identifier: GPL-3.0-or-later
"""What an import did, to be read: problems first, then what was added and what was left out. Main thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from player.domain.plan import ImportReport
from player.system.import_log import Ended, ImportRecord
from player.ui.dialogs.preview_list import PreviewList
from player.ui.dialogs.preview_rows import (
    HeadingRow,
    NoteRow,
    Row,
    count_words,
    left_out_rows,
    problem_rows,
)
from player.ui.dialogs.sheet import Sheet
from player.ui.icons import Icons
from player.ui.theme import ThemeManager
from player.ui.widgets.button import Button
from player.ui.widgets.text import TextBlock


class WhatHappened(Sheet):
    """Reads a record out."""

    def __init__(self, themes: ThemeManager, icons: Icons, over: QWidget, record: ImportRecord) -> None:
        super().__init__(themes, icons, over, "What happened", width=760)
        summary = TextBlock(themes, "body", summary_of(record), colour="text_2")
        self.rows = PreviewList(themes, icons, "What happened", several=False)
        self.rows.set_rows(rows_of(record))
        done = Button(themes, icons, "Close")
        done.clicked.connect(self.leave)
        self.body.addWidget(summary)
        self.body.addSpacing(12)
        self.body.addWidget(self.rows, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(done)
        self._first: QWidget = self.rows if self.rows.rows.rows else done

    def begin(self) -> None:
        """Show it."""
        self.open(self._first)


def rows_of(record: ImportRecord) -> list[Row]:
    """The record as rows under headings."""
    report, rows = record.report, list[Row]()
    if report.problems:
        rows += [HeadingRow("Problems", count_words(len(report.problems), "file")), *problem_rows(report.problems)]
    if record.added:
        rows.append(HeadingRow("Added", count_words(len(record.added), "class")))
        rows += [NoteRow(Path(str(number)), str(one), one.series, "check") for number, one in enumerate(record.added)]
    if report.left_out:
        rows.append(HeadingRow("Left out", count_words(len(report.left_out), "file")))
        rows += left_out_rows(report.left_out, (), ())
    return rows


def summary_of(record: ImportRecord) -> str:
    """The import in a sentence or two."""
    begun = f"{record.begun:%H:%M}"
    where = ", ".join(f"“{root.name or root}”" for root in record.roots[:3])
    if len(record.roots) > 3:
        where += f" and {len(record.roots) - 3} more"
    how = {Ended.DONE: "", Ended.STOPPED: " It was stopped.", Ended.FAILED: ""}[record.how]
    sentence = f" {record.sentence}" if record.sentence else ""
    return f"{where}, begun at {begun}: {_counts(record.report)}.{how}{sentence}"


def _counts(report: ImportReport) -> str:
    parts = [
        f"{count} {words}"
        for count, words in (
            (report.added, "added"),
            (report.updated, "brought up to date"),
            (report.relinked, "found at a new place"),
            (report.unchanged, "here already"),
            (report.missing, "not found any more"),
            (len(report.problems), "with problems"),
            (len(report.left_out), "left out"),
        )
        if count
    ]
    return ", ".join(parts) or "nothing has changed"
