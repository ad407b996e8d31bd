# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of classes of a series: keyboard, pointer, menu. Main thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget
from typing_extensions import override

from player.domain.models import ClassId
from player.ui.icons import Icons
from player.ui.models.class_delegate import ClassDelegate
from player.ui.models.class_list import ClassListModel, ClassRole, ClassRow
from player.ui.models.class_row_painter import picture_rect, state_rect
from player.ui.pictures import Pictures
from player.ui.theme import ThemeManager

_KEYBOARD = frozenset(
    {
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
    }
)


class ClassListView(QListView):
    """Enter, Space, a double click, or a press on the picture or the state circle play; the menu key opens the
    menu.

    `play_chosen(ClassRow)`, `menu_wanted(ClassRow, QPoint)` with a place on the screen.
    """

    play_chosen = Signal(object)
    menu_wanted = Signal(object, QPoint)

    def __init__(
        self,
        themes: ThemeManager,
        icons: Icons,
        pictures: Pictures,
        model: ClassListModel,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._pressed = QModelIndex()
        self._rows = ClassDelegate(themes, icons, pictures, self)
        self.setModel(model)
        self.setItemDelegate(self._rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("Classes")
        self.setViewportMargins(0, 0, 16, 0)
        self.verticalScrollBar().setSingleStep(28)
        pictures.arrived.connect(self._arrived)
        # Opaque, so that what has been painted is moved while scrolling, not painted again.
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        themes.changed.connect(self.viewport().update)
        model.modelReset.connect(self._fit)
        self._fit()

    @property
    def chosen(self) -> ClassRow | None:
        row = self.currentIndex().data(ClassRole.ROW)
        return row if isinstance(row, ClassRow) else None

    def choose(self, class_id: ClassId, *, above: int = 0) -> None:
        """Make a class the chosen row, with `above` rows over it in sight."""
        model = self._model()
        row = model.row_of(class_id)
        if row is None:
            return
        self.setCurrentIndex(model.index(row))
        self.scrollTo(model.index(max(0, row - above)), QAbstractItemView.ScrollHint.PositionAtTop)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._set_ring(ring=True)
        row = self.chosen
        plays = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if plays and row is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if not event.isAutoRepeat():
                self.play_chosen.emit(row)
        else:
            super().keyPressEvent(event)

    @override
    def moveCursor(self, action: QListView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """As ever, but headings are stepped over also by Home, End and the page keys."""
        index = super().moveCursor(action, modifiers)
        if isinstance(index.data(ClassRole.ROW), ClassRow):
            return index
        last = action in (QListView.CursorAction.MoveEnd, QListView.CursorAction.MovePageDown)
        model, step = self._model(), -1 if last else 1
        row = index.row() if index.isValid() else (model.rowCount() - 1 if last else 0)
        while 0 <= row < model.rowCount():
            if isinstance(model.rows[row], ClassRow):
                return model.index(row)
            row += step
        return self.currentIndex()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        ring = event.reason() in _KEYBOARD
        self._set_ring(ring=ring)
        super().focusInEvent(event)
        if ring:  # focus that cannot be seen is none
            if not self.currentIndex().isValid():
                self.setCurrentIndex(self.moveCursor(QListView.CursorAction.MoveHome, Qt.KeyboardModifier.NoModifier))
            self.scrollTo(self.currentIndex())

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._set_ring(ring=False)
        self._pressed = self._played_by(event.position().toPoint())
        super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, QModelIndex()
        left = event.button() == Qt.MouseButton.LeftButton
        if left and pressed.isValid() and pressed == self._played_by(event.position().toPoint()):
            self._play(pressed)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and not self._played_by(place).isValid():
            self._play(self.indexAt(place))  # elsewhere the first click has played already

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons():
            super().mouseMoveEvent(event)  # with a button down Qt would choose the rows that are passed
        self._show_hot(self._played_by(event.position().toPoint()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_hot(QModelIndex())

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index, place = self.indexAt(event.pos()), event.globalPos()
        else:
            index = self.currentIndex()
            place = self.viewport().mapToGlobal(self.visualRect(index).center())
        row = index.data(ClassRole.ROW)
        if isinstance(row, ClassRow):
            self.menu_wanted.emit(row, place)

    def _model(self) -> ClassListModel:
        model = self.model()
        assert isinstance(model, ClassListModel)  # noqa: S101  the constructor set it
        return model

    def _play(self, index: QModelIndex) -> None:
        row = index.data(ClassRole.ROW)
        if isinstance(row, ClassRow):
            self.play_chosen.emit(row)

    def _played_by(self, place: QPoint) -> QModelIndex:
        """The row that a press at `place` plays: it is on the row's picture or state circle."""
        index = self.indexAt(place)
        row = index.data(ClassRole.ROW)
        if isinstance(row, ClassRow):
            rect = self.visualRect(index)
            circle = state_rect(rect).adjusted(-4, -4, 4, 4)
            if circle.contains(place) or picture_rect(rect).contains(place):
                return index
        return QModelIndex()

    def _show_hot(self, index: QModelIndex) -> None:
        hot = index.row() if index.isValid() else None
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor if hot is None else Qt.CursorShape.PointingHandCursor)
        if self._rows.hot != hot:
            self._rows.hot = hot
            self.viewport().update()

    def _set_ring(self, *, ring: bool) -> None:
        if self._rows.ring != ring:
            self._rows.ring = ring
            self.viewport().update()

    @Slot()
    def _fit(self) -> None:
        """Rows of one height are laid out without asking each of them."""
        self.setUniformItemSizes(not self._model().has_sections)

    @Slot(str)
    def _arrived(self, _name: str) -> None:
        self.viewport().update()
