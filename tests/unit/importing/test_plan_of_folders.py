# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole folders with real clips in them, through the whole plan: what names say reaches the classes, twice alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from player.domain.plan import ImportPlan
from tests.e2e.hostile import different
from tests.media import make_clip
from tests.unit.importing.folders import Line
from tests.unit.importing.test_folders import EVERY

NAMES = (
    "a course site, numbers anew in each section", "three levels", "weeks and days by letters", "a list of a channel",
    "a media centre", "a recorder, then a title", "patrons", "songs of a disc", "halves among whole ones",
    "first and last words", "several habits in one folder", "Spanish", "Russian", "Japanese days",
    "counts in titles without numbers",
)  # fmt: skip


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make_clip(tmp_path_factory.mktemp("clip") / "clip.mp4", seconds=1, fps=5, size=(64, 36)).read_bytes()


def lines_of(plan: ImportPlan) -> list[Line]:
    (series,) = plan.series
    return [(planned.section, planned.number, planned.title) for planned in series.classes]


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_with_clips(tmp_path: Path, clip: bytes, plan_of: Callable[..., ImportPlan], name: str) -> None:
    folder = EVERY[name]
    for number, file in enumerate(folder.files):
        path = tmp_path / folder.name / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(different(clip, number))
    plan = plan_of(tmp_path / folder.name)
    assert plan.problems == ()
    assert lines_of(plan) == folder.expected
    assert plan_of(tmp_path / folder.name).series == plan.series
