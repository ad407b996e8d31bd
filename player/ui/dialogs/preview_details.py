# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known of the class chosen in the import preview, and where each value came from. Main thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCompleter, QFrame, QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from player.domain.models import ClassState, Phase
from player.domain.plan import PlannedClass
from player.domain.times import format_clock
from player.domain.vocabulary import Vocabulary
from player.ui.dialogs.source_words import source_words
from player.ui.icons import Icons
from player.ui.theme import ThemeManager
from player.ui.widgets.card import Card
from player.ui.widgets.phase_tile import paint_tile
from player.ui.widgets.text import TextBlock, TextLine, paint_line

_ROW = 28
_MOST_PHASES = 40


class PhaseRows(QWidget):
    """Phases under each other: tile, title, where it begins."""

    def __init__(self, themes: ThemeManager, icons: Icons, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._themes, self._icons, self._vocabulary = themes, icons, vocabulary
        self._phases: Sequence[Phase] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    def set_phases(self, phases: Sequence[Phase]) -> None:
        self._phases = phases[:_MOST_PHASES]
        self.setVisible(bool(phases))
        self.setAccessibleName(", ".join(self._name(phase) for phase in phases))
        self.updateGeometry()
        self.update()

    def _name(self, phase: Phase) -> str:
        return phase.title or self._vocabulary.kind_title(phase.kind)

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, _ROW * len(self._phases))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._themes.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, phase in enumerate(self._phases):
            top = number * _ROW
            paint_tile(painter, theme, self._icons, phase.kind, QRectF(0, top + 4, 20, 20))
            clock = QRectF(self.width() - 60, top, 60, _ROW)
            end = Qt.AlignmentFlag.AlignRight
            paint_line(painter, theme, format_clock(phase.start_ms), clock, role="small", colour="text_2", align=end)
            box = QRectF(30, top, self.width() - 96, _ROW)
            paint_line(painter, theme, self._name(phase), box, role="body", colour="text_1")


class PreviewDetails(Card):
    """`section_written(str)`: the user wants the chosen classes in another section."""

    section_written = Signal(str)

    def __init__(self, themes: ThemeManager, icons: Icons, vocabulary: Vocabulary) -> None:
        super().__init__(themes)
        self._vocabulary = vocabulary
        self._shown: PlannedClass | None = None
        self._title = TextBlock(themes, "title_3", max_lines=4)
        self._facts = TextBlock(themes, "small", colour="text_2")
        self._trouble = TextBlock(themes, "small", colour="error")
        self._section_name = TextLine(themes, "small", "Section", colour="text_2")
        self.section = QLineEdit()
        self.section.setPlaceholderText("None")
        self.section.setAccessibleName("Section")
        self._sections = QStringListModel(self)
        completer = QCompleter(self._sections, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.section.setCompleter(completer)
        self.section.editingFinished.connect(self._written)
        self._phases_name = TextLine(themes, "label", weight=600)
        self._phases_source = TextBlock(themes, "small", colour="text_2")
        self._phases = PhaseRows(themes, icons, vocabulary)
        self._needs = TextBlock(themes, "small", colour="text_2")
        self._about = TextBlock(themes, "small", colour="text_2", max_lines=6)
        self._file = TextBlock(themes, "small", colour="text_3")
        self._assemble()
        self.set_class(None, (), several=0)

    def set_class(self, planned: PlannedClass | None, sections: Sequence[str], *, several: int) -> None:
        """Show a class (None: none is chosen). `several`: so many are chosen, the section is that of all of them."""
        self._shown = planned
        self._body.setVisible(planned is not None)
        if planned is None:
            return
        self._title.set_text(planned.title)
        self._facts.set_text("\n".join(self._sources(planned)))
        self._trouble.set_text(planned.state_reason)
        self._trouble.setVisible(planned.state is not ClassState.READY)
        self._sections.setStringList(list(sections))
        self._section_name.setText("Section" if several < 2 else f"Section of the {several} chosen classes")
        if not self.section.hasFocus() or not self.section.isModified():
            self.section.setText(planned.section or "")
        count = len(planned.phases)
        self._phases_name.setText("No phases known" if not count else f"{count} phases" if count > 1 else "1 phase")
        self._phases_source.set_text(source_words("phases", planned.sources.get("phases")).capitalize())
        self._phases_source.setVisible(bool(count))
        self._phases.set_phases(planned.phases)
        self._needs.set_text("\n".join(self._words_of(planned)))
        self._needs.setVisible(bool(planned.props or planned.focus))
        self._about.set_text(planned.description)
        self._about.setVisible(bool(planned.description))
        files = f"{len(planned.parts)} files, the first is " if planned.parts else ""
        self._file.set_text(files + planned.raw_name)
        self._file.setToolTip(str(planned.path))

    @staticmethod
    def _sources(planned: PlannedClass) -> list[str]:
        lines = [f"Title {source_words('title', planned.sources.get('title'))}"]
        if planned.number is None:
            lines.append("No number")
        else:
            lines.append(f"Number {planned.number} {source_words('number', planned.sources.get('number'))}")
        if planned.description:
            lines.append(f"Description {source_words('description', planned.sources.get('description'))}")
        return [line.rstrip() for line in lines]

    def _words_of(self, planned: PlannedClass) -> list[str]:
        lines = []
        if planned.props:
            titles = ((self._vocabulary.prop_title(need.prop), need.optional) for need in planned.props)
            needs = ", ".join(
                f"{title[:1].lower()}{title[1:]}{' (if at hand)' * optional}" for title, optional in titles
            )
            lines.append(f"Needs {needs}, {source_words('props', planned.sources.get('props'))}")
        if planned.focus:
            areas = ", ".join(self._vocabulary.focus_title(area) for area in planned.focus)
            lines.append(f"{areas}, {source_words('focus', planned.sources.get('focus'))}")
        return [line.removesuffix(", ") for line in lines]

    def _assemble(self) -> None:
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(6)
        for widget, space in (
            (self._title, 4), (self._facts, 6), (self._trouble, 6), (self._section_name, 0), (self.section, 12),
            (self._phases_name, 0), (self._phases_source, 2), (self._phases, 10), (self._needs, 8), (self._about, 8),
            (self._file, 0),
        ):  # fmt: skip
            column.addWidget(widget)
            column.addSpacing(space)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(self._body)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.viewport().setAutoFillBackground(False)
        self._body.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 8, 6, 8)
        whole.addWidget(scroll)

    @Slot()
    def _written(self) -> None:
        if self._shown is not None and self.section.isModified():
            self.section.setModified(False)
            self.section_written.emit(self.section.text())
