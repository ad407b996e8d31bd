# SPDX-License-Identifier: GPL-3.0-or-later
"""The menus of the import preview. What their entries do is given. Main thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from player.domain.plan import PlannedSeries
from player.ui.widgets.menu import Entry, Menu, filled_menu

_MOST_TARGETS = 25


def series_menu(
    parent: QWidget,
    series: Sequence[PlannedSeries],
    index: int,
    *,
    rename: Callable[[], object],
    leave_out: Callable[[], object],
    merge: Callable[[int], object],
) -> Menu:
    """What can be done with the series at `index`; `merge` is told the place of another one."""
    menu = filled_menu(parent, (Entry("Rename", rename), Entry("Leave out", leave_out)))
    others = [place for place in range(len(series)) if place != index][:_MOST_TARGETS]
    if others:
        into = Menu(menu)
        into.setTitle("Put together with")
        for place in others:
            into.addAction(series[place].title).triggered.connect(partial(_merge, merge, place))
        menu.addMenu(into)
    return menu


def class_menu(
    parent: QWidget,
    *,
    whole: bool,
    edit: Callable[[], object],
    section: Callable[[], object],
    move: Callable[[int], object],
    split: Callable[[], object],
    leave_out: Callable[[], object],
    pieces: tuple[str, Callable[[], object]] | None,
) -> Menu:
    """What can be done with the chosen classes. `whole`: they are all classes of their series. `pieces`: what can
    be done about a class that lies in several files, and its words."""
    return filled_menu(
        parent,
        (
            Entry("Edit number and title", edit),
            Entry("Put into a section", section),
            None,
            Entry("Move up", partial(move, -1)),
            Entry("Move down", partial(move, 1)),
            Entry("Make a series of its own", split, not whole, "These are all classes of the series"),
            *([Entry(*pieces)] if pieces is not None else []),
            None,
            Entry("Leave out", leave_out),
        ),
    )


def popup(menu: Menu, place: QPoint) -> None:
    """Show a menu that goes when it is closed."""
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(place)


def _merge(merge: Callable[[int], object], place: int, _checked: bool = False) -> None:
    merge(place)
