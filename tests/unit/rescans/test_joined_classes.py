# SPDX-License-Identifier: GPL-3.0-or-later
"""Classes that lie in several files, from the folder to the library and through everything that happens to the
files: real files, real library."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from player.domain.models import ClassState, ClassVideo, PhaseKind, Source
from player.domain.plan import ImportPlan, ImportReport, ProblemReason
from player.domain.query import Query
from player.domain.together import key_of_class
from player.domain.wishes import Wishes
from player.importing.joining import Joiner
from player.importing.plan import build_plan
from player.importing.vocabulary import load_vocabulary
from player.importing.workers import Job, WorkerPool
from player.library import Library
from player.resources import resource_path
from tests.media import make_clip

VOCABULARY = load_vocabulary(resource_path("vocabulary"))
ID = "dQw4w9WgXcQ"
CHAPTERS = ("Arrive", "Diaphragm release", "Breath", "Seated rotations", "Final rest")
LENGTHS = (1.0, 1.5, 2.0, 1.0, 0.5)


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Five chapters of a class, each with a title of its own inside."""
    folder = tmp_path_factory.mktemp("clips")
    return [
        make_clip(folder / f"{n}.mp4", seconds=length, size=(64, 36), tags={"title": title, "comment": str(n)})
        for n, (title, length) in enumerate(zip(CHAPTERS, LENGTHS, strict=True))
    ]


@pytest.fixture(scope="module")
def pool(clips: list[Path]) -> Iterator[WorkerPool]:
    with WorkerPool(1) as pool:
        list(pool.run([Job(clips[0], {"do": "probe", "path": str(clips[0])})]))  # it begins its threads here
        yield pool


class Shelf:
    """Folders of files and a library of them."""

    def __init__(self, home: Path, pool: WorkerPool) -> None:
        self.videos = home / "videos"
        self.library = Library.open(home / "library.sqlite")
        self.pool = pool
        self.plan: ImportPlan

    def scan(self, *roots: Path, **how: Any) -> ImportReport:
        how = how or {"memory": self.library.memory()}
        self.plan = build_plan(roots or (self.videos,), vocabulary=VOCABULARY, pool=self.pool, **how)
        return self.library.apply(self.plan)

    def classes(self) -> list[ClassVideo]:
        return [one for series in self.library.series_list() for one in self.library.classes(series.id)]

    @property
    def only(self) -> ClassVideo:
        (video,) = self.classes()
        return video


@pytest.fixture
def shelf(tmp_path: Path, pool: WorkerPool) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path, pool)
    yield shelf
    shelf.library.close()


@pytest.fixture
def cut(shelf: Shelf, clips: list[Path]) -> Shelf:
    """A class of five chapters, each a file, as download programs cut them."""
    folder = shelf.videos / "Welcome to Your Body"
    folder.mkdir(parents=True)
    for number, (title, clip) in enumerate(zip(CHAPTERS, clips, strict=True), 1):
        shutil.copy(clip, folder / f"13. Mid Back Release - {number:03} {title} [{ID}].mp4")
    return shelf


def files(shelf: Shelf) -> list[Path]:
    return sorted(shelf.videos.rglob("*.mp4"))


def counts(report: ImportReport) -> tuple[int, int, int, int, int]:
    return (report.added, report.updated, report.unchanged, report.missing, report.relinked)


def test_chapters_are_the_phases_of_one_class(cut: Shelf) -> None:
    report = cut.scan()
    assert (counts(report), report.problems) == ((1, 0, 0, 0, 0), ())
    video = cut.only
    assert (video.number, video.title, video.duration_ms) == (13, "Mid Back Release", 6_000)
    assert [part.path for part in video.parts] == files(cut)
    assert [part.duration_ms for part in video.parts] == [1_000, 1_500, 2_000, 1_000, 500]
    assert video.path == files(cut)[0]
    assert [(phase.kind, phase.title, phase.start_ms, phase.end_ms) for phase in video.phases] == [
        (PhaseKind.ARRIVE, "Arrive", 0, 1_000),
        (PhaseKind.DIAPHRAGM_RELEASE, "Diaphragm release", 1_000, 2_500),
        (PhaseKind.BREATH, "Breath", 2_500, 4_500),
        (PhaseKind.MOBILIZATION, "Seated rotations", 4_500, 5_500),
        (PhaseKind.REST, "Final rest", 5_500, 6_000),
    ]
    assert video.sources["phases"] is Source.FILE_NAME


@pytest.mark.parametrize("whole", [False, True])
def test_again_changes_nothing(cut: Shelf, whole: bool) -> None:
    cut.scan()
    before = cut.classes()
    how = {"known": cut.library.known_files()} if whole else {}
    assert counts(cut.scan(**how)) == (0, 0, 1, 0, 0)
    os.utime(cut.videos / "Welcome to Your Body")
    (cut.videos / "Welcome to Your Body" / "notes.md").write_text("x")
    report = cut.scan()
    assert counts(report) == (0, 0, 1, 0, 0)
    assert cut.classes() == before


def test_only_the_files_of_a_changed_class_are_read(cut: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    cut.scan()
    monkeypatch.setattr(cut.pool, "run", lambda jobs, **_how: iter([]) if not jobs else pytest.fail(f"{jobs}"))
    cut.scan(known=cut.library.known_files())


def test_what_lies_beside_is_about_the_whole_class(cut: Shelf) -> None:
    said = {"title": "Mid Back Release", "description": "Free your neck. You will need a chair.", "duration": 6}
    said["chapters"] = [{"start_time": 0, "title": "Breath"}, {"start_time": 3, "title": "Rest"}]  # type: ignore[assignment]
    beside = cut.videos / "Welcome to Your Body" / f"13. Mid Back Release [{ID}].info.json"
    cut.scan()
    beside.write_text(json.dumps(said))
    assert counts(cut.scan()) == (0, 1, 0, 0, 0)
    video = cut.only
    assert [need.prop for need in video.props] == ["chair"]
    assert [(phase.title, phase.start_ms) for phase in video.phases] == [("Breath", 0), ("Rest", 3_000)]
    beside.unlink()
    cut.scan()
    assert [phase.title for phase in cut.only.phases] == list(CHAPTERS)


def test_the_folder_moves_and_everything_stays(cut: Shelf) -> None:
    cut.scan()
    video = cut.only
    cut.library.save_position(video.id, 3_000)
    cut.library.edit_class(video.id, title="My back")
    (cut.videos / "Welcome to Your Body").rename(cut.videos / "Welcome")
    report = cut.scan()
    assert counts(report) == (0, 0, 0, 0, 1)
    now = cut.only
    assert (now.id, now.title, now.progress.position_ms) == (video.id, "My back", 3_000)
    assert [part.path for part in now.parts] == files(cut)
    assert now.state is ClassState.READY


def test_a_missing_part_makes_the_class_missing(cut: Shelf, tmp_path: Path) -> None:
    cut.scan()
    video = cut.only
    third = files(cut)[2]
    third.rename(tmp_path / "away.mp4")
    looked_at = cut.library.look_at(video.id)
    assert looked_at.state is ClassState.MISSING
    assert third.name in looked_at.state_reason
    report = cut.scan()
    assert counts(report) == (0, 0, 0, 1, 0)
    assert [left.path for left in report.left_out] == files(cut)
    assert (cut.only.id, cut.only.state) == (video.id, ClassState.MISSING)
    assert third.name in cut.only.state_reason
    (tmp_path / "away.mp4").rename(third)
    assert cut.library.look_at(video.id).state is ClassState.READY
    cut.scan()
    assert (cut.only.id, cut.only.state) == (video.id, ClassState.READY)
    files(cut)[-1].rename(tmp_path / "away.mp4")  # what is left would be a class by its numbers
    cut.scan()
    assert (cut.only.id, cut.only.state, len(cut.only.parts)) == (video.id, ClassState.MISSING, 5)


def test_a_renamed_chapter_is_the_same_class(cut: Shelf) -> None:
    cut.scan()
    video = cut.only
    third = files(cut)[2]
    third.rename(third.with_name(third.name.replace("Breath", "Rib breathing")))
    assert counts(cut.scan()) == (0, 1, 0, 0, 0)
    assert (cut.only.id, cut.only.phases[2].title) == (video.id, "Rib breathing")


def test_a_replaced_part(cut: Shelf, clips: list[Path]) -> None:
    cut.scan()
    video = cut.only
    shutil.copy(clips[0], files(cut)[4])
    assert counts(cut.scan()) == (0, 1, 0, 0, 0)
    assert (cut.only.id, cut.only.duration_ms) == (video.id, 6_500)


def test_a_damaged_part(cut: Shelf) -> None:
    fourth = files(cut)[3]
    fourth.write_bytes(fourth.read_bytes()[:600])
    report = cut.scan()
    assert [(problem.path, problem.reason) for problem in report.problems] == [(fourth, ProblemReason.DAMAGED)]
    assert cut.only.state is ClassState.DAMAGED
    assert fourth.name in cut.only.state_reason


def test_the_whole_file_wins(cut: Shelf, clips: list[Path]) -> None:
    whole = cut.videos / "Welcome to Your Body" / f"13. Mid Back Release [{ID}].mp4"
    shutil.copy(clips[2], whole)
    report = cut.scan()
    assert (cut.only.path, cut.only.parts) == (whole, ())
    assert len(report.left_out) == 5
    assert all(whole.name in left.why for left in report.left_out)


def test_pieces_bring_their_own_chapters(shelf: Shelf, tmp_path: Path) -> None:
    folder = shelf.videos / "Retreat"
    folder.mkdir(parents=True)
    marks = (("Arrive", 0), ("Breath", 1_000))
    make_clip(folder / "GX010012.mp4", seconds=2, size=(64, 36), phases=marks)
    make_clip(folder / "GX020012.mp4", seconds=3, size=(64, 36), phases=(("Mobilization", 0), ("Rest", 2_000)))
    make_clip(folder / "GX010013.mp4", seconds=1, size=(64, 36))
    assert counts(shelf.scan()) == (2, 0, 0, 0, 0)
    first, second = shelf.classes()
    assert [(phase.title, phase.start_ms) for phase in first.phases] == [
        ("Arrive", 0), ("Breath", 1_000), ("Mobilization", 2_000), ("Rest", 4_000),
    ]  # fmt: skip
    assert (len(first.parts), second.parts) == (2, ())
    assert first.sources["phases"] is Source.EMBEDDED


def test_one_of_the_files_was_asked_for(cut: Shelf) -> None:
    cut.scan(files(cut)[3])
    assert len(cut.only.parts) == 5


@pytest.fixture
def phases(shelf: Shelf, clips: list[Path]) -> Shelf:
    """A folder of nothing but phases."""
    folder = shelf.videos / "Class 7 - Neck"
    folder.mkdir(parents=True)
    for number, (title, clip) in enumerate(zip(CHAPTERS, clips, strict=True), 1):
        shutil.copy(clip, folder / f"{number} {title}.mp4")
    return shelf


def test_what_may_be_one_class_is_only_offered(phases: Shelf) -> None:
    assert counts(phases.scan()) == (5, 0, 0, 0, 0)
    (offer,) = phases.plan.series[0].joinable
    assert (offer.title, offer.titles, list(offer.paths)) == ("Class 7 - Neck", CHAPTERS, files(phases))


def decide(shelf: Shelf, key: str, joined: bool) -> ImportReport:
    """What the window does after somebody has looked the plan through and decided."""
    known, memory = shelf.library.known_files(), shelf.library.memory()
    plan = build_plan(
        [shelf.videos],
        vocabulary=VOCABULARY,
        pool=shelf.pool,
        known=known,
        memory=memory,
        afresh=True,
        together={key: joined},
    )
    return shelf.library.accept(plan, Wishes(), together={key: joined})


def test_joined_by_the_user(phases: Shelf) -> None:
    phases.scan()
    (offer,) = phases.plan.series[0].joinable
    first = phases.classes()[0]
    phases.library.save_position(first.id, 600)
    decide(phases, offer.key, True)
    assert [phase.title for phase in phases.only.phases] == list(CHAPTERS)
    assert (phases.only.id, phases.only.progress.position_ms) == (first.id, 600)
    assert counts(phases.scan()) == (0, 0, 1, 0, 0)
    (phases.videos / "Class 7 - Neck").rename(phases.videos / "Necks")
    phases.scan()
    assert len(phases.only.parts) == 5


def test_kept_apart_by_the_user(cut: Shelf) -> None:
    cut.scan()
    key = key_of_class(cut.plan.series[0].classes[0])
    assert key is not None
    decide(cut, key, False)
    assert [video.parts for video in cut.classes()] == [()] * 5
    assert counts(cut.scan()) == (0, 0, 5, 0, 0)
    (cut.videos / "Welcome to Your Body").rename(cut.videos / "Welcome")
    assert counts(cut.scan()) == (0, 0, 0, 0, 5)
    (offer,) = cut.plan.series[0].joinable
    decide(cut, offer.key, True)
    assert len(cut.only.parts) == 5


def test_classes_that_turn_out_to_be_one(cut: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken as a class each when they were imported first, as earlier versions did."""
    with monkeypatch.context() as earlier:
        earlier.setattr(Joiner, "folder", lambda _self, found: found)
        cut.scan(known={})
    first, _second, practised, *_others = sorted(cut.classes(), key=lambda video: video.path)
    cut.library.save_position(first.id, 400)
    cut.library.save_position(practised.id, 700)
    cut.scan(known=cut.library.known_files())
    by_id = {video.id: video for video in cut.classes()}
    assert by_id.keys() == {first.id, practised.id}
    assert (len(by_id[first.id].parts), by_id[first.id].progress.position_ms) == (5, 400)
    assert by_id[practised.id].state is ClassState.MISSING
    assert by_id[practised.id].progress.position_ms == 700
    assert cut.library.refresh_states() == 0
    assert cut.library.check().ok
    assert cut.library.search(Query("rotations"))
    assert counts(cut.scan()) == (0, 0, 1, 1, 0)
