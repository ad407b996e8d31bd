# SPDX-License-Identifier: GPL-3.0-or-later
"""Positions, practices, the queue, preferences; finding series and classes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from player.domain.errors import NotFound
from player.domain.models import AfterClass, ClassId, ClassState, ClassVideo, SeriesId, SeriesPreferences
from player.domain.plan import ImportPlan, PlannedSeries
from player.domain.practice import Practice
from player.domain.queue import Queue, QueueItem
from player.library import Library
from tests.unit.library.shelf import make_series, plan, plan_class, write


@pytest.fixture
def classes(library: Library, videos: Path) -> tuple[ClassVideo, ...]:
    make_series(videos / "Back", 3)
    library.apply(plan(videos))
    return library.classes(library.find_series("Back").id)


def test_a_position_is_kept_and_cleared(library: Library, classes: tuple[ClassVideo, ...]) -> None:
    before = datetime.now(UTC)
    library.save_position(classes[0].id, 61_000)
    progress = library.class_video(classes[0].id).progress
    assert progress.position_ms == 61_000
    assert progress.last_practised is not None
    assert before <= progress.last_practised <= datetime.now(UTC)
    library.set_done(classes[0].id, True)
    library.save_position(classes[0].id, 0)
    progress = library.class_video(classes[0].id).progress
    assert (progress.position_ms, progress.done) == (0, True)
    assert library.series(classes[0].series_id).done == 1
    library.set_done(classes[0].id, False)
    assert library.series(classes[0].series_id).done == 0


def test_marking_done_is_no_practice(library: Library, classes: tuple[ClassVideo, ...]) -> None:
    library.set_done(classes[1].id, True)
    assert library.class_video(classes[1].id).progress.last_practised is None


def test_the_class_left_last_is_the_one_to_continue(library: Library, classes: tuple[ClassVideo, ...]) -> None:
    assert library.continue_class() is None
    for one in classes:
        library.save_position(one.id, 61_000)
    library.save_position(classes[2].id, 0)
    library.save_position(classes[0].id, 62_000)
    found = library.continue_class()
    assert found is not None
    assert found.id == classes[0].id
    library.set_class_state(classes[0].id, ClassState.MISSING, "The drive is not connected.")
    found = library.continue_class()
    assert found is not None
    assert found.id == classes[1].id


def test_a_position_past_the_end_of_a_shorter_file_is_not_offered(library: Library, videos: Path) -> None:
    path = write(videos / "Back" / "1. One.mp4", "long")
    library.apply(plan(videos))
    (one,) = library.classes(library.find_series("Back").id)
    library.save_position(one.id, 500_000)
    write(path, "short")
    shorter = replace(plan_class(path), duration_ms=400_000, phases=())
    library.apply(ImportPlan((videos,), (PlannedSeries(path.parent, "Back", (shorter,)),)))
    assert library.class_video(one.id).progress.position_ms == 0


def test_a_practice_is_inserted_then_updated(library: Library, classes: tuple[ClassVideo, ...]) -> None:
    evening = datetime(2026, 3, 1, 23, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    practice = Practice(classes[0].id, evening).played(20_000, 0)
    number = library.save_practice(practice, None)
    practice = practice.played(40_000, 1).played(1_000, None)
    assert library.save_practice(practice, number) == number
    other = Practice(classes[1].id, evening + timedelta(hours=1), 5_000, {}, finished=True)
    assert library.save_practice(other, None) != number
    assert library.practices(classes[0].id) == (practice,)
    assert library.practices() == (practice, other)
    assert library.practices()[0].started.day == 1
    assert library.practices()[0].started.utcoffset() == timedelta(hours=5, minutes=30)


def test_a_practice_without_a_time_zone_is_local(library: Library, classes: tuple[ClassVideo, ...]) -> None:
    naive = datetime(2026, 3, 1, 12, 0)
    library.save_practice(Practice(classes[0].id, naive), None)
    assert library.practices()[0].started == naive.astimezone()


def test_what_does_not_exist_is_not_found(library: Library, classes: tuple[ClassVideo, ...]) -> None:
    nothing = ClassId(999)
    for question in (
        lambda: library.class_video(nothing),
        lambda: library.save_position(nothing, 1),
        lambda: library.set_done(nothing, True),
        lambda: library.save_practice(Practice(nothing, datetime.now(UTC)), None),
        lambda: library.look_at(nothing),
        lambda: library.set_class_state(nothing, ClassState.READY, ""),
        lambda: library.edit_class(nothing, title="x"),
        lambda: library.series(SeriesId(999)),
        lambda: library.set_preferences(SeriesId(999), SeriesPreferences()),
        lambda: library.find_series("Nobody"),
        lambda: library.find_series(""),
        lambda: library.find_class("Back/99"),
        lambda: library.find_class("Back/x"),
        lambda: library.find_class("999"),
    ):
        with pytest.raises(NotFound) as told:
            question()
        assert told.value.next_step
    assert library.classes(SeriesId(999)) == ()


def test_the_queue_survives(library: Library, classes: tuple[ClassVideo, ...]) -> None:
    assert library.load_queue() == Queue()
    queue = Queue((QueueItem(classes[2].id, 1, added=True), QueueItem(classes[0].id), QueueItem(classes[2].id)))
    library.save_queue(queue)
    assert library.load_queue() == queue
    library.save_queue(Queue((QueueItem(ClassId(999)), QueueItem(classes[1].id))))
    assert library.load_queue() == Queue((QueueItem(classes[1].id),))
    library.remove_series(classes[0].series_id)
    assert library.load_queue() == Queue()


def test_preferences_survive_a_rescan(library: Library, classes: tuple[ClassVideo, ...], videos: Path) -> None:
    wanted = SeriesPreferences(mirrored=True, rate=0.85, after_class=AfterClass.ASK, settle_ms=0, captions="en")
    library.set_preferences(classes[0].series_id, wanted)
    library.apply(plan(videos))
    assert library.series(classes[0].series_id).preferences == wanted


def test_finding_series(library: Library, videos: Path) -> None:
    for name in ("Welcome to Your Body", "Welcome Back", "Welcome Back 10", "Écoute", "7"):
        make_series(videos / name, 1)
    library.apply(plan(videos))
    titles = [series.title for series in library.series_list()]
    assert titles == ["7", "Écoute", "Welcome Back", "Welcome Back 10", "Welcome to Your Body"]
    by_title = {series.title: series for series in library.series_list()}
    assert library.find_series("welcome t") == by_title["Welcome to Your Body"]
    assert library.find_series("Welcome Back") == by_title["Welcome Back"]
    assert library.find_series("welcome back") == by_title["Welcome Back"]
    assert library.find_series(str(by_title["Écoute"].id)) == by_title["Écoute"]
    assert library.find_series("7") == by_title["7"]
    with pytest.raises(NotFound, match="Several series begin with “Wel”"):
        library.find_series("Wel")


def test_finding_classes(library: Library, classes: tuple[ClassVideo, ...], videos: Path) -> None:
    assert library.find_class("back/2") == classes[1]
    assert library.find_class(str(classes[2].id)) == classes[2]
    write(videos / "Loose" / "Breath.mp4", "a")
    write(videos / "Loose" / "Calm.mp4", "b")
    library.apply(plan(videos))
    assert library.find_class("Loose/2").title == "Calm"


def test_following(library: Library, classes: tuple[ClassVideo, ...]) -> None:
    assert library.series_class_ids(classes[0].series_id) == tuple(video.id for video in classes)
    assert library.class_titles([classes[1].id, ClassId(4711)]) == {classes[1].id: classes[1].title}
