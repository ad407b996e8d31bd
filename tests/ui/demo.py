# SPDX-License-Identifier: GPL-3.0-or-later
"""A library to look at: a plan with four series, as an import would find them. No files are needed."""

from __future__ import annotations

from pathlib import Path

from player.domain.media import MediaFacts, MediaFormat
from player.domain.models import ClassState, FileIdentity, Phase, PhaseKind, PropNeed
from player.domain.plan import ImportPlan, PlannedClass, PlannedSeries
from player.domain.timeline import tidy_phases
from player.library import Library

A, R, B, M, S, I, Z = (  # noqa: E741
    PhaseKind.ARRIVE,
    PhaseKind.DIAPHRAGM_RELEASE,
    PhaseKind.BREATH,
    PhaseKind.MOBILIZATION,
    PhaseKind.STRENGTHENING,
    PhaseKind.INTEGRATION,
    PhaseKind.REST,
)
TITLES = {A: "Arrive", R: "Release", B: "Breath", M: "Mobilization", S: "Strengthening", I: "Integration", Z: "Rest"}
FACTS = MediaFacts(has_video=True, has_audio=True, width=1280, height=720, frame_rate=25.0)
ABOUT = (
    "Twenty-four short classes that go once around the body: breath, back, hips, shoulders, feet. "
    "Each one starts by arriving and ends with rest. Nothing in it needs strength or a straight back; a chair, a "
    "pillow and a mat are all it asks for."
)
Shape = tuple[tuple[PhaseKind, float], ...]
LONG: Shape = ((A, 1), (R, 3), (B, 2), (M, 7), (I, 2.5), (Z, 2.5))
SHORT: Shape = ((A, 1), (M, 6), (I, 2.5), (Z, 2))
STRONG: Shape = ((A, 1.3), (M, 5), (S, 7), (I, 2.8), (Z, 2))
WELCOME: tuple[tuple[str, float, Shape, tuple[str, ...]], ...] = (
    ("Arriving", 9, SHORT, ("mat",)),
    ("The First Breath: Where It Goes", 11, ((A, 1), (R, 3), (B, 5), (Z, 2)), ("mat", "pillow")),
    ("Soft Ribs: Room to Breathe", 15, LONG, ("pillow",)),
    ("Neck and Jaw: Letting Go", 12, SHORT, ("chair",)),
    ("Shoulders: Heavy and Wide", 17, LONG, ("mat",)),
    ("Upper Back: Open Like a Book", 16, LONG, ("mat", "pillow")),
    ("Standing: Weight Through Bone", 14, STRONG, ()),
    ("The Long Spine: Rolling Down, Rolling Up", 18, LONG, ("mat",)),
    ("Belly: Soft and Strong", 16, STRONG, ("mat",)),
    ("Hands and Wrists: Small Circles, Wide Effects", 12, SHORT, ("chair",)),
    ("Strong Feet, Quiet Hips: Standing on Something", 19, STRONG, ("block", "wall")),
    ("Halfway: A Slow Walk Through Everything", 21, LONG, ("mat", "pillow")),
    (
        "Mid Back Release: Free Your Neck, Shoulders, and Lower Back",
        15,
        ((A, 1.2), (R, 3.1), (B, 3.1), (M, 6.2), (Z, 1.4)),
        ("chair", "pillow"),
    ),
    ("Full Body Release: Movement from Within", 22, LONG, ("mat", "blanket")),
    ("Deep Hip Release", 18, ((A, 1.3), (B, 2.6), (R, 6.2), (M, 5.2), (Z, 2.4)), ("mat", "pillow")),
    ("Active Hip Mobility: Finding Range", 20, STRONG, ("block",)),
    ("Ribs and Hips: A Conversation", 17, ((A, 1.3), (B, 3.2), (M, 7), (I, 3), (Z, 2.4)), ("mat",)),
    ("Tall and Easy: Work at the Wall", 14, STRONG, ("wall",)),
    ("Knees: Bend Without Bracing", 16, LONG, ("chair",)),
    ("Lower Back: A Long Goodbye to Holding", 19, LONG, ("mat", "blanket")),
    ("Balance: Falling Slowly", 13, STRONG, ()),
    ("Turning: Seated Rotations", 15, SHORT, ("chair",)),
    ("The Whole Breath", 18, ((A, 1), (R, 5), (B, 9), (Z, 3)), ("pillow",)),
    ("Home in the Body: Everything Once More", 24, LONG, ("mat", "pillow")),
)


def phases_of(shape: Shape, minutes: float) -> tuple[Phase, ...]:
    """The phases of a class of this length, in these proportions."""
    whole, duration_ms = sum(part for _kind, part in shape), round(minutes * 60_000)
    marks, start = [], 0.0
    for kind, part in shape:
        marks.append(Phase(kind, TITLES[kind], round(start / whole * duration_ms), 0))
        start += part
    return tidy_phases(marks, duration_ms)


def planned(
    folder: Path,
    number: int,
    title: str,
    minutes: float,
    shape: Shape = (),
    props: tuple[str, ...] = (),
    **more: object,
) -> PlannedClass:
    """One class of a plan."""
    values: dict[str, object] = {
        "path": folder / f"{number:02d} {title.partition(':')[0]}.mp4",
        "identity": FileIdentity(1000 + number, f"{abs(hash(str(folder))) % 16**6:06x}{number:04x}"),
        "modified_ns": 1,
        "raw_name": title,
        "title": title,
        "number": number,
        "section": None,
        "duration_ms": round(minutes * 60_000),
        "format": MediaFormat.MP4,
        "facts": FACTS,
        "phases": phases_of(shape, minutes),
        "props": tuple(PropNeed(prop) for prop in props),
    }
    return PlannedClass(**(values | more))  # type: ignore[arg-type]


def demo_plan(folder: Path) -> ImportPlan:
    """Four series: a long one, one with sections, one with sorry files, one of nothing but lengths."""
    body = folder / "Welcome to Your Body"
    welcome = tuple(planned(body, number, *row) for number, row in enumerate(WELCOME, 1))
    quiet = folder / "Quiet Strength"
    weeks = tuple(
        planned(quiet, number, title, 20 + number, STRONG, ("mat",), section=f"Week {1 + number // 4}: {word}")
        for number, (title, word) in enumerate(
            (("Ground", "Slow"),) * 3 + (("Centre", "Steady"),) * 4 + (("Reach", "Strong"),) * 3, 1
        )
    )
    evening = folder / "The Evening Floor"
    sorry = (
        planned(evening, 1, "Long Exhale: Before Sleep", 12, LONG, ("blanket",)),
        planned(
            evening,
            2,
            "Moonlight Hips: Slow Circles",
            14,
            LONG,
            state=ClassState.DAMAGED,
            state_reason="The file is damaged after 4:12. Copy it again from where it came.",
        ),
        planned(evening, 3, "Under the Ribs: A Hand Width of Space", 16, facts=MediaFacts(has_audio=True)),
        planned(evening, 4, "Slow Spiral", 11, LONG),
    )
    breaks = folder / "Short Breaks"
    plain = tuple(planned(breaks, number, f"Break {number}", 4 + number % 3) for number in range(1, 21))
    return ImportPlan(
        roots=(folder,),
        series=(
            PlannedSeries(body, "Welcome to Your Body", welcome, description=ABOUT),
            PlannedSeries(
                quiet, "Quiet Strength", weeks, sections=tuple(dict.fromkeys(c.section or "" for c in weeks))
            ),
            PlannedSeries(evening, "The Evening Floor", sorry),
            PlannedSeries(breaks, "Short Breaks", plain),
        ),
    )


def fill(library: Library, folder: Path) -> None:
    """The plan, applied, with a history: 12 classes done, class 13 under way, The Evening Floor done but one."""
    library.apply(demo_plan(folder))
    body = library.find_series("Welcome to Your Body")
    classes = library.classes(body.id)
    for video in classes[:12]:
        library.set_done(video.id, True)
    for video in library.classes(library.find_series("Quiet Strength").id)[:3]:
        library.set_done(video.id, True)
    for video in library.classes(library.find_series("Short Breaks").id):
        library.set_done(video.id, True)
    library.save_position(classes[12].id, 7 * 60_000)
