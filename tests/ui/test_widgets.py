# SPDX-License-Identifier: GPL-3.0-or-later
"""Buttons, words, the grid, messages, the import panel, the focus ring, the rail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from player.domain.models import Series, SeriesId
from player.domain.plan import ImportReport, Problem, ProblemReason
from player.domain.progress import Progress
from player.ui.icons import Icons
from player.ui.rail import NARROW, WIDE, Place, Rail
from player.ui.theme import ThemeManager, ThemeMode
from player.ui.widgets.button import Button, ButtonKind, ButtonSize
from player.ui.widgets.flow_grid import FlowGrid
from player.ui.widgets.focus_ring import FocusRing
from player.ui.widgets.import_panel import ImportPanel
from player.ui.widgets.menu import Menu
from player.ui.widgets.message_bar import MessageBar
from player.ui.widgets.picture import paint_picture, rounded
from player.ui.widgets.series_card import SeriesCard
from player.ui.widgets.text import TextBlock, TextLine


def middle(widget: QWidget) -> QColor:
    """The colour just inside the left edge, half way down: the surface."""
    image = widget.grab().toImage()
    return image.pixelColor(5, image.height() // 2)


@pytest.mark.parametrize("screen_ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_a_picture_fills_its_shape_once(qapp: QApplication, screen_ratio: float, ratio: float) -> None:
    """Whatever the ratios of screen and pixmap: its four corners are in the four corners of the shape."""
    corners = {(0, 0): "#ff0000", (50, 0): "#00ff00", (0, 30): "#0000ff", (50, 30): "#ffff00"}
    pixmap = QPixmap(round(100 * ratio), round(60 * ratio))
    pixmap.setDevicePixelRatio(ratio)
    painter = QPainter(pixmap)
    for (x, y), colour in corners.items():
        painter.fillRect(x, y, 50, 30, QColor(colour))
    painter.end()
    screen = QImage(round(260 * screen_ratio), round(220 * screen_ratio), QImage.Format.Format_RGB32)
    screen.setDevicePixelRatio(screen_ratio)
    painter = QPainter(screen)
    paint_picture(painter, pixmap, rounded(QRectF(130, 124, 100, 60), 4))
    painter.end()
    for (left, top), colour in corners.items():
        for x, y in ((left + 3, top + 3), (left + 46, top + 26)):  # both ends of each quarter
            there = screen.pixelColor(round((130 + x) * screen_ratio), round((124 + y) * screen_ratio))
            assert there == QColor(colour)


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    """A window to put widgets in."""
    window = QWidget()
    window.resize(800, 600)
    qtbot.addWidget(window)
    return window


@pytest.mark.parametrize(
    ("kind", "surface"),
    [(ButtonKind.PRIMARY, "primary"), (ButtonKind.SECONDARY, "control")],
)
def test_a_button_shows_its_states(
    qtbot: QtBot, themes: ThemeManager, icons: Icons, kind: ButtonKind, surface: str
) -> None:
    button = Button(themes, icons, "Play", "play-fill", kind=kind)
    qtbot.addWidget(button)
    button.show()
    theme = themes.theme
    assert middle(button) == theme.color(surface)
    button.setEnabled(False)
    assert middle(button) == theme.color("raised")
    button.setEnabled(True)
    button.setDown(True)
    button.pressed.emit()
    pressed = theme.color("primary_pressed" if kind is ButtonKind.PRIMARY else "pressed")
    qtbot.waitUntil(lambda: middle(button) == pressed)
    themes.set_mode(ThemeMode.LIGHT)
    button.setDown(False)
    button.released.emit()
    qtbot.waitUntil(lambda: middle(button) == themes.theme.color(surface))


def test_button_sizes_are_those_of_the_design(qtbot: QtBot, themes: ThemeManager, icons: Icons) -> None:
    for size, height in ((ButtonSize.LARGE, 48), (ButtonSize.MEDIUM, 40), (ButtonSize.SMALL, 32)):
        button = Button(themes, icons, "Queue", "queue", size=size)
        qtbot.addWidget(button)
        assert button.sizeHint().height() == height
    alone = Button(themes, icons, icon="more", name="More")
    qtbot.addWidget(alone)
    assert (alone.sizeHint().width(), alone.sizeHint().height()) == (48, 48)
    assert (alone.accessibleName(), alone.toolTip()) == ("More", "More")


def test_a_busy_button_keeps_its_width_and_does_nothing(qtbot: QtBot, themes: ThemeManager, icons: Icons) -> None:
    button = Button(themes, icons, "Queue", "queue")
    qtbot.addWidget(button)
    button.show()
    width = button.sizeHint().width()
    button.set_busy(True)
    assert button.busy
    assert button.sizeHint().width() == width
    with qtbot.assertNotEmitted(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    button.set_busy(False)
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_enter_and_space_press_a_button(qtbot: QtBot, themes: ThemeManager, icons: Icons) -> None:
    button = Button(themes, icons, "Play")
    qtbot.addWidget(button)
    button.show()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        with qtbot.waitSignal(button.clicked):
            qtbot.keyClick(button, key)


def test_a_button_with_a_menu_opens_it(qtbot: QtBot, themes: ThemeManager, icons: Icons) -> None:
    button = Button(themes, icons, "Go on", kind=ButtonKind.LINK)
    qtbot.addWidget(button)
    menu = Menu(button)
    menu.addAction("Stop")
    button.set_menu(menu)
    button.show()
    qtbot.keyClick(button, Qt.Key.Key_Down)
    qtbot.waitUntil(menu.isVisible)
    menu.close()


def test_a_line_that_does_not_fit_says_itself_in_its_tooltip(qtbot: QtBot, themes: ThemeManager, host: QWidget) -> None:
    line = TextLine(themes, "title_1", "A very long title that cannot fit", parent=host)
    line.resize(120, 36)
    host.show()
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QHelpEvent

    help_event = QHelpEvent(QEvent.Type.ToolTip, QPoint(2, 2), line.mapToGlobal(QPoint(2, 2)))
    QApplication.sendEvent(line, help_event)
    assert line.toolTip() == line.text()
    line.resize(900, 36)
    QApplication.sendEvent(line, help_event)
    assert not line.toolTip()


def test_a_block_is_cut_after_its_lines_and_tells(qtbot: QtBot, themes: ThemeManager) -> None:
    block = TextBlock(themes, "body", max_lines=3)
    qtbot.addWidget(block)
    block.resize(200, 100)
    block.show()
    with qtbot.waitSignal(block.cut_changed):
        block.set_text("word " * 80)
    assert block.cut
    assert block.heightForWidth(200) == 60
    block.set_max_lines(None)
    assert not block.cut
    assert block.heightForWidth(200) > 60
    block.set_text("")
    assert block.heightForWidth(200) == 0


def series(number: int) -> Series:
    return Series(SeriesId(number), f"Series {number}", "", 10, 3_600_000, number % 11)


def test_the_grid_takes_as_many_columns_as_fit(qtbot: QtBot, themes: ThemeManager, icons: Icons) -> None:
    grid = FlowGrid(least_width=240, gap=24)
    qtbot.addWidget(grid)
    cards = [SeriesCard(themes, icons, series(number)) for number in range(7)]
    grid.set_cards(cards)
    for width, columns in ((1116, 4), (800, 3), (300, 1)):
        grid.resize(width, 600)
        assert grid.columns() == columns
        rows = -(-7 // columns)
        card = cards[0].heightForWidth((width - 24 * (columns - 1)) // columns)
        assert grid.heightForWidth(width) == rows * card + (rows - 1) * 28
        grid.grab()  # a hidden widget hears of its size when it is painted
        assert cards[columns - 1].geometry().right() < width
    grid.set_cards(cards[:2])
    assert grid.cards == tuple(cards[:2])


def test_arrows_move_in_the_grid_and_tab_leaves_it(
    qtbot: QtBot, themes: ThemeManager, icons: Icons, host: QWidget
) -> None:
    layout = QVBoxLayout(host)
    grid, after = FlowGrid(), QPushButton("after")
    layout.addWidget(grid)
    layout.addWidget(after)
    cards = [SeriesCard(themes, icons, series(number)) for number in range(5)]
    grid.set_cards(cards)
    host.show()
    host.activateWindow()
    cards[0].setFocus()
    qtbot.waitUntil(cards[0].hasFocus)
    qtbot.keyClick(cards[0], Qt.Key.Key_Right)
    assert cards[1].hasFocus()
    qtbot.keyClick(cards[1], Qt.Key.Key_Down)
    assert cards[1 + grid.columns()].hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Home)
    assert cards[0].hasFocus()
    qtbot.keyClick(cards[0], Qt.Key.Key_End)
    assert cards[4].hasFocus()
    qtbot.keyClick(cards[4], Qt.Key.Key_Tab)
    assert after.hasFocus()
    qtbot.keyClick(after, Qt.Key.Key_Backtab)
    assert cards[4].hasFocus()


def test_a_series_card_says_how_far_one_is(qtbot: QtBot, themes: ThemeManager, icons: Icons) -> None:
    card = SeriesCard(themes, icons, series(3))
    qtbot.addWidget(card)
    assert card.accessibleName() == "Series 3, 3 of 10 classes done"
    card.set_series(Series(SeriesId(3), "Series 3", "", 10, 1, 10))
    assert card.accessibleName() == "Series 3, all 10 classes done"
    card.resize(261, card.heightForWidth(261))
    assert card.picture_size().height() == 144
    card.grab()


def test_a_message_stays_at_the_lower_left_and_goes_by_itself(
    qtbot: QtBot, themes: ThemeManager, icons: Icons, host: QWidget
) -> None:
    bar = MessageBar(themes, icons, host, left=84)
    elsewhere = QPushButton("elsewhere", host)
    host.show()
    elsewhere.setFocus()
    bar.show_message("Removed", action="Undo", shown_ms=30)
    assert bar.isVisible()
    assert bar.text == "Removed"
    assert bar.geometry().left() == 84 + 24
    host.resize(900, 500)
    assert bar.geometry().bottom() == 500 - 24 - 1
    with qtbot.waitSignal(bar.gone):
        pass
    assert not bar.isVisible()


@pytest.mark.parametrize("action", ["", "Undo"])
def test_the_first_message_is_whole(themes: ThemeManager, icons: Icons, host: QWidget, action: str) -> None:
    bar = MessageBar(themes, icons, host, left=84)
    host.show()
    QApplication.processEvents()
    bar.show_message("Added to the queue.", action=action)
    words, close = bar.findChildren(TextBlock)[0], bar.findChildren(Button)[-1]
    needed = themes.theme.metrics("body").horizontalAdvance("Added to the queue.")
    assert words.width() >= needed
    assert words.height() >= 20
    assert close.size() == close.sizeHint()
    assert close.geometry().right() == bar.width() - 8 - 1
    assert close.geometry().center().y() == pytest.approx(bar.height() / 2, abs=1.5)


def test_the_action_of_a_message_is_chosen_once(
    qtbot: QtBot, themes: ThemeManager, icons: Icons, host: QWidget
) -> None:
    bar = MessageBar(themes, icons, host)
    host.show()
    bar.show_message("Removed", action="Undo")
    undo = next(button for button in bar.findChildren(Button) if button.text() == "Undo")
    with qtbot.assertNotEmitted(bar.gone), qtbot.waitSignal(bar.action_chosen):
        qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    bar.show_message("one")
    with qtbot.waitSignal(bar.gone):
        bar.show_message("two", severity="error")
    assert bar.text == "two"
    bar.dismiss()


def problem(name: str) -> Problem:
    return Problem(Path("/classes") / name, ProblemReason.DAMAGED, "It is damaged. Copy it again.")


def test_the_import_panel_from_beginning_to_report(qtbot: QtBot, themes: ThemeManager, icons: Icons) -> None:
    panel = ImportPanel(themes, icons)
    qtbot.addWidget(panel)
    assert panel.isHidden()
    panel.show_progress(Progress(3, None))
    panel.show_progress(Progress(12, 38, 2, "10 Under the Ribs.mp4"))
    words = " ".join(line.text() for line in panel.findChildren(TextLine))
    assert "12 of 38 files, 2 problems" in words
    assert panel.running
    stop = next(button for button in panel.findChildren(Button) if button.text() == "Stop")
    with qtbot.waitSignal(panel.cancel_requested):
        stop.click()
    assert not stop.isEnabled()
    panel.show_report(ImportReport(added=36, problems=(problem("06 Hips.mp4"), problem("07 Knees.mp4"))))
    assert not panel.running
    assert not panel.problems_shown
    more = next(button for button in panel.findChildren(Button) if "problems" in button.text())
    more.click()
    assert panel.problems_shown
    words = " ".join(line.text() for line in panel.findChildren(TextLine))
    assert "36 classes added" in words
    assert "06 Hips.mp4" in words
    close = next(button for button in panel.findChildren(Button) if button.text() == "Close")
    with qtbot.waitSignal(panel.dismissed):
        close.click()
    assert panel.isHidden()


@pytest.mark.parametrize(
    ("report", "title"),
    [
        (ImportReport(added=1), "1 class added"),
        (ImportReport(unchanged=5), "Nothing new"),
        (ImportReport(updated=2, unchanged=5), "2 classes brought up to date"),
        (ImportReport(problems=(problem("a.mp4"),)), "No classes found"),
    ],
)
def test_reports_say_what_happened(
    qtbot: QtBot, themes: ThemeManager, icons: Icons, report: ImportReport, title: str
) -> None:
    panel = ImportPanel(themes, icons)
    qtbot.addWidget(panel)
    panel.show_report(report)
    assert title in [line.text() for line in panel.findChildren(TextLine)]


def test_the_ring_is_for_the_keyboard(
    qtbot: QtBot,
    themes: ThemeManager,
    icons: Icons,
    qapp: QApplication,
    host: QWidget,
    press: Callable[..., None],
) -> None:
    ring = FocusRing(qapp, themes)
    try:
        row = QHBoxLayout(host)
        one, two = Button(themes, icons, "One"), Button(themes, icons, "Two")
        row.addWidget(one)
        row.addWidget(two)
        host.show()
        host.activateWindow()
        qtbot.waitUntil(lambda: qapp.focusWidget() is one)
        press(host, Qt.Key.Key_Tab)
        assert two.hasFocus()
        assert ring.target is two
        window = host.windowHandle()
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=one.geometry().center())
        assert one.hasFocus()
        assert ring.target is None
        press(host, Qt.Key.Key_Tab)
        assert ring.target is two
        theme = themes.theme
        image = host.grab().toImage()
        box = two.geometry()
        assert image.pixelColor(box.center().x(), box.top() - 3) == theme.color("focus")
        assert image.pixelColor(box.center().x(), box.top() - 1) == theme.color("focus_gap")
    finally:
        ring.deleteLater()


def test_the_ring_of_a_card_keeps_off_its_words(
    qtbot: QtBot, themes: ThemeManager, icons: Icons, qapp: QApplication, host: QWidget
) -> None:
    ring = FocusRing(qapp, themes)
    try:
        card = SeriesCard(themes, icons, Series(SeriesId(1), "Mornings", "", 4, 0, 4), host)
        card.setGeometry(100, 100, 261, card.heightForWidth(261))
        host.show()
        host.activateWindow()
        card.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(lambda: ring.target is card)
        image, theme, box = host.grab().toImage(), themes.theme, card.geometry()
        assert image.pixelColor(box.left() - 6 - 3, box.center().y()) == theme.color("focus")
        assert image.pixelColor(box.left() - 3, box.center().y()) == theme.color("window")
        for x in (box.left() + 1, box.right() - 1):  # the line of what is done is whole
            assert image.pixelColor(x, box.bottom() - 1) == theme.color("text_2")
    finally:
        ring.deleteLater()


def test_the_rail_asks_and_the_window_answers(qtbot: QtBot, themes: ThemeManager, icons: Icons) -> None:
    rail = Rail(themes, icons)
    qtbot.addWidget(rail)
    rail.resize(rail.width(), 700)
    rail.show()
    rail.set_current(Place.HOME)
    series_item = rail._items[Place.SERIES]
    assert series_item.isHidden()
    rail.set_series_known(True)
    with qtbot.waitSignal(rail.place_chosen, check_params_cb=lambda place: place is Place.SERIES):
        qtbot.mouseClick(series_item, Qt.MouseButton.LeftButton)
    assert rail.current is Place.HOME
    rail.set_current(Place.SERIES)
    assert series_item.isChecked()
    assert not rail._items[Place.HOME].isChecked()
    assert rail.width() == WIDE
    rail.set_narrow(True)
    assert rail.width() == NARROW
    assert series_item.toolTip() == "Series"


def test_the_rail_changes_the_look(qtbot: QtBot, themes: ThemeManager, icons: Icons) -> None:
    rail = Rail(themes, icons)
    qtbot.addWidget(rail)
    light = next(action for action in rail._menu.actions() if action.text() == "Light")
    with qtbot.waitSignal(rail.mode_chosen, check_params_cb=lambda mode: mode is ThemeMode.LIGHT):
        light.trigger()
    assert themes.theme.name == "light"
