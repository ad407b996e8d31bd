# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills imports at random moments, and looks at the library after each: whole, nothing lost, nothing twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from player.domain.models import ClassVideo
from player.library.library import Library
from tests.e2e.hostile import different
from tests.e2e.program import ROOT
from tests.media import make_clip

SERIES = 5
EACH = 40
IN_USE = 8
"""So many classes of the first series have a history that must outlive every kill."""
_ENDS_S = 20


@dataclass
class Killing:
    """One library that is filled by imports that are killed. `seen` holds every class that has been in it."""

    root: Path
    seen: dict[Path, int] = field(default_factory=dict)

    @property
    def shelf(self) -> Path:
        return self.root / "shelf"

    @property
    def data(self) -> Path:
        return self.root / "data"

    def make_files(self) -> None:
        clip = make_clip(self.root / "clip.mp4", seconds=1, fps=5, size=(64, 36)).read_bytes()
        for series in range(1, SERIES + 1):
            folder = self.shelf / f"Course {chr(64 + series)}"
            folder.mkdir(parents=True)
            for number in range(1, EACH + 1):
                path = folder / f"{number:02d} - Class {chr(64 + series)}{number}.mp4"
                path.write_bytes(different(clip, series * 1000 + number))
                if number % 3 == 0:
                    path.with_suffix(".description").write_text("You need a chair.\n0:00 Arrive\n0:00.5 Rest\n")

    def begin(self, *paths: Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "player", "--data-dir", str(self.data), "import"]
        return subprocess.Popen(
            [*command, *map(str, paths or (self.shelf,))], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )

    def finish(self, *paths: Path) -> float:
        """An import to its end; the seconds it took."""
        begun = time.monotonic()
        process = self.begin(*paths)
        _out, said = process.communicate(timeout=120)
        assert process.returncode == 0, said.decode()
        return time.monotonic() - begun

    def kill_after(self, seconds: float) -> bool:
        """Whether the import was still running when it was killed. Its workers must end by themselves."""
        process = self.begin()
        time.sleep(seconds)  # the moment is the test: there is no condition to wait for
        workers = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
        running = process.poll() is None
        if running:
            os.kill(process.pid, signal.SIGKILL)
        process.communicate(timeout=_ENDS_S)
        _gone, alive = psutil.wait_procs(workers, timeout=_ENDS_S)
        assert not alive, "workers outlive the import"
        return running

    def use(self) -> None:
        """A history for some classes: places, done, favourites, an edited title."""
        with closing(Library.open(self.data / "library.sqlite")) as library:
            for video in sorted(self._all(library), key=lambda video: str(video.path))[:IN_USE]:
                library.save_position(video.id, 400)
                library.set_done(video.id, True)
                library.set_favourite(video.id, True)
                library.edit_class(video.id, title=f"Mine: {video.number}")

    def look(self) -> int:
        """Check the library as it is now, and against what has been in it; the number of its classes."""
        with closing(Library.open(self.data / "library.sqlite")) as library:
            report = library.check()
            assert report.ok, report
            classes = self._all(library)
            titles = Counter(series.title for series in library.series_list())
        paths = Counter(video.path for video in classes)
        assert [path for path, count in paths.items() if count > 1] == []
        assert [title for title, count in titles.items() if count > 1] == []
        now = {video.path: int(video.id) for video in classes if video.path is not None}
        assert self.seen.items() <= now.items(), "a class that was in the library has gone or is another"
        self.seen = now
        used = [video for video in classes if video.title.startswith("Mine: ")]
        assert len(used) in (0, IN_USE)
        return len(classes)

    def look_at_all(self) -> None:
        """After an import that was not disturbed: everything is there, in order, and what was used is as it was."""
        assert self.look() == SERIES * EACH
        with closing(Library.open(self.data / "library.sqlite")) as library:
            for series in library.series_list():
                classes = library.classes(series.id)
                assert [video.number for video in classes] == list(range(1, EACH + 1))
            used = [video for video in self._all(library) if video.title.startswith("Mine: ")]
            assert len(used) == IN_USE
            assert all(video.progress.done and video.progress.favourite for video in used)
        assert not list(self.data.glob("*.tmp"))

    @staticmethod
    def _all(library: Library) -> list[ClassVideo]:
        return [video for series in library.series_list() for video in library.classes(series.id)]


def kill_imports(root: Path, times: int, seed: int) -> dict[str, Any]:
    """Fill a library by imports of which `times` are killed. Every few kills the files change a little, so that
    there is always something to do."""
    one = Killing(root)
    one.make_files()
    rng = random.Random(seed)
    measure = Killing(root / "measure")
    measure.root.mkdir()
    whole_s = _of_another_library(one, measure)
    first = sorted(one.shelf.iterdir())[0]
    one.finish(first)
    one.use()
    one.look()
    hit = 0
    for turn in range(times):
        hit += one.kill_after(rng.uniform(0.05, 1.0) * whole_s)
        one.look()
        if turn % 3 == 2:
            _change(one, rng, turn)
    one.finish()
    one.look_at_all()
    return {"killed": hit, "whole_s": whole_s, "classes": len(one.seen)}


def _of_another_library(one: Killing, other: Killing) -> float:
    """How long an undisturbed import takes: the kills are spread over that."""
    return other.finish(one.shelf)


def _change(one: Killing, rng: random.Random, turn: int) -> None:
    """The next import has some hundred files to look at again: words beside them have changed."""
    for path in one.shelf.rglob("*.description"):
        if rng.random() < 0.5:
            path.write_text(f"You need a chair and a pillow ({turn}).\n")
