# SPDX-License-Identifier: GPL-3.0-or-later
"""Engine, queue and timeline together, with a real library and an engine whose clock is moved by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.domain.media import MediaFacts, MediaFormat
from player.domain.models import AfterClass, ClassId, FileIdentity, Phase, PhaseKind, PropNeed, StartAt
from player.domain.plan import ImportPlan, PlannedClass, PlannedSeries
from player.domain.playing import PlayerState
from player.domain.queue import QueueItem
from player.library import Library
from player.playback.controller import PlaybackController
from player.playback.engine import EngineState
from player.playback.fake import FakeEngine
from player.playback.messages import Message
from player.tasks.lane import Lane

MINUTE = 60_000
PHASES = (
    Phase(PhaseKind.DIAPHRAGM_RELEASE, "Release", 0, MINUTE),
    Phase(PhaseKind.BREATH, "Breath", MINUTE, 2 * MINUTE),
    Phase(PhaseKind.REST, "Rest", 2 * MINUTE, 3 * MINUTE),
)


def planned(folder: Path, number: int, *props: str, phases: tuple[Phase, ...] = PHASES) -> PlannedClass:
    path = folder / f"{number:02d}.mp4"
    path.write_bytes(b"x")
    return PlannedClass(
        path=path,
        identity=FileIdentity(number, f"{number:032x}"),
        modified_ns=path.stat().st_mtime_ns,
        raw_name=path.name,
        title=f"Class {number}",
        number=number,
        section=None,
        duration_ms=3 * MINUTE,
        format=MediaFormat.MP4,
        facts=MediaFacts(has_video=True, has_audio=True, width=640, height=360, frame_rate=25.0),
        phases=phases,
        props=tuple(PropNeed(prop) for prop in props),
    )


class Player:
    """A controller with all it needs, and short words for what the tests do."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.library = Library.open(folder / "library.sqlite")
        media = folder / "media"
        media.mkdir()
        classes = (planned(media, 1, "chair"), planned(media, 2, "chair", "mat"), planned(media, 3), planned(media, 4))
        self.library.apply(ImportPlan((media,), (PlannedSeries(media, "Series", classes),)))
        self.series = self.library.series_list()[0].id
        self.ids = [video.id for video in self.library.classes(self.series)]
        self.lane = Lane("database")
        self.engine = FakeEngine()
        self.messages: list[Message] = []
        self.controller = PlaybackController(self.engine, self.library, self.lane, settle_ms=300)
        self.controller.message.connect(self.messages.append)

    def wait(self, fact: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(fact, timeout=5000)

    def settle(self) -> None:
        """Until the lane has nothing more to tell and the engine has answered."""
        self.wait(lambda: self.lane.idle)
        self.engine.advance(0)
        self.wait(lambda: self.lane.idle)

    def play(self, number: int = 1, **where: object) -> None:
        self.controller.play_class(self.ids[number - 1], **where)  # type: ignore[arg-type]
        self.settle()
        assert self.playing() == number

    def playing(self) -> int | None:
        video = self.controller.class_video
        return video.number if video else None

    def advance_to(self, position_ms: int) -> None:
        """Let playing go on to a place of this class, in steps as short as the controller looks."""
        number = self.playing()
        while self.engine.position_ms < position_ms and self.playing() == number:
            assert self.engine.state in (EngineState.PLAYING, EngineState.OPENING)
            self.engine.advance(min(200, position_ms - self.engine.position_ms))
            self.controller._stage._tick()
            if self.controller.state is not PlayerState.PLAYING:
                return

    def position_kept(self, number: int) -> int:
        self.settle()
        return self.library.class_video(self.ids[number - 1]).progress.position_ms

    def done(self, number: int) -> bool:
        self.settle()
        return self.library.class_video(self.ids[number - 1]).progress.done

    def set_series(self, **preferences: object) -> None:
        old = self.library.series(self.series).preferences
        self.library.set_preferences(self.series, replace(old, **preferences))  # type: ignore[arg-type]

    def close(self) -> None:
        self.controller.shutdown()
        self.engine.shutdown()
        assert self.lane.close()
        self.library.close()


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
    assert "not where it was" in player.messages[0].text


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
