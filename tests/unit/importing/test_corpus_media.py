# SPDX-License-Identifier: GPL-3.0-or-later
"""Every real file that plays: length, picture, sound, phases and captions as they are."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from player.domain.media import ColourMatrix
from player.domain.models import ClassState
from player.domain.plan import ImportPlan, PlannedClass, ProblemReason
from player.domain.vocabulary import Vocabulary
from player.importing.plan import build_plan

pytestmark = pytest.mark.corpus

NEAR_MS = 50


class Truth(NamedTuple):
    duration_ms: int
    video: tuple[int, int] | None = None
    audio: bool = True
    phases: tuple[int, ...] = ()
    captions: int = 0
    rotation: int = 0


TRUTH = {
    "h264-aac-3-chapters.mp4": Truth(1089, (1080, 720), phases=(0, 201, 800)),
    "h264-aac-2-chapters.mkv": Truth(5023, (320, 240), phases=(0, 2000)),
    "mp3-2-chapters-cover.mp3": Truth(2696, phases=(0, 600)),
    "m4b-112-chapters-47-hours.m4b": Truth(169_022_694, audio=False),
    "h264-two-videos-two-sounds-subtitles.mp4": Truth(16_570, (320, 180), captions=2),
    "h264-aac-2-audio-9-subtitles.mkv": Truth(3417, (1024, 576), captions=8),
    "vp8-vorbis-poster.webm": Truth(7143, (640, 360)),
    "vp9-square-no-sound.webm": Truth(2967, (642, 642), audio=False),
    "vp9-opus-no-duration.webm": Truth(4938, (1280, 720)),
    "mpeg4-mp3.avi": Truth(4087, (960, 400)),
    "cinepak-no-sound.avi": Truth(29_600, (320, 240), audio=False),
    "h264-aac-location.mov": Truth(1020, (640, 428)),
    "IMG_hevc-rotated-hdr.MOV": Truth(107, (720, 1280), rotation=90),
    "h264-portrait.mp4": Truth(1088, (720, 1080)),
    "hevc-portrait-by-rotation.mp4": Truth(300, (1080, 1920), rotation=90),
    "hevc-no-sound.mp4": Truth(1000, (854, 480), audio=False),
    "av1-no-sound.mkv": Truth(5000, (640, 360), audio=False),
    "h264-no-sound.ts": Truth(1000, (854, 480), audio=False),
    "h264-aac.flv": Truth(1136, (1080, 720)),
    "mpeg4-amr.3gp": Truth(4933, (176, 144)),
    "theora-no-sound.ogv": Truth(5000, (320, 240), audio=False),
    "vp8-variable-frame-rate.webm": Truth(4244, (1920, 1080), audio=False),
    "h264-telephone-slow-motion.mp4": Truth(2152, (320, 240)),
    "aac-only-15s.mp4": Truth(15_019),
    "alac-2-chapters-title.mka": Truth(2808, phases=(0, 600)),
    "h264-aac-6-minutes.mp4": Truth(362_767, (1920, 1080)),
    "h264-aac-30s.mp4": Truth(30_080, (640, 360)),
    "h264-ac3-subrip.mkv": Truth(1234, (1080, 720), captions=1),
    "h264-ac3-ass.mkv": Truth(1139, (1080, 720), captions=1),
    "h264-ac3-pgs.mkv": Truth(1240, (1080, 720), captions=1),
    "h264-all-itunes-tags-cover.mp4": Truth(62, (320, 240)),
    "h264-empty-second-video.mp4": Truth(1066, (1080, 720)),
    "h264-fragmented-claims-40-hours.mp4": Truth(1068, (1080, 720)),
    "h264-starts-at-10-seconds.mp4": Truth(14_000, (800, 640), audio=False),
    "h264-edit-list.mp4": Truth(10_006, (1920, 1080)),
    "h264-cover-no-sound.mp4": Truth(10_000, (640, 272), audio=False),
    "wmv2-wma.wmv": Truth(10_092, (640, 272)),
    "h264-aac.m4v": Truth(10_000, (640, 272)),
}


@pytest.fixture(scope="module")
def plan(corpus: Path, vocabulary: Vocabulary) -> ImportPlan:
    return build_plan([corpus / "media"], known={}, vocabulary=vocabulary)


@pytest.fixture(scope="module")
def classes(plan: ImportPlan) -> dict[str, PlannedClass]:
    return {planned.path.name: planned for series in plan.series for planned in series.classes}


def test_the_table_is_whole(corpus: Path) -> None:
    assert {path.name for path in (corpus / "media").iterdir()} == set(TRUTH)


def test_one_folder_is_one_series(plan: ImportPlan) -> None:
    assert [series.title for series in plan.series] == ["media"]
    assert len(plan.series[0].classes) == len(TRUTH)
    assert plan.left_out == ()


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_as_it_is(classes: dict[str, PlannedClass], name: str) -> None:
    found, truth = classes[name], TRUTH[name]
    assert abs(found.duration_ms - truth.duration_ms) <= NEAR_MS
    assert found.facts.has_video == (truth.video is not None)
    assert found.facts.has_audio == (truth.audio or name.endswith(".m4b"))
    if truth.video is not None:
        assert (found.facts.width, found.facts.height) == truth.video
        assert found.facts.rotation == truth.rotation
        assert found.facts.video_codec
    assert len(found.captions) == truth.captions
    if not name.endswith(".m4b"):
        assert found.state is ClassState.READY
        assert [phase.start_ms for phase in found.phases] == pytest.approx(list(truth.phases), abs=NEAR_MS)
    if found.phases:
        assert found.phases[-1].end_ms == found.duration_ms


def test_sound_without_a_sample_is_kept_as_damaged(plan: ImportPlan, classes: dict[str, PlannedClass]) -> None:
    book = classes["m4b-112-chapters-47-hours.m4b"]
    assert book.state is ClassState.DAMAGED
    assert len(book.phases) == 112
    assert book.phases[1].title == "002"
    assert "<" not in book.description
    assert [(problem.path, problem.reason) for problem in plan.problems] == [(book.path, ProblemReason.DAMAGED)]


def test_tags(classes: dict[str, PlannedClass]) -> None:
    bikes = classes["h264-cover-no-sound.mp4"]
    assert (bikes.title, bikes.number, bikes.description) == ("Bikes", 2, "People on bicycles, a park, no sound.")
    tagged = classes["h264-all-itunes-tags-cover.mp4"]
    assert (tagged.title, tagged.number, tagged.description) == ("Title", 15, "Long Description")


def test_languages(classes: dict[str, PlannedClass]) -> None:
    languages = [caption.language for caption in classes["h264-aac-2-audio-9-subtitles.mkv"].captions]
    assert languages == ["en", "hu", "de", "fr", "es", "it", "ja", ""]


def test_colours(classes: dict[str, PlannedClass]) -> None:
    assert classes["h264-aac-location.mov"].facts.colour_matrix is ColourMatrix.BT601
    assert classes["h264-aac-3-chapters.mp4"].facts.colour_matrix is ColourMatrix.BT709
    assert classes["IMG_hevc-rotated-hdr.MOV"].facts.colour_matrix is ColourMatrix.BT2020
    assert classes["mpeg4-amr.3gp"].facts.full_range
    assert classes["h264-starts-at-10-seconds.mp4"].facts.pixel_aspect == pytest.approx(64 / 45, abs=0.01)


def test_frame_rates_are_believable(classes: dict[str, PlannedClass]) -> None:
    assert classes["h264-aac-30s.mp4"].facts.frame_rate == 25
    assert all(planned.facts.frame_rate <= 240 for planned in classes.values())
