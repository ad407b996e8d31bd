# SPDX-License-Identifier: GPL-3.0-or-later
"""The worker process: reads one file at a time, so that a file that crashes or hangs a decoder takes only
this process with it. Run as `python -m player.importing.worker`; it ends when its input ends.

It knows neither Qt nor the program around it.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any, BinaryIO

from player.importing import wire

MEMORY_LIMIT = 3 * 1024**3
"""Address space of a worker; a file that wants more fails alone."""


def main() -> int:
    """Answer jobs from standard input on standard output until the input ends."""
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing a library prints may get among the answers
    _limit_memory()
    from player.importing import handlers  # after the limit, so that it holds for the libraries too

    wire.send(answers, {"ready": True})
    return serve(requests, answers, handlers.HANDLERS)


def serve(requests: BinaryIO, answers: BinaryIO, handlers: Any) -> int:
    """Answer each job `{"do", "deadline_s", …}` with what the handler of that name returns."""
    while (job := wire.receive(requests)) is not None:
        _die_after(float(job.get("deadline_s", 0)))
        try:
            answer = handlers[job["do"]](job)
        except MemoryError:
            answer = {"failed": "memory"}
        except Exception as error:  # noqa: BLE001  whatever a damaged file provokes is an answer about that file
            answer = {"failed": f"{type(error).__name__}: {error}"}
        _die_after(0)
        wire.send(answers, answer)
    return 0


def _die_after(seconds: float) -> None:
    """The kernel ends this process if the job outlives its time, even when the program that would is gone."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY_LIMIT if hard == resource.RLIM_INFINITY else min(MEMORY_LIMIT, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def package_root() -> Path:
    """The folder to find the package in, for the environment of a worker."""
    return Path(__file__).resolve().parents[2]


if __name__ == "__main__":
    sys.exit(main())
