# SPDX-License-Identifier: GPL-3.0-or-later
"""What the demo classes are made of: phases, lengths, and the curve of a breath. Used by make-demo and its painters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Phase:
    kind: str  # a phase kind of tokens.json
    title: str  # the chapter's title
    seconds: int
    breath_s: int  # one breath in and out
    line: str = ""  # said under the shape; empty: "Breathe in" and "Breathe out"


@dataclass(frozen=True)
class Class:
    file: str
    title: str
    phases: tuple[Phase, ...]
    props: tuple[str, ...]

    @property
    def seconds(self) -> int:
        return sum(phase.seconds for phase in self.phases)


CLASSES = (
    Class(
        "01 Soften the Middle.mp4",
        "Soften the Middle: Make Room for Breath",
        (
            Phase("release", "Diaphragm release", 12, 6, "Let the ribs grow heavy"),
            Phase("breath", "Breath", 12, 6),
            Phase("mobilization", "Mobilization", 12, 6, "Rock your knees from side to side"),
        ),
        ("mat", "pillow"),
    ),
    Class(
        "02 Wide Ribs.mp4",
        "Wide Ribs: Breath from Side to Side",
        (
            Phase("arrive", "Arrive", 10, 5, "Feel the chair carry you"),
            Phase("release", "Diaphragm release", 12, 6, "Rest your hands under the ribs"),
            Phase("breath", "Breath into the side ribs", 12, 6),
            Phase("mobilization", "Seated mobilization", 12, 6, "Lean softly, one side, then the other"),
        ),
        ("chair",),
    ),
    Class(
        "03 An Easy Back.mp4",
        "An Easy Back: Slow Turns, Then Quiet",
        (
            Phase("arrive", "Arrive", 10, 5, "Let your feet find the floor"),
            Phase("release", "Diaphragm release", 6, 6, "A long sigh out"),
            Phase("breath", "Breath", 12, 6),
            Phase("mobilization", "Seated rotations", 18, 6, "Turn as far as it is easy"),
            Phase("rest", "Rest", 12, 6, "Nothing to do now"),
        ),
        ("mat", "chair", "pillow"),
    ),
)


def ease(x: float) -> float:
    """0 to 1 with a soft start and end."""
    x = min(1.0, max(0.0, x))
    return x * x * x * (x * (6 * x - 15) + 10)


def breath(seconds: float, period: float) -> float:
    """How full the lungs are, 0 to 1: in for two fifths of the period, out for the rest."""
    part = (seconds / period) % 1.0
    return ease(part / 0.4) if part < 0.4 else 1.0 - ease((part - 0.4) / 0.6)
