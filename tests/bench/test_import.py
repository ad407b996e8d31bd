# SPDX-License-Identifier: GPL-3.0-or-later
"""What an import costs: a whole one against a loop of ffprobe over the same files in the same run, its memory with
all its workers, and a rescan with nothing changed against `find` over the same tree.

SESSION_PLAYER_BENCH_FILES=1000 measures with as many files (200 otherwise)."""

from __future__ import annotations

import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from player.domain.plan import ImportReport
from player.importing.plan import build_plan
from player.importing.vocabulary import load_vocabulary
from player.library import Library
from tests.media import make_clip

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1200)]

FILES = int(os.environ.get("SESSION_PLAYER_BENCH_FILES", "200"))
TARGET = 0.5
MOST_BYTES = 300e6
LARGEST = 1_000_000
ROUNDS = 2
SERIES, CLASSES = 20, 50
RESCAN_TARGET = 5
RESCANS = 7
ROOT = Path(__file__).resolve().parents[2]
VOCABULARY = load_vocabulary(ROOT / "resources" / "vocabulary")


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> list[Path]:
    """The real clips if they are here, else one that is made."""
    corpus = request.config.getoption("--corpus") or ROOT.parent / "shared" / "corpus"
    found = [path for path in sorted((corpus / "media").glob("*")) if path.stat().st_size <= LARGEST]
    if found:
        return found
    phases = (("Release", 0), ("Breath", 1000))
    return [make_clip(tmp_path_factory.mktemp("clip") / "clip.mp4", phases=phases, sound=True)]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, clips: list[Path]) -> Path:
    """Small classes that differ in their last bytes, each with a sidecar and captions."""
    folder = tmp_path_factory.mktemp("bench") / "Many classes"
    folder.mkdir()
    for number in range(FILES):
        source = clips[number % len(clips)]
        stem = f"{number + 1:04d} - Class of the {number % 7} kind"
        (folder / f"{stem}{source.suffix}").write_bytes(source.read_bytes() + b"%d" % number)
        beside(folder / stem)
    return folder


def beside(stem: Path) -> None:
    text = "You will need a chair and a pillow. We begin by releasing the diaphragm, then breath, then mobilizations."
    stem.with_name(f"{stem.name}.nfo").write_text(f"<movie><plot>{text}</plot></movie>")
    stem.with_name(f"{stem.name}.en.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nBreathe in\n")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, clips: list[Path]) -> Path:
    """A thousand classes in twenty series."""
    root = tmp_path_factory.mktemp("bench") / "videos"
    clip = min(clips, key=lambda path: path.stat().st_size)
    data = clip.read_bytes()
    for series in range(SERIES):
        folder = root / f"{NAMES[series]} care"
        folder.mkdir(parents=True)
        for number in range(CLASSES):
            stem = f"{number + 1:02d} - Class of the {number % 7} kind"
            (folder / f"{stem}{clip.suffix}").write_bytes(data + b"%d %d" % (series, number))
            beside(folder / stem)
    return root


NAMES = (
    *("Back", "Hip", "Neck", "Foot", "Knee", "Hand", "Jaw", "Breath", "Rib", "Spine"),
    *("Shoulder", "Elbow", "Wrist", "Ankle", "Belly", "Pelvis", "Eye", "Sleep", "Morning", "Evening"),
)


def ffprobe_all(folder: Path) -> float:
    begun = time.monotonic()
    for path in sorted(folder.iterdir()):
        if path.suffix not in (".nfo", ".srt"):
            command = ["ffprobe", "-v", "error", "-show_format", "-show_chapters", path]
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.monotonic() - begun


def scan(library: Library, folder: Path) -> ImportReport:
    plan = build_plan([folder], memory=library.memory(), vocabulary=VOCABULARY)
    return library.apply(plan)


def import_all(folder: Path, database: Path) -> float:
    """Names, sidecars, probe, database and index, into a new library."""
    library = Library.open(database)
    begun = time.monotonic()
    report = scan(library, folder)
    spent = time.monotonic() - begun
    library.close()
    assert report.added == FILES
    return spent


def test_import_against_ffprobe(files: Path, tmp_path: Path) -> None:
    if shutil.which("ffprobe") is None:
        pytest.skip("ffprobe is not installed")
    for path in files.iterdir():
        path.read_bytes()  # both find the files in the system's cache
    pairs = [(import_all(files, tmp_path / f"{n}.sqlite"), ffprobe_all(files)) for n in range(ROUNDS)]
    ratios = sorted(whole / probe for whole, probe in pairs)
    for whole, probe in pairs:
        print(f"\nimport of {FILES} files {whole:.2f} s, ffprobe {probe:.2f} s, ratio {whole / probe:.2f}")
    assert ratios[0] <= TARGET


def test_memory_of_an_import(files: Path, tmp_path: Path) -> None:
    """The command, with all its workers: what each process has for itself, and shared pages by their share."""
    command = [sys.executable, "-m", "player", "--data-dir", tmp_path, "import", files]
    most = 0
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        whole = psutil.Process(process.pid)
        while process.poll() is None:
            most = max(most, memory_of(whole))
            time.sleep(0.05)
    print(f"\nimport of {FILES} files: at most {most / 1e6:.0f} MB with its workers")
    assert process.returncode in (0, 3)  # 3: some of the clips are problems on purpose
    assert 0 < most <= MOST_BYTES


def memory_of(process: psutil.Process) -> int:
    total = 0
    with contextlib.suppress(psutil.Error):
        for one in (process, *process.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                total += one.memory_full_info().pss
    return total


def test_rescan_against_find(shelf: Path, tmp_path: Path) -> None:
    if shutil.which("find") is None:
        pytest.skip("find is not installed")
    library = Library.open(tmp_path / "library.sqlite")
    assert scan(library, shelf).added == SERIES * CLASSES
    pairs = []
    for _ in range(RESCANS):
        begun = time.perf_counter()
        subprocess.run(["find", shelf, "-printf", "%p %s %T@\n"], stdout=subprocess.DEVNULL, check=True)
        found = time.perf_counter()
        report = scan(library, shelf)
        pairs.append((time.perf_counter() - found, found - begun))
        assert report.unchanged == SERIES * CLASSES
    sidecar = shelf / "Neck care" / "03 - Class of the 2 kind.nfo"
    sidecar.write_text("<movie><plot>You need a wall.</plot></movie>")
    begun = time.perf_counter()
    assert scan(library, shelf).updated == 1
    one_series = time.perf_counter() - begun
    library.close()
    ratios = sorted(rescan / find for rescan, find in pairs)
    rescan, find = pairs[-1]
    print(f"\nrescan {rescan * 1e3:.1f} ms, find {find * 1e3:.1f} ms, ratio {statistics.median(ratios):.2f}")
    print(f"rescan with one sidecar changed {one_series * 1e3:.0f} ms")
    assert statistics.median(ratios) <= RESCAN_TARGET
