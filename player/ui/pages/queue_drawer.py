# SPDX-License-Identifier: GPL-3.0-or-later
"""The queue, drawn out at the right of the player. Main thread; titles are looked up on a lane."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from player.domain.errors import NotFound
from player.domain.models import ClassId, ClassVideo, Phase, StartAt
from player.domain.queue import Queue, QueueItem
from player.domain.times import format_clock, format_length
from player.domain.titles import split_title
from player.playback.controller import PlaybackController
from player.tasks.lane import Lane
from player.ui.icons import Icons
from player.ui.pictures import Pictures
from player.ui.theme import Theme
from player.ui.widgets.phase_painter import PhaseLineColours, PhaseLineStyles, paint_phase_line, px_per_ms
from player.ui.widgets.phase_tile import paint_tile
from player.ui.widgets.picture import paint_picture, rounded
from player.ui.widgets.poster import poster
from player.ui.widgets.ring import centred
from player.ui.widgets.text import paint_line
from player.ui.widgets.video_button import VideoButton
from player.ui.widgets.video_panel import VideoPanel, panel_opacity, scroll_bar_style, video_painter

DRAWER_WIDTH = 432
ROW = 76
_SIDE = 16
_HEADER = 78
_PICTURE = QSize(80, 48)
_NO_PARENT = QModelIndex()
_KEYS = frozenset({
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_Enter,
    Qt.Key.Key_Delete,
})  # fmt: skip
_KEY_REASONS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class ClassLibrary(Protocol):
    """What the drawer reads of the library (on a lane)."""

    def class_video(self, class_id: ClassId, /) -> ClassVideo: ...


class _QueueModel(QAbstractListModel):
    """The items, with what is known of their classes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.queue = Queue()
        self.classes: dict[ClassId, ClassVideo] = {}

    def set_queue(self, queue: Queue) -> None:
        self.beginResetModel()
        self.queue = queue
        self.endResetModel()

    def learn(self, classes: dict[ClassId, ClassVideo]) -> None:
        self.classes |= classes
        if self.queue.items:
            self.dataChanged.emit(self.index(0), self.index(len(self.queue.items) - 1))

    def parts(self, row: int) -> tuple[QueueItem, ClassVideo | None, Phase | None]:
        item = self.queue.items[row]
        video = self.classes.get(item.class_id)
        phase = None
        if video is not None and item.phase is not None and item.phase < len(video.phases):
            phase = video.phases[item.phase]
        return item, video, phase

    def length_ms(self, row: int) -> int:
        _item, video, phase = self.parts(row)
        return phase.duration_ms if phase else video.duration_ms if video else 0

    @property
    def longest_ms(self) -> int:
        """The length of the longest class that is known."""
        return max(
            (self.classes[item.class_id].duration_ms for item in self.queue.items if item.class_id in self.classes),
            default=0,
        )

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.queue.items)

    @override
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        _item, video, phase = self.parts(index.row())
        if video is None:
            return ""
        name = f"{phase.title}, {origin(video)}" if phase else split_title(video.title)[0]
        return f"{name}, {format_length(self.length_ms(index.row()))}"


def origin(video: ClassVideo) -> str:
    """`from class 13`: where a queued phase comes from."""
    return f"from class {video.number}" if video.number is not None else f"from “{split_title(video.title)[0]}”"


class _QueueDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, icons: Icons, pictures: Pictures, model: _QueueModel, view: QueueList) -> None:
        super().__init__(view)
        self._theme, self._icons, self._pictures = theme.video, icons, pictures
        self._model, self._view = model, view
        self._style = PhaseLineStyles.of_tokens(theme.raw).mini_small
        self._colours = PhaseLineColours.of_theme(theme.video)
        self._per_minute = float(theme.raw["phase_line"]["mini"]["px_per_minute"]["queue"])

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, ROW)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        _item, video, phase = self._model.parts(index.row())
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(panel_opacity(self._view))
        painter.setPen(Qt.PenStyle.NoPen)
        if option.state & QStyle.StateFlag.State_MouseOver or index.row() == 0:
            painter.setBrush(self._theme.color("control" if index.row() == 0 else "row_hover"))
            painter.drawRoundedRect(box, 14, 14)
        if self._view.ring and index == self._view.currentIndex():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 13, 13)
        picture = QRectF(box.left() + 12, box.center().y() - 24, _PICTURE.width(), _PICTURE.height())
        end = self._view.remove_rect(option.rect)
        text = QRectF(picture.right() + 12, box.top() + 17, end.left() - picture.right() - 12 - 70, 22)
        if video is None:
            painter.fillPath(rounded(picture, 8), self._theme.color("control"))
        elif phase is not None:
            self._paint_phase(painter, video, phase, picture, text)
        else:
            self._paint_class(painter, video, picture, text)
        length_ms = self._model.length_ms(index.row())
        length = format_clock(length_ms) if phase else format_length(length_ms)
        place = QRectF(end.left() - 76, box.top(), 68, box.height())
        align = Qt.AlignmentFlag.AlignRight
        if video is not None:
            paint_line(painter, self._theme, length, place, role="small", colour="text_2", align=align)
        self._icons.paint(painter, centred(QRectF(end), 18, 18), "close", self._theme.color("text_1"))
        painter.restore()

    def _paint_class(self, painter: QPainter, video: ClassVideo, picture: QRectF, text: QRectF) -> None:
        ratio = painter.device().devicePixelRatioF()
        found = self._pictures.of_class(video, _PICTURE, ratio)
        paint_picture(
            painter, found or poster(video.title, _PICTURE.width(), _PICTURE.height(), ratio), rounded(picture, 8)
        )
        title = split_title(video.title)[0]
        paint_line(painter, self._theme, title, text, role="title_3_compact", colour="text_1")
        scale = px_per_ms(self._per_minute, self._model.longest_ms, text.width())
        bar = QRectF(text.left(), text.bottom() + 10, max(6.0, video.duration_ms * scale), 6)
        paint_phase_line(painter, bar, video.phases, video.duration_ms, None, style=self._style, colours=self._colours)

    def _paint_phase(self, painter: QPainter, video: ClassVideo, phase: Phase, picture: QRectF, text: QRectF) -> None:
        painter.fillPath(rounded(picture, 8), self._theme.phase(phase.kind).tint)
        paint_tile(painter, self._theme, self._icons, phase.kind, centred(picture, 30, 30))
        paint_line(painter, self._theme, phase.title, text, role="body", colour="text_1", weight=600)
        below = text.translated(0, 20)
        paint_line(painter, self._theme, origin(video), below, role="small", colour="text_2")


class QueueList(QListView):
    """One stop: Up and Down choose, Enter plays, Delete removes."""

    play_requested = Signal(int)
    remove_requested = Signal(int)
    focus_over_video = True

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.ring = False
        self.setStyleSheet(scroll_bar_style(theme))
        self.setAccessibleName("Queue")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def remove_rect(self, row: QRect) -> QRect:
        """The place of the sign that removes an item."""
        return QRect(row.right() + 1 - 6 - 40, row.center().y() - 20, 40, 40)

    @override
    def event(self, event: QEvent) -> bool:
        """Our keys are ours while we have focus, even where a shortcut wants them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _KEYS:
            event.accept()
            return True
        return super().event(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.ring = event.reason() in _KEY_REASONS
        super().focusInEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.ring = False
        super().focusOutEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.ring = False
        super().mousePressEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.ring = True
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self.play_requested.emit(row)
        elif event.key() == Qt.Key.Key_Delete and row >= 0:
            self.remove_requested.emit(row)
        else:
            super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters are for the shortcuts."""

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point: QPoint = event.position().toPoint()
        index = self.indexAt(point)
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        removes = self.remove_rect(self.visualRect(index)).contains(point)
        (self.remove_requested if removes else self.play_requested).emit(index.row())


class QueueDrawer(VideoPanel):
    """Shows the controller's queue; a click plays an item, the cross removes it."""

    close_requested = Signal()
    removed = Signal(Queue)
    """An item has been removed; the queue as it was before, for Undo."""

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        *,
        lane: Lane,
        library: ClassLibrary,
        controller: PlaybackController,
        pictures: Pictures,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent, radius=0)
        self._lane, self._library, self._controller = lane, library, controller
        self._asked: set[ClassId] = set()
        self.setAccessibleName("Queue")
        self.list = QueueList(theme, self)
        self._model = _QueueModel(self)
        self.list.setModel(self._model)
        self.list.setItemDelegate(_QueueDelegate(theme, icons, pictures, self._model, self.list))
        self.close_button = VideoButton(theme, icons, "close", "Close the queue", key="Q", parent=self)
        self.clear_button = VideoButton(
            theme, icons, "", "Clear the queue", text="Clear", size=32, font_px=14, radius=8, parent=self
        )
        self.close_button.clicked.connect(self.close_requested)
        self.clear_button.clicked.connect(self._clear)
        self.list.play_requested.connect(self._play)
        self.list.remove_requested.connect(self._remove)
        controller.queue_changed.connect(self._refresh)
        pictures.arrived.connect(self._picture_arrived)
        self._refresh()

    def take_focus(self) -> None:
        """Give the list the focus, at its first item."""
        if self._model.rowCount():
            self.list.setCurrentIndex(self._model.index(0))
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def summary(self) -> str:
        """`5 items, 57 min, until 8:19`"""
        count = self._model.rowCount()
        if not count:
            return "Nothing follows"
        length_ms = sum(self._model.length_ms(row) for row in range(count))
        controller = self._controller
        rest_ms = max(0, controller.timeline.duration_ms - controller.position_ms)
        until = datetime.now() + timedelta(milliseconds=length_ms + rest_ms)
        items = f"{count} {'item' if count == 1 else 'items'}"
        return f"{items}, {format_length(length_ms)}, until {until.hour}:{until.minute:02d}"

    @Slot()
    def _refresh(self) -> None:
        queue = self._controller.queue
        if queue != self._model.queue:
            row = self.list.currentIndex().row()
            self._model.set_queue(queue)
            if row >= 0 and queue.items:
                self.list.setCurrentIndex(self._model.index(min(row, len(queue.items) - 1)))
        self.clear_button.setVisible(bool(queue.items))
        self._look_up()
        self.update()

    def _look_up(self) -> None:
        wanted = {item.class_id for item in self._controller.queue.items} - self._asked
        if not wanted:
            return
        self._asked |= wanted

        def work() -> dict[ClassId, ClassVideo]:
            found = {}
            for class_id in wanted:
                try:
                    found[class_id] = self._library.class_video(class_id)
                except NotFound:
                    continue  # the controller drops it from the queue when its turn comes
            return found

        def learn(found: dict[ClassId, ClassVideo]) -> None:
            self._model.learn(found)
            self.update()

        self._lane.submit(work, learn)

    @Slot(str)
    def _picture_arrived(self, _name: str) -> None:
        if self.isVisible():
            self.list.viewport().update()

    @Slot(int)
    def _play(self, row: int) -> None:
        queue = self._controller.queue
        item = queue.items[row]
        rest = queue.remove(row)
        if item.phase is None:
            self._controller.set_queue(rest)
            self._controller.play_class(item.class_id, StartAt.BEGINNING)
        else:
            self._controller.set_queue(Queue((item, *rest.items)))
            self._controller.next_class()

    @Slot(int)
    def _remove(self, row: int) -> None:
        before = self._controller.queue
        self._controller.set_queue(before.remove(row))
        self.removed.emit(before)

    @Slot()
    def _clear(self) -> None:
        before = self._controller.queue
        self._controller.set_queue(Queue())
        self.removed.emit(before)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.close_button.move(self.width() - 16 - 44, 20)
        self.clear_button.setGeometry(self.width() - 16 - 44 - 70, 26, 62, 32)
        self.list.setGeometry(_SIDE, _HEADER, self.width() - 2 * _SIDE, self.height() - _HEADER - _SIDE)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = video_painter(self)
        painter.fillRect(self.rect(), self.theme.color("card"))
        painter.fillRect(0, 0, 1, self.height(), self.theme.color("hairline_strong"))
        title, below = QRectF(28, 20, 220, 24), QRectF(28, 45, 260, 18)
        paint_line(painter, self.theme, "Queue", title, role="heading", colour="text_1", scale=18 / 16)
        paint_line(painter, self.theme, self.summary(), below, role="small", colour="text_2")
        if not self._model.rowCount():
            words = QRectF(28, _HEADER + 16, self.width() - 56, 24)
            hint = "Classes and phases that you add stand here."
            paint_line(painter, self.theme, hint, words, role="body_large", colour="text_2")
