# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens files and folders that a file manager, the command line or the desktop hands over: imported without asking
(whoever opens a file wants to see it), then played. Main thread; the library is asked on a lane."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from player.domain.choosing import next_class
from player.domain.models import ClassVideo
from player.domain.queue import QueueItem
from player.importing.natural import natural_key
from player.library import Library
from player.playback.controller import PlaybackController
from player.playback.messages import Message, Severity
from player.tasks.lane import Lane
from player.ui.importer import Importer

TOO_MUCH = "“{}” is too much to open at once. Open a folder of classes inside it, or add it in the window."


class Opener(QObject):
    """`open` leads to a class that plays, or to a message."""

    message = Signal(Message)

    def __init__(
        self,
        importer: Importer,
        library: Library,
        lane: Lane,
        controller: PlaybackController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._importer, self._library, self._lane, self._controller = importer, library, lane, controller

    def open(self, paths: Sequence[Path]) -> None:
        """Import these files and folders and play the first one; of a folder the class to go on with. The others
        are queued unless they follow by themselves."""
        wanted = [Path(os.path.abspath(path)) for path in paths]
        for path in [path for path in wanted if is_too_much(path)]:
            self.message.emit(Message(TOO_MUCH.format(path), Severity.WARNING))
            wanted.remove(path)
        if not wanted:
            return
        if self._importer.running:
            self.message.emit(Message(f"{_names(wanted)} will be opened when the import that is under way has ended."))
        self._importer.start(wanted, then=lambda: self._play(wanted))

    def go_on(self) -> None:
        """Play the class that is under way, or the one after what was practised last."""

        def play(video: ClassVideo | None) -> None:
            if video is not None:
                self._controller.play_class(video.id)

        self._lane.submit(self._library.class_to_go_on_with, play)

    def _play(self, paths: Sequence[Path]) -> None:
        def play(found: Sequence[Opened]) -> None:
            if not found:
                self.message.emit(Message(f"Nothing in {_names(paths)} can be played.", Severity.WARNING))
                return
            first, queue = found[0], self._controller.queue
            for one in found[1:]:
                if one.video.series_id != first.video.series_id:
                    queue = queue.append(QueueItem(one.video.id))
            self._controller.set_queue(queue)
            self._controller.play_class(first.video.id, at_ms=first.at_ms)

        self._lane.submit(partial(classes_of, self._library, paths), play)


@dataclass(frozen=True, slots=True)
class Opened:
    """A class that was opened. `at_ms` is where a later file of a class in several files begins; None: where the
    class is taken up."""

    video: ClassVideo
    at_ms: int | None = None


def is_too_much(path: Path) -> bool:
    """Whether a folder is the whole disk or holds everything of the user: opening it would import all of that, and
    watch it from then on. (Added in the window, it is looked through first.)"""
    return Path(os.path.expanduser("~")).is_relative_to(path) or path.parent == path


def classes_of(library: Library, paths: Sequence[Path]) -> list[Opened]:
    """What opening these files and folders means: the class of each file, the class to go on with of each folder.
    On the lane's thread."""
    planned = [file.planned for file in library.known_files().values() if file.planned is not None]
    known = {part.path: one.identity for one in planned for part in one.parts} | {
        one.path: one.identity for one in planned
    }
    inside: dict[Path, list[Path]] = {}
    for path in paths:
        below = [path] if path in known else [one for one in known if one.is_relative_to(path)]
        inside[path] = sorted(below, key=lambda one: natural_key(str(one)))
    videos = library.present(known[one] for below in inside.values() for one in below)
    found: list[Opened] = []
    for path, below in inside.items():
        here = [videos[known[one]] for one in below if known[one] in videos]
        if not here:
            continue
        chosen = here[0] if path in known else next_class(library.classes(here[0].series_id))
        if chosen is not None:
            found.append(Opened(chosen, _begin_of(chosen, path)))
    return found


def _begin_of(video: ClassVideo, path: Path) -> int | None:
    """Where in a class a later one of its files begins."""
    files = [part.path for part in video.parts]
    place = files.index(path) if path in files else 0
    return sum(part.duration_ms for part in video.parts[:place]) if place else None


def _names(paths: Sequence[Path]) -> str:
    """The first few names, in quotation marks."""
    return "“" + "”, “".join(path.name for path in paths[:3]) + "”"
