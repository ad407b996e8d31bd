# SPDX-License-Identifier: GPL-3.0-or-later
"""What the controller needs of the library, and how a class is fetched from it without anybody waiting.

The library fulfils the protocol without knowing of it. Its methods block and are called on lanes, never on the
main thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from player.domain.media import MediaSource
from player.domain.models import ClassId, ClassState, ClassVideo, Series, SeriesId
from player.domain.practice import Practice
from player.domain.queue import Queue
from player.tasks.lane import Lane


class PlaybackStore(Protocol):
    """See player.library.Library for the meaning of each method."""

    def look_at(self, class_id: ClassId, /) -> ClassVideo: ...
    def series(self, series_id: SeriesId, /) -> Series: ...
    def series_class_ids(self, series_id: SeriesId, /) -> tuple[ClassId, ...]: ...
    def save_position(self, class_id: ClassId, position_ms: int, /) -> None: ...
    def set_done(self, class_id: ClassId, done: bool, /) -> None: ...
    def save_practice(self, practice: Practice, practice_id: int | None, /) -> int: ...
    def load_queue(self) -> Queue: ...
    def save_queue(self, queue: Queue, /) -> None: ...
    def change_preferences(self, series_id: SeriesId, /, *, mirrored: bool, rate: float, captions: str) -> None: ...


@dataclass(frozen=True, slots=True)
class LoadedClass:
    """A class with what is needed to play it. `series_classes` are the ids of its series, in order."""

    class_video: ClassVideo
    series: Series
    series_classes: tuple[ClassId, ...]

    @property
    def source(self) -> MediaSource | None:
        """What an engine opens, or None for a class that is not ready."""
        video = self.class_video
        if video.state is not ClassState.READY or video.format is None:
            return None
        return MediaSource(video.path, video.format, video.duration_ms, video.facts, video.parts)

    @property
    def before(self) -> ClassId | None:
        index = self.series_classes.index(self.class_video.id)
        return self.series_classes[index - 1] if index > 0 else None

    @property
    def following(self) -> tuple[ClassId, ...]:
        index = self.series_classes.index(self.class_video.id)
        return self.series_classes[index + 1 :]


class ClassLoader:
    """Fetches classes on a lane of their own, since a look at a file may wait for a drive to wake up, and
    positions must be written meanwhile. Main thread."""

    def __init__(self, store: PlaybackStore, database: Lane, files: Lane) -> None:
        """`database` is the lane that writes; `files` may be the same one where no drive is slow."""
        self._store = store
        self._database = database
        self._files = files

    def load(self, class_id: ClassId, then: Callable[[LoadedClass], None], failed: Callable[[Exception], None]) -> None:
        """Leads to `then` or to `failed` (NotFound, LibraryError). What was written before is seen."""

        def work() -> LoadedClass:
            video = self._store.look_at(class_id)
            series = self._store.series(video.series_id)
            return LoadedClass(video, series, self._store.series_class_ids(video.series_id))

        def go(_nothing: None) -> None:
            self._files.submit(work, then, failed)

        self._database.submit(lambda: None, go)
