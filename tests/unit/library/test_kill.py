# SPDX-License-Identifier: GPL-3.0-or-later
"""A program that is killed while it writes loses nothing that was acknowledged."""

from __future__ import annotations

import random
import select
import subprocess
import sys
import time
from pathlib import Path

from player.library import Library
from tests.unit.library.shelf import make_series, plan

WRITER = """
import sys
from pathlib import Path
from player.library import Library
from tests.unit.library.shelf import plan
library, position = Library.open(Path(sys.argv[1])), int(sys.argv[3])
(class_video, *_) = library.classes(library.series_list()[0].id)
while True:
    position += 1
    library.save_position(class_video.id, position)
    print(position, flush=True)
    if position % 10 == 0:
        library.apply(plan(Path(sys.argv[2])))
"""
KILLS = 10


def test_killed_at_random_moments(tmp_path: Path, videos: Path) -> None:
    path = tmp_path / "library.sqlite"
    make_series(videos / "Back", 3)
    library = Library.open(path)
    library.apply(plan(videos))
    (series,) = library.series_list()
    library.close()
    acknowledged = 0
    for kill in range(KILLS):
        make_series(videos / f"Series {kill}", 3)
        acknowledged = _write_until_killed(path, videos, acknowledged)
        library = Library.open(path)
        report = library.check()
        assert report.ok, report.problems
        position_ms = library.classes(series.id)[0].progress.position_ms
        assert position_ms in (acknowledged, acknowledged + 1)
        acknowledged = position_ms
        library.close()


def _write_until_killed(path: Path, videos: Path, start: int) -> int:
    """The last position that was acknowledged."""
    command = [sys.executable, "-c", WRITER, str(path), str(videos), str(start)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert select.select([process.stdout], [], [], 60)[0]
        time.sleep(random.uniform(0, 0.15))
        process.kill()
        lines = process.stdout.read().split("\n")
    return int([line for line in lines[:-1] if line][-1])
