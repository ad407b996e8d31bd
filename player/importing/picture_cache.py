# SPDX-License-Identifier: GPL-3.0-or-later
"""Made pictures on disk, bounded: what was not looked at for longest goes first. No Qt; any thread.

A folder that cannot be written to is no trouble: pictures are then kept in memory. Failures are kept too, so that
a file without a picture is not tried at every start.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
import threading
import time
import zlib
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)

RECIPE = "r2"
"""Names the folder: pictures that were made in another way are made anew."""
DEFAULT_LIMIT_BYTES = 1_000_000_000
MEMORY_BYTES = 48 * 1024 * 1024
"""For pictures that cannot be written."""
_TRIM_TO = 0.9
_FULL_FROM = 0.85
_TOUCH_AFTER_S = 3600
_NONE = ".none"
_PART = ".part"
_OLD_RECIPE = re.compile(r"r\d+")
_OLD_PICTURE = re.compile(r"[0-9a-f]+-[0-9a-f]+\.jpg|\..*\.part")
_SEAL = b"\nsealed "
_SEAL_BYTES = len(_SEAL) + 16


@dataclass(slots=True)
class _Entry:
    size: int
    used_s: float


class PictureCache:
    """Bytes by name. Nothing is looked at before the first question."""

    def __init__(self, folder: Path, limit_bytes: int = DEFAULT_LIMIT_BYTES) -> None:
        """`folder` is made when the first picture is kept."""
        self._root, self._folder = folder, folder / RECIPE
        self._limit = limit_bytes
        self._lock = threading.RLock()
        self._entries: dict[str, _Entry] | None = None
        self._used = 0
        self._memory: OrderedDict[str, bytes] = OrderedDict()
        self._complained = False

    def path_of(self, name: str) -> Path:
        """Where `name` lies if it could be written."""
        return self._folder / name

    @property
    def used_bytes(self) -> int:
        with self._lock:
            self._known()
            return self._used

    @property
    def nearly_full(self) -> bool:
        """Whether what nobody has asked for should not be made any more: it would drive out what somebody did."""
        return self.used_bytes > self._limit * _FULL_FROM

    def set_limit(self, limit_bytes: int) -> None:
        """In force at the next `trim`."""
        with self._lock:
            self._limit = limit_bytes

    def has(self, name: str) -> bool:
        """Whether `name` is kept, as far as is known without a look at the disk."""
        with self._lock:
            return name in self._memory or name in self._known()

    def get(self, name: str) -> bytes | None:
        """What is kept under `name`. What is damaged is thrown away."""
        with self._lock:
            if name in self._memory:
                self._memory.move_to_end(name)
                return self._memory[name]
            self._known()
        path = self._folder / name
        try:
            sealed = path.read_bytes()
        except OSError:
            self._forget(name)
            return None
        data = _unsealed(sealed)
        if data is None:
            log.info("A picture in the cache was damaged and is made anew: %s", name)
            self.drop(name)
            return None
        self._note(name, len(sealed), path)
        return data

    def put(self, name: str, data: bytes) -> None:
        """Keep `data`, whole or not at all."""
        sealed = data + _seal(data)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _write_whole(self._folder / name, sealed)
        except OSError as error:
            self._complain(error)
            self._remember(name, data)
            return
        with self._lock:
            self._memory.pop(name, None)
            entry = self._known().get(name)
            self._used += len(sealed) - (entry.size if entry else 0)
            self._known()[name] = _Entry(len(sealed), time.time())

    def drop(self, name: str) -> None:
        """Keep it no longer."""
        with suppress(OSError):
            (self._folder / name).unlink()
        with self._lock:
            self._memory.pop(name, None)
        self._forget(name)

    # Failures

    def failed(self, name: str, stamp: str) -> bool:
        """Whether `name` could not be made of a file with this stamp (see `stamp_of`)."""
        mark = name + _NONE
        if not self.has(mark):
            return False
        found = self.get(mark)
        return found is not None and found.decode("ascii", "replace") == stamp

    def has_failed(self, name: str) -> bool:
        """Whether `name` could not be made of the file as it was then; no look at the disk."""
        return self.has(name + _NONE)

    def remember_failure(self, name: str, stamp: str) -> None:
        """Do not try again as long as the file has this stamp."""
        self.put(name + _NONE, stamp.encode("ascii", "replace"))

    # Bounds

    def trim(self) -> int:
        """Bring the folder back under its limit; how many files went. Never call it while a class plays: deleting
        is work for the disk."""
        with self._lock:
            known = self._known()
            if self._used <= self._limit:
                return 0
            oldest = sorted(known, key=lambda name: known[name].used_s)
            going = []
            left = self._used
            for name in oldest:
                if left <= self._limit * _TRIM_TO:
                    break
                left -= known[name].size
                going.append(name)
        for name in going:
            self.drop(name)
        return len(going)

    def _known(self) -> dict[str, _Entry]:
        """What is in the folder; read once. Call with the lock held."""
        if self._entries is None:
            self._entries = {}
            self._clear_old()
            with suppress(OSError), os.scandir(self._folder) as found:
                for one in found:
                    self._take(one)
        return self._entries

    def _take(self, one: os.DirEntry[str]) -> None:
        try:
            facts = one.stat(follow_symlinks=False)
            if one.name.endswith(_PART):  # from a program that was killed
                os.unlink(one.path)
                return
        except OSError:
            return
        if self._entries is not None and one.is_file(follow_symlinks=False):
            self._entries[one.name] = _Entry(facts.st_size, facts.st_mtime)
            self._used += facts.st_size

    def _clear_old(self) -> None:
        """Pictures of older recipes go; nothing else that may lie there does."""
        with suppress(OSError), os.scandir(self._root) as found:
            for one in found:
                if one.is_dir(follow_symlinks=False) and _OLD_RECIPE.fullmatch(one.name) and one.name != RECIPE:
                    shutil.rmtree(one.path, ignore_errors=True)
                elif one.is_file(follow_symlinks=False) and _OLD_PICTURE.fullmatch(one.name):
                    with suppress(OSError):
                        os.unlink(one.path)

    def _note(self, name: str, size: int, path: Path) -> None:
        """It was looked at just now."""
        now_s = time.time()
        with self._lock:
            known = self._known()
            entry = known.setdefault(name, _Entry(0, 0.0))
            self._used += size - entry.size
            stale = now_s - entry.used_s > _TOUCH_AFTER_S
            entry.size, entry.used_s = size, now_s
        if stale:
            with suppress(OSError):  # then it goes a little earlier than it should
                os.utime(path)

    def _forget(self, name: str) -> None:
        with self._lock:
            entry = self._known().pop(name, None)
            if entry is not None:
                self._used -= entry.size

    def _remember(self, name: str, data: bytes) -> None:
        with self._lock:
            self._memory[name] = data
            self._memory.move_to_end(name)
            while sum(map(len, self._memory.values())) > MEMORY_BYTES and len(self._memory) > 1:
                self._memory.popitem(last=False)

    def _complain(self, error: OSError) -> None:
        if not self._complained:
            self._complained = True
            log.warning("Pictures cannot be kept in %s (%s); they stay in memory until the end", self._folder, error)


def stamp_of(path: Path) -> str | None:
    """What tells that a file has not changed; None where it cannot be seen now."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return f"{facts.st_size} {facts.st_mtime_ns}"


def _seal(data: bytes) -> bytes:
    return _SEAL + f"{zlib.crc32(data):08x}{len(data):08x}".encode("ascii")


def _unsealed(sealed: bytes) -> bytes | None:
    data = sealed[:-_SEAL_BYTES]
    return data if sealed[len(data) :] == _seal(data) else None


def _write_whole(target: Path, data: bytes) -> None:
    """All of `data` or nothing, even if the process is killed in between."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=_PART, dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, target)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
