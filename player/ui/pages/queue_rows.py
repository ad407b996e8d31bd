# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of the queue: what each shows and how it is painted. Main thread; the library is not known here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from player.domain.models import ClassId, ClassVideo, Phase
from player.domain.queue import Queue, QueueItem
from player.domain.times import format_clock, format_length
from player.domain.titles import split_title
from player.ui.icons import Icons
from player.ui.pictures import Pictures
from player.ui.theme import Theme
from player.ui.widgets.phase_painter import PhaseLineColours, PhaseLineStyles, paint_phase_line, px_per_ms
from player.ui.widgets.phase_tile import paint_tile
from player.ui.widgets.picture import paint_picture, rounded
from player.ui.widgets.play_sign import paint_play_sign
from player.ui.widgets.poster import poster
from player.ui.widgets.ring import centred
from player.ui.widgets.text import paint_line

ROW = 76
_PICTURE = QSize(80, 48)
_BAR = 140
"""The longest bar, px: a minute has the same width in every row, however long the words beside it are."""
_NO_PARENT = QModelIndex()


class Part(Enum):
    """What of a row is pressed."""

    HANDLE = auto()
    PICTURE = auto()
    REMOVE = auto()
    REST = auto()


@dataclass(frozen=True, slots=True)
class RowPlaces:
    """Where the parts of a row are; `scale` is 1 at the desk."""

    row: QRect
    scale: float

    def _px(self, size: float) -> int:
        return round(size * self.scale)

    @property
    def handle(self) -> QRect:
        return QRect(self.row.left(), self.row.top(), self._px(40), self.row.height())

    @property
    def picture(self) -> QRect:
        width, height = self._px(_PICTURE.width()), self._px(_PICTURE.height())
        return QRect(self.row.left() + self._px(44), self.row.center().y() - height // 2, width, height)

    @property
    def remove(self) -> QRect:
        side = self._px(40)
        return QRect(self.row.right() + 1 - self._px(6) - side, self.row.center().y() - side // 2, side, side)

    def part_at(self, point: QPoint) -> Part:
        for part, place in ((Part.HANDLE, self.handle), (Part.PICTURE, self.picture), (Part.REMOVE, self.remove)):
            if place.contains(point):
                return part
        return Part.REST


class QueueModel(QAbstractListModel):
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
        roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        if role not in roles:
            return None
        _item, video, phase = self.parts(index.row())
        if video is None:
            return ""
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{phase.title}, {origin(video)}" if phase else video.title
        number = f"Class {video.number}, " if video.number is not None else ""
        name = f"{phase.title}, {origin(video)}" if phase else f"{number}{split_title(video.title)[0]}"
        return f"{name}, {format_length(self.length_ms(index.row()))}"


def origin(video: ClassVideo) -> str:
    """`from class 13`: where a queued phase comes from."""
    return f"from class {video.number}" if video.number is not None else f"from “{split_title(video.title)[0]}”"


@dataclass(frozen=True, slots=True)
class RowLook:
    """How a row stands: `surface` is a colour token or "", `hot` the part under the pointer, `plays` whether its
    picture can be pressed."""

    surface: str = ""
    edge: str = ""
    ring: bool = False
    chosen: bool = False
    plays: bool = False
    hot: Part | None = None


class QueueRowPainter:
    """Paints rows; told by a delegate, and by a list that drags one of them."""

    def __init__(self, theme: Theme, icons: Icons, pictures: Pictures, model: QueueModel) -> None:
        self._theme, self._icons, self._pictures, self._model = theme.video, icons, pictures, model
        self._style = PhaseLineStyles.of_tokens(theme.raw).mini_small
        self._colours = PhaseLineColours.of_theme(theme.video)
        self._per_minute = float(theme.raw["phase_line"]["mini"]["px_per_minute"]["queue"])
        self.scale = 1.0

    def paint(self, painter: QPainter, rect: QRect, row: int, look: RowLook) -> None:
        _item, video, phase = self._model.parts(row)
        places = RowPlaces(rect, self.scale)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_surface(painter, QRectF(rect), look)
        handle = centred(QRectF(places.handle), 20 * self.scale, 20 * self.scale)
        self._icons.paint(painter, handle, "drag-handle", self._ink(look.hot is Part.HANDLE))
        picture = QRectF(places.picture)
        if video is None:
            painter.fillPath(rounded(picture, 8 * self.scale), self._theme.color("control"))
        else:
            text = self._text_box(painter, places, video, phase)
            if phase is not None:
                self._paint_phase(painter, video, phase, picture, text=text)
            else:
                self._paint_class(painter, video, picture, text, chosen=look.chosen)
        if look.plays:
            hot = look.hot is Part.PICTURE
            paint_play_sign(painter, self._theme, self._icons, picture, hot=hot, scale=self.scale)
        cross = centred(QRectF(places.remove), 18 * self.scale, 18 * self.scale)
        self._icons.paint(painter, cross, "close", self._theme.color("text_1"))
        painter.restore()

    def _ink(self, hot: bool) -> QColor:
        return self._theme.color("text_1" if hot else "text_3")

    def _paint_surface(self, painter: QPainter, box: QRectF, look: RowLook) -> None:
        if look.surface:
            painter.setPen(QPen(self._theme.color(look.edge), 1) if look.edge else Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(look.surface))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5) if look.edge else box, 14, 14)
        if look.ring:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 13, 13)

    def _text_box(self, painter: QPainter, places: RowPlaces, video: ClassVideo, phase: Phase | None) -> QRectF:
        """Paints the length; what is left of it is for the words."""
        scale = self.scale
        length = format_clock(phase.duration_ms) if phase else format_length(video.duration_ms)
        room = self._theme.metrics("small", scale).horizontalAdvance(length) + 1
        right = places.remove.left() - 8 * scale
        place = QRectF(right - room, places.row.top(), room, places.row.height())
        align = Qt.AlignmentFlag.AlignRight
        paint_line(painter, self._theme, length, place, role="small", colour="text_2", align=align, scale=scale)
        left = places.picture.right() + 1 + 12 * scale
        middle = places.row.center().y() + 1
        return QRectF(left, middle - 21 * scale, place.left() - 12 * scale - left, 22 * scale)

    def _paint_class(
        self, painter: QPainter, video: ClassVideo, picture: QRectF, text: QRectF, *, chosen: bool
    ) -> None:
        size, ratio = picture.size().toSize(), painter.device().devicePixelRatioF()
        found = self._pictures.of_class(video, size, ratio)
        shape = rounded(picture, 8 * self.scale)
        paint_picture(painter, found or poster(video.title, size.width(), size.height(), ratio), shape)
        box = QRectF(text)
        if video.number is not None:
            number = str(video.number)
            used = paint_line(
                painter, self._theme, number, box, role="title_3_compact", colour="text_3", scale=self.scale
            )
            box.setLeft(box.left() + used + 6 * self.scale)
        title, weight = split_title(video.title)[0], 600 if chosen else None
        paint_line(
            painter, self._theme, title, box, role="title_3_compact", colour="text_1", weight=weight, scale=self.scale
        )
        per_ms = px_per_ms(self._per_minute * self.scale, self._model.longest_ms, _BAR * self.scale)
        bar = QRectF(text.left(), text.bottom() + 10 * self.scale, max(6.0, video.duration_ms * per_ms), 6 * self.scale)
        paint_phase_line(painter, bar, video.phases, video.duration_ms, None, style=self._style, colours=self._colours)

    def _paint_phase(
        self, painter: QPainter, video: ClassVideo, phase: Phase, picture: QRectF, *, text: QRectF
    ) -> None:
        painter.fillPath(rounded(picture, 8 * self.scale), self._theme.phase(phase.kind).tint)
        tile = centred(picture, 30 * self.scale, 30 * self.scale)
        paint_tile(painter, self._theme, self._icons, phase.kind, tile)
        paint_line(painter, self._theme, phase.title, text, role="body", colour="text_1", weight=600, scale=self.scale)
        below = text.translated(0, 20 * self.scale)
        paint_line(painter, self._theme, origin(video), below, role="small", colour="text_2", scale=self.scale)
