# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the program keeps its files. The only user of appdirs."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import appdirs

from player.domain.errors import LibraryUnwritable

APP_NAME = "session-player"
LONGEST_SOCKET_PATH = 100
"""Bytes; systems take 104 to 108 (sun_path)."""
DATA_DIR_VARIABLE = "SESSION_PLAYER_DATA_DIR"


@dataclass(frozen=True, slots=True)
class Paths:
    """`data` holds the library, `config` the settings, `cache` pictures, `log` log files. `control` names
    the socket of the window that uses this data folder."""

    data: Path
    config: Path
    cache: Path
    log: Path
    control: str

    @property
    def database(self) -> Path:
        return self.data / "library.sqlite"

    @property
    def settings(self) -> Path:
        return self.config / "settings.json"

    @property
    def pictures(self) -> Path:
        return self.cache / "pictures"

    @property
    def log_file(self) -> Path:
        return self.log / "session-player.log"

    def make(self) -> None:
        """Make the folders that the program cannot do without. Raises LibraryUnwritable with a next step if that
        cannot be done. Pictures then stay in memory, and logs are not kept, where theirs cannot be made."""
        for folder in (self.cache, self.log):
            with suppress(OSError):
                folder.mkdir(parents=True, exist_ok=True)
        for folder in (self.data, self.config):
            try:
                folder.mkdir(parents=True, exist_ok=True)
                writable = os.access(folder, os.W_OK | os.X_OK)
            except OSError as error:
                raise _unwritable(folder, str(error)) from error
            if not writable:
                raise _unwritable(folder, "no permission to write")


def _unwritable(folder: Path, details: str) -> LibraryUnwritable:
    return LibraryUnwritable(
        f"The folder “{folder}” cannot be written to, so nothing could be kept there.",
        "Make it writable, free some space, or choose another folder with --data-dir.",
        details,
    )


def find_paths(data_dir: Path | None = None) -> Paths:
    """Below `data_dir` (or SESSION_PLAYER_DATA_DIR) if given, else the places of the operating system."""
    if data_dir is None and (named := os.environ.get(DATA_DIR_VARIABLE)):
        data_dir = Path(named)
    if data_dir is not None:
        root = data_dir.expanduser().absolute()
        return Paths(root, root, root / "cache", root / "log", _control_name(root))
    data = Path(appdirs.user_data_dir(APP_NAME, False))
    return Paths(
        data=data,
        config=Path(appdirs.user_config_dir(APP_NAME, False)),
        cache=Path(appdirs.user_cache_dir(APP_NAME, False)),
        log=Path(appdirs.user_log_dir(APP_NAME, False)),
        control=_control_name(data),
    )


def _control_name(data: Path) -> str:
    """A socket path (or pipe name) of this user and this data folder, short enough for every system."""
    digest = hashlib.blake2b(os.fsencode(os.path.realpath(data)), digest_size=8).hexdigest()
    if sys.platform == "win32":
        return rf"\\.\pipe\{APP_NAME}-{digest}"
    name = str(_runtime_dir() / f"{digest}.sock")
    return name if len(os.fsencode(name)) <= LONGEST_SOCKET_PATH else str(_shared_dir() / f"{digest}.sock")


def _runtime_dir() -> Path:
    """A folder that only this user can open: sockets in it are safe from others."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime and os.path.isdir(runtime) and os.access(runtime, os.W_OK):
        return Path(runtime) / APP_NAME
    return _shared_dir()


def _shared_dir() -> Path:
    return Path(tempfile.gettempdir()) / f"{APP_NAME}-{os.getuid()}"


def make_private(folder: Path) -> bool:
    """Make `folder` for this user alone. False if it exists and is somebody else's, or open to others."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        facts = folder.lstat()
        if stat.S_ISDIR(facts.st_mode) and facts.st_uid == os.getuid() and facts.st_mode & 0o077:
            folder.chmod(0o700)
    except OSError:
        return False
    return is_private(folder)


def is_private(folder: Path) -> bool:
    """Whether `folder` is a real folder of this user that nobody else can open."""
    try:
        facts = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(facts.st_mode) and facts.st_uid == os.getuid() and not facts.st_mode & 0o077
