# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens files and folders that a file manager, the command line or the desktop hands over: imported without asking
(whoever opens a file wants to see it), then played. Main thread; the library is asked on a lane."""

from __future__ import annotations

import os
from collections.abc import Sequence
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
        if wanted:
            self._importer.start(wanted, then=lambda: self._play(wanted))

    def go_on(self) -> None:
        """Play the class that is under way, or the one after what was practised last."""

        def play(video: ClassVideo | None) -> None:
            if video is not None:
                self._controller.play_class(video.id)

        self._lane.submit(self._library.class_to_go_on_with, play)

    def _play(self, paths: Sequence[Path]) -> None:
        def play(found: Sequence[ClassVideo]) -> None:
            if not found:
                names = "“, “".join(path.name for path in paths[:3])
                self.message.emit(Message(f"Nothing in “{names}” can be played.", Severity.WARNING))
                return
            queue = self._controller.queue
            for video in found[1:]:
                if video.series_id != found[0].series_id:
                    queue = queue.append(QueueItem(video.id))
            self._controller.set_queue(queue)
            self._controller.play_class(found[0].id)

        self._lane.submit(partial(classes_of, self._library, paths), play)


def classes_of(library: Library, paths: Sequence[Path]) -> list[ClassVideo]:
    """What opening these files and folders means: the class of each file, the class to go on with of each folder.
    On the lane's thread."""
    known = {path: file.planned.identity for path, file in library.known_files().items() if file.planned is not None}
    inside: dict[Path, list[Path]] = {}
    for path in paths:
        below = [path] if path in known else [one for one in known if one.is_relative_to(path)]
        inside[path] = sorted(below, key=lambda one: natural_key(str(one)))
    videos = library.present(known[one] for below in inside.values() for one in below)
    found: list[ClassVideo] = []
    for path, below in inside.items():
        here = [videos[known[one]] for one in below if known[one] in videos]
        if not here:
            continue
        chosen = here[0] if path in known else next_class(library.classes(here[0].series_id))
        if chosen is not None:
            found.append(chosen)
    return found
