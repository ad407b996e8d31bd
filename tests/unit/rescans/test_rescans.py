# SPDX-License-Identifier: GPL-3.0-or-later
"""Rescans read only what has changed, and come to the same library as reading everything: real files, real library."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from player.domain.errors import Cancelled
from player.domain.models import ClassState, ClassVideo
from player.domain.plan import ImportPlan, ImportReport, ProblemReason
from player.domain.progress import CancelToken
from player.domain.wishes import Wishes
from player.importing.plan import build_plan
from player.importing.scan import Scan
from player.importing.vocabulary import load_vocabulary
from player.importing.workers import Job, WorkerPool
from player.library import Library
from player.resources import resource_path
from tests.media import make_clip

VOCABULARY = load_vocabulary(resource_path("vocabulary"))
WALKS = 5
STEPS = 12


@pytest.fixture(scope="module")
def pool(clips: list[Path]) -> Iterator[WorkerPool]:
    with WorkerPool(1) as pool:
        list(pool.run([Job(clips[0], {"do": "probe", "path": str(clips[0])})]))  # it begins its threads here
        yield pool


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("clips")
    return [make_clip(folder / f"{n}.mp4", seconds=1, size=(64, 36), tags={"comment": str(n)}) for n in range(12)]


class Shelf:
    """Folders of classes and a library of them."""

    def __init__(self, home: Path, pool: WorkerPool, name: str = "library") -> None:
        self.videos = home / "videos"
        self.library = Library.open(home / f"{name}.sqlite")
        self.pool = pool
        self.plan: ImportPlan

    def scan(self, *roots: Path, whole: bool = False, automatic: bool = False) -> ImportReport:
        library = self.library
        how: dict[str, Any] = {"known": library.known_files()} if whole else {"memory": library.memory()}
        self.plan = build_plan(
            roots or (self.videos,), vocabulary=VOCABULARY, pool=self.pool, automatic=automatic, **how
        )
        return library.apply(self.plan)

    def classes(self) -> list[ClassVideo]:
        return [one for series in self.library.series_list() for one in self.library.classes(series.id)]

    def content(self) -> list[tuple[object, ...]]:
        """All that a person sees of the library, without ids."""
        return [
            (
                (series.title, series.description, series.sections),
                [
                    (
                        *(one.identity, one.path, one.section, one.number, one.title, one.state, one.description),
                        *(one.phases, one.props, one.focus, one.captions, tuple(sorted(one.sources.items()))),
                    )
                    for one in self.library.classes(series.id)
                ],
            )
            for series in self.library.series_list()
        ]


@pytest.fixture
def shelf(tmp_path: Path, pool: WorkerPool) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path, pool)
    yield shelf
    shelf.library.close()


@pytest.fixture
def two_series(shelf: Shelf, clips: list[Path]) -> Shelf:
    for number in range(3):
        put(clips[number], shelf.videos / "Back Care" / f"{number + 1}. Class about backs.mp4")
        put(clips[number + 3], shelf.videos / "Hip Care" / f"{number + 1}. Class about hips.mp4")
    (shelf.videos / "Back Care" / "1. Class about backs.nfo").write_text("<movie><title>Soft</title></movie>")
    shelf.scan()
    return shelf


def put(source: Path, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)
    return target


def counts(report: ImportReport) -> tuple[int, int, int, int, int]:
    return (report.added, report.updated, report.unchanged, report.missing, report.relinked)


def test_nothing_changed_nothing_read_or_written(two_series: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Scan, "folder", lambda *_: pytest.fail("a folder that has not changed was read"))
    monkeypatch.setattr(type(two_series.library._database), "write", lambda _: pytest.fail("something was written"))
    assert counts(two_series.scan()) == (0, 0, 6, 0, 0)
    assert counts(two_series.scan(automatic=True)) == (0, 0, 6, 0, 0)


def test_only_the_series_that_changed_is_read(two_series: Shelf, clips: list[Path]) -> None:
    put(clips[8], two_series.videos / "Hip Care" / "4. Class about hips.mp4")
    assert counts(two_series.scan()) == (1, 0, 6, 0, 0)
    assert [series.title for series in two_series.plan.series] == ["Hip Care"]
    assert counts(two_series.scan()) == (0, 0, 7, 0, 0)
    assert two_series.plan.series == ()


def test_a_sidecar_alone(two_series: Shelf) -> None:
    sidecar = two_series.videos / "Back Care" / "1. Class about backs.nfo"
    sidecar.write_text("<movie><title>Softer now</title></movie>")
    assert counts(two_series.scan()) == (0, 1, 5, 0, 0)
    assert "Softer now" in [one.title for one in two_series.classes()]
    sidecar.unlink()
    assert counts(two_series.scan()) == (0, 1, 5, 0, 0)
    assert "Softer now" not in [one.title for one in two_series.classes()]


def test_a_picture_named_by_series_toml_in_a_folder_of_its_own(two_series: Shelf) -> None:
    folder = two_series.videos / "Back Care"
    (folder / "series.toml").write_text('format = 1\n[series]\ntitle = "Back"\nposter = "art/front.png"\n')
    assert [one.reason for one in two_series.scan().problems] == [ProblemReason.SIDECAR]
    assert [one.reason for one in two_series.scan().problems] == [ProblemReason.SIDECAR]
    assert two_series.plan.series == ()
    (folder / "art").mkdir()
    (folder / "art" / "front.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    two_series.scan()
    assert two_series.plan.problems == ()


def test_a_file_that_was_missing_and_is_back(two_series: Shelf, tmp_path: Path) -> None:
    path, aside = two_series.videos / "Hip Care" / "2. Class about hips.mp4", tmp_path / "aside"
    path.rename(aside)
    assert counts(two_series.scan()) == (0, 0, 5, 1, 0)
    assert counts(two_series.scan()) == (0, 0, 5, 1, 0)
    assert two_series.plan.series == ()
    aside.rename(path)
    assert counts(two_series.scan()) == (0, 0, 5, 0, 1)
    assert {one.state for one in two_series.classes()} == {ClassState.READY}


def test_missed_by_a_look_and_found_by_the_next(two_series: Shelf, tmp_path: Path) -> None:
    """What a look at the files has noted counts too: the stamps alone do not say that all is well."""
    aside = tmp_path / "aside"
    two_series.videos.rename(aside)
    assert two_series.library.refresh_states() == 6
    aside.rename(two_series.videos)
    assert counts(two_series.scan()) == (0, 0, 0, 0, 6)
    assert {one.state for one in two_series.classes()} == {ClassState.READY}
    assert counts(two_series.scan()) == (0, 0, 6, 0, 0)


def test_a_drive_that_goes_and_comes_back_is_not_read_again(
    two_series: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aside = tmp_path / "aside"
    two_series.videos.rename(aside)
    assert two_series.library.refresh_states() == 6
    assert "drive" in two_series.classes()[0].state_reason
    aside.rename(two_series.videos)
    assert two_series.library.refresh_states() == 6
    monkeypatch.setattr(Scan, "folder", lambda *_: pytest.fail("a folder that has not changed was read"))
    assert counts(two_series.scan()) == (0, 0, 6, 0, 0)


def test_an_edit_stays_and_costs_nothing(two_series: Shelf) -> None:
    one = two_series.classes()[0]
    two_series.library.edit_class(one.id, title="Mine")
    assert counts(two_series.scan()) == (0, 0, 6, 0, 0)
    assert two_series.library.class_video(one.id).title == "Mine"


def test_a_removed_series_comes_back_only_on_purpose(two_series: Shelf, clips: list[Path]) -> None:
    back, hips = two_series.library.series_list()
    two_series.library.remove_series(back.id)
    put(clips[8], two_series.videos / "Back Care" / "4. Class about backs.mp4")
    put(clips[9], two_series.videos / "Hip Care" / "4. Class about hips.mp4")
    for added in (1, 0):
        assert two_series.scan(automatic=True).added == added
        assert [series.title for series in two_series.library.series_list()] == [hips.title]
    (two_series.videos / "Back Care").rename(two_series.videos / "Care of the Back")
    two_series.scan(automatic=True)
    assert [series.title for series in two_series.library.series_list()] == [hips.title]
    two_series.scan()
    assert [(series.title, series.classes) for series in two_series.library.series_list()] == [
        ("Care of the Back", 4), ("Hip Care", 4),
    ]  # fmt: skip


def test_damaged_files_are_tried_again_only_when_they_change(two_series: Shelf, clips: list[Path]) -> None:
    path = two_series.videos / "Hip Care" / "4. Class about hips.mp4"
    path.write_bytes(clips[8].read_bytes()[:700])
    (problem,) = two_series.scan().problems
    assert (problem.path, problem.reason) == (path, ProblemReason.DAMAGED)
    assert two_series.scan().problems == (problem,)
    assert two_series.plan.series == ()
    put(clips[8], path)
    report = two_series.scan()
    assert (report.problems, report.added + report.updated) == ((), 1)


def test_a_class_that_could_not_be_played_is_looked_at_again(two_series: Shelf) -> None:
    one = two_series.classes()[0]
    two_series.library.set_class_state(one.id, ClassState.DAMAGED, "It cannot be played.")
    assert counts(two_series.scan()) == (0, 1, 5, 0, 0)
    assert two_series.library.class_video(one.id).state is ClassState.READY


def test_a_copy_takes_over_when_the_first_goes(two_series: Shelf) -> None:
    first = two_series.videos / "Back Care" / "2. Class about backs.mp4"
    put(first, two_series.videos / "Hip Care" / "4. A copy of two.mp4")
    two_series.scan()
    (one,) = [one for one in two_series.classes() if one.path == first]
    assert two_series.scan().unchanged == 6
    first.unlink()
    two_series.scan()
    assert {series.folder.name for series in two_series.plan.series} == {"Back Care", "Hip Care"}
    now = two_series.library.class_video(one.id)
    assert (now.series_title, now.path.name) == ("Hip Care", "4. A copy of two.mp4")


def test_a_root_within_another(two_series: Shelf, clips: list[Path]) -> None:
    inner = two_series.videos / "Hip Care"
    assert two_series.scan(inner).unchanged == 3
    assert two_series.scan(inner, two_series.videos).unchanged == 6
    put(clips[8], inner / "4. Class about hips.mp4")
    assert counts(two_series.scan(inner)) == (1, 0, 3, 0, 0)
    assert counts(two_series.scan()) == (0, 0, 7, 0, 0)
    assert counts(two_series.scan()) == (0, 0, 7, 0, 0)
    assert two_series.plan.series == ()


def test_single_files_by_name(two_series: Shelf, clips: list[Path]) -> None:
    sample = put(clips[8], two_series.videos / "Hip Care" / "sample.mp4")
    assert two_series.scan().left_out[0].path == sample
    assert two_series.scan().left_out[0].path == sample
    assert counts(two_series.scan(sample)) == (1, 0, 0, 0, 0)
    assert two_series.scan().missing == 0
    assert len(two_series.classes()) == 7


def test_a_class_taken_away_by_another_import_and_put_back(two_series: Shelf, tmp_path: Path) -> None:
    """The folder is then as it was, but the library is not."""
    path, other = two_series.videos / "Hip Care" / "2. Class about hips.mp4", tmp_path / "Elsewhere" / "7. Hips.mp4"
    before = two_series.content()
    other.parent.mkdir()
    path.rename(other)
    assert two_series.scan(other.parent).relinked == 1
    other.rename(path)
    assert two_series.scan().relinked == 1
    assert two_series.content() == before


def test_everything_afresh_is_remembered_too(two_series: Shelf) -> None:
    library = two_series.library
    plan = build_plan(
        [two_series.videos],
        known=library.known_files(),
        memory=library.memory(),
        afresh=True,
        vocabulary=VOCABULARY,
        pool=two_series.pool,
    )
    assert len(plan.series) == 2
    assert library.accept(plan, Wishes()).unchanged == 6
    two_series.scan()
    assert two_series.plan.series == ()


def test_an_import_that_was_stopped_is_made_up_for(
    two_series: Shelf, clips: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Batches that are in stay in, and no stamp says that the rest is."""
    monkeypatch.setattr("player.library.applying.BATCH", 1)
    for number in range(6, 10):
        put(clips[number], two_series.videos / "Hip Care" / f"{number}. Class about hips.mp4")
    library, token = two_series.library, CancelToken()
    plan = build_plan([two_series.videos], memory=library.memory(), vocabulary=VOCABULARY, pool=two_series.pool)
    with pytest.raises(Cancelled):
        library.apply(plan, progress=lambda progress: token.cancel() if progress.done > 2 else None, cancel=token)
    assert 0 < two_series.scan().added < 4
    assert len(two_series.classes()) == 10
    assert two_series.scan().unchanged == 10
    assert two_series.plan.series == ()


def test_new_rules_read_everything_anew(two_series: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("player.importing.stamp.RULES", 1_000)
    two_series.scan()
    assert len(two_series.plan.series) == 2
    two_series.scan()
    assert two_series.plan.series == ()


@pytest.mark.parametrize("seed", range(WALKS))
def test_random_walks_come_to_the_same_library(tmp_path: Path, pool: WorkerPool, clips: list[Path], seed: int) -> None:
    """Two libraries follow the same files; one reads everything each time."""
    dice = random.Random(seed)
    quick, slow = Shelf(tmp_path, pool, "quick"), Shelf(tmp_path, pool, "slow")
    walk = Walk(quick.videos, clips, dice)
    try:
        for _ in range(STEPS):
            done = [walk.step() for _ in range(dice.randint(0, 2))]
            roots = dice.choice([(), (), (quick.videos / "Back Care",), (quick.videos / "Back Care", quick.videos)])
            if any(not root.is_dir() for root in roots):
                roots = ()
            if dice.random() < 0.2:
                for shelf in (quick, slow):
                    shelf.library.refresh_states()
            if dice.random() < 0.2 and (series := quick.library.series_list()):
                title = dice.choice(series).title
                for shelf in (quick, slow):
                    shelf.library.remove_series(shelf.library.find_series(title).id)
            first, second = quick.scan(*roots), slow.scan(*roots, whole=True)
            assert quick.content() == slow.content(), done
            assert counts(first)[3] == counts(second)[3], done
            assert first.problems == second.problems, done
            assert counts(quick.scan()) == counts(slow.scan(whole=True)), done
            assert quick.content() == slow.content(), done
    finally:
        quick.library.close()
        slow.library.close()


class Walk:
    """Changes files at random."""

    SERIES = ("Back Care", "Hip Care", "Long Course/Week 1", "Long Course/Week 2", "")

    def __init__(self, videos: Path, clips: list[Path], dice: random.Random) -> None:
        self._videos, self._clips, self._dice = videos, clips, dice
        self._aside = videos.parent / "aside"
        for number, clip in enumerate(clips[:6]):
            put(clip, self._target(number))

    def step(self) -> str:
        steps = (self.add, self.copy, self.move, self.delete, self.replace, self.sidecar, self.damage)
        chosen = self._dice.choice((*steps, self.put_aside, self.rename_folder, self.noise))
        chosen()
        return chosen.__name__

    def _target(self, number: int) -> Path:
        return self._videos / self._dice.choice(self.SERIES[:4]) / f"{number}. Class about backs.mp4"

    def _free(self) -> Path:
        while (path := self._target(self._dice.randrange(20))).exists():
            pass
        return path

    def _any(self) -> Path | None:
        files = sorted(self._videos.rglob("*.mp4"))
        return self._dice.choice(files) if files else None

    def add(self) -> None:
        put(self._dice.choice(self._clips), self._free())

    def copy(self) -> None:
        if path := self._any():
            put(path, self._free())

    def move(self) -> None:
        if path := self._any():
            target = self._free()
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)

    def delete(self) -> None:
        if path := self._any():
            path.unlink()

    def replace(self) -> None:
        if path := self._any():
            put(self._dice.choice(self._clips), path)

    def damage(self) -> None:
        if path := self._any():
            path.write_bytes(path.read_bytes()[:900])

    def sidecar(self) -> None:
        if path := self._any():
            path.with_suffix(".nfo").write_text(f"<movie><title>Words {self._dice.randrange(99)}</title></movie>")

    def put_aside(self) -> None:
        """A file goes and comes back just as it was."""
        if self._aside.exists():
            target, _nothing = self._back, None
            target.parent.mkdir(parents=True, exist_ok=True)
            self._aside.rename(target)
        elif path := self._any():
            self._back = path
            path.rename(self._aside)

    def rename_folder(self) -> None:
        source, target = self._videos / "Hip Care", self._videos / "Care of Hips"
        if target.exists():
            source, target = target, source
        if source.exists() and not target.exists():
            source.rename(target)

    def noise(self) -> None:
        (self._videos / f"notes {self._dice.randrange(5)}.pdf").write_bytes(os.urandom(8))
