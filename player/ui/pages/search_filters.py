# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters of the search: how long I have, what I have, body areas, phases, done and favourites. Main thread;
knows no library."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from player.domain.models import PhaseKind
from player.domain.query import Choices, Query
from player.domain.vocabulary import Vocabulary
from player.ui.icons import Icons
from player.ui.pages.search_chip import Chip, ChipFlow
from player.ui.theme import ThemeManager
from player.ui.widgets.button import Button, ButtonKind
from player.ui.widgets.text import TextLine

WIDTH = 272
MINUTES = (10, 15, 20, 30, 45, 60)
NO_PROPS = ""
"""The key of the chip that says that I have nothing at hand."""
NOT_DONE, FAVOURITES = "not-done", "favourites"
_MOST_PROPS, _MOST_AREAS = 12, 14


class SearchFilters(QScrollArea):
    """`changed()`: after the user has switched something; `query` then says what is asked for."""

    changed = Signal()

    def __init__(self, themes: ThemeManager, icons: Icons, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._themes, self._icons, self._vocabulary = themes, icons, vocabulary
        self._choices: Choices | None = None
        self._order: list[tuple[ChipFlow, object]] = []
        self.minutes = ChipFlow("Minutes I have", single=True)
        self.props = ChipFlow("What I have")
        self.areas = ChipFlow("Body area")
        self.kinds = ChipFlow("Contains a phase")
        self.marks = ChipFlow("Classes")
        self.clear_button = Button(themes, icons, "Clear", kind=ButtonKind.LINK, name="Clear the filters")
        self.clear_button.clicked.connect(self.clear)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedWidth(WIDTH + 16)
        self._assemble()
        self.minutes.set_chips([(most, Chip(themes, icons, f"{most} min")) for most in MINUTES])
        self.set_choices(Choices())

    @property
    def query(self) -> Query:
        """What is switched on, without words."""
        props = frozenset(str(one) for one in self.props.on if one != NO_PROPS)
        return Query(
            minutes_at_most=next((one for one in self.minutes.on if isinstance(one, int)), None),
            props=props if self.props.on else None,
            focus=frozenset(str(one) for one in self.areas.on),
            kinds=frozenset(one for one in self.kinds.on if isinstance(one, PhaseKind)),
            not_done=NOT_DONE in self.marks.on,
            favourites=FAVOURITES in self.marks.on,
        )

    @property
    def last(self) -> str:
        """The words of the filter that was switched on last, "" for none."""
        return self._order[-1][0].chips[self._order[-1][1]].text() if self._order else ""

    def set_choices(self, choices: Choices) -> None:
        """What the classes of the library need, work on, and hold. What is on stays, even if no class has it now."""
        if choices == self._choices:
            return
        same = self._choices is not None and replace(choices, done=0, minutes={}) == replace(
            self._choices, done=0, minutes={}
        )
        self._choices = choices
        if same:
            return
        words, chip = self._vocabulary, self._chip
        props = list(dict.fromkeys([*list(choices.props)[:_MOST_PROPS], *(str(o) for o in self.props.on if o)]))
        self.props.set_chips(
            [
                *((prop, chip(words.prop_title(prop), icon=words.prop_icon(prop))) for prop in props),
                (NO_PROPS, chip("Nothing")),
            ]
        )
        areas = list(dict.fromkeys([*list(choices.focus)[:_MOST_AREAS], *(str(o) for o in self.areas.on)]))
        self.areas.set_chips(
            [(area, chip(words.focus_title(area), count=choices.focus.get(area, 0))) for area in areas]
        )
        kinds = [kind for kind in PhaseKind if kind in choices.kinds or kind in self.kinds.on]
        titles = {kind: words.phase_kinds[kind].short_title for kind in kinds if kind in words.phase_kinds}
        self.kinds.set_chips([(kind, chip(titles.get(kind, str(kind)), kind=kind)) for kind in kinds])
        self.marks.set_chips(
            [
                (NOT_DONE, chip("Not yet done", icon="check")),
                (FAVOURITES, chip("Favourites", icon="heart")),
            ]
        )
        self._order_of_tab()
        self._areas_head.setVisible(bool(areas))
        self.areas.setVisible(bool(areas))
        self._kinds_head.setVisible(bool(kinds))
        self.kinds.setVisible(bool(kinds))

    @Slot()
    def clear(self) -> None:
        """Switch all off."""
        for flow in self._flows:
            flow.set_on(())
        self._order.clear()
        self._tell()

    @Slot()
    def drop_last(self) -> None:
        """Switch off what was switched on last."""
        if self._order:
            flow, key = self._order.pop()
            flow.set_on([other for other in flow.on if other != key])
            self._tell()

    @property
    def last_stop(self) -> QWidget:
        """The last of its widgets that Tab may stop at."""
        return [chip for flow in self._flows for chip in flow.chips.values()][-1]

    def _order_of_tab(self) -> None:
        """From top to bottom; new chips would come after everything else in the window."""
        stops = [self.clear_button, *(chip for flow in self._flows for chip in flow.chips.values())]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    @property
    def _flows(self) -> tuple[ChipFlow, ...]:
        return (self.minutes, self.props, self.marks, self.areas, self.kinds)

    def _chip(self, text: str, *, icon: str = "", kind: PhaseKind | None = None, count: int | None = None) -> Chip:
        return Chip(self._themes, self._icons, text, icon=icon, kind=kind, count=count)

    def _assemble(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(5, 4, 11, 24)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(TextLine(self._themes, "heading", "Filters"))
        head.addStretch(1)
        head.addWidget(self.clear_button)
        column.addLayout(head)
        self._heads: list[TextLine] = []
        for flow in self._flows:
            line = TextLine(self._themes, "body", flow.accessibleName(), weight=500)
            self._heads.append(line)
            column.addSpacing(18 if self._heads[1:] else 10)
            column.addWidget(line)
            column.addSpacing(8)
            column.addWidget(flow)
            flow.toggled.connect(self._toggled)
        self._areas_head, self._kinds_head = self._heads[3], self._heads[4]
        column.addStretch(1)
        self.setWidget(inside)

    @Slot(object)
    def _toggled(self, key: object) -> None:
        flow = self.sender()
        if not isinstance(flow, ChipFlow):
            return
        if flow is self.props and key in flow.on:  # nothing, and something, exclude each other
            flow.set_on((NO_PROPS,) if key == NO_PROPS else [one for one in flow.on if one != NO_PROPS])
        self._order = [(other, one) for other, one in self._order if one in other.on and (other, one) != (flow, key)]
        if key in flow.on:
            self._order.append((flow, key))
        self._tell()

    def _tell(self) -> None:
        self.clear_button.setEnabled(bool(self._order))
        self.changed.emit()
