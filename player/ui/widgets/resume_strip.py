# SPDX-License-Identifier: GPL-3.0-or-later
"""Says over the picture where a class was taken up, and offers to begin earlier. Knows no player. Main thread."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from player.domain.times import format_clock
from player.ui.icons import Icons
from player.ui.theme import Theme
from player.ui.widgets.video_button import VideoButton, VideoLook
from player.ui.widgets.video_panel import VideoPanel, video_painter

STAYS_MS = 10_000
_HEIGHT, _PAD, _GAP, _BUTTON = 56, 18, 8, 36
_LONGEST_PHASE = 24


class ResumeStrip(VideoPanel):
    """Playing goes on meanwhile; it goes away by itself, later while the pointer or the focus is on it."""

    phase_requested = Signal()
    """The start of the running phase."""
    beginning_requested = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._words = ""
        self._scale = 1.0

        def button(words: str, wish: Signal) -> VideoButton:
            look = VideoLook.FILLED
            made = VideoButton(theme, icons, "", words, text=words, look=look, size=_BUTTON, font_px=14, parent=self)
            made.clicked.connect(self.go)
            made.clicked.connect(wish)
            return made

        self.phase = button("Start of this phase", self.phase_requested)  # type: ignore[arg-type]
        self.beginning = button("From the beginning", self.beginning_requested)  # type: ignore[arg-type]
        self._timer = QTimer(self, singleShot=True, interval=STAYS_MS)
        self._timer.timeout.connect(self._time_over)
        self.set_shown(False)

    @property
    def words(self) -> str:
        return self._words

    def set_scale(self, scale: float) -> None:
        """1 at the desk; larger from the floor."""
        self._scale = scale
        self.set_radius(round(16 * scale))
        for button in (self.phase, self.beginning):
            button.set_sizes(round(_BUTTON * scale), icon_size=0, radius=round(10 * scale), font_px=round(14 * scale))
        self._arrange()

    def offer(self, resumed_ms: int, phase: str, *, at_phase_start: bool) -> None:
        """The class was taken up at `resumed_ms`, in the phase of this name ("" for none). `at_phase_start`: there
        is nothing earlier in the phase."""
        self._words = f"Resumed at {format_clock(resumed_ms)}"
        short = phase if len(phase) <= _LONGEST_PHASE else f"{phase[: _LONGEST_PHASE - 1].rstrip()}…"
        self.phase.set_words(f"Start of {short}", "")
        self.phase.setVisible(bool(phase) and not at_phase_start)
        self.setAccessibleName(self._words)
        self._arrange()
        self.set_shown(True, self.theme.motion("panel_in").ms)
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    @Slot()
    def go(self) -> None:
        """It is of no use any more."""
        self._timer.stop()
        if self.shown:
            self.set_shown(False, self.theme.motion("panel_out").ms)

    @Slot()
    def _time_over(self) -> None:
        if self.underMouse() or self.phase.hasFocus() or self.beginning.hasFocus():
            self._timer.start()
        else:
            self.go()

    def _arrange(self) -> None:
        scale = self._scale
        words = QFontMetricsF(self.theme.font("body_large", scale)).horizontalAdvance(self._words)
        x = _PAD * scale + words + 2 * _GAP * scale
        top = round((_HEIGHT - _BUTTON) / 2 * scale)
        for button in (self.phase, self.beginning):
            if button.isHidden():
                continue
            width = button.sizeHint().width()
            button.setGeometry(round(x), top, width, round(_BUTTON * scale))
            x += width + _GAP * scale
        self.setFixedSize(math.ceil(x + 2 * scale), round(_HEIGHT * scale))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = video_painter(self)
        font = self.theme.font("body_large", self._scale)
        painter.setFont(font)
        painter.setPen(self.theme.color("text_1"))
        baseline = (self.height() + QFontMetricsF(font).capHeight()) / 2
        painter.drawText(QPointF(_PAD * self._scale, baseline), self._words)
