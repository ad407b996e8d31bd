# SPDX-License-Identifier: GPL-3.0-or-later
"""What the user decided when looking through an import, and rescans that read only what has changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from player.domain import planning
from player.domain.plan import ImportReport
from player.domain.planning import base_of
from player.domain.vocabulary import Vocabulary
from player.domain.wishes import wishes_of
from player.importing.plan import build_plan
from player.importing.vocabulary import load_vocabulary
from player.library import Library
from player.resources import resource_path
from tests.media import make_clip


class Shelf:
    """Two folders of real clips and the library they are in."""

    def __init__(self, root: Path, library: Library, words: Vocabulary) -> None:
        self.root, self.library, self.words = root, library, words

    def clip(self, name: str, shade: int) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        make_clip(path, seconds=1, colours=((shade, 90, 60),))

    def rescan(self, *, automatic: bool = True) -> ImportReport:
        memory = self.library.memory()
        plan = build_plan([self.root], memory=memory, vocabulary=self.words, workers=1, automatic=automatic)
        return self.library.apply(plan)

    def titles(self) -> dict[str, list[str]]:
        return {
            series.title: [one.title for one in self.library.classes(series.id)]
            for series in self.library.series_list()
        }


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    library = Library.open(tmp_path / "library.sqlite")
    made = Shelf(tmp_path / "videos", library, load_vocabulary(resource_path("vocabulary")))
    for number in (1, 2, 3):
        made.clip(f"Back/{number} Back {['one', 'two', 'three'][number - 1]}.mp4", 20 * number)
        made.clip(f"Hips/{number} Hip {['one', 'two', 'three'][number - 1]}.mp4", 20 * number + 100)
    yield made
    library.close()


def look_through(shelf: Shelf) -> None:
    """Hips become part of Back, the second class of Back is left out, the third is renamed and put first."""
    found = build_plan([shelf.root], known={}, vocabulary=shelf.words, workers=1)
    begin = base_of(found, {}).plan
    plan = planning.merge_series(begin, 1, 0)
    plan = planning.leave_out_classes(plan, 0, {1})
    plan = planning.retitle_class(plan, 0, 1, "Wide ribs")
    plan = planning.move_classes(plan, 0, {1}, -1)
    shelf.library.accept(found, wishes_of(begin, plan))


LOOKED_THROUGH = {"Back": ["Wide ribs", "Back one", "Hip one", "Hip two", "Hip three"]}


def test_nothing_changed_changes_nothing(shelf: Shelf) -> None:
    look_through(shelf)
    assert shelf.titles() == LOOKED_THROUGH
    for automatic in (True, False, True):
        report = shelf.rescan(automatic=automatic)
        assert (report.added, report.updated, report.relinked, report.missing) == (0, 0, 0, 0)
        assert shelf.titles() == LOOKED_THROUGH


def test_new_classes_come_in_and_the_rest_stays(shelf: Shelf) -> None:
    look_through(shelf)
    shelf.rescan()
    shelf.clip("Hips/4 Hip four.mp4", 250)
    shelf.clip("Back/4 Back four.mp4", 240)
    assert shelf.rescan().added == 2
    assert len(shelf.titles()) == 1
    titles = shelf.titles()["Back"]
    assert [title for title in titles if "four" not in title] == LOOKED_THROUGH["Back"]
    assert shelf.rescan().added == 0
    assert shelf.titles()["Back"] == titles


def test_a_moved_folder_keeps_what_was_decided(shelf: Shelf) -> None:
    look_through(shelf)
    shelf.rescan()
    (shelf.root / "Hips").rename(shelf.root / "Bonus")
    (shelf.root / "Back" / "2 Back two.mp4").rename(shelf.root / "Back" / "7 Back seven.mp4")
    shelf.rescan()
    assert shelf.titles() == LOOKED_THROUGH
