# SPDX-License-Identifier: GPL-3.0-or-later
"""Themes, fonts and icons."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from player.domain.models import PhaseKind
from player.domain.vocabulary import Vocabulary
from player.ui.icons import Icons
from player.ui.theme import Theme, ThemeManager, ThemeMode


def luminance(colour: QColor) -> float:
    parts = []
    for value in (colour.redF(), colour.greenF(), colour.blueF()):
        parts.append(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", [ThemeMode.DARK, ThemeMode.LIGHT])
def test_words_and_phases_stand_out_on_every_surface(themes: ThemeManager, mode: ThemeMode) -> None:
    themes.set_mode(mode)
    theme = themes.theme
    for surface in ("window", "card", "control"):
        behind = theme.color(surface)
        for words in ("text_1", "text_2", "text_3", "error", "warning", "success"):
            assert contrast(theme.color(words), behind) >= 4.5, (words, surface)
        for kind in PhaseKind:
            assert contrast(theme.phase(kind).solid, behind) >= 3, (kind, surface)


def test_the_view_over_video_is_dark_in_both_themes(themes: ThemeManager) -> None:
    dark = themes.theme.video
    themes.set_mode(ThemeMode.LIGHT)
    light = themes.theme.video
    assert themes.theme.name == "light"
    assert dark.color("text_1") == light.color("text_1")
    assert 0 < light.color("panel").alpha() < 255
    assert light.phase(PhaseKind.BREATH).ring_track != light.phase(PhaseKind.BREATH).empty


def test_a_theme_cannot_be_changed_through_what_it_hands_out(themes: ThemeManager) -> None:
    colour = themes.theme.color("text_1")
    colour.setAlpha(0)
    assert themes.theme.color("text_1").alpha() == 255


def test_each_role_gets_its_own_font_from_the_files_that_come_along(themes: ThemeManager) -> None:
    theme = themes.theme
    for role, family in (("title_1", "Vollkorn"), ("subtitle", "Vollkorn"), ("body", "Inter"), ("heading", "Inter")):
        info = QFontInfo(theme.font(role))
        assert info.family() == family
        assert info.pixelSize() == theme.role(role).size
        assert info.weight() == theme.role(role).weight


def test_ticking_digits_have_one_width(themes: ThemeManager) -> None:
    for role in ("body", "small", "time_large", "number"):
        metrics = QFontMetricsF(themes.theme.font(role))
        widths = [metrics.horizontalAdvance(digit * 4) for digit in "0123456789"]
        assert max(widths) - min(widths) < 0.25, role
    still = QFontMetricsF(themes.theme.font("body", tabular=False))
    assert still.horizontalAdvance("1111") < still.horizontalAdvance("0000")


def test_the_baseline_lies_inside_the_line_box(themes: ThemeManager) -> None:
    theme = themes.theme
    for role in theme.roles:
        assert 0.6 * theme.line_height(role) < theme.baseline(role) < theme.line_height(role)
        assert theme.baseline(role, 1.6) == pytest.approx(1.6 * theme.baseline(role))


def test_the_system_decides_until_the_user_does(themes: ThemeManager, qtbot: QtBot) -> None:
    hints = QApplication.styleHints()
    themes.set_mode(ThemeMode.SYSTEM)
    try:
        hints.setColorScheme(Qt.ColorScheme.Light)
        themes.set_mode(ThemeMode.SYSTEM)
        system_is_light = hints.colorScheme() == Qt.ColorScheme.Light
        assert (themes.theme.name == "light") == system_is_light
        themes.set_mode(ThemeMode.DARK)
        assert themes.theme.name == "dark"
        with qtbot.waitSignal(themes.changed):
            themes.set_mode("light")
        with qtbot.assertNotEmitted(themes.changed):
            themes.set_mode(ThemeMode.LIGHT)
    finally:
        hints.setColorScheme(Qt.ColorScheme.Unknown)


def test_palette_and_style_sheet_follow_the_theme(themes: ThemeManager, qapp: QApplication) -> None:
    assert qapp.palette().color(QPalette.ColorRole.Window) == themes.theme.color("window")
    before = qapp.styleSheet()
    themes.set_mode(ThemeMode.LIGHT)
    assert qapp.palette().color(QPalette.ColorRole.Window) == themes.theme.color("window")
    assert qapp.styleSheet() != before
    assert "{" in qapp.styleSheet()


def test_an_icon_has_the_colour_asked_for(icons: Icons, qapp: QApplication) -> None:
    for name in icons.names:
        image = icons.pixmap(name, 24, QColor("#ff0000"), 2.0).toImage()
        assert image.width() == 48
        painted = [image.pixelColor(x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() > 200]
        assert painted, name
        assert all(colour.red() > 240 and colour.green() < 16 for colour in painted), name


def test_an_unknown_icon_is_a_mistake(icons: Icons, qapp: QApplication) -> None:
    assert not icons.has("nothing-of-the-kind")
    with pytest.raises(KeyError):
        icons.pixmap("nothing-of-the-kind", 24, QColor("red"))


def test_directional_icons_turn_and_transport_icons_do_not(icons: Icons, qapp: QApplication) -> None:
    red = QColor("red")
    for name, turns in (("chevron-right", True), ("play", False), ("phase-rest", False)):
        plain = icons.pixmap(name, 24, red).toImage()
        mirrored = icons.pixmap(name, 24, red, mirrored=True).toImage()
        assert (plain != mirrored) == turns, name


def test_an_icon_is_painted_in_the_middle_of_its_box(icons: Icons, qapp: QApplication) -> None:
    image = QImage(60, 40, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    icons.paint(painter, QRectF(0, 0, 60, 40), "plus", QColor("#00ff00"))
    painter.end()
    assert image.pixelColor(30, 20).green() > 200
    assert image.pixelColor(4, 20).alpha() == 0


def test_everything_the_vocabulary_names_has_an_icon(
    icons: Icons, vocabulary: Vocabulary, themes: ThemeManager
) -> None:
    for prop in vocabulary.props.values():
        assert icons.has(prop.icon), prop.id
    for kind in PhaseKind:
        assert icons.has(themes.theme.phase(kind).glyph)


def test_both_themes_have_every_token(themes: ThemeManager) -> None:
    dark: Theme = themes.theme
    themes.set_mode(ThemeMode.LIGHT)
    assert dark.colours.keys() == themes.theme.colours.keys()
    assert themes.theme.size("desk", "row") == 84
    assert themes.theme.radius("card") == 16
    assert themes.theme.space(6) == 24
    assert themes.theme.motion("panel_in").ms == 180
