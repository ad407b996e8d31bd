# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes what pictures and strips are missing, in the background: the class that plays first, then the series that is
looked at, then pictures of all, then strips of all. Main thread; the work is done on a lane.

What is missing is told by the names in the cache, so a start looks at no file.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from player.domain.errors import SessionPlayerError
from player.domain.models import ClassVideo, Series, SeriesId
from player.domain.progress import CancelToken
from player.importing.picture_shelf import Maker, picture_of_class
from player.importing.pictures import BACKGROUND_NICENESS, PictureMaker
from player.tasks.lane import Lane
from player.ui.pictures import Pictures

log = logging.getLogger(__name__)

BEGIN_AFTER_MS = 3_000
"""The window comes first."""
_TRIM_EVERY = 50


class SweepLibrary(Protocol):
    """What the sweep reads of the library (on its lane)."""

    def series_list(self) -> tuple[Series, ...]: ...

    def classes(self, series_id: SeriesId, /) -> tuple[ClassVideo, ...]: ...


class _Kind(Enum):
    PICTURE = auto()
    STRIP = auto()


_BOTH = (_Kind.PICTURE, _Kind.STRIP)


@dataclass(frozen=True, slots=True)
class _Job:
    kind: _Kind
    video: ClassVideo
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """A series still to be looked through. `chosen`: the user looks at it."""

    series_id: SeriesId
    kinds: tuple[_Kind, ...]
    chosen: bool = False


class PictureSweep(QObject):
    """One thing at a time, with the lowest priority. While a class plays only its own strip is made, gently."""

    idle = Signal()
    """Nothing is left to do."""

    def __init__(
        self,
        pictures: Pictures,
        lane: Lane,
        library: SweepLibrary,
        library_lane: Lane,
        *,
        maker: Maker | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`lane` is for this work alone."""
        super().__init__(parent)
        self._pictures, self._shelf = pictures, pictures.shelf
        self._lane, self._library, self._library_lane = lane, library, library_lane
        self._maker = maker or PictureMaker(BACKGROUND_NICENESS)
        self._parts: deque[_Part] = deque()
        self._jobs: deque[_Job] = deque()
        self._part: _Part | None = None
        self._urgent: deque[_Job] = deque()
        self._running: tuple[_Job, CancelToken] | None = None
        self._looking = False
        self._playing = False
        self._closed = False
        self._made = 0
        self._token = CancelToken()
        self._timer = QTimer(self, singleShot=True, interval=BEGIN_AFTER_MS)
        self._timer.timeout.connect(self.look_through)
        pictures.strips.wanted.connect(self.make_strip)
        pictures.series_looked_at.connect(self.look_at)

    @Slot()
    def begin(self) -> None:
        """Look through the library soon: at the start, and when it has changed."""
        if not self._closed:
            self._timer.start()

    @Slot()
    def look_through(self) -> None:
        """Look through the library now."""
        if not self._closed:
            self._library_lane.submit(self._library.series_list, self._plan, token=self._token)

    @Slot(int)
    def look_at(self, series_id: int) -> None:
        """The user looks at this series: it comes next."""
        if self._closed or (self._part is not None and self._part.chosen and self._part.series_id == series_id):
            return
        if self._part is not None:
            self._parts.appendleft(self._part)
            self._part = None
            self._jobs.clear()
        self._parts = deque(part for part in self._parts if not (part.chosen and part.series_id == series_id))
        self._parts.appendleft(_Part(SeriesId(series_id), _BOTH, chosen=True))
        self._next()

    @Slot(object)
    def make_strip(self, video: ClassVideo) -> None:
        """Somebody waits for this strip: it comes before everything, even while a class plays."""
        if self._closed or any(job.video.identity == video.identity for job in self._urgent):
            return
        self._urgent.append(_Job(_Kind.STRIP, video, urgent=True))
        self._interrupt()
        self._next()

    def set_playing(self, playing: bool) -> None:
        """While a class plays, heavy work waits; what is under way is given up and done again later."""
        if playing == self._playing:
            return
        self._playing = playing
        if playing:
            self._interrupt()
        else:
            self._next()

    def close(self) -> None:
        """Stop at once; call before the lane is closed."""
        if self._closed:
            return
        self._closed = True
        self._timer.stop()
        self._token.cancel()
        self._interrupt(everything=True)
        self._lane.submit(self._maker.rest)

    def _plan(self, series: Sequence[Series]) -> None:
        """Pictures of all come before strips of all: they are seen first and made sooner."""
        chosen = [part for part in (self._part, *self._parts) if part is not None and part.chosen]
        rounds = [_Part(one.id, (kind,)) for kind in _BOTH for one in series]
        self._part = None
        self._jobs.clear()
        self._parts = deque((*chosen, *rounds))
        self._next()

    def _interrupt(self, *, everything: bool = False) -> None:
        """What nobody waits for gives way."""
        if self._running is not None and (everything or not self._running[0].urgent):
            self._running[1].cancel()

    def _next(self) -> None:
        if self._running is not None or self._closed:
            return
        if self._urgent:
            self._run(self._urgent.popleft())
        elif self._playing or self._looking:
            return
        elif self._jobs:
            self._run(self._jobs.popleft())
        elif self._parts:
            self._look_into(self._parts.popleft())
        else:
            self._part = None
            self._lane.submit(self._finish, self._finished)

    def _look_into(self, part: _Part) -> None:
        self._part, self._looking = part, True
        self._library_lane.submit(
            partial(self._missing, part), partial(self._found, part), failed=self._stop, token=self._token
        )

    def _missing(self, part: _Part) -> list[_Job]:
        """On the library's lane. What nobody looks at must not drive out what somebody did."""
        if not part.chosen and self._shelf.cache.nearly_full:
            return []
        classes = self._library.classes(part.series_id)
        lacking: dict[_Kind, Callable[[ClassVideo], bool]] = {
            _Kind.PICTURE: self._shelf.lacks_picture,
            _Kind.STRIP: self._shelf.lacks_strip,
        }
        return [_Job(kind, video) for kind in part.kinds for video in classes if lacking[kind](video)]

    def _found(self, part: _Part, jobs: list[_Job]) -> None:
        self._looking = False
        if self._part is part:  # else something else has become more important meanwhile
            self._jobs.extend(jobs)
        self._next()

    def _run(self, job: _Job) -> None:
        token = CancelToken()
        self._running = (job, token)
        gentle = self._playing
        self._lane.submit(
            partial(self._work, job, gentle, token),
            done=partial(self._done, job),
            failed=self._stop,
            cancelled=partial(self._given_up, job),
            token=token,
        )

    def _work(self, job: _Job, gentle: bool, token: CancelToken) -> object:
        """On the lane."""
        if job.kind is _Kind.STRIP:
            return self._shelf.strip(job.video) or self._shelf.make_strip(
                job.video, self._maker, gentle=gentle, cancel=token
            )
        return self._shelf.make_picture(picture_of_class(job.video), self._maker, token)

    def _done(self, job: _Job, made: object) -> None:
        self._running = None
        if job.kind is _Kind.STRIP:
            self._pictures.strips.take(job.video, made)  # type: ignore[arg-type]
        self._made += 1
        if self._made % _TRIM_EVERY == 0 and not self._playing:
            self._lane.submit(self._shelf.cache.trim)
        self._next()

    def _given_up(self, job: _Job) -> None:
        self._running = None
        if not self._closed:
            self._jobs.appendleft(job)
            self._next()

    def _stop(self, error: Exception) -> None:
        """Without workers there is nothing to be done; the next look through the library tries again."""
        self._running, self._looking = None, False
        self._parts.clear()
        self._jobs.clear()
        self._urgent.clear()
        if isinstance(error, SessionPlayerError):
            log.warning("Pictures are not made in the background now: %s", error)
        else:
            log.error("Making pictures in the background has stopped", exc_info=error)

    def _finish(self) -> None:
        """On the lane."""
        self._maker.rest()
        self._shelf.cache.trim()

    def _finished(self, _nothing: None) -> None:
        if self._running is None and not (self._jobs or self._parts or self._urgent or self._looking):
            self.idle.emit()
