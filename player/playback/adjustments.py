# SPDX-License-Identifier: GPL-3.0-or-later
"""Speed, volume and mirror: what the user turns while a class plays. Main thread.

Speed, mirror and the language of captions are remembered for the series.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from player.domain.models import Series
from player.playback.captions import Captions
from player.playback.engine import MAX_RATE, MAX_VOLUME, MIN_RATE, Engine
from player.playback.messages import Telling
from player.playback.store import PlaybackStore
from player.tasks.lane import Lane


class Adjustments(Telling):
    """The base of the controller that holds what can be turned. `_series` is the series it is kept for."""

    rate_changed = Signal()
    volume_changed = Signal()
    mirrored_changed = Signal()

    def __init__(
        self,
        engine: Engine,
        store: PlaybackStore,
        lane: Lane,
        volume: int,
        *,
        captions: Captions | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.captions = captions or Captions()
        self.captions.setParent(self)
        self._engine = engine
        self._store = store
        self._lane = lane
        self._series: Series | None = None
        self._sound_share = 1.0
        self._rate, self._volume, self._muted, self._mirrored = 1.0, volume, False, False
        self._captions_wanted = ""
        engine.set_volume(volume)

    @property
    def rate(self) -> float:
        return self._rate

    @property
    def volume(self) -> int:
        return self._volume

    @property
    def muted(self) -> bool:
        return self._muted

    @property
    def mirrored(self) -> bool:
        return self._mirrored

    def set_mirrored(self, mirrored: bool) -> None:
        if mirrored != self._mirrored:
            self._mirrored = mirrored
            self.mirrored_changed.emit()
            self._keep_preferences()

    def set_rate(self, rate: float) -> None:
        """Brought into MIN_RATE to MAX_RATE."""
        rate = round(max(MIN_RATE, min(rate, MAX_RATE)), 2)
        if rate != self._rate:
            self._rate = rate
            self._engine.set_rate(rate)
            self.rate_changed.emit()
            self._keep_preferences()

    def set_volume(self, volume: int) -> None:
        """0 to MAX_VOLUME per cent. Turning it up ends a mute."""
        louder = volume > self._volume
        self._volume = max(0, min(volume, MAX_VOLUME))
        self._set_engine_volume()
        if self._muted and louder:
            self._muted = False
            self._engine.set_muted(False)
        self.volume_changed.emit()

    def _set_sound_share(self, share: float) -> None:
        """Softer than the user has set it, for a while: 1 is as loud as that."""
        self._sound_share = share
        self._set_engine_volume()

    def _set_engine_volume(self) -> None:
        self._engine.set_volume(round(self._volume * self._sound_share))

    def set_muted(self, muted: bool) -> None:
        self._muted = muted
        self._engine.set_muted(muted)
        self.volume_changed.emit()

    def choose_captions(self, index: int | None) -> None:
        """Show these captions of the class, or none; kept for the series."""
        self.captions.choose(index)
        self._keep_captions()

    def cycle_captions(self) -> None:
        """The next captions, or none after the last; kept for the series."""
        self.captions.cycle()
        self._keep_captions()

    def _keep_captions(self) -> None:
        if self.captions.tracks:
            self._captions_wanted = self.captions.wish()
            self._keep_preferences()

    def _take_preferences(self, series: Series) -> None:
        """A class of `series` begins: with another series come that series' speed and mirror."""
        same = self._series is not None and self._series.id == series.id
        self._series = series
        if same:
            return
        self._mirrored, self._rate = series.preferences.mirrored, series.preferences.rate
        self._captions_wanted = series.preferences.captions
        self._engine.set_rate(self._rate)
        self.mirrored_changed.emit()
        self.rate_changed.emit()

    def _keep_preferences(self) -> None:
        if self._series is None:
            return
        series_id, mirrored, rate, captions = self._series.id, self._mirrored, self._rate, self._captions_wanted
        self._lane.submit(
            lambda: self._store.change_preferences(series_id, mirrored=mirrored, rate=rate, captions=captions)
        )
