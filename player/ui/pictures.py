# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of classes and series: read, made where they are missing, and kept in a bounded cache.

The main thread only asks and paints. Reading and scaling happen on one lane, making (which may take seconds)
on another; what was asked for last comes first, so that the rows in sight win.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QImageReader, QPixmap

from player.domain.models import ClassVideo, FileIdentity, SeriesId
from player.domain.progress import CancelToken
from player.importing.picture_cache import DEFAULT_LIMIT_BYTES, PictureCache
from player.importing.picture_shelf import (
    Maker,
    PictureOf,
    PictureShelf,
    picture_name,
    picture_of_class,
    picture_of_file,
)
from player.importing.pictures import PictureMaker
from player.tasks.lane import Lane
from player.ui.strips import Strips

_JPEG_START = b"\xff\xd8\xff"
_MOST_WISHES = 200
_LARGEST_MB = 256
_REST_AFTER_MS = 10_000
"""A worker that nobody needs for so long ends."""
_LOOKED_AT = 3
"""So many classes of one series in a row: it is what the user looks at."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """A picture wanted in a size."""

    key: str
    name: str
    what: PictureOf
    pixels: QSize


class Pictures(QObject):
    """Asks come from paint events: they answer at once, with None while the picture is not there.

    `arrived(name)` tells that a picture asked for can now be had, or never will; `name` is `name_of(...)`.
    `series_looked_at(SeriesId)` tells whose classes are asked for now. Strips for timelines are in `strips`.
    """

    arrived = Signal(str)
    series_looked_at = Signal(int)

    def __init__(
        self,
        folder: Path,
        load_lane: Lane,
        make_lane: Lane | None = None,
        *,
        maker: Maker | None = None,
        limit_bytes: int = DEFAULT_LIMIT_BYTES,
        budget_bytes: int = 64 * 1024 * 1024,
        parent: QObject | None = None,
    ) -> None:
        """`folder` is made when the first picture is. Without a lane of its own, making holds up reading.
        `limit_bytes` bounds the folder, `budget_bytes` the memory of pictures."""
        super().__init__(parent)
        self.shelf = PictureShelf(PictureCache(folder, limit_bytes))
        self.strips = Strips(self.shelf, load_lane, self)
        self._load_lane, self._make_lane = load_lane, make_lane or load_lane
        self._maker = maker or PictureMaker()
        self._budget = budget_bytes
        self._used = 0
        self._pixmaps: OrderedDict[str, QPixmap] = OrderedDict()
        self._wishes: OrderedDict[str, _Wish] = OrderedDict()
        self._to_make: OrderedDict[str, _Wish] = OrderedDict()
        self._never: set[str] = set()
        self._loading: str | None = None
        self._making: str | None = None
        self._token = CancelToken()
        self._in_sight: tuple[SeriesId | None, set[str]] = (None, set())
        self._rest_timer = QTimer(self, singleShot=True, interval=_REST_AFTER_MS)
        self._rest_timer.timeout.connect(self._rest)
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
        self._note_series(video)
        return self._ask(self.name_of(video.identity), picture_of_class(video), size, ratio)

    def of_identity(self, identity: FileIdentity, size: QSize, ratio: float = 1.0) -> QPixmap | None:
        """The same where only the identity is known: nothing is made."""
        return self._ask(self.name_of(identity), PictureOf(picture_name(identity)), size, ratio)

    def of_file(self, path: Path, size: QSize, ratio: float = 1.0) -> QPixmap | None:
        """A picture file of the user (a poster), cut to `size`. Its name is its path. No reader in this process sees
        the file itself."""
        return self._ask(str(path), picture_of_file(path), size, ratio)

    def path_of(self, identity: FileIdentity) -> Path:
        """Where the picture of a class is kept."""
        return self.shelf.cache.path_of(picture_name(identity))

    def forget_failures(self) -> None:
        """Ask again for what could not be had (files may have come back)."""
        self._never.clear()
        self.strips.forget_failures()

    def close(self) -> None:
        """Drop what waits; pictures under way are thrown away."""
        if not self._token.cancelled:
            self._token.cancel()
            self._make_lane.submit(self._maker.rest)
        self._rest_timer.stop()
        self._wishes.clear()
        self._to_make.clear()
        self.strips.close()

    def _note_series(self, video: ClassVideo) -> None:
        series, seen = self._in_sight
        if series != video.series_id:
            self._in_sight = (video.series_id, {video.identity.key})
        elif len(seen) < _LOOKED_AT and video.identity.key not in seen:
            seen.add(video.identity.key)
            if len(seen) == _LOOKED_AT:
                self.series_looked_at.emit(series)

    def _ask(self, name: str, what: PictureOf, size: QSize, ratio: float) -> QPixmap | None:
        pixels = QSize(max(1, round(size.width() * ratio)), max(1, round(size.height() * ratio)))
        key = f"{what.name}@{pixels.width()}x{pixels.height()}"
        pixmap = self._pixmaps.get(key)
        if pixmap is not None:
            self._pixmaps.move_to_end(key)
            pixmap.setDevicePixelRatio(ratio)
            return pixmap
        if name in self._never or self._token.cancelled or self._making == key:
            return None
        if key not in self._to_make and key != self._loading:
            self._wishes[key] = _Wish(key, name, what, pixels)
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
            partial(self._load_one, wish),
            done=partial(self._loaded, wish),
            failed=lambda _error: self._loaded(wish, None),
            token=self._token,
        )

    def _load_one(self, wish: _Wish) -> QImage | None:
        """On the loading lane."""
        data = self.shelf.picture(wish.what)
        return load_picture(data, wish.pixels) if data is not None else None

    def _loaded(self, wish: _Wish, image: QImage | None) -> None:
        self._loading = None
        if image is not None:
            self._show(wish, image)
        elif wish.what.source is not None:
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
        self._making = key
        self._rest_timer.stop()
        self._make_lane.submit(
            partial(self._make_one, wish),
            done=partial(self._made, wish),
            failed=lambda _error: self._made(wish, None),
            token=self._token,
        )

    def _make_one(self, wish: _Wish) -> QImage | None:
        """On the making lane. Somebody else may have made it meanwhile."""
        data = self.shelf.picture(wish.what) or self.shelf.make_picture(wish.what, self._maker, self._token)
        return load_picture(data, wish.pixels) if data is not None else None

    def _made(self, wish: _Wish, image: QImage | None) -> None:
        self._making = None
        if image is not None:
            self._show(wish, image)
        else:
            self._give_up(wish)
        self._make_next()
        if self._making is None:
            self._rest_timer.start()

    @Slot()
    def _rest(self) -> None:
        if self._making is None and not self._token.cancelled:
            self._make_lane.submit(self._maker.rest)

    def _show(self, wish: _Wish, image: QImage) -> None:
        self._keep(wish.key, QPixmap.fromImage(image))
        self.arrived.emit(wish.name)

    def _give_up(self, wish: _Wish) -> None:
        self._never.add(wish.name)
        self.arrived.emit(wish.name)

    def _keep(self, key: str, pixmap: QPixmap) -> None:
        before = self._pixmaps.pop(key, None)
        self._used += _bytes_of(pixmap) - (_bytes_of(before) if before is not None else 0)
        self._pixmaps[key] = pixmap
        while self._used > self._budget and len(self._pixmaps) > 1:
            _old, dropped = self._pixmaps.popitem(last=False)
            self._used -= _bytes_of(dropped)


def load_picture(data: bytes, pixels: QSize) -> QImage | None:
    """The picture in a JPEG that a worker made, filling `pixels` and cut in the middle; None for anything else. Any
    thread."""
    if not data.startswith(_JPEG_START):
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"jpeg"))
    full = reader.size()
    if full.isValid() and full.width() > 2 * pixels.width() and full.height() > 2 * pixels.height():
        reader.setScaledSize(full.scaled(pixels, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
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
