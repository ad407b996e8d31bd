# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading one file: what it is, and its identity."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from player.domain.media import MediaFormat
from player.domain.plan import ProblemReason
from player.importing.identity import END_BYTES, identify
from player.importing.matroska_tail import last_block_ms
from player.importing.probe import probe_file
from player.importing.probed import Probed
from tests.media import make_clip

PHASES = (("Release", 0), ("Breath", 1500))


@pytest.mark.parametrize(
    ("name", "media_format"),
    [("a.mp4", MediaFormat.MP4), ("a.mov", MediaFormat.MP4), ("a.mkv", MediaFormat.MATROSKA),
     ("a.avi", MediaFormat.AVI), ("a.ts", MediaFormat.MPEG_TS), ("a.flv", MediaFormat.FLV)],
)  # fmt: skip
def test_containers(tmp_path: Path, name: str, media_format: MediaFormat) -> None:
    probed = probe_file(make_clip(tmp_path / name, phases=PHASES, size=(64, 36)))
    assert (probed.reason, probed.format) == (None, media_format)
    assert abs(probed.duration_ms - 3000) <= 50
    if name in ("a.mp4", "a.mov", "a.mkv"):
        assert [(chapter.title, chapter.start_ms) for chapter in probed.chapters] == list(PHASES)


def test_webm(tmp_path: Path) -> None:
    probed = probe_file(make_clip(tmp_path / "a.webm", seconds=1, size=(64, 36), matrix="bt601", sound=True))
    assert (probed.reason, probed.format, probed.facts.has_audio) == (None, MediaFormat.MATROSKA, True)


def test_it_travels_as_json(tmp_path: Path) -> None:
    probed = probe_file(make_clip(tmp_path / "a.mkv", phases=PHASES, size=(64, 36), tags={"title": "Füße"}))
    assert Probed.from_json(json.loads(json.dumps(probed.to_json()))) == probed
    bad = probe_file(tmp_path / "none.mp4")
    assert Probed.from_json(json.loads(json.dumps(bad.to_json()))) == bad
    assert bad.reason is ProblemReason.UNREADABLE


def test_titles_a_downloader_made_up(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mkv", phases=(("<Untitled Chapter 1>", 0), ("Rest", 1000)), size=(64, 36))
    assert [chapter.title for chapter in probe_file(clip).chapters] == ["", "Rest"]


def test_a_cut_matroska_is_as_long_as_its_frames(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mkv", seconds=60, fps=5, size=(64, 36), colours=((0, 0, 0), (255, 255, 255)))
    whole = clip.read_bytes()
    clip.write_bytes(whole[: len(whole) // 2])
    probed = probe_file(clip)
    assert probed.reason is None
    assert 5_000 < probed.duration_ms < 55_000


@pytest.mark.parametrize("data", [b"", b"\x1f\x43\xb6\x75", b"\x1f\x43\xb6\x75\xff\xe7\x00", os.urandom(5000)])
def test_the_end_of_rubbish(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.mkv"
    path.write_bytes(data)
    last_block_ms(path, len(data))


def test_not_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    assert probe_file(tmp_path / "pipe.mp4").reason is ProblemReason.NOT_A_VIDEO
    assert probe_file(tmp_path).reason is ProblemReason.NOT_A_VIDEO


def test_identity_is_the_content(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    data = bytearray(os.urandom(3 * END_BYTES))
    first.write_bytes(data)
    second.write_bytes(data)

    def identity(path: Path) -> str:
        with path.open("rb") as file:
            return identify(file, path.stat().st_size).key

    assert identity(first) == identity(second)
    data[-1] ^= 1
    second.write_bytes(data)
    assert identity(first) != identity(second)
    second.write_bytes(data[: END_BYTES // 2])
    assert identity(first) != identity(second)
