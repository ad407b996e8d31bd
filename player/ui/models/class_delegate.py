# SPDX-License-Identifier: GPL-3.0-or-later
"""The delegate of the list of classes: finds out how a row stands and has it painted. Main thread."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from player.ui.icons import Icons
from player.ui.models.class_list import ClassListModel, ClassRole, ClassRow, SectionRow
from player.ui.models.class_row_painter import LEAST_WIDTH, RowLook, RowPainter, paint_section
from player.ui.pictures import Pictures
from player.ui.theme import ThemeManager

SECTION_HEIGHT = 56

Index = QModelIndex | QPersistentModelIndex


class ClassDelegate(QStyledItemDelegate):
    """The view decides: `ring`, whether the current row shows keyboard focus; `hot`, the row whose picture or
    state circle is under the pointer."""

    def __init__(self, themes: ThemeManager, icons: Icons, pictures: Pictures, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._themes, self._icons, self._pictures = themes, icons, pictures
        self.ring = False
        self.hot: int | None = None

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ClassRole.ROW)
        height = SECTION_HEIGHT if isinstance(row, SectionRow) else self._themes.theme.size("desk", "row")
        return QSize(LEAST_WIDTH, height)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, theme = index.data(ClassRole.ROW), self._themes.theme
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, SectionRow):
            paint_section(painter, theme, rect, row)
        elif isinstance(row, ClassRow):
            look = self._look(option, index)
            RowPainter(painter, theme, self._icons, self._pictures, rect, row, look).paint()
        painter.restore()

    def _look(self, option: QStyleOptionViewItem, index: Index) -> RowLook:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        below, view, model = index.sibling(index.row() + 1, 0), option.widget, index.model()
        next_chosen = isinstance(view, QAbstractItemView) and view.selectionModel().isSelected(QModelIndex(below))
        class_below = isinstance(below.data(ClassRole.ROW), ClassRow)
        return RowLook(
            chosen=chosen,
            hovered=hovered,
            hot=self.hot == index.row(),
            ring=self.ring and bool(option.state & QStyle.StateFlag.State_HasFocus),
            line_below=class_below and not (chosen or next_chosen or hovered),
            longest_ms=model.longest_ms if isinstance(model, ClassListModel) else 0,
            most_needs=model.most_needs if isinstance(model, ClassListModel) else 0,
        )
