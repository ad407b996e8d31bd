# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures on their way from an engine to the surfaces that paint them.

An engine's thread delivers each picture once for every surface size asked for; the main thread takes the
newest and paints it. Any number of surfaces share one decode.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from player.domain.media import MediaFacts


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """One picture, upright, already scaled: `height` rows of `stride` bytes, 4 bytes a pixel in the memory order
    B, G, R, unused (QImage's Format_RGB32 on little-endian machines). `data` stays valid as long as the
    Picture is referenced. `serial` grows by one a decoded picture; `time_ms` is its place in its file."""

    data: memoryview
    width: int
    height: int
    stride: int
    serial: int
    time_ms: int


class FrameSource(QObject):
    """What surfaces see of an engine. Lives on the main thread; all methods are called there.

    A surface registers its size in device pixels; pictures for it have the largest size of the right shape
    that fits (so the surface centres them and paints 1:1).
    """

    picture_ready = Signal()
    """A newer picture can be taken, or the picture was cleared."""

    def add_surface(self, surface: object, width: int, height: int) -> None:
        """Register a surface, or tell its new size (device pixels). Any hashable object that lives as long
        as the registration. A held picture is converted anew for the new size; until that is done, `picture` gives
        the one of the former size. Register only what is seen: pictures nobody takes count as late."""
        raise NotImplementedError

    def remove_surface(self, surface: object) -> None:
        raise NotImplementedError

    def picture(self, surface: object) -> Picture | None:
        """The newest picture for this surface, or None while there is none (nothing open, sound only).
        Taking it counts as showing it."""
        raise NotImplementedError

    @property
    def shape(self) -> tuple[int, int] | None:
        """Width and height of the picture as shown (upright, square pixels), or None without a picture."""
        raise NotImplementedError


def fit(shape: tuple[int, int], width: int, height: int) -> tuple[int, int]:
    """The largest size with the aspect of `shape` within `width` x `height`, at least 2 x 2, both even."""
    scale = min(width / shape[0], height / shape[1])
    return max(2, round(shape[0] * scale / 2) * 2), max(2, round(shape[1] * scale / 2) * 2)


def shown_shape(facts: MediaFacts) -> tuple[int, int] | None:
    """Width and height of the upright picture in square pixels, as the probe saw it; None where it saw none."""
    if not facts.has_video or facts.width <= 0 or facts.height <= 0:
        return None
    return max(1, round(facts.width * facts.pixel_aspect)), facts.height
