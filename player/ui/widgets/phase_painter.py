# SPDX-License-Identifier: GPL-3.0-or-later
"""The one painter of phase lines: player, pages, mini-bars in lists, and the slim line over video.

Knows only phases, numbers and colours. Main thread (it paints).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from player.domain.models import Phase, PhaseKind
from player.domain.playing import Loop
from player.ui.theme import Theme

POSITION_WIDTH = 4.0
POSITION_OVERHANG = 6.0
POST_WIDTH = 6.0
POST_OVERHANG = 5.0


@dataclass(frozen=True, slots=True)
class PhaseLineStyle:
    """Sizes of a line in px. `height_to_come`: the slim line paints what is to come lower instead of empty.
    `position`: whether the place is marked by a bar."""

    height: float
    height_current: float
    gap: float
    radius: float
    edge: float
    min_segment: float = 3
    height_to_come: float | None = None
    position: bool = True

    @property
    def overhang(self) -> float:
        """How far the position bar stands over the line at the top and at the bottom."""
        return POSITION_OVERHANG if self.position else 0.0


@dataclass(frozen=True, slots=True)
class PhaseLineStyles:
    """All styles of the design. `mini` is for rows, `mini_small` for cards and the queue."""

    player: PhaseLineStyle
    floor: PhaseLineStyle
    page: PhaseLineStyle
    mini: PhaseLineStyle
    mini_small: PhaseLineStyle
    slim: PhaseLineStyle
    room: PhaseLineStyle

    @classmethod
    def of_tokens(cls, tokens: Mapping[str, Any]) -> PhaseLineStyles:
        """Read the styles from the design tokens (the whole mapping)."""
        lines = tokens["phase_line"]
        least = float(lines["min_segment"])
        player, page, mini = lines["player"], lines["page"], lines["mini"]
        floor_height = float(tokens["size"]["floor"]["segment"])
        grown = float(player["height_current"]) - float(player["height"])

        def bar(part: Mapping[str, Any], height: float, current: float, *, position: bool) -> PhaseLineStyle:
            gap, radius, edge = float(part["gap"]), float(part["radius"]), float(part["edge"])
            return PhaseLineStyle(height, current, gap, radius, edge, least, position=position)

        def strip(part: Mapping[str, Any]) -> PhaseLineStyle:
            done, to_come = float(part["height_done"]), float(part["height_to_come"])
            return PhaseLineStyle(done, done, float(part["gap"]), 0, 0, least, to_come, position=False)

        page_height, mini_height, small_height = page["height"], mini["height"], mini["height_small"]
        return cls(
            player=bar(player, float(player["height"]), float(player["height_current"]), position=True),
            floor=bar(player, floor_height, floor_height + grown, position=True),
            page=bar(page, page_height, page_height + grown, position=True),
            mini=bar(mini, mini_height, mini_height, position=False),
            mini_small=bar(mini, small_height, small_height, position=False),
            slim=strip(lines["slim"]),
            room=strip(lines["room"]),
        )


@dataclass(frozen=True, slots=True)
class PhaseLineColours:
    """`unknown` is the one segment of a class without phases, `unknown_played` its played part, `behind`
    the surface on which the line lies (edge of the position bar; the strip of a slim line)."""

    solid: Mapping[PhaseKind, QColor]
    empty: Mapping[PhaseKind, QColor]
    unknown: QColor
    unknown_played: QColor
    text_1: QColor
    behind: QColor

    @classmethod
    def of_theme(cls, theme: Theme, behind: str = "window") -> PhaseLineColours:
        """The colours of a theme for a line that lies on the surface `behind` ("card", "panel")."""
        return cls(
            solid={kind: theme.phase(kind).solid for kind in PhaseKind},
            empty={kind: theme.phase(kind).empty for kind in PhaseKind},
            unknown=theme.color("on"),
            unknown_played=theme.color("text_3"),
            text_1=theme.color("text_1"),
            behind=theme.color(behind),
        )


@dataclass(frozen=True, slots=True)
class Segment:
    """One phase as painted: px along the line and ms in the class."""

    left: float
    right: float
    start_ms: int
    end_ms: int
    kind: PhaseKind | None


@dataclass(frozen=True, slots=True)
class PhaseLayout:
    """Where phases and times lie along a line. Segment edges are on device pixels."""

    segments: tuple[Segment, ...]

    def x_at(self, position_ms: int) -> float:
        """The px of a time: it never falls into a gap."""
        segment = self.segments[self.index_of(position_ms)]
        length = max(1, segment.end_ms - segment.start_ms)
        share = min(1.0, max(0.0, (position_ms - segment.start_ms) / length))
        return segment.left + share * (segment.right - segment.left)

    def ms_at(self, x: float) -> int:
        """The time at a px, within the class."""
        segment = self.segments[self.index_at(x)]
        width = max(1e-6, segment.right - segment.left)
        share = min(1.0, max(0.0, (x - segment.left) / width))
        return segment.start_ms + round(share * (segment.end_ms - segment.start_ms))

    def index_of(self, position_ms: int) -> int:
        """The segment in which a time lies."""
        return max(0, bisect_right(self.segments, position_ms, key=lambda segment: segment.start_ms) - 1)

    def index_at(self, x: float) -> int:
        """The segment under a px; a gap belongs to the segment before it."""
        return max(0, bisect_right(self.segments, x, key=lambda segment: segment.left) - 1)


def _shares(lengths: Sequence[int], available: int, least: int) -> list[int]:
    """`available` device pixels shared by length, none under `least`; the rounding goes to the longest."""
    small: set[int] = set()
    while True:
        rest = available - least * len(small)
        total = sum(length for index, length in enumerate(lengths) if index not in small) or 1
        shrunk = {index for index, length in enumerate(lengths) if index not in small and rest * length < least * total}
        if not shrunk or len(small) + len(shrunk) == len(lengths):
            break
        small |= shrunk
    widths = [least if index in small else rest * length // total for index, length in enumerate(lengths)]
    longest = max(range(len(lengths)), key=lambda index: lengths[index])
    widths[longest] += available - sum(widths)
    return widths


LONGEST_AT_LEAST = 0.4
"""In a list of very short classes the longest bar still takes this part of its column."""


def px_per_ms(px_per_minute: float, longest_ms: int, column: float) -> float:
    """The scale of the mini-bars of one list: the design's, but so that the longest class fits into `column` and,
    where all classes are very short, so that their phases can still be told apart."""
    fills = column / max(1, longest_ms)
    return min(fills, max(px_per_minute / 60_000, LONGEST_AT_LEAST * fills))


def lay_out(
    phases: Sequence[Phase],
    duration_ms: int,
    *,
    left: float,
    width: float,
    style: PhaseLineStyle,
    ratio: float = 1.0,
) -> PhaseLayout:
    """Segments from `left` over `width` px at a device pixel ratio. Where gaps and smallest segments do not
    fit they shrink, the gaps first."""
    start, pixels = round(left * ratio), max(1, round(width * ratio))
    if not phases:
        return PhaseLayout((Segment(start / ratio, (start + pixels) / ratio, 0, max(1, duration_ms), None),))
    count = len(phases)
    gap, least = max(1, round(style.gap * ratio)), max(1, round(style.min_segment * ratio))
    while gap > 0 and count * least + (count - 1) * gap > pixels:
        gap -= 1
    least = min(least, pixels // count)
    available = pixels - gap * (count - 1)
    segments = []
    x = start
    for phase, share in zip(phases, _shares([max(1, p.duration_ms) for p in phases], available, least), strict=True):
        segments.append(Segment(x / ratio, (x + share) / ratio, phase.start_ms, phase.end_ms, phase.kind))
        x += share + gap
    return PhaseLayout(tuple(segments))


def paint_phase_line(
    painter: QPainter,
    rect: QRectF,
    phases: Sequence[Phase],
    duration_ms: int,
    position_ms: int | None,
    *,
    style: PhaseLineStyle,
    colours: PhaseLineColours,
    grown: Mapping[int, float] | None = None,
    loop: Loop | None = None,
) -> PhaseLayout:
    """Paint the line over the whole width of `rect`, around its middle (a slim line: at its lower edge), and
    return where everything lies.

    `position_ms` None paints every segment solid: a class never begun, or done. `grown` tells how far (0 to 1)
    segments have grown to `style.height_current`. `loop` gives the stretch inside it end posts.
    """
    ratio = painter.device().devicePixelRatioF()
    layout = lay_out(phases, duration_ms, left=rect.left(), width=rect.width(), style=style, ratio=ratio)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    brush = _Brush(painter, rect, layout, position_ms, style, colours)
    if style.height_to_come is not None:
        brush.strip(style.height_to_come)
    else:
        for index, segment in enumerate(layout.segments):
            brush.segment(segment, grown.get(index, 0.0) if grown else 0.0)
        if loop is not None:
            brush.loop(loop)
        if style.position and position_ms is not None:
            brush.position(layout.x_at(position_ms))
    painter.restore()
    return layout


@dataclass(frozen=True, slots=True)
class _Brush:
    """The parts of one line being painted."""

    painter: QPainter
    rect: QRectF
    layout: PhaseLayout
    position_ms: int | None
    style: PhaseLineStyle
    colours: PhaseLineColours

    def _colours_of(self, segment: Segment) -> tuple[QColor, QColor]:
        """(solid, empty) of a segment."""
        if segment.kind is None:
            return self.colours.unknown_played, self.colours.unknown
        return self.colours.solid[segment.kind], self.colours.empty[segment.kind]

    def _played_to(self, segment: Segment) -> float:
        """The px up to which a segment has been played."""
        if self.position_ms is None or self.position_ms >= segment.end_ms:
            return segment.right
        if self.position_ms <= segment.start_ms:
            return segment.left
        share = (self.position_ms - segment.start_ms) / (segment.end_ms - segment.start_ms)
        return segment.left + share * (segment.right - segment.left)

    def segment(self, segment: Segment, grown: float) -> None:
        """One segment: solid if played, an empty vessel if to come, filled up to the position between."""
        height = self.style.height + grown * (self.style.height_current - self.style.height)
        top = self.rect.center().y() - height / 2
        band = QRectF(segment.left, top, segment.right - segment.left, height)
        radius = min(self.style.radius, band.height() / 2, band.width() / 2)
        solid, empty = self._colours_of(segment)
        if segment.kind is None and self.position_ms is None:
            solid = empty  # nothing is known and nothing has begun: one calm segment
        played_to = self._played_to(segment)
        self.painter.setBrush(solid if played_to >= segment.right else empty)
        self.painter.drawRoundedRect(band, radius, radius)
        if played_to >= segment.right:
            return
        if played_to > segment.left:
            whole, played = QPainterPath(), QPainterPath()
            whole.addRoundedRect(band, radius, radius)
            played.addRect(QRectF(band.left(), band.top(), played_to - band.left(), band.height()))
            self.painter.fillPath(whole.intersected(played), solid)
        if segment.kind is not None and band.width() >= 2 * self.style.edge:
            self._edge(band, radius, solid)

    def _edge(self, band: QRectF, radius: float, solid: QColor) -> None:
        inset = self.style.edge / 2
        inner = max(0.0, radius - inset)
        self.painter.setPen(QPen(solid, self.style.edge))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRoundedRect(band.adjusted(inset, inset, -inset, -inset), inner, inner)
        self.painter.setPen(Qt.PenStyle.NoPen)

    def strip(self, thread: float) -> None:
        """The slim line: played parts at full height, the rest a thread at the lower edge, all in solid."""
        bottom, height = self.rect.bottom(), self.style.height
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        self.painter.fillRect(QRectF(self.rect.left(), bottom - height, self.rect.width(), height), self.colours.behind)
        for segment in self.layout.segments:
            solid = self._colours_of(segment)[0]
            played = self._played_to(segment) - segment.left
            width = segment.right - segment.left
            self.painter.fillRect(QRectF(segment.left, bottom - thread, width, thread), solid)
            self.painter.fillRect(QRectF(segment.left, bottom - height, played, height), solid)

    def loop(self, loop: Loop) -> None:
        """Two lines along the looped stretch and a post at each of its ends."""
        left, right = self.layout.x_at(loop.start_ms), self.layout.x_at(max(loop.start_ms, loop.end_ms - 1))
        height = self.style.height_current
        top = self.rect.center().y() - height / 2
        self.painter.setBrush(self.colours.text_1)
        for y in (top, top + height - 2):
            self.painter.drawRect(QRectF(left, y, right - left, 2))
        for x in (left, right):
            post = QRectF(x - POST_WIDTH / 2, top - POST_OVERHANG, POST_WIDTH, height + 2 * POST_OVERHANG)
            self.painter.drawRoundedRect(post, 2, 2)

    def position(self, x: float) -> None:
        """The bar at the position, with an edge in the colour behind."""
        ratio = self.painter.device().devicePixelRatioF()
        half = self.style.height / 2 + POSITION_OVERHANG
        left = round((x - POSITION_WIDTH / 2) * ratio) / ratio
        bar = QRectF(left, self.rect.center().y() - half, POSITION_WIDTH, 2 * half)
        self.painter.setBrush(self.colours.behind)
        self.painter.drawRoundedRect(bar.adjusted(-2, -2, 2, 2), 4, 4)
        self.painter.setBrush(self.colours.text_1)
        self.painter.drawRoundedRect(bar, 2, 2)
