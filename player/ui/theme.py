# SPDX-License-Identifier: GPL-3.0-or-later
"""The design tokens as frozen values, and which of the themes is in use.

Knows no widget and no page. Main thread only (it hands out QColor and QFont); `load_themes` reads one small
file and belongs to the start of the program.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEasingCurve, QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication

from player.domain.models import PhaseKind

_VOLLKORN_LINE = 1.393
_VOLLKORN_BASELINE = 0.952
_INTER_LINE = 1.21
_INTER_BASELINE = 0.969


class ThemeMode(StrEnum):
    """What the user chose: a theme, or to follow the system."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"


@dataclass(frozen=True, slots=True)
class PhaseColours:
    """The colours of one phase kind. `glyph` is the name of its icon."""

    solid: QColor
    empty: QColor
    tint: QColor
    on_solid: QColor
    ring_track: QColor
    glyph: str


@dataclass(frozen=True, slots=True)
class TypeRole:
    """A role of type: `size` and `line` in px at scale 1, `tracking` in em."""

    family: str
    fallback: tuple[str, ...]
    weight: int
    size: int
    line: int
    tracking: float
    features: tuple[str, ...]
    content: bool
    """Whether content speaks (Vollkorn) or the application (Inter)."""


@dataclass(frozen=True, slots=True)
class Motion:
    """How long a movement takes and along which curve."""

    ms: int
    curve: QEasingCurve.Type


@dataclass(frozen=True, eq=False)
class Theme:
    """Every number of the design for one theme. `video` is the view used over pictures: always dark."""

    name: str
    raw: Mapping[str, Any]
    colours: Mapping[str, QColor]
    phases: Mapping[PhaseKind, PhaseColours]
    roles: Mapping[str, TypeRole]
    _video: Theme | None = field(default=None, repr=False)
    _fonts: dict[tuple[object, ...], tuple[QFont, QFontMetricsF]] = field(default_factory=dict, repr=False)

    @property
    def dark(self) -> bool:
        return self.name != "light"

    @property
    def video(self) -> Theme:
        """The same, for what lies over a picture. Adds the colours panel, panel_edge, popover,
        popover_edge and ring_disc."""
        return self._video or self

    def color(self, name: str) -> QColor:
        """A colour by its token ("text_1"). A new object, so that a caller may change its alpha."""
        return QColor(self.colours[name])

    def phase(self, kind: PhaseKind) -> PhaseColours:
        return self.phases[kind]

    def role(self, name: str) -> TypeRole:
        return self.roles[name]

    def font(self, role: str, scale: float = 1.0, *, weight: int | None = None, tabular: bool = True) -> QFont:
        """The font of a role ("title_1"). `weight` replaces the role's own; `tabular=False` gives large still
        numbers their normal digits."""
        return QFont(self._font_and_metrics(role, scale, weight, tabular)[0])

    def metrics(
        self, role: str, scale: float = 1.0, *, weight: int | None = None, tabular: bool = True
    ) -> QFontMetricsF:
        """The measures of `font(...)`, kept: making them anew for every row would cost more than painting it."""
        return self._font_and_metrics(role, scale, weight, tabular)[1]

    def _font_and_metrics(
        self, role: str, scale: float, weight: int | None, tabular: bool
    ) -> tuple[QFont, QFontMetricsF]:
        key = (role, scale, weight, tabular)
        found = self._fonts.get(key)
        if found is None:
            font = self._make_font(role, scale, weight, tabular)
            found = self._fonts[key] = (font, QFontMetricsF(font))
        return found

    def _make_font(self, role: str, scale: float, weight: int | None, tabular: bool) -> QFont:
        kind = self.roles[role]
        font = QFont([kind.family, *kind.fallback])
        font.setPixelSize(max(1, round(kind.size * scale)))
        font.setWeight(QFont.Weight(weight or kind.weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
        if kind.tracking:
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100 + 100 * kind.tracking)
        for feature in kind.features:
            if feature != "tnum" or tabular:
                font.setFeature(QFont.Tag(feature), 1)
        return font

    def line_height(self, role: str, scale: float = 1.0) -> int:
        """The height in px of one line of a role."""
        return round(self.roles[role].line * scale)

    def baseline(self, role: str, scale: float = 1.0) -> float:
        """How far below the top of its line box the baseline of a role lies, in px."""
        kind = self.roles[role]
        line, baseline = (_VOLLKORN_LINE, _VOLLKORN_BASELINE) if kind.content else (_INTER_LINE, _INTER_BASELINE)
        size = kind.size * scale
        return (kind.line * scale - line * size) / 2 + baseline * size

    def space(self, step: int) -> int:
        """A step of the spacing scale in px: 1, 2, 3, 4, 5, 6, 8 or 10."""
        return int(self.raw["space"][str(step)])

    def radius(self, name: str) -> int:
        return int(self.raw["radius"][name])

    def size(self, mode: str, name: str) -> int:
        """A size in px of the mode "desk", "touch" or "floor"."""
        return int(self.raw["size"][mode][name])

    def motion(self, name: str) -> Motion:
        token = self.raw["motion"][name]
        return Motion(int(token["ms"]), getattr(QEasingCurve.Type, token["easing"]))


@dataclass(frozen=True)
class Themes:
    """Both themes, read once."""

    dark: Theme
    light: Theme


def load_themes(folder: Path) -> Themes:
    """Reads tokens.json in `folder`. Raises OSError, ValueError or KeyError if it is broken."""
    raw = json.loads((folder / "tokens.json").read_text(encoding="utf-8"))
    roles = {name: _role(raw, token) for name, token in raw["type"].items()}
    video = _video_theme(raw, roles)
    return Themes(_theme(raw, "dark", roles, video), _theme(raw, "light", roles, video))


def _theme(raw: Mapping[str, Any], name: str, roles: Mapping[str, TypeRole], video: Theme) -> Theme:
    tokens = raw["theme"][name]
    colours = {key: QColor(value) for key, value in tokens["color"].items()}
    return Theme(name, raw, colours, _phases(tokens["phase"]), roles, video)


def _video_theme(raw: Mapping[str, Any], roles: Mapping[str, TypeRole]) -> Theme:
    dark, over = raw["theme"]["dark"], raw["over_video"]
    colours = {key: QColor(value) for key, value in dark["color"].items()}
    colours |= {key: QColor(over[key]) for key in ("text_1", "text_2", "control", "on")}
    colours |= {
        "panel": _with_alpha(over["panel"]["color"], over["panel"]["alpha"]),
        "panel_edge": _with_alpha(over["panel"]["border"], over["panel"]["border_alpha"]),
        "panel_opaque": QColor(over["panel"]["opaque_fallback"]),
        "popover": QColor(over["popover"]["color"]),
        "popover_edge": _with_alpha(over["popover"]["border"], over["popover"]["border_alpha"]),
        "ring_disc": _with_alpha(over["ring_disc"]["color"], over["ring_disc"]["alpha"]),
        "focus_gap": QColor(over["panel"]["color"]),
    }
    phases = {key: {**dark["phase"][key], **over["phase"][key]} for key in dark["phase"]}
    return Theme("video", raw, colours, _phases(phases), roles)


def _with_alpha(colour: str, alpha: float) -> QColor:
    result = QColor(colour)
    result.setAlphaF(alpha)
    return result


def _phases(tokens: Mapping[str, Any]) -> dict[PhaseKind, PhaseColours]:
    return {
        kind: _phase_colours(tokens["release" if kind is PhaseKind.DIAPHRAGM_RELEASE else kind.value])
        for kind in PhaseKind
    }


def _phase_colours(token: Mapping[str, Any]) -> PhaseColours:
    return PhaseColours(
        solid=QColor(token["solid"]),
        empty=QColor(token["empty"]),
        tint=QColor(token["tint"]),
        on_solid=QColor(token["on_solid"]),
        ring_track=QColor(token.get("ring_track", token["empty"])),
        glyph=Path(token["glyph"]).stem,
    )


def _role(raw: Mapping[str, Any], token: Mapping[str, Any]) -> TypeRole:
    font = raw["font"][token["font"]]
    return TypeRole(
        family=font["family"],
        fallback=tuple(font["fallback"]),
        weight=token["weight"],
        size=token["size"],
        line=token["line"],
        tracking=token.get("tracking", 0),
        features=tuple(token.get("features", font["features"])),
        content=token["font"] == "content",
    )


class ThemeManager(QObject):
    """The theme in use: the system's, or the one the user chose. `changed` comes after `theme` has changed."""

    changed = Signal()

    def __init__(self, themes: Themes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._mode = ThemeMode.SYSTEM
        self._theme = self._wanted()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)

    @property
    def theme(self) -> Theme:
        return self._theme

    @property
    def mode(self) -> ThemeMode:
        return self._mode

    def set_mode(self, mode: ThemeMode | str) -> None:
        """Follow the system, or stay dark or light."""
        self._mode = ThemeMode(mode)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted is not self._theme:
            self._theme = wanted
            self.changed.emit()

    def _wanted(self) -> Theme:
        if self._mode is ThemeMode.SYSTEM:
            light = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Light
        else:
            light = self._mode is ThemeMode.LIGHT
        return self._themes.light if light else self._themes.dark
