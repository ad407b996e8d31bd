# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of the queue: keyboard, pointer, and dragging rows to another place. Main thread.

It asks by signals; the queue itself is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from player.ui.pages.queue_rows import ROW, Part, QueueModel, QueueRowPainter, RowLook, RowPlaces
from player.ui.theme import Theme
from player.ui.widgets.video_panel import panel_opacity, scroll_bar_style, video_painter

_PLAY_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_KEYS = _PLAY_KEYS | {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Delete}
_KEY_REASONS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
_STILL = 4
"""Px the pointer may tremble on a handle without dragging."""
_SCROLL_EDGE, _SCROLL_STEP, _SCROLL_MS = 36, 10, 30
_DROP_LINE = 3
_SOURCE_OPACITY = 0.35


@dataclass(frozen=True, slots=True)
class _Press:
    """Where the left button went down. `grip`: how far below the top of the row."""

    row: int
    part: Part
    place: QPoint
    grip: int


@dataclass(frozen=True, slots=True)
class _Drag:
    """A row on its way: its top is at `top` (px of the viewport), and it would go between `gap - 1` and `gap`."""

    row: int
    top: int
    gap: int

    @property
    def to(self) -> int:
        """The place the row has after the drop."""
        return self.gap - 1 if self.gap > self.row else self.gap


class _Delegate(QStyledItemDelegate):
    def __init__(self, rows: QueueRowPainter, view: QueueList) -> None:
        super().__init__(view)
        self._rows, self._view = rows, view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, self._view.row_height)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        opacity = _SOURCE_OPACITY if self._view.dragged_row == index.row() else 1.0
        painter.setOpacity(panel_opacity(self._view) * opacity)
        self._rows.paint(painter, option.rect, index.row(), self._view.look_of(index.row(), hovered=hovered))
        painter.restore()


class QueueList(QListView):
    """One stop. Up and Down choose, Enter plays, Delete removes, Alt with Up and Down moves. A click chooses; a
    double click, or a press on the picture of the chosen row, plays; the handle drags."""

    play_requested = Signal(int)
    remove_requested = Signal(int)
    move_requested = Signal(int, int)
    """A row, and the place it is to have afterwards."""
    focus_over_video = True

    def __init__(self, theme: Theme, model: QueueModel, rows: QueueRowPainter, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._rows = theme.video, rows
        self._floor_row = theme.size("floor", "row")
        self.row_height = ROW
        self._ring = False
        self._press: _Press | None = None
        self._drag: _Drag | None = None
        self._hot: tuple[int, Part] | None = None
        self._has_played = False
        self._scroller = QTimer(self)
        self._scroller.setInterval(_SCROLL_MS)
        self._scroller.timeout.connect(self._scroll_on)
        self.setModel(model)
        self.setItemDelegate(_Delegate(rows, self))
        self.setStyleSheet(scroll_bar_style(theme))
        self.setAccessibleName("Queue")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        model.modelAboutToBeReset.connect(self._forget)

    def set_scale(self, scale: float) -> None:
        """1 at the desk; larger from the floor."""
        self._rows.scale = scale
        self.row_height = ROW if scale <= 1 else max(self._floor_row, round(ROW * scale))
        self.doItemsLayout()
        self.viewport().update()

    @property
    def dragged_row(self) -> int | None:
        return self._drag.row if self._drag else None

    @property
    def chosen_row(self) -> int:
        """The chosen row; where none has been chosen yet, the first."""
        return max(0, self.currentIndex().row())

    def look_of(self, row: int, *, hovered: bool) -> RowLook:
        """How a row stands at the moment."""
        chosen = row == self.chosen_row
        return RowLook(
            surface="control" if chosen else "row_hover" if hovered else "",
            ring=self._ring and chosen,
            chosen=chosen,
            plays=chosen and self._drag is None and (hovered or self._ring),
            hot=self._hot[1] if self._hot is not None and self._hot[0] == row else None,
        )

    def places(self, row: int) -> RowPlaces:
        """Where the parts of a row are, in px of the viewport."""
        return RowPlaces(self.visualRect(self.model().index(row, 0)), self._rows.scale)

    # Keys

    @override
    def event(self, event: QEvent) -> bool:
        """Our keys are ours while we have focus, even where a shortcut wants them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            ends_drag = event.key() == Qt.Key.Key_Escape and self._drag is not None
            if event.key() in _KEYS or ends_drag:
                event.accept()
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._drag is not None:
            self._forget()
            return
        self._ring = True
        row, alt = self.currentIndex().row(), event.modifiers() & Qt.KeyboardModifier.AltModifier
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if row < 0:
            super().keyPressEvent(event)
        elif alt and step is not None:
            if 0 <= row + step < self.model().rowCount():
                self.move_requested.emit(row, row + step)
        elif event.key() in _PLAY_KEYS:
            if not event.isAutoRepeat():
                self.play_requested.emit(row)
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_requested.emit(row)
        else:
            super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters are for the shortcuts."""

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() in _KEY_REASONS
        super().focusInEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        super().focusOutEvent(event)

    # Pointer

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ring = self._has_played = False
        self._press = None
        place = event.position().toPoint()
        found = self._part_at(place)
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            row, part = found
            if part is Part.PICTURE and row != self.chosen_row:
                part = Part.REST  # the first click only chooses
            self._press = _Press(row, part, place, place.y() - self.places(row).row.top())
        super().mousePressEvent(event)
        self._look_at(place)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place, press = event.position().toPoint(), self._press
        if not event.buttons():
            super().mouseMoveEvent(event)
            self._look_at(place)
            return
        if press is None or press.part is not Part.HANDLE:
            return  # Qt would choose the rows that the pointer passes
        if self._drag is not None or (place - press.place).manhattanLength() >= _STILL:
            self._drag_to(place.y())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        press, drag = self._press, self._drag
        if event.button() != Qt.MouseButton.LeftButton or press is None:
            return
        self._forget()
        if drag is not None:
            if drag.to != drag.row:
                self.move_requested.emit(drag.row, drag.to)
        elif self._part_at(place) == (press.row, press.part):
            if press.part is Part.REMOVE:
                self.remove_requested.emit(press.row)
            elif press.part is Part.PICTURE:
                self._has_played = True
                self.play_requested.emit(press.row)
        self._look_at(place)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second press of a double click. Where the first has played already, the rows are others by now."""
        found = self._part_at(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or found is None or self._has_played:
            return
        row, part = found
        if part in (Part.REST, Part.PICTURE) and row == self.chosen_row:
            self.play_requested.emit(row)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hot = None
        self.viewport().update()

    def _part_at(self, place: QPoint) -> tuple[int, Part] | None:
        index = self.indexAt(place)
        return (index.row(), self.places(index.row()).part_at(place)) if index.isValid() else None

    def _look_at(self, place: QPoint) -> None:
        """Show by the cursor and the row what can be pressed at `place`."""
        hot = self._part_at(place)
        if hot != self._hot:
            self._hot = hot
            self.viewport().update()
        part = hot[1] if hot is not None else Part.REST
        presses = part is Part.REMOVE or (part is Part.PICTURE and hot is not None and hot[0] == self.chosen_row)
        shape = Qt.CursorShape.PointingHandCursor if presses else Qt.CursorShape.ArrowCursor
        if part is Part.HANDLE:
            shape = Qt.CursorShape.OpenHandCursor
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor if self._drag else shape)

    # Dragging

    def _drag_to(self, y: int) -> None:
        press = self._press
        if press is None:
            return
        lowest = self.viewport().height() - self.row_height
        top = max(0, min(y - press.grip, max(0, lowest)))
        inside, source = top + self.verticalOffset(), press.row * self.row_height
        edge = inside if inside < source else inside + self.row_height  # the edge that goes ahead
        gap = max(0, min(round(edge / self.row_height), self.model().rowCount()))
        self._drag = _Drag(press.row, top, gap)
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        near = y < _SCROLL_EDGE or y > self.viewport().height() - _SCROLL_EDGE
        if near and not self._scroller.isActive():
            self._scroller.start()
        elif not near:
            self._scroller.stop()
        self.viewport().update()

    @Slot()
    def _scroll_on(self) -> None:
        """The row is held at an edge: bring what is beyond it into sight."""
        if self._drag is None:
            self._scroller.stop()
            return
        y = self.viewport().mapFromGlobal(self.cursor().pos()).y()
        step = -_SCROLL_STEP if y < _SCROLL_EDGE else _SCROLL_STEP
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + step)
        self._drag_to(y)

    @Slot()
    def _forget(self) -> None:
        self._press = self._drag = None
        self._scroller.stop()
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        drag = self._drag
        if drag is None:
            return
        painter = video_painter(self.viewport())
        rect = QRect(0, drag.top, self.viewport().width(), self.row_height)
        self._rows.paint(painter, rect, drag.row, RowLook(surface="on", edge="field_edge", hot=Part.HANDLE))
        if drag.to != drag.row:
            self._paint_drop_line(painter, drag.gap * self.row_height - self.verticalOffset())

    def _paint_drop_line(self, painter: QPainter, y: int) -> None:
        y = max(6, min(y, self.viewport().height() - 6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("text_1"))
        line = QRectF(9, y - _DROP_LINE / 2, self.viewport().width() - 13, _DROP_LINE)
        painter.drawRoundedRect(line, _DROP_LINE / 2, _DROP_LINE / 2)
        painter.drawEllipse(QPointF(9, y), 5.5, 5.5)
