# SPDX-License-Identifier: GPL-3.0-or-later
"""Search and filters: what is found, in which order, and that the index follows the library."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from player.domain.models import ClassId, Phase, PhaseKind, PropNeed, Source
from player.domain.plan import ImportPlan, PlannedClass, PlannedSeries
from player.domain.query import Hit, HitKind, Query
from player.library import Library
from player.library.words import asked, stem
from tests.unit.library.shelf import MINUTE_MS, make_series, plan, plan_class, write

V1 = Path(__file__).parents[2] / "data" / "library_v1.sqlite"


def planned(folder: Path, name: str, **values: Any) -> PlannedClass:
    """A class that says nothing but its title and `values`."""
    bare = replace(plan_class(write(folder / f"{name}.mp4", f"{folder.name} {name}")), title=name, description="")
    return replace(bare, **{"phases": (), "props": (), "focus": (), **values})


def series_plan(folder: Path, *classes: PlannedClass, **values: Any) -> ImportPlan:
    return ImportPlan((folder,), (PlannedSeries(folder, values.pop("title", folder.name), classes, **values),))


def phase(title: str, start: int, kind: PhaseKind = PhaseKind.OTHER) -> Phase:
    """Three minutes that begin at minute `start`."""
    return Phase(kind, title, start * MINUTE_MS, (start + 3) * MINUTE_MS, Source.SIDECAR)


def hits(library: Library, text: str, **filters: Any) -> tuple[Hit, ...]:
    return library.search(Query(text, **filters))


def found(library: Library, text: str, **filters: Any) -> list[tuple[str, str]]:
    """(kind, title) of what is found."""
    return [(str(hit.kind), hit.title) for hit in hits(library, text, **filters)]


def titles(library: Library, **filters: Any) -> list[str]:
    """Titles of the classes that meet the filters."""
    names = library.class_titles(ids := library.filtered(Query(**filters)))
    return [names[one] for one in ids]


@pytest.mark.parametrize(
    "text",
    ["rückenübung", "Ruckenubung", "RÜCKEN", "rück", "r", "rü", "rucken ubung", "cafe", "straße", "STRASSE", "strasse",
     "œuvre", "oeuvre"],
)  # fmt: skip
def test_accents_and_case_do_not_count(library: Library, videos: Path, text: str) -> None:
    title = "Rückenübung Café Straße Œuvre Übung"
    library.apply(series_plan(videos / "S", planned(videos / "S", title), planned(videos / "S", "Other")))
    assert found(library, text) == [("class", title)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("rotations", "Seated rotation"), ("rotating", "Seated rotation"), ("rotation", "Seated rotations"),
        ("breathe", "Breathing"), ("breathing", "Deep breath"), ("stretches", "Stretching"), ("hips", "Hip release"),
        ("shoulders neck", "Neck and shoulder"), ("neck’s", "Necks"), ("mid bac", "Mid back"), ("stühle", "Stuhl"),
    ],
)  # fmt: skip
def test_endings_do_not_count_and_words_may_be_begun(library: Library, videos: Path, text: str, title: str) -> None:
    library.apply(series_plan(videos / "S", planned(videos / "S", title), planned(videos / "S", "Other")))
    assert found(library, text) == [("class", title)]


def test_all_words_are_needed_wherever_they_stand(library: Library, videos: Path) -> None:
    folder = videos / "S"
    one = planned(
        folder, "Neck", props=(PropNeed("chair"),), description="For tired ribs.", phases=(phase("Twist", 0),)
    )
    library.apply(series_plan(folder, one, planned(folder, "Neck alone")))
    assert found(library, "neck chair") == [("class", "Neck")]
    assert found(library, "twist ribs chair") == [("class", "Neck")]
    assert found(library, "neck elephant") == []
    assert found(library, "") == found(library, ' ’-_*"') == []


def test_titles_come_before_phases_before_things_before_descriptions(library: Library, videos: Path) -> None:
    folder = videos / "Spine"
    library.apply(
        series_plan(
            folder,
            planned(folder, "A", description="All about the spine of a person."),
            planned(folder, "B", focus=("spine",)),
            planned(folder, "C", phases=(phase("Along the spine", 4),)),
            planned(folder, "D spinecare"),
            planned(folder, "E spine"),
        )
    )
    order = [("series", "Spine"), ("class", "E spine"), ("class", "D spinecare"), ("phase", "C"), ("class", "B")]
    result = hits(library, "spine")
    assert [(str(hit.kind), hit.title) for hit in result][:5] == order
    assert {(str(hit.kind), hit.title) for hit in result[5:]} == {("class", "A"), ("class", "C")}
    (description,) = [hit for hit in result if hit.title == "A"]
    assert description.text == "All about the spine of a person."
    assert [hit.text for hit in result if hit.title == "B"] == ["spine"]


def test_a_phase_is_found_with_its_time(library: Library, videos: Path) -> None:
    folder = videos / "S"
    phases = (phase("Arrive", 0), phase("Ribs", 3, PhaseKind.BREATH), phase("Seated rotations", 6))
    library.apply(series_plan(folder, planned(folder, "One", phases=phases)))
    first = hits(library, "rotat")[0]
    assert (first.kind, first.text, first.start_ms) == (HitKind.PHASE, "Seated rotations", 6 * MINUTE_MS)
    assert (first.title, first.series_title) == ("One", "S")
    by_kind = hits(library, "breath")[0]
    assert (by_kind.kind, by_kind.text, by_kind.start_ms) == (HitKind.PHASE, "Ribs", 3 * MINUTE_MS)


def test_a_long_description_is_shown_around_the_word(library: Library, videos: Path) -> None:
    folder = videos / "S"
    text = "before " * 200 + "the Zwerchfell moves " + "after " * 200
    library.apply(series_plan(folder, planned(folder, "One", description=text)))
    (hit,) = hits(library, "zwerchfelle")
    assert "Zwerchfell" in hit.text
    assert len(hit.text) < 200
    assert hit.text.startswith("… ")
    assert hit.text.endswith(" …")


def test_filters_combine(library: Library, videos: Path) -> None:
    folder = videos / "S"
    chair, mat = PropNeed("chair"), PropNeed("mat")
    breath, rest = phase("x", 0, PhaseKind.BREATH), phase("y", 3, PhaseKind.REST)
    library.apply(
        series_plan(
            folder,
            planned(folder, "A neck", props=(chair,), focus=("neck",), phases=(breath, rest)),
            planned(folder, "B back", props=(chair, mat), focus=("back", "neck"), phases=(breath,)),
            planned(folder, "C neck", props=(PropNeed("mat", optional=True),), duration_ms=20 * MINUTE_MS + 29_000),
        )
    )
    assert titles(library) == ["A neck", "B back", "C neck"]
    assert titles(library, props=frozenset()) == ["C neck"]
    assert titles(library, props=frozenset({"chair", "block"})) == ["A neck", "C neck"]
    assert titles(library, focus=frozenset({"neck", "hip"})) == ["A neck", "B back"]
    assert titles(library, kinds=frozenset({PhaseKind.BREATH})) == ["A neck", "B back"]
    assert titles(library, kinds=frozenset({PhaseKind.BREATH, PhaseKind.REST})) == ["A neck"]
    assert titles(library, minutes_at_most=20) == ["A neck", "B back", "C neck"]
    assert titles(library, minutes_at_most=19) == ["A neck", "B back"]
    first, second, _third = library.filtered(Query())
    library.set_done(first, True)
    library.save_position(second, 1000)
    assert titles(library, not_done=True) == ["B back", "C neck"]
    assert titles(library, not_done=True, minutes_at_most=10, props=frozenset({"chair", "mat"})) == ["B back"]
    assert titles(library, focus=frozenset({"neck"}), kinds=frozenset({PhaseKind.REST}), not_done=True) == []
    assert library.filtered(Query(), limit=2) == (first, second)
    assert found(library, "neck", not_done=True) == [("class", "C neck"), ("class", "B back")]
    assert found(library, "S", minutes_at_most=5) == []
    assert Query("x").has_filters is False
    assert Query(props=frozenset()).has_filters is True


def test_the_index_follows_imports(library: Library, videos: Path) -> None:
    folder = videos / "Old name"
    one = planned(folder, "First", description="Zebra")
    library.apply(series_plan(folder, one))
    assert found(library, "zebra") == [("class", "First")]
    again = replace(one, title="Second", description="Okapi", phases=(phase("Gnu", 0),), props=(PropNeed("mat"),))
    library.apply(series_plan(folder, again, title="New name", description="Of lions"))
    assert found(library, "zebra") == found(library, "first") == found(library, "old") == []
    assert found(library, "okapi") == found(library, "second") == [("class", "Second")]
    assert found(library, "gnu") == [("phase", "Second"), ("class", "Second")]
    assert found(library, "new") == found(library, "lion") == [("series", "New name")]
    assert titles(library, props=frozenset()) == []
    library.apply(series_plan(folder, replace(again, phases=())))
    assert found(library, "gnu") == []


def test_the_index_follows_edits(library: Library, videos: Path) -> None:
    folder = videos / "Series"
    library.apply(series_plan(folder, planned(folder, "First", props=(PropNeed("chair"),))))
    (class_id,) = library.filtered(Query())
    library.edit_class(class_id, title="Mine", props=(), focus=("ankle",), phases=(phase("Gnu", 2),))
    assert found(library, "first") == []
    assert found(library, "mine") == found(library, "ankle") == [("class", "Mine")]
    assert hits(library, "gnu")[0].start_ms == 2 * MINUTE_MS
    assert library.filtered(Query(props=frozenset(), focus=frozenset({"ankle"}))) == (class_id,)
    library.restore_class(class_id, "title")
    library.restore_class(class_id, "props")
    assert found(library, "mine") == []
    assert found(library, "first") == [("class", "First")]
    assert library.filtered(Query(props=frozenset())) == ()
    library.edit_series(library.series_list()[0].id, title="Evening")
    assert found(library, "series") == []
    assert found(library, "evening") == [("series", "Evening")]


def test_a_removed_series_is_not_found_until_it_comes_back(library: Library, videos: Path) -> None:
    make_series(videos / "Back", 2)
    library.apply(plan(videos))
    before = hits(library, "class"), hits(library, "back"), library.filtered(Query())
    assert all(before)
    library.remove_series(library.series_list()[0].id)
    assert hits(library, "class") == hits(library, "back") == library.filtered(Query()) == ()
    library.apply(plan(videos))
    assert (hits(library, "class"), hits(library, "back"), library.filtered(Query())) == before


def test_only_what_has_changed_is_written_again(library: Library, videos: Path) -> None:
    make_series(videos / "Back", 3)
    library.apply(plan(videos))

    def blocks() -> list[tuple[int, bytes]]:
        connection = sqlite3.connect(library.path)
        try:
            return connection.execute("SELECT id, block FROM search_data ORDER BY id").fetchall()
        finally:
            connection.close()

    before = blocks()
    library.apply(plan(videos))
    class_id = library.filtered(Query())[0]
    library.edit_class(class_id, title=library.class_video(class_id).title)
    assert blocks() == before


def test_a_library_of_version_1_can_be_searched(tmp_path: Path) -> None:
    shutil.copy(V1, tmp_path / "library.sqlite")
    library = Library.open(tmp_path / "library.sqlite")
    assert found(library, "welc") == [("series", "Welcome to your body")]
    assert found(library, "own titles") == [("class", "My own title")]
    assert hits(library, "seated rotation")[0].start_ms == 360_000
    assert found(library, "foot") == [("series", "Welcome to your body")]
    assert len(library.filtered(Query(props=frozenset({"chair"}), kinds=frozenset({PhaseKind.BREATH})))) == 3
    assert len(library.filtered(Query(not_done=True, focus=frozenset({"mid back"})))) == 2
    library.close()


def test_one_class_does_not_take_all_the_room(library: Library, videos: Path) -> None:
    folder = videos / "S"
    many = tuple(phase(f"Twist {index}", index) for index in range(30))
    library.apply(series_plan(folder, planned(folder, "A", phases=many), planned(folder, "B", phases=many)))
    assert found(library, "twist") == [("phase", "A")] * 3 + [("phase", "B")] * 3 + [("class", "A"), ("class", "B")]
    assert len(library.search(Query("twist"), limit=2)) == 2
    assert library.search(Query("twist"), limit=0) == ()


def test_names_that_are_not_text_can_be_found(library: Library, videos: Path) -> None:
    folder = videos / "S"
    library.apply(series_plan(folder, planned(folder, "One", description="a\udcff zebra\0gnu")))
    assert found(library, "zebra") == found(library, "gnu") == [("class", "One")]
    library.edit_class(ClassId(1), title="Odd \udcff title")
    assert found(library, "odd") == [("class", "Odd \udcff title")]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("shelf")
    library = Library.open(folder / "library.sqlite")
    make_series(folder / "Back", 2)
    library.apply(plan(folder / "Back"))
    yield library
    library.close()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
@example('" OR words : x* NEAR(a b) ^ - + {a} AND NOT')
@example("class\0'; DROP TABLE class; --")
@example("\udcff\ud800 class")
@example("a" * 100_000)
@example("class " * 50_000)
@example("a b c d e f g h i j k l")
@example("ﬀ 中文字 ไทย Ⅻ ½ 👩‍🦽 _ % \U0001e900 \U00016f00")
def test_no_text_crashes(shelf: Library, text: str) -> None:
    assert isinstance(shelf.search(Query(text, minutes_at_most=10)), tuple)
    assert len(asked(text)) <= 8


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_what_is_asked_for_begins_as_its_stem(text: str) -> None:
    for word in asked(text):
        assert word
        assert word.startswith(stem(word))
        assert stem(word)
        assert " " not in word
