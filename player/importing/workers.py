# SPDX-License-Identifier: GPL-3.0-or-later
"""A pool of worker processes: a file that crashes or hangs one costs that file and no more.

A pool belongs to the thread that uses it. Workers are plain Python processes that speak over pipes, so a
pool can be started from any thread of a program with windows.
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, BinaryIO, Generic, TypeVar, cast

from player.domain.errors import Cancelled, SessionPlayerError
from player.domain.progress import CancelToken
from player.importing import wire
from player.importing.worker import package_root

DEFAULT_TIMEOUT_S = 10.0
START_TIMEOUT_S = 60.0
_LOOK_EVERY_S = 0.05
_GRACE_S = 2.0
_MOST_FALSE_STARTS = 3

K = TypeVar("K")


class WorkersUnavailable(SessionPlayerError):
    """No worker process can be started on this machine."""


class Crashed(Exception):
    """The worker died over a job, or could not make sense of it."""


class TooSlow(Exception):
    """The job took longer than it may."""


@dataclass(frozen=True, slots=True)
class Job(Generic[K]):
    """`key` tells the answer apart; `request` is what the worker gets."""

    key: K
    request: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome(Generic[K]):
    """What became of a job: an `answer`, or an `error` (Crashed, TooSlow)."""

    key: K
    answer: Mapping[str, Any] | None = None
    error: Crashed | TooSlow | None = None


def default_workers() -> int:
    """As many as help: decoders are busy, but half the wait is for the disk."""
    return max(1, min(4, os.cpu_count() or 1))


def worker_command() -> list[str]:
    """How a worker is started: the same Python, and no module from the folder it happens to stand in."""
    return [sys.executable, "-P", "-m", "player.importing.worker"]


def _environment() -> dict[str, str]:
    environment = dict(os.environ)
    inherited = environment.get("PYTHONPATH")
    environment["PYTHONPATH"] = os.pathsep.join([str(package_root()), *([inherited] if inherited else [])])
    return environment


_Events = queue.SimpleQueue[tuple["_Worker", dict[str, Any] | None]]


class _Worker:
    """One process and the thread that waits for its answers."""

    def __init__(
        self, command: Sequence[str], events: queue.SimpleQueue[tuple[_Worker, dict[str, Any] | None]]
    ) -> None:
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            cwd=package_root(),
            start_new_session=True,  # Ctrl+C in a terminal is for the program, which then ends its workers
            creationflags=flags,
        )
        self._stdin = cast(BinaryIO, self._process.stdin)
        self._stdout = cast(BinaryIO, self._process.stdout)
        self._events = events
        self.ready = False
        self.job: Job[Any] | None = None
        self.deadline = time.monotonic() + START_TIMEOUT_S
        self._reader = threading.Thread(target=self._read, name="worker answers", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def give(self, job: Job[Any], timeout_s: float) -> None:
        self.job = job
        self.deadline = time.monotonic() + timeout_s
        with contextlib.suppress(OSError):  # a worker that has just died is noticed by its reader
            wire.send(self._stdin, {**job.request, "deadline_s": timeout_s + _GRACE_S})

    def end(self) -> None:
        """Kill the process and collect it."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._stdin, self._stdout):
            with contextlib.suppress(OSError):
                pipe.close()

    def _read(self) -> None:
        message: dict[str, Any] | None = {}
        while message is not None:
            try:
                message = wire.receive(self._stdout)
            except (wire.WireError, OSError):
                message = None
            self._events.put((self, message))


class WorkerPool:
    """Runs jobs in up to `workers` processes, which are started when needed and used again.

    Use it as a context manager, or call `close`; nothing is left running afterwards.
    """

    def __init__(self, workers: int | None = None, command: Sequence[str] | None = None) -> None:
        self._limit = workers or default_workers()
        self._command = list(command or worker_command())
        self._events: _Events = queue.SimpleQueue()
        self._workers: list[_Worker] = []
        self._false_starts = 0

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes that run now."""
        return tuple(worker.pid for worker in self._workers)

    def close(self) -> None:
        """End every worker at once."""
        while self._workers:
            self._workers.pop().end()

    def run(
        self, jobs: Iterable[Job[K]], *, timeout_s: float = DEFAULT_TIMEOUT_S, cancel: CancelToken | None = None
    ) -> Iterator[Outcome[K]]:
        """The outcome of every job, as they come. Raises Cancelled soon after the wish to stop, and
        WorkersUnavailable if no worker can be started; the pool is closed then."""
        waiting = list(jobs)[::-1]
        try:
            while waiting or any(worker.job for worker in self._workers):
                self._hand_out(waiting, timeout_s)
                outcome: Outcome[K] | None = self._overdue() or self._next_outcome()
                if cancel is not None:
                    cancel.raise_if_cancelled()
                if outcome is not None:
                    yield outcome
        except (Cancelled, WorkersUnavailable, GeneratorExit):
            self.close()
            raise

    def _hand_out(self, waiting: list[Job[K]], timeout_s: float) -> None:
        starting = sum(not worker.ready for worker in self._workers)
        for worker in self._workers:
            if waiting and worker.ready and worker.job is None:
                worker.give(waiting.pop(), timeout_s)
        for _ in range(min(len(waiting) - starting, self._limit - len(self._workers))):
            try:
                self._workers.append(_Worker(self._command, self._events))
            except OSError as error:
                raise _unavailable(str(error)) from error

    def _next_outcome(self) -> Outcome[Any] | None:
        """What has happened within a moment, if it ends a job."""
        try:
            worker, message = self._events.get(timeout=_LOOK_EVERY_S)
        except queue.Empty:
            return None
        if worker not in self._workers:
            return None  # the last words of one that was ended
        if message is None:
            return self._lost(worker, Crashed("the worker died"))
        if not worker.ready:
            worker.ready, self._false_starts = True, 0
            return None
        job, worker.job = worker.job, None
        if job is None:
            return None
        if "failed" in message:
            return Outcome(job.key, error=Crashed(str(message["failed"])))
        return Outcome(job.key, answer=message)

    def _overdue(self) -> Outcome[Any] | None:
        now = time.monotonic()
        for worker in self._workers:
            if now > worker.deadline and (worker.job is not None or not worker.ready):
                return self._lost(worker, TooSlow())
        return None

    def _lost(self, worker: _Worker, error: Crashed | TooSlow) -> Outcome[Any] | None:
        self._workers.remove(worker)
        worker.end()
        if worker.job is not None:
            return Outcome(worker.job.key, error=error)
        if not worker.ready:
            self._false_starts += 1
            if self._false_starts >= _MOST_FALSE_STARTS:
                raise _unavailable(f"a worker ended while starting ({error})")
        return None


def _unavailable(details: str) -> WorkersUnavailable:
    return WorkersUnavailable(
        "The helper program that reads video files does not start, so nothing can be imported.",
        "Install the program again.",
        details,
    )
