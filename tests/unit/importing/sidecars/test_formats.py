# SPDX-License-Identifier: GPL-3.0-or-later
"""Each format with what real files hold and how they go wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from player.domain.plan import Problem
from player.domain.vocabulary import Vocabulary
from player.importing.scan import FoundFile
from player.importing.sidecars.findings import Beside, ClassFindings, SeriesFindings
from player.importing.sidecars.table import read_sidecars

CLASS = "13 Mid Back.mp4"


class Read:
    """What the sidecars of one folder say."""

    def __init__(
        self, folder: Path, files: Mapping[str, str | bytes], media: tuple[str, ...], words: Vocabulary
    ) -> None:
        for name, text in files.items():
            (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
        beside = Beside(folder, tuple(FoundFile(folder / name, 1, 1) for name in media), words)
        found, self.problems = read_sidecars([FoundFile(folder / name, 1, 1) for name in files], beside)
        self.classes: dict[str, list[ClassFindings]] = {}
        self.series: list[SeriesFindings] = []
        for one in found:
            for path, said in one.classes.items():
                self.classes.setdefault(path.name, []).append(said)
            self.series += [one.series] if one.series else []

    @property
    def one(self) -> ClassFindings:
        assert self.problems == []
        (said,) = self.classes[CLASS]
        return said

    @property
    def marks(self) -> list[tuple[int, str]]:
        return [(phase.start_ms, phase.title) for phase in self.one.phases]

    @property
    def problem(self) -> Problem:
        (problem,) = self.problems
        return problem


Reader = Callable[..., Read]


@pytest.fixture
def read(tmp_path: Path, vocabulary: Vocabulary) -> Reader:
    def make(files: Mapping[str, str | bytes], *media: str) -> Read:
        return Read(tmp_path, files, media or (CLASS, "14 Neck.mp4"), vocabulary)

    return make


def nfo(text: str) -> dict[str, str]:
    return {"13 Mid Back.nfo": text}


def test_nfo_with_everything_wrong(read: Reader) -> None:
    said = read(
        nfo(
            '<!DOCTYPE x SYSTEM "x.dtd"><?xml version="1.0"?><episodedetails>'
            "<title>Hips & Shoulders &eacute; R&D</title>"
            "<EPISODE>13</EPISODE>"
            "<plot>&lt;p&gt;Sit.&lt;br/&gt;Breathe &amp;amp; rest.&lt;/p&gt;</plot></episodedetails>"
            "<?xml version='1.0'?><episodedetails><title>Neck</title><episode>14</episode></episodedetails>\n"
            "https://www.thetvdb.com/?tab=episode&id=1"
        )
    ).one
    assert (said.number, said.title) == (13, "Hips & Shoulders é R&D / Neck")
    assert said.description == "Sit.\nBreathe & rest."


def test_nfo_rules_in_its_head_are_harmless(read: Reader) -> None:
    said = read(nfo("<!DOCTYPE movie [<!ELEMENT movie (title)>]><movie><title>Mid Back</title></movie>")).one
    assert said.title == "Mid Back"


@pytest.mark.parametrize("number", ["-1", "thirteen", "", "1.5", "9999999"])
def test_nfo_numbers_that_are_none(read: Reader, number: str) -> None:
    assert read(nfo(f"<movie><title>T</title><episode>{number}</episode></movie>")).one.number is None


def test_nfo_that_is_no_xml(read: Reader) -> None:
    said = read(nfo("░▒▓ RELEASED BY NOBODY ▓▒░\nhttps://example.org"))
    assert (said.classes, said.problems) == ({}, [])


def test_nfo_in_a_declared_code_page(read: Reader) -> None:
    text = '<?xml version="1.0" encoding="windows-1251"?><movie><title>Спина</title></movie>'
    assert read({"13 Mid Back.nfo": text.encode("windows-1251")}).one.title == "Спина"


def test_nfo_of_the_series(read: Reader) -> None:
    said = read({"tvshow.nfo": "<tvshow><title>Welcome</title><plot>All of it.</plot></tvshow>"})
    assert said.series == [SeriesFindings("Welcome", "All of it.")]
    assert read({"tvshow.nfo": "<tvshow><title>W"}).problem.path.name == "tvshow.nfo"


def test_series_by_agreement(read: Reader) -> None:
    text = "<episodedetails><title>T</title><showtitle>Welcome</showtitle></episodedetails>"
    assert read({"13 Mid Back.nfo": text, "14 Neck.nfo": text}).series == [SeriesFindings("Welcome")]
    assert read({"13 Mid Back.nfo": text, "14 Neck.nfo": text.replace("Welcome", "Other")}).series == []
    assert read({"13 Mid Back.nfo": text}, CLASS).series == []


def test_movie_nfo_belongs_to_the_only_class(read: Reader) -> None:
    text = "<movie><title>Alone</title></movie>"
    assert read({"movie.nfo": text}, CLASS).one.title == "Alone"
    assert read({"movie.nfo": text}).classes == {}


def test_chapters_of_matroska(read: Reader) -> None:
    atom = (
        "<ChapterAtom><ChapterTimeStart>{}</ChapterTimeStart>{}"
        "<ChapterDisplay><ChapterString>{}</ChapterString></ChapterDisplay></ChapterAtom>"
    )
    text = (
        "<Chapters><EditionEntry><EditionFlagHidden>1</EditionFlagHidden>" + atom.format("00:00:00.0", "", "Secret")
        + "</EditionEntry><EditionEntry>" + atom.format("00:00:00", "", "Second edition")
        + "</EditionEntry><EditionEntry><EditionFlagDefault>1</EditionFlagDefault><ChapterAtom>"
        "<ChapterTimeStart>00:00:00.000000000</ChapterTimeStart>"
        + atom.format("00:00:00.000000000", "", "Arrive &amp; settle")
        + atom.format("00:00:30.5", "<ChapterFlagHidden>1</ChapterFlagHidden>", "Hidden")
        + atom.format("00:00:40.5", "<ChapterFlagEnabled>0</ChapterFlagEnabled>", "Off")
        + atom.format("00:01:30.500000000", "", "Breath") + atom.format("never", "", "No time")
        + "</ChapterAtom></EditionEntry></Chapters>"
    )  # fmt: skip
    for name in ("13 Mid Back.xml", "13 Mid Back.chapters.xml", "13 Mid Back_chapters_en.xml"):
        assert read({name: text}).marks == [(0, "Arrive & settle"), (90_500, "Breath")]


def test_other_xml_is_not_ours(read: Reader) -> None:
    assert read({"13 Mid Back.xml": "<project><clip/></project>"}).problems == []
    assert "no chapter" in read({"13 Mid Back.xml": "<Chapters></Chapters>"}).problem.message


def test_tags_of_matroska(read: Reader) -> None:
    said = read(
        {
            "13 Mid Back.tags.xml": "<Tags><Tag><Targets><TargetTypeValue>70</TargetTypeValue></Targets>"
            "<Simple><Name>TITLE</Name><String>Welcome</String></Simple></Tag><Tag><Targets><TrackUID>3</TrackUID></Targets>"
            "<Simple><Name>TITLE</Name><String>Sound</String></Simple></Tag><Tag><Simple><Name>PART_NUMBER</Name><String>13/24</String></Simple>"
            "<Simple><Name>SUMMARY</Name><String>Why.</String></Simple></Tag></Tags>"
        }
    ).one
    assert (said.number, said.title, said.description, said.series) == (13, None, "Why.", "Welcome")


def test_ffmetadata_escapes(read: Reader) -> None:
    text = (
        ";FFMETADATA1\ntitle=Mid \\= back\n; a remark\ndescription=One\\\nTwo \\\\ three\n[STREAM]\ntitle=Sound\n"
        "[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=5\ntitle=Arrive\\; settle\n"
        "[CHAPTER]\nTIMEBASE=1/0\nSTART=7\n[CHAPTER]\nSTART=90000000000\ntitle=Rest\n"
    )
    for name in ("13 Mid Back.ffmetadata", "13 Mid Back.txt"):
        said = read({name: text})
        assert (said.one.title, said.one.description) == ("Mid = back", "One\nTwo \\ three")
        assert said.marks == [(0, "Arrive; settle"), (90_000, "Rest")]
    assert "FFMETADATA1" in read({"13 Mid Back.ffmetadata": "title=x"}).problem.message


def test_info_json_of_a_list_and_of_its_classes(read: Reader) -> None:
    said = read(
        {
            "Welcome [PL123].info.json": '{"_type": "playlist", "title": "Welcome", "description": "All."}',
            "13 Mid Back.info.json": '{"title": "Mid &amp; back", "playlist_index": 3, '
            '"playlist_title": "Welcome", "uploader": "A"}',
            "14 Neck.info.json": '{"title": "Neck", "playlist_index": 4, '
            '"playlist_title": "Welcome", "description": null}',
        }
    )
    assert said.series[0] == SeriesFindings("Welcome", "All.")
    (mid,) = said.classes[CLASS]
    assert (mid.title, mid.number, mid.position, mid.series) == ("Mid & back", None, 3, "Welcome")
    assert said.problems == []


def test_podcast_chapters(read: Reader) -> None:
    text = (
        '{"chapters": [{"startTime": 0, "title": "In"}, {"startTime": "1:30"}, '
        '{"startTime": 95, "toc": false}, {"startTime": -1}]}'
    )
    for name in ("13 Mid Back.chapters.json", "13 Mid Back.json"):
        assert read({name: text}).marks == [(0, "In"), (90_000, "")]
    assert read({"13 Mid Back.json": "{"}).problems == []
    assert "cut off" in read({"13 Mid Back.chapters.json": "{"}).problem.message
    probe = '{"chapters": [{"start_time": "0.000000", "tags": {"title": "In"}}, {"start_time": "2.5"}]}'
    assert read({"13 Mid Back.chapters.json": probe}).marks == [(0, "In"), (2500, "")]


CHAPTERS_VTT = (
    "WEBVTT\n\nNOTE made by hand\n\nfirst\n00:00.000 --> 01:30.000\nArrive\n\n"
    "01:30.000 --> 05:00.000 align:start\n<b>Breath</b> &amp; ribs\n"
)
SPEECH_VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n\n00:02.000 --> 00:05.000\nand welcome\n"


@pytest.mark.parametrize(
    ("name", "text", "is_chapters"),
    [
        ("13 Mid Back.vtt", CHAPTERS_VTT, True),
        ("13 Mid Back.vtt", SPEECH_VTT, False),
        ("13 Mid Back.chapters.vtt", SPEECH_VTT, True),
        ("13 Mid Back.vtt", SPEECH_VTT.replace("WEBVTT", "WEBVTT\nKind: chapters"), True),
        ("13 Mid Back.en.vtt", CHAPTERS_VTT.replace("WEBVTT", "WEBVTT\nKind: captions"), False),
        ("13 Mid Back.captions.vtt", CHAPTERS_VTT, False),
    ],
)
def test_vtt_looked_into(read: Reader, name: str, text: str, is_chapters: bool) -> None:
    said = read({name: text}).one
    assert bool(said.phases) == is_chapters
    assert bool(said.captions) != is_chapters
    if text == CHAPTERS_VTT and is_chapters:
        assert [phase.title for phase in said.phases] == ["Arrive", "Breath & ribs"]


@pytest.mark.parametrize("tail", ["descriptions", "metadata", "thumbnails"])
def test_vtt_that_is_neither(read: Reader, tail: str) -> None:
    assert read({f"13 Mid Back.{tail}.vtt": SPEECH_VTT}).classes == {}


def test_vtt_of_pictures(read: Reader) -> None:
    text = (
        "WEBVTT\n\n00:00.000 --> 00:30.000\nsprite.jpg#xywh=0,0,160,90\n\n"
        "00:30.000 --> 01:00.000\nsprite.jpg#xywh=160,0,160,90\n"
    )
    assert read({"13 Mid Back.vtt": text}).classes == {}


def test_captions_with_tails(read: Reader) -> None:
    srt = "1\n00:00:01,000 --> 00:00:02,000\nHello\n"
    names = ["13 Mid Back.en.srt", "13 Mid Back.German (SDH).srt", "13 Mid Back.mp4.fr.srt", "13 Mid Back and more.srt"]
    said = read(dict.fromkeys(names, srt))
    found = [(caption.source, caption.language) for one in said.classes[CLASS] for caption in one.captions]
    assert sorted(found) == [
        ("13 Mid Back.German (SDH).srt", "de"), ("13 Mid Back.en.srt", "en"), ("13 Mid Back.mp4.fr.srt", "fr")
    ]  # fmt: skip


def test_cue_sheet_by_the_name_in_it(read: Reader) -> None:
    text = 'TITLE "Mid back"\nFILE "C:\\old\\13 mid back.MP4" MP3\n'
    text += " TRACK 01 AUDIO\n  TITLE Arrive\n  INDEX 00 00:00:00\n  INDEX 01 00:01:37\n"
    said = read({"disc.cue": text})
    assert (said.one.title, said.marks) == ("Mid back", [(1493, "Arrive")])
    assert read({"disc.cue": text.replace("13 mid back", "../../secret")}).classes == {}


def test_texts(read: Reader) -> None:
    said = read({"13 Mid Back.txt": "Why this part.\n\n0:00 Arrive\n1:00 Breath\n"}).one
    assert said.description == "Why this part.\n\n0:00 Arrive\n1:00 Breath"
    assert said.phases == ()
    assert read({"13 Mid Back.txt": "0:00 Arrive\n1:00 Breath\n"}).marks == [(0, "Arrive"), (60_000, "Breath")]
    assert read({"13 Mid Back.chapters.txt": "All:\nArrive - 0:00\nBreath - 1:00\n"}).marks == [
        (0, "Arrive"),
        (60_000, "Breath"),
    ]
    assert "0:00 Title" in read({"13 Mid Back.chapters.txt": "soon"}).problem.message
    assert (
        read({"13 Mid Back.description": "Sit.<br>Breathe <3 &amp; rest"}).one.description == "Sit.\nBreathe <3 & rest"
    )
    assert read({"13 Mid Back.description": ""}).one.description is None
    assert read({"notes.txt": "0:00 a\n1:00 b"}).classes == {}


def test_text_about_the_series(read: Reader, tmp_path: Path) -> None:
    assert read({"description.txt": "All of it."}).series == [SeriesFindings(description="All of it.")]
    assert read({f"{tmp_path.name} [PL12].description": "All."}).series == [SeriesFindings(description="All.")]


@pytest.mark.parametrize(
    ("sidecar", "medium"),
    [
        ("13 Mid Back.nfo", "13 Mid Back [dQw4w9WgXcQ].mp4"),
        ("13 Mid Back.nfo", "13 Mid Back (1080p).mp4"),
        ("13.nfo", "13 Mid Back.mp4"),
        ("13 MID BACK.NFO", "13 Mid Back.mp4"),
        ("13 Mid Back.mp4.nfo", "13 Mid Back.mp4"),
        ("13 Caf\u00e9.nfo", "13 Cafe\u0301.mp4"),
    ],
)
def test_names_that_belong_together(read: Reader, sidecar: str, medium: str) -> None:
    said = read({sidecar: "<movie><title>T</title></movie>"}, medium, "1 Other.mp4", "130 Third.mp4")
    assert list(said.classes) == [medium]


@pytest.mark.parametrize("sidecar", ["1.nfo", "13 Mid Back and more.nfo", "Neck.nfo", "14 Mid.nfo"])
def test_names_that_do_not(read: Reader, sidecar: str) -> None:
    said = read({sidecar: "<movie><title>T</title></movie>"}, CLASS, "1 Feet.mp4", "1 Face.mp4")
    assert said.classes == {}


def test_two_files_of_one_class_share_a_sidecar(read: Reader) -> None:
    said = read({"13 Mid Back.nfo": "<movie><title>T</title></movie>"}, CLASS, "13 Mid Back.mkv")
    assert set(said.classes) == {CLASS, "13 Mid Back.mkv"}


def test_too_many_chapters(read: Reader) -> None:
    text = "".join(f"CHAPTER{n}=00:{n // 60 % 60:02d}:{n % 60:02d}.000\n" for n in range(1, 1200))
    assert "more than 1000" in read({"13 Mid Back.txt": text}).problem.message
