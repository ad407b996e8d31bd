# SPDX-License-Identifier: GPL-3.0-or-later
"""A file is opened only as what its own first bytes say it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from player.domain.media import MediaFacts, MediaFormat, MediaSource
from player.playback.vlc import sentences
from player.playback.vlc.look import problem_with

MP4 = b"\x00\x00\x00\x18ftypisom"
ID3 = b"ID3\x04\x00\x00\x00\x00\x00\x0a" + b"\x00" * 10


@pytest.mark.parametrize(
    ("content", "claimed", "problem"),
    [
        (MP4, MediaFormat.MP4, ""),
        (MP4, MediaFormat.MATROSKA, sentences.CHANGED),
        (b"#EXTM3U\n", MediaFormat.MP4, sentences.CHANGED),
        (b"", MediaFormat.MP4, sentences.CHANGED),
        (ID3 + b"\xff\xfb\x90\x00", MediaFormat.MP3, ""),
        (ID3 + b"fLaC", MediaFormat.FLAC, ""),
    ],
)
def test_first_bytes(tmp_path: Path, content: bytes, claimed: MediaFormat, problem: str) -> None:
    path = tmp_path / "class"
    path.write_bytes(content)
    assert problem_with(MediaSource(path, claimed, 1_000, MediaFacts())) == problem


def test_gone_and_unreadable(tmp_path: Path) -> None:
    gone = MediaSource(tmp_path / "gone.mp4", MediaFormat.MP4, 1_000, MediaFacts())
    folder = MediaSource(tmp_path, MediaFormat.MP4, 1_000, MediaFacts())
    assert problem_with(gone) == sentences.GONE
    assert problem_with(folder) == sentences.UNREADABLE
