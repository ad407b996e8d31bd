# SPDX-License-Identifier: GPL-3.0-or-later
"""One caption track of a class as the player shows it, from files beside the class and from inside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import pytest

from player.domain.captions import CaptionWords, Cue
from player.domain.media import MediaFacts, MediaFormat
from player.domain.models import Caption, ClassId, ClassState, ClassVideo, FileIdentity, SeriesId
from player.importing.caption_track import CaptionTracks
from tests.media import make_clip


def class_at(path: Path, *captions: Caption, media_format: MediaFormat | None = MediaFormat.MATROSKA) -> ClassVideo:
    return ClassVideo(
        id=ClassId(1),
        series_id=SeriesId(1),
        series_title="",
        section=None,
        number=1,
        title="",
        duration_ms=3000,
        description="",
        path=path,
        state=ClassState.READY,
        identity=FileIdentity(1, "0" * 32),
        format=media_format,
        facts=MediaFacts(has_video=True),
        captions=captions,
    )


SRT = "1\n00:00:01,000 --> 00:00:02,000\n<i>Breathe</i> in.\n\n2\n00:00:02,500 --> 00:00:03,000\n<script>x</script>\n"


def test_a_file_beside_the_class(tmp_path: Path) -> None:
    (tmp_path / "1.en.srt").write_text(SRT, "utf-8")
    words = CaptionTracks().read(class_at(tmp_path / "1.mkv", Caption("en", "1.en.srt")), 0)
    assert words.cues[0] == Cue(1000, 2000, "Breathe in.")
    assert all("<" not in cue.text for cue in words.cues)


@pytest.mark.parametrize("source", ["../secret.srt", "/etc/passwd", "gone.srt", "", ".", "a/../b.srt"])
def test_nothing_but_a_file_beside_the_class_is_read(tmp_path: Path, source: str) -> None:
    (tmp_path / "secret.srt").write_text(SRT, "utf-8")
    folder = tmp_path / "classes"
    folder.mkdir()
    assert CaptionTracks().read(class_at(folder / "1.mkv", Caption("en", source)), 0) == CaptionWords()


def with_track(path: Path, *texts: str) -> Path:
    """A Matroska file with one text track for each of `texts`."""
    clip = make_clip(path.with_name("clip.mkv"), seconds=2)
    with av.open(str(clip)) as source, av.open(str(path), "w") as output:
        streams = {source.streams.video[0].index: output.add_stream_from_template(source.streams.video[0])}
        lists = []
        for number, text in enumerate(texts):
            written = path.with_name(f"{number}.srt")
            written.write_text(text, "utf-8")
            subtitles = av.open(str(written))
            lists.append((subtitles, output.add_stream_from_template(subtitles.streams.subtitles[0])))
        for packet in source.demux():
            if packet.dts is not None:
                packet.stream = streams[packet.stream.index]
                output.mux(packet)
        for subtitles, stream in lists:
            for packet in subtitles.demux():
                if packet.dts is not None:
                    packet.stream = stream
                    output.mux(packet)
            subtitles.close()
    return path


def test_each_track_inside_the_class_is_read_for_itself(tmp_path: Path) -> None:
    path = with_track(tmp_path / "1.mkv", SRT, SRT.replace("Breathe</i> in", "Atme</i> ein"))
    (tmp_path / "1.fr.srt").write_text(SRT, "utf-8")
    inside = Caption("", "embedded")
    video = class_at(path, inside, Caption("fr", "1.fr.srt"), inside)
    assert CaptionTracks().read(video, 0).cues[0] == Cue(1000, 2000, "Breathe in.")
    assert CaptionTracks().read(video, 2).cues[0] == Cue(1000, 2000, "Atme ein.")


def test_a_track_that_is_not_there_has_no_words(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "1.mkv", seconds=1)
    video = class_at(path, Caption("", "embedded"))
    assert CaptionTracks().read(video, 0) == CaptionWords()
    assert CaptionTracks().read(replace(video, format=MediaFormat.MP4), 0) == CaptionWords()  # it is something else
    assert CaptionTracks().read(replace(video, format=None), 0) == CaptionWords()


@pytest.mark.parametrize(
    ("name", "media_format", "pictures"),
    [
        ("h264-ac3-subrip.mkv", MediaFormat.MATROSKA, False),
        ("h264-ac3-ass.mkv", MediaFormat.MATROSKA, False),
        ("h264-ac3-pgs.mkv", MediaFormat.MATROSKA, True),
        ("h264-two-videos-two-sounds-subtitles.mp4", MediaFormat.MP4, False),
    ],
)
def test_real_files(corpus: Path, name: str, media_format: MediaFormat, pictures: bool) -> None:
    path = next(corpus.rglob(name))
    words = CaptionTracks().read(class_at(path, Caption("", "embedded"), media_format=media_format), 0)
    assert words.pictures is pictures
    assert bool(words.cues) is not pictures
