# SPDX-License-Identifier: GPL-3.0-or-later
"""The sign on a picture that can be pressed to play. Main thread."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from player.ui.icons import Icons
from player.ui.theme import Theme

_DISC = 32


def paint_play_sign(
    painter: QPainter, theme: Theme, icons: Icons, picture: QRectF, *, hot: bool, scale: float = 1.0
) -> None:
    """A disc with a triangle in the middle of `picture`, the same in every theme. `hot`: the pointer is on it."""
    side, glyph = _DISC * scale, _DISC * scale * 0.56
    video, middle = theme.video, picture.center()
    disc = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(video.color("primary" if hot else "panel"))
    painter.drawEllipse(disc)
    place = QRectF(middle.x() - glyph / 2, middle.y() - glyph / 2, glyph, glyph)
    icons.paint(painter, place, "play-fill", video.color("on_primary" if hot else "text_1"))
