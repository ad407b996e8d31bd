# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever happens to the files, what the user did stays with the content: random histories."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from player.domain.models import ClassId, ClassState, FileIdentity, Phase, PhaseKind, Source
from player.domain.practice import Practice
from player.library import Library
from tests.unit.library.shelf import plan, plan_class, write

FOLDERS = ("Back", "Hips", "Breath")
NUMBERS = st.integers(1, 9)
PICK = st.integers(0, 10_000)


class Histories(RuleBasedStateMachine):
    """Files are moved about; `expected` follows each class by its content."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(prefix="histories-"))
        self.videos = self.home / "videos"
        self.videos.mkdir()
        self.library = Library.open(self.home / "library.sqlite")
        self.expected: dict[ClassId, dict[str, object]] = {}
        self.fresh = 0
        self.scanned = True

    @initialize()
    def begin(self) -> None:
        for number in range(1, 4):
            self._new_file(self.videos / "Back" / f"{number}. Class.mp4")
        self.rescan()

    def _new_file(self, path: Path) -> None:
        self.fresh += 1
        write(path, f"content {self.fresh}")
        self.scanned = False

    def _files(self) -> list[Path]:
        return sorted(self.videos.rglob("*.mp4"))

    def _free(self, folder: str, number: int) -> Path | None:
        path = self.videos / folder / f"{number}. Class.mp4"
        return None if path.exists() else path

    @rule(folder=st.sampled_from(FOLDERS), number=NUMBERS)
    def add(self, folder: str, number: int) -> None:
        if (path := self._free(folder, number)) is not None:
            self._new_file(path)

    @precondition(lambda self: self._files())
    @rule(pick=PICK, folder=st.sampled_from(FOLDERS), number=NUMBERS)
    def move(self, pick: int, folder: str, number: int) -> None:
        files = self._files()
        if (path := self._free(folder, number)) is not None:
            path.parent.mkdir(exist_ok=True)
            files[pick % len(files)].rename(path)
            self.scanned = False

    @precondition(lambda self: self._files())
    @rule(pick=PICK, folder=st.sampled_from(FOLDERS), number=NUMBERS)
    def copy(self, pick: int, folder: str, number: int) -> None:
        files = self._files()
        if (path := self._free(folder, number)) is not None:
            path.parent.mkdir(exist_ok=True)
            shutil.copy(files[pick % len(files)], path)
            self.scanned = False

    @precondition(lambda self: len(self._files()) >= 2)
    @rule(pick=PICK, other=PICK)
    def swap(self, pick: int, other: int) -> None:
        files = self._files()
        one, two = files[pick % len(files)], files[other % len(files)]
        if one != two:
            aside = self.home / "aside"
            one.rename(aside)
            two.rename(one)
            aside.rename(two)
            self.scanned = False

    @precondition(lambda self: self.scanned and self._files())
    @rule(pick=PICK)
    def replace_and_rescan(self, pick: int) -> None:
        """New content at the same path, seen before anything else happens, is the same class."""
        files = self._files()
        path = files[pick % len(files)]
        before = self._class_at(path)
        copies = sum(plan_class(file).identity == before.identity for file in files) > 1
        self._new_file(path)
        self.rescan()
        after = self._class_at(path)
        assert (after.id == before.id) is not copies

    @precondition(lambda self: self._files())
    @rule(pick=PICK)
    def delete(self, pick: int) -> None:
        files = self._files()
        files[pick % len(files)].unlink()
        self.scanned = False

    @rule(folder=st.sampled_from(FOLDERS), to=st.sampled_from(("Back (new)", "Hips (new)")))
    def rename_folder(self, folder: str, to: str) -> None:
        source, target = self.videos / folder, self.videos / to
        if source.is_dir() and not target.exists():
            source.rename(target)
            self.scanned = False

    @rule()
    def rescan(self) -> None:
        self.library.apply(plan(self.videos, known=self.library.known_files()))
        again = self.library.apply(plan(self.videos))
        assert (again.added, again.updated, again.relinked) == (0, 0, 0)
        self.scanned = True
        for one in self._classes():
            self.expected.setdefault(one.id, {})

    @precondition(lambda self: self._classes())
    @rule(pick=PICK, position_ms=st.integers(1, 590_000))
    def practise(self, pick: int, position_ms: int) -> None:
        classes = self._classes()
        one = classes[pick % len(classes)]
        self.library.save_position(one.id, position_ms)
        self.library.save_practice(Practice(one.id, datetime.now(UTC), position_ms, {0: position_ms}), None)
        mine = self.expected[one.id]
        mine["position"] = position_ms
        mine["practices"] = int(str(mine.get("practices", 0))) + 1

    @precondition(lambda self: self._classes())
    @rule(pick=PICK, title=st.text(min_size=1, max_size=5))
    def edit(self, pick: int, title: str) -> None:
        classes = self._classes()
        one = classes[pick % len(classes)]
        self.library.edit_class(one.id, title=title)
        self.expected[one.id]["title"] = title

    @precondition(lambda self: self._classes())
    @rule(pick=PICK, favourite=st.booleans())
    def favour(self, pick: int, favourite: bool) -> None:
        classes = self._classes()
        one = classes[pick % len(classes)]
        self.library.set_favourite(one.id, favourite)
        self.expected[one.id]["favourite"] = favourite

    @precondition(lambda self: self._classes())
    @rule(pick=PICK, boundary_ms=st.integers(1_000, 500_000))
    def mark_phases(self, pick: int, boundary_ms: int) -> None:
        classes = self._classes()
        one = classes[pick % len(classes)]
        phases = (
            Phase(PhaseKind.BREATH, "Ribs", 0, boundary_ms, Source.USER),
            Phase(PhaseKind.REST, "Rest", boundary_ms, one.duration_ms, Source.USER),
        )
        self.library.edit_class(one.id, phases=phases)
        self.expected[one.id]["phases"] = phases

    @rule()
    def unplug_and_plug_in(self) -> None:
        """The drive goes, is missed by a look and by a rescan, and comes back as it was."""
        elsewhere = self.home / "drive"
        states = {one.id: one.state for one in self._classes()}
        self.videos.rename(elsewhere)
        self.library.refresh_states()
        assert all(one.state is not ClassState.READY for one in self._classes())
        self.library.apply(plan(self.videos, known=self.library.known_files()))
        elsewhere.rename(self.videos)
        self.library.refresh_states()
        if self.scanned:
            assert {one.id: one.state for one in self._classes()} == states

    def _classes(self):  # type: ignore[no-untyped-def]
        return [one for series in self.library.series_list() for one in self.library.classes(series.id)]

    def _class_at(self, path: Path):  # type: ignore[no-untyped-def]
        identity = plan_class(path).identity
        (found,) = [one for one in self._classes() if one.identity == identity]
        return found

    @invariant()
    def nothing_the_user_did_is_lost(self) -> None:
        for class_id, expected in self.expected.items():
            one = self.library.class_video(class_id)
            assert one.progress.position_ms == expected.get("position", 0)
            assert len(self.library.practices(class_id)) == expected.get("practices", 0)
            if "title" in expected:
                assert one.title == expected["title"]
            assert one.progress.favourite is expected.get("favourite", False)
            if "phases" in expected:
                assert one.phases == expected["phases"]

    @invariant()
    def after_a_rescan_the_library_shows_the_files(self) -> None:
        if not self.scanned:
            return
        on_disk: dict[FileIdentity, set[Path]] = {}
        for path in self._files():
            on_disk.setdefault(plan_class(path).identity, set()).add(path)
        ready = {one.identity: one for one in self._classes() if one.state is ClassState.READY}
        assert ready.keys() == on_disk.keys()
        assert all(ready[identity].path in paths for identity, paths in on_disk.items())
        assert all(one.path.parent.name == one.series_title for one in ready.values())

    def teardown(self) -> None:
        assert self.library.check().ok
        self.library.close()
        shutil.rmtree(self.home)


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=8, stateful_step_count=18, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True
)
