# SPDX-License-Identifier: GPL-3.0-or-later
"""What the controller needs of the library. The library fulfils it without knowing of it.

Every method may block and is called on a lane, never on the main thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from player.domain.media import MediaSource
from player.domain.models import ClassId, ClassState, ClassVideo, Series, SeriesId, SeriesPreferences
from player.domain.practice import Practice
from player.domain.queue import Queue


class PlaybackStore(Protocol):
    """See player.library.Library for the meaning of each method."""

    def class_video(self, class_id: ClassId, /) -> ClassVideo: ...
    def classes(self, series_id: SeriesId, /) -> tuple[ClassVideo, ...]: ...
    def series(self, series_id: SeriesId, /) -> Series: ...
    def save_position(self, class_id: ClassId, position_ms: int, /) -> None: ...
    def set_done(self, class_id: ClassId, done: bool, /) -> None: ...
    def save_practice(self, practice: Practice, practice_id: int | None, /) -> int: ...
    def load_queue(self) -> Queue: ...
    def save_queue(self, queue: Queue, /) -> None: ...
    def set_preferences(self, series_id: SeriesId, preferences: SeriesPreferences, /) -> None: ...
    def set_class_state(self, class_id: ClassId, state: ClassState, reason: str, /) -> None: ...


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
        return MediaSource(video.path, video.format, video.duration_ms, video.facts)

    @property
    def before(self) -> ClassId | None:
        index = self.series_classes.index(self.class_video.id)
        return self.series_classes[index - 1] if index > 0 else None

    @property
    def following(self) -> tuple[ClassId, ...]:
        index = self.series_classes.index(self.class_video.id)
        return self.series_classes[index + 1 :]


def load_class(store: PlaybackStore, class_id: ClassId) -> LoadedClass:
    """Blocks; raises NotFound. A file that has gone since the last look makes the class a missing one."""
    video = store.class_video(class_id)
    if video.state is ClassState.READY and not video.path.exists():
        reason = f"The file “{video.path.name}” is not where it was, or its drive is not connected."
        store.set_class_state(class_id, ClassState.MISSING, reason)
        video = store.class_video(class_id)
    elif video.state is ClassState.MISSING and video.path.exists():
        store.set_class_state(class_id, ClassState.READY, "")
        video = store.class_video(class_id)
    series = store.series(video.series_id)
    return LoadedClass(video, series, tuple(other.id for other in store.classes(video.series_id)))
