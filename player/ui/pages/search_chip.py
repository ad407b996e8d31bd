# SPDX-License-Identifier: GPL-3.0-or-later
"""A chip that is on or off, with an icon or the tile of a phase kind, and groups of them. Main thread."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from player.domain.models import PhaseKind
from player.ui.icons import Icons
from player.ui.theme import ThemeManager
from player.ui.widgets.phase_tile import paint_tile
from player.ui.widgets.roving import Roving
from player.ui.widgets.text import paint_line

HEIGHT = 36
_PAD, _GAP, _ICON, _TILE = 12, 7, 18, 20
_BETWEEN = 6


class Chip(QAbstractButton):
    """Words, and before them an icon or a tile. On: its edge and surface, and a screen reader says so. `count` stands
    behind the words in a quieter colour."""

    def __init__(
        self,
        themes: ThemeManager,
        icons: Icons,
        text: str,
        *,
        icon: str = "",
        kind: PhaseKind | None = None,
        count: int | None = None,
    ) -> None:
        super().__init__()
        self._themes, self._icons, self._icon, self._kind = themes, icons, icon, kind
        self._count = "" if count is None else f"{count}"
        self.focus_radius = 10
        self.setText(text)
        self.setAccessibleName(text)
        if count is not None:
            self.setAccessibleDescription("1 class" if count == 1 else f"{count} classes")
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        metrics = self._themes.theme.metrics("small", weight=500)
        width = 2 * _PAD + metrics.horizontalAdvance(self.text())
        if self._icon or self._kind is not None:
            width += (_TILE if self._kind is not None else _ICON) + _GAP
        if self._count:
            width += _GAP + self._themes.theme.metrics("small").horizontalAdvance(self._count)
        return QSize(math.ceil(width) + 1, HEIGHT)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._themes.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        surface = "on" if self.isChecked() else "control" if self.underMouse() else "raised"
        rect = QRectF(self.rect())
        painter.setBrush(theme.color("pressed" if self.isDown() else surface))
        if self.isChecked():
            painter.setPen(QPen(theme.color("text_1"), 1.5))
            painter.drawRoundedRect(rect.adjusted(0.75, 0.75, -0.75, -0.75), 9.5, 9.5)
        else:
            painter.setPen(QPen(theme.color("hairline"), 1))  # in the light theme the surface alone is hard to see
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 9.5, 9.5)
        colour = "text_1" if self.isChecked() else "text_2"
        left = float(_PAD)
        middle = rect.center().y()
        if self._kind is not None:
            paint_tile(painter, theme, self._icons, self._kind, QRectF(left - 3, middle - _TILE / 2, _TILE, _TILE))
            left += _TILE + _GAP - 3
        elif self._icon:
            box = QRectF(left, middle - _ICON / 2, _ICON, _ICON)
            self._icons.paint(painter, box, self._icon, theme.color(colour))
            left += _ICON + _GAP
        box = QRectF(left, 0, rect.width() - left - _PAD + 2, rect.height())
        used = paint_line(painter, theme, self.text(), box, role="small", colour=colour, weight=500)
        if self._count:
            quiet = "text_2" if self.isChecked() else "text_3"
            paint_line(painter, theme, self._count, box.adjusted(used + _GAP, 0, 2, 0), role="small", colour=quiet)


class ChipFlow(QWidget):
    """Chips in rows as wide as there is room. One stop for Tab; arrows move inside.

    `toggled(object)`: the key of the chip that was pressed. With `single` at most one is on.
    """

    toggled = Signal(object)

    def __init__(self, name: str, *, single: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._single = single
        self._chips: dict[object, Chip] = {}
        self._roving = Roving(lambda: 2, self)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def chips(self) -> dict[object, Chip]:
        return dict(self._chips)

    @property
    def on(self) -> tuple[object, ...]:
        """The keys of the chips that are on."""
        return tuple(key for key, chip in self._chips.items() if chip.isChecked())

    def set_chips(self, chips: Sequence[tuple[object, Chip]]) -> None:
        """Show these; those of the same keys stay on, and have focus if they had it."""
        on, focused = self.on, next((key for key, chip in self._chips.items() if chip.hasFocus()), None)
        self._roving.forget()
        for chip in self._chips.values():
            chip.hide()
            chip.deleteLater()
        self._chips = dict(chips)
        for key, chip in chips:
            chip.setParent(self)
            chip.setChecked(key in on)
            chip.clicked.connect(partial(self._pressed, key))
            chip.show()
        self._roving.set_widgets([chip for _key, chip in chips])
        if focused in self._chips:
            self._chips[focused].setFocus()
        self._place(self.width())
        self.updateGeometry()

    def set_on(self, keys: Sequence[object]) -> None:
        """Switch without telling."""
        for key, chip in self._chips.items():
            chip.setChecked(key in keys)

    def _pressed(self, key: object) -> None:
        if self._single and self._chips[key].isChecked():
            self.set_on((key,))
        self.toggled.emit(key)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._arranged(width)[1]

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(240, self.width())))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.width())

    def _place(self, width: int) -> None:
        places, height = self._arranged(width)
        for chip, rect in zip(self._chips.values(), places, strict=True):
            chip.setGeometry(rect)
        self.setMinimumHeight(height)

    def _arranged(self, width: int) -> tuple[list[QRect], int]:
        places, corner = [], QPoint(0, 0)
        for chip in self._chips.values():
            size = chip.sizeHint()
            chip_width = min(size.width(), max(40, width))
            if corner.x() and corner.x() + chip_width > width:
                corner = QPoint(0, corner.y() + HEIGHT + _BETWEEN)
            left = corner.x()
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                left = width - corner.x() - chip_width
            places.append(QRect(left, corner.y(), chip_width, HEIGHT))
            corner.setX(corner.x() + chip_width + _BETWEEN)
        return places, corner.y() + HEIGHT if places else 0
