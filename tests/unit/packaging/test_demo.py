# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo series: small, whole, and what a newcomer should see."""

from __future__ import annotations

import tomllib
from pathlib import Path

import av
import pytest

DEMO = Path(__file__).parents[3] / "resources" / "demo"
SERIES = tomllib.loads((DEMO / "series.toml").read_text(encoding="utf-8"))
FILES = [entry["file"] for entry in SERIES["class"]]


def test_it_is_small_and_names_all_its_files() -> None:
    assert sorted(FILES) == sorted(path.name for path in DEMO.glob("*.mp4"))
    assert sum(path.stat().st_size for path in DEMO.iterdir()) < 3_000_000
    assert (DEMO / SERIES["series"]["poster"]).is_file()
    assert [entry["number"] for entry in SERIES["class"]] == [1, 2, 3]


@pytest.mark.parametrize("name", FILES)
def test_a_class_is_short_and_its_chapters_fill_it(name: str) -> None:
    with av.open(str(DEMO / name)) as container:
        assert container.duration is not None
        duration_ms = round(container.duration / 1000)
        chapters = container.chapters()
        titles = [chapter["metadata"]["title"] for chapter in chapters]
        spans = [
            (round(chapter["start"] * chapter["time_base"] * 1000), round(chapter["end"] * chapter["time_base"] * 1000))
            for chapter in chapters
        ]
    assert 20_000 <= duration_ms <= 60_000
    assert 3 <= len(titles) <= 5
    assert [end for _, end in spans[:-1]] == [start for start, _ in spans[1:]]
    assert (spans[0][0], spans[-1][1]) == (0, pytest.approx(duration_ms, abs=50))
    assert any("iaphragm release" in title for title in titles)
    assert any(title.startswith("Breath") for title in titles)
    assert any("obilization" in title or "rotations" in title for title in titles)
