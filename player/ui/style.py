# SPDX-License-Identifier: GPL-3.0-or-later
"""The palette and the one style sheet, made from the theme. Main thread.

The style sheet is for surfaces that Qt draws itself (menus, scroll bars, fields, tool tips); our own widgets
paint themselves from the theme.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from player.ui.theme import Theme, ThemeManager

_Role = QPalette.ColorRole


def palette_of(theme: Theme) -> QPalette:
    """The palette for everything that Qt's own style draws."""
    palette = QPalette()
    for role, name in (
        (_Role.Window, "window"),
        (_Role.WindowText, "text_1"),
        (_Role.Base, "card"),
        (_Role.AlternateBase, "raised"),
        (_Role.Text, "text_1"),
        (_Role.PlaceholderText, "text_3"),
        (_Role.Button, "control"),
        (_Role.ButtonText, "text_1"),
        (_Role.BrightText, "text_1"),
        (_Role.Highlight, "on"),
        (_Role.HighlightedText, "text_1"),
        (_Role.ToolTipBase, "raised"),
        (_Role.ToolTipText, "text_1"),
        (_Role.Light, "on"),
        (_Role.Midlight, "control"),
        (_Role.Mid, "hairline_strong"),
        (_Role.Dark, "hairline"),
        (_Role.Shadow, "rail"),
        (_Role.Link, "text_1"),
        (_Role.LinkVisited, "text_2"),
        (_Role.Accent, "primary"),
    ):
        palette.setColor(role, theme.color(name))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.color("text_disabled"))
    return palette


def style_sheet_of(theme: Theme) -> str:
    """The style sheet of the application."""
    c = {name: theme.color(name).name() for name in theme.colours}
    return f"""
QToolTip {{
    background: {c["raised"]}; color: {c["text_1"]}; border: 1px solid {c["hairline_strong"]}; padding: 5px 8px;
}}
QMenu {{
    background: {c["raised"]}; color: {c["text_1"]}; border: 1px solid {c["hairline_strong"]};
    border-radius: {theme.radius("control")}px; padding: 6px;
}}
QMenu::item {{ padding: 8px 20px 8px 12px; border-radius: {theme.radius("small")}px; background: transparent; }}
QMenu::item:selected {{ background: {c["on"]}; color: {c["text_1"]}; }}
QMenu::item:disabled {{ color: {c["text_disabled"]}; background: transparent; }}
QMenu::icon {{ padding-left: 10px; }}
QMenu::separator {{ height: 1px; background: {c["hairline_strong"]}; margin: 6px 8px; }}
QScrollBar:vertical {{ background: transparent; width: 6px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 6px; margin: 0; }}
QScrollBar::handle {{ background: {c["on"]}; border-radius: 3px; min-height: 40px; min-width: 40px; }}
QScrollBar::handle:hover {{ background: {c["field_edge"]}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; background: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QLineEdit {{
    background: {c["card"]}; color: {c["text_1"]}; border: 1px solid {c["field_edge"]};
    border-radius: {theme.radius("control")}px; padding: 0 12px; min-height: {theme.size("desk", "field") - 2}px;
    selection-background-color: {c["on"]}; selection-color: {c["text_1"]};
}}
QLineEdit:focus {{ border: 2px solid {c["text_1"]}; padding: 0 11px; }}
QLineEdit:disabled {{ background: {c["window"]}; color: {c["text_disabled"]}; border-color: {c["hairline"]}; }}
"""


class AppStyle(QObject):
    """Keeps the application's palette, font and style sheet in step with the theme."""

    def __init__(self, app: QApplication, themes: ThemeManager) -> None:
        super().__init__(app)
        self._app = app
        self._themes = themes
        app.setStyle("Fusion")
        themes.changed.connect(self._apply)
        self._apply()

    @Slot()
    def _apply(self) -> None:
        theme = self._themes.theme
        self._app.setFont(theme.font("body", tabular=False))
        self._app.setPalette(palette_of(theme))
        self._app.setStyleSheet(style_sheet_of(theme))
