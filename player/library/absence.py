# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a file is still where it was, and the sentence for when it is not. Only looks; opens nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from player.domain.media import MediaPart
from player.domain.plan import ImportPlan, Problem, ProblemReason

REPLACED = "Another file is now in its place. Import the folder in which this class is now."


ABSORBED = "Its file is now one of several that are one class. Look for that class in the same series."


def why_absent(path: Path, parts: Iterable[MediaPart] = ()) -> str:
    """ "" if something is at `path` (and at every place of `parts`) or if one may not look; otherwise a sentence with a
    next step."""
    return next((why for part in parts if (why := _why_absent(part.path))), "") or _why_absent(path)


def _why_absent(path: Path) -> str:
    try:
        os.stat(path)
    except PermissionError:
        return ""
    except OSError:
        folder_there = os.path.isdir(path.parent)  # a drive that fails raises nothing here
    else:
        return ""
    if folder_there:
        return f"“{path.name}” is no longer in its folder. Put it back, or import the folder in which it is now."
    return (
        f"“{path.name}” is on a drive that is not connected, or its folder has moved. "
        "Connect the drive, or import the folder in which it is now."
    )


class Reach:
    """How far an import has looked: everything below its folders, except where it was not let in."""

    def __init__(self, plan: ImportPlan) -> None:
        self._roots = _as_prefixes(plan.roots)
        self._closed = _as_prefixes(problem.path for problem in plan.problems if _shut(problem))

    def covers(self, path: Path) -> bool:
        """Whether the import has seen what is at `path`."""
        here = os.path.join(path, "")
        return here.startswith(self._roots) and not here.startswith(self._closed)


def _as_prefixes(paths: Iterable[Path]) -> tuple[str, ...]:
    return tuple(os.path.join(path, "") for path in paths)


def _shut(problem: Problem) -> bool:
    return problem.reason is ProblemReason.UNREADABLE and os.path.isdir(problem.path)
