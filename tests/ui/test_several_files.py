# SPDX-License-Identifier: GPL-3.0-or-later
"""Classes in several files while an import is looked through: joined or kept apart, and nothing else is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.domain.planning import carried_over, rename_series
from player.domain.together import key_of_class, offer_for
from player.domain.vocabulary import Vocabulary
from player.domain.wishes import wishes_of
from player.library import Library
from player.tasks.lane import Lane
from player.ui.importer import Found, Importer
from tests.media import make_clip

CHAPTERS = ("Arrive", "Diaphragm release", "Breath", "Final rest")


@pytest.fixture
def importer(qtbot: QtBot, library: Library, vocabulary: Vocabulary) -> Iterator[Importer]:
    lane = Lane("import")
    yield Importer(library, lane, vocabulary)
    assert lane.close()


def test_joined_while_looking_through(importer: Importer, library: Library, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "Class 7 - Neck"
    folder.mkdir()
    for number, title in enumerate(CHAPTERS, 1):
        make_clip(folder / f"{number} {title}.mp4", seconds=number, size=(64, 36))
    seen: list[Found] = []
    importer.found.connect(seen.append)
    importer.look([folder])
    qtbot.waitUntil(lambda: len(seen) == 1, timeout=30_000)
    found = seen[0]
    offer = offer_for(found.plan.series, found.plan.series[0].classes[2])
    assert offer is not None
    edited = rename_series(found.base.begin, 0, "My necks")

    importer.look_again(found, {offer.key: True})
    qtbot.waitUntil(lambda: len(seen) == 2, timeout=30_000)
    again = seen[1]
    assert again.instead_of is found
    plan = carried_over(again.base, wishes_of(found.base.plan, edited))
    assert [series.title for series in plan.series] == ["My necks"]
    (planned,) = plan.series[0].classes
    assert [phase.title for phase in planned.phases] == list(CHAPTERS)
    assert key_of_class(planned) == offer.key
    assert library.series_list() == ()

    with qtbot.waitSignal(importer.finished, timeout=30_000):
        importer.accept(again, wishes_of(again.base.plan, plan))
    (series,) = library.series_list()
    assert (series.title, series.classes) == ("My necks", 1)
    assert library.memory().together() == {offer.key: True}
