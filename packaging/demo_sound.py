# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the sound of the demo classes: a chord for each kind of phase that swells with the breath."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator

from demo_script import Class, Phase, breath, ease

SOUND_RATE = 44100
PACKET = 1024  # samples
STEP = 64  # samples between two values of the loudness; a line joins them
CHORDS = {  # hertz
    "arrive": (110.00, 164.81, 220.00, 277.18),
    "release": (98.00, 146.83, 196.00, 246.94),
    "breath": (87.31, 130.81, 174.61, 261.63),
    "mobilization": (98.00, 146.83, 220.00, 293.66),
    "rest": (73.42, 110.00, 146.83, 185.00),
}


def sound(practice: Class) -> Iterator[bytes]:
    """The packets of a class, one channel of 32-bit floats."""
    samples = array("f", bytes(4 * practice.seconds * SOUND_RATE))
    start = 0
    for phase in practice.phases:
        for voice, hertz in enumerate(CHORDS[phase.kind]):
            _add_voice(samples, practice, phase, start, voice, hertz)
        start += phase.seconds
    for first in range(0, len(samples) - PACKET + 1, PACKET):
        yield samples[first : first + PACKET].tobytes()


def _add_voice(  # noqa: PLR0917
    samples: array[float], practice: Class, phase: Phase, start: int, voice: int, hertz: float
) -> None:
    """One note of a phase, from a second before it to a second after it: two sines that beat slowly."""
    loudest = 0.085 / (1 + 0.5 * voice)
    one, two = (math.tau * tone / SOUND_RATE for tone in (hertz, hertz + 0.22 + 0.07 * voice))
    first = max(0, (start - 1) * SOUND_RATE)
    last = min(len(samples), (start + phase.seconds + 1) * SOUND_RATE)
    before = loudest * _loudness(practice, phase, start, first / SOUND_RATE)
    for block in range(first, last, STEP):
        after = loudest * _loudness(practice, phase, start, (block + STEP) / SOUND_RATE)
        slope = (after - before) / STEP
        for index in range(block, min(block + STEP, last)):
            gain = before + slope * (index - block)
            samples[index] += gain * (math.sin(one * index) + math.sin(two * index))
        before = after


def _loudness(practice: Class, phase: Phase, start: int, seconds: float) -> float:
    """How loud a phase is at a time of the class, 0 to 1: with the breath, soft where phases meet and at both ends."""
    into = seconds - start
    loud = 0.4 + 0.6 * breath(max(0.0, into), phase.breath_s)
    if start > 0:
        loud *= ease((into + 1) / 2)
    if start + phase.seconds < practice.seconds:
        loud *= ease((phase.seconds + 1 - into) / 2)
    return loud * ease(seconds / 2) * ease((practice.seconds - seconds) / 2.5)
