# SPDX-License-Identifier: GPL-3.0-or-later
"""The ring around what has keyboard focus. One for the whole application. Main thread.

It is shown when focus moved by a key and hidden when it moved by the pointer, whoever moved it: the input
that came last decides. A widget may say `focus_radius` (its own corner radius, px), `focus_room` (px between its
edge and the ring, for one whose words reach its edge), `focus_ring = False` (it draws its own) and
`focus_over_video = True`.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Slot
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen, QWindow
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QFocusFrame,
    QLineEdit,
    QMenu,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)
from shiboken6 import isValid
from typing_extensions import override

from player.ui.theme import ThemeManager

_GAP = 2.0
_WIDTH = 2.0
_MARGIN = 5
_POINTER = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.TabletPress})


class _RingStyle(QProxyStyle):
    """Gives the frame its margin, all of it visible, above everything in its window."""

    @override
    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric in (QStyle.PixelMetric.PM_FocusFrameHMargin, QStyle.PixelMetric.PM_FocusFrameVMargin):
            return _MARGIN + (_room_of(widget.widget()) if isinstance(widget, QFocusFrame) else 0)
        return super().pixelMetric(metric, option, widget)

    @override
    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        if hint == QStyle.StyleHint.SH_FocusFrame_Mask:
            return 0
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        return super().styleHint(hint, option, widget, returnData)


class _Frame(QFocusFrame):
    """The ring itself: 2 px, a 2 px gap in the colour behind, the control's radius plus 3."""

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self._themes = themes
        style = _RingStyle()
        style.setParent(self)  # a widget does not own its style: it must live exactly as long as the frame
        self.setStyle(style)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        target: QWidget | None = self.widget()
        if target is None:
            return
        theme = self._themes.theme
        if getattr(target, "focus_over_video", False):
            theme = theme.video
        radius = float(getattr(target, "focus_radius", 10)) + _room_of(target)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        painter.setPen(QPen(theme.color("focus_gap"), _GAP))
        gap = _GAP / 2
        painter.drawRoundedRect(inner.adjusted(-gap, -gap, gap, gap), radius + gap, radius + gap)
        painter.setPen(QPen(theme.color("focus"), _WIDTH))
        out = _GAP + _WIDTH / 2
        painter.drawRoundedRect(inner.adjusted(-out, -out, out, out), radius + 3, radius + 3)


class FocusRing(QObject):
    """Watches focus and input of the application and shows the ring where it belongs."""

    def __init__(self, app: QApplication, themes: ThemeManager) -> None:
        super().__init__(app)
        self._keyboard = True
        self._themes = themes
        self._frame: _Frame | None = None
        app.focusChanged.connect(self._moved)
        app.focusWindowChanged.connect(self._watch)
        themes.changed.connect(self._repaint)
        self._watch(QGuiApplication.focusWindow())

    @property
    def keyboard(self) -> bool:
        """Whether the input that came last was a key."""
        return self._keyboard

    @property
    def target(self) -> QWidget | None:
        """The widget around which the ring is shown."""
        frame = self._living()
        return frame.widget() if frame is not None else None

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            if not self._keyboard:
                self._keyboard = True
                self._show(QApplication.focusWidget())
        elif event.type() in _POINTER and self._keyboard:
            self._keyboard = False
            self._show(None)
        return False

    @Slot(QWindow)
    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # once more does no harm

    @Slot(QWidget, QWidget)
    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._show(new if self._keyboard else None)

    @Slot()
    def _repaint(self) -> None:
        frame = self._living()
        if frame is not None:
            frame.update()

    def _show(self, widget: QWidget | None) -> None:
        frame = self._living()
        if widget is None or not _wants_ring(widget):
            if frame is not None:
                frame.setWidget(None)  # type: ignore[arg-type]
            return
        if frame is None:
            frame = self._frame = _Frame(self._themes)
        frame.setWidget(widget)

    def _living(self) -> _Frame | None:
        """The frame lives in the window of its widget and goes with it; the next one is made when needed."""
        if self._frame is not None and not isValid(self._frame):
            self._frame = None
        return self._frame


def _room_of(widget: QWidget | None) -> int:
    return int(getattr(widget, "focus_room", 0))


def _wants_ring(widget: QWidget) -> bool:
    if not getattr(widget, "focus_ring", True) or widget.isWindow():
        return False
    return not isinstance(widget, (QLineEdit, QMenu, QAbstractItemView, QAbstractScrollArea)) and not _is_backdrop(
        widget
    )


def _is_backdrop(widget: QWidget) -> bool:
    """Something that only took focus because nothing else would (a page)."""
    return widget.focusPolicy() == Qt.FocusPolicy.NoFocus
