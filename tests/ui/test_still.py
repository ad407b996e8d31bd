# SPDX-License-Identifier: GPL-3.0-or-later
"""A painting is kept as long as it shows the same thing at the same size."""

from __future__ import annotations

from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from player.ui.widgets.still import Still


def test_painted_once_and_again_when_something_changes(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(20, 10)
    still, painted = Still(widget), []

    def shown(what: str, colour: str) -> str:
        image = QImage(20, 10, QImage.Format.Format_RGB32)
        painter = QPainter(image)

        def paint(fresh: QPainter) -> None:
            painted.append(what)
            fresh.fillRect(widget.rect(), QColor(colour))

        still.show(painter, what, paint)
        painter.end()
        return image.pixelColor(19, 9).name()

    assert shown("one", "#102030") == "#102030"
    assert shown("one", "#ffffff") == "#102030", "kept"
    assert shown("two", "#405060") == "#405060"
    widget.resize(20, 12)
    shown("two", "#405060")
    assert painted == ["one", "two", "two"]
