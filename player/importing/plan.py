# SPDX-License-Identifier: GPL-3.0-or-later
"""From paths to a plan: scan, read names and sidecars, probe what is not known, put it together.

Blocking; run it on a thread of its own. It changes nothing on disk and leaves no process behind.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from player.domain.plan import ImportPlan, KnownFile, Memory, outermost
from player.domain.progress import CancelToken, ProgressCallback, no_progress
from player.domain.together import Decisions
from player.domain.vocabulary import Vocabulary
from player.importing.scan import NotYet
from player.importing.sifting import Sieve
from player.importing.workers import DEFAULT_TIMEOUT_S, WorkerPool


def build_plan(
    paths: Sequence[Path],
    *,
    known: Mapping[Path, KnownFile] | None = None,
    vocabulary: Vocabulary,
    memory: Memory | None = None,
    automatic: bool = False,
    afresh: bool = False,
    not_yet: NotYet | None = None,
    together: Decisions | None = None,
    workers: int | None = None,
    progress: ProgressCallback = no_progress,
    cancel: CancelToken | None = None,
    timeout_s: float = DEFAULT_TIMEOUT_S,
    pool: WorkerPool | None = None,
) -> ImportPlan:
    """Everything found in `paths` (files and folders).

    Files in `known` with the same size and time are not read again. With a `memory`, which stands for `known`
    where that is not given, folders that are as they were are not even looked into, unless everything is to be
    understood `afresh`. An `automatic` plan passes over what the user has removed. Files that `not_yet` holds back
    are left out this time. `together` is what the user has just decided about classes in several files; earlier
    decisions are in the memory. `timeout_s` is for one file. A `pool` that is given is used and left running; otherwise
    one of `workers` processes is made and ended. Raises Cancelled soon after the wish to stop, and
    WorkersUnavailable; trouble with single files is in the plan.
    """
    roots = tuple(dict.fromkeys(Path(os.path.abspath(path)) for path in paths))
    cancel = cancel or CancelToken()
    folders = outermost([root for root in roots if os.path.isdir(root)])
    files = [] if automatic else [root for root in roots if not os.path.isdir(root)]
    sieve = None if memory is None or files else Sieve(memory, vocabulary, automatic, afresh, cancel)
    changed = folders if sieve is None else sieve.changed_roots(folders)
    if sieve is not None and not changed:
        return sieve.plan(ImportPlan(roots, (), automatic=automatic))
    from player.importing.planner import Planner  # with all it knows of names it takes as long as a whole rescan

    planner = Planner(known or {}, vocabulary, cancel, memory if known is None else None, not_yet)
    planner.together = {**(memory.together() if memory is not None else {}), **(together or {})}
    groups = planner.groups(changed, files, sieve)
    if pool is not None:
        planner.probe(pool, progress, timeout_s)
    else:
        with WorkerPool(workers) as own:
            planner.probe(own, progress, timeout_s)
    series = tuple(planned for one in groups if (planned := planner.series(one)).classes)
    return planner.plan(ImportPlan(roots, series, automatic=automatic), groups, sieve)
