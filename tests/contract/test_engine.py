# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine contract, sentence by sentence, for the fake and for the real engine."""

from __future__ import annotations

import pytest

from player.domain.media import MediaSource
from player.playback.engine import EngineState
from tests.contract.conftest import SURFACE, FakeKit, Kit
from tests.contract.numbered import FPS

S = EngineState


def frame_at(position_ms: int) -> int:
    return position_ms * FPS // 1000


def stands_at(kit: Kit, position_ms: int) -> bool:
    """Whether the right picture is on show. Near the end libVLC comes to stand by playing up to the place, and on a
    busy machine it may let the first picture go as late."""
    number, right = kit.number(), min(frame_at(position_ms), frame_at(3_000) - 1)
    near_end = not isinstance(kit, FakeKit) and position_ms > 1_400
    return number == right or (near_end and number == right + 1)


def fail_when_opened(kit: Kit, source: MediaSource) -> None:
    """The fake does not look at the disk."""
    if isinstance(kit, FakeKit):
        kit.fake.fail_on(source.path)


# Opening


def test_nothing_open(kit: Kit) -> None:
    engine = kit.engine
    for command in (engine.play, engine.pause, engine.stop, lambda: engine.seek(500), lambda: engine.prepare(None)):
        command()
    kit.pass_time(100)
    assert kit.said == []
    assert (engine.state, engine.position_ms, engine.duration_ms) == (S.IDLE, 0, 0)
    assert engine.frames.picture(SURFACE) is None
    assert engine.frames.shape is None


def test_open_plays_from_the_first_picture(kit: Kit) -> None:
    kit.open()
    assert kit.said == [("state_changed", S.OPENING), ("state_changed", S.PLAYING), ("opened", 3_000)]
    assert kit.engine.duration_ms == 3_000
    kit.settle()
    assert kit.pictures[0] in (0, 1)  # a busy main thread may take the first two at once
    kit.wait(lambda: kit.engine.position_ms >= 300)
    kit.wait(lambda: (kit.number() or 0) >= 7)
    assert kit.pictures == sorted(kit.pictures)


def test_commands_return_before_their_facts_come(kit: Kit) -> None:
    kit.engine.open(kit.clips["one"])
    assert kit.engine.state is S.OPENING
    assert kit.count("opened") == 0


def test_open_paused_shows_the_first_picture_and_stands(kit: Kit) -> None:
    kit.open(paused=True)
    kit.pass_time(300)
    assert kit.states == [S.OPENING, S.PAUSED]
    assert kit.number() == 0
    assert kit.engine.position_ms == 0


@pytest.mark.parametrize("paused", [False, True])
@pytest.mark.parametrize("start_ms", [1_400, 2_800])
def test_open_at_a_place(kit: Kit, start_ms: int, paused: bool) -> None:
    kit.open(start_ms=start_ms, paused=paused)
    kit.settle()
    assert kit.pictures[0] in (frame_at(start_ms), frame_at(start_ms) + 1)
    assert start_ms <= kit.engine.position_ms < start_ms + 300


def test_pause_while_opening(kit: Kit) -> None:
    kit.engine.open(kit.clips["one"])
    kit.engine.pause()
    kit.wait_for("opened")
    kit.pass_time(200)
    assert kit.engine.state is S.PAUSED
    assert S.PLAYING not in kit.states


def test_play_while_opening_paused(kit: Kit) -> None:
    kit.engine.open(kit.clips["one"], paused=True)
    kit.engine.play()
    kit.wait_for("opened")
    assert kit.engine.state is S.PLAYING
    kit.wait(lambda: (kit.number() or 0) >= 3)


def test_seek_while_opening(kit: Kit) -> None:
    kit.engine.open(kit.clips["one"], paused=True)
    kit.engine.seek(2_000)
    kit.wait_for("opened")
    kit.wait(lambda: kit.number() == frame_at(2_000))
    assert kit.engine.position_ms == 2_000


def test_only_the_last_of_two_opened_is_spoken_of(kit: Kit) -> None:
    kit.engine.open(kit.clips["one"])
    kit.engine.open(kit.clips["two"])
    kit.wait_for("opened")
    kit.pass_time(300)
    assert kit.values("opened") == [2_000]
    assert kit.engine.state is S.PLAYING


def test_open_while_another_plays(kit: Kit) -> None:
    kit.open("one", start_ms=1_000)
    kit.wait(lambda: (kit.number() or 0) > frame_at(1_000))
    kit.pictures.clear()
    kit.open("two", paused=True)
    kit.settle()
    assert kit.number() == 0
    assert None not in kit.pictures


# Playing, pausing


def test_pause_and_play(kit: Kit) -> None:
    kit.open()
    kit.wait(lambda: kit.engine.position_ms > 200)
    kit.engine.pause()
    assert kit.engine.state is S.PAUSED
    kit.pass_time(200)
    stood_at, picture = kit.engine.position_ms, kit.number()
    kit.pass_time(300)
    assert (kit.engine.position_ms, kit.number()) == (stood_at, picture)
    kit.engine.play()
    assert kit.engine.state is S.PLAYING
    kit.wait(lambda: kit.engine.position_ms > stood_at + 200)
    kit.wait(lambda: (kit.number() or 0) > (picture or 0) + 3)


def test_position_is_told_four_times_a_second(kit: Kit) -> None:
    told: list[int] = []
    kit.open()
    kit.engine.position_changed.connect(told.append)
    kit.pass_time(1_000)
    assert len(told) >= 4
    assert told == sorted(told)


def test_play_and_pause_as_often_as_one_likes(kit: Kit) -> None:
    kit.open()
    for _turn in range(10):
        kit.engine.pause()
        kit.engine.play()
    kit.engine.play()
    before = kit.engine.position_ms
    kit.wait(lambda: kit.engine.position_ms > before + 200)
    assert kit.engine.state is S.PLAYING


@pytest.mark.parametrize(("rate", "least", "most"), [(2.0, 1.5, 2.3), (0.5, 0.3, 0.7)])
def test_rate(kit: Kit, rate: float, least: float, most: float) -> None:
    kit.engine.set_rate(rate)
    kit.open()
    kit.pass_time(300)
    before = kit.number() or 0
    kit.pass_time(800)
    pictures = (kit.number() or 0) - before
    assert least * 0.8 * FPS <= pictures <= most * 0.8 * FPS


def test_sound_settings_do_not_disturb(kit: Kit) -> None:
    kit.engine.set_volume(125)
    kit.engine.set_muted(True)
    kit.open()
    kit.engine.prepare(kit.clips["two"])
    kit.engine.set_volume(0)
    kit.engine.set_muted(False)
    kit.engine.set_rate(1.5)
    kit.engine.set_volume(999)
    kit.wait(lambda: kit.engine.position_ms > 300)


# Seeking


@pytest.mark.parametrize("position_ms", [0, 1_000, 1_040, 1_079, 1_980, 2_700, 2_960, 2_999])
def test_seek_is_exact_while_paused(kit: Kit, position_ms: int) -> None:
    kit.open(paused=True, start_ms=400)
    kit.seek(position_ms)
    assert stands_at(kit, position_ms)
    assert kit.engine.position_ms == position_ms
    assert kit.engine.state is S.PAUSED
    assert kit.values("seeked") == [position_ms]
    stands_with = kit.number()
    kit.pass_time(200)
    assert kit.number() == stands_with
    assert kit.count("seeked") == 1


def test_seeks_one_after_the_other_while_paused(kit: Kit) -> None:
    kit.open(paused=True)
    for position_ms in (2_000, 80, 2_960, 1_200, 2_800, 2_840, 0, 1_960):
        kit.seek(position_ms)
        assert stands_at(kit, position_ms), (position_ms, kit.number())


def test_seek_while_playing(kit: Kit) -> None:
    kit.open()
    kit.pictures.clear()
    kit.seek(1_800)
    assert kit.engine.state is S.PLAYING
    assert 1_800 <= kit.engine.position_ms < 2_100
    kit.wait(lambda: (kit.number() or 0) >= frame_at(1_900))
    assert frame_at(1_800) in kit.pictures or frame_at(1_840) in kit.pictures
    assert kit.engine.state is S.PLAYING


def test_position_is_the_target_at_once(kit: Kit) -> None:
    kit.open()
    kit.engine.seek(1_500)
    assert kit.engine.position_ms == 1_500


def test_of_rapid_seeks_the_last_counts(kit: Kit) -> None:
    kit.open(paused=True)
    for position_ms in range(0, 2_400, 40):
        kit.engine.seek(position_ms)
        if position_ms % 200 == 0:
            kit.settle()
    kit.engine.seek(1_240)
    kit.wait(lambda: 1_240 in kit.values("seeked"))
    kit.settle()
    assert kit.number() == frame_at(1_240)
    kit.pass_time(300)
    assert kit.number() == frame_at(1_240)
    assert kit.values("seeked").count(1_240) == 1


def test_seek_below_nothing(kit: Kit) -> None:
    kit.open(paused=True, start_ms=1_000)
    kit.seek(-500)
    assert kit.number() == 0
    assert kit.values("seeked") == [0]


def test_pause_during_a_seek(kit: Kit) -> None:
    kit.open()
    kit.engine.seek(1_600)
    kit.engine.pause()
    kit.wait_for("seeked")
    kit.pass_time(300)
    assert kit.engine.state is S.PAUSED
    assert kit.engine.position_ms == 1_600
    assert abs((kit.number() or 0) - frame_at(1_600)) <= 2


def test_play_goes_on_from_where_one_has_sought(kit: Kit) -> None:
    kit.open(paused=True)
    for position_ms in (2_000, 400, 1_000):
        kit.seek(position_ms)
    kit.settle()
    kit.pictures.clear()
    kit.engine.play()
    assert kit.engine.state is S.PLAYING
    kit.wait(lambda: (kit.number() or 0) >= frame_at(1_400))
    assert min(number for number in kit.pictures if number is not None) >= frame_at(1_000) - 1
    assert kit.pictures == sorted(kit.pictures)  # type: ignore[type-var]
    assert kit.engine.position_ms >= 1_300
    assert kit.count("seeked") == 3
    kit.wait_for("ended")


def test_play_before_the_picture_sought_is_there(kit: Kit) -> None:
    kit.open(paused=True)
    kit.engine.seek(1_000)
    kit.engine.play()
    kit.wait_for("seeked")
    kit.wait(lambda: kit.engine.position_ms > 1_300)
    assert kit.values("seeked")[0] in range(1_000, 1_200)
    assert kit.count("seeked") == 1


def test_seek_to_the_end_and_back_again(kit: Kit) -> None:
    kit.open()
    kit.engine.seek(3_000)
    kit.engine.seek(500)
    kit.wait_for("seeked")
    kit.wait(lambda: kit.engine.position_ms > 800)
    assert kit.count("ended") == 0


# The end


@pytest.mark.parametrize("paused", [False, True])
@pytest.mark.parametrize("beyond_ms", [0, 5_000])
def test_seek_to_the_end_ends(kit: Kit, beyond_ms: int, paused: bool) -> None:
    kit.open(paused=paused)
    kit.engine.seek(3_000 + beyond_ms)
    kit.wait_for("ended")
    kit.pass_time(200)
    assert kit.count("ended") == 1
    assert kit.count("seeked") == 0
    assert kit.engine.state is S.ENDED
    assert kit.engine.position_ms == 3_000
    assert (kit.number() or 0) >= frame_at(3_000) - 3


def test_ends_once_with_the_last_picture_held(kit: Kit) -> None:
    kit.open(start_ms=2_200)
    kit.pictures.clear()
    kit.wait_for("ended")
    kit.settle()
    assert kit.pictures[-1] == frame_at(3_000) - 1
    kit.pass_time(400)
    assert kit.count("ended") == 1
    assert kit.states[-1] is S.ENDED
    assert kit.number() == frame_at(3_000) - 1
    assert kit.engine.position_ms == 3_000


def test_the_state_is_ended_before_it_is_said(kit: Kit) -> None:
    states: list[EngineState] = []
    kit.engine.ended.connect(lambda: states.append(kit.engine.state))
    kit.open(start_ms=2_600)
    kit.wait_for("ended")
    assert states == [S.ENDED]


def test_play_after_the_end_starts_over(kit: Kit) -> None:
    kit.open(start_ms=2_700)
    kit.wait_for("ended")
    kit.pictures.clear()
    kit.engine.play()
    kit.wait(lambda: kit.engine.state is S.PLAYING and 200 < kit.engine.position_ms < 2_000)
    assert None not in kit.pictures
    assert kit.pictures[0] in (0, 1)
    assert kit.count("opened") == 1


@pytest.mark.parametrize("paused", [False, True])
def test_seek_after_the_end(kit: Kit, paused: bool) -> None:
    kit.open(paused=paused, start_ms=2_700)
    if paused:
        kit.engine.seek(3_000)
    kit.wait_for("ended")
    kit.seek(1_000)
    assert kit.engine.state is (S.PAUSED if paused else S.PLAYING)
    assert abs((kit.number() or 0) - frame_at(1_000)) <= 1
    assert kit.count("opened") == 1
    if not paused:
        kit.engine.seek(2_800)
        kit.wait_for("ended", 2)


def test_open_in_the_moment_of_the_end(kit: Kit) -> None:
    kit.open("one", start_ms=2_500)
    kit.engine.ended.connect(lambda: kit.engine.open(kit.clips["two"]) if kit.count("opened") == 1 else None)
    kit.pictures.clear()
    kit.wait_for("opened", 2)
    kit.settle()
    assert kit.engine.state is S.PLAYING
    assert None not in kit.pictures
    kit.wait(lambda: kit.engine.position_ms > 100)


# Opened ahead


def test_prepare_then_open(kit: Kit) -> None:
    kit.open("one", start_ms=2_000)
    kit.engine.prepare(kit.clips["two"])
    kit.wait_for("prepared")
    kit.engine.prepare(kit.clips["two"])
    kit.engine.ended.connect(lambda: kit.engine.open(kit.clips["two"]))
    kit.pictures.clear()
    kit.wait_for("opened", 2)
    assert kit.count("prepared") == 1
    kit.wait(lambda: kit.engine.position_ms > 200)
    assert None not in kit.pictures
    last = kit.pictures.index(frame_at(3_000) - 1)
    assert kit.pictures[last + 1] == 0


def test_prepared_and_opened_paused(kit: Kit) -> None:
    kit.engine.prepare(kit.clips["two"], start_ms=1_000)
    kit.wait_for("prepared")
    assert kit.engine.state is S.IDLE
    assert kit.engine.frames.picture(SURFACE) is None
    kit.open("two", start_ms=1_000, paused=True)
    kit.pass_time(200)
    assert kit.engine.state is S.PAUSED
    assert kit.number() == frame_at(1_000)
    kit.engine.play()
    kit.wait_for("ended")


def test_open_before_it_is_prepared(kit: Kit) -> None:
    kit.engine.prepare(kit.clips["two"])
    kit.open("two")
    kit.wait_for("ended")


def test_prepare_one_open_another(kit: Kit) -> None:
    kit.engine.prepare(kit.clips["two"])
    kit.wait_for("prepared")
    kit.open("one")
    kit.engine.prepare(kit.clips["one"])
    kit.engine.prepare(kit.clips["two"], start_ms=400)
    kit.engine.prepare(None)
    kit.pass_time(300)
    assert kit.count("prepared") == 1
    assert kit.values("opened") == [3_000]


def test_preparing_does_not_disturb_what_plays(kit: Kit) -> None:
    kit.open("one")
    kit.engine.prepare(kit.clips["two"])
    kit.wait_for("prepared")
    kit.wait(lambda: kit.engine.position_ms > 500)
    assert kit.count("opened") == 1
    assert kit.engine.duration_ms == 3_000
    assert kit.pictures == sorted(kit.pictures)


def test_failing_to_prepare_is_silent(kit: Kit, missing: MediaSource) -> None:
    fail_when_opened(kit, missing)
    kit.engine.prepare(missing)
    kit.pass_time(300)
    assert kit.said == []
    kit.engine.open(missing)
    kit.wait_for("failed")


# Stopping, failing


def test_stop_clears(kit: Kit) -> None:
    kit.open()
    kit.wait(lambda: kit.number() is not None)
    kit.engine.stop()
    assert kit.engine.state is S.IDLE
    assert kit.engine.frames.picture(SURFACE) is None
    assert kit.engine.frames.shape is None
    assert (kit.engine.position_ms, kit.engine.duration_ms) == (0, 0)
    kit.pass_time(200)
    assert kit.engine.frames.picture(SURFACE) is None
    assert kit.count("ended") == 0
    kit.open("two")


def test_a_missing_file_fails_once(kit: Kit, missing: MediaSource) -> None:
    fail_when_opened(kit, missing)
    kit.engine.open(missing)
    kit.wait_for("failed")
    kit.pass_time(200)
    assert [fact for fact, _value in kit.said] == ["state_changed", "state_changed", "failed"]
    assert kit.engine.state is S.FAILED
    sentence = str(kit.values("failed")[0])
    assert sentence.endswith(".")
    assert "gone.mp4" not in sentence
    kit.engine.play()
    kit.engine.seek(100)
    kit.pass_time(100)
    assert kit.engine.state is S.FAILED
    kit.open("one")


def test_a_failure_leaves_the_held_picture(kit: Kit, missing: MediaSource) -> None:
    fail_when_opened(kit, missing)
    kit.open("one", start_ms=2_600)
    kit.wait_for("ended")
    kit.engine.open(missing)
    kit.wait_for("failed")
    assert kit.number() == frame_at(3_000) - 1


# Sound only


def test_sound_only(kit: Kit) -> None:
    kit.open("one", start_ms=2_600)
    kit.wait_for("ended")
    kit.open("sound")
    kit.settle()
    assert kit.number() is None
    kit.wait(lambda: kit.engine.position_ms > 300)
    kit.seek(2_500)
    assert 2_500 <= kit.engine.position_ms < 2_900
    kit.wait_for("ended", 2)
    assert kit.engine.position_ms == 3_000
    kit.seek(1_000)
    assert kit.engine.state is S.PLAYING


def test_sound_only_paused_and_prepared(kit: Kit) -> None:
    kit.engine.prepare(kit.clips["sound"])
    kit.wait_for("prepared")
    kit.open("sound", paused=True)
    kit.seek(1_000)
    kit.pass_time(200)
    assert (kit.engine.state, kit.engine.position_ms) == (S.PAUSED, 1_000)
    kit.engine.play()
    kit.wait(lambda: kit.engine.position_ms > 1_200)


# Surfaces


def test_every_surface_gets_its_size(kit: Kit) -> None:
    frames = kit.engine.frames
    frames.add_surface("small", 100, 100)
    kit.open(paused=True)
    kit.wait(lambda: frames.picture("small") is not None)
    small, full = frames.picture("small"), frames.picture(SURFACE)
    assert small is not None
    assert full is not None
    assert (small.width, small.height) == (100, 56)
    assert (full.width, full.height) == (320, 180)
    assert small.serial == full.serial
    assert frames.shape == (320, 180)


def test_a_held_picture_follows_the_surface(kit: Kit) -> None:
    frames = kit.engine.frames
    kit.open(paused=True, start_ms=1_000)
    kit.settle()
    frames.add_surface(SURFACE, 640, 400)
    kit.wait(lambda: (picture := frames.picture(SURFACE)) is not None and picture.width == 640)
    assert kit.number() == frame_at(1_000)
    frames.add_surface("late", 160, 90)
    kit.wait(lambda: (picture := frames.picture("late")) is not None and picture.height == 90)
    frames.remove_surface(SURFACE)
    assert frames.picture(SURFACE) is None


def test_a_picture_stays_valid_while_it_is_kept(kit: Kit) -> None:
    kit.open()
    kit.wait(lambda: kit.number() is not None)
    kept = kit.engine.frames.picture(SURFACE)
    assert kept is not None
    copy = bytes(kept.data)
    kit.pass_time(500)
    kit.engine.stop()
    assert bytes(kept.data) == copy


def test_pictures_are_counted(kit: Kit) -> None:
    kit.open()
    kit.wait_for("ended")
    shown = kit.engine.statistics.frames_shown
    assert frame_at(3_000) * 0.8 <= shown <= frame_at(3_000)
    assert shown + kit.engine.statistics.frames_late <= frame_at(3_000)


# Rough handling


def test_a_storm_of_commands(kit: Kit) -> None:
    engine = kit.engine
    for turn in range(12):
        engine.open(kit.clips["one" if turn % 2 else "two"], start_ms=turn * 50, paused=turn % 3 == 0)
        engine.seek(turn * 100)
        engine.prepare(kit.clips["two"], start_ms=turn % 4 * 100)
        engine.play()
        engine.set_rate(1.0 + turn % 2)
        if turn % 4 == 1:
            kit.pass_time(60)
        engine.pause()
        engine.seek(3_000 if turn % 5 == 4 else 700)
        if turn % 6 == 5:
            engine.stop()
    engine.set_rate(1.0)
    kit.said.clear()
    kit.open("one")
    kit.wait(lambda: kit.engine.position_ms > 300)
    assert kit.engine.state is S.PLAYING


@pytest.mark.parametrize(
    "moment", ["opening", "playing", "seeking", "preparing", "prepared", "paused", "ended", "failed"]
)
def test_shutdown_at_any_moment(kit: Kit, moment: str, missing: MediaSource) -> None:
    engine = kit.engine
    fail_when_opened(kit, missing)
    if moment == "opening":
        engine.open(kit.clips["one"])
    elif moment == "failed":
        engine.open(missing)
        kit.wait_for("failed")
    else:
        kit.open("one", start_ms=2_800 if moment == "ended" else 0)
    if moment == "seeking":
        engine.seek(2_000)
    elif moment == "paused":
        engine.pause()
    elif moment.startswith("prepar"):
        engine.prepare(kit.clips["two"])
    if moment in ("prepared", "ended"):
        kit.wait_for(moment)
    said = list(kit.said)
    engine.shutdown()
    kit.settle()
    assert kit.said == said
    engine.shutdown()
