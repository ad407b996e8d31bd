# SPDX-License-Identifier: GPL-3.0-or-later
"""Editing what is known of a series, the order of its sections, and what happens after its classes. Main thread;
knows no library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from player.domain.errors import UsageError
from player.domain.models import AfterClass, ClassVideo, Series, SeriesPreferences, Source
from player.domain.times import format_length
from player.ui.dialogs.edit_class import Changes, FoundValues
from player.ui.dialogs.fields import Choice, FieldBox, LongField, mark_wrong
from player.ui.dialogs.preview_list import PreviewList
from player.ui.dialogs.preview_rows import ChoiceRow, Row, What, count_words
from player.ui.dialogs.sheet import Sheet
from player.ui.dialogs.source_words import source_words
from player.ui.icons import Icons
from player.ui.theme import ThemeManager
from player.ui.widgets.button import Button, ButtonKind, ButtonSize
from player.ui.widgets.menu import Menu
from player.ui.widgets.text import TextLine

AFTER = ((AfterClass.ASK, "Ask first"), (AfterClass.GO_ON, "Go on"), (AfterClass.STOP, "Stop"))
SETTLE_S = (0, 10, 20, 30, 45, 60, 120, 300, 600)
AS_EVERYWHERE = "As everywhere"
_FIELDS = ("title", "description")


@dataclass(frozen=True, slots=True)
class SeriesChanges:
    """What is to be saved. `sections` is their new order, None where it is as it was."""

    words: Changes = field(default_factory=Changes)
    preferences: SeriesPreferences | None = None
    sections: tuple[str | None, ...] | None = None

    def __bool__(self) -> bool:
        return bool(self.words) or self.preferences is not None or self.sections is not None


class EditSeries(Sheet):
    """`save_requested(SeriesChanges)`: call `saved` when that is done, `show_trouble` where it could not be."""

    save_requested = Signal(SeriesChanges)

    def __init__(
        self,
        themes: ThemeManager,
        icons: Icons,
        over: QWidget,
        *,
        series: Series,
        classes: Sequence[ClassVideo],
        found: FoundValues,
    ) -> None:
        counts: dict[str | None, int] = {}
        for video in classes:
            counts[video.section] = counts.get(video.section, 0) + 1
        several = len(counts) > 1
        super().__init__(themes, icons, over, "Edit series", width=640, height=780 if several else 540)
        self._series, self._found, self._counts = series, found, counts
        self._settle_ms = series.preferences.settle_ms
        self._order = tuple(counts)
        self.name = QLineEdit(series.title)
        self.description = LongField(themes)
        self.description.setPlainText(series.description)
        self.sections = PreviewList(themes, icons, "Sections in their order", several=False)
        self.after = {after: Choice(themes, icons, words, name=f"After a class: {words}") for after, words in AFTER}
        self.settle = Button(themes, icons, AS_EVERYWHERE, size=ButtonSize.SMALL)
        self.save = Button(themes, icons, "Save", kind=ButtonKind.PRIMARY)
        self.cancel = Button(themes, icons, "Cancel")
        self._boxes: dict[str, FieldBox] = {}
        self._assemble(themes, icons, several=several)
        self._connect()
        self._look()

    def begin(self) -> None:
        """Show it, the focus on the title."""
        self.open(self.name)
        self.name.setSelection(len(self.name.text()), -len(self.name.text()))

    def changes(self) -> SeriesChanges:
        """What is to be saved. Raises UsageError for what cannot be."""
        values: dict[str, Any] = {}
        restored = set()
        for name in _FIELDS:
            value = self._read(name)
            if name in self._found and value == self._found[name][0].strip():
                restored.add(name)
            elif value != getattr(self._series, name).strip():
                values[name] = value
        had = self._series.preferences
        preferences = replace(had, after_class=self._after(), settle_ms=self._settle_ms)
        order = self._order if self._order != tuple(self._counts) else None
        return SeriesChanges(Changes(values, frozenset(restored)), preferences if preferences != had else None, order)

    @Slot()
    def saved(self) -> None:
        """What was asked for is done."""
        self.save.set_busy(False)
        self.leave()

    def show_trouble(self, sentence: str) -> None:
        self.save.set_busy(False)
        super().show_trouble(sentence)

    def _assemble(self, themes: ThemeManager, icons: Icons, *, several: bool) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(20)
        for name, title, content in (("title", "Title", self.name), ("description", "Description", self.description)):
            box = self._boxes[name] = FieldBox(themes, icons, title, content)
            box.back_requested.connect(partial(self._back, name))
            column.addWidget(box)
        if several:
            box = FieldBox(themes, icons, "Sections", self.sections)
            box.set_source("Alt with ↑ ↓ moves", back=False)
            column.addWidget(box, 1)
            self._show_sections()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(TextLine(themes, "label", "After a class", weight=600))
        row.addStretch(1)
        for button in self.after.values():
            row.addWidget(button)
        self.after[self._series.preferences.after_class].setChecked(True)
        column.addLayout(row)
        row = QHBoxLayout()
        row.addWidget(TextLine(themes, "label", "Time to settle before the next class", weight=600))
        row.addStretch(1)
        row.addWidget(self.settle)
        column.addLayout(row)
        if not several:
            column.addStretch(1)
        self.body.addLayout(column)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.save)

    def _connect(self) -> None:
        menu = Menu(self.settle)
        for settle_ms in (None, *(seconds * 1000 for seconds in SETTLE_S)):
            menu.addAction(_settle_words(settle_ms)).triggered.connect(partial(self._choose_settle, settle_ms))
        self.settle.set_menu(menu)
        self._choose_settle(self._settle_ms)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.leave)
        self.name.textChanged.connect(self._look)
        self.name.returnPressed.connect(self._save)
        self.description.textChanged.connect(self._look)
        self.sections.move_wanted.connect(self._move)

    def _read(self, name: str) -> str:
        if name == "description":
            return self.description.toPlainText().strip()
        title = " ".join(self.name.text().split())
        if not title:
            raise UsageError("A series needs a title.", "Write at least one word.")
        return title

    def _after(self) -> AfterClass:
        return next(after for after, button in self.after.items() if button.isChecked())

    def _back(self, name: str) -> None:
        value = self._found[name][0]
        if name == "title":
            self.name.setText(value)
        else:
            self.description.setPlainText(value)
        self._boxes[name].content.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_settle(self, settle_ms: int | None, _checked: bool = False) -> None:
        self._settle_ms = settle_ms
        self.settle.set_label(_settle_words(settle_ms))
        self.settle.setAccessibleName(f"Time to settle: {_settle_words(settle_ms)}")

    def _show_sections(self) -> None:
        rows: list[Row] = []
        for title in self._order:
            detail = count_words(self._counts[title], "class")
            rows.append(ChoiceRow(What.SECTION, title or "Without a section", detail, key=("section", title)))
        self.sections.set_rows(rows)

    @Slot(int)
    def _move(self, step: int) -> None:
        place = self.sections.currentIndex().row()
        other = place + step
        if 0 <= place < len(self._order) and 0 <= other < len(self._order):
            order = list(self._order)
            order[place], order[other] = order[other], order[place]
            self._order = tuple(order)
            self._show_sections()

    @Slot()
    def _look(self) -> None:
        """Only what the user has changed can go back; other sources of a series are not kept with it."""
        for name, box in self._boxes.items():
            try:
                value = self._read(name)
            except UsageError:
                value = None
            found = self._found.get(name)
            if found is not None and value == found[0].strip():
                box.set_source(source_words(name, found[1]), back=False)
            else:
                mine = found is not None or value != getattr(self._series, name).strip()
                box.set_source(source_words(name, Source.USER if mine else None), back=found is not None)

    @Slot()
    def _save(self) -> None:
        if self.save.busy:
            return
        try:
            changes = self.changes()
        except UsageError as error:
            self.show_trouble(str(error))
            mark_wrong(self.name, self._themes.theme)
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not changes:
            self.leave()
            return
        super().show_trouble("")
        self.save.set_busy(True)
        self.save_requested.emit(changes)


def _settle_words(settle_ms: int | None) -> str:
    return AS_EVERYWHERE if settle_ms is None else "At once" if settle_ms == 0 else format_length(settle_ms)
