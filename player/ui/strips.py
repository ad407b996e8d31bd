# SPDX-License-Identifier: GPL-3.0-or-later
"""The strips of the classes that play: read when they are asked for, and wished for where they are missing.

Main thread; reading happens on a lane, making somewhere else (see picture_sweep).
"""

from __future__ import annotations

from collections import OrderedDict
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmap

from player.domain.models import ClassVideo, Phase
from player.domain.progress import CancelToken
from player.importing.picture_shelf import PictureShelf, can_have_strip
from player.importing.strip_file import Strip
from player.tasks.lane import Lane

_MOST_STRIPS = 2
_MOST_PIXMAPS = 64


class Strips(QObject):
    """`arrived(name)`: the strip of a class can now be had; `name` is Pictures.name_of(...). `wanted(ClassVideo)`: it
    has to be made first; who makes it tells `take`."""

    arrived = Signal(str)
    wanted = Signal(object)

    def __init__(self, shelf: PictureShelf, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelf, self._lane = shelf, lane
        self._strips: OrderedDict[str, Strip] = OrderedDict()
        self._pixmaps: OrderedDict[tuple[str, int], QPixmap] = OrderedDict()
        self._asked: set[str] = set()
        self._token = CancelToken()

    def of_class(self, video: ClassVideo) -> Strip | None:
        """The strip of a class; None while it is not there, or never will be. The first question brings it here."""
        key = video.identity.key
        if key in self._strips:
            self._strips.move_to_end(key)
            return self._strips[key]
        if key not in self._asked and can_have_strip(video) and not self._token.cancelled:
            self._asked.add(key)
            self._lane.submit(partial(self._shelf.strip, video), done=partial(self._loaded, video), token=self._token)
        return None

    def picture(self, video: ClassVideo, time_ms: int, phase: Phase | None = None) -> QPixmap | None:
        """The preview of what is seen at `time_ms`, in `phase`."""
        strip = self.of_class(video)
        if strip is None:
            return None
        start_ms, end_ms = (phase.start_ms, phase.end_ms) if phase is not None else (0, None)
        index = strip.index_at(time_ms, start_ms, end_ms)
        place = (video.identity.key, index)
        pixmap = self._pixmaps.get(place)
        if pixmap is None:
            pixmap = QPixmap()
            pixmap.loadFromData(strip.jpegs[index], "JPG")
            self._pixmaps[place] = pixmap
            while len(self._pixmaps) > _MOST_PIXMAPS:
                self._pixmaps.popitem(last=False)
        self._pixmaps.move_to_end(place)
        return None if pixmap.isNull() else pixmap

    def take(self, video: ClassVideo, strip: Strip | None) -> None:
        """It has been made, or cannot be had."""
        key = video.identity.key
        if strip is None or key not in self._asked:
            return
        self._strips[key] = strip
        while len(self._strips) > _MOST_STRIPS:
            old, _strip = self._strips.popitem(last=False)
            self._asked.discard(old)
        self.arrived.emit(key)

    def forget_failures(self) -> None:
        """What could not be had is asked for again."""
        self._asked.intersection_update(self._strips)

    def close(self) -> None:
        self._token.cancel()

    def _loaded(self, video: ClassVideo, strip: Strip | None) -> None:
        if strip is not None:
            self.take(video, strip)
        else:
            self.wanted.emit(video)
