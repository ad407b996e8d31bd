# SPDX-License-Identifier: GPL-3.0-or-later
"""What a page shows while a folder is held over the window. Main thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from player.ui.icons import Icons
from player.ui.theme import ThemeManager
from player.ui.widgets.text import paint_line


class DropOverlay(QWidget):
    """Covers its parent; shown and hidden by whoever sees the drag. Takes no input itself."""

    def __init__(self, themes: ThemeManager, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes, self._icons, self._over = themes, icons, parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("Drop to add these classes")
        parent.installEventFilter(self)
        self.hide()

    def set_shown(self, shown: bool) -> None:
        self.setGeometry(self._over.rect())
        self.setVisible(shown)
        self.raise_()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._over:
            self.setGeometry(self._over.rect())
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = theme.color("window")
        veil.setAlphaF(0.9)
        painter.fillRect(self.rect(), veil)
        card = QRectF(self.rect()).adjusted(24, 24, -24, -24)
        painter.setPen(QPen(theme.color("text_1"), 1.5))
        painter.setBrush(theme.color("on"))
        painter.drawRoundedRect(card, theme.radius("dialog"), theme.radius("dialog"))
        middle = card.center()
        icon = QRectF(middle.x() - 14, middle.y() - 50, 28, 28)
        self._icons.paint(painter, icon, "import", theme.color("text_1"))
        centre = Qt.AlignmentFlag.AlignHCenter
        title = QRectF(card.left(), middle.y() - 12, card.width(), 36)
        paint_line(painter, theme, "Drop to add these classes", title, role="title_1", colour="text_1", align=centre)
        words = QRectF(card.left(), middle.y() + 30, card.width(), 24)
        help_text = "Files stay where they are."
        paint_line(painter, theme, help_text, words, role="body_large", colour="text_2", align=centre)
