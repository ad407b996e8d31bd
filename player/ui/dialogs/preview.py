# SPDX-License-Identifier: GPL-3.0-or-later
"""The import preview: what was found, to be looked through and changed before it is added. Main thread; knows
neither the library nor the importer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from player.domain import planning
from player.domain.errors import UsageError
from player.domain.plan import ImportPlan, PlannedClass
from player.domain.planning import Base, History
from player.domain.vocabulary import Vocabulary
from player.domain.wishes import Wishes, wishes_of
from player.ui.dialogs.preview_details import PreviewDetails
from player.ui.dialogs.preview_list import PreviewList
from player.ui.dialogs.preview_menus import class_menu, popup, series_menu
from player.ui.dialogs.preview_rows import (
    ChoiceRow,
    NoteRow,
    PreviewRow,
    Row,
    What,
    choice_rows,
    class_rows,
    count_words,
    left_out_rows,
    problem_rows,
)
from player.ui.dialogs.preview_words import HERE_ALREADY, LOOK, NONE_FOUND, PARTLY_HERE, sentence_of, summary_of
from player.ui.icons import Icons
from player.ui.theme import ThemeManager
from player.ui.widgets.button import Button, ButtonKind
from player.ui.widgets.column import WIDEST
from player.ui.widgets.menu import Entry, Menu, filled_menu
from player.ui.widgets.text import TextBlock, TextLine

_SIDE = 264
_DETAILS = 296
_NARROW = 1080


class PreviewPage(QWidget):
    """Shows one find at a time. `accepted(Wishes)`: add it, with what was changed. `cancelled`: forget it.
    `choose_requested`: choose another folder. `told`: a sentence about what was wanted."""

    accepted = Signal(Wishes)
    cancelled = Signal()
    choose_requested = Signal()
    told = Signal(str)
    pieces: Callable[[PlannedClass], tuple[str, Callable[[], object]] | None] | None = None
    """Says what can be done about the files of a class ("Join into one class", "Keep apart"), where anything can."""

    def __init__(
        self, themes: ThemeManager, icons: Icons, vocabulary: Vocabulary, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._base: Base | None = None
        self._history = History(ImportPlan((), ()))
        self._title = TextLine(themes, "title_1", LOOK)
        self._summary = TextLine(themes, "body", colour="text_2")
        self.undo_button = Button(themes, icons, icon="undo", name="Undo (Ctrl+Z)")
        self.cancel_button = Button(themes, icons, "Cancel")
        self.add_button = Button(themes, icons, "Add", kind=ButtonKind.PRIMARY)
        self.choices = PreviewList(themes, icons, "Series found", several=False)
        self.classes = PreviewList(themes, icons, "Classes", several=True)
        self.details = PreviewDetails(themes, icons, vocabulary)
        self._another = Button(themes, icons, "Choose another folder", "folder")
        self._empty = TextBlock(themes, "body_large", colour="text_2")
        self._hint = TextLine(themes, "small", colour="text_3")
        self._assemble()
        self._connect()

    # What is asked from outside

    @property
    def waiting(self) -> bool:
        """Whether there is a find that was neither accepted nor forgotten."""
        return self._base is not None

    @property
    def plan(self) -> ImportPlan:
        """The plan as the user has it now."""
        return self._history.plan

    def show_found(self, base: Base) -> None:
        """Begin with what was found. What the user has changed of an earlier reading of the same files stays; so does
        what an import that was stopped has not come to, as a step that can be undone."""
        before, plan = self._base, self.plan
        self._base = base
        self._history = History(base.begin)
        if before is not None and plan != before.begin:
            self._history = self._history.changed(planning.carried_over(base, wishes_of(before.plan, plan)))
        elif before is None and base.waiting != Wishes():
            self._history = self._history.changed(planning.carried_over(base, base.waiting))
        self._refresh(keep=False)

    def forget(self) -> None:
        """There is nothing to look through any more."""
        self._base = None
        self._history = History(ImportPlan((), ()))

    def take_focus(self) -> None:
        """Focus on the classes, or where there are none, on what is to be read."""
        target: QWidget = self.classes if self._middle.currentIndex() == 0 else self._another
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def summary(self) -> str:
        """ "24 classes in 2 series, 5 h 12 min"."""
        return summary_of(self.plan)

    # Putting together

    def _assemble(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._summary)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addLayout(words, 1)
        for button in (self.undo_button, self.cancel_button, self.add_button):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.choices.setFixedWidth(_SIDE)
        self.details.setFixedWidth(_DETAILS)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addWidget(self.choices)
        columns.addWidget(self.classes, 1)
        columns.addWidget(self.details)
        lists = QWidget()
        lists.setLayout(columns)
        columns.setContentsMargins(0, 0, 0, 0)
        nothing = QWidget()
        box = QVBoxLayout(nothing)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._empty)
        box.addSpacing(20)
        box.addWidget(self._another)
        box.addStretch(1)
        self._middle = QStackedWidget()
        self._middle.addWidget(lists)
        self._middle.addWidget(nothing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(40, 28, 40, 16)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addSpacing(20)
        whole.addWidget(self._middle, 1)
        whole.addSpacing(10)
        whole.addWidget(self._hint)
        self._whole = whole

    def _connect(self) -> None:
        self.add_button.clicked.connect(self._accept)
        self.cancel_button.clicked.connect(self.cancelled)
        self.undo_button.clicked.connect(self.undo)
        self._another.clicked.connect(self.choose_requested)
        self.choices.chosen.connect(self._choose)
        self.choices.edited.connect(self._rename)
        self.choices.leave_out_wanted.connect(self._leave_out_series)
        self.choices.menu_wanted.connect(self._open_series_menu)
        self.classes.chosen.connect(self._show_details)
        self.classes.selectionModel().selectionChanged.connect(lambda *_: self._show_details(self.classes.current))
        self.classes.edited.connect(self._write)
        self.classes.leave_out_wanted.connect(self._leave_out_classes)
        self.classes.move_wanted.connect(self._move)
        self.classes.take_in_wanted.connect(self._take_in)
        self.classes.menu_wanted.connect(self._open_class_menu)
        self.details.section_written.connect(self._put_in_section)
        for source in (self.choices, self.classes):
            source.wrong.connect(self.told)
        for keys, act in (("Ctrl+Z", self.undo), ("Ctrl+Shift+Z", self.redo), ("Ctrl+Y", self.redo)):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = max(0, self.width() - WIDEST - 80) // 2
        self._whole.setContentsMargins(40 + beside, 28, 40 + beside, 16)
        narrow = self.width() < _NARROW
        self.choices.setFixedWidth(208 if narrow else _SIDE)
        self.details.setFixedWidth(240 if narrow else _DETAILS)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        add = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if add and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._accept()
        else:
            super().keyPressEvent(event)

    # What is shown

    @property
    def _series(self) -> int | None:
        """The place in the plan of the series that is shown."""
        row = self.choices.current
        return row.index if isinstance(row, ChoiceRow) and row.what is What.SERIES else None

    def _left_out(self) -> list[Row]:
        if self._base is None:
            return []
        return left_out_rows(self._base.plan.left_out, planning.left_out_of(self._base, self.plan), self._base.again)

    def _refresh(self, *, keep: bool = True) -> None:
        plan = self.plan
        count = sum(len(series.classes) for series in plan.series)
        here = self._base.here if self._base is not None else {}
        new = sum(one.identity not in here for series in plan.series for one in series.classes)
        self._summary.setText(f"{self.summary()}. Files stay where they are, under the names they have.")
        self.add_button.setVisible(bool(count))
        self.add_button.set_label("Keep these changes" if count and not new else f"Add {count_words(new, 'class')}")
        self.cancel_button.set_label("Cancel" if count or self._history.before else "Close")
        self.undo_button.setVisible(bool(count or self._history.before))
        self.undo_button.setEnabled(bool(self._history.before))
        left_out = self._left_out()
        rows = choice_rows(plan.series, len(plan.problems), len(left_out))
        self.choices.set_rows(rows, keep=keep)
        self._middle.setCurrentIndex(0 if rows else 1)
        sentence = sentence_of(plan, nothing_to_read=not rows)
        self._empty.set_text(sentence)
        if not count:
            self._summary.setText(sentence if rows else "")
        self._title.setText(LOOK if count else NONE_FOUND)
        if rows and self.choices.current is None:
            self.choices.choose(0)
        self._choose(self.choices.current, keep=keep)

    @Slot(object)
    def _choose(self, row: Row | None, *, keep: bool | None = None) -> None:
        """Show what a row of the left list stands for."""
        if not isinstance(row, ChoiceRow):
            return
        same = getattr(self, "_shown_key", None) == row.key
        self._shown_key = row.key
        self.details.setVisible(row.what is What.SERIES)
        if row.what is What.PROBLEMS:
            rows = problem_rows(self.plan.problems)
            hint = ""
        elif row.what is What.LEFT_OUT:
            rows = self._left_out()
            hint = "Enter takes in what you have left out"
        else:
            here = self._base.here if self._base is not None else {}
            rows = class_rows(self.plan.series[row.index], here.keys())
            hint = "F2 edits   Delete leaves out   Alt with ↑ ↓ moves   Ctrl+Z undoes"
        self._hint.setText(hint)
        self.classes.setAccessibleName(f"Classes of {row.title}" if row.what is What.SERIES else row.title)
        self.classes.set_rows(rows, keep=same if keep is None else keep and same)

    @Slot(object)
    def _show_details(self, row: Row | None) -> None:
        index = self._series
        if isinstance(row, PreviewRow) and index is not None and index < len(self.plan.series):
            sections = self.plan.series[index].sections
            self.details.set_class(row.planned, sections, several=len(self.classes.chosen_places))
        else:
            self.details.set_class(None, (), several=0)

    # What the user does

    def _change(self, make: Callable[[ImportPlan], ImportPlan]) -> None:
        """One step. What cannot be done is said and changes nothing."""
        try:
            history = self._history.changed(make(self.plan))
        except UsageError as error:
            self.told.emit(str(error))
            return
        if history is not self._history:
            self._history = history
            self._refresh()

    @Slot()
    def undo(self) -> None:
        self._history = self._history.undone()
        self._refresh()

    @Slot()
    def redo(self) -> None:
        self._history = self._history.redone()
        self._refresh()

    @Slot()
    def _accept(self) -> None:
        if self._base is not None and self.plan.series:
            self.accepted.emit(wishes_of(self._base.plan, self.plan))

    @Slot(object, str, str)
    def _rename(self, row: Row, _number: str, title: str) -> None:
        if isinstance(row, ChoiceRow):
            self._change(lambda plan: planning.rename_series(plan, row.index, title))

    @Slot(object, str, str)
    def _write(self, row: Row, number: str, title: str) -> None:
        index = self._series
        if isinstance(row, PreviewRow) and index is not None:

            def make(plan: ImportPlan) -> ImportPlan:
                plan = planning.retitle_class(plan, index, row.place, title)
                return planning.renumber_class(plan, index, row.place, planning.number_of(number))

            self._change(make)

    @Slot(str)
    def _put_in_section(self, section: str) -> None:
        index, places = self._series, self.classes.chosen_places
        if index is not None and places:
            self._change(lambda plan: planning.put_in_section(plan, index, places, section))

    @Slot(int)
    def _move(self, step: int) -> None:
        index, places = self._series, self.classes.chosen_places
        if index is not None and places:
            self._change(lambda plan: planning.move_classes(plan, index, places, step))

    @Slot()
    def _leave_out_classes(self) -> None:
        index = self._series
        if index is None or self._base is None:
            return
        classes = self.plan.series[index].classes
        here = {place for place in self.classes.chosen_places if classes[place].identity in self._base.here}
        if here:
            self.told.emit(HERE_ALREADY)
        if places := self.classes.chosen_places - here:
            self._change(lambda plan: planning.leave_out_classes(plan, index, places))

    @Slot()
    def _leave_out_series(self) -> None:
        index = self._series
        if index is None or self._base is None:
            return
        if any(one.identity in self._base.here for one in self.plan.series[index].classes):
            self.told.emit(PARTLY_HERE)
        else:
            self._change(lambda plan: planning.leave_out_series(plan, index))

    @Slot(object)
    def _take_in(self, row: NoteRow) -> None:
        base, identity = self._base, row.identity
        if base is not None and identity is not None:
            self._change(lambda plan: planning.take_in(plan, base.plan, identity))

    def _split(self, index: int, places: set[int]) -> None:
        self._change(lambda plan: planning.split_series(plan, index, places))

    # Menus

    @Slot(object, QPoint)
    def _open_series_menu(self, row: Row, place: QPoint) -> None:
        if isinstance(row, ChoiceRow) and row.what is What.SERIES:
            popup(self.series_menu(row), place)

    def series_menu(self, row: ChoiceRow) -> Menu:
        """What can be done with a series."""
        return series_menu(
            self,
            self.plan.series,
            row.index,
            rename=self.choices.edit_current,
            leave_out=self._leave_out_series,
            merge=lambda into: self._change(lambda plan: planning.merge_series(plan, row.index, into)),
        )

    @Slot(object, QPoint)
    def _open_class_menu(self, row: Row, place: QPoint) -> None:
        if isinstance(row, PreviewRow):
            popup(self.class_menu(), place)
        elif isinstance(row, NoteRow) and row.identity is not None:
            popup(filled_menu(self, (Entry("Take in again", partial(self._take_in, row)),)), place)

    def class_menu(self) -> Menu:
        """What can be done with the chosen classes."""
        index, places = self._series, self.classes.chosen_places
        if index is None:
            return Menu(self)
        row, pieces = self.classes.current, None
        if self.pieces is not None and isinstance(row, PreviewRow):
            pieces = self.pieces(row.planned)
        return class_menu(
            self,
            pieces=pieces,
            whole=len(places) == len(self.plan.series[index].classes),
            edit=self.classes.edit_current,
            section=self._go_to_section,
            move=self._move,
            split=partial(self._split, index, places),
            leave_out=self._leave_out_classes,
        )

    def _go_to_section(self) -> None:
        self.details.section.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.details.section.selectAll()
