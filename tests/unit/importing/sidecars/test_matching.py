# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts and pictures beside classes: matched by name, read safely."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from player.domain.models import Source
from player.domain.plan import ImportPlan, PlannedClass
from player.domain.vocabulary import Vocabulary
from player.importing.languages import language_tag
from player.importing.scan import FoundFile
from player.importing.sidecars.findings import Beside
from player.importing.sidecars.matching import match_stem
from player.importing.sidecars.table import FORMATS, read_sidecars
from tests.media import make_clip

Plan = Callable[..., ImportPlan]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    clip = make_clip(tmp_path / "1 Feet.mp4", seconds=1, size=(64, 36))
    shutil.copy(clip, tmp_path / "1 Feet and hips.mp4")
    return tmp_path


def by_name(plan: ImportPlan) -> dict[str, PlannedClass]:
    return {planned.path.name: planned for series in plan.series for planned in series.classes}


def test_captions_by_the_longest_stem(plan_of: Plan, folder: Path) -> None:
    for name in ("1 Feet.en.srt", "1 Feet.German.vtt", "1 Feet and hips.srt", "1 Feet.chapters.vtt", "2 Other.srt"):
        signature = "WEBVTT\n\n" if name.endswith(".vtt") else "1\n"
        (folder / name).write_text(f"{signature}00:00:00.000 --> 00:00:00.500\nHello\n")
    classes = by_name(plan_of(folder))
    assert [(one.language, one.source) for one in classes["1 Feet.mp4"].captions] == [
        ("en", "1 Feet.en.srt"), ("de", "1 Feet.German.vtt"),
    ]  # fmt: skip
    assert [one.source for one in classes["1 Feet and hips.mp4"].captions] == ["1 Feet and hips.srt"]


def test_pictures(plan_of: Plan, folder: Path) -> None:
    for name in ("1 Feet.jpg", "cover.png", "holiday.jpg"):
        (folder / name).write_bytes(b"")
    plan = plan_of(folder)
    assert plan.series[0].poster == folder / "cover.png"
    assert by_name(plan)["1 Feet.mp4"].poster == folder / "1 Feet.jpg"
    assert by_name(plan)["1 Feet and hips.mp4"].poster is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_descriptions_in_any_encoding(plan_of: Plan, folder: Path, encoding: str) -> None:
    (folder / "1 Feet.description").write_bytes("Füße\r\nund Hüften".encode(encoding))
    feet = by_name(plan_of(folder))["1 Feet.mp4"]
    assert (feet.description, feet.sources["description"]) == ("Füße\nund Hüften", Source.SIDECAR)


def test_a_stem_ends_at_a_sign() -> None:
    folder = Path("/x")
    media = [FoundFile(folder / "Feet.mp4", 1, 1), FoundFile(folder / "Feet that feel.mp4", 1, 1)]
    assert match_stem("Feetless.srt", media, folder) is None
    match = match_stem("feet THAT feel.de.srt", media, folder)
    assert match is not None
    assert (match[0].path.name, match[1]) == ("Feet that feel.mp4", ".de.srt")


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("en", "en"), ("eng", "en"), ("en_", "en"), ("EN-us", "en-US"), ("ger", "de"), ("Deutsch", "de"),
        ("pt-BR", "pt-BR"), ("zh-hans", "zh-Hans"), ("und", ""), ("", ""), ("forced", ""), ("xx", ""),
    ],
)  # fmt: skip
def test_languages(text: str, tag: str) -> None:
    assert language_tag(text) == tag


@pytest.mark.corpus
@pytest.mark.parametrize("kind", ["broken", "sidecars"])
def test_no_sidecar_of_the_collection_stops_an_import(corpus: Path, vocabulary: Vocabulary, kind: str) -> None:
    """Every sidecar there is, damaged or not, laid beside a class that it fits."""
    for path in sorted((corpus / kind).rglob("*")):
        if not path.is_file() or path.suffix.lower() in (".mp4", ".mkv", ".avi"):
            continue
        media = FoundFile(path.with_suffix(".mp4"), 1, 1)
        beside = Beside(path.parent, (media,), vocabulary)
        found, problems = read_sidecars([FoundFile(path, path.stat().st_size, 1)], beside)
        assert len(found) + len(problems) <= 2 * len(FORMATS)
