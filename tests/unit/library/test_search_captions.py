# SPDX-License-Identifier: GPL-3.0-or-later
"""Words of captions in the search: found with their minute, after everything else, and in step with the library."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from player.domain.captions import Cue, ReadCaptions
from player.domain.errors import Cancelled
from player.domain.models import Caption, ClassId, Phase, PhaseKind, PropNeed, Source
from player.domain.progress import CancelToken, Progress
from player.domain.query import HitKind, Query
from player.library import Library
from player.library.database import Database
from player.library.indexing import row_id, taken_apart
from player.library.words import words_of
from tests.unit.library.shelf import MINUTE_MS, make_series, plan, plan_class, write
from tests.unit.library.test_search import found, hits, phase, planned, series_plan

SAID = ["Lie down and let your weight go", "into the floor", "Breathe out through the mouth", "and feel the ribs close"]


def cues(*texts: str, step_ms: int = 4_000) -> tuple[Cue, ...]:
    return tuple(Cue(place * step_ms, (place + 1) * step_ms, text) for place, text in enumerate(texts))


@pytest.fixture
def two(library: Library, videos: Path) -> Library:
    """Two classes; the first one is captioned."""
    folder = videos / "S"
    library.apply(series_plan(folder, planned(folder, "One"), planned(folder, "Two", description="Ribs and breath.")))
    library.save_cues([ReadCaptions(ClassId(1), "stamp", cues(*SAID))])
    return library


def test_a_caption_is_found_with_its_minute_and_the_words_around(two: Library) -> None:
    (hit,) = hits(two, "mouth")
    assert (hit.kind, hit.class_id, hit.title, hit.start_ms) == (HitKind.CAPTION, 1, "One", 8_000)
    assert hit.text == "into the floor Breathe out through the mouth and feel the ribs close"
    assert hits(two, "weight floor")[0].start_ms == 0, "what is said runs on in the next caption"


def test_captions_come_last(two: Library) -> None:
    assert found(two, "ribs") == [("class", "Two"), ("caption", "One")]
    assert [hit.kind for hit in two.search_by_kind(Query("ribs"))] == [HitKind.CLASS, HitKind.CAPTION]
    assert found(two, "ribs", not_done=True) == [("class", "Two"), ("caption", "One")]
    two.set_done(ClassId(1), True)
    assert found(two, "ribs", not_done=True) == [("class", "Two")]


def test_captions_that_have_changed_are_found_as_they_are_now(two: Library) -> None:
    two.save_cues([ReadCaptions(ClassId(1), "other", cues("An elephant"))])
    assert found(two, "mouth") == []
    assert found(two, "elephant") == [("caption", "One")]
    assert two.cues(ClassId(1)) == cues("An elephant")
    two.save_cues([ReadCaptions(ClassId(1), "", ()), ReadCaptions(ClassId(99), "gone", cues("Nobody"))])
    assert found(two, "elephant") == found(two, "nobody") == []


def test_a_word_said_often_takes_three_places_of_a_class(library: Library, videos: Path) -> None:
    folder = videos / "S"
    library.apply(series_plan(folder, planned(folder, "One"), planned(folder, "Two")))
    many = cues(*[f"exhale {index}" for index in range(100)])
    library.save_cues([ReadCaptions(ClassId(one), "x", many) for one in (1, 2)])
    assert found(library, "exhale") == [("caption", "One")] * 3 + [("caption", "Two")] * 3
    starts = [hit.start_ms for hit in hits(library, "exhale")]
    assert len(set(starts[:3])) == 3
    assert hits(library, "exhale 77")[0].start_ms == 77 * 4_000


def test_which_classes_have_captions_to_be_read(library: Library, videos: Path) -> None:
    library.apply(plan(make_series(videos / "Back", 2)))
    first, second = library.captioned()
    assert (first.class_id, first.captions, first.stamp) == (1, (Caption("en", "embedded"),), "")
    assert second.path.name == "2. Class 2.mp4"
    library.save_cues([ReadCaptions(first.class_id, "read", ())])
    assert library.captioned()[0].stamp == "read"
    first.path.unlink()
    library.refresh_states()
    assert [one.class_id for one in library.captioned()] == [second.class_id]
    library.remove_series(library.series_list()[0].id)
    assert library.captioned() == ()


def test_an_index_that_was_never_made_is_made_in_batches(library: Library, videos: Path) -> None:
    library.apply(plan(make_series(videos / "Back", 4)))
    library.save_cues([ReadCaptions(ClassId(1), "x", cues(*SAID))])
    before = [hits(library, text) for text in ("class", "breath", "back", "mouth", "why")]
    path = library.path
    library.close()
    forget_index(path)
    again = Library.open(path, fill_index=False)
    assert not again.index_is_full()
    assert hits(again, "class") == ()
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        again.fill_index(cancel=token)
    told: list[Progress] = []
    again.fill_index(told.append)
    assert again.index_is_full()
    assert told[-1].done == told[-1].total == 4
    assert [hits(again, text) for text in ("class", "breath", "back", "mouth", "why")] == before
    again.close()


def forget_index(path: Path) -> None:
    database = Database(path)
    with database.write() as session:
        session.connection().exec_driver_sql("DELETE FROM meta WHERE name = 'search_index'")
        session.connection().exec_driver_sql("DELETE FROM search")
        session.connection().exec_driver_sql("UPDATE class SET needs_facet = 0, focus_facet = 0, kinds_facet = 0")
    database.close()


def test_favourites(two: Library) -> None:
    assert not two.class_video(ClassId(2)).progress.favourite
    two.set_favourite(ClassId(2), True)
    two.save_position(ClassId(2), 5_000)
    assert two.class_video(ClassId(2)).progress.favourite
    assert two.filtered(Query(favourites=True)) == (ClassId(2),)
    assert found(two, "ribs", favourites=True) == [("class", "Two")]
    two.set_favourite(ClassId(2), False)
    assert two.filtered(Query(favourites=True)) == ()
    assert two.class_video(ClassId(2)).progress.position_ms == 5_000


def test_another_connection_is_seen_by_the_filters(two: Library) -> None:
    assert two.count(Query(not_done=True)) == 2
    other = Library.open(two.path)
    other.set_done(ClassId(1), True)
    other.edit_class(ClassId(2), props=(PropNeed("chair"),))
    other.close()
    assert two.filtered(Query(not_done=True)) == (ClassId(2),)
    assert two.filtered(Query(props=frozenset())) == (ClassId(1),)


def test_what_filters_can_ask_for(library: Library, videos: Path) -> None:
    library.apply(plan(make_series(videos / "Back", 3)))
    library.set_done(ClassId(1), True)
    choices = library.choices()
    assert (choices.classes, choices.props, choices.focus) == (3, {"chair": 3}, {"mid back": 3, "neck": 3})
    assert choices.kinds == {PhaseKind.DIAPHRAGM_RELEASE: 3, PhaseKind.BREATH: 3, PhaseKind.MOBILIZATION: 3}
    assert (choices.minutes, choices.done, choices.favourites) == ({10: 3}, 1, 0)


WORDS = ["neck", "ribs", "spine", "chair", "breath", "Zwerchfell", "hips", "n’est", "42"]
text_of = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
edits = st.one_of(
    st.tuples(st.just("title"), text_of),
    st.tuples(st.just("description"), text_of),
    st.tuples(st.just("focus"), st.lists(st.sampled_from(WORDS), max_size=2, unique=True).map(tuple)),
    st.tuples(st.just("props"), st.lists(st.sampled_from(WORDS), max_size=2, unique=True).map(tuple)),
    st.tuples(st.just("phases"), st.lists(text_of, max_size=3).map(tuple)),
    st.tuples(st.just("cues"), st.lists(text_of, max_size=20).map(tuple)),
    st.tuples(st.just("restore"), st.sampled_from(["title", "description", "focus", "props", "phases"])),
    st.tuples(st.just("done"), st.booleans()),
    st.tuples(st.just("favourite"), st.booleans()),
    st.tuples(st.just("remove"), st.none()),
    st.tuples(st.just("import"), text_of),
)
steps = st.lists(st.tuples(st.integers(1, 4), edits), min_size=1, max_size=12)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, Path]]:
    folder = tmp_path_factory.mktemp("shelf")
    library = Library.open(folder / "library.sqlite")
    make_series(folder / "Back", 2)
    make_series(folder / "Front", 2)
    library.apply(plan(folder))
    yield library, folder
    library.close()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_index_and_library_agree_after_any_edits(
    shelf: tuple[Library, Path], steps: list[tuple[int, tuple[str, Any]]]
) -> None:
    library, folder = shelf
    library.apply(plan(folder))
    for class_id, (what, value) in steps:
        change(library, folder, ClassId(class_id), what, value)
    assert index_of(library) == expected_index(library)
    for query in (
        Query(not_done=True),
        Query(favourites=True),
        Query(props=frozenset({"chair", "ribs"})),
        Query(focus=frozenset({"neck"})),
        Query(kinds=frozenset({PhaseKind.BREATH})),
        Query(minutes_at_most=9),
    ):
        assert sorted(library.filtered(query)) == sorted(meeting(library, query))


def change(library: Library, folder: Path, class_id: ClassId, what: str, value: Any) -> None:
    match what:
        case "cues":
            library.save_cues([ReadCaptions(class_id, "x", cues(*value))])
        case "done":
            library.set_done(class_id, value)
        case "favourite":
            library.set_favourite(class_id, value)
        case "remove":
            if len(library.series_list()) > 1:
                library.remove_series(library.series_list()[0].id)
        case "import":
            one = replace(plan_class(write(folder / "Back" / "1. Class 1.mp4", "Back 1")), description=value)
            library.apply(series_plan(folder / "Back", one))
        case "restore":
            library.restore_class(class_id, value)
        case "props":
            library.edit_class(class_id, props=tuple(PropNeed(one, optional=one == "42") for one in value))
        case "phases":
            kinds = list(PhaseKind)
            phases = [phase(one, 3 * place, kinds[place]) for place, one in enumerate(value)]
            library.edit_class(class_id, phases=tuple(phases))
        case _:
            library.edit_class(class_id, **{what: value})  # type: ignore[misc]


def raw(library: Library, statement: str) -> list[tuple[Any, ...]]:
    database = Database(library.path)
    try:
        with database.read() as session:
            return [tuple(row) for row in session.connection().exec_driver_sql(statement)]
    finally:
        database.close()


def index_of(library: Library) -> dict[tuple[str, int, int], list[str]]:
    """The entries of classes: words by rank, class and place."""
    found = {}
    for row, words in raw(library, "SELECT rowid, words FROM search"):
        rank, owner, place = taken_apart(row)
        if not rank.name.startswith("SERIES"):
            assert row == row_id(rank, owner, place)
            found[rank.name, owner, place] = sorted(set(words.split()))
    return found


def expected_index(library: Library) -> dict[tuple[str, int, int], list[str]]:
    expected: dict[tuple[str, int, int], list[str]] = {}

    def put(name: str, class_id: int, place: int, *texts: str) -> None:
        words = sorted({word for one in texts for word in words_of(one)})
        if words:
            expected[name, class_id, place] = words

    stored: dict[int, list[tuple[str, str]]] = {}
    for class_id, kind, title in raw(library, "SELECT class_id, kind, title FROM phase ORDER BY class_id, position"):
        stored.setdefault(class_id, []).append((title, "" if kind == "other" else kind))
    things: dict[int, list[str]] = {}
    for class_id, word in raw(library, "SELECT class_id, prop FROM prop UNION ALL SELECT class_id, focus FROM focus"):
        things.setdefault(class_id, []).append(word)
    for class_id, title, description in raw(library, "SELECT id, title, description FROM class"):
        phases = stored.get(class_id, [])
        put("TITLE", class_id, 0, title)
        put("THINGS", class_id, 0, *things.get(class_id, ()))
        put("EVERYTHING", class_id, 0, title, description, *things.get(class_id, ()), *(w for p in phases for w in p))
        for place, words in enumerate(phases):
            put("PHASE", class_id, place, *words)
        said = [row[0] for row in raw(library, f"SELECT text FROM cue WHERE class_id = {class_id} ORDER BY position")]  # noqa: S608
        for begin in range(0, len(said), 8):
            put("CAPTION", class_id, begin // 8, *said[begin : begin + 9])
    return expected


def meeting(library: Library, query: Query) -> list[ClassId]:
    """The classes that meet filters, found by looking at each."""
    videos = [video for series in library.series_list() for video in library.classes(series.id)]
    kinds: dict[int, set[str]] = {}
    for class_id, kind in raw(library, "SELECT class_id, kind FROM phase"):
        kinds.setdefault(class_id, set()).add(kind)
    return [
        video.id
        for video in videos
        if (not query.not_done or not video.progress.done)
        and (not query.favourites or video.progress.favourite)
        and (query.props is None or {need.prop for need in video.props if not need.optional} <= query.props)
        and (not query.focus or query.focus & set(video.focus))
        and query.kinds <= kinds.get(video.id, set())
        and (query.minutes_at_most is None or video.duration_ms <= query.minutes_at_most * MINUTE_MS + 30_000)
    ]


def test_few_classes_are_looked_at_one_by_one_with_the_same_hits(library: Library, videos: Path) -> None:
    """The two ways of answering (through the index, through the classes) agree."""
    folder = videos / "S"
    names = [f"{one} {two}" for one in ("neck", "spine care") for two in ("slow", "quick", "x")]
    phases = (Phase(PhaseKind.BREATH, "Neck breath", 0, MINUTE_MS, Source.SIDECAR),)
    classes = [
        planned(folder, name, duration_ms=(5 + place) * MINUTE_MS, phases=phases) for place, name in enumerate(names)
    ]
    library.apply(series_plan(folder, *classes))
    library.save_cues([ReadCaptions(ClassId(one), "x", cues(*SAID, "the neck")) for one in range(1, 7)])
    for words in ("neck", "spine", "breath", "nec slow", "mouth", "floor ribs", "spinec", "neck breath"):
        everything = [hit for hit in hits(library, words) if hit.class_id is not None and hit.class_id <= 3]
        few = [hit for hit in hits(library, words, minutes_at_most=7) if hit.class_id is not None]
        assert few == everything, words
    assert json.dumps([hit.start_ms for hit in hits(library, "mouth")]) == json.dumps([8_000] * 6)
