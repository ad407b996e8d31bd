# SPDX-License-Identifier: GPL-3.0-or-later
"""Which captions are shown, what they say at a time, and that the choice is kept for the series."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.domain.captions import CaptionWords, Cue
from player.domain.models import Caption, ClassVideo
from player.domain.progress import CancelToken
from player.playback.caption_times import CueTimes, Said
from player.playback.captions import Captions, language_name
from player.playback.controller import PlaybackController
from player.tasks.lane import Lane
from tests.unit.playback.player import MINUTE, Player

CUES = (Cue(1000, 3000, "Breathe in."), Cue(4000, 6000, "And out.\nSlowly."), Cue(5000, 7000, "Rest."))


def test_what_is_said_at_a_time() -> None:
    times = CueTimes(reversed(CUES))
    assert times.at(999) is None
    assert times.at(1000) == Said("Breathe in.", 1000, 3000)
    assert times.at(3000) is None
    assert times.at(5500) == Said("And out.\nSlowly.\nRest.", 5000, 6000)
    assert times.at(6500) == Said("Rest.", 5000, 7000)
    assert [times.next_change_ms(at) for at in (0, 1000, 3500, 5500, 6500, 7000)] == [
        1000,
        3000,
        4000,
        6000,
        7000,
        None,
    ]


def test_the_same_words_are_said_once_and_a_flash_stays() -> None:
    times = CueTimes((Cue(0, 1000, "Yes."), Cue(100, 1000, "Yes."), Cue(5000, 5000, "There.")))
    assert times.at(500) == Said("Yes.", 100, 1000)
    assert times.at(6900) == Said("There.", 5000, 7000)


def test_thousands_of_cues_at_once_cost_little() -> None:
    times = CueTimes(Cue(at, 10_000_000, str(at)) for at in range(20_000))
    said = times.at(20_000)
    assert said is not None
    assert said.text.count("\n") == 3


class Shelf:
    """Reads what a test has put there."""

    def __init__(self) -> None:
        self.words: dict[int, CaptionWords | Exception] = {}

    def read(self, video: ClassVideo, index: int, cancel: CancelToken | None = None) -> CaptionWords:
        found = self.words[index]
        if isinstance(found, Exception):
            raise found
        return found


class CaptionedPlayer(Player):
    """Class 1 has German and English captions, the others only English ones of unknown or British kind."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        super().__init__(qtbot, folder)
        self.shelf, self.caption_lane = Shelf(), Lane("captions")
        self.shelf.words = {0: CaptionWords((Cue(0, MINUTE, "Hallo"),)), 1: CaptionWords(CUES)}
        self.captions = Captions(self.shelf, self.caption_lane)
        self.controller.shutdown()
        self.controller = PlaybackController(
            self.engine, self.library, self.lane, file_lane=self.files, settle_ms=300, captions=self.captions
        )
        self.controller.message.connect(self.messages.append)
        look_at = self.library.look_at

        def with_captions(class_id: object) -> ClassVideo:
            video = look_at(class_id)  # type: ignore[arg-type]
            tracks = {1: ("de", "en"), 2: ("de", "en-GB"), 3: ("fr",)}.get(video.number or 0, ())
            return replace(video, captions=tuple(Caption(tag, f"{tag}.srt") for tag in tracks))

        self.library.look_at = with_captions  # type: ignore[method-assign]

    def settle(self) -> None:
        super().settle()
        self.wait(lambda: self.caption_lane.idle)

    def close(self) -> None:
        super().close()
        assert self.caption_lane.close()


@pytest.fixture
def player(qtbot: QtBot, tmp_path: Path) -> Iterator[CaptionedPlayer]:
    player = CaptionedPlayer(qtbot, tmp_path)
    yield player
    player.close()


def said(player: CaptionedPlayer) -> str:
    return player.captions.said.text if player.captions.said else ""


def test_nothing_is_shown_until_it_is_chosen(player: CaptionedPlayer) -> None:
    player.play()
    assert [player.captions.name(index) for index in (0, 1)] == ["German", "English"]
    assert (player.captions.chosen, said(player)) == (None, "")
    chosen = []
    for _ in range(3):
        player.controller.cycle_captions()
        chosen.append(player.captions.chosen)
    assert chosen == [0, 1, None]


def test_words_come_and_go_with_the_class(player: CaptionedPlayer) -> None:
    player.play()
    player.controller.choose_captions(1)
    player.settle()
    told: list[str] = []
    player.captions.said_changed.connect(lambda: told.append(said(player)))
    player.advance_to(4500)
    assert told == ["Breathe in.", "", "And out.\nSlowly."]
    player.controller.seek(2000)
    assert said(player) == "Breathe in."
    player.captions.shift(2500)
    assert said(player) == ""
    player.controller.seek(4000)
    assert player.captions.said == Said("Breathe in.", 3500, 5500)
    player.captions.shift(-200_000)
    assert player.captions.delay_ms == -60_000


def test_words_come_between_two_looks(player: CaptionedPlayer) -> None:
    player.play()
    player.controller.choose_captions(1)
    player.settle()
    player.controller.seek(930)
    player.engine.advance(0)
    player.wait(lambda: said(player) == "Breathe in.")  # the engine's clock stands, the computer's goes on


def test_the_language_is_kept_for_the_series(player: CaptionedPlayer) -> None:
    player.play()
    player.controller.choose_captions(1)
    player.settle()
    assert player.library.series(player.series).preferences.captions == "en"
    player.play(2)
    assert player.captions.chosen == 1  # British English will do
    player.play(3)
    assert player.captions.chosen is None
    player.play(4)
    player.controller.cycle_captions()
    assert player.captions.chosen is None  # there are none
    player.play(1)
    assert player.captions.chosen == 1
    player.controller.choose_captions(None)
    player.settle()
    assert player.library.series(player.series).preferences.captions == ""


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (CaptionWords((), pictures=True), "are pictures, not words"),
        (CaptionWords(), "cannot be read"),
        (OSError("gone"), "cannot be read"),
    ],
)
def test_captions_of_no_use_are_told_in_words(
    player: CaptionedPlayer, found: CaptionWords | Exception, words: str
) -> None:
    player.shelf.words[0] = found
    player.play()
    player.controller.cycle_captions()
    player.settle()
    assert [message.text for message in player.messages] == [f"The captions “German” {words}, so they are not shown."]
    assert player.captions.why_not(0)
    player.controller.choose_captions(None)
    player.controller.cycle_captions()
    assert player.captions.chosen == 1  # left out from now on


def test_names_of_languages() -> None:
    names = [language_name(tag) for tag in ("en", "pt-BR", "zh-Hans", "", "xx-private-thing")]
    assert names[0] == "English"
    assert names[1] == "Portuguese (Brazil)"
    assert names[2].startswith("Chinese")
    assert names[3] == "Captions"
    assert names[4]
