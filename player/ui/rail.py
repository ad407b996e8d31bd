# SPDX-License-Identifier: GPL-3.0-or-later
"""The rail at the left: the places one can go to, and how the program looks. Main thread."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from player.ui.icons import Icons
from player.ui.theme import ThemeManager, ThemeMode
from player.ui.widgets.mark import Mark
from player.ui.widgets.menu import Menu
from player.ui.widgets.pressable import Pressable
from player.ui.widgets.roving import Roving
from player.ui.widgets.text import paint_line

WIDE, NARROW = 84, 64
"""Widths of the rail with and without words, px."""

_MODES = ((ThemeMode.SYSTEM, "As the system"), (ThemeMode.DARK, "Dark"), (ThemeMode.LIGHT, "Light"))


class Place(StrEnum):
    """Where one can go."""

    HOME = "home"
    SERIES = "series"
    SEARCH = "search"


class RailItem(Pressable):
    """A place: icon over its name; in a narrow rail only the icon, with a tooltip."""

    def __init__(self, themes: ThemeManager, icons: Icons, text: str, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes, self._icons, self._icon = themes, icons, icon
        self._words = True
        self.focus_radius = 12
        self.setText(text)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    def set_words(self, words: bool) -> None:
        self._words = words
        self.setToolTip("" if words else self.accessibleName())
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(68, 60) if self._words else QSize(48, 48)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        surface = ""
        if self.isChecked():
            surface = "rail_selected"
        elif self.isDown():
            surface = "pressed"
        elif self.underMouse() and self.isEnabled():
            surface = "row_hover"
        if surface:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(surface))
            painter.drawRoundedRect(QRectF(self.rect()), 12, 12)
        colour = "text_1" if self.isChecked() else "text_2"
        if not self.isEnabled():
            colour = "text_disabled"
        top = 8 if self._words else (self.height() - 24) / 2
        self._icons.paint(painter, QRectF((self.width() - 24) / 2, top, 24, 24), self._icon, theme.color(colour))
        if self._words:
            box = QRectF(0, 36, self.width(), 16)
            paint_line(painter, theme, self.text(), box, role="key", colour=colour, align=Qt.AlignmentFlag.AlignHCenter)


class Rail(QWidget):
    """Mark, places, and at the bottom the choice of appearance.

    `place_chosen(Place)` when a place is pressed; the window answers with `set_current`. `mode_chosen(ThemeMode)`
    after the look was changed here (the theme has then changed already; the window remembers it).
    """

    place_chosen = Signal(object)
    mode_chosen = Signal(object)

    def __init__(self, themes: ThemeManager, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes, self._icons = themes, icons
        self._current: Place | None = None
        self._items = {
            Place.HOME: RailItem(themes, icons, "Home", "home", self),
            Place.SERIES: RailItem(themes, icons, "Series", "series", self),
            Place.SEARCH: RailItem(themes, icons, "Search", "search", self),
        }
        self._look = RailItem(themes, icons, "Look", "moon", self)
        self._look.setAccessibleName("Look: dark or light")
        self._menu = Menu(self)
        self._build_menu()
        self._look.clicked.connect(self._open_menu)
        for place, item in self._items.items():
            item.setCheckable(True)
            item.clicked.connect(partial(self._choose, place))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 24, 8, 16)
        layout.setSpacing(6)
        layout.addWidget(Mark(themes), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(24)
        for item in self._items.values():
            layout.addWidget(item)
        layout.addStretch(1)
        layout.addWidget(self._look)
        self._roving = Roving(lambda: 1, self)
        self._roving.set_widgets((*self._items.values(), self._look))
        self.setAccessibleName("Places")
        self.setFixedWidth(WIDE)
        themes.changed.connect(self._retheme)
        self.set_series_known(False)
        self._retheme()

    @property
    def current(self) -> Place | None:
        return self._current

    def set_current(self, place: Place | None) -> None:
        """Mark the place that is shown; None marks none."""
        self._current = place
        for other, item in self._items.items():
            item.setChecked(other is place)

    def set_series_known(self, known: bool) -> None:
        """Series is a place only when there is one."""
        self._items[Place.SERIES].setVisible(known)

    def set_narrow(self, narrow: bool) -> None:
        """Only icons (a window under 1040 px)."""
        self.setFixedWidth(NARROW if narrow else WIDE)
        for item in (*self._items.values(), self._look):
            item.set_words(not narrow)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("rail"))
        left = self.width() - 1 if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else 0
        painter.fillRect(left, 0, 1, self.height(), theme.color("hairline"))

    def _build_menu(self) -> None:
        group = QActionGroup(self._menu)
        for mode, words in _MODES:
            action = self._menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(self._themes.mode is mode)
            action.triggered.connect(partial(self._choose_mode, mode))
            group.addAction(action)

    @Slot()
    def _open_menu(self) -> None:
        for action, (mode, _words) in zip(self._menu.actions(), _MODES, strict=True):
            action.setChecked(self._themes.mode is mode)
        place = self._look.mapToGlobal(self._look.rect().topRight())
        place.setX(place.x() + 8)
        place.setY(place.y() + self._look.height() - self._menu.sizeHint().height())
        self._menu.popup(place)

    def _choose(self, place: Place) -> None:
        self.set_current(self._current)  # pressing alone does not lead there
        self.place_chosen.emit(place)

    def _choose_mode(self, mode: ThemeMode) -> None:
        self._themes.set_mode(mode)
        self.mode_chosen.emit(mode)

    @Slot()
    def _retheme(self) -> None:
        self._look.set_icon("moon" if self._themes.theme.dark else "sun")
        self.update()
