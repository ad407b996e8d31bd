# SPDX-License-Identifier: GPL-3.0-or-later
"""Lanes: work that runs one after the other on a thread of its own, with its outcome on the main thread.

A task ends in exactly one of done, failed, cancelled, and says so on the thread that made the lane. The
database has one lane (so writes are serial), imports and pictures have theirs.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from player.domain.errors import Cancelled
from player.domain.progress import CancelToken

log = logging.getLogger(__name__)

T = TypeVar("T")


def _log_failure(error: Exception) -> None:
    log.error("A task in the background failed", exc_info=error)


def _ignore() -> None:
    pass


@dataclass(eq=False)
class Task(Generic[T]):
    """One piece of work. `cancel` is a wish: work that has not begun is dropped, running work looks at the
    token itself. The outcome is told by one of the three callbacks, on the lane's home thread."""

    work: Callable[[], T]
    done: Callable[[T], None]
    failed: Callable[[Exception], None] = _log_failure
    cancelled: Callable[[], None] = _ignore
    token: CancelToken = field(default_factory=CancelToken)

    def cancel(self) -> None:
        self.token.cancel()

    def run(self) -> Callable[[], None]:
        """Do the work (on the lane's thread); the callback that tells its outcome."""
        try:
            self.token.raise_if_cancelled()
            result = self.work()
        except Cancelled:
            return self.cancelled
        except Exception as error:  # noqa: BLE001  the outcome of a task is told, whatever it is
            return partial(self.failed, error)
        return partial(self.done, result)


class Lane(QObject):
    """A serial worker thread. Make it, and call `close` before the program ends, on the main thread."""

    _outcome = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks: queue.SimpleQueue[Task[object] | None] = queue.SimpleQueue()
        self._pending = 0
        self._closed = False
        self._outcome.connect(self._deliver)
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def submit(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] = _log_failure,
        cancelled: Callable[[], None] = _ignore,
        token: CancelToken | None = None,
    ) -> Task[T]:
        """Queue `work`. Callbacks run on the main thread, in the order in which the work was submitted."""
        task = Task(work, done or _drop, failed, cancelled, token or CancelToken())
        self._pending += 1
        self._tasks.put(task)  # type: ignore[arg-type]
        return task

    @property
    def idle(self) -> bool:
        """Whether every submitted task has told its outcome."""
        return self._pending == 0

    def close(self, timeout_s: float = 10.0) -> bool:
        """Finish what was submitted, then end the thread. Outcomes that come later are not told.
        False if the work did not end in time."""
        if not self._closed:
            self._closed = True
            self._tasks.put(None)
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            outcome = task.run()
            del task
            try:
                self._outcome.emit(outcome)
            except RuntimeError:  # the lane's object is gone: the program is ending
                return

    @Slot(object)
    def _deliver(self, outcome: Callable[[], None]) -> None:
        self._pending -= 1
        if not self._closed:
            outcome()


def _drop(_result: object) -> None:
    pass
