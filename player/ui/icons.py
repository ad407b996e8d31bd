# SPDX-License-Identifier: GPL-3.0-or-later
"""The icons of the program in any size and colour. Main thread only.

Qt paints the word currentColor black, so the colour is written into the drawing before it is rendered.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QPixmapCache, QTransform
from PySide6.QtSvg import QSvgRenderer

_MIRRORED = frozenset({"arrow-left", "chevron-left", "chevron-right", "queue", "next-class"})


class Icons:
    """Reads all drawings of a folder once; pictures are made when asked for and kept in QPixmapCache."""

    def __init__(self, folder: Path) -> None:
        """`folder` holds one `name.svg` per icon. Raises OSError where it cannot be read."""
        self._folder = folder
        self._drawings = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.svg"))}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._drawings)

    def has(self, name: str) -> bool:
        return name in self._drawings

    def pixmap(self, name: str, size_px: int, colour: QColor, ratio: float = 1.0, *, mirrored: bool = False) -> QPixmap:
        """The icon `size_px` wide and high (logical pixels) in `colour`, for a screen of `ratio` device pixels
        per pixel. `mirrored` is for right-to-left layouts; icons that must not be turned ignore it.
        Raises KeyError for an unknown name."""
        mirrored = mirrored and name in _MIRRORED
        key = f"{self._folder}/{name}/{size_px}/{colour.rgba():08x}/{ratio:.3f}/{int(mirrored)}"
        found = QPixmap()
        if QPixmapCache.find(key, found):
            return found
        pixmap = self._render(name, round(size_px * ratio), colour)
        if mirrored:
            pixmap = pixmap.transformed(QTransform.fromScale(-1, 1))
        pixmap.setDevicePixelRatio(ratio)
        QPixmapCache.insert(key, pixmap)
        return pixmap

    def icon(
        self, name: str, size_px: int, colour: QColor, disabled: QColor | None = None, ratio: float = 1.0
    ) -> QIcon:
        """The same as a QIcon, for menus."""
        icon = QIcon(self.pixmap(name, size_px, colour, ratio))
        if disabled is not None:
            icon.addPixmap(self.pixmap(name, size_px, disabled, ratio), QIcon.Mode.Disabled)
        return icon

    def paint(self, painter: QPainter, rect: QRectF, name: str, colour: QColor) -> None:
        """The icon centred in `rect`, as large as fits."""
        size = max(1, round(min(rect.width(), rect.height())))
        enlarged = max(1.0, painter.worldTransform().m11())
        pixmap = self.pixmap(name, size, colour, painter.device().devicePixelRatioF() * enlarged)
        left = rect.x() + (rect.width() - size) / 2
        top = rect.y() + (rect.height() - size) / 2
        painter.drawPixmap(QRectF(left, top, size, size), pixmap, QRectF(pixmap.rect()))

    def _render(self, name: str, pixels: int, colour: QColor) -> QPixmap:
        drawing = self._drawings[name].replace("currentColor", colour.name())
        renderer = QSvgRenderer(QByteArray(drawing.encode()))
        pixmap = QPixmap(max(1, pixels), max(1, pixels))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setOpacity(colour.alphaF())
        renderer.render(painter)
        painter.end()
        return pixmap
