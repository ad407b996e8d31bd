# SPDX-License-Identifier: GPL-3.0-or-later
"""What an import does to the library, and what it never does."""

from __future__ import annotations

import errno
import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from player.domain.errors import Cancelled, NotFound
from player.domain.models import ClassState, ClassVideo, FileIdentity, Phase, PhaseKind, Source
from player.domain.plan import ImportPlan, ImportReport, PlannedSeries, Problem, ProblemReason
from player.domain.practice import Practice
from player.domain.progress import CancelToken, Progress
from player.library import Library
from player.library.absence import why_absent
from tests.unit.library.shelf import make_series, plan, plan_class, write


def counts(report: ImportReport) -> tuple[int, int, int, int, int]:
    return (report.added, report.updated, report.unchanged, report.missing, report.relinked)


def only_series(library: Library) -> tuple[ClassVideo, ...]:
    (series,) = library.series_list()
    return library.classes(series.id)


def test_everything_planned_comes_back(library: Library, videos: Path) -> None:
    planned = plan_class(write(videos / "Back" / "13. Mid back.mp4", "13"))
    library.apply(plan(videos))
    (one,) = only_series(library)
    for field in ("identity", "title", "number", "section", "duration_ms", "format", "facts", "description", "phases"):
        assert getattr(one, field) == getattr(planned, field), field
    for field in ("props", "focus", "captions", "path", "state", "sources"):
        assert getattr(one, field) == getattr(planned, field), field
    assert one.series_title == "Back"


def test_order_is_the_plans_and_series_sum_up(library: Library, videos: Path) -> None:
    make_series(videos / "Back", 12)
    assert counts(library.apply(plan(videos))) == (12, 0, 0, 0, 0)
    (series,) = library.series_list()
    assert [one.number for one in library.classes(series.id)] == list(range(1, 13))
    assert (series.classes, series.duration_ms, series.done) == (12, 12 * 600_000, 0)
    assert series.picture_class == library.classes(series.id)[0].identity


@pytest.mark.parametrize("count", [3, 130])
def test_the_same_plan_again_changes_nothing(library: Library, videos: Path, count: int) -> None:
    make_series(videos / "Back", count)
    library.apply(plan(videos))
    before = only_series(library)
    assert counts(library.apply(plan(videos))) == (0, 0, count, 0, 0)
    assert only_series(library) == before


def test_known_files_spare_reading_and_give_the_same_plan(library: Library, videos: Path) -> None:
    make_series(videos / "Back", 3)
    first = plan(videos)
    library.apply(first)
    known = library.known_files()
    assert {path: file.planned for path, file in known.items()} == {
        planned.path: planned for planned in first.series[0].classes
    }
    assert plan(videos, known=known) == first


def test_a_renamed_file_keeps_everything(library: Library, videos: Path) -> None:
    make_series(videos / "Back", 3)
    library.apply(plan(videos))
    second = only_series(library)[1]
    library.save_position(second.id, 61_000)
    second.path.rename(second.path.with_name("4. New name.mp4"))
    assert counts(library.apply(plan(videos))) == (0, 0, 2, 0, 1)
    last = only_series(library)[-1]
    assert (last.id, last.title, last.progress.position_ms) == (second.id, "New name", 61_000)
    assert second.path not in library.known_files()


def test_a_renamed_folder_is_the_same_series(library: Library, videos: Path) -> None:
    make_series(videos / "Back", 3)
    library.apply(plan(videos))
    (before,) = library.series_list()
    library.edit_series(before.id, title="My back")
    (videos / "Back").rename(videos / "Rücken")
    assert counts(library.apply(plan(videos))) == (0, 0, 0, 0, 3)
    (after,) = library.series_list()
    assert (after.id, after.title, after.classes) == (before.id, "My back", 3)


def test_a_moved_root_is_the_same_series(library: Library, videos: Path, tmp_path: Path) -> None:
    make_series(videos / "Back", 3)
    library.apply(plan(videos))
    (before,) = library.series_list()
    videos.rename(tmp_path / "elsewhere")
    assert counts(library.apply(plan(tmp_path / "elsewhere"))) == (0, 0, 0, 0, 3)
    assert [one.id for one in library.series_list()] == [before.id]


def test_two_files_that_swap_names_keep_their_own_history(library: Library, videos: Path) -> None:
    make_series(videos / "Back", 2)
    library.apply(plan(videos))
    first, second = only_series(library)
    library.save_position(first.id, 11_000)
    aside = first.path.with_name("aside")
    first.path.rename(aside)
    second.path.rename(first.path)
    aside.rename(second.path)
    assert counts(library.apply(plan(videos))) == (0, 0, 0, 0, 2)
    now = {one.id: one for one in only_series(library)}
    assert now[first.id].path == second.path
    assert now[first.id].progress.position_ms == 11_000
    assert now[second.id].path == first.path
    assert counts(library.apply(plan(videos))) == (0, 0, 2, 0, 0)


def test_new_content_at_a_known_path_is_the_same_class(library: Library, videos: Path) -> None:
    make_series(videos / "Back", 2)
    library.apply(plan(videos))
    first = only_series(library)[0]
    library.set_done(first.id, True)
    write(first.path, "a better copy")
    assert counts(library.apply(plan(videos))) == (0, 1, 1, 0, 0)
    now = only_series(library)[0]
    assert now.id == first.id
    assert now.identity != first.identity
    assert now.progress.done


def test_a_vanished_file_is_a_state_and_comes_back(library: Library, videos: Path) -> None:
    make_series(videos / "Back", 3)
    library.apply(plan(videos))
    second = only_series(library)[1]
    library.save_position(second.id, 61_000)
    aside = videos.parent / "aside.mp4"
    second.path.rename(aside)
    assert counts(library.apply(plan(videos))) == (0, 0, 2, 1, 0)
    missing = only_series(library)[1]
    assert (missing.id, missing.state) == (second.id, ClassState.MISSING)
    assert "no longer in its folder" in missing.state_reason
    assert counts(library.apply(plan(videos))) == (0, 0, 2, 1, 0)
    aside.rename(second.path)
    assert counts(library.apply(plan(videos))) == (0, 0, 2, 0, 1)
    assert only_series(library)[1] == library.class_video(second.id)
    assert library.class_video(second.id).state is ClassState.READY
    assert library.class_video(second.id).progress.position_ms == 61_000


def test_a_drive_that_is_not_connected_is_a_state(library: Library, videos: Path) -> None:
    make_series(videos / "Back", 2)
    library.apply(plan(videos))
    shutil.rmtree(videos)
    assert counts(library.apply(ImportPlan((videos,), ()))) == (0, 0, 0, 2, 0)
    (series,) = library.series_list()
    assert series.classes == 2
    assert "not connected" in only_series(library)[0].state_reason


def test_files_elsewhere_are_not_missed(library: Library, videos: Path) -> None:
    make_series(videos / "Back", 2)
    make_series(videos / "Hips", 2)
    library.apply(plan(videos))
    shutil.rmtree(videos / "Hips")
    assert counts(library.apply(plan(videos / "Back"))) == (0, 0, 2, 0, 0)
    assert {one.state for series in library.series_list() for one in library.classes(series.id)} == {ClassState.READY}


def test_what_lies_in_a_closed_folder_is_not_missed(library: Library, videos: Path) -> None:
    make_series(videos / "Back", 2)
    library.apply(plan(videos))
    closed = Problem(videos / "Back", ProblemReason.UNREADABLE, "The folder cannot be opened.")
    for path in (videos / "Back").iterdir():
        path.rename(videos.parent / path.name)
    assert counts(library.apply(ImportPlan((videos,), (), (closed,)))) == (0, 0, 0, 0, 0)
    assert {one.state for one in only_series(library)} == {ClassState.READY}


def test_identical_copies_are_one_class_with_several_places(library: Library, videos: Path) -> None:
    make_series(videos / "Back", 2)
    copy = videos / "Back" / "9. Copy.mp4"
    shutil.copy(videos / "Back" / "1. Class 1.mp4", copy)
    assert counts(library.apply(plan(videos))) == (2, 0, 0, 0, 0)
    assert counts(library.apply(plan(videos))) == (0, 0, 2, 0, 0)
    first = only_series(library)[0]
    assert copy in library.known_files()
    first.path.unlink()
    assert counts(library.apply(plan(videos))) == (0, 0, 1, 0, 1)
    assert library.class_video(first.id).path == copy


def test_a_copy_elsewhere_leaves_the_class_where_it_is(library: Library, videos: Path, tmp_path: Path) -> None:
    make_series(videos / "Back", 2)
    library.apply(plan(videos))
    before = only_series(library)
    shutil.copytree(videos, tmp_path / "backup")
    assert counts(library.apply(plan(tmp_path / "backup"))) == (0, 0, 2, 0, 0)
    assert only_series(library) == before
    shutil.rmtree(videos)
    library.refresh_states()
    assert [one.state for one in only_series(library)] == [ClassState.READY] * 2
    assert {one.path.parent.parent for one in only_series(library)} == {tmp_path / "backup"}


def test_a_file_replaced_by_a_copy_of_another_class(library: Library, videos: Path) -> None:
    make_series(videos / "Back", 2)
    library.apply(plan(videos))
    first, second = only_series(library)
    shutil.copy(first.path, second.path)
    assert counts(library.apply(plan(videos))) == (0, 0, 1, 1, 0)
    assert library.class_video(second.id).state is ClassState.MISSING
    assert "Another file" in library.class_video(second.id).state_reason
    library.set_class_state(second.id, ClassState.READY, "")
    assert library.class_video(second.id).state is ClassState.MISSING
    assert library.refresh_states() == 0


def test_edits_outlive_every_rescan(library: Library, videos: Path) -> None:
    make_series(videos / "Back", 2)
    library.apply(plan(videos))
    first = only_series(library)[0]
    marks = (Phase(PhaseKind.REST, "Lie down", 0, 600_000, Source.USER),)
    library.edit_class(first.id, title="Mine", number=None, phases=marks, props=())
    assert counts(library.apply(plan(videos))) == (0, 0, 2, 0, 0)
    first.path.rename(first.path.with_name("7. Theirs.mp4"))
    assert counts(library.apply(plan(videos))) == (0, 0, 1, 0, 1)
    now = library.class_video(first.id)
    assert (now.title, now.number, now.phases, now.props) == ("Mine", None, marks, ())
    assert now.focus == first.focus
    assert now.sources["title"] is Source.USER
    library.restore_class(first.id, "title")
    library.restore_class(first.id, "phases")
    library.restore_class(first.id, "focus")
    now = library.class_video(first.id)
    assert (now.title, now.number, now.phases) == ("Theirs", None, first.phases)
    assert now.sources["title"] is Source.FILE_NAME


def test_a_series_title_changes_by_rescan_only_when_not_edited(library: Library, videos: Path) -> None:
    make_series(videos / "Back", 1)
    library.apply(plan(videos))

    def retitled(title: str) -> ImportPlan:
        here = plan(videos)
        return replace(here, series=(replace(here.series[0], title=title),))

    library.apply(retitled("Second"))
    (series,) = library.series_list()
    assert series.title == "Second"
    library.edit_series(series.id, title="Mine", description="For mornings")
    library.apply(retitled("Third"))
    assert library.series(series.id).title == "Mine"
    assert library.series(series.id).description == "For mornings"


def test_a_single_file_joins_its_series(library: Library, videos: Path) -> None:
    make_series(videos / "Back", 2)
    write(videos / "Back" / "5. Class 5.mp4", "5")
    library.apply(plan(videos))
    third = write(videos / "Back" / "3. Class 3.mp4", "3")
    assert counts(library.apply(plan(third))) == (1, 0, 0, 0, 0)
    assert [one.number for one in only_series(library)] == [1, 2, 3, 5]
    first = only_series(library)[0].path
    assert counts(library.apply(plan(first))) == (0, 0, 1, 0, 0)
    assert [one.number for one in only_series(library)] == [1, 2, 3, 5]


def test_a_missing_class_keeps_its_place_in_the_order(library: Library, videos: Path) -> None:
    make_series(videos / "Back", 4)
    library.apply(plan(videos))
    only_series(library)[1].path.unlink()
    write(videos / "Back" / "0. Welcome.mp4", "welcome")
    library.apply(plan(videos))
    assert [one.number for one in only_series(library)] == [0, 1, 2, 3, 4]


def test_part_of_a_series_folder_leaves_its_classes_in_the_series(library: Library, videos: Path) -> None:
    week = make_series(videos / "Back" / "Week 1", 2)
    classes = tuple(plan_class(path, "Week 1") for path in sorted(week.iterdir()))
    whole = ImportPlan((videos,), (PlannedSeries(videos / "Back", "Back", classes, sections=("Week 1",)),))
    library.apply(whole)
    assert counts(library.apply(plan(week))) == (0, 0, 2, 0, 0)
    (series,) = library.series_list()
    assert (series.title, series.sections) == ("Back", ("Week 1",))


def test_sections_follow_the_plan(library: Library, videos: Path) -> None:
    paths = sorted(make_series(videos / "Back", 4).iterdir())

    def sectioned(*sections: str) -> ImportPlan:
        classes = tuple(plan_class(path, section) for path, section in zip(paths, sections, strict=True))
        return ImportPlan((videos,), (PlannedSeries(videos / "Back", "Back", classes, sections=("A", "B")),))

    library.apply(sectioned("B", "B", "A", "A"))
    (series,) = library.series_list()
    assert series.sections == ("A", "B")
    assert counts(library.apply(sectioned("A", "A", "A", "A"))) == (0, 2, 2, 0, 0)
    assert library.series(series.id).sections == ("A",)


def test_damaged_classes_are_kept_as_such_and_read_again(library: Library, videos: Path) -> None:
    path = write(videos / "Back" / "1. Class 1.mp4", "half")
    planned = replace(plan_class(path), state=ClassState.DAMAGED, state_reason="It breaks off. Copy it again.")
    library.apply(ImportPlan((videos,), (PlannedSeries(path.parent, "Back", (planned,)),)))
    (one,) = only_series(library)
    assert (one.state, one.state_reason) == (ClassState.DAMAGED, "It breaks off. Copy it again.")
    assert library.known_files()[path].planned is None
    path.unlink()
    library.refresh_states()
    assert only_series(library)[0].state is ClassState.MISSING
    write(path, "half")
    library.refresh_states()
    assert only_series(library)[0].state is ClassState.DAMAGED


def test_a_known_file_that_became_rubbish_is_damaged_until_it_is_repaired(library: Library, videos: Path) -> None:
    make_series(videos / "Back", 2)
    library.apply(plan(videos))
    first = only_series(library)[0]
    problem = Problem(first.path, ProblemReason.DAMAGED, "It cannot be read. Copy it again.")
    assert counts(library.apply(plan(videos, problems=(problem,)))) == (0, 1, 1, 0, 0)
    assert library.class_video(first.id).state is ClassState.DAMAGED
    assert counts(library.apply(plan(videos, problems=(problem,)))) == (0, 0, 2, 0, 0)
    assert counts(library.apply(plan(videos))) == (0, 1, 1, 0, 0)
    assert library.class_video(first.id).state is ClassState.READY


def test_cancel_keeps_whole_batches(library: Library, videos: Path) -> None:
    make_series(videos / "Back", 250)
    token = CancelToken()
    seen: list[Progress] = []

    def progress(step: Progress) -> None:
        seen.append(step)
        token.cancel()

    with pytest.raises(Cancelled):
        library.apply(plan(videos), progress=progress, cancel=token)
    assert [(step.done, step.total) for step in seen] == [(100, 250)]
    assert [one.number for one in only_series(library)] == list(range(1, 101))
    assert counts(library.apply(plan(videos))) == (150, 0, 100, 0, 0)
    assert [one.number for one in only_series(library)] == list(range(1, 251))


def test_a_removed_series_is_hidden_and_comes_back_with_its_history(library: Library, videos: Path) -> None:
    make_series(videos / "Back", 2)
    library.apply(plan(videos))
    first = only_series(library)[0]
    library.save_position(first.id, 61_000)
    library.save_practice(Practice(first.id, datetime.now(UTC), 60_000), None)
    library.remove_series(first.series_id)
    assert library.series_list() == ()
    assert library.continue_class() is None
    with pytest.raises(NotFound):
        library.class_video(first.id)
    with pytest.raises(NotFound):
        library.remove_series(first.series_id)
    assert len(library.practices()) == 1
    assert first.path.exists()
    assert counts(library.apply(plan(videos))) == (0, 0, 2, 0, 0)
    assert library.class_video(first.id).progress.position_ms == 61_000


def test_names_that_are_not_text(library: Library, videos: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(videos / "Back") + b"/1. caf\xe9.mp4"))
    write(path, "latin")
    library.apply(plan(videos))
    assert counts(library.apply(plan(videos))) == (0, 0, 1, 0, 0)
    (one,) = only_series(library)
    assert one.path == path
    assert one.path.exists()


def test_moving_classes_to_another_series(library: Library, videos: Path) -> None:
    make_series(videos / "Back", 3)
    make_series(videos / "Hips", 1)
    library.apply(plan(videos))
    moved = videos / "Hips" / "2. Class 2.mp4"
    (videos / "Back" / "2. Class 2.mp4").rename(moved)
    assert counts(library.apply(plan(videos))) == (0, 0, 3, 0, 1)
    back, hips = library.series_list()
    assert [one.number for one in library.classes(back.id)] == [1, 3]
    assert [one.number for one in library.classes(hips.id)] == [1, 2]
    assert library.classes(hips.id)[1].identity == plan_class(moved).identity


def test_identity_is_size_and_digest(library: Library, videos: Path) -> None:
    paths = [write(videos / "Back" / f"{n}. Class.mp4", str(n)) for n in (1, 2)]
    classes = tuple(
        replace(plan_class(path), identity=FileIdentity(size, "same")) for size, path in enumerate(paths, 1)
    )
    library.apply(ImportPlan((videos,), (PlannedSeries(videos / "Back", "Back", classes),)))
    assert len(only_series(library)) == 2


def test_no_file_is_looked_at_while_others_wait_to_write(
    library: Library, videos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking may take seconds on a drive that sleeps; positions are saved meanwhile."""
    make_series(videos / "Back", 3)
    make_series(videos / "Hips", 3)
    library.apply(plan(videos))
    shutil.copy(videos / "Back" / "1. Class 1.mp4", videos / "Hips" / "9. A copy.mp4")
    (videos / "Back" / "2. Class 2.mp4").rename(videos / "Hips" / "8. Moved.mp4")
    (videos / "Back" / "3. Class 3.mp4").unlink()
    looks: list[bool] = []
    stat = os.stat
    one = library.classes(library.series_list()[0].id)[0].id

    def look(path: Path, **named: bool) -> os.stat_result:
        if Path(path).suffix == ".mp4":
            lock = library._database._write_lane
            looks.append(lock.acquire(blocking=False))
            if looks[-1]:
                lock.release()
                library.save_position(one, 1)
        return stat(path, **named)

    monkeypatch.setattr("player.library.absence.os.stat", look)
    report = library.apply(plan(videos / "Hips"))
    assert report.relinked == 1
    library.apply(plan(videos))
    (videos / "Hips").rename(videos / "Care of Hips")
    assert library.apply(plan(videos)).relinked
    assert looks
    assert all(looks)


def test_a_drive_that_fails_is_one_that_is_not_connected(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    path = write(tmp_path / "Back" / "1. Class.mp4", "one")
    with monkeypatch.context() as patched:
        patched.setattr(os, "stat", fail)
        told = why_absent(path)
    assert "drive that is not connected" in told
