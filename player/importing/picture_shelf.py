# SPDX-License-Identifier: GPL-3.0-or-later
"""The pictures and strips of classes: which are there, which are lacking, and making one. No Qt; any thread.

What lies in the cache is known by the content of the class, so a renamed file keeps its pictures.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from player.domain.media import MediaSource
from player.domain.models import ClassState, ClassVideo, FileIdentity
from player.domain.progress import CancelToken
from player.importing.picture_cache import PictureCache, stamp_of
from player.importing.pictures import Made, PictureSource
from player.importing.strip_file import Strip, parse_strip

STORED_WIDTH = 640
"""Width of the pictures that are kept, px; thumbnails are made from them."""
_OF = b"\nof "
_SLOW = ".slow"
_JPEG_END = b"\xff\xd9"


class Maker(Protocol):
    """What makes pictures (importing.pictures.PictureMaker)."""

    def picture(self, source: PictureSource, width: int, *, cancel: CancelToken | None = None) -> Made: ...

    def strip(
        self,
        source: MediaSource,
        *,
        gentle: bool = False,
        cancel: CancelToken | None = None,
    ) -> Made: ...

    def rest(self) -> None: ...


@dataclass(frozen=True, slots=True)
class PictureOf:
    """A picture to be had. `name` is where it is kept; without a `source` it is only looked for."""

    name: str
    source: PictureSource | None = None

    @property
    def poster(self) -> Path | None:
        return self.source.poster if self.source is not None else None


def picture_name(identity: FileIdentity, poster: Path | None = None) -> str:
    """Where the picture of a class is kept. The picture beside it counts: another one is another picture."""
    return f"{identity.key}.jpg" if poster is None else f"{identity.key}-{_hash(poster)}.jpg"


def strip_name(identity: FileIdentity) -> str:
    return f"{identity.key}.strip"


def picture_of_class(video: ClassVideo) -> PictureOf:
    """The picture beside the class, else its cover, else a frame."""
    there = video.state is ClassState.READY and video.format is not None
    media = video.path if there else None
    source = None if media is None and video.poster is None else PictureSource(media, video.format, video.poster)
    return PictureOf(picture_name(video.identity, video.poster), source)


def picture_of_file(path: Path) -> PictureOf:
    """A picture file of the user."""
    return PictureOf(f"file-{_hash(path)}.jpg", PictureSource(None, None, path))


class PictureShelf:
    """Reads from the cache and fills it."""

    def __init__(self, cache: PictureCache) -> None:
        self.cache = cache

    def picture(self, wanted: PictureOf) -> bytes | None:
        """The JPEG, if there is one that was made of the files as they are."""
        data = self.cache.get(wanted.name)
        if data is None or wanted.poster is None:
            return data
        jpeg, mark, stamp = data.rpartition(_OF)
        now = stamp_of(wanted.poster)
        return jpeg if mark and (now is None or stamp == now.encode("ascii")) else None

    def lacks_picture(self, video: ClassVideo) -> bool:
        """Whether a picture should be made. No file is looked at."""
        wanted = picture_of_class(video)
        return wanted.source is not None and not self._settled(wanted.name)

    def make_picture(self, wanted: PictureOf, maker: Maker, cancel: CancelToken | None = None) -> bytes | None:
        """Make it and keep it; None if it cannot be had. Raises Cancelled and WorkersUnavailable."""
        source = wanted.source
        if source is None:
            return None
        stamp = _stamp(source.media, source.poster)
        if stamp and self.cache.failed(wanted.name, stamp):
            return None
        of_poster = (stamp_of(source.poster) or "") if source.poster is not None else None
        made = maker.picture(source, STORED_WIDTH, cancel=cancel)
        data = made.data
        if data is None or not data.endswith(_JPEG_END):
            self._failed(wanted.name, stamp, made)
            return None
        self.cache.put(wanted.name, data if of_poster is None else data + _OF + of_poster.encode("ascii"))
        return data

    def strip(self, video: ClassVideo) -> Strip | None:
        """The strip of a class, if there is one."""
        name = strip_name(video.identity)
        data = self.cache.get(name)
        strip = parse_strip(data) if data is not None else None
        if data is not None and strip is None:
            self.cache.drop(name)
        return strip

    def lacks_strip(self, video: ClassVideo) -> bool:
        """Whether a strip should be made. No file is looked at."""
        return can_have_strip(video) and not self._settled(strip_name(video.identity))

    def make_strip(
        self, video: ClassVideo, maker: Maker, *, gentle: bool = False, cancel: CancelToken | None = None
    ) -> Strip | None:
        """Make it and keep it; None if it cannot be had. Raises Cancelled and WorkersUnavailable."""
        if video.format is None or not can_have_strip(video):
            return None
        source = MediaSource(video.path, video.format, video.duration_ms, video.facts, video.parts)
        name, stamp = strip_name(video.identity), _stamp(*(file.path for file in source.files))
        if stamp and self.cache.failed(name, stamp):
            return None
        made = maker.strip(source, gentle=gentle, cancel=cancel)
        strip = parse_strip(made.data) if made.data is not None else None
        if made.data is None or strip is None:
            self._failed(name, stamp, made)
            return None
        self.cache.put(name, made.data)
        return strip

    def _settled(self, name: str) -> bool:
        """Whether it is there, or is known not to be had."""
        return self.cache.has(name) or self.cache.has_failed(name)

    def _failed(self, name: str, stamp: str, made: Made) -> None:
        """A file that cannot be seen now may come back; one that took too long may have been on a busy drive and has
        one more chance."""
        if not stamp:
            return
        if made.too_slow and not self.cache.has(name + _SLOW):
            self.cache.put(name + _SLOW, b"once")
        else:
            self.cache.remember_failure(name, stamp)


def can_have_strip(video: ClassVideo) -> bool:
    """Classes without pictures, and those that are not there, have none."""
    return video.state is ClassState.READY and video.facts.has_video and video.format is not None


def _stamp(*paths: Path | None) -> str:
    """What tells that none of the files has changed; "" where none can be seen now."""
    found = [(stamp_of(path) or "-") if path is not None else "" for path in paths]
    return " ".join(found) if any(one not in ("", "-") for one in found) else ""


def _hash(path: Path) -> str:
    return hashlib.blake2b(os.fsencode(path), digest_size=8).hexdigest()
