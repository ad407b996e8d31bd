# SPDX-License-Identifier: GPL-3.0-or-later
"""Engine, queue and timeline together, with a real library and an engine whose clock is moved by hand."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.domain.errors import LibraryError
from player.domain.models import AfterClass, ClassId, ClassState, StartAt
from player.domain.plan import ImportPlan, PlannedSeries
from player.domain.playing import PlayerState
from player.domain.queue import Queue, QueueItem
from player.playback.controller import PlaybackController
from player.playback.engine import EngineState
from tests.unit.playback.player import MINUTE, Player, planned


@pytest.fixture
def player(qtbot: QtBot, tmp_path: Path) -> Iterator[Player]:
    player = Player(qtbot, tmp_path)
    yield player
    player.close()


def queue_of(player: Player) -> list[int]:
    return [player.ids.index(item.class_id) + 1 for item in player.controller.queue.items]


def test_starting_a_class_queues_the_classes_after_it(player: Player) -> None:
    player.play(2)
    assert player.controller.state is PlayerState.PLAYING
    assert queue_of(player) == [3, 4]


def test_the_queue_survives_a_restart(player: Player) -> None:
    player.play(2)
    player.controller.set_queue(player.controller.queue.append(QueueItem(player.ids[0], 1)))
    player.settle()
    again = PlaybackController(player.engine, player.library, player.lane)
    again.restore_queue()
    player.wait(lambda: again.queue == player.controller.queue)
    assert again.queue.items[0].phase == 1


def test_phases_are_told_at_their_time(player: Player) -> None:
    player.play()
    told: list[int | None] = []
    player.controller.phase_changed.connect(lambda: told.append(player.controller.phase_index))
    player.advance_to(MINUTE - 1)
    assert player.controller.phase_index == 0
    player.advance_to(MINUTE)
    assert told == [1]
    assert player.controller.phase.title == "Breath"


def test_next_phase_in_the_last_ends_the_class_and_starts_no_other(player: Player) -> None:
    player.set_series(after_class=AfterClass.ASK)
    player.play()
    for _ in range(2):
        player.controller.next_phase()
        player.settle()
    assert player.controller.phase_index == 2
    player.controller.next_phase()
    player.settle()
    assert player.controller.state is PlayerState.UP_NEXT
    player.controller.next_phase()
    player.settle()
    assert player.playing() == 1


def test_up_next_counts_down_and_leads_on(player: Player) -> None:
    player.play()
    player.advance_to(3 * MINUTE)
    assert player.controller.state is PlayerState.UP_NEXT
    up_next = player.controller.up_next
    assert up_next is not None
    assert up_next.left_ms == 300
    player.wait(lambda: player.controller.up_next is not None and player.controller.up_next.class_video is not None)
    assert [need.prop for need in player.controller.up_next.have_ready] == ["mat"]
    player.wait(lambda: player.playing() == 2)
    assert player.controller.state is PlayerState.PLAYING
    assert player.controller.up_next is None
    assert player.done(1)
    assert queue_of(player) == [3, 4]


def test_the_next_class_is_opened_ahead(player: Player) -> None:
    player.play()
    player.advance_to(3 * MINUTE - 25_000)
    assert player.engine.prepared_source is None
    player.advance_to(3 * MINUTE - 15_000)
    assert player.engine.prepared_source.path.name == "02.mp4"


def test_stay_here_truly_cancels(player: Player) -> None:
    player.play()
    player.advance_to(3 * MINUTE)
    player.controller.stay_here()
    player.qtbot.wait(500)  # longer than the countdown would have run
    assert player.playing() == 1
    assert player.controller.state is PlayerState.HOLDING
    player.controller.play_now()
    player.settle()
    assert player.playing() == 2


def test_without_a_settle_time_the_next_class_starts_at_once(player: Player) -> None:
    player.set_series(settle_ms=0)
    player.play()
    player.advance_to(3 * MINUTE)
    assert player.playing() == 2


@pytest.mark.parametrize(
    ("after_class", "state"), [(AfterClass.ASK, PlayerState.UP_NEXT), (AfterClass.STOP, PlayerState.HOLDING)]
)
def test_a_series_may_ask_or_stop(player: Player, after_class: AfterClass, state: PlayerState) -> None:
    player.set_series(after_class=after_class)
    player.play()
    player.advance_to(3 * MINUTE)
    player.settle()
    assert player.controller.state is state
    assert player.controller.up_next is None or player.controller.up_next.left_ms is None


def test_stop_after_this_class(player: Player) -> None:
    player.play()
    player.controller.set_stop_after_class(True)
    player.advance_to(3 * MINUTE)
    assert player.controller.state is PlayerState.HOLDING
    assert player.controller.up_next is None
    assert not player.controller.stop_after_class


def test_the_end_of_a_series_says_so(player: Player) -> None:
    player.play(4)
    player.advance_to(3 * MINUTE)
    assert player.controller.state is PlayerState.HOLDING
    assert player.controller.up_next is not None
    assert player.controller.up_next.class_video is None


def test_going_back_from_up_next(player: Player) -> None:
    player.play()
    player.advance_to(3 * MINUTE)
    player.controller.seek(MINUTE + 5000)
    player.settle()
    assert player.controller.state is PlayerState.PLAYING
    assert player.controller.up_next is None
    assert player.controller.phase_index == 1
    assert player.playing() == 1


def test_the_place_is_kept_on_pause_seek_and_exit(player: Player) -> None:
    player.play()
    player.advance_to(20_000)
    player.controller.pause()
    assert player.position_kept(1) == 20_000
    player.controller.seek(95_000)
    assert player.position_kept(1) == 95_000
    player.controller.play()
    player.advance_to(100_000)
    player.controller.shutdown()
    assert player.position_kept(1) == 100_000


def test_the_place_is_kept_while_playing(player: Player) -> None:
    player.play()
    player.advance_to(30_000)
    player.wait(lambda: player.library.class_video(player.ids[0]).progress.position_ms == 30_000)


def test_a_short_look_does_not_cost_the_place(player: Player) -> None:
    player.library.save_position(player.ids[0], 70_000)
    player.play(1, start=StartAt.BEGINNING)
    player.engine.break_down()
    assert player.position_kept(1) == 70_000


@pytest.mark.parametrize(
    ("start", "begins_ms"), [(StartAt.RESUME, 95_000), (StartAt.PHASE, MINUTE), (StartAt.BEGINNING, 0)]
)
def test_where_a_class_is_taken_up(player: Player, start: StartAt, begins_ms: int) -> None:
    player.library.save_position(player.ids[0], 95_000)
    player.play(1, start=start)
    assert player.engine.position_ms == begins_ms


def test_a_class_is_done_at_its_end_and_starts_anew(player: Player) -> None:
    player.play()
    player.advance_to(3 * MINUTE)
    assert player.done(1)
    assert player.position_kept(1) == 0


def test_leaving_in_the_last_seconds_of_the_played_last_phase_is_done(player: Player) -> None:
    player.play(1, at_ms=2 * MINUTE)
    player.advance_to(3 * MINUTE - 5000)
    journal = player.controller._stage._journal
    journal._practice = journal.practice.played(40_000, 2)  # time passes only by hand here
    player.controller.stop()
    assert player.done(1)


def test_jumping_to_the_last_seconds_is_not_done(player: Player) -> None:
    player.play(1)
    player.controller.seek(3 * MINUTE - 5000)
    player.controller.stop()
    assert not player.done(1)


def test_a_class_that_fails_is_skipped_with_a_message(player: Player) -> None:
    for number in (2, 3):
        player.engine.fail_on(player.library.class_video(player.ids[number - 1]).path)
    player.set_series(settle_ms=0)
    player.play()
    player.advance_to(3 * MINUTE)
    for _ in range(3):
        player.settle()
    assert player.playing() == 4
    assert player.controller.state is PlayerState.PLAYING
    assert ["Class 2" in player.messages[0].text, "Class 3" in player.messages[1].text] == [True, True]


def test_at_most_three_fail_in_a_row(player: Player) -> None:
    for class_id in player.ids:
        player.engine.fail_on(player.library.class_video(class_id).path)
    player.controller.play_class(player.ids[0])
    for _ in range(6):
        player.settle()
    assert player.playing() == 3
    assert player.controller.state is PlayerState.HOLDING
    assert len(player.messages) == 3


def test_a_file_that_has_gone_makes_the_class_missing(player: Player) -> None:
    player.set_series(after_class=AfterClass.ASK)
    player.library.class_video(player.ids[0]).path.unlink()
    player.controller.play_class(player.ids[0])
    player.settle()
    assert player.library.class_video(player.ids[0]).state == "missing"
    assert "no longer in its folder" in player.messages[0].text


def test_a_single_phase_in_the_queue(player: Player) -> None:
    player.set_series(settle_ms=0)
    player.play(4)
    player.controller.set_queue(player.controller.queue.append(QueueItem(player.ids[1], 1)))
    player.settle()
    player.advance_to(3 * MINUTE)
    player.settle()
    assert player.playing() == 2
    assert player.engine.position_ms == MINUTE
    player.advance_to(2 * MINUTE)
    assert player.controller.state is not PlayerState.PLAYING
    assert not player.done(2)


def test_looping_a_phase(player: Player) -> None:
    player.play(1, at_ms=MINUTE + 30_000)
    player.controller.loop_phase()
    player.engine.advance(30_000)
    player.controller._stage._tick()
    player.settle()
    assert player.controller.position_ms == MINUTE
    player.controller.seek(0)
    assert player.controller.loop is None


def test_looping_the_last_phase_never_ends_the_class(player: Player) -> None:
    player.play(1, at_ms=2 * MINUTE + 1)
    player.controller.loop_phase()
    player.engine.advance(MINUTE)
    player.settle()
    assert player.controller.state is PlayerState.PLAYING
    assert player.controller.position_ms == 2 * MINUTE


def test_mirror_and_speed_are_remembered_for_the_series(player: Player) -> None:
    player.play()
    player.controller.set_mirrored(True)
    player.controller.set_rate(1.25)
    player.settle()
    preferences = player.library.series(player.series).preferences
    assert (preferences.mirrored, preferences.rate) == (True, 1.25)
    again = PlaybackController(player.engine, player.library, player.lane)
    again.play_class(player.ids[0])
    player.wait(lambda: again.mirrored and again.rate == 1.25)


def test_practice_is_written_with_the_time_really_played(player: Player) -> None:
    player.play()
    journal = player.controller._stage._journal
    journal._practice = journal.practice.played(50_000, 0).played(10_000, 1)
    player.controller.stop()
    player.settle()
    (practice,) = player.library.practices(player.ids[0])
    assert practice.played_ms == pytest.approx(60_000, abs=1000)
    assert practice.phases[1] == pytest.approx(10_000, abs=1000)
    assert not practice.finished


def test_a_class_that_is_gone_from_the_library_leaves_the_queue(player: Player) -> None:
    player.controller.set_queue(player.controller.queue.append(QueueItem(ClassId(9999))))
    player.wait(lambda: not player.controller.queue.items)


def test_only_the_last_of_several_wishes_counts(player: Player) -> None:
    for class_id in player.ids:
        player.controller.play_class(class_id)
    player.settle()
    assert player.playing() == 4


# What must not go wrong


def finish(player: Player) -> None:
    player.advance_to(3 * MINUTE)
    player.settle()


def test_nothing_is_written_while_paused(player: Player) -> None:
    player.play()
    player.advance_to(30_000)
    player.controller.pause()
    player.settle()
    assert not player.controller._stage._journal._timer.isActive()


def test_a_choice_made_on_the_series_page_is_not_undone_by_a_key(player: Player) -> None:
    player.play()
    player.controller.stop()
    player.set_series(after_class=AfterClass.ASK)
    player.play()
    player.controller.set_mirrored(True)
    player.settle()
    assert player.library.series(player.series).preferences.after_class is AfterClass.ASK


def test_a_choice_made_on_the_series_page_holds_for_the_next_class_too(player: Player) -> None:
    player.play()
    player.controller.stop()
    player.set_series(after_class=AfterClass.STOP)
    player.play()
    player.controller.next_class()
    player.settle()
    assert player.playing() == 2
    finish(player)
    assert player.controller.state is PlayerState.HOLDING


def test_the_queue_emptied_during_the_countdown(player: Player) -> None:
    player.play()
    finish(player)
    player.controller.set_queue(Queue())
    player.settle()
    assert player.controller.state is PlayerState.HOLDING
    assert player.controller.up_next is not None
    assert player.controller.up_next.left_ms is None


def test_forward_on_the_up_next_page_does_nothing(player: Player) -> None:
    player.play()
    finish(player)
    player.controller.seek_by(10_000)
    player.settle()
    assert player.controller.state is PlayerState.UP_NEXT
    assert player.engine.state is EngineState.ENDED


def test_jumping_to_the_end_asks_and_is_not_done(player: Player) -> None:
    player.set_series(settle_ms=0)
    player.play()
    for _ in range(3):
        player.controller.next_phase()
        player.settle()
    assert player.playing() == 1
    assert player.controller.state is PlayerState.UP_NEXT
    assert player.controller.up_next is not None
    assert player.controller.up_next.left_ms is None
    assert not player.done(1)
    assert not player.library.practices(player.ids[0])


def test_starting_beyond_the_end_plays_the_last_moment(player: Player) -> None:
    player.play(1, at_ms=99 * MINUTE)
    assert player.controller.state is PlayerState.PLAYING
    assert player.engine.position_ms < 3 * MINUTE


def test_stay_here_also_cancels_a_class_that_is_being_loaded(player: Player) -> None:
    player.play()
    finish(player)
    gate = threading.Event()
    player.files.submit(gate.wait)
    player.controller.set_queue(Queue((QueueItem(player.ids[2]),)))
    player.qtbot.waitUntil(lambda: not player.controller._interlude._countdown.running)
    player.controller.stay_here()
    gate.set()
    player.settle()
    assert player.playing() == 1


def test_a_countdown_does_not_overtake_the_users_choice(player: Player) -> None:
    player.play()
    finish(player)
    gate = threading.Event()
    player.files.submit(gate.wait)
    player.controller.play_class(player.ids[3])
    player.qtbot.wait(500)  # longer than the countdown would have run
    gate.set()
    player.settle()
    assert player.playing() == 4


def test_a_busy_library_does_not_empty_the_queue(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    player.play()

    def busy(_class_id: ClassId) -> None:
        raise LibraryError("The library is in use by another program.")

    monkeypatch.setattr(player.library, "look_at", busy)
    player.controller.set_queue(Queue((QueueItem(player.ids[2], added=True), QueueItem(player.ids[3], added=True))))
    player.settle()
    assert len(player.controller.queue.items) == 2
    assert len(player.library.load_queue().items) == 2
    assert "in use" in player.messages[-1].text


def test_up_next_leaves_out_what_is_known_to_be_damaged(player: Player) -> None:
    player.library.set_class_state(player.ids[1], ClassState.DAMAGED, "It is spoilt.")
    player.play()
    finish(player)
    player.wait(lambda: player.controller.up_next is not None and player.controller.up_next.class_video is not None)
    assert player.controller.up_next.class_video.number == 3
    assert "Class 2" in player.messages[-1].text


def test_the_last_seconds_are_kept_where_the_class_is_not_done(player: Player) -> None:
    player.play(1, at_ms=3 * MINUTE - 5000)
    player.controller.stop()
    assert player.position_kept(1) == 3 * MINUTE - 5000
    assert not player.done(1)


def test_a_class_that_is_started_leaves_the_queue(player: Player) -> None:
    player.controller.set_queue(player.controller.queue.append(QueueItem(player.ids[1])))
    player.play(2)
    assert queue_of(player) == [3, 4]


def test_stop_after_this_class_holds_for_one_that_breaks_down(player: Player) -> None:
    player.play()
    player.controller.set_stop_after_class(True)
    player.engine.break_down()
    player.settle()
    assert player.playing() == 1


def test_leaving_a_queued_phase_goes_on_with_its_class(player: Player) -> None:
    player.play()
    player.controller.set_queue(Queue((QueueItem(player.ids[1], phase=0, added=True),)))
    player.settle()
    player.controller.next_class()
    player.settle()
    player.controller.go_to_phase(1)
    player.settle()
    player.advance_to(MINUTE + 10_000)
    assert player.controller.state is PlayerState.PLAYING
    assert player.playing() == 2


def test_a_queued_phase_does_not_move_the_place_in_its_class(player: Player) -> None:
    player.library.save_position(player.ids[1], 150_000)
    player.play()
    player.controller.set_queue(Queue((QueueItem(player.ids[1], phase=0, added=True),)))
    player.settle()
    player.controller.next_class()
    player.settle()
    player.advance_to(61_000)
    assert player.position_kept(2) == 150_000


def test_a_class_that_never_played_is_not_done(player: Player, tmp_path: Path) -> None:
    folder = tmp_path / "Plain"
    folder.mkdir()
    plain = planned(folder, 9, phases=())
    player.library.apply(ImportPlan((folder,), (PlannedSeries(folder, "Plain", (plain,)),)))
    video = player.library.classes(player.library.find_series("Plain").id)[0]
    video.path.unlink()
    player.controller.play_class(video.id, at_ms=175_000)
    player.settle()
    assert not player.library.class_video(video.id).progress.done


def test_a_copy_is_played_where_the_first_place_has_gone(player: Player, tmp_path: Path) -> None:
    first = player.library.class_video(player.ids[0])
    folder = tmp_path / "Copy"
    folder.mkdir()
    copy = replace(planned(folder, 1, "chair"), identity=first.identity)
    player.library.apply(ImportPlan((folder,), (PlannedSeries(folder, "Copy", (copy,)),)))
    first.path.unlink()
    player.play(1)
    assert player.engine.source is not None
    assert player.engine.source.path == copy.path


def test_a_damaged_class_stays_damaged(player: Player) -> None:
    player.set_series(after_class=AfterClass.ASK)
    player.library.set_class_state(player.ids[0], ClassState.DAMAGED, "It is spoilt.")
    player.controller.play_class(player.ids[0])
    player.settle()
    assert player.library.class_video(player.ids[0]).state is ClassState.DAMAGED
    assert "spoilt" in player.messages[0].text


def test_a_place_that_cannot_be_kept_is_said_once(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    player.play()

    def full(*_: object) -> None:
        raise LibraryError("The disk with the library is full.", "Free some space.")

    monkeypatch.setattr(player.library, "save_position", full)
    player.advance_to(70_000)
    player.controller.pause()
    player.settle()
    assert ["full" in message.text for message in player.messages] == [True]


def test_a_sleeping_drive_does_not_hold_up_the_place(player: Player) -> None:
    player.play()
    player.advance_to(30_000)
    gate = threading.Event()
    player.files.submit(gate.wait)
    player.controller.set_queue(Queue((QueueItem(player.ids[2]),)))
    player.controller.pause()
    player.wait(lambda: player.library.class_video(player.ids[0]).progress.position_ms == 30_000)
    gate.set()
    player.settle()
