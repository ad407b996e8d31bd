# SPDX-License-Identifier: GPL-3.0-or-later
"""The queue, drawn out at the right of the player. Main thread; titles are looked up on a lane."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from player.domain.errors import NotFound
from player.domain.models import ClassId, ClassVideo, StartAt
from player.domain.queue import Queue
from player.domain.times import format_length
from player.playback.controller import PlaybackController
from player.tasks.lane import Lane
from player.ui.icons import Icons
from player.ui.pages.queue_list import QueueList
from player.ui.pages.queue_rows import QueueModel, QueueRowPainter
from player.ui.pictures import Pictures
from player.ui.theme import Theme
from player.ui.widgets.text import paint_line
from player.ui.widgets.video_button import VideoButton
from player.ui.widgets.video_panel import VideoPanel, video_painter

DRAWER_WIDTH = 448
_SIDE = 16
_HEADER = 78


class ClassLibrary(Protocol):
    """What the drawer reads of the library (on a lane)."""

    def class_video(self, class_id: ClassId, /) -> ClassVideo: ...


class QueueDrawer(VideoPanel):
    """Shows the controller's queue, from which items are played, removed, and moved."""

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
        super().__init__(theme, parent)
        self._scale = 1.0
        self._docked = True
        self._lane, self._library, self._controller = lane, library, controller
        self._asked: set[ClassId] = set()
        self.setAccessibleName("Queue")
        self._model = QueueModel(self)
        self.list = QueueList(theme, self._model, QueueRowPainter(theme, icons, pictures, self._model), self)
        self.close_button = VideoButton(theme, icons, "close", "Close the queue", key="Q", parent=self)
        self.clear_button = VideoButton(
            theme, icons, "", "Clear the queue", text="Clear", size=32, font_px=14, radius=8, parent=self
        )
        self.close_button.clicked.connect(self.close_requested)
        self.clear_button.clicked.connect(self._clear)
        self.list.play_requested.connect(self._play)
        self.list.remove_requested.connect(self._remove)
        self.list.move_requested.connect(self._move)
        controller.queue_changed.connect(self._refresh)
        pictures.arrived.connect(self._picture_arrived)
        self._refresh()

    def set_scale(self, scale: float) -> None:
        """1 at the desk; larger from the floor."""
        self._scale = scale
        self.list.set_scale(scale)
        side = 44 if scale <= 1 else self.theme.size("floor", "min_target")
        self.close_button.set_sizes(side, icon_size=round(24 * scale), radius=round(12 * scale))
        self.clear_button.set_sizes(round(32 * scale), icon_size=20, radius=round(8 * scale), font_px=round(14 * scale))
        self._arrange()

    def set_docked(self, docked: bool) -> None:
        """Flush with the edges of the window, or a panel of its own that leaves room for the deck."""
        self._docked = docked
        self.update()

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

    @Slot(int, int)
    def _move(self, row: int, to: int) -> None:
        """An item goes to another place; from then on it is one that the user wants."""
        self._controller.set_queue(self._controller.queue.move(row, to))
        self.list.setCurrentIndex(self._model.index(to))
        words = f"Now {to + 1} of {self._model.rowCount()}"
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.list, words))

    @Slot()
    def _clear(self) -> None:
        before = self._controller.queue
        self._controller.set_queue(Queue())
        self.removed.emit(before)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        scale, width = self._scale, self.width()
        side, header = _SIDE, round(_HEADER * scale)
        button, clear = self.close_button.width(), round(62 * scale)
        middle = round(42 * scale)
        self.close_button.move(width - round(38 * scale) - button // 2, middle - button // 2)
        left = self.close_button.x() - round(8 * scale) - clear
        self.clear_button.setGeometry(left, middle - self.clear_button.height() // 2, clear, self.clear_button.height())
        self.list.setGeometry(side, header, width - 2 * side, max(0, self.height() - header - side))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._docked:
            super().paintEvent(event)
        painter = video_painter(self)
        if self._docked:
            painter.fillRect(self.rect(), self.theme.color("card"))
            painter.fillRect(0, 0, 1, self.height(), self.theme.color("hairline_strong"))
        painter.scale(self._scale, self._scale)
        room = self.clear_button.x() / self._scale - 28 - 12
        title, below = QRectF(28, 20, room, 24), QRectF(28, 45, room, 18)
        paint_line(painter, self.theme, "Queue", title, role="heading", colour="text_1", scale=18 / 16)
        paint_line(painter, self.theme, self.summary(), below, role="small", colour="text_2")
        if not self._model.rowCount():
            words = QRectF(28, _HEADER + 16, self.width() / self._scale - 56, 24)
            hint = "Classes and phases that you add stand here."
            paint_line(painter, self.theme, hint, words, role="body_large", colour="text_2")
