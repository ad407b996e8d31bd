# SPDX-License-Identifier: GPL-3.0-or-later
"""Watches folders: tells when something in them has changed, when one has gone and when it is back.

All looking happens on a thread of its own, because a drive that sleeps may take seconds to answer. Where the system
gives no notice (network drives, too many folders, files changed in place) a quick look from time to time finds out.
Signals arrive on the thread that made the watch. Knows nothing of libraries; QtCore only.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QFileSystemWatcher, QObject, QStorageInfo, Qt, QTimer, Signal, Slot

from player.domain.errors import Cancelled
from player.domain.progress import CancelToken
from player.importing.scan import why_folder_left_out
from player.importing.stamp import look_through

log = logging.getLogger(__name__)

MOST_FOLDERS = 2000
"""The system has a limit for all programs together; beyond this a root is looked at from time to time."""
_NETWORK = ("nfs", "cifs", "smb", "9p", "afs", "webdav", "davfs", "fuse.sshfs", "fuse.rclone", "fuse.gvfs")
_CLOSE_S = 3.0
_LOOK_SHARE = 100
"""A look that takes a second is not repeated for a hundred."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often things are done, in ms. `gather`: changes within this time are told together, after ten times as long
    at the latest. `presence`: is each root there? `look`: is a root that cannot be watched as it was? `slow_look`:
    the same for those that are watched."""

    gather: int = 1_500
    presence: int = 10_000
    look: int = 30_000
    slow_look: int = 300_000


class FolderWatch(QObject):
    """Set the roots, and be told. `close` it before the program ends."""

    changed = Signal(Path)
    """Something below this root may have changed; told once for each root when its watching begins."""
    lost = Signal(Path)
    """The root is not there any more, or nothing is in it."""
    back = Signal(Path)

    _asked = Signal(object)
    _ended = Signal()

    def __init__(self, pace: Pace | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._token = CancelToken()
        self._pace = pace or Pace()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watching folders", daemon=True)
        self._thread.start()
        self._ready.wait()

    def set_roots(self, roots: Iterable[Path]) -> None:
        """Watch these folders and no others."""
        self._asked.emit(tuple(roots))

    def close(self) -> None:
        """End the watching. A drive that does not answer is not waited for."""
        self._token.cancel()
        self._ended.emit()
        self._thread.join(_CLOSE_S)
        if self._thread.is_alive():
            log.warning("A watched drive does not answer")

    def _run(self) -> None:
        loop = QEventLoop()
        eyes = _Eyes(self._pace, self._token)
        self._asked.connect(eyes.set_roots, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(loop.quit, Qt.ConnectionType.QueuedConnection)
        eyes.changed.connect(self.changed, Qt.ConnectionType.QueuedConnection)
        eyes.lost.connect(self.lost, Qt.ConnectionType.QueuedConnection)
        eyes.back.connect(self.back, Qt.ConnectionType.QueuedConnection)
        self._ready.set()
        loop.exec()
        eyes.stop()


@dataclass
class _Root:
    """A watched root. `stamp` is how it looked last; `due_s` when to look next."""

    there: bool
    watched: bool = False
    stamp: str = ""
    due_s: float = 0.0


class _Eyes(QObject):
    """Lives on the thread that looks."""

    changed = Signal(Path)
    lost = Signal(Path)
    back = Signal(Path)

    def __init__(self, pace: Pace, token: CancelToken) -> None:
        super().__init__()
        self._pace, self._token = pace, token
        self._roots: dict[Path, _Root] = {}
        self._dirty: dict[Path, float] = {}
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._folder_changed)
        self._gather = QTimer(self, singleShot=True, interval=pace.gather)
        self._gather.timeout.connect(self._tell)
        self._presence = QTimer(self, interval=pace.presence)
        self._presence.timeout.connect(self._look_around)
        self._presence.start()

    def stop(self) -> None:
        """Release what the system lent."""
        self._presence.stop()
        self._gather.stop()
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())

    @Slot(object)
    def set_roots(self, roots: tuple[Path, ...]) -> None:
        """Begin with those that are new, let go of those that are not named."""
        for root in [root for root in self._roots if root not in roots]:
            del self._roots[root]
            self._forget(root)
        for root in roots:
            if root not in self._roots and not self._token.cancelled:
                self._roots[root] = _Root(is_there(root))
                self._begin(root)

    def _begin(self, root: Path) -> None:
        """Watch a root, and the folder it lies in, which tells when it is moved or comes back."""
        state = self._roots[root]
        self._add([root.parent] if os.path.isdir(root.parent) else [])
        if not state.there:
            return self.lost.emit(root)
        state.watched = not is_on_network(root) and self._add(folders_below(root, MOST_FOLDERS + 1))
        self._look(root)
        return self.changed.emit(root)

    def _add(self, folders: Iterable[Path]) -> bool:
        """Whether all could be watched."""
        have = set(self._watcher.directories())
        wanted = [path for folder in folders if (path := os.fspath(folder)) not in have and _is_text(path)]
        if not wanted:
            return True
        if len(have) + len(wanted) > MOST_FOLDERS:
            return False
        return not self._watcher.addPaths(wanted)

    def _forget(self, root: Path) -> None:
        mine = [path for path in self._watcher.directories() if Path(path).is_relative_to(root)]
        mine = [path for path in mine if not any(Path(path).is_relative_to(other) for other in self._roots)]
        if mine:
            self._watcher.removePaths(mine)

    @Slot(str)
    def _folder_changed(self, path: str) -> None:
        folder = Path(path)
        if any(root.parent == folder for root in self._roots):
            self._look_who_is_there()
        for root, state in self._roots.items():
            if state.there and folder.is_relative_to(root):
                state.watched &= self._add(folders_below(folder, MOST_FOLDERS + 1)) if os.path.isdir(folder) else True
                self._mark(root)

    def _mark(self, root: Path) -> None:
        now_s = time.monotonic()
        begun_s = self._dirty.setdefault(root, now_s)
        if now_s - begun_s < self._pace.gather / 100 or not self._gather.isActive():
            self._gather.start()

    @Slot()
    def _tell(self) -> None:
        dirty, self._dirty = self._dirty, {}
        for root in dirty:
            if root in self._roots and self._roots[root].there:
                self._look(root)
                self.changed.emit(root)

    @Slot()
    def _look_around(self) -> None:
        """Now and then: who is there, and what has changed without notice?"""
        self._look_who_is_there()
        for root, state in list(self._roots.items()):
            if state.there and time.monotonic() >= state.due_s and not self._token.cancelled:
                before = state.stamp
                self._look(root)
                if state.stamp != before:
                    self._mark(root)

    def _look_who_is_there(self) -> None:
        for root, state in list(self._roots.items()):
            if self._token.cancelled:
                return
            there = is_there(root)
            if there == state.there:
                continue
            state.there = there
            if there:
                self.back.emit(root)
                self._begin(root)
            else:
                self._forget(root)
                self._dirty.pop(root, None)
                self.lost.emit(root)

    def _look(self, root: Path) -> None:
        state = self._roots[root]
        begun_s = time.monotonic()
        try:
            state.stamp = look_through(root, "", self._token).whole
        except Cancelled:
            return
        now_s = time.monotonic()
        pause_s = (self._pace.slow_look if state.watched else self._pace.look) / 1000
        state.due_s = now_s + max(pause_s, (now_s - begun_s) * _LOOK_SHARE)


def is_there(root: Path) -> bool:
    """Whether a folder is there with something in it: where a drive was taken out, its empty folder may stay."""
    try:
        with os.scandir(root) as entries:
            return next(entries, None) is not None
    except OSError:
        return False


def is_on_network(folder: Path) -> bool:
    """Whether the folder lies on a drive that gives no notice of what others change."""
    kind = bytes(QStorageInfo(os.fspath(folder)).fileSystemType().data()).decode("utf-8", "replace").casefold()
    return kind.startswith(_NETWORK)


def folders_below(folder: Path, most: int) -> Iterator[Path]:
    """The folder and those below that an import would look into; at most so many."""
    waiting, count = [folder], 0
    while waiting and count < most:
        one = waiting.pop()
        count += 1
        yield one
        try:
            with os.scandir(one) as entries:
                waiting += [
                    Path(entry.path)
                    for entry in entries
                    if entry.is_dir(follow_symlinks=False) and not why_folder_left_out(entry.name)
                ]
        except OSError:
            continue


def _is_text(path: str) -> bool:
    """Qt knows no other names."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
