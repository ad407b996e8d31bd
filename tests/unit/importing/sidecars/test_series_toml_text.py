# SPDX-License-Identifier: GPL-3.0-or-later
"""A written series.toml says exactly what was given when it is read again."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from player.domain.media import MediaFacts
from player.domain.models import Caption, FileIdentity, Phase, PhaseKind, PropNeed, Source
from player.domain.plan import PlannedClass, PlannedSeries
from player.domain.vocabulary import Vocabulary
from player.importing.scan import FoundFile
from player.importing.sidecars.findings import Beside, Findings
from player.importing.sidecars.series_toml_text import series_toml_of
from player.importing.sidecars.table import read_sidecars
from player.importing.vocabulary import load_vocabulary

WORDS = load_vocabulary(Path(__file__).resolve().parents[4] / "resources" / "vocabulary")

LINES = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).map(lambda text: " ".join(text.split()))
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=200).map(str.strip)
NAMES = st.text(st.characters(categories=["L", "N"], include_characters=" '\"`#$%&()[]{}=é🧘"), min_size=1, max_size=30)
PROPS = st.one_of(
    st.sampled_from(sorted(WORDS.props)), LINES.filter(lambda text: bool(text) and WORDS.recognise_prop(text) is None)
)
AREAS = st.one_of(
    st.sampled_from(sorted(WORDS.focus)), LINES.filter(lambda text: bool(text) and WORDS.recognise_focus(text) is None)
)
STARTS = st.lists(st.integers(0, 9_999_999), unique=True, max_size=8)
IDENTITY = FileIdentity(1, "00")


@st.composite
def phases(draw: st.DrawFn) -> tuple[Phase, ...]:
    return tuple(
        Phase(draw(st.sampled_from(PhaseKind)), draw(LINES), start, start, Source.SERIES_TOML) for start in draw(STARTS)
    )


@st.composite
def classes(draw: st.DrawFn, name: str) -> PlannedClass:
    needs = tuple(PropNeed(prop, draw(st.booleans())) for prop in draw(st.lists(PROPS, max_size=3)))
    captions = (Caption("embedded", ""), Caption("de-CH", "texts/c.vtt"), Caption("", "texts/c.vtt"))
    return PlannedClass(
        Path(f"{name}.mp4"), IDENTITY, 1, name, draw(LINES), draw(st.one_of(st.none(), st.integers(0, 9999))),
        None, 10_000_000, None, MediaFacts(), description=draw(TEXTS), phases=draw(phases()), props=needs,
        focus=tuple(draw(st.lists(AREAS, max_size=3))), captions=(draw(st.sampled_from(captions[1:])),),
        poster=draw(st.sampled_from([None, Path("art/p.jpg")])),
    )  # fmt: skip


@st.composite
def series(draw: st.DrawFn) -> PlannedSeries:
    names = draw(st.lists(NAMES.map(str.strip).filter(bool), unique_by=str.casefold, max_size=3))
    return PlannedSeries(Path(), draw(LINES), tuple(draw(classes(name)) for name in names), draw(TEXTS))


def read_back(folder: Path, text: str, planned: PlannedSeries, words: Vocabulary) -> Findings:
    path = folder / "series.toml"
    path.write_text(text, encoding="utf-8", newline="")
    media = tuple(FoundFile(folder / one.path, 1, 1) for one in planned.classes)
    (found,), problems = read_sidecars([FoundFile(path, 1, 1)], Beside(folder, media, words))
    assert problems == []
    return found


@settings(max_examples=150, deadline=None)
@given(planned=series())
def test_what_is_written_is_read_again(planned: PlannedSeries) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in ("art/p.jpg", "texts/c.vtt"):
            (folder / file).parent.mkdir()
            (folder / file).write_text("")
        found = read_back(folder, series_toml_of(planned), planned, WORDS)
        assert found.series is not None
        assert (found.series.title or "", found.series.description or "") == (planned.title, planned.description)
        assert len(found.classes) == len(planned.classes)
        for one in planned.classes:
            said = found.classes[folder / one.path]
            assert (said.number, said.title or "", said.description or "") == (one.number, one.title, one.description)
            assert (said.props, said.focus, said.phases) == (one.props, one.focus, one.phases)
            assert said.captions == one.captions
            assert said.poster == (folder / one.poster if one.poster else None)


def test_what_cannot_be_named_is_left_out() -> None:
    folder = Path("/videos/Series")
    paths = (folder / "1.mp4", Path("/elsewhere/2.mp4"), folder / "caf\udce9.mp4", folder / ".." / "3.mp4")
    planned = PlannedSeries(
        folder,
        "S",
        tuple(PlannedClass(path, IDENTITY, 1, "", "T", None, None, 1, None, MediaFacts()) for path in paths),
    )
    text = series_toml_of(planned)
    assert text.count("[[class]]") == 1
    assert 'file = "1.mp4"' in text
