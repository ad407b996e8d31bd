# SPDX-License-Identifier: GPL-3.0-or-later
"""Editing what is known of a class. The dialog knows no library: what is to be saved is asked for by a signal.
Main thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from player.domain.errors import UsageError
from player.domain.models import ClassVideo, PropNeed, Source
from player.domain.planning import number_of
from player.domain.vocabulary import Vocabulary
from player.ui.dialogs.fields import Chips, FieldBox, LongField, Need, mark_wrong
from player.ui.dialogs.phase_fields import PhaseFields
from player.ui.dialogs.sheet import Sheet
from player.ui.dialogs.source_words import source_words
from player.ui.icons import Icons
from player.ui.theme import ThemeManager
from player.ui.widgets.button import Button, ButtonKind
from player.ui.widgets.text import TextLine

FoundValues = Mapping[str, tuple[Any, Source | None]]


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be saved: the user's own values, and the fields that go back to what was found."""

    values: Mapping[str, Any] = field(default_factory=dict)
    restored: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.values or self.restored)


class EditClass(Sheet):
    """`save_requested(Changes)`: call `saved` when that is done, `show_trouble` where it could not be: everything
    typed is still there."""

    save_requested = Signal(Changes)

    def __init__(
        self,
        themes: ThemeManager,
        icons: Icons,
        vocabulary: Vocabulary,
        over: QWidget,
        *,
        video: ClassVideo,
        found: FoundValues,
        sections: Sequence[str] = (),
    ) -> None:
        super().__init__(themes, icons, over, "Edit class", width=760)
        self._video, self._found, self._vocabulary = video, found, vocabulary
        self.name, self.number, self.section = QLineEdit(), QLineEdit(), QLineEdit()
        self.number.setMaxLength(6)
        self.section.setPlaceholderText("None")
        completer = QCompleter(list(sections), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.section.setCompleter(completer)
        self.description = LongField(themes)
        self.props = Chips(themes, icons, levels=3)
        self.focus_areas = Chips(themes, icons)
        self.other_prop = QLineEdit()
        self.other_prop.setPlaceholderText("Something else, then Enter")
        self.other_prop.setAccessibleName("Another thing that is needed")
        self.other_prop.returnPressed.connect(self._add_prop)
        self.phases = PhaseFields(themes, icons, vocabulary)
        self._boxes: dict[str, FieldBox] = {}
        self.save = Button(themes, icons, "Save", kind=ButtonKind.PRIMARY)
        self.cancel = Button(themes, icons, "Cancel")
        self._offer_chips()
        self._assemble(themes, icons)
        for name in self._boxes:
            self._write(name, getattr(video, name))
        self._connect()
        self._look()

    def begin(self) -> None:
        """Show it, the focus on the title."""
        self.open(self.name)
        self.name.setSelection(len(self.name.text()), -len(self.name.text()))

    def changes(self) -> Changes:
        """What is to be saved. Raises UsageError for what cannot be."""
        values: dict[str, Any] = {}
        restored: set[str] = set()
        for name in self._boxes:
            value = self._read(name)
            if name in self._found and value == self._same(name, self._found[name][0]):
                restored.add(name)
            elif value != self._same(name, getattr(self._video, name)):
                values[name] = value
        return Changes(values, frozenset(restored))

    @Slot()
    def saved(self) -> None:
        """What was asked for is done."""
        self.save.set_busy(False)
        self.leave()

    def show_trouble(self, sentence: str) -> None:
        self.save.set_busy(False)
        super().show_trouble(sentence)

    # Putting together

    def _assemble(self, themes: ThemeManager, icons: Icons) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(4, 4, 20, 8)
        column.setSpacing(20)

        def box(name: str, title: str, content: QWidget) -> FieldBox:
            made = self._boxes[name] = FieldBox(themes, icons, title, content)
            made.back_requested.connect(lambda: self._back(name))
            return made

        props = QWidget()
        stack = QVBoxLayout(props)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(8)
        stack.addWidget(self.props)
        stack.addWidget(self.other_prop)
        column.addWidget(box("title", "Title", self.name))
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(box("number", "Number", self.number), 1)
        row.addWidget(box("section", "Section", self.section), 2)
        column.addLayout(row)
        column.addWidget(box("description", "Description", self.description))
        column.addWidget(box("props", "What it needs", props))
        column.addWidget(box("focus", "Body areas", self.focus_areas))
        phases = box("phases", "Phases", self.phases)
        if self._video.phases:
            column.addWidget(phases)
        else:
            del self._boxes["phases"]
            phases.deleteLater()
            column.addWidget(TextLine(themes, "small", "No phases are known of this class.", colour="text_2"))
        column.addWidget(TextLine(themes, "small", self._video.path.name, colour="text_3"))
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self._scroll = scroll
        self.body.addWidget(scroll)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.save)

    def _offer_chips(self) -> None:
        words, found = self._vocabulary, self._found
        for prop in words.props.values():
            self.props.offer(prop.id, prop.title, prop.icon)
        for needs in (self._video.props, found["props"][0] if "props" in found else ()):
            for need in needs:
                self.props.offer(need.prop, words.prop_title(need.prop), words.prop_icon(need.prop))
        for area in (*words.focus, *self._video.focus, *(found["focus"][0] if "focus" in found else ())):
            self.focus_areas.offer(area, words.focus_title(area))

    def _connect(self) -> None:
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.leave)
        for line in (self.name, self.number, self.section):
            line.textChanged.connect(self._look)
            line.returnPressed.connect(self._save)
        self.description.textChanged.connect(self._look)
        for chips in (self.props, self.focus_areas):
            chips.changed.connect(self._look)
        self.phases.changed.connect(self._look)

    # Values

    def _read(self, name: str) -> Any:
        """The value that a field has now. Raises UsageError."""
        read: dict[str, Callable[[], Any]] = {
            "title": self._title,
            "number": lambda: number_of(self.number.text()),
            "section": lambda: " ".join(self.section.text().split()) or None,
            "description": lambda: self.description.toPlainText().strip(),
            "props": self._props,
            "focus": self._focus,
            "phases": self.phases.phases,
        }
        return read[name]()

    def _title(self) -> str:
        title = " ".join(self.name.text().split())
        if not title:
            raise UsageError("A class needs a title.", "Write at least one word.")
        return title

    def _props(self) -> tuple[PropNeed, ...]:
        """In the order they had; what is new follows."""
        levels = self.props.levels()
        known = [need.prop for need in self._video.props if need.prop in levels]
        return tuple(PropNeed(prop, levels[prop] is Need.OPTIONAL) for prop in dict.fromkeys([*known, *levels]))

    def _focus(self) -> tuple[str, ...]:
        chosen = self.focus_areas.levels()
        known = [area for area in self._video.focus if area in chosen]
        return tuple(dict.fromkeys([*known, *chosen]))

    @staticmethod
    def _same(name: str, value: Any) -> Any:
        """`value` as it would be read from its field: space at its ends is not a change."""
        if not isinstance(value, str):
            return tuple(value) if isinstance(value, (tuple, list)) else value
        return value.strip() if name == "description" else " ".join(value.split())

    def _write(self, name: str, value: Any) -> None:
        match name:
            case "title":
                self.name.setText(value)
            case "number":
                self.number.setText("" if value is None else str(value))
            case "section":
                self.section.setText(value or "")
            case "description":
                self.description.setPlainText(value)
            case "props":
                levels = {need.prop: Need.OPTIONAL if need.optional else Need.NEEDED for need in value}
                self.props.set_levels(levels)
            case "focus":
                self.focus_areas.set_levels(dict.fromkeys(value, Need.NEEDED))
            case "phases":
                self.phases.set_phases(value)

    def _back(self, name: str) -> None:
        if name in self._found:
            self._write(name, self._found[name][0])
            self._boxes[name].content.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _look(self) -> None:
        """Say of each field where its value came from, as it is written now."""
        for name, box in self._boxes.items():
            try:
                value = self._read(name)
            except UsageError:
                box.set_source("", back=name in self._found)
                continue
            if name in self._found and value == self._same(name, self._found[name][0]):
                box.set_source(source_words(name, self._found[name][1]), back=False)
            elif value == self._same(name, getattr(self._video, name)):
                box.set_source(source_words(name, self._video.sources.get(name)), back=name in self._found)
            else:
                box.set_source(source_words(name, Source.USER), back=name in self._found)

    @Slot()
    def _add_prop(self) -> None:
        text = " ".join(self.other_prop.text().split())
        if text:
            prop = self._vocabulary.recognise_prop(text) or text
            self.props.offer(prop, self._vocabulary.prop_title(prop), self._vocabulary.prop_icon(prop))
            self.props.set_levels({**self.props.levels(), prop: Need.NEEDED})
            self.other_prop.clear()

    @Slot()
    def _save(self) -> None:
        if self.save.busy:
            return
        self._add_prop()
        try:
            changes = self.changes()
        except UsageError as error:
            self.show_trouble(str(error))
            wrong = self.name if not self.name.text().strip() else self.number
            mark_wrong(wrong, self._themes.theme)
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not changes:
            self.leave()
            return
        super().show_trouble("")
        self.save.set_busy(True)
        self.save_requested.emit(changes)
