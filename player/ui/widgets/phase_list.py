# SPDX-License-Identifier: GPL-3.0-or-later
"""The phases of a class as a list over the picture. Knows phases and times, nothing of playing. Main thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from player.domain.models import Phase
from player.domain.times import format_clock, format_left
from player.ui.icons import Icons
from player.ui.theme import Theme
from player.ui.widgets.phase_tile import paint_tile
from player.ui.widgets.ring import centred, paint_ring
from player.ui.widgets.text import paint_line
from player.ui.widgets.video_panel import panel_opacity, scroll_bar_style

ROW_HEIGHT = 74
ROW_COMPACT = 60
_NO_PARENT = QModelIndex()
_PLAYED_OPACITY = 0.6
_KEYS = frozenset({
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_Enter,
})  # fmt: skip
_TAB_REASONS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """One phase as listed. `share` of it has been played; it runs, is done, or is still to come."""

    phase: Phase
    share: float
    running: bool
    looping: bool

    @property
    def done(self) -> bool:
        return not self.running and self.share >= 1

    def detail(self) -> str:
        """`0:30 left` while it runs, else its length and its start."""
        if self.running:
            return f"{format_left(round(self.phase.duration_ms * (1 - self.share)))} left"
        return f"{format_clock(self.phase.duration_ms)} from {format_clock(self.phase.start_ms)}"

    def spoken(self) -> str:
        """The row in words, for screen readers."""
        state = ", runs now" if self.running else ", done" if self.done else ""
        return f"{self.phase.title}, {self.detail()}{state}{', repeats' if self.looping else ''}"


class _PhaseModel(QAbstractListModel):
    """The rows; only the running one changes while a class plays."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._phases: tuple[Phase, ...] = ()
        self._running = -1
        self._position_ms = 0
        self._looping = False

    def set_phases(self, phases: Sequence[Phase]) -> None:
        self.beginResetModel()
        self._phases = tuple(phases)
        self._running, self._position_ms, self._looping = (0 if phases else -1), 0, False
        self.endResetModel()

    def set_place(self, running: int, position_ms: int, *, looping: bool) -> None:
        first, last = sorted((max(0, self._running), max(0, running)))
        self._running, self._position_ms, self._looping = running, position_ms, looping
        if self._phases:
            self.dataChanged.emit(self.index(first), self.index(min(last, len(self._phases) - 1)))

    def row(self, number: int) -> PhaseRow:
        phase = self._phases[number]
        running = number == self._running
        if running:
            share = (self._position_ms - phase.start_ms) / max(1, phase.duration_ms)
        else:
            share = 1.0 if number < self._running else 0.0
        return PhaseRow(phase, min(1.0, max(0.0, share)), running, running and self._looping)

    @property
    def running(self) -> int:
        return self._running

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._phases)

    @override
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return row.phase.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken()
        return None


class _PhaseDelegate(QStyledItemDelegate):
    """Paints a row: tile or ring, name, times, and what stands at the right."""

    def __init__(self, theme: Theme, icons: Icons, model: _PhaseModel, view: PhaseList) -> None:
        super().__init__(view)
        self._theme, self._icons, self._model, self._view = theme.video, icons, model, view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, self._view.row_height)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, scale = self._model.row(index.row()), self._view.scale
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.translate(option.rect.topLeft())
        painter.scale(scale, scale)
        box = QRectF(0, 0, option.rect.width() / scale, option.rect.height() / scale)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        opacity = panel_opacity(self._view)
        painter.setOpacity(opacity)
        self._paint_surface(painter, box, row, hovered=hovered)
        if self._view.ring and index == self._view.currentIndex():
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 13, 13)
        if row.done:
            painter.setOpacity(opacity * _PLAYED_OPACITY)
        self._paint_sign(painter, box, row)
        text = QRectF(box.left() + 66, box.center().y() - 19, box.width() - 66 - 62, 20)
        weight = 600 if row.running else 500
        paint_line(painter, self._theme, row.phase.title, text, role="body_large", colour="text_1", weight=weight)
        painter.setOpacity(opacity)
        paint_line(painter, self._theme, row.detail(), text.translated(0, 20), role="small", colour="text_2")
        self._paint_end(painter, _end_rect(box), row)
        painter.restore()

    def _paint_surface(self, painter: QPainter, box: QRectF, row: PhaseRow, *, hovered: bool) -> None:
        name = "control" if row.running else "row_hover" if hovered else ""
        if name:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(name))
            painter.drawRoundedRect(box, 14, 14)

    def _paint_sign(self, painter: QPainter, box: QRectF, row: PhaseRow) -> None:
        colours = self._theme.phase(row.phase.kind)
        place = QRectF(box.left() + 12, box.center().y() - 20, 40, 40)
        if not row.running:
            paint_tile(painter, self._theme, self._icons, row.phase.kind, centred(place, 32, 32))
            return
        paint_ring(painter, place, row.share, 4, solid=colours.solid, track=colours.ring_track)
        self._icons.paint(painter, centred(place, 20, 20), colours.glyph, colours.solid)

    def _paint_end(self, painter: QPainter, place: QRectF, row: PhaseRow) -> None:
        if row.running:
            if row.looping:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.color("on"))
                painter.drawRoundedRect(place, 12, 12)
            self._icons.paint(painter, centred(place, 20, 20), "loop-phase", self._theme.color("text_1"))
        elif row.done:
            self._icons.paint(painter, centred(place, 20, 20), "check", self._theme.color("text_3"))


def _end_rect(row: QRectF) -> QRectF:
    """The sign at the right of a row, at scale 1."""
    return QRectF(row.right() - 12 - 44, row.center().y() - 22, 44, 44)


class PhaseList(QListView):
    """One stop for the keyboard: Up and Down choose, Enter goes there. A click goes there at once; the sign at
    the right of the running phase repeats it."""

    phase_requested = Signal(int)
    loop_requested = Signal()

    focus_over_video = True

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row_height = self._tall = ROW_HEIGHT
        self._floor_row = theme.size("floor", "row")
        self.scale = 1.0
        self.ring = False
        self._pressed = -1
        self._model = _PhaseModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_PhaseDelegate(theme, icons, self._model, self))
        self.setAccessibleName("Phases")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setAutoFillBackground(False)
        self.setStyleSheet(scroll_bar_style(theme))

    def set_phases(self, phases: Sequence[Phase]) -> None:
        """Another class."""
        self._model.set_phases(phases)
        self.fit_rows()

    def set_place(self, running: int | None, position_ms: int, *, looping: bool) -> None:
        """Where playing is; the running phase is kept in sight."""
        index = -1 if running is None else running
        moved = index != self._model.running
        self._model.set_place(index, position_ms, looping=looping)
        if moved and index >= 0:
            self.setCurrentIndex(self._model.index(index))
            self.scrollTo(self._model.index(index))

    def set_scale(self, scale: float) -> None:
        """1 at the desk; larger from the floor."""
        self.scale = scale
        self._tall = ROW_HEIGHT if scale <= 1 else max(self._floor_row, round(ROW_HEIGHT * scale))
        self.fit_rows()
        self.viewport().update()

    def row(self, number: int) -> PhaseRow:
        """A row as shown."""
        return self._model.row(number)

    def fit_rows(self) -> None:
        """Rows are as high as the design wants where all fit, else compact."""
        fits = self._model.rowCount() * self._tall <= self.height()
        height = self._tall if fits else round(ROW_COMPACT * self.scale)
        if height != self.row_height:
            self.row_height = height
            self.doItemsLayout()

    def end_rect(self, row: QRect) -> QRect:
        """The place of the sign at the right of a row."""
        size = QRectF(0, 0, row.width() / self.scale, row.height() / self.scale)
        place = _end_rect(size)
        inside = QRectF(place.topLeft() * self.scale, place.size() * self.scale).toRect()
        return inside.translated(row.topLeft())

    @override
    def event(self, event: QEvent) -> bool:
        """Our keys are ours while we have focus, even where a shortcut wants them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _KEYS:
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.ring = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.phase_requested.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters are for the shortcuts."""

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.ring = False
        self._pressed = self.indexAt(event.position().toPoint()).row()
        super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        pressed, self._pressed = self._pressed, -1
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid() or index.row() != pressed:
            return
        if index.row() == self._model.running and self.end_rect(self.visualRect(index)).contains(point):
            self.loop_requested.emit()
        else:
            self.phase_requested.emit(index.row())

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.ring = event.reason() in _TAB_REASONS
        super().focusInEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.ring = False
        super().focusOutEvent(event)
