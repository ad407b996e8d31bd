# SPDX-License-Identifier: GPL-3.0-or-later
"""How long an import takes, measured against a loop of ffprobe over the same files in the same run."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from player.importing.plan import build_plan
from player.importing.vocabulary import load_vocabulary
from tests.media import make_clip

pytestmark = pytest.mark.bench

FILES = 200
TARGET = 0.5
LARGEST = 1_000_000
ROUNDS = 2
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """Two hundred small classes: copies of the real clips if they are here, else of one that is made."""
    folder = tmp_path_factory.mktemp("bench") / "Two hundred classes"
    folder.mkdir()
    corpus = request.config.getoption("--corpus") or ROOT.parent / "shared" / "corpus"
    sources = [path for path in sorted((corpus / "media").glob("*")) if path.stat().st_size <= LARGEST]
    if not sources:
        phases = (("Release", 0), ("Breath", 1000))
        sources = [make_clip(folder.parent / "clip.mp4", phases=phases, sound=True)]
    for number in range(FILES):
        source = sources[number % len(sources)]
        shutil.copy(source, folder / f"{number + 1:03d} - Class{source.suffix}")
    return folder


def ffprobe_all(folder: Path) -> float:
    begun = time.monotonic()
    for path in sorted(folder.iterdir()):
        command = ["ffprobe", "-v", "error", "-show_format", "-show_chapters", path]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.monotonic() - begun


def plan_all(folder: Path) -> float:
    vocabulary = load_vocabulary(ROOT / "resources" / "vocabulary")
    begun = time.monotonic()
    plan = build_plan([folder], known={}, vocabulary=vocabulary)
    spent = time.monotonic() - begun
    assert len(plan.series[0].classes) == FILES
    return spent


def test_import_against_ffprobe(files: Path) -> None:
    if shutil.which("ffprobe") is None:
        pytest.skip("ffprobe is not installed")
    for path in files.iterdir():
        path.read_bytes()  # both find the files in the system's cache
    pairs = [(plan_all(files), ffprobe_all(files)) for _ in range(ROUNDS)]
    ratios = sorted(plan / probe for plan, probe in pairs)
    for plan, probe in pairs:
        print(f"\nimport {plan:.2f} s, ffprobe {probe:.2f} s, ratio {plan / probe:.2f}")
    assert ratios[0] <= TARGET
