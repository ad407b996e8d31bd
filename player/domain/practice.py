# SPDX-License-Identifier: GPL-3.0-or-later
"""One sitting with a class, as it is written to the diary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from player.domain.models import ClassId


@dataclass(frozen=True, slots=True)
class Practice:
    """`played_ms` is the time really played (no pauses, no skips); `phases` the part of it in each phase,
    by index. `finished` says whether this sitting made the class done."""

    class_id: ClassId
    started: datetime
    played_ms: int = 0
    phases: Mapping[int, int] = field(default_factory=dict)
    finished: bool = False

    def played(self, time_ms: int, phase: int | None) -> Practice:
        """With `time_ms` more played, in `phase`."""
        phases = dict(self.phases)
        if phase is not None:
            phases[phase] = phases.get(phase, 0) + time_ms
        return replace(self, played_ms=self.played_ms + time_ms, phases=phases)
