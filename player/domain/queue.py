# SPDX-License-Identifier: GPL-3.0-or-later
"""The queue: what plays after the running class. A value and pure functions on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from player.domain.models import ClassId


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A class, or one phase of it (`phase`: its index). `added` tells what the user asked for from what
    the series brought along."""

    class_id: ClassId
    phase: int | None = None
    added: bool = False


@dataclass(frozen=True, slots=True)
class Queue:
    """Items in playing order: what the user added stands before what the series brought."""

    items: tuple[QueueItem, ...] = ()

    @property
    def head(self) -> QueueItem | None:
        return self.items[0] if self.items else None

    def advanced(self) -> Queue:
        """Without its first item."""
        return Queue(self.items[1:])

    def following_series(self, class_ids: Iterable[ClassId]) -> Queue:
        """The user's items, then these classes in place of what a series brought before."""
        added = tuple(item for item in self.items if item.added)
        return Queue(added + tuple(QueueItem(class_id) for class_id in class_ids))

    def play_next(self, item: QueueItem) -> Queue:
        """`item`, marked as added, before everything else."""
        return Queue((replace(item, added=True), *self.items))

    def append(self, item: QueueItem) -> Queue:
        """`item`, marked as added, after the user's other items and before the series' own."""
        split = sum(1 for other in self.items if other.added)
        return Queue((*self.items[:split], replace(item, added=True), *self.items[split:]))

    def remove(self, index: int) -> Queue:
        """Without the item at `index`; unchanged where there is none."""
        if not 0 <= index < len(self.items):
            return self
        return Queue(self.items[:index] + self.items[index + 1 :])

    def move(self, index: int, to: int) -> Queue:
        """With the item at `index` at place `to`. Moving is the user's wish, so it becomes an added one."""
        if not 0 <= index < len(self.items):
            return self
        rest = list(self.items[:index] + self.items[index + 1 :])
        rest.insert(max(0, min(to, len(rest))), replace(self.items[index], added=True))
        return Queue(tuple(rest))

    def begun(self, class_id: ClassId) -> Queue:
        """Without this class as a whole, because it plays now; single phases of it stay."""
        return Queue(tuple(item for item in self.items if item.class_id != class_id or item.phase is not None))

    def without(self, class_ids: Iterable[ClassId]) -> Queue:
        """Without every item of these classes."""
        gone = set(class_ids)
        return Queue(tuple(item for item in self.items if item.class_id not in gone))
