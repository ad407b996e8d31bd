# SPDX-License-Identifier: GPL-3.0-or-later
"""Home at the first start: where to drop a folder, and what will come of it. Main thread."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from player.ui.icons import Icons
from player.ui.theme import ThemeManager
from player.ui.widgets.button import Button, ButtonKind
from player.ui.widgets.import_panel import Sign
from player.ui.widgets.picture import paint_picture, rounded
from player.ui.widgets.scene import HEIGHT, WIDTH, room_scene
from player.ui.widgets.text import TextBlock, TextLine

_PADDING = 20
_WORDS_LEAST = 400
_HEIGHT = 496

_PROMISES = (
    ("series", "Order from file names", "“13 Mid Back Release.mp4” becomes class 13.\nFolders inside become sections."),
    (
        "phases",
        "Phases from chapters",
        "Chapters in or beside the file become phases.\nTimes in a description count as well.",
    ),
    ("folder", "Works with the drive unplugged", "Unplugged classes turn grey. Progress and\nphases stay."),
)


class DropCard(QWidget):
    """The card a folder is dropped on. The whole window takes the drop; this shows it."""

    choose_requested = Signal()
    demo_requested = Signal()

    def __init__(self, themes: ThemeManager, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._drag_over = False
        self.choose = Button(themes, icons, "Choose a folder", "folder", kind=ButtonKind.PRIMARY)
        self.demo = Button(themes, icons, "Try the demo series")
        self.choose.clicked.connect(self.choose_requested)
        self.demo.clicked.connect(self.demo_requested)
        self._room = _Room()
        self._assemble(icons)
        self.set_height(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    @property
    def drag_over(self) -> bool:
        return self._drag_over

    def set_height(self, height: int) -> None:
        """The picture grows with the card, in its own proportions."""
        self.setFixedHeight(height)
        self._room.setMaximumWidth(round((height - 2 * _PADDING) * WIDTH / HEIGHT))

    def set_drag_over(self, drag_over: bool) -> None:
        """While a folder hovers, the edge is solid and the surface *on*."""
        self._drag_over = drag_over
        self.update()

    def _assemble(self, icons: Icons) -> None:
        themes = self._themes
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.choose)
        buttons.addWidget(self.demo)
        buttons.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(10)
        column.addWidget(Sign(themes, icons, "import", "text_1", 28))
        column.addSpacing(18)
        for line in ("Drop a folder of", "classes here"):
            column.addWidget(TextLine(themes, "display", line, scale=36 / 42))
            column.addSpacing(3)
        column.addSpacing(16)
        column.addWidget(
            TextBlock(
                themes,
                "body_large",
                "One folder becomes one series. Files stay where they are and are never renamed. "
                "Nothing leaves this computer.",
                colour="text_2",
                scale=16 / 15,
            )
        )
        column.addSpacing(28)
        column.addLayout(buttons)
        column.addSpacing(16)
        note = "The demo has three short classes and is already installed."
        column.addWidget(TextLine(themes, "small", note, colour="text_3"))
        column.addStretch(14)
        words = QWidget()
        words.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        words.setMinimumWidth(_WORDS_LEAST)
        row = QHBoxLayout(self)
        row.setContentsMargins(_PADDING, _PADDING, _PADDING + 12, _PADDING)
        row.setSpacing(56)
        row.addWidget(self._room, 100)
        row.addWidget(words, 1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.color("text_1" if self._drag_over else "field_edge"), 2, c=Qt.PenCapStyle.FlatCap)
        if not self._drag_over:
            pen.setDashPattern([2.2, 2.8])
        painter.setPen(pen)
        painter.setBrush(theme.color("on" if self._drag_over else "card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 20, 20)


class _Room(QWidget):
    """The picture on the drop card."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumWidth(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        picture = room_scene(self.width(), self.height(), self.devicePixelRatioF())
        paint_picture(QPainter(self), picture, rounded(QRectF(self.rect()), 12))


class Welcome(QWidget):
    """The drop card and three promises."""

    def __init__(self, themes: ThemeManager, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = DropCard(themes, icons)
        promises = QHBoxLayout()
        promises.setSpacing(40)
        for icon, title, words in _PROMISES:
            promises.addWidget(_Promise(themes, icons, icon, title, words), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.card)
        column.addSpacing(46)
        column.addLayout(promises)
        column.addStretch(1)

    def set_room(self, height: int) -> None:
        """How high the page is: the card takes what there is, within reason."""
        self.card.set_height(max(380, min(620, _HEIGHT + (height - 800) // 2)))


class _Promise(QWidget):
    def __init__(self, themes: ThemeManager, icons: Icons, icon: str, title: str, words: str) -> None:
        super().__init__()
        text = QVBoxLayout()
        text.setSpacing(4)
        text.addWidget(TextBlock(themes, "heading", title, max_lines=2, scale=15 / 16))
        text.addWidget(TextBlock(themes, "body", words, colour="text_2", line_height=21))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(Sign(themes, icons, icon, "text_2", 24), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(text, 1)
