# SPDX-License-Identifier: GPL-3.0-or-later
"""Damaged and hostile files: none stops the import, each refusal has a reason, no other file is opened."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest

from player.domain.models import ClassState
from player.domain.plan import ImportPlan, PlannedClass, ProblemReason
from player.domain.vocabulary import Vocabulary
from player.importing.plan import build_plan

pytestmark = pytest.mark.corpus

LONG_NAME = "Very long title"
AWKWARD_NAME = "ünïcödé"
PLAYS = {
    "-starts-with-a-dash.mp4": 1088,
    "Café decomposed.mp4": 1088,
    LONG_NAME: 1088,
    AWKWARD_NAME: 1088,
    "bit-rot.mp4": 133_312,
    "mdat-too-long.mp4": 1024,
    "mkv-named-mp4.mp4": 5023,
    "mp4-named-avi.avi": 1088,
    "mp4-without-ending": 1088,
    "no-timescale.mp4": 6080,
    "truncated-half.mkv": 2466,
    "truncated-half.mp4": 66_645,
    "a-good-one.mp4": 9000,
    "linked-main.mkv": 40_000,
    "linked-other.mkv": 20_000,
}
REFUSED = {
    "64bit-box-only.mp4": ProblemReason.DAMAGED,
    "audio-index-then-nothing.m4b": ProblemReason.DAMAGED,
    "bogus.ogv": ProblemReason.NOT_A_VIDEO,
    "chunk-out-of-range.mp4": ProblemReason.DAMAGED,
    "corrupt.mkv": ProblemReason.DAMAGED,
    "encrypted.mp4": ProblemReason.DAMAGED,
    "ffconcat.avi": ProblemReason.NOT_A_VIDEO,
    "garbage-before-sound.mp3": ProblemReason.NOT_A_VIDEO,
    "garbage.mp4": ProblemReason.NOT_A_VIDEO,
    "garbage.webm": ProblemReason.DAMAGED,
    "html-error-page.mp4": ProblemReason.NOT_A_VIDEO,
    "huge-declared-64bit-box.mp4": ProblemReason.DAMAGED,
    "huge-declared-box.mp4": ProblemReason.DAMAGED,
    "init-segment-only.mp4": ProblemReason.DAMAGED,
    "invalid-frames.webm": ProblemReason.DAMAGED,
    "jpeg-named-mp4.mp4": ProblemReason.NOT_A_VIDEO,
    "moov-not-found.mp4": ProblemReason.DAMAGED,
    "new.avi": ProblemReason.NOT_A_VIDEO,
    "one-byte.mkv": ProblemReason.NOT_A_VIDEO,
    "playlist-m3u8-local.mp4": ProblemReason.NOT_A_VIDEO,
    "playlist-m3u8-network.mkv": ProblemReason.NOT_A_VIDEO,
    "result-empty.webm": ProblemReason.EMPTY,
    "text-named-mp4.mp4": ProblemReason.NOT_A_VIDEO,
    "truncated-64bit.mp4": ProblemReason.DAMAGED,
    "truncated-no-moov.mp4": ProblemReason.DAMAGED,
    "zero-length.mp4": ProblemReason.EMPTY,
    "zero-length.nfo": ProblemReason.SIDECAR,
}


def _key(path: Path) -> str:
    """The name in the tables above (two are too long or too awkward to write out)."""
    name = unicodedata.normalize("NFC", path.name)
    return next((short for short in (LONG_NAME, AWKWARD_NAME) if name.startswith(short)), name)


@pytest.fixture(scope="module")
def plan(corpus: Path, vocabulary: Vocabulary) -> ImportPlan:
    return build_plan([corpus / "broken"], known={}, vocabulary=vocabulary)


@pytest.fixture(scope="module")
def classes(plan: ImportPlan) -> dict[str, PlannedClass]:
    return {_key(planned.path): planned for series in plan.series for planned in series.classes}


def test_every_file_has_an_outcome(plan: ImportPlan, classes: dict[str, PlannedClass]) -> None:
    ready = {name for name, planned in classes.items() if planned.state is ClassState.READY}
    assert ready == set(PLAYS)
    assert {problem.path.name: problem.reason for problem in plan.problems} == REFUSED
    assert [item.path.name for item in plan.left_out] == []


@pytest.mark.parametrize("name", sorted(PLAYS))
def test_plays_as_long_as_there_are_frames(classes: dict[str, PlannedClass], name: str) -> None:
    assert abs(classes[name].duration_ms - PLAYS[name]) <= 50


def test_messages_are_sentences_with_a_next_step(plan: ImportPlan) -> None:
    for problem in plan.problems:
        assert problem.message[0].isupper(), problem
        assert problem.message.count(". ") >= 1, problem
        assert problem.message.endswith("."), problem


def test_what_looks_like_a_medium_keeps_its_place(classes: dict[str, PlannedClass]) -> None:
    damaged = {name for name, planned in classes.items() if planned.state is ClassState.DAMAGED}
    assert damaged == {name for name, reason in REFUSED.items() if reason is ProblemReason.DAMAGED}
    assert all(classes[name].state_reason for name in damaged)


def test_linked_parts_do_not_count(classes: dict[str, PlannedClass]) -> None:
    assert classes["linked-main.mkv"].phases[-1].end_ms == classes["linked-main.mkv"].duration_ms


PROBE_ONE = (
    "import sys; from pathlib import Path; from player.importing.probe import probe_file; "
    "print(probe_file(Path(sys.argv[1])).reason)"
)


@pytest.mark.parametrize(
    "name", ["ffconcat.avi", "playlist-m3u8-local.mp4", "playlist-m3u8-network.mkv", "linked-main.mkv"]
)
def test_nothing_else_is_opened_or_called(corpus: Path, tmp_path: Path, name: str) -> None:
    """Seen by the system itself: of the folder only this file is opened, and no connection is begun."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    folder = tmp_path / "folder"
    shutil.copytree(corpus / "broken" / "pointing-elsewhere", folder)
    log = tmp_path / "calls"
    done = subprocess.run(
        ["strace", "-f", "-qq", "-e", "trace=open,openat,connect,socket", "-o", log,
         sys.executable, "-c", PROBE_ONE, folder / name],
        cwd=Path(__file__).resolve().parents[3], capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    calls = log.read_text(errors="replace").splitlines()
    if done.returncode != 0 and "ptrace" in done.stderr:
        pytest.skip("strace may not be used here")
    assert done.returncode == 0, done.stderr
    opened = {line.split('"')[1] for line in calls if "open" in line and str(folder) in line}
    assert {Path(path.removeprefix("file:")).name for path in opened} == {name}
    assert not [line for line in calls if "connect(" in line or "AF_INET" in line]


def test_nothing_takes_long(corpus: Path, vocabulary: Vocabulary) -> None:
    begun = time.monotonic()
    build_plan([corpus / "broken"], known={}, vocabulary=vocabulary, workers=1)
    assert time.monotonic() - begun < 20
