# SPDX-License-Identifier: GPL-3.0-or-later
"""Stamps of folders: short texts that stay the same as long as nothing an import would look at has changed.

One quick look through the tree, names, sizes, times and rights only; nothing is opened. Any thread.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from player import __version__
from player.domain.progress import CancelToken
from player.domain.vocabulary import Vocabulary
from player.importing.natural import natural_key
from player.importing.scan import DEEPEST, why_folder_left_out

if TYPE_CHECKING:
    from player.importing.grouping import Group

RULES = 2
"""To be raised whenever the same folder would be understood differently: everything is then read anew once."""


def rules_stamp(vocabulary: Vocabulary) -> str:
    """What besides the files decides how they are understood: this program's rules and words."""
    return _digest([f"{RULES} {__version__} {vocabulary!r}".encode()])


@dataclass
class Tree:
    """What lies below a folder. `whole` is its stamp; it is "" where something could not be looked at."""

    root: Path
    rules: str
    folders: dict[str, bytes] = field(default_factory=dict)
    """For each folder by its path what lies directly in it."""
    shut: set[str] = field(default_factory=set)
    """Folders that could not be looked into."""

    @property
    def whole(self) -> str:
        if self.shut:
            return ""
        parts = [self.rules.encode()]
        for path in sorted(self.folders):
            parts += [_bytes(os.path.relpath(path, self.root)), self.folders[path]]
        return _digest(parts)

    def series(self, group: Group, others: Iterable[Path]) -> str:
        """The stamp of one series: what lies in its folder and below, without the folders of `others`, and how
        its parts were told apart. "" where something could not be looked at."""
        top = os.fspath(group.folder)
        below = os.path.join(top, "")
        if any(os.path.join(path, "").startswith(below) for path in self.shut):
            return ""
        closed = tuple(os.path.join(other, "") for other in others if os.path.join(other, "").startswith(below))
        closed = tuple(other for other in closed if other != below)
        parts = [self.rules.encode(), _bytes(group.title)]
        for path in sorted(self.folders):
            here = os.path.join(path, "")
            if here.startswith(below) and not (closed and here.startswith(closed)):
                parts += [_bytes(os.path.relpath(path, top)), self.folders[path]]
        for part in group.parts:
            named = (part.section, part.named_by_folder, os.path.relpath(part.folder.path, top))
            parts.append(_bytes(repr((*named, [file.path.name for file in part.media]))))
        return _digest(parts)


def look_through(root: Path, rules: str, cancel: CancelToken | None = None) -> Tree:
    """What lies below `root` now, as far as an import would look. Raises Cancelled."""
    tree = Tree(root, rules)
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[str, int]] = [(os.fspath(root), 0)]
    while waiting:
        if cancel is not None:
            cancel.raise_if_cancelled()
        path, depth = waiting.pop()
        try:
            info = os.stat(path)
            here = (info.st_dev, info.st_ino)
            if here in seen and here != (0, 0):
                continue
            seen.add(here)
            entries, folders = _entries(path)
        except OSError:
            tree.shut.add(path)
            continue
        tree.folders[path] = _digest(entries).encode()
        if depth < DEEPEST:
            waiting += [(inner, depth + 1) for inner in reversed(folders)]  # in the order of a scan
    return tree


def _entries(path: str) -> tuple[Sequence[bytes], list[str]]:
    """The files of one folder, each as one line, and its folders. Raises OSError."""
    files: list[str] = []
    folders: list[str] = []
    with os.scandir(path) as found:
        for entry in found:
            name = entry.name
            try:
                if entry.is_dir():
                    if not why_folder_left_out(name):
                        folders.append(entry.path)
                    continue
                info = entry.stat()
            except OSError:
                files.append(f"{name}\0?")
            else:
                files.append(f"{name}\0{info.st_size}\0{info.st_mtime_ns}\0{info.st_mode}")
    files.sort()
    folders.sort(key=lambda folder: natural_key(os.path.basename(folder)))
    return (_bytes("\n".join(files)), *(_bytes(os.path.basename(folder)) for folder in folders)), folders


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _digest(parts: Iterable[bytes]) -> str:
    state = blake2b(digest_size=16)
    for part in parts:
        state.update(b"%d\0" % len(part))
        state.update(part)
    return state.hexdigest()
