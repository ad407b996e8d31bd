# SPDX-License-Identifier: GPL-3.0-or-later
"""Titles and kinds of the phases of a class as a list of fields. Their times are not changed here. Main thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from player.domain.models import Phase, PhaseKind, Source
from player.domain.times import format_clock
from player.domain.vocabulary import Vocabulary
from player.ui.icons import Icons
from player.ui.theme import ThemeManager
from player.ui.widgets.button import Button, ButtonKind
from player.ui.widgets.menu import Menu
from player.ui.widgets.phase_tile import paint_tile
from player.ui.widgets.text import TextLine


class _Tile(QWidget):
    def __init__(self, themes: ThemeManager, icons: Icons) -> None:
        super().__init__()
        self._themes, self._icons, self._kind = themes, icons, PhaseKind.OTHER
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    def set_kind(self, kind: PhaseKind) -> None:
        self._kind = kind
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(24, 24)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_tile(painter, self._themes.theme, self._icons, self._kind, QRectF(self.rect()))


class PhaseField(QWidget):
    """One phase: its kind, its title, when it begins."""

    changed = Signal()

    def __init__(self, themes: ThemeManager, icons: Icons, vocabulary: Vocabulary, phase: Phase, number: int) -> None:
        super().__init__()
        self._vocabulary, self._phase, self._kind = vocabulary, phase, phase.kind
        self._tile = _Tile(themes, icons)
        self.title = QLineEdit(phase.title)
        self.title.setPlaceholderText(vocabulary.kind_title(phase.kind))
        self.title.setAccessibleName(f"Title of phase {number}")
        self.title.textChanged.connect(self.changed)
        self.kind = Button(themes, icons, "Kind", kind=ButtonKind.LINK)
        self.kind.setFixedWidth(160)
        menu = Menu(self.kind)
        for kind in PhaseKind:
            menu.addAction(vocabulary.kind_title(kind)).triggered.connect(partial(self._choose, kind))
        self.kind.set_menu(menu)
        begins = TextLine(themes, "small", format_clock(phase.start_ms), colour="text_2")
        begins.setFixedWidth(56)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(begins)
        row.addWidget(self._tile)
        row.addWidget(self.title, 1)
        row.addWidget(self.kind)
        self._number = number
        self._show_kind()

    @property
    def phase(self) -> Phase:
        """The phase as it is written; the user's, where anything was changed."""
        title = " ".join(self.title.text().split())
        if (title, self._kind) == (" ".join(self._phase.title.split()), self._phase.kind):
            return self._phase
        return replace(self._phase, title=title, kind=self._kind, source=Source.USER)

    def _choose(self, kind: PhaseKind, _checked: bool = False) -> None:
        self._kind = kind
        self._show_kind()
        self.changed.emit()

    def _show_kind(self) -> None:
        words = self._vocabulary.kind_title(self._kind)
        self._tile.set_kind(self._kind)
        self.kind.set_label(words)
        self.kind.setAccessibleName(f"Kind of phase {self._number}: {words}")
        self.title.setPlaceholderText(words)


class PhaseFields(QWidget):
    """All phases of a class."""

    changed = Signal()

    def __init__(self, themes: ThemeManager, icons: Icons, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._themes, self._icons, self._vocabulary = themes, icons, vocabulary
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.fields: list[PhaseField] = []

    def phases(self) -> tuple[Phase, ...]:
        return tuple(field.phase for field in self.fields)

    def set_phases(self, phases: Sequence[Phase]) -> None:
        for field in self.fields:
            field.hide()
            field.deleteLater()
        self.fields = []
        for number, phase in enumerate(phases, 1):
            field = PhaseField(self._themes, self._icons, self._vocabulary, phase, number)
            field.changed.connect(self.changed)
            self._column.addWidget(field)
            self.fields.append(field)
        self.changed.emit()
