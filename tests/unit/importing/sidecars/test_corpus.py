# SPDX-License-Identifier: GPL-3.0-or-later
"""Every sidecar of the collection, laid beside the class it is for: what is expected, and what comes out."""

from __future__ import annotations

import time
import tracemalloc
from dataclasses import dataclass
from pathlib import Path

import pytest

from player.domain.plan import ProblemReason
from player.domain.vocabulary import Vocabulary
from player.importing.scan import FoundFile
from player.importing.sidecars.findings import Beside, ClassFindings
from player.importing.sidecars.table import read_sidecars

pytestmark = pytest.mark.corpus

LONGEST_S = 2.0
MOST_MEMORY = 64 * 1024 * 1024


@dataclass(frozen=True)
class Expect:
    """What a sidecar should say of `stem`; `problem` is a piece of the sentence if it is refused or half used."""

    stem: str = ""
    number: int | None = None
    title: str | None = None
    description: str | None = None
    phases: int = 0
    first: tuple[int, str] | None = None
    last: tuple[int, str] | None = None
    captions: str | None = None
    series: str | None = None
    problem: str = ""


SLEEP = "Dr Arielle Schwartz - Therapeutic yoga for optimum sleep"
TABLE = {
    "sidecars/ass/example.ass": Expect("example", captions=""),
    "sidecars/cue/example-cue-sheet-1.cue": Expect(
        "example-cue-sheet-1", title="Back To Mine", phases=19, first=(0, "John Barry & His Orchestra - The Knack"),
        last=(4_277_707, "Robert Mellin Orchestra - The Adventures Of Robinson Crusoe"),
    ),
    "sidecars/cue/issue10.cue": Expect("issue10", problem="several files"),
    f"sidecars/description/{SLEEP} [756714419].description": Expect(
        f"{SLEEP} [756714419]", description="Therapeutic yoga for optimum sleep.\n\n0:00 Start"
    ),
    "sidecars/ffmetadata/112-chapters.ffmetadata": Expect(
        "112-chapters", title="The Land: Predators: A LitRPG Saga: Chaos Seeds, Book 7 (Unabridged)",
        description="Welcome to the long-awaited seventh novel", phases=112, first=(0, "001"),
        last=(168_998_359, "112"),
    ),
    "sidecars/ffmetadata/3-chapters.ffmetadata": Expect(
        "3-chapters", phases=3, first=(0, "Chapter 1"), last=(800, "Chapter 3")
    ),
    "sidecars/info-json/Cannabinoids and Sleep [cannabinoids-and-sleep].info.json": Expect(
        "Cannabinoids and Sleep [cannabinoids-and-sleep]", number=48, title="Cannabinoids and Sleep", phases=5,
        first=(0, "Introduction"), last=(1_795_000, "What's Coming Up?"),
    ),
    f"sidecars/info-json/{SLEEP} [756714419].info.json": Expect(
        f"{SLEEP} [756714419]", title=SLEEP, phases=11, first=(10_000, "Welcoming Dr Arielle Schwartz"),
        last=(2_510_000, "Where to find out more"),
    ),
    "sidecars/info-json/Through the Looking Glass Pt.2 [3772391].info.json": Expect(
        "Through the Looking Glass Pt.2 [3772391]", number=10, title="Through the Looking Glass Pt.2", phases=6,
        first=(0, ""), last=(2_496_967, ""), series="Face Off",
    ),
    "sidecars/matroska-chapters/example-chapters-1.xml": Expect(
        "example-chapters-1", phases=4, first=(0, "Intro"), last=(740_000, "Credits")
    ),
    "sidecars/matroska-chapters/example-chapters-2.xml": Expect(
        "example-chapters-2", phases=2, first=(0, "erster Akt"), last=(680_000, "zweiter Akt")
    ),
    "sidecars/matroska-chapters/exported-by-mkvextract.xml": Expect(
        "exported-by-mkvextract", phases=2, first=(0, "Chapter 1"), last=(2000, "Chapter 2")
    ),
    "sidecars/matroska-tags/test5-tag.xml": Expect(
        "test5-tag", title="Big Buck Bunny - test 8", description="Matroska Validation File 8"
    ),
    "sidecars/nfo/episode-four-in-one-file.nfo": Expect(
        "episode-four-in-one-file", number=1, title="Rising / Rising (2) / Hide and Seek / Thirty-Eight Minutes",
        description="A new Stargate team",
    ),
    "sidecars/nfo/episode-sonarr.nfo": Expect(
        "episode-sonarr", number=8, title="Sometimes a Genius's Every Action Is at the Mercy of X",
        description="After Nariyuki wins",
    ),
    "sidecars/nfo/episode-two-in-one-file.nfo": Expect(
        "episode-two-in-one-file", number=1, title="Rising (1) / Rising (2)", description="A new Stargate team"
    ),
    "sidecars/nfo/episode.nfo": Expect(
        "episode", number=1, title="The Bone Orchard", description="When Shadow Moon", series="American Gods"
    ),
    "sidecars/nfo/movie-unescaped-ampersand.nfo": Expect(
        "movie-unescaped-ampersand", title="Lilo & Stitch", description=">>As Stitch, a runaway"
    ),
    "sidecars/nfo/movie.nfo": Expect("movie", title="Justice League", description="Fueled by his restored faith"),
    "sidecars/nfo/music-video.nfo": Expect(
        "music-video", number=3, title="Dancing Queen", description="Dancing Queen est un des", series="Arrival"
    ),
    "sidecars/nfo/rating-with-comma.nfo": Expect("rating-with-comma", title="Test Movie"),
    "sidecars/nfo/url-only-radarr.nfo": Expect("url-only-radarr"),
    "sidecars/nfo/url-only.nfo": Expect("url-only"),
    "sidecars/ogm-chapters/exported-by-mkvextract.txt": Expect(
        "exported-by-mkvextract", phases=2, first=(0, "Chapter 1"), last=(2000, "Chapter 2")
    ),
    "sidecars/podcast-chapters/example.chapters.json": Expect(
        "example", phases=9, first=(0, "Intro"), last=(6_089_000, "Outro")
    ),
    "sidecars/podcast-chapters/exampleComplex.chapters.json": Expect(
        "exampleComplex", phases=10, first=(0, "Intro"), last=(6_089_000, "Outro")
    ),
    "sidecars/subrip/Day-20-Pause-BREATH-A-30-Day-Yoga-Journey.en_.srt": Expect(
        "Day-20-Pause-BREATH-A-30-Day-Yoga-Journey", captions="en"
    ),
    "sidecars/subrip/capability_tester.srt": Expect("capability_tester", captions=""),
    "sidecars/subrip/jellyfin-example.srt": Expect("jellyfin-example", captions=""),
    "sidecars/subrip/no-indexes.srt": Expect("no-indexes", captions=""),
    "sidecars/subrip/utf-16-le-bom.srt": Expect("utf-16-le-bom", captions=""),
    "sidecars/webvtt-captions/blocks4all_captions_en.vtt": Expect("blocks4all", captions="en"),
    "sidecars/webvtt-captions/blocks4all_captions_ko.vtt": Expect("blocks4all", captions="ko"),
    "sidecars/webvtt-captions/blocks4all_descriptions_en.vtt": Expect("blocks4all"),
    "sidecars/webvtt-captions/elephantsdream-captions.ar.vtt": Expect("elephantsdream", captions="ar"),
    "sidecars/webvtt-captions/spec-example.vtt": Expect("spec-example", captions=""),
    "sidecars/webvtt-chapters/blocks4all_chapters.vtt": Expect(
        "blocks4all", phases=5, first=(0, "Meet Boon"), last=(161_000, "Credits")
    ),
    "sidecars/webvtt-chapters/elephantsdream-chapters.en.vtt": Expect(
        "elephantsdream", phases=9, first=(0, "Prologue"), last=(565_000, "Closing credits")
    ),
    "sidecars/webvtt-chapters/itaccess_chapters_en.vtt": Expect("itaccess", phases=14, first=(0, "Michael Young")),
    "broken/a-folder-named.mp4/readme.txt": Expect("1 Feet"),
    "broken/cue/clusterfuzz.cue": Expect("clusterfuzz", title="Broken", phases=98, first=(0, "Pinion")),
    "broken/json/duplicate-keys.info.json": Expect("duplicate-keys", title="Second", phases=1, first=(0, "Only")),
    "broken/json/huge-numbers.info.json": Expect("huge-numbers", title="Numbers", problem="“chapters”"),
    "broken/json/nested-100000.info.json": Expect("nested-100000", problem="nested too deeply"),
    "broken/json/truncated.info.json": Expect("truncated", problem="cut off"),
    "broken/json/wrong-types.info.json": Expect("wrong-types", problem="“title”"),
    "broken/text/10000-timestamps.description": Expect("10000-timestamps", description="0:00 Part 0"),
    "broken/text/binary.srt": Expect("binary", problem="does not hold text"),
    "broken/text/latin-1.description": Expect("latin-1", description="Für den Rücken"),
    "broken/text/nul-bytes.description": Expect("nul-bytes", description="Introduction\n0:00 Arrive\n1:00 Rest"),
    "broken/text/one-line-of-a-million.description": Expect("one-line-of-a-million", description="0:00 aaaa"),
    "broken/text/overlapping-and-negative.srt": Expect("overlapping-and-negative", captions=""),
    "broken/text/utf-16.description": Expect("utf-16", description="Arrive slowly\n0:00 Arrive\n2:00 Rest"),
    "broken/text/windows-1252.srt": Expect("windows-1252", captions=""),
    "broken/vtt/bad-double-webvtt.vtt": Expect("bad-double-webvtt", problem="WEBVTT"),
    "broken/vtt/blank-file.vtt": Expect("blank-file", problem="empty"),
    "broken/vtt/bom-garbage-data.vtt": Expect("bom-garbage-data", problem="WEBVTT"),
    "broken/vtt/garbage-signature.vtt": Expect("garbage-signature", problem="WEBVTT"),
    "broken/xml/billion-laughs.nfo": Expect("billion-laughs", problem="entities"),
    "broken/xml/deeply-nested-chapters.xml": Expect("deeply-nested-chapters", problem="nested too deeply"),
    "broken/xml/external-entity.nfo": Expect("external-entity", problem="entities"),
    "broken/xml/not-closed.nfo": Expect("not-closed", problem="not well-formed"),
    "broken/xml/quadratic-blowup.nfo": Expect("quadratic-blowup", problem="entities"),
    "broken/xml/wrong-encoding.nfo": Expect("wrong-encoding", title="Übung für den Rücken"),
    "broken/zero-length.nfo": Expect("zero-length", problem="empty"),
}  # fmt: skip
MEDIA = {".mp4", ".mkv", ".avi", ".webm", ".ogv", ".mp3", ".m4b", ""}


def test_the_table_leaves_nothing_out(corpus: Path) -> None:
    there = {
        str(path.relative_to(corpus))
        for folder in ("sidecars", "broken")
        for path in (corpus / folder).rglob("*")
        if path.is_file() and path.suffix not in MEDIA
    }
    assert there == set(TABLE)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_each_file(corpus: Path, vocabulary: Vocabulary, name: str) -> None:
    path, expect = corpus / name, TABLE[name]
    media = FoundFile(path.with_name(f"{expect.stem}.mp4"), 1, 1)
    beside = Beside(path.parent, (media,), vocabulary)
    begun = time.monotonic()
    found, problems = read_sidecars([FoundFile(path, path.stat().st_size, 1)], beside)
    assert time.monotonic() - begun < LONGEST_S
    said = next((finding.classes[media.path] for finding in found if media.path in finding.classes), ClassFindings())
    assert (said.number, said.title, said.series) == (expect.number, expect.title, expect.series)
    assert (said.description or "").startswith(expect.description or "")
    assert bool(said.description) == bool(expect.description)
    assert [caption.language for caption in said.captions] == ([] if expect.captions is None else [expect.captions])
    marks = [(phase.start_ms, phase.title) for phase in said.phases]
    assert len(marks) == expect.phases
    assert expect.first in (None, *marks[:1])
    assert expect.last in (None, *marks[-1:])
    assert [problem.path for problem in problems] == ([path] if expect.problem else [])
    for problem in problems:
        assert problem.reason is ProblemReason.SIDECAR
        assert expect.problem in problem.message
        assert problem.message[0].isupper()
        assert problem.message.count(". ") >= 1, "a sentence and a next step"


@pytest.mark.parametrize("name", [name for name in sorted(TABLE) if name.startswith(("broken/xml", "broken/json"))])
def test_memory(corpus: Path, vocabulary: Vocabulary, name: str) -> None:
    path = corpus / name
    beside = Beside(path.parent, (FoundFile(path.with_name(f"{TABLE[name].stem}.mp4"), 1, 1),), vocabulary)
    tracemalloc.start()
    try:
        read_sidecars([FoundFile(path, 1, 1)], beside)
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()
