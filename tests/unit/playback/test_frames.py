# SPDX-License-Identifier: GPL-3.0-or-later
"""Sizes of pictures: the largest that fits, in the right shape."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.domain.media import MediaFacts
from player.playback.frames import fit, shown_shape


@pytest.mark.parametrize(
    ("shape", "room", "size"),
    [
        ((1920, 1080), (1280, 720), (1280, 720)),
        ((1920, 1080), (1000, 1000), (1000, 562)),
        ((1080, 1920), (1280, 720), (404, 720)),
        ((640, 360), (1280, 720), (1280, 720)),
        ((1920, 1080), (1, 1), (2, 2)),
    ],
)
def test_fit(shape: tuple[int, int], room: tuple[int, int], size: tuple[int, int]) -> None:
    assert fit(shape, *room) == size


sides = st.integers(16, 8_000)


@given(sides, sides, sides, sides)
def test_what_fits_is_even_and_keeps_its_shape(width: int, height: int, room_width: int, room_height: int) -> None:
    fitted_width, fitted_height = fit((width, height), room_width, room_height)
    assert fitted_width % 2 == fitted_height % 2 == 0
    assert fitted_width <= max(2, room_width + 1)
    assert fitted_height <= max(2, room_height + 1)
    assert fitted_width >= room_width - 1 or fitted_height >= room_height - 1


def test_shown_shape() -> None:
    assert shown_shape(MediaFacts()) is None
    assert shown_shape(MediaFacts(has_video=True)) is None
    assert shown_shape(MediaFacts(has_video=True, width=720, height=576, pixel_aspect=64 / 45)) == (1024, 576)
