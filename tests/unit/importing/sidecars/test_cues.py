# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of captions with their times."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.domain.captions import Cue
from player.importing.cues import read_cues
from player.importing.sidecars.decoding import decode


def test_subrip_as_it_comes() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,500\n<i>Hello</i> {\\an8}there\n\nstill the same\n\n"
        "2\n0:00:03.000 --> 00:00:02,000 X1:40\n&amp; again\n00:00:04,000 --> 00:00:05,000\nno number\n"
        "99:99:99,999 --> 1\n3\n00:61:00,000 --> 00:00:05,000\nnever\n"
    )
    assert read_cues(text) == (
        Cue(1000, 2500, "Hello there\nstill the same"),
        Cue(3000, 3000, "& again"),
        Cue(4000, 5000, "no number\n99:99:99,999 --> 1"),
    )


def test_webvtt() -> None:
    text = (
        "WEBVTT - a title\n\nSTYLE\n::cue { color: red }\n\nNOTE\n00:00 remark\n\n"
        "intro\n00:01.000 --> 00:02.000 line:0\n"
        "<v Anna>Sit\ndown</v>\n\nNOTE between\n\n1:00:00.000 --> 1:00:01.000\nlater\n"
    )
    assert read_cues(text) == (Cue(1000, 2000, "Sit\ndown"), Cue(3_600_000, 3_601_000, "later"))


def test_ass() -> None:
    text = "[Events]\nDialogue: 0,0:00:01.50,0:00:02.00,Default,,0,0,0,,{\\i1}One, two\\Nthree\nDialogue: broken\n"
    assert read_cues(text) == (Cue(1500, 2000, "One, two\nthree"),)


@pytest.mark.corpus
def test_the_collection(corpus: Path) -> None:
    counts = {
        path.name: len(read_cues(decode(path.read_bytes())))
        for folder in ("subrip", "ass", "webvtt-captions")
        for path in (corpus / "sidecars" / folder).iterdir()
    }
    assert all(counts.values()), counts
    assert counts["Day-20-Pause-BREATH-A-30-Day-Yoga-Journey.en_.srt"] == 9


@given(st.one_of(st.text(max_size=300), st.lists(
    st.sampled_from(["1\n", "00:00:01,000 --> 00:00:02,000\n", "Hello", "\n\n",
     "WEBVTT", "NOTE ", "Dialogue: 0,", "<b>", "{"]), max_size=30,
).map("".join)))  # fmt: skip
def test_any_text(text: str) -> None:
    for cue in read_cues(text):
        assert 0 <= cue.start_ms <= cue.end_ms
        assert cue.text.strip()
