# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes library_vN.sqlite beside it: a small library of this schema version with a bit of everything.

The files of former versions are kept, so that later ones are tried on libraries that really were written by them.
`python -m tests.data.make_library` writes the one of the present version, and is run before the schema changes.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from player.domain.media import MediaFacts, MediaFormat
from player.domain.models import (
    Caption,
    FileIdentity,
    Phase,
    PhaseKind,
    PropNeed,
    SeriesPreferences,
    Source,
)
from player.domain.plan import ImportPlan, PlannedClass, PlannedSeries
from player.domain.practice import Practice
from player.domain.queue import Queue, QueueItem
from player.library import Library, migrations

FOLDER = PurePosixPath("/videos/Welcome to your body")


def planned(number: int, title: str) -> PlannedClass:
    """A class of ten minutes with three phases."""
    path = Path(FOLDER / "Week 1" / f"{number:02} {title}.mp4")
    phases = (
        Phase(PhaseKind.DIAPHRAGM_RELEASE, "Release", 0, 180_000, Source.EMBEDDED),
        Phase(PhaseKind.BREATH, "Ribs", 180_000, 360_000, Source.EMBEDDED),
        Phase(PhaseKind.MOBILIZATION, "Seated rotations", 360_000, 600_000, Source.EMBEDDED),
    )
    return PlannedClass(
        path=path,
        identity=FileIdentity(1_000_000 + number, f"{number:032x}"),
        modified_ns=1_700_000_000_000_000_000 + number,
        raw_name=path.stem,
        title=title,
        number=number,
        section="Week 1",
        duration_ms=600_000,
        format=MediaFormat.MP4,
        facts=MediaFacts(has_video=True, has_audio=True, width=1920, height=1080, frame_rate=30.0),
        description="Why it is worth doing.",
        phases=phases,
        props=(PropNeed("chair"), PropNeed("pillow", optional=True)),
        focus=("mid back",),
        captions=(Caption("en", "embedded"),),
        sources={"title": Source.FILE_NAME, "number": Source.FILE_NAME, "phases": Source.EMBEDDED},
    )


def main() -> None:
    """Write the file of the present version anew."""
    target = Path(__file__).with_name(f"library_v{migrations.HEAD_VERSION}.sqlite")
    target.unlink(missing_ok=True)
    library = Library.open(target)
    classes = (planned(1, "Arriving"), planned(2, "Breath"), planned(3, "Mid back"))
    series = PlannedSeries(
        Path(FOLDER),
        "Welcome to your body",
        classes,
        "From head to foot.",
        None,
        ("Week 1",),
        {"title": Source.FILE_NAME},
    )
    library.apply(ImportPlan((Path(FOLDER),), (series,)))
    first, second, third = library.classes(library.series_list()[0].id)
    library.edit_class(first.id, title="My own title")
    marks = (Phase(PhaseKind.ARRIVE, "Lie down", 0, 180_000, Source.USER), *second.phases[1:])
    library.edit_class(second.id, phases=marks)
    library.set_done(first.id, True)
    library.save_position(second.id, 61_000)
    started = datetime(2026, 1, 2, 7, 30, tzinfo=UTC)
    library.save_practice(Practice(first.id, started, 600_000, {0: 180_000, 1: 420_000}, finished=True), None)
    library.save_queue(Queue((QueueItem(third.id, 2, added=True),)))
    library.set_preferences(first.series_id, SeriesPreferences(mirrored=True))
    library.close()


if __name__ == "__main__":
    main()
