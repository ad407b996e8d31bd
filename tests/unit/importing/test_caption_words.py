# SPDX-License-Identifier: GPL-3.0-or-later
"""Words of captions: read from files beside a class and from its own tracks, by worker processes, whatever the files
hold; and kept in the library in a pass that goes on where it stopped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from player.caption_pass import read_new_captions
from player.domain.captions import LATEST_MS, Captioned, Cue
from player.domain.errors import Cancelled
from player.domain.media import MediaFormat
from player.domain.models import Caption, ClassId
from player.domain.plan import ImportPlan, PlannedSeries
from player.domain.progress import CancelToken
from player.domain.query import HitKind, Query
from player.importing import caption_reading
from player.importing.caption_reading import read_captions, stamp_of
from player.importing.caption_words import MOST_LETTERS, MOST_SOURCES, words_of_class
from player.importing.cues import MOST_CUES
from player.library import Library
from tests.unit.library.shelf import plan_class, write

SRT = "1\n00:00:05,000 --> 00:00:08,000\nBreathe out slowly\n\n2\n00:01:00,000 --> 00:01:02,500\n<i>and rest</i>\n"


def one_class(folder: Path, number: int = 1, *captions: tuple[str, str]) -> Captioned:
    video = write(folder / f"{number}. Class.mp4", f"{number}")
    listed = tuple(Caption(language, source) for language, source in captions)
    return Captioned(ClassId(number), video, MediaFormat.MP4, video.stat().st_mtime_ns, listed, "")


def words(one: Captioned) -> list[tuple[int, str]]:
    captions = [(caption.language, caption.source) for caption in one.captions]
    return [(cue.start_ms, cue.text) for cue in words_of_class(one.path, one.format, captions, budget_s=5)]


def test_a_file_beside_the_class(tmp_path: Path) -> None:
    write(tmp_path / "a.en.srt", SRT)
    assert words(one_class(tmp_path, 1, ("en", "a.en.srt"))) == [(5_000, "Breathe out slowly"), (60_000, "and rest")]


def test_languages_are_read_together_by_time_and_each_once(tmp_path: Path) -> None:
    write(tmp_path / "en.srt", SRT)
    write(tmp_path / "sdh.srt", SRT.replace("rest", "music"))
    write(tmp_path / "de.vtt", "WEBVTT\n\n00:06.000 --> 00:07.000\nLangsam ausatmen\n")
    one = one_class(tmp_path, 1, ("en", "en.srt"), ("en", "sdh.srt"), ("de", "de.vtt"))
    assert [text for _start, text in words(one)] == ["Breathe out slowly", "Langsam ausatmen", "and rest"]
    many = [("", f"{index}.srt") for index in range(20)]
    for _language, name in many:
        write(tmp_path / name, SRT)
    assert len(words(one_class(tmp_path, 2, *many))) == 2 * MOST_SOURCES


def test_nothing_outside_the_folder_and_nothing_without_end_is_read(tmp_path: Path) -> None:
    inside = tmp_path / "series"
    write(tmp_path / "secret.srt", SRT)
    write(inside / "huge.srt", SRT + "x" * 9 * 1024 * 1024)
    write(inside / "binary.srt", SRT + "\x01\x02\x03" * 1000)
    (inside / "link.srt").symlink_to(tmp_path / "secret.srt")
    for name in (
        "../secret.srt",
        str(tmp_path / "secret.srt"),
        "huge.srt",
        "binary.srt",
        "link.srt",
        "none.srt",
        ".",
        "",
    ):
        assert words(one_class(inside, 1, ("en", name))) == [], name


def test_what_is_read_is_bounded(tmp_path: Path) -> None:
    cue = "00:00:{:02d},000 --> 00:00:59,000\nword\n\n"
    write(tmp_path / "many.srt", "".join(cue.format(index % 60) for index in range(MOST_CUES + 500)))
    assert len(words(one_class(tmp_path, 1, ("en", "many.srt")))) == MOST_CUES
    long = "00:00:01,000 --> 00:00:59,000\n" + "breath " * 280 + "\n\n"
    write(tmp_path / "long.srt", long * 1500)
    assert sum(len(text) for _start, text in words(one_class(tmp_path, 1, ("en", "long.srt")))) <= MOST_LETTERS


def test_a_file_that_is_no_video_has_no_words(tmp_path: Path) -> None:
    assert words(one_class(tmp_path, 1, ("en", "embedded"))) == []


def test_tracks_inside_a_file(corpus: Path) -> None:
    found = {path.name: path for path in corpus.rglob("*.m*") if path.is_file()}
    for name, media_format, first in (
        ("h264-ac3-subrip.mkv", MediaFormat.MATROSKA, "This is the first subtitle."),
        ("h264-ac3-ass.mkv", MediaFormat.MATROSKA, "This is the first subtitle."),
        ("h264-two-videos-two-sounds-subtitles.mp4", MediaFormat.MP4, "NAR: This is the optical and science segment"),
    ):
        said = words_of_class(found[name], media_format, [("en", "embedded")], budget_s=10)
        assert said[0].text.startswith(first), name
        assert said[0].end_ms > said[0].start_ms
    pictures = words_of_class(found["h264-ac3-pgs.mkv"], MediaFormat.MATROSKA, [("en", "embedded")], budget_s=10)
    assert pictures == (), "captions that are pictures have no words"


def test_a_stamp_tells_a_change_and_waits_for_a_drive(tmp_path: Path) -> None:
    folder = tmp_path / "drive"
    write(folder / "a.srt", SRT)
    one = one_class(folder, 1, ("en", "a.srt"), ("de", "embedded"))
    stamp = stamp_of(one)
    assert stamp
    assert stamp_of(one) == stamp
    write(folder / "a.srt", SRT + "\n")
    assert stamp_of(one) != stamp
    assert stamp_of(replace(one, modified_ns=1)) != stamp
    assert stamp_of(replace(one, captions=())) == ""
    folder.rename(tmp_path / "away")
    assert stamp_of(one) is None


def test_workers_read_and_a_wish_to_stop_is_heard(tmp_path: Path) -> None:
    write(tmp_path / "a.srt", SRT)
    todo = [(one_class(tmp_path, number, ("en", "a.srt")), f"s{number}") for number in (1, 2, 3)]
    read = {one.class_id: one for one in read_captions(todo)}
    assert {one.stamp for one in read.values()} == {"s1", "s2", "s3"}
    assert [cue.text for cue in read[ClassId(2)].cues] == ["Breathe out slowly", "and rest"]
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        list(read_captions(todo, token))


def test_a_pass_brings_words_into_the_library_and_only_what_is_new(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.sqlite")
    folder = tmp_path / "Series"
    classes = []
    for number in (1, 2):
        video = write(folder / f"{number}. Class.mp4", f"{number}")
        write(folder / f"{number}. Class.srt", SRT)
        classes.append(replace(plan_class(video), captions=(Caption("en", f"{number}. Class.srt"),)))
    library.apply(ImportPlan((folder,), (PlannedSeries(folder, "Series", tuple(classes)),)))
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        read_new_captions(library, cancel=token)
    assert read_new_captions(library) == 2
    hits = library.search(Query("slowly"))
    assert [(hit.kind, hit.start_ms) for hit in hits] == [(HitKind.CAPTION, 5_000)] * 2
    assert read_new_captions(library) == 0
    write(folder / "2. Class.srt", SRT.replace("slowly", "quickly"))
    assert read_new_captions(library) == 1
    assert [hit.class_id for hit in library.search(Query("quickly"))] == [2]
    (folder / "1. Class.srt").unlink()
    library.apply(
        ImportPlan((folder,), (PlannedSeries(folder, "Series", tuple(replace(one, captions=()) for one in classes)),))
    )
    assert read_new_captions(library) == 2
    assert library.search(Query("slowly")) == library.search(Query("quickly")) == ()
    library.close()


def test_times_that_no_class_has_are_not_kept() -> None:
    """A track may state any length; one that does not fit into a database must not cost the words of others."""
    assert list(caption_reading._cues([(0, 2**63 - 1, "long"), (2**62, 2**62 + 1, "late"), (-5, 9, "early")])) == [
        Cue(0, LATEST_MS, "long")
    ]
