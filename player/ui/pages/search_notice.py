# SPDX-License-Identifier: GPL-3.0-or-later
"""What the search says in the place of results: how to begin, that nothing was found, that something went wrong, each
with one way on. Main thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from player.domain.query import Query
from player.ui.icons import Icons
from player.ui.theme import ThemeManager
from player.ui.widgets.button import Button, ButtonSize
from player.ui.widgets.text import TextBlock


class Notice(QWidget):
    """`pressed` when the button is."""

    pressed = Signal()

    def __init__(self, themes: ThemeManager, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_error = False
        self.sentence = TextBlock(themes, "body_large", colour="text_1")
        self.more = TextBlock(themes, "body", colour="text_2")
        self.button = Button(themes, icons, "Try again", size=ButtonSize.MEDIUM)
        self.button.clicked.connect(self.pressed)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 16, 32, 0)
        column.setSpacing(8)
        column.addWidget(self.sentence)
        column.addWidget(self.more)
        column.addSpacing(8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_error(self, sentence: str) -> None:
        """What went wrong; the button tries again."""
        self._say(sentence, "", "Try again")
        self.is_error = True

    def show_answer(self, query: Query, last_filter: str, *, empty_library: bool) -> None:
        """Why there are no results for `query`. `last_filter` is the one that was switched on last."""
        if empty_library:
            self._say("There are no classes yet.", "Add a folder of classes on Home, then look for them here.", "Home")
        elif not query.text and not query.has_filters:
            self._say(
                "What would you like to do?",
                "Type a word: a class, a phase, a body area, or something that is said. Or say how long you have and "
                "what is at hand.",
                "",
            )
        elif query.text and not query.has_filters:
            self._say(f"Nothing was found for “{query.text}”.", "Try fewer words, or only their beginnings.", "Clear")
        else:
            what = f"Nothing was found for “{query.text}” with these filters." if query.text else "No class fits."
            self._say(what, "Leave out a filter to see more.", f"Without “{last_filter}”" if last_filter else "Clear")

    def _say(self, sentence: str, more: str, button: str) -> None:
        self.is_error = False
        self.sentence.set_text(sentence)
        self.more.set_text(more)
        self.more.setVisible(bool(more))
        self.button.set_label(button or "Clear")
        self.button.setVisible(bool(button))
        self.setAccessibleName(f"{sentence} {more}".strip())
