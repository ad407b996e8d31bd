# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of classes and series: read, made where they are missing, and kept in a bounded cache.

The main thread only asks and paints. Reading and scaling happen on one lane, making (which may take seconds)
on another; what was asked for last comes first, so that the rows in sight win.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from player.domain.media import MediaFacts, MediaFormat
from player.domain.models import ClassState, ClassVideo, FileIdentity
from player.domain.progress import CancelToken
from player.importing.pictures import make_picture
from player.tasks.lane import Lane

STORED_WIDTH = 640
"""Width of the pictures in the cache folder, px."""
_FORMATS = frozenset({b"jpeg", b"png", b"webp", b"gif", b"bmp"})
_MOST_WISHES = 200
_LARGEST_MB = 256
_MAKE_TIMEOUT_S = 20.0


class MakePicture(Protocol):
    """What makes a picture of a class (importing.pictures.make_picture)."""

    def __call__(
        self, source: Path, media: MediaFormat, facts: MediaFacts, target: Path, width: int, /, *, timeout_s: float
    ) -> bool: ...


@dataclass(frozen=True, slots=True)
class _Wish:
    """A picture wanted in a size. `make` brings it into being where the file is missing."""

    key: str
    name: str
    path: Path
    pixels: QSize
    make: Callable[[], bool] | None


class Pictures(QObject):
    """Asks come from paint events: they answer at once, with None while the picture is not there.

    `arrived(name)` tells that a picture asked for can now be had, or never will; `name` is `name_of(...)`.
    """

    arrived = Signal(str)

    def __init__(
        self,
        folder: Path,
        load_lane: Lane,
        make_lane: Lane | None = None,
        *,
        make: MakePicture = make_picture,
        budget_bytes: int = 64 * 1024 * 1024,
        parent: QObject | None = None,
    ) -> None:
        """`folder` is made when the first picture is. Without a lane of its own, making holds up reading.
        `budget_bytes` bounds the memory of pictures."""
        super().__init__(parent)
        self._folder, self._make = folder, make
        self._load_lane, self._make_lane = load_lane, make_lane or load_lane
        self._budget = budget_bytes
        self._used = 0
        self._pixmaps: OrderedDict[str, QPixmap] = OrderedDict()
        self._wishes: OrderedDict[str, _Wish] = OrderedDict()
        self._to_make: OrderedDict[str, _Wish] = OrderedDict()
        self._never: set[str] = set()
        self._loading: str | None = None
        self._making: str | None = None
        self._token = CancelToken()
        QImageReader.setAllocationLimit(_LARGEST_MB)

    @staticmethod
    def name_of(identity: FileIdentity) -> str:
        """The name of a class's picture."""
        return identity.key

    def has_none(self, name: str) -> bool:
        """Whether it is known that there is no picture of this name."""
        return name in self._never

    def of_class(self, video: ClassVideo, size: QSize, ratio: float = 1.0) -> QPixmap | None:
        """The picture of a class, cut to `size` logical px. None: not there yet, or `has_none`."""
        target = self.path_of(video.identity)
        can_make = video.state is ClassState.READY and video.format is not None
        make = partial(self._make_one, video, target) if can_make else None
        return self._ask(self.name_of(video.identity), target, size, ratio, make)

    def of_identity(self, identity: FileIdentity, size: QSize, ratio: float = 1.0) -> QPixmap | None:
        """The same where only the identity is known: nothing is made."""
        return self._ask(self.name_of(identity), self.path_of(identity), size, ratio, None)

    def of_file(self, path: Path, size: QSize, ratio: float = 1.0) -> QPixmap | None:
        """A picture file of the user (a poster), cut to `size`. Its name is its path."""
        return self._ask(str(path), path, size, ratio, None)

    def path_of(self, identity: FileIdentity) -> Path:
        """Where the picture of a class is kept."""
        return self._folder / f"{identity.key}.jpg"

    def forget_failures(self) -> None:
        """Ask again for what could not be had (files may have come back)."""
        self._never.clear()

    def close(self) -> None:
        """Drop what waits; pictures under way are thrown away."""
        self._token.cancel()
        self._wishes.clear()
        self._to_make.clear()

    def _ask(self, name: str, path: Path, size: QSize, ratio: float, make: Callable[[], bool] | None) -> QPixmap | None:
        pixels = QSize(max(1, round(size.width() * ratio)), max(1, round(size.height() * ratio)))
        key = f"{name}@{pixels.width()}x{pixels.height()}"
        pixmap = self._pixmaps.get(key)
        if pixmap is not None:
            self._pixmaps.move_to_end(key)
            pixmap.setDevicePixelRatio(ratio)
            return pixmap
        if name in self._never or self._token.cancelled or self._making == key:
            return None
        if key not in self._to_make and key != self._loading:
            self._wishes[key] = _Wish(key, name, path, pixels, make)
            self._wishes.move_to_end(key)
            while len(self._wishes) > _MOST_WISHES:
                self._wishes.popitem(last=False)
            self._load_next()
        return None

    def _load_next(self) -> None:
        if self._loading is not None or not self._wishes or self._token.cancelled:
            return
        key, wish = self._wishes.popitem(last=True)
        self._loading = key
        self._load_lane.submit(
            partial(load_picture, wish.path, wish.pixels),
            done=partial(self._loaded, wish),
            failed=lambda _error: self._loaded(wish, None),
            token=self._token,
        )

    def _loaded(self, wish: _Wish, image: QImage | None) -> None:
        self._loading = None
        if image is not None:
            self._keep(wish.key, QPixmap.fromImage(image))
            self.arrived.emit(wish.name)
        elif wish.make is not None:
            self._to_make[wish.key] = wish
            while len(self._to_make) > _MOST_WISHES:
                self._to_make.popitem(last=False)
            self._make_next()
        else:
            self._give_up(wish)
        self._load_next()

    def _make_next(self) -> None:
        if self._making is not None or not self._to_make or self._token.cancelled:
            return
        key, wish = self._to_make.popitem(last=True)
        if wish.make is None:
            return
        self._making = key
        self._make_lane.submit(
            wish.make,
            done=partial(self._made, wish),
            failed=lambda _error: self._made(wish, made=False),
            token=self._token,
        )

    def _made(self, wish: _Wish, made: bool) -> None:
        self._making = None
        if made:
            again = _Wish(wish.key, wish.name, wish.path, wish.pixels, None)
            self._wishes[wish.key] = again
            self._load_next()
        else:
            self._give_up(wish)
        self._make_next()

    def _make_one(self, video: ClassVideo, target: Path) -> bool:
        """On the making lane."""
        if video.format is None:
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        return self._make(video.path, video.format, video.facts, target, STORED_WIDTH, timeout_s=_MAKE_TIMEOUT_S)

    def _give_up(self, wish: _Wish) -> None:
        self._never.add(wish.name)
        self.arrived.emit(wish.name)

    def _keep(self, key: str, pixmap: QPixmap) -> None:
        self._pixmaps[key] = pixmap
        self._used += _bytes_of(pixmap)
        while self._used > self._budget and len(self._pixmaps) > 1:
            _old, dropped = self._pixmaps.popitem(last=False)
            self._used -= _bytes_of(dropped)


def load_picture(path: Path, pixels: QSize) -> QImage | None:
    """The picture in a file, filling `pixels` and cut in the middle; None where there is none. Any thread.

    The file's own bytes decide what it is, and only plain pictures are read (a drawing could name other files).
    """
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    if not reader.canRead() or bytes(reader.format().data()) not in _FORMATS:
        return None
    full = reader.size()
    if full.isValid() and full.width() > 2 * pixels.width() and full.height() > 2 * pixels.height():
        turned = reader.transformation() & reader.transformation().TransformationRotate90
        goal = pixels.transposed() if turned else pixels
        reader.setScaledSize(full.scaled(goal, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    if image.isNull():
        return None
    image = image.scaled(
        pixels, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    left, top = (image.width() - pixels.width()) // 2, (image.height() - pixels.height()) // 2
    return image.copy(left, top, pixels.width(), pixels.height())


def _bytes_of(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
