# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.domain.errors import UsageError
from player.domain.times import format_clock, format_left, format_length, parse_time_ms
from player.domain.titles import split_title


@pytest.mark.parametrize(
    ("text", "time_ms"),
    [("90", 90_000), ("1:30", 90_000), ("0:01:30.5", 90_500), ("0", 0), (" 2:00:00 ", 7_200_000), ("0.25", 250)],
)
def test_times_are_read(text: str, time_ms: int) -> None:
    assert parse_time_ms(text) == time_ms


@pytest.mark.parametrize("text", ["", "abc", "-5", "1:2:3:4", "1e5", "nan", "٣", "1:-3", ":30"])
def test_what_is_no_time_is_said_to_be_none(text: str) -> None:
    with pytest.raises(UsageError):
        parse_time_ms(text)


@given(st.integers(0, 10**9))
def test_a_clock_reads_back(time_ms: int) -> None:
    assert parse_time_ms(format_clock(time_ms)) == time_ms // 1000 * 1000


def test_time_left_is_nothing_only_at_the_end() -> None:
    assert format_left(1) == "0:01"
    assert format_left(0) == "0:00"
    assert format_left(30_000) == "0:30"


@pytest.mark.parametrize(
    ("time_ms", "text"),
    [(45_400, "45 s"), (900_000, "15 min"), (3_600_000, "1 h"), (12_060_000, "3 h 21 min"), (59_999, "60 s")],
)
def test_lengths(time_ms: int, text: str) -> None:
    assert format_length(time_ms) == text


@pytest.mark.parametrize(
    ("title", "halves"),
    [
        ("Mid Back Release: Free Your Neck", ("Mid Back Release", "Free Your Neck")),
        ("Mid Back Release：Free Your Neck", ("Mid Back Release", "Free Your Neck")),
        ("Breath at 7:30", ("Breath at 7:30", "")),
        ("No colon", ("No colon", "")),
        (": odd", (": odd", "")),
        ("Psoas Unwind - Let Go of the Deep Hip Flexors", ("Psoas Unwind", "Let Go of the Deep Hip Flexors")),
        ("Psoas Unwind – Let Go", ("Psoas Unwind", "Let Go")),
        ("Psoas Unwind — Let Go", ("Psoas Unwind", "Let Go")),
        ("Hips - Slow: Circles - Both Ways", ("Hips - Slow", "Circles - Both Ways")),
        ("One - Two - Three", ("One", "Two - Three")),
        ("Mid-Back Release", ("Mid-Back Release", "")),
        ("Morning 10 - 20", ("Morning 10 - 20", "")),
        ("01 - Arriving", ("01 - Arriving", "")),
        ("Ärger - Übung", ("Ärger", "Übung")),
        ("Odd -", ("Odd -", "")),
        ("- Odd", ("- Odd", "")),
    ],
)
def test_titles_split_at_the_first_colon_or_dash(title: str, halves: tuple[str, str]) -> None:
    assert split_title(title) == halves
