# SPDX-License-Identifier: GPL-3.0-or-later
"""From folders to a plan, with real files."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from player.domain.errors import Cancelled
from player.domain.models import ClassState, PhaseKind, Source
from player.domain.plan import ImportPlan, KnownFile, PlannedClass, ProblemReason
from player.domain.progress import CancelToken, Progress
from player.importing.plan import build_plan
from player.importing.workers import WorkerPool
from tests.media import make_clip

PHASES = (("Diaphragm release", 0), ("Breath opens the ribs", 1000), ("Seated rotations", 2000))
Plan = Callable[..., ImportPlan]


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clip") / "clip.mp4", phases=PHASES, size=(64, 36))


@pytest.fixture
def course(tmp_path: Path, clip: Path) -> Path:
    folder = tmp_path / "Welcome to Your Body"
    folder.mkdir()
    for name in ("1. Arrive", "2. Feet", "10. Neck"):
        shutil.copy(clip, folder / f"{name}.mp4")
    return folder


def classes(plan: ImportPlan) -> list[PlannedClass]:
    return [planned for series in plan.series for planned in series.classes]


def known_of(plan: ImportPlan) -> dict[Path, KnownFile]:
    return {
        planned.path: KnownFile(planned.path, planned.identity.size, planned.modified_ns, planned)
        for planned in classes(plan)
    }


def test_a_folder_becomes_a_series(plan_of: Plan, course: Path) -> None:
    plan = plan_of(course)
    (series,) = plan.series
    assert (series.title, series.folder, plan.roots, plan.problems) == (course.name, course, (course,), ())
    assert [(one.number, one.title, one.duration_ms) for one in series.classes] == [
        (1, "Arrive", 3000), (2, "Feet", 3000), (10, "Neck", 3000),
    ]  # fmt: skip
    assert [(phase.kind, phase.title, phase.start_ms, phase.end_ms) for phase in series.classes[0].phases] == [
        (PhaseKind.DIAPHRAGM_RELEASE, "Diaphragm release", 0, 1000),
        (PhaseKind.BREATH, "Breath opens the ribs", 1000, 2000),
        (PhaseKind.MOBILIZATION, "Seated rotations", 2000, 3000),
    ]
    assert series.classes[0].sources == {
        "title": Source.FILE_NAME, "number": Source.FILE_NAME, "phases": Source.EMBEDDED,
    }  # fmt: skip


def test_a_single_file_is_part_of_its_folders_series(plan_of: Plan, course: Path) -> None:
    (series,) = plan_of(course / "10. Neck.mp4").series
    assert (series.folder, series.title) == (course, course.name)
    assert [(one.number, one.title) for one in series.classes] == [(10, "Neck")]


def test_a_single_file_of_a_section(plan_of: Plan, tmp_path: Path, clip: Path) -> None:
    section = tmp_path / "Course" / "Week 2"
    section.mkdir(parents=True)
    shutil.copy(clip, section / "1 Feet.mp4")
    (series,) = plan_of(section / "1 Feet.mp4").series
    assert (series.folder, series.sections, series.classes[0].section) == (section.parent, ("Week 2",), "Week 2")


def test_sections(plan_of: Plan, tmp_path: Path, clip: Path) -> None:
    for name in ("Week 1/1 Feet", "Week 1/2 Hips", "Week 1/3 Neck", "Week 2/1 Rest", "Week 10/1 All"):
        path = tmp_path / "Course" / f"{name}.mp4"
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(clip, path)
    (series,) = plan_of(tmp_path / "Course").series
    assert series.sections == ("Week 1", "Week 2", "Week 10")
    assert [(one.section, one.number, one.title) for one in series.classes] == [
        ("Week 1", 1, "Feet"), ("Week 1", 2, "Hips"), ("Week 1", 3, "Neck"), ("Week 2", 1, "Rest"),
        ("Week 10", 1, "All"),
    ]  # fmt: skip


def test_tags_over_names_where_they_say_something(plan_of: Plan, tmp_path: Path) -> None:
    folder = tmp_path / "course"
    folder.mkdir()
    titles = {"1 a.mp4": "Mid Back： Free", "2 b.mp4": "untitled", "3 c.mp4": "3. Feet", "4 Rest.mp4": "4 Rest"}
    for name, title in titles.items():
        tags = {"title": title, "show": "Welcome to Your Body"}
        make_clip(folder / name, seconds=1, size=(64, 36), tags=tags)
    (series,) = plan_of(folder).series
    assert [one.title for one in series.classes] == ["Mid Back: Free", "b", "Feet", "Rest"]
    assert (series.title, series.sources["title"]) == ("Welcome to Your Body", Source.EMBEDDED)


def test_sound_only(plan_of: Plan, tmp_path: Path) -> None:
    make_clip(tmp_path / "1 Breath.m4a", picture=False, sound=True, container="mp4", phases=PHASES)
    (one,) = classes(plan_of(tmp_path))
    assert (one.state, one.facts.has_video, one.facts.has_audio) == (ClassState.READY, False, True)
    assert len(one.phases) == 3


def test_known_files_are_not_read_again(plan_of: Plan, course: Path) -> None:
    first = plan_of(course)
    nothing = WorkerPool(1, ["/no/worker/may/be/started"])
    again = plan_of(course, known=known_of(first), pool=nothing)
    assert again.series == first.series
    os.utime(course / "2. Feet.mp4", ns=(1, 1))
    read: list[Progress] = []
    third = plan_of(course, known=known_of(first), progress=read.append)
    assert [one.title for one in classes(third)] == ["Arrive", "Feet", "Neck"]
    assert [said.text for said in read if said.text] == ["2. Feet.mp4"]
    assert (read[0].done, read[0].total) == (2, 3)


def test_known_files_take_new_names_and_sidecars(plan_of: Plan, course: Path) -> None:
    known = known_of(plan_of(course))
    (course / "2. Feet.en.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nHello\n")
    (course / "series.toml").write_text('format = 1\n[[class]]\nfile = "2. Feet.mp4"\ntitle = "Feet that feel"\n')
    plan = plan_of(course, known=known)
    feet = classes(plan)[1]
    assert (feet.title, feet.sources["title"]) == ("Feet that feel", Source.SERIES_TOML)
    assert [(caption.language, caption.source) for caption in feet.captions] == [("en", "2. Feet.en.srt")]
    known = known_of(plan)
    (course / "series.toml").unlink()
    (course / "2. Feet.en.srt").unlink()
    feet = classes(plan_of(course, known=known))[1]
    assert (feet.title, feet.captions, len(feet.phases)) == ("Feet", (), 3)


def test_damage_is_told_each_time(plan_of: Plan, course: Path) -> None:
    with (course / "2. Feet.mp4").open("r+b") as file:
        file.truncate(600)
    plan = plan_of(course)
    assert [(problem.path.name, problem.reason) for problem in plan.problems] == [
        ("2. Feet.mp4", ProblemReason.DAMAGED)
    ]
    assert [one.state for one in classes(plan)] == [ClassState.READY, ClassState.DAMAGED, ClassState.READY]
    assert plan_of(course, known=known_of(plan)).problems == plan.problems


def test_what_is_not_there_is_a_problem(plan_of: Plan, tmp_path: Path) -> None:
    plan = plan_of(tmp_path / "nothing")
    assert plan.series == ()
    assert [(problem.reason, problem.path) for problem in plan.problems] == [
        (ProblemReason.UNREADABLE, tmp_path / "nothing")
    ]


def test_a_file_asked_for_by_name_is_tried(plan_of: Plan, course: Path) -> None:
    (course / "notes.txt").write_text("words")
    plan = plan_of(course / "notes.txt")
    assert [problem.reason for problem in plan.problems] == [ProblemReason.NOT_A_VIDEO]


def test_overlapping_roots_count_once(plan_of: Plan, course: Path) -> None:
    plan = plan_of(course, course / "10. Neck.mp4", course)
    assert len(classes(plan)) == 3


def test_progress_and_problems_are_counted(plan_of: Plan, course: Path) -> None:
    (course / "3. Bad.mp4").write_bytes(b"")
    said: list[Progress] = []
    plan_of(course, progress=said.append)
    assert (said[0].done, said[0].total) == (0, 4)
    assert (said[-1].done, said[-1].total, said[-1].problems) == (4, 4, 1)
    assert [one.done for one in said] == sorted(one.done for one in said)


def test_cancel_leaves_no_process(plan_of: Plan, course: Path, clip: Path) -> None:
    for number in range(20, 120):
        shutil.copy(clip, course / f"{number}. More.mp4")
    token, moments = CancelToken(), []

    def stop(progress: Progress) -> None:
        if progress.done and not token.cancelled:
            moments.append(time.monotonic())
            token.cancel()

    with pytest.raises(Cancelled):
        plan_of(course, cancel=token, progress=stop)
    assert time.monotonic() - moments[0] < 0.3
    assert [child for child in psutil.Process().children() if "player.importing.worker" in child.cmdline()] == []


def test_trouble_with_the_drive_keeps_what_was_known(plan_of: Plan, course: Path) -> None:
    """A file that hangs: the known class stays as it was, the problem is told."""
    plan = plan_of(course)
    known = {path: replace(file, size=1) for path, file in known_of(plan).items()}
    again = plan_of(course, known=known, timeout_s=0.0)
    assert {problem.reason for problem in again.problems} == {ProblemReason.TOO_SLOW}
    assert [one.title for one in classes(again)] == ["Arrive", "Feet", "Neck"]


def test_names_that_are_no_unicode(plan_of: Plan, tmp_path: Path, clip: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/1 caf\xe9.mp4"
    try:
        shutil.copy(clip, os.fsdecode(raw))
    except OSError:
        pytest.skip("this file system takes no such names")
    (one,) = classes(plan_of(tmp_path))
    assert (one.state, one.number) == (ClassState.READY, 1)


def test_two_imports_at_once(vocabulary: object, course: Path) -> None:
    plans: list[ImportPlan] = []

    def work() -> None:
        plans.append(build_plan([course], known={}, vocabulary=vocabulary, workers=1))  # type: ignore[arg-type]

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert plans[0] == plans[1]
