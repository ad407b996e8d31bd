# SPDX-License-Identifier: GPL-3.0-or-later
"""The painter of phase lines: where segments lie and what is painted for played, running and coming phases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from player.domain.models import Phase, PhaseKind
from player.domain.playing import Loop
from player.domain.timeline import tidy_phases
from player.ui.widgets.phase_painter import (
    PhaseLayout,
    PhaseLineColours,
    PhaseLineStyles,
    lay_out,
    paint_phase_line,
    px_per_ms,
)

TOKENS = Path(__file__).parents[2] / "resources" / "theme" / "tokens.json"
STYLES = PhaseLineStyles.of_tokens(json.loads(TOKENS.read_text(encoding="utf-8")))
BACKGROUND = QColor("#000000")
COLOURS = PhaseLineColours(
    solid=dict.fromkeys(PhaseKind, QColor("#ff0000")),
    empty=dict.fromkeys(PhaseKind, QColor("#400000")),
    unknown=QColor("#333333"),
    unknown_played=QColor("#999999"),
    text_1=QColor("#ffffff"),
    behind=QColor("#000000"),
)
MINUTE = 60_000
PHASES = tidy_phases(
    [
        Phase(PhaseKind.ARRIVE, "Arrive", 0, 0),
        Phase(PhaseKind.BREATH, "Breath", 2 * MINUTE, 0),
        Phase(PhaseKind.REST, "Rest", 6 * MINUTE, 0),
    ],
    10 * MINUTE,
)


def _painted(
    position_ms: int | None,
    style: str = "player",
    phases: tuple[Phase, ...] = PHASES,
    loop: Loop | None = None,
    ratio: float = 1.0,
) -> tuple[QImage, PhaseLayout]:
    image = QImage(round(300 * ratio), round(40 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(BACKGROUND)
    painter = QPainter(image)
    layout = paint_phase_line(
        painter,
        QRectF(0, 0, 300, 40),
        phases,
        10 * MINUTE,
        position_ms,
        style=getattr(STYLES, style),
        colours=COLOURS,
        loop=loop,
    )
    painter.end()
    return image, layout


def _colour(image: QImage, x: float, y: float) -> str:
    ratio = image.devicePixelRatio()
    return image.pixelColor(int(x * ratio), int(y * ratio)).name()


@given(
    starts=st.sets(st.integers(1, 3_599_000), max_size=80),
    width=st.integers(1, 1500),
    ratio=st.sampled_from([1.0, 1.25, 1.5, 2.0]),
)
def test_segments_fill_the_width_in_order_on_device_pixels(starts: set[int], width: int, ratio: float) -> None:
    phases = tidy_phases([Phase(PhaseKind.OTHER, "", start, 0) for start in {0, *starts}], 3_600_000)
    layout = lay_out(phases, 3_600_000, left=0, width=width, style=STYLES.player, ratio=ratio)
    edges = [edge for segment in layout.segments for edge in (segment.left, segment.right)]
    assert edges == sorted(edges)
    assert edges[0] == 0
    assert round(edges[-1] * ratio) == max(1, round(width * ratio))
    assert all(abs(edge * ratio - round(edge * ratio)) < 1e-6 for edge in edges)
    least = 3 * len(phases) + 3 * (len(phases) - 1)
    if width > least * 2:
        assert all(segment.right - segment.left >= 2.4 for segment in layout.segments)


@given(position=st.integers(0, 10 * MINUTE))
def test_a_time_and_its_place_lead_to_each_other(position: int) -> None:
    layout = lay_out(PHASES, 10 * MINUTE, left=20, width=1000, style=STYLES.player)
    x = layout.x_at(position)
    assert 20 <= x <= 1020
    assert abs(layout.ms_at(x) - position) <= 1


def test_a_very_short_phase_keeps_three_pixels_and_the_longest_gives_them() -> None:
    phases = tidy_phases(
        [
            Phase(PhaseKind.ARRIVE, "", 0, 0),
            Phase(PhaseKind.BREATH, "", 1000, 0),
            Phase(PhaseKind.REST, "", 2000, 0),
        ],
        3_600_000,
    )
    layout = lay_out(phases, 3_600_000, left=0, width=200, style=STYLES.mini)
    assert [segment.right - segment.left for segment in layout.segments] == [3, 3, 190]


def test_played_is_solid_and_to_come_is_empty_with_an_edge_inside() -> None:
    image, layout = _painted(4 * MINUTE)
    first, running, last = layout.segments
    assert _colour(image, (first.left + first.right) / 2, 20) == "#ff0000"
    assert _colour(image, running.left + 10, 20) == "#ff0000"
    assert _colour(image, running.right - 10, 20) == "#400000"
    assert _colour(image, last.left + 30, 20) == "#400000"
    assert _colour(image, last.left + 30, 15) == "#ff0000"
    assert _colour(image, last.left + 30, 14) == "#000000"
    assert _colour(image, first.right + 1, 20) == "#000000"


def test_the_position_is_a_bar_longer_than_the_line() -> None:
    image, layout = _painted(4 * MINUTE)
    x = layout.x_at(4 * MINUTE)
    assert _colour(image, x, 20) == "#ffffff"
    assert _colour(image, x, 11) == "#ffffff"
    assert _colour(image, x - 3.5, 20) == "#000000"


def test_without_a_position_every_segment_is_solid() -> None:
    image, layout = _painted(None, "mini")
    for segment in layout.segments:
        assert _colour(image, (segment.left + segment.right) / 2, 20) == "#ff0000"


def test_a_class_without_phases_is_one_neutral_segment() -> None:
    image, layout = _painted(None, "page", ())
    assert len(layout.segments) == 1
    assert _colour(image, 150, 20) == "#333333"
    image, _ = _painted(5 * MINUTE, "page", ())
    assert _colour(image, 50, 20) == "#999999"
    assert _colour(image, 250, 20) == "#333333"


def test_a_loop_has_end_posts() -> None:
    image, layout = _painted(3 * MINUTE, loop=Loop(2 * MINUTE, 6 * MINUTE))
    running = layout.segments[1]
    assert _colour(image, running.left, 9) == "#ffffff"
    assert _colour(image, running.right - 1, 30) == "#ffffff"
    assert _colour(image, layout.segments[2].right - 2, 9) == "#000000"


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_the_slim_line_is_full_where_played_and_a_thread_where_to_come(ratio: float) -> None:
    image, layout = _painted(4 * MINUTE, "slim", ratio=ratio)
    running = layout.segments[1]
    assert _colour(image, running.left + 5, 35) == "#ff0000"
    assert _colour(image, running.right - 5, 35) == "#000000"
    assert _colour(image, running.right - 5, 38.5) == "#ff0000"


def test_one_scale_for_all_bars_of_a_list() -> None:
    minute = 60_000
    assert px_per_ms(15.2, 20 * minute, 400) == pytest.approx(15.2 / minute)
    assert px_per_ms(15.2, 60 * minute, 400) * 60 * minute == pytest.approx(400), "the longest fits"
    assert px_per_ms(15.2, minute, 400) * minute == pytest.approx(160), "short classes can be told apart"
