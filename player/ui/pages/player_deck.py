# SPDX-License-Identifier: GPL-3.0-or-later
"""The deck of the player at the desk: everything one can press. Main thread.

It follows the controller by itself; what concerns the page (lists, full screen) it tells by signals.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFontMetricsF, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from player.domain.playing import PlayerState
from player.domain.times import format_clock
from player.playback.controller import PlaybackController
from player.ui.icons import Icons
from player.ui.theme import Theme
from player.ui.widgets.phase_line import MARGIN, PhaseLine
from player.ui.widgets.video_button import VideoButton, VideoLook
from player.ui.widgets.video_panel import VideoPanel, video_painter
from player.ui.widgets.volume import VolumeSlider

RATES = (0.5, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0)
STEP_MS = 10_000
DECK_HEIGHT = 152
_PAD = 25
_ROW_Y = 103
_SLIDER_FROM = 1000
"""Narrower decks do without the slider; the keys and the mute button stay."""


def format_rate(rate: float) -> str:
    """`1×`, `1.25×`"""
    return f"{rate:g}×"


def play_icon(state: PlayerState) -> tuple[str, str]:
    """(icon, name) of the play button."""
    return ("pause-fill", "Pause") if state is PlayerState.PLAYING else ("play-fill", "Play")


class Deck(VideoPanel):
    """The deck at the desk."""

    phases_requested = Signal()
    queue_requested = Signal()
    fullscreen_requested = Signal()

    def __init__(
        self, theme: Theme, icons: Icons, controller: PlaybackController, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._controller = controller
        self._time = self._of = ""
        self.setAccessibleName("Controls")

        def button(icon: str, name: str, key: str = "", *, on: bool = False, text: str = "") -> VideoButton:
            made = VideoButton(theme, icons, icon, name, key=key, text=text, parent=self)
            made.setCheckable(on)
            return made

        self.play = VideoButton(
            theme,
            icons,
            "play-fill",
            "Play",
            key="Space",
            look=VideoLook.PRIMARY,
            size=64,
            icon_size=28,
            radius=32,
            parent=self,
        )
        self.previous = button("prev-phase", "Previous phase", "P")
        self.back = button("back10", "Back 10 seconds", "←")
        self.forward = button("forward10", "Forward 10 seconds", "→")
        self.next = button("next-phase", "Next phase", "N")
        self.loop = button("loop-phase", "Loop this phase", "L", on=True)
        self.speed = button("", "Speed", "[ ]", text="1×")
        self.speed.setFixedSize(52, 44)
        self.mirror = button("mirror", "Mirror", "X", on=True)
        self.captions = button("captions", "Captions", "C", on=True)
        self.captions.hide()
        self.mute = button("volume", "Mute", "Shift+M", on=True)
        self.volume = VolumeSlider(theme, self)
        self.phases = button("phases", "Phase list", "T", on=True)
        self.queue = button("queue", "Queue", "Q", on=True)
        self.fullscreen = button("fullscreen", "Full screen", "F")
        self.line = PhaseLine(theme, icons, parent=self)
        self._speed_menu = self._make_speed_menu()
        self._connect()

    def _make_speed_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        menu.setWindowFlag(Qt.WindowType.NoDropShadowWindowHint)
        menu.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        ink, hover = self.theme.color("text_1").name(), self.theme.color("control").name()
        body, edge = self.theme.color("popover").name(), self.theme.color("hairline_strong").name()
        menu.setStyleSheet(
            f"QMenu {{ background: {body}; border: 1px solid {edge}; border-radius: 12px; padding: 6px; }}"
            f"QMenu::item {{ padding: 8px 24px 8px 12px; border-radius: 8px; background: transparent; color: {ink}; }}"
            f"QMenu::item:selected {{ background: {hover}; }}"
        )
        for rate in reversed(RATES):
            action = QAction(format_rate(rate) + ("  normal" if rate == 1 else ""), menu)
            action.setData(rate)
            action.setCheckable(True)
            menu.addAction(action)
        menu.triggered.connect(self._choose_rate)
        return menu

    def _connect(self) -> None:
        controller = self._controller
        self.play.clicked.connect(controller.toggle)
        self.previous.clicked.connect(controller.previous_phase)
        self.next.clicked.connect(controller.next_phase)
        self.back.clicked.connect(lambda: controller.seek_by(-STEP_MS))
        self.forward.clicked.connect(lambda: controller.seek_by(STEP_MS))
        self.loop.clicked.connect(self._toggle_loop)
        self.speed.clicked.connect(self.open_speed)
        self.mirror.clicked.connect(controller.set_mirrored)
        self.mute.clicked.connect(controller.set_muted)
        self.volume.valueChanged.connect(controller.set_volume)
        self.phases.clicked.connect(self.phases_requested)
        self.queue.clicked.connect(self.queue_requested)
        self.fullscreen.clicked.connect(self.fullscreen_requested)
        self.line.seek_requested.connect(controller.seek)
        self.line.posts.moved.connect(controller.set_loop)
        controller.state_changed.connect(self._show_state)
        controller.class_changed.connect(self._show_class)
        controller.position_changed.connect(self._show_position)
        controller.loop_changed.connect(self._show_loop)
        controller.rate_changed.connect(self._show_rate)
        controller.volume_changed.connect(self._show_volume)
        controller.mirrored_changed.connect(self._show_mirrored)
        self._show_class()
        self._show_state()
        self._show_rate()
        self._show_volume()
        self._show_mirrored()

    @property
    def menu_open(self) -> bool:
        return self._speed_menu.isVisible()

    def stops(self) -> Sequence[QWidget]:
        """What the Tab key visits, in order."""
        row = (self.previous, self.back, self.forward, self.next, self.loop, self.speed, self.mirror)
        rest = (self.phases, self.captions, self.mute, self.volume, self.queue, self.fullscreen, self.line)
        return (self.play, *row, *rest)

    def set_captions(self, there: bool, *, on: bool) -> None:
        """Whether the class has captions, and whether they are shown."""
        self.captions.setChecked(on)
        if there == self.captions.isHidden():
            self.captions.setVisible(there)
            self._place_buttons()

    def set_full_screen(self, full: bool) -> None:
        self.fullscreen.set_icon(*(("exit-fullscreen", "Leave full screen") if full else ("fullscreen", "Full screen")))

    # Following the controller

    @Slot()
    def _show_class(self) -> None:
        timeline = self._controller.timeline
        self.line.set_class(timeline.phases, timeline.duration_ms)
        for button in (self.previous, self.next, self.loop):
            button.setEnabled(bool(timeline.phases))
        self._show_loop()
        self._show_position(self._controller.position_ms)

    @Slot()
    def _show_state(self) -> None:
        self.play.set_icon(*play_icon(self._controller.state))

    @Slot(int)
    def _show_position(self, position_ms: int) -> None:
        self.line.set_position(position_ms)
        time, of = format_clock(position_ms), f"of {format_clock(self._controller.timeline.duration_ms)}"
        if (time, of) != (self._time, self._of):
            self._time, self._of = time, of
            self.update(0, _ROW_Y - 20, self.previous.x() or 240, 40)

    @Slot()
    def _show_loop(self) -> None:
        self.loop.setEnabled(bool(self._controller.timeline.phases) or self._controller.loop is not None)
        self.loop.setChecked(self._controller.loop is not None)
        self.line.set_loop(self._controller.loop, self._controller.loop_start_ms)

    @Slot()
    def _show_rate(self) -> None:
        self.speed.setText(format_rate(self._controller.rate))
        self.speed.set_name(f"Speed, {format_rate(self._controller.rate)}")
        for action in self._speed_menu.actions():
            action.setChecked(action.data() == self._controller.rate)

    @Slot()
    def _show_volume(self) -> None:
        muted = self._controller.muted
        self.volume.set_level(self._controller.volume, muted=muted)
        self.mute.setChecked(muted)
        self.mute.set_icon("mute" if muted else "volume", "Sound on" if muted else "Mute")

    @Slot()
    def _show_mirrored(self) -> None:
        self.mirror.setChecked(self._controller.mirrored)

    @Slot()
    def _toggle_loop(self) -> None:
        self._controller.loop_phase()
        self._show_loop()

    @Slot()
    def open_speed(self) -> None:
        """The list of speeds, above its button."""
        size = self._speed_menu.sizeHint()
        place = self.speed.mapToGlobal(QPoint(self.speed.width() // 2 - size.width() // 2, -size.height() - 8))
        self._speed_menu.popup(place)

    @Slot(QAction)
    def _choose_rate(self, action: QAction) -> None:
        self._controller.set_rate(float(action.data()))

    # Place and painting

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.line.setGeometry(_PAD - MARGIN, 16, self.width() - 2 * (_PAD - MARGIN), self.line.height())
        self.volume.setVisible(self.width() >= _SLIDER_FROM)
        self._place_buttons()

    def _place_buttons(self) -> None:
        sound = (self.captions, self.mute, self.volume)
        right = [self.loop, self.speed, self.mirror, self.phases, *sound, self.queue, self.fullscreen]
        x = self.width() - _PAD
        for widget in reversed(right):
            if widget.isHidden():
                continue
            x -= widget.width()
            widget.move(x, _ROW_Y - widget.height() // 2)
            x -= 2
        middle: list[tuple[QWidget, int]] = [
            (self.previous, 14), (self.back, 16), (self.play, 16), (self.forward, 14), (self.next, 0),
        ]  # fmt: skip
        total = sum(widget.width() + gap for widget, gap in middle)
        left = min((self.width() - total) // 2, x - 12 - total)
        for widget, gap in middle:
            widget.move(left, _ROW_Y - widget.height() // 2)
            left += widget.width() + gap

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = video_painter(self)
        large = self.theme.font("time_large")
        metrics = QFontMetricsF(large)
        baseline = _ROW_Y + metrics.capHeight() / 2
        painter.setFont(large)
        painter.setPen(self.theme.color("text_1"))
        painter.drawText(QPointF(_PAD, baseline), self._time)
        left = _PAD + metrics.horizontalAdvance(self._time) + 8
        painter.setFont(self.theme.font("body_large"))
        painter.setPen(self.theme.color("text_2"))
        if left + QFontMetricsF(painter.font()).horizontalAdvance(self._of) < self.previous.x() - 8:
            painter.drawText(QPointF(left, baseline), self._of)
