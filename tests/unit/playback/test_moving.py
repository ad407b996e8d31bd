# SPDX-License-Identifier: GPL-3.0-or-later
"""Getting around in a class: loops with ends of their own, the count-in, single pictures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.domain.playing import Loop, PlayerState
from player.playback.engine import EngineState
from tests.unit.playback.player import MINUTE, Player


@pytest.fixture
def player(qtbot: QtBot, tmp_path: Path) -> Iterator[Player]:
    player = Player(qtbot, tmp_path)
    yield player
    player.close()


def at(player: Player, position_ms: int) -> None:
    player.controller.seek(position_ms)
    player.engine.advance(0)


def pass_ms(player: Player, ms: int) -> None:
    """Let playing go on, in steps as short as the controller looks."""
    for _ in range(ms // 200):
        player.engine.advance(200)
        player.controller._stage._tick()
    player.engine.advance(0)


def test_one_key_sets_start_then_end_then_clears(player: Player) -> None:
    player.play()
    told: list[tuple[Loop | None, int | None]] = []
    c = player.controller
    c.loop_changed.connect(lambda: told.append((c.loop, c.loop_start_ms)))
    at(player, 10_000)
    c.mark_loop()
    assert (c.loop, c.loop_start_ms) == (None, 10_000)
    player.advance_to(14_000)
    c.mark_loop()
    player.engine.advance(0)
    assert (c.loop, c.position_ms) == (Loop(10_000, 14_000), 10_000)
    pass_ms(player, 4000)
    assert player.engine.position_ms == 10_000
    assert c.state is PlayerState.PLAYING
    c.mark_loop()
    assert (c.loop, c.loop_start_ms) == (None, None)
    player.advance_to(15_000)
    assert c.position_ms == 15_000
    assert told == [(None, 10_000), (Loop(10_000, 14_000), None), (None, None)]


def test_an_end_before_the_start_changes_them_and_a_loop_has_a_shortest_length(player: Player) -> None:
    player.play()
    c = player.controller
    at(player, 50_000)
    c.mark_loop()
    at(player, 40_000)
    c.mark_loop()
    assert c.loop == Loop(40_000, 50_000)
    assert c.position_ms == 40_000
    c.mark_loop()
    c.mark_loop()
    c.mark_loop()
    assert c.loop == Loop(40_000, 40_500)


def test_the_ends_of_a_loop_can_be_moved(player: Player) -> None:
    player.play()
    c = player.controller
    at(player, 65_000)
    c.end_loop_here()
    assert c.loop == Loop(MINUTE, 65_000)  # from the start of the running phase
    at(player, 62_000)
    c.start_loop_here()
    assert c.loop == Loop(62_000, 65_000)
    c.set_loop(63_000, 70_000)
    player.engine.advance(0)
    assert c.position_ms == 63_000  # the place was outside
    c.set_loop(-5, 10 * MINUTE)
    assert c.loop == Loop(0, 3 * MINUTE)
    assert c.position_ms == 63_000


def test_a_seek_out_of_the_loop_ends_it_and_another_class_knows_none(player: Player) -> None:
    player.play()
    c = player.controller
    c.set_loop(0, 20_000)
    at(player, 30_000)
    assert c.loop is None
    c.mark_loop()
    player.play(2)
    assert c.loop_start_ms is None


def test_what_repeats_tells_whether_it_is_the_phase(player: Player) -> None:
    player.play()
    c = player.controller
    c.loop_phase()
    assert c.loops_phase
    c.set_loop(1000, MINUTE)
    assert not c.loops_phase
    c.loop_phase()
    assert c.loop is None


def test_a_loop_to_the_end_of_the_class_repeats(player: Player) -> None:
    player.play()
    player.controller.set_loop(2 * MINUTE, 3 * MINUTE)
    player.engine.advance(0)
    pass_ms(player, MINUTE)
    assert player.controller.state is PlayerState.PLAYING
    assert player.engine.position_ms == 2 * MINUTE


@pytest.fixture
def counting(player: Player) -> Player:
    """A repeat that waits to begin."""
    player.play()
    player.controller.set_count_in_ms(300)
    player.controller.set_loop(0, 5000)
    pass_ms(player, 5000)
    assert player.controller.count_in_left_ms == 300
    return player


def test_a_repeat_waits_for_its_count_in_and_is_not_paused(counting: Player) -> None:
    c = counting.controller
    assert counting.engine.state is EngineState.PAUSED
    assert c.state is PlayerState.PLAYING
    assert c.position_ms == 0
    counting.wait(lambda: c.count_in_left_ms is None)
    assert counting.engine.state is EngineState.PLAYING
    assert c.state is PlayerState.PLAYING


def test_a_pause_during_the_count_in_stays(counting: Player) -> None:
    c = counting.controller
    c.pause()
    assert c.state is PlayerState.PAUSED
    counting.qtbot.wait(400)  # longer than the count-in would have run
    assert counting.engine.state is EngineState.PAUSED
    c.play()
    assert c.state is PlayerState.PLAYING
    assert counting.engine.state is EngineState.PLAYING


@pytest.mark.parametrize("what", ["seek", "clear"])
def test_who_goes_elsewhere_waits_no_longer(counting: Player, what: str) -> None:
    c = counting.controller
    if what == "seek":
        at(counting, 2000)
    else:
        c.mark_loop()
    assert c.count_in_left_ms is None
    assert counting.engine.state is EngineState.PLAYING
    assert c.state is PlayerState.PLAYING


def test_leaving_a_class_ends_the_count_in(counting: Player) -> None:
    counting.controller.stop()
    counting.qtbot.wait(400)
    assert counting.engine.state is EngineState.IDLE
    assert counting.controller.state is PlayerState.IDLE


def shown(player: Player) -> int:
    """The time of the picture on show."""
    return player.engine.frames._time_ms  # type: ignore[attr-defined]


def test_single_pictures_are_exact_and_stand_still(player: Player) -> None:
    player.play()
    at(player, 10_010)
    c = player.controller
    for step, expected in ((1, 10_040), (1, 10_080), (-1, 10_040), (-1, 10_000), (-1, 9_960)):
        c.step_frame(step)
        player.engine.advance(0)
        assert (shown(player), c.state) == (expected, PlayerState.PAUSED)
    for _ in range(3):  # faster than the engine answers
        c.step_frame(1)
    player.engine.advance(0)
    assert shown(player) == 10_080


def test_beyond_the_ends_there_is_no_picture(player: Player) -> None:
    player.play()
    c = player.controller
    c.step_frame(-1)
    assert (c.position_ms, c.state) == (0, PlayerState.PAUSED)
    at(player, 3 * MINUTE - 40)
    c.step_frame(1)
    player.engine.advance(0)
    assert (c.position_ms, c.state) == (3 * MINUTE - 40, PlayerState.PAUSED)
    c.seek(3 * MINUTE)
    player.engine.advance(0)
    player.settle()
    before = c.state
    c.step_frame(-1)
    assert c.state is before


def test_a_step_during_the_count_in_pauses(counting: Player) -> None:
    counting.controller.step_frame(1)
    assert counting.controller.state is PlayerState.PAUSED
    assert counting.controller.count_in_left_ms is None
