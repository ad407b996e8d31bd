# SPDX-License-Identifier: GPL-3.0-or-later
"""The phase line as a control over a picture. Knows phases and times, nothing of playing. Main thread.

The painting itself is in phase_painter; its names are given here too, for who wants only the painter.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, QVariantAnimation, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget
from typing_extensions import override

from player.domain.models import Phase
from player.domain.playing import Loop
from player.domain.times import format_clock
from player.ui.icons import Icons
from player.ui.theme import Theme
from player.ui.widgets.loop_posts import LoopPosts
from player.ui.widgets.phase_painter import (
    PhaseLayout,
    PhaseLineColours,
    PhaseLineStyle,
    PhaseLineStyles,
    Segment,
    lay_out,
    paint_phase_line,
)
from player.ui.widgets.video_panel import video_painter

__all__ = [
    "MARGIN", "PhaseLayout", "PhaseLine", "PhaseLineColours", "PhaseLineStyle", "PhaseLineStyles", "lay_out",
    "paint_phase_line",
]  # fmt: skip

MARGIN = 8
"""Px left and right of the line, for what stands over its ends."""
HIT_HEIGHT = 32
STEP_MS = 10_000
"""How far Left and Right lead where there are no phases."""
KEY_STAYS_MS = 2_000
"""So long `hovered` stands after a key."""
NAMES_HEIGHT = 20
GLYPH = 16
_TAB_REASONS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class PhaseLine(QAbstractSlider):
    """The phases of a class with the position. A click or a drag seeks, live; with keyboard focus Left and Right
    go to the start of the phase before or after (without phases: 10 s), Home and End to the ends.

    As a slider (so screen readers know it) its value is in seconds; what seeks is `seek_requested`.
    """

    focus_ring = False
    focus_over_video = True

    seek_requested = Signal(int)
    """A position in ms."""
    hovered = Signal(int, float)
    """The time under the pointer (or where a key has just led) in ms, and its px in this widget; -1 when the pointer
    has left and no key was pressed for a while."""

    def __init__(self, theme: Theme, icons: Icons, *, floor: bool = False, parent: QWidget | None = None) -> None:
        """`floor`: the size for two metres away, without names and with the times below."""
        super().__init__(parent)
        self._theme, self._icons, self._floor = theme.video, icons, floor
        styles = PhaseLineStyles.of_tokens(theme.raw)
        self._style = styles.floor if floor else styles.player
        self._colours = PhaseLineColours.of_theme(self._theme, "panel_opaque")
        self._glyph_from = float(theme.raw["phase_line"]["glyph_from_width"])
        self._name_from = float(theme.raw["phase_line"]["name_elide_below"])
        self._phases: tuple[Phase, ...] = ()
        self._duration_ms = 0
        self._position_ms = 0
        self.posts = LoopPosts(self)
        self._hover: int | None = None
        self._hover_ms: int | None = None
        self._ring = False
        self._following = False
        self._less_motion = False
        self._layout = PhaseLayout((Segment(0, 1, 0, 1, None),))
        self._grown: dict[int, float] = {}
        self._grown_from: dict[int, float] = {}
        motion = theme.motion("segment_grow")
        self._growth = QVariantAnimation(self)
        self._growth.setDuration(motion.ms)
        self._growth.setEasingCurve(motion.curve)
        self._growth.setStartValue(0.0)
        self._growth.setEndValue(1.0)
        self._growth.valueChanged.connect(self._grow)
        self._key_timer = QTimer(self, singleShot=True, interval=KEY_STAYS_MS)
        self._key_timer.timeout.connect(self._tell_hover)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self.sizeHint().height())
        self.valueChanged.connect(self._asked_by_value)
        self._tell()

    # What it shows

    def set_class(self, phases: Sequence[Phase], duration_ms: int) -> None:
        """Another class."""
        self._phases, self._duration_ms = tuple(phases), duration_ms
        self._position_ms, self._hover, self._hover_ms = 0, None, None
        self.posts.set_loop(None, None)
        self._following = True
        self.setRange(0, duration_ms // 1000)
        self.setPageStep(10)
        self._following = False
        self._lay_out()
        self._grown = dict.fromkeys(self._wanted(), 1.0)
        self._tell()
        self.update()

    def set_position(self, position_ms: int) -> None:
        """Where playing is. While somebody drags, the hand decides."""
        if self.isSliderDown() or position_ms == self._position_ms:
            return
        self._show_position(position_ms)

    def set_loop(self, loop: Loop | None, start_ms: int | None = None) -> None:
        """What repeats, or the start of what is to; `posts` tells when a hand moves its ends."""
        self.posts.set_loop(loop, start_ms)
        self._tell()
        self.update()

    def set_less_motion(self, less: bool) -> None:
        """Whether segments grow at once."""
        self._less_motion = less

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Where the phases are, in px of this widget."""
        return self._layout.segments

    @property
    def position_ms(self) -> int:
        return self._position_ms

    def _show_position(self, position_ms: int) -> None:
        before = self._position_ms
        self._position_ms = position_ms
        index = self._layout.index_of(position_ms)
        new_phase = index != self._layout.index_of(before)
        if new_phase:
            self._start_growth()
        self._following = True
        self.setValue(position_ms // 1000)
        self._following = False
        ratio = self.devicePixelRatioF()
        moved = round(self._layout.x_at(position_ms) * ratio) != round(self._layout.x_at(before) * ratio)
        if moved or new_phase or (self._floor and position_ms // 1000 != before // 1000):
            self.update()
        if position_ms // 1000 != before // 1000:
            self._tell()

    def _tell(self) -> None:
        place = f"{format_clock(self._position_ms)} of {format_clock(self._duration_ms)}"
        phase = self._phases[self._layout.index_of(self._position_ms)].title if self._phases else ""
        self.setAccessibleName("Place in the class")
        self.setAccessibleDescription(", ".join(words for words in (phase, place, self.posts.words) if words))

    # Place and growth

    def _line_rect(self) -> QRectF:
        """The line's own band, as high as its hit area."""
        if self._floor:
            return QRectF(MARGIN, 26, self.width() - 2 * MARGIN, HIT_HEIGHT)
        return QRectF(MARGIN, self.height() - HIT_HEIGHT, self.width() - 2 * MARGIN, HIT_HEIGHT)

    def _lay_out(self) -> None:
        rect = self._line_rect()
        self._layout = lay_out(
            self._phases,
            self._duration_ms,
            left=rect.left(),
            width=rect.width(),
            style=self._style,
            ratio=self.devicePixelRatioF(),
        )
        self.posts.set_places(self._layout, rect)

    def _wanted(self) -> set[int]:
        if not self._phases:
            return set()
        current = {self._layout.index_of(self._position_ms)}
        return current if self._hover is None else current | {self._hover}

    def _start_growth(self) -> None:
        self._growth.stop()
        wanted = self._wanted()
        if self._less_motion or not self.isVisible():
            self._grown = dict.fromkeys(wanted, 1.0)
            return
        self._grown_from = {index: self._grown.get(index, 0.0) for index in {*self._grown, *wanted}}
        self._growth.start()

    @Slot(object)
    def _grow(self, share: float) -> None:
        wanted = self._wanted()
        grown = {
            index: start + share * ((1.0 if index in wanted else 0.0) - start)
            for index, start in self._grown_from.items()
        }
        self._grown = {index: value for index, value in grown.items() if value > 0.001}
        self.update()

    # Pointer and keys

    def _set_hover(self, x: float | None) -> None:
        index = None if x is None or not self._phases else self._layout.index_at(x)
        self._hover_ms = None if x is None else self._layout.ms_at(x)
        if index != self._hover:
            self._hover = index
            self._start_growth()
        self.update()
        self._key_timer.stop()
        self._tell_hover()

    @Slot()
    def _tell_hover(self) -> None:
        if self._hover_ms is None:
            self.hovered.emit(-1, 0.0)
        else:
            self.hovered.emit(self._hover_ms, self._layout.x_at(self._hover_ms))

    def _seek_to_x(self, x: float) -> None:
        position_ms = self._layout.ms_at(x)
        self._show_position(position_ms)
        self.seek_requested.emit(position_ms)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self._duration_ms:
            return
        if event.position().y() < self._line_rect().top() and not self._floor:
            if self._phases:
                self.seek_requested.emit(self._phases[self._layout.index_at(event.position().x())].start_ms)
            return
        self.setSliderDown(True)
        self._seek_to_x(event.position().x())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_hover(event.position().x())
        if self.isSliderDown():
            self._seek_to_x(event.position().x())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._set_hover(None)

    def _target_of_key(self, key: int) -> int | None:
        """Where a key leads, in ms; None where it means nothing here."""
        if not self._duration_ms:
            return None
        if key == Qt.Key.Key_Home:
            return 0
        if key == Qt.Key.Key_End:
            return self._duration_ms
        if key not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return None
        if not self._phases:
            step = STEP_MS if key == Qt.Key.Key_Right else -STEP_MS
            return max(0, min(self._position_ms + step, self._duration_ms))
        index = self._layout.index_of(self._position_ms) + (1 if key == Qt.Key.Key_Right else -1)
        return self._phases[max(0, min(index, len(self._phases) - 1))].start_ms

    @override
    def event(self, event: QEvent) -> bool:
        """Our keys are ours while we have focus, even where a shortcut wants them."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._target_of_key(event.key()) is not None
            and event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        ):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        target = self._target_of_key(event.key())
        if target is None:
            event.ignore()
            return
        self._show_position(target)
        self.seek_requested.emit(target)
        self.hovered.emit(target, self._layout.x_at(target))
        self._key_timer.start()

    @Slot(int)
    def _asked_by_value(self, seconds: int) -> None:
        """A screen reader has set the value."""
        if not self._following:
            self.seek_requested.emit(seconds * 1000)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() in _TAB_REASONS
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        super().focusOutEvent(event)
        if self._key_timer.isActive():
            self._key_timer.stop()
            self._tell_hover()
        self.update()

    # Painting

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, 96 if self._floor else NAMES_HEIGHT - 4 + HIT_HEIGHT)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = video_painter(self)
        rect = self._line_rect()
        position = self._position_ms if self._duration_ms else None
        paint_phase_line(
            painter,
            rect,
            self._phases,
            self._duration_ms,
            position,
            style=self._style,
            colours=self._colours,
            grown=self._grown,
            loop=self.posts.shown,
        )
        if self._hover_ms is not None and not self.isSliderDown():
            x = round(self._layout.x_at(self._hover_ms))
            height = self._style.height_current + 4
            painter.fillRect(QRectF(x - 1, rect.center().y() - height / 2, 2, height), self._theme.color("text_1"))
        if self._ring and self.hasFocus():
            self._paint_ring(painter, rect)
        if self._floor:
            self._paint_times(painter, rect)
        else:
            self._paint_names(painter)

    def _paint_ring(self, painter: QPainter, rect: QRectF) -> None:
        segment = self._layout.segments[self._layout.index_of(self._position_ms)]
        height = self._style.height_current if self._phases else self._style.height
        box = QRectF(segment.left, rect.center().y() - height / 2, segment.right - segment.left, height)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color("focus"), 2))
        painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), self._style.radius + 3, self._style.radius + 3)

    def _paint_names(self, painter: QPainter) -> None:
        current = self._layout.index_of(self._position_ms)
        for index, (phase, segment) in enumerate(zip(self._phases, self._layout.segments, strict=False)):
            width = segment.right - segment.left
            if width < self._name_from:
                continue
            strong = index == current
            left = segment.left
            if width >= self._glyph_from:
                colours = self._theme.phase(phase.kind)
                self._icons.paint(painter, QRectF(round(left), 2, GLYPH, GLYPH), colours.glyph, colours.solid)
                left += GLYPH + 6
            font = self._theme.font("small", weight=600 if strong else None)
            metrics = QFontMetricsF(font)
            text = metrics.elidedText(phase.title, Qt.TextElideMode.ElideRight, segment.right - left)
            painter.setFont(font)
            painter.setPen(self._theme.color("text_1" if strong or index == self._hover else "text_2"))
            painter.drawText(QPointF(left, 10 + metrics.capHeight() / 2), text)

    def _paint_times(self, painter: QPainter, rect: QRectF) -> None:
        """From the floor: the position under its bar, the length at the right."""
        scale = self._theme.size("floor", "time_small") / self._theme.role("small").size
        font = self._theme.font("small", scale)
        metrics = QFontMetricsF(font)
        baseline = rect.center().y() + 28 + metrics.capHeight() / 2
        total, here = format_clock(self._duration_ms), format_clock(self._position_ms)
        total_left = rect.right() - metrics.horizontalAdvance(total) - 2
        width = metrics.horizontalAdvance(here)
        left = min(max(rect.left(), self._layout.x_at(self._position_ms) - width / 2), rect.right() - width)
        painter.setFont(font)
        if left + width + 20 < total_left:
            painter.setPen(self._theme.color("text_2"))
            painter.drawText(QPointF(total_left, baseline), total)
        painter.setPen(self._theme.color("text_1"))
        painter.drawText(QPointF(left, baseline), here)
