# SPDX-License-Identifier: GPL-3.0-or-later
"""The first bytes decide: media are named, lists and texts are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.domain.media import HEAD_BYTES, ColourMatrix, MediaFacts, MediaFormat, id3_length, sniff

ENDINGS = {
    ".mp4": MediaFormat.MP4, ".m4v": MediaFormat.MP4, ".mov": MediaFormat.MP4, ".m4b": MediaFormat.MP4,
    ".3gp": MediaFormat.MP4, ".mkv": MediaFormat.MATROSKA, ".webm": MediaFormat.MATROSKA, ".mka": MediaFormat.MATROSKA,
    ".avi": MediaFormat.AVI, ".ts": MediaFormat.MPEG_TS, ".flv": MediaFormat.FLV, ".ogv": MediaFormat.OGG,
    ".wmv": MediaFormat.ASF, ".mp3": MediaFormat.MP3,
}  # fmt: skip


@pytest.mark.parametrize(
    ("head", "media_format"),
    [
        (b"\0\0\0\x18ftypisom", MediaFormat.MP4),
        (b"\0\0\0\x01moov\0\0\0\0", MediaFormat.MP4),
        (b"\x1a\x45\xdf\xa3\x01", MediaFormat.MATROSKA),
        (b"RIFF\0\0\0\0AVI LIST", MediaFormat.AVI),
        (b"RIFF\0\0\0\0WAVEfmt ", MediaFormat.WAV),
        (b"OggS\0\x02", MediaFormat.OGG),
        (b"FLV\x01\x05", MediaFormat.FLV),
        (b"fLaC\0", MediaFormat.FLAC),
        (b"\0\0\x01\xba\x44", MediaFormat.MPEG_PS),
        ((b"\x47" + bytes(187)) * 5, MediaFormat.MPEG_TS),
        ((bytes(4) + b"\x47" + bytes(187)) * 5, MediaFormat.MPEG_TS),
        (b"ID3\x03\0\0\0\0\0\x0a", MediaFormat.MP3),
        (b"\xff\xfb\x90\x00", MediaFormat.MP3),
        (b"\xff\xf1\x50\x80", MediaFormat.AAC),
        (b"RIFF\0\0\0\0WEBPVP8 ", None),
        (b"#EXTM3U\n", None),
        (b"ffconcat version 1.0\n", None),
        (b"<?xml version='1.0'?><MPD>", None),
        (b"\xff\xd8\xff\xe0", None),
        (b"\xff\xfeW\0", None),
        (b"\x89PNG\r\n", None),
        (b"", None),
        (b"\x1a", None),
    ],
)
def test_sniff(head: bytes, media_format: MediaFormat | None) -> None:
    assert sniff(head) is media_format


@given(st.binary(max_size=HEAD_BYTES))
def test_any_bytes(head: bytes) -> None:
    assert sniff(head) is None or isinstance(sniff(head), MediaFormat)
    assert id3_length(head) >= 0


@given(st.text())
def test_ordinary_text_is_no_medium(text: str) -> None:
    assert sniff(b"# " + text.encode()) is None


def test_the_length_of_an_id3_tag() -> None:
    assert id3_length(b"ID3\x04\0\0\0\0\x02\x01rest") == 10 + 257
    assert id3_length(b"ID3\x04\0\x10\0\0\x02\x01") == 20 + 257
    assert id3_length(b"ID3\x04\0\0\xff\0\0\0") == 0
    assert id3_length(b"fLaC") == 0


@pytest.mark.parametrize("media_format", MediaFormat)
def test_readers_have_names(media_format: MediaFormat) -> None:
    assert media_format.av_format
    assert media_format.vlc_demux


def test_the_matrix_for_showing() -> None:
    assert MediaFacts(width=1920, height=1080).matrix_for_showing is ColourMatrix.BT709
    assert MediaFacts(width=720, height=576).matrix_for_showing is ColourMatrix.BT601
    assert MediaFacts(width=720, colour_matrix=ColourMatrix.BT2020).matrix_for_showing is ColourMatrix.BT2020


@pytest.mark.corpus
def test_real_files(corpus: Path) -> None:
    for path in sorted((corpus / "media").iterdir()):
        with path.open("rb") as file:
            assert sniff(file.read(HEAD_BYTES)) is ENDINGS[path.suffix.lower()], path.name
