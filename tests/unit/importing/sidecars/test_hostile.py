# SPDX-License-Identifier: GPL-3.0-or-later
"""No bytes crash a reader, none makes it slow or fat, none leads it out of the folder."""

from __future__ import annotations

import os
import tempfile
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.domain.plan import Problem
from player.importing.scan import FoundFile
from player.importing.sidecars.findings import MOST_BYTES, Beside, Findings
from player.importing.sidecars.json_text import MOST_BYTES as MOST_JSON_BYTES
from player.importing.sidecars.table import read_sidecars
from player.importing.vocabulary import load_vocabulary

WORDS = load_vocabulary(Path(__file__).resolve().parents[4] / "resources" / "vocabulary")
ENDINGS = (
    ".nfo", ".info.json", ".chapters.json", ".json", ".description", ".txt", ".chapters.txt", ".chapters.xml", ".xml",
    ".ffmetadata", ".vtt", ".chapters.vtt", ".srt", ".ass", ".ssa", ".cue",
)  # fmt: skip
SNIPPETS = st.sampled_from(
    [b"<episodedetails>", b"<title>", b"</title>", b"<Chapters><EditionEntry><ChapterAtom>", b"<ChapterTimeStart>",
     b"<!DOCTYPE x [", b"<!ENTITY a 'b'>", b"&a;", b"&nbsp;", b"]]>",
     b"<![CDATA[",b"<?xml version='1.0' encoding='utf-7'?>",
     b'{"chapters": [', b'{"start_time": ', b"1e999", b"-1", b"NaN", b'"title": ', b"null", b"]}", b";FFMETADATA1\n",
     b"[CHAPTER]\n", b"TIMEBASE=1/0\n", b"START=5\n", b"CHAPTER01=00:00:01.000\n", b"WEBVTT\n\n", b"Kind: chapters\n",
     b"00:00:00.000 --> 00:01:00.000\n", b"99:99:99,999 --> 1",
     b"Dialogue: 0,0:00:01.00,0:00:02.00,,,,,,,hi\n",
     b'FILE "../x.mp3" MP3\n', b"TRACK 01 AUDIO\n", b"INDEX 01 00:00:00\n", b"0:00 Arrive\n", b"Rest 9:59:59\n",
     b"\xff\xfe",
     b"\xef\xbb\xbf", b"\x00", b"\r", b"\xf0\x9f", b"chair or pillow if ", b"no props needed ", b"optional "]
)  # fmt: skip
ANY_BYTES = st.one_of(
    st.binary(max_size=300), st.lists(st.one_of(SNIPPETS, st.binary(max_size=12)), max_size=25).map(b"".join)
)


def read(folder: Path, name: str, data: bytes) -> tuple[list[Findings], list[Problem]]:
    path = folder / name
    path.write_bytes(data)
    media = tuple(FoundFile(folder / one, 1, 1) for one in ("1 Feet.mp4", "1 Feet and hips.mp4"))
    return read_sidecars([FoundFile(path, len(data), 1)], Beside(folder, media, WORDS))


@pytest.mark.parametrize("ending", ENDINGS)
@settings(max_examples=60, deadline=None)
@given(data=ANY_BYTES)
def test_any_bytes(ending: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        found, problems = read(Path(name), f"1 Feet{ending}", data)
        assert len(found) <= 1
        assert len(problems) <= 1
        for findings in found:
            for said in findings.classes.values():
                assert all(phase.start_ms >= 0 for phase in said.phases)
                assert "\0" not in (said.title or "") + (said.description or "")


@settings(max_examples=60, deadline=None)
@given(data=ANY_BYTES)
def test_any_series_toml(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        _found, problems = read(Path(name), "series.toml", data)
        assert problems


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    "piece",
    [
        b"<",
        b"<a>",
        b"<!--",
        b"<!DOCTYPE [",
        b"&",
        b"[",
        b'"',
        b"\\",
        b"0:00 ",
        b"a 0:0",
        b"-->",
        b" ",
        b"\n",
        b"chair or ",
    ],
)
def test_nothing_takes_long(tmp_path: Path, ending: str, piece: bytes) -> None:
    begun = time.monotonic()
    read(tmp_path, f"1 Feet{ending}", (piece * (MOST_BYTES // len(piece)))[:MOST_BYTES])
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize("piece", [b"[],", b"{},", b"1.5,", b'"a",', b'{"start_time":1,"title":"a"},'])
def test_memory_of_large_json(tmp_path: Path, piece: bytes) -> None:
    data = b'{"chapters": [' + piece * ((MOST_JSON_BYTES - 100) // len(piece)) + b"0]}"
    tracemalloc.start()
    try:
        _found, problems = read(tmp_path, "1 Feet.info.json", data)
        assert tracemalloc.get_traced_memory()[1] < 200 * 1024 * 1024
    finally:
        tracemalloc.stop()
    assert len(problems) == 1


@pytest.mark.parametrize(("name", "most"), [("1 Feet.nfo", MOST_BYTES), ("1 Feet.info.json", MOST_JSON_BYTES)])
def test_too_large(tmp_path: Path, name: str, most: int) -> None:
    found, problems = read(tmp_path, name, b"<" * (most + 1))
    assert found == []
    assert f"larger than {most // 1024 // 1024} MB" in problems[0].message


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("outside") / "secret"
    secret.write_text("secret")
    for ending in (".description", ".nfo", ".srt", ".jpg"):
        link = tmp_path / f"1 Feet{ending}"
        link.symlink_to(secret)
        media = (FoundFile(tmp_path / "1 Feet.mp4", 1, 1),)
        found, problems = read_sidecars([FoundFile(link, 6, 1)], Beside(tmp_path, media, WORDS))
        assert found == []
        assert "leads out of the folder" in problems[0].message


def test_a_link_within_the_folder_is_fine(tmp_path: Path) -> None:
    (tmp_path / "words.md").write_text("Words")
    (tmp_path / "1 Feet.description").symlink_to("words.md")
    media = (FoundFile(tmp_path / "1 Feet.mp4", 1, 1),)
    (found,), problems = read_sidecars(
        [FoundFile(tmp_path / "1 Feet.description", 5, 1)], Beside(tmp_path, media, WORDS)
    )
    assert problems == []
    assert found.classes[media[0].path].description == "Words"


def test_an_unreadable_one_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "1 Feet.nfo"
    path.mkdir()
    found, problems = read_sidecars(
        [FoundFile(path, 1, 1)], Beside(tmp_path, (FoundFile(tmp_path / "1 Feet.mp4", 1, 1),), WORDS)
    )
    assert found == []
    assert "cannot be read" in problems[0].message
    assert os.sep not in problems[0].message
