# SPDX-License-Identifier: GPL-3.0-or-later
"""How rows of the import preview look, and how they are edited in place. Main thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from shiboken6 import isValid
from typing_extensions import override

from player.domain.errors import UsageError
from player.domain.models import ClassState
from player.domain.planning import number_of
from player.domain.titles import split_title
from player.ui.dialogs.fields import mark_wrong
from player.ui.dialogs.preview_rows import ROW, ChoiceRow, HeadingRow, NoteRow, PreviewRow, RowsModel, What
from player.ui.icons import Icons
from player.ui.theme import Theme, ThemeManager
from player.ui.widgets.minibar import line_colours, line_styles
from player.ui.widgets.phase_line import paint_phase_line
from player.ui.widgets.phase_painter import px_per_ms
from player.ui.widgets.text import broken_into_lines, paint_line

Index = QModelIndex | QPersistentModelIndex

_INSET = 12
_NUMBER = 44
_RIGHT = 16
_MINUTES = 62
_HEIGHTS = {HeadingRow: 48, PreviewRow: 60, ChoiceRow: 60}
_NOTE_LEFT = _INSET + 20 + 14
_SIGN_COLOURS = {"error": "error", "warning": "warning"}


class RowEditor(QWidget):
    """Number and title of a class (or the title of a series), in the place of its row. Enter takes it, Esc does not;
    what cannot be taken stays open with its field marked and a sentence at the list's side."""

    finished = Signal(bool)
    """Whether what is written is to be taken."""
    wrong = Signal(str)
    """A sentence about what is written."""

    def __init__(self, themes: ThemeManager, parent: QWidget, *, numbered: bool) -> None:
        super().__init__(parent)
        self._themes = themes
        self._ended = False
        self.number = QLineEdit(self)
        self.number.setAccessibleName("Number")
        self.number.setMaxLength(6)
        self.number.setFixedWidth(64)
        self.number.setVisible(numbered)
        self.title = QLineEdit(self)
        self.title.setAccessibleName("Title")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.number)
        row.addWidget(self.title, 1)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setFocusProxy(self.title)
        self.focus_ring = False
        for field in (self.number, self.title):
            field.installEventFilter(self)

    def drop(self) -> None:
        """Nothing of what is written counts any more."""
        self._ended = True

    def trouble(self) -> str:
        """A sentence about what cannot be taken; "" where all can."""
        try:
            number_of(self.number.text())
        except UsageError as error:
            return str(error)
        return "" if self.title.text().strip() else "A title needs at least one word."

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._end(take=False)
                return True
        if event.type() == QEvent.Type.FocusOut:
            new = QApplication.focusWidget()
            inside = new is not None and self.isAncestorOf(new)
            if not inside and QApplication.activePopupWidget() is None:
                self._end(take=not self.trouble())
        return False

    def _take(self) -> None:
        trouble = self.trouble()
        if not trouble:
            self._end(take=True)
            return
        self.wrong.emit(trouble)
        field = self.title if not self.title.text().strip() else self.number
        mark_wrong(field, self._themes.theme)
        field.setFocus()
        field.selectAll()

    def _end(self, *, take: bool) -> None:
        if not self._ended:
            self._ended = True
            self.finished.emit(take)


class PreviewDelegate(QStyledItemDelegate):
    """`edited(row, number, title)`: the user has written something else. `ring` is set by the view."""

    edited = Signal(object, str, str)
    wrong = Signal(str)

    def __init__(self, themes: ThemeManager, icons: Icons, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._themes, self._icons = themes, icons
        self.ring = False
        self._editor: RowEditor | None = None

    def drop_editor(self) -> None:
        """The rows are going to be others: what is being written belongs to none of them."""
        editor, self._editor = self._editor, None
        if editor is not None and isValid(editor):
            editor.drop()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW)
        if isinstance(row, NoteRow) and isinstance(option.widget, QAbstractItemView):
            room = option.widget.viewport().width() - _NOTE_LEFT - _RIGHT
            words = self._themes.theme.metrics("small").horizontalAdvance(row.words)
            return QSize(160, 60 if words <= room else 78)
        return QSize(160, _HEIGHTS.get(type(row), 60))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, theme, rect = index.data(ROW), self._themes.theme, QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, HeadingRow):
            _paint_heading(painter, theme, rect, row)
        else:
            hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
            ring = self.ring and bool(option.state & QStyle.StateFlag.State_HasFocus)
            _paint_surface(painter, theme, rect, chosen=chosen, hovered=hovered, ring=ring)
            if isinstance(row, PreviewRow):
                model = index.model()
                longest_ms = model.longest_ms if isinstance(model, RowsModel) else 0
                self._paint_class(painter, theme, rect, row, chosen=chosen, longest_ms=longest_ms)
            elif isinstance(row, ChoiceRow):
                self._paint_choice(painter, theme, rect, row, chosen=chosen)
            elif isinstance(row, NoteRow):
                self._paint_note(painter, theme, rect, row)
        painter.restore()

    def _paint_class(
        self, painter: QPainter, theme: Theme, rect: QRectF, row: PreviewRow, *, chosen: bool, longest_ms: int
    ) -> None:
        planned = row.planned
        quiet = "text_3" if row.here and not chosen else "text_2"
        number = QRectF(rect.left() + 4, rect.top(), _NUMBER, rect.height())
        centre, end = Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight
        colour = "text_1" if chosen else "text_3"
        paint_line(painter, theme, row.number, number, role="number", colour=colour, align=centre)
        right = rect.right() - _RIGHT
        minutes = QRectF(right - _MINUTES, rect.top(), _MINUTES, rect.height())
        paint_line(painter, theme, row.minutes, minutes, role="body", colour=quiet, align=end)
        left = rect.left() + 4 + _NUMBER + 8
        room = minutes.left() - 12 - left
        if planned.state is not ClassState.READY:
            sign = QRectF(left, rect.top() + 11, 18, 18)
            self._icons.paint(painter, sign, "error", theme.color("error"))
        inset = 26 if planned.state is not ClassState.READY else 0
        title, subtitle = split_title(planned.title)
        box = QRectF(left + inset, rect.top() + 8, room - inset, 24)
        weight, ink = (600 if chosen else None), ("text_3" if row.here and not chosen else "text_1")
        used = paint_line(painter, theme, title, box, role="title_3", colour=ink, weight=weight)
        box.setLeft(box.left() + used + 10)
        if subtitle and box.width() > 60:
            paint_line(painter, theme, subtitle, box, role="small", colour=quiet)
        below = QRectF(left, rect.top() + 38, room, 8)
        if row.here:
            words = "In your library already"
            paint_line(painter, theme, words, below.adjusted(0, -6, 0, 6), role="small", colour=quiet)
        elif planned.duration_ms > 0:
            token = float(theme.raw["phase_line"]["mini"]["px_per_minute"]["library_list"])
            below.setWidth(max(12.0, planned.duration_ms * px_per_ms(token, longest_ms, room)))
            colours = line_colours(theme, "control" if chosen else "window")
            style = line_styles(theme).mini
            paint_phase_line(painter, below, planned.phases, planned.duration_ms, None, style=style, colours=colours)

    def _paint_choice(self, painter: QPainter, theme: Theme, rect: QRectF, row: ChoiceRow, *, chosen: bool) -> None:
        left = rect.left() + _INSET
        if row.what in (What.PROBLEMS, What.LEFT_OUT):
            icon, colour = ("error", "error") if row.what is What.PROBLEMS else ("info", "text_2")
            self._icons.paint(painter, QRectF(left, rect.top() + 11, 18, 18), icon, theme.color(colour))
            left += 26
        room = rect.right() - _INSET - left
        box = QRectF(left, rect.top() + 8, room, 24)
        role, weight = ("title_3" if row.what is What.SERIES else "label"), (600 if chosen else None)
        paint_line(painter, theme, row.title, box, role=role, colour="text_1", weight=weight)
        detail = QRectF(left, rect.top() + 33, room, 18)
        paint_line(painter, theme, row.detail, detail, role="small", colour="text_2")

    def _paint_note(self, painter: QPainter, theme: Theme, rect: QRectF, row: NoteRow) -> None:
        icon = QRectF(rect.left() + _INSET, rect.top() + 12, 20, 20)
        self._icons.paint(painter, icon, row.sign, theme.color(_SIGN_COLOURS.get(row.sign, "text_2")))
        left = rect.left() + _NOTE_LEFT
        room = rect.right() - _RIGHT - left
        name = QRectF(left, rect.top() + 10, room, 20)
        paint_line(painter, theme, row.name, name, role="label", colour="text_1")
        for number, line in enumerate(broken_into_lines(theme, row.words, room, role="small", most=2)):
            box = QRectF(left, rect.top() + 31 + 18 * number, room, 18)
            paint_line(painter, theme, line, box, role="small", colour="text_2")

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = RowEditor(self._themes, parent, numbered=isinstance(index.data(ROW), PreviewRow))
        editor.finished.connect(self._ended)
        self._editor = editor
        editor.wrong.connect(self.wrong)
        return editor

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        row = index.data(ROW)
        if isinstance(editor, RowEditor) and isinstance(row, (PreviewRow, ChoiceRow)):
            editor.title.setText(row.planned.title if isinstance(row, PreviewRow) else row.title)
            editor.number.setText(row.number if isinstance(row, PreviewRow) else "")
            editor.title.setSelection(len(editor.title.text()), -len(editor.title.text()))

    @override
    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        if isinstance(editor, RowEditor):
            self.edited.emit(index.data(ROW), editor.number.text(), editor.title.text())

    @override
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(4, 6, -4, -6))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return False  # the editor decides itself when it ends

    @Slot(bool)
    def _ended(self, take: bool) -> None:
        editor = self.sender()
        if isinstance(editor, RowEditor):
            if take:
                self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)


def _paint_heading(painter: QPainter, theme: Theme, rect: QRectF, row: HeadingRow) -> None:
    box = QRectF(rect.left() + _INSET, rect.bottom() - 34, rect.width() - _INSET - _RIGHT, 24)
    end = Qt.AlignmentFlag.AlignRight
    taken = paint_line(painter, theme, row.detail, box, role="small", colour="text_2", align=end)
    paint_line(painter, theme, row.title, box.adjusted(0, 0, -taken - 16, 0), role="heading", colour="text_1")


def _paint_surface(painter: QPainter, theme: Theme, rect: QRectF, *, chosen: bool, hovered: bool, ring: bool) -> None:
    radius = theme.radius("row")
    if chosen or hovered:
        surface = rect.adjusted(4, 4, -4, -4) if ring else rect.adjusted(0, 1, 0, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("control" if chosen else "row_hover"))
        painter.drawRoundedRect(surface, radius - 4 if ring else radius, radius - 4 if ring else radius)
    if ring:
        painter.setPen(QPen(theme.color("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius - 1, radius - 1)
