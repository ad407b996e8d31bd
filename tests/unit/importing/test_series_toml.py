# SPDX-License-Identifier: GPL-3.0-or-later
"""series.toml: all of it, and every mistake people and villains make in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from player.domain.models import PhaseKind, PropNeed, Source
from player.domain.plan import ImportPlan, PlannedClass, PlannedSeries, ProblemReason
from player.importing.sidecars.series_toml import _text
from tests.media import make_clip

Plan = Callable[..., ImportPlan]

WHOLE = """\
format = 1

[series]
title = "Welcome to Your Body"
description = "Fourteen classes from the feet up."
poster = "art/poster.jpg"

[[class]]
file = "b.mp4"
number = 13
title = "Mid Back Release"
why = "The middle of the back carries the breath."
description = "Fifteen minutes on a chair."
props = ["chair", { prop = "two yoga blocks", optional = true }, "a heavy book"]
focus = ["Mid Back", "neck", "left little toe"]
captions = [{ file = "texts/b.vtt", language = "eng" }]
phases = [
  { start = 0, kind = "diaphragm-release", title = "Let go" },
  { start = "0:01", title = "Breath opens the ribs" },
  { start = 2.25, kind = "rest" },
]

[[class]]
file = "a.mp4"
number = 14
"""


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clip") / "clip.mp4", phases=(("One", 0), ("Two", 1000)), size=(64, 36))


@pytest.fixture
def folder(tmp_path: Path, clip: Path) -> Path:
    for name in ("a.mp4", "b.mp4"):
        shutil.copy(clip, tmp_path / name)
    for name in ("art", "texts"):
        (tmp_path / name).mkdir()
    (tmp_path / "art" / "poster.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "texts" / "b.vtt").write_text("WEBVTT\n")
    return tmp_path


def read(plan: ImportPlan) -> tuple[PlannedSeries, dict[str, PlannedClass]]:
    (series,) = plan.series
    return series, {planned.path.name: planned for planned in series.classes}


def test_everything(plan_of: Plan, folder: Path) -> None:
    (folder / "series.toml").write_text(WHOLE)
    plan = plan_of(folder)
    series, classes = read(plan)
    assert plan.problems == ()
    assert (series.title, series.description, series.poster) == (
        "Welcome to Your Body", "Fourteen classes from the feet up.", folder / "art" / "poster.jpg",
    )  # fmt: skip
    assert set(series.sources.values()) == {Source.SERIES_TOML}
    assert [planned.path.name for planned in series.classes] == ["b.mp4", "a.mp4"]
    one = classes["b.mp4"]
    assert (one.number, one.title) == (13, "Mid Back Release")
    assert one.description == "The middle of the back carries the breath.\n\nFifteen minutes on a chair."
    assert one.props == (PropNeed("chair"), PropNeed("block", optional=True), PropNeed("a heavy book"))
    assert one.focus == ("mid-back", "neck", "left little toe")
    assert [(caption.language, caption.source) for caption in one.captions] == [("en", "texts/b.vtt")]
    assert [(phase.kind, phase.title, phase.start_ms, phase.end_ms, phase.source) for phase in one.phases] == [
        (PhaseKind.DIAPHRAGM_RELEASE, "Let go", 0, 1000, Source.SERIES_TOML),
        (PhaseKind.BREATH, "Breath opens the ribs", 1000, 2250, Source.SERIES_TOML),
        (PhaseKind.REST, "Rest", 2250, 3000, Source.SERIES_TOML),
    ]
    assert {one.sources[name] for name in ("title", "number", "phases", "props")} == {Source.SERIES_TOML}
    assert [phase.title for phase in classes["a.mp4"].phases] == ["One", "Two"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("format = 1\n[[class]\n", "line 2"),
        ("format = 2\n", "format = 1"),
        ("", "format = 1"),
        ("a = " + "[" * 5000, "nested too deeply"),
        ("format = 1\n#" + "x" * 1_100_000, "larger than 1 MB"),
    ],
)
def test_unusable_files(plan_of: Plan, folder: Path, text: str, words: str) -> None:
    (folder / "series.toml").write_text(text)
    plan = plan_of(folder)
    assert [(problem.path.name, problem.reason) for problem in plan.problems] == [
        ("series.toml", ProblemReason.SIDECAR)
    ]
    assert words in plan.problems[0].message
    assert len(read(plan)[1]) == 2


def test_not_utf_8(plan_of: Plan, folder: Path) -> None:
    (folder / "series.toml").write_bytes(b'format = 1\n[series]\ntitle = "caf\xe9"\n')
    assert "UTF-8" in plan_of(folder).problems[0].message


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('file = "../b.mp4"', "same folder"),
        ('file = "/etc/passwd"', "same folder"),
        ('file = "C:\\\\b.mp4"', "same folder"),
        ('file = "texts/../../b.mp4"', "same folder"),
        ('file = "c.mp4"', "no class “c.mp4”"),
        ("file = 7", "must be text"),
        ("number = 7", "“file”"),
    ],
)
def test_wrong_files(plan_of: Plan, folder: Path, line: str, words: str) -> None:
    (folder / "series.toml").write_text(f"format = 1\n\n[[class]]\n{line}\n")
    (problem,) = plan_of(folder).problems
    assert words in problem.message
    assert "line 3" in problem.message


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('poster = "../x.jpg"', "same folder"),
        ('poster = "gone.jpg"', "not there"),
        ('number = "13"', "whole number"),
        ("number = -1", "whole number"),
        ("title = 3", "must be text"),
        ('props = "chair"', "must be a list"),
        ("props = [7]", "a prop must be text"),
        ("focus = [[]]", "a focus area must be text"),
        ('phases = [{ title = "x" }]', "needs a start"),
        ('phases = [{ start = "soon" }]', "is not a time"),
        ("phases = [{ start = -4 }]", "a start must be"),
        ("phases = [{ start = nan }]", "a start must be"),
        ('phases = [{ start = 0, kind = "dance" }]', "no kind of phase"),
        ("captions = [7]", "names of files"),
    ],
)
def test_wrong_values_keep_the_rest(plan_of: Plan, folder: Path, line: str, words: str) -> None:
    (folder / "series.toml").write_text(f'format = 1\n[[class]]\nfile = "b.mp4"\n{line}\ndescription = "Kept."\n')
    plan = plan_of(folder)
    (problem,) = plan.problems
    assert words in problem.message
    assert "line 2" in problem.message
    assert read(plan)[1]["b.mp4"].description == "Kept."


def test_links_do_not_lead_out(plan_of: Plan, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.jpg"
    outside.write_bytes(b"\xff\xd8\xff")
    (folder / "poster.jpg").symlink_to(outside)
    (folder / "series.toml").write_text('format = 1\n[series]\nposter = "poster.jpg"\n')
    assert "leads out of the folder" in plan_of(folder).problems[0].message


def test_a_title_without_end_is_cut(tmp_path: Path) -> None:
    """A title of a million letters would hold the window up wherever it is painted."""
    assert _text({"title": "a" * 900_000}, "title") == "a" * 300
    assert _text({"file": "b" * 900}, "file") == "b" * 900
    assert len(_text({"why": "c" * 900_000}, "why", single_line=False) or "") == 20_000
