# SPDX-License-Identifier: GPL-3.0-or-later
"""A small field over the picture that asks for a time. Knows nothing of playing. Main thread."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from player.domain.errors import UsageError
from player.domain.times import format_clock, parse_time_ms
from player.ui.theme import Theme
from player.ui.widgets.video_panel import VideoPanel, video_painter

_WIDTH, _HEIGHT, _PAD = 300, 124, 18
_FIELD = 44
_HINT = "1:30 is a place, +30 or -30 is a way from here."


def wanted_ms(text: str, here_ms: int, duration_ms: int) -> int:
    """The place that `text` means: "90", "1:30", or from here "+30", "-1:30". Raises UsageError for what is no time
    or beyond the end; a way back ends at the beginning, a way on at the end."""
    text = text.strip()
    if text[:1] in ("+", "-", "\u2212"):
        step_ms = parse_time_ms(text[1:])
        return max(0, min(here_ms + (step_ms if text[0] == "+" else -step_ms), duration_ms))
    wanted = parse_time_ms(text)
    if wanted > duration_ms:
        raise UsageError(f"This class lasts {format_clock(duration_ms)}.")
    return wanted


class TimeField(VideoPanel):
    """Nothing until `ask`. Enter goes to the time that was written, Esc goes away; a time that makes no sense is
    answered in words and can be mended."""

    chosen = Signal(int)
    """The place in ms."""
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._here_ms = self._duration_ms = 0
        self._words, self._wrong = _HINT, False
        self._scale = 1.0
        self.edit = QLineEdit(self)
        self.edit.setAccessibleName("Go to a time")
        self.edit.setMaxLength(16)
        self.edit.returnPressed.connect(self._choose)
        self.edit.textEdited.connect(self._mend)
        self.set_scale(1.0)
        self.set_shown(False)

    @property
    def words(self) -> str:
        """What stands under the field."""
        return self._words

    def set_scale(self, scale: float) -> None:
        """1 at the desk; larger from the floor."""
        self._scale = scale
        widest = max(QFontMetricsF(self.theme.font("small")).horizontalAdvance(_HINT) + 2 * _PAD, _WIDTH)
        self.setFixedSize(math.ceil(widest * scale), round(_HEIGHT * scale))
        self.set_radius(round(self.theme.radius("panel") * scale))
        side = round(_PAD * scale)
        self.edit.setGeometry(side, round(44 * scale), self.width() - 2 * side, round(_FIELD * scale))
        self.edit.setFont(self.theme.font("body_large", scale))
        names = ("window", "text_1", "field_edge", "on")
        body, ink, edge, chosen = (self.theme.color(name).name() for name in names)
        px = round(self.theme.role("body_large").size * scale)
        self.edit.setStyleSheet(
            f"QLineEdit {{ background: {body}; color: {ink}; border: 2px solid {edge}; border-radius: 10px;"
            f" padding: 0 {round(10 * scale)}px; font-size: {px}px; min-height: 0;"
            f" selection-background-color: {chosen}; selection-color: {ink}; }}"
            f"QLineEdit:focus {{ border-color: {ink}; }}"
        )

    def ask(self, here_ms: int, duration_ms: int) -> None:
        """Show the field with the present time in it, ready to be written over."""
        self._here_ms, self._duration_ms = here_ms, duration_ms
        self._words, self._wrong = _HINT, False
        self.edit.setText(format_clock(here_ms))
        self.edit.setAccessibleDescription(_HINT)
        self.set_shown(True)
        self.raise_()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def close_field(self) -> None:
        """Go away; nothing is chosen."""
        if self.shown:
            self.set_shown(False)
            self.closed.emit()

    @Slot()
    def _choose(self) -> None:
        try:
            wanted = wanted_ms(self.edit.text(), self._here_ms, self._duration_ms)
        except UsageError as error:
            self._words, self._wrong = str(error), True
            self.edit.setAccessibleDescription(self._words)
            self.edit.selectAll()
            self.update()
            return
        self.close_field()
        self.chosen.emit(wanted)

    @Slot()
    def _mend(self) -> None:
        if self._wrong:
            self._words, self._wrong = _HINT, False
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = video_painter(self)
        painter.scale(self._scale, self._scale)
        width = self.width() / self._scale - 2 * _PAD
        for words, role, y, colour in (
            ("Go to a time", "body_large", 26, "text_1"),
            (self._words, "small", 106, "error" if self._wrong else "text_2"),
        ):
            font = self.theme.font(role, weight=600 if role != "small" else None)
            metrics = QFontMetricsF(font)
            painter.setFont(font)
            painter.setPen(self.theme.color(colour))
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
            painter.drawText(QPointF(_PAD, y + metrics.capHeight() / 2), shown)
