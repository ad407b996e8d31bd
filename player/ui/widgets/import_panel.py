# SPDX-License-Identifier: GPL-3.0-or-later
"""An import under way, and what it found: progress with Cancel, then a report with its problems. Main thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from player.domain.pace import Stage, Working, left_words
from player.domain.plan import ImportReport, Problem
from player.domain.progress import Progress
from player.ui.icons import Icons
from player.ui.theme import ThemeManager
from player.ui.widgets.button import Button, ButtonKind, ButtonSize
from player.ui.widgets.card import Card, Hairline
from player.ui.widgets.meter import Meter
from player.ui.widgets.text import TextBlock, TextLine

_SHOWN_AT_ONCE = 50


class Sign(QWidget):
    """One icon in a status colour."""

    def __init__(self, themes: ThemeManager, icons: Icons, icon: str, colour: str, size: int = 20) -> None:
        super().__init__()
        self._themes, self._icons, self._icon, self._colour, self._size = themes, icons, icon, colour, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    def set_sign(self, icon: str, colour: str) -> None:
        self._icon, self._colour = icon, colour
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._icons.paint(QPainter(self), QRectF(self.rect()), self._icon, self._themes.theme.color(self._colour))


class ImportPanel(Card):
    """Shows an import. Hidden until there is something to show; hides itself when its report is closed.

    `cancel_requested`: Stop was pressed. `dismissed`: the report was closed. `look_requested`: the user wants to look
    through what was found; `details_requested`: to see what happened. `shown_changed(bool)`: the panel came or went.
    """

    shown_changed = Signal(bool)
    cancel_requested = Signal()
    dismissed = Signal()
    look_requested = Signal()
    details_requested = Signal()

    def __init__(self, themes: ThemeManager, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent=parent)
        self._icons = icons
        self._running = False
        self._problems: tuple[Problem, ...] = ()
        self._sign = Sign(themes, icons, "import", "text_2")
        self._title = TextLine(themes, "heading")
        self._detail = TextLine(themes, "small", colour="text_2")
        self._meter = Meter(themes)
        self._more = Button(themes, icons, "Show problems", kind=ButtonKind.SECONDARY, size=ButtonSize.MEDIUM)
        self._details = Button(themes, icons, "Show what happened", kind=ButtonKind.LINK)
        self._look = Button(themes, icons, "Look through", kind=ButtonKind.PRIMARY, size=ButtonSize.MEDIUM)
        self._end = Button(themes, icons, "Stop", kind=ButtonKind.SECONDARY, size=ButtonSize.MEDIUM)
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._more.clicked.connect(self._turn)
        self._end.clicked.connect(self._finish)
        self._look.clicked.connect(self.look_requested)
        self._details.clicked.connect(self.details_requested)
        self._assemble()
        self.hide()

    @property
    def running(self) -> bool:
        return self._running

    @property
    def problems_shown(self) -> bool:
        return not self._list.isHidden()

    @Slot(object)
    def show_working(self, working: Working) -> None:
        """Where a running import is."""
        self.show_progress(working.progress, working.stage, working.left_ms)

    def show_progress(self, progress: Progress, stage: Stage = Stage.READING, left_ms: int | None = None) -> None:
        """Where a running import is; the first call shows the panel."""
        self._running = True
        self._sign.set_sign("import", "text_2")
        self._title.setText(_STAGES[stage])
        self._detail.setText(_progress_words(progress, stage, left_ms))
        self._look.hide()
        self._details.hide()
        self._meter.set_share(progress.done, progress.total)
        self._meter.setVisible(progress.total is not None)
        self._more.hide()
        self._list.hide()
        self._end.show()
        if self._end.text() != "Stop":
            self._end.set_label("Stop")
        if not self._end.isEnabled() and progress.done == 0:
            self._end.setEnabled(True)
        self.show()

    @Slot()
    def show_cancelling(self) -> None:
        """The wish to stop has been passed on."""
        self._end.setEnabled(False)
        self._detail.setText("Stopping. What was added stays.")

    @Slot(str)
    def show_ready(self, summary: str) -> None:
        """Something was found and waits to be looked through."""
        self._running = False
        self._sign.set_sign("import", "text_1")
        self._title.setText("Ready to look through")
        self._detail.setText(f"{summary}. Nothing is added before you have looked.")
        for widget in (self._meter, self._list, self._more, self._details, self._end):
            widget.hide()
        self._look.show()
        self.show()

    @Slot(object)
    def show_report(self, report: ImportReport) -> None:
        """The import has ended."""
        self._running = False
        self._problems = report.problems
        count = len(report.problems)
        self._sign.set_sign(*(("warning", "warning") if count else ("check", "success")))
        self._title.setText(_report_title(report))
        self._detail.setText(_report_words(report))
        self._meter.hide()
        self._list.hide()
        self._more.setVisible(count > 0)
        self._more.set_label("Show problems" if count > 1 else "Show problem")
        self._end.setEnabled(True)
        self._end.set_label("Close")
        self._end.show()
        self._look.hide()
        self._details.setVisible(bool(count or report.added or report.left_out))
        self._fill(report.problems)
        self.show()

    @Slot(str, str)
    def show_failure(self, message: str, next_step: str = "", *, details: bool = False, stopped: bool = False) -> None:
        """The import did not come to its end. `details`: there is something to show of what happened."""
        self._running = False
        self._problems = ()
        self._sign.set_sign(*(("info", "text_2") if stopped else ("error", "error")))
        self._title.setText(message)
        self._detail.setText(next_step)
        self._meter.hide()
        self._list.hide()
        self._more.hide()
        self._look.hide()
        self._details.setVisible(details)
        self._end.setEnabled(True)
        self._end.set_label("Close")
        self._end.show()
        self.show()

    @Slot()
    def put_away(self) -> None:
        """There is nothing to show any more."""
        self._running = False
        self.hide()
        self.shown_changed.emit(False)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown_changed.emit(True)

    def _assemble(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        words.addSpacing(6)
        words.addWidget(self._meter)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(16)
        head.addWidget(self._sign)
        head.addLayout(words, 1)
        head.addWidget(self._details)
        head.addWidget(self._more)
        head.addWidget(self._look)
        head.addWidget(self._end)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 14, 16, 14)
        whole.setSpacing(12)
        whole.addLayout(head)
        whole.addWidget(self._list)

    def _fill(self, problems: Sequence[Problem]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        themes = self._themes
        for problem in problems[:_SHOWN_AT_ONCE]:
            self._rows.addWidget(Hairline(themes))
            self._rows.addWidget(ProblemRow(themes, self._icons, problem))
        rest = len(problems) - _SHOWN_AT_ONCE
        if rest > 0:
            self._rows.addWidget(Hairline(themes))
            self._rows.addWidget(TextLine(themes, "small", f"and {rest} more", colour="text_2"))

    @Slot()
    def _turn(self) -> None:
        shown = self._list.isHidden()
        self._list.setVisible(shown)
        several = "problems" if len(self._problems) > 1 else "problem"
        self._more.set_label(f"{'Hide' if shown else 'Show'} {several}")

    @Slot()
    def _finish(self) -> None:
        if self._running:
            self.show_cancelling()
            self.cancel_requested.emit()
        else:
            self.put_away()
            self.dismissed.emit()


class ProblemRow(QWidget):
    """One problem: the file's name (its path in the tooltip) and the sentence with what to do next."""

    def __init__(self, themes: ThemeManager, icons: Icons, problem: Problem) -> None:
        super().__init__()
        sign = Sign(themes, icons, "error", "error")
        name = TextLine(themes, "label", problem.path.name)
        folder = TextLine(themes, "small", str(problem.path.parent), colour="text_3")
        message = TextBlock(themes, "small", problem.message, colour="text_2")
        self.setToolTip(str(problem.path))
        self.setAccessibleName(f"{problem.path.name}: {problem.message}")
        words = QVBoxLayout()
        words.setSpacing(2)
        for line in (name, folder, message):
            words.addWidget(line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 10, 0, 10)
        row.setSpacing(16)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)


_STAGES = {
    Stage.LOOKING: "Looking for classes",
    Stage.READING: "Reading the files",
    Stage.ADDING: "Adding classes",
}


def _progress_words(progress: Progress, stage: Stage, left_ms: int | None) -> str:
    if progress.total is None:
        words = f"{_count(progress.done, 'file')} so far" if progress.done else "The folders are being looked through"
    else:
        words = f"{progress.done} of {progress.total}"
        words += " files" if stage is Stage.READING else " classes" if stage is Stage.ADDING else ""
    if progress.problems:
        words += f", {_count(progress.problems, 'problem')}"
    if left_ms is not None and progress.total is not None and progress.done < progress.total:
        words += f", {left_words(left_ms)}"
    return f"{words}. {progress.text}" if progress.text else f"{words}. You can practise while this runs."


def _report_title(report: ImportReport) -> str:
    new = report.added + report.relinked
    if new:
        return f"{_count(new, 'class')} added"
    if report.updated:
        return f"{_count(report.updated, 'class')} brought up to date"
    if report.unchanged:
        return "Nothing new"
    return "No classes found"


def _report_words(report: ImportReport) -> str:
    parts = []
    if report.updated and report.added:
        parts.append(f"{report.updated} brought up to date")
    if report.unchanged:
        parts.append(f"{report.unchanged} were here already")
    if report.missing:
        parts.append(f"{report.missing} not found any more")
    if report.problems:
        parts.append(f"{_count(len(report.problems), 'file')} could not be added")
    if report.left_out:
        parts.append(f"{_count(len(report.left_out), 'file')} left out")
    return ", ".join(parts) or "Everything in the folder is here."


def _count(number: int, word: str) -> str:
    if number == 1:
        return f"1 {word}"
    return f"{number} {word}es" if word.endswith("s") else f"{number} {word}s"
