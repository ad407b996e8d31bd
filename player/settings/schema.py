# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be set, each with its meaning and range. Frozen values; the store keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Appearance(StrEnum):
    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"


@dataclass(frozen=True, slots=True)
class AppearanceSettings:
    mode: Appearance = Appearance.SYSTEM
    less_motion: bool = False


@dataclass(frozen=True, slots=True)
class PlaybackSettings:
    """`settle_ms`: how long Up Next counts down (0 to 600 000). `volume`: per cent (0 to 125).
    `count_in_ms`: how long a repeat waits before it begins (0 to 30 000).
    `audio_output`: a libVLC output module, or "" for the system's, or "none" for silence."""

    settle_ms: int = 30_000
    volume: int = 100
    audio_output: str = ""
    count_in_ms: int = 0


@dataclass(frozen=True, slots=True)
class PicturesSettings:
    """`cache_mb`: how many megabytes (of a million bytes) made pictures may take on disk (50 to 100 000)."""

    cache_mb: int = 1_000


@dataclass(frozen=True, slots=True)
class LibrarySettings:
    """`watch`: whether the source folders are watched while the program runs."""

    watch: bool = True


@dataclass(frozen=True, slots=True)
class Settings:
    appearance: AppearanceSettings = field(default_factory=AppearanceSettings)
    playback: PlaybackSettings = field(default_factory=PlaybackSettings)
    library: LibrarySettings = field(default_factory=LibrarySettings)
    pictures: PicturesSettings = field(default_factory=PicturesSettings)
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The keys of actions that the user has changed, by the id of the action; none for one that has lost its keys."""


RANGES = {"settle_ms": (0, 600_000), "volume": (0, 125), "count_in_ms": (0, 30_000), "cache_mb": (50, 100_000)}
"""Lowest and highest value of each number; what a file holds beyond is brought back to it."""
