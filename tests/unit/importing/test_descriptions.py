# SPDX-License-Identifier: GPL-3.0-or-later
"""Descriptions understood: held against what careful readers found, and against sentences of every kind."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.domain.models import PhaseKind, Source
from player.domain.vocabulary import Vocabulary
from player.importing.descriptions import DescriptionReader
from player.importing.vocabulary import load_vocabulary

WORDS = load_vocabulary(Path(__file__).resolve().parents[3] / "resources" / "vocabulary")
READER = DescriptionReader(WORDS)
WANTED = 0.9


def said(text: str, title: str = "") -> str:
    """The things found, in order: "chair pillow?" (optional), with "none" behind them if it says so."""
    found = READER.props(title, text)
    words = [need.prop + ("?" if need.optional else "") for need in found.props]
    return " ".join([*words, "none"] if found.says_none else words)


@pytest.mark.corpus
def test_against_careful_readers(corpus: Path) -> None:
    hits, false, missed = Counter[str](), Counter[str](), Counter[str]()

    def count(what: str, got: set[object], want: set[object]) -> None:
        hits[what] += len(got & want)
        false[what] += len(got - want)
        missed[what] += len(want - got)

    def ids(names: list[str]) -> set[object]:
        return {WORDS.recognise_prop(name) or name for name in names}

    for line in (corpus / "descriptions" / "descriptions.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        judged, text = item["judged"], item["text"]
        found = READER.props(item["title"], text)
        optional = ids(judged["optional"])
        count("props", {need.prop for need in found.props}, ids(judged["props"]) | optional)
        count("optional", {need.prop for need in found.props if need.optional}, optional)
        count("none", {item["id"]} if found.says_none else set(), {item["id"]} if judged["says_none"] else set())
        timed = {(start, name) for start, name in judged["phases_timed"]}
        phases = READER.phases(text, 10_000_000)
        given_titles = {(phase.start_ms // 1000, phase.title) for phase in phases if phase.title != "Beginning"}
        count("times", given_titles, timed)
        outline = {(part.title, part.minutes or None) for part in READER.outline(text)}
        count("outline", outline, {(name, minutes) for name, minutes in judged["outline"]})
    for what in ("props", "optional", "none", "times"):
        assert hits[what] / (hits[what] + false[what]) >= WANTED, f"precision of {what}"
        assert hits[what] / (hits[what] + missed[what]) >= WANTED, f"recall of {what}"
    assert hits["outline"] / (hits["outline"] + false["outline"]) >= WANTED, "precision of outlines"


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("You will need a chair and a pillow.", "chair pillow"),
        ("No props needed.", "none"),
        ("Props needed: none", "none"),
        ("Equipment: None", "none"),
        ("You won't need any props today.", "none"),
        ("No props needed, but a pillow or blanket is optional.", "pillow? blanket? none"),
        ("No props? No problem.", ""),
        ("No equipment needed except a mat.", "mat"),
        ("No mat required, just a wall.", "wall"),
        ("A pillow or blanket is optional. You need a mat.", "pillow? blanket? mat"),
        ("Place a pillow or rolled up towel under your knees.", "pillow towel?"),
        ("You'll need a mat, and blocks are optional.", "mat block?"),
        ("You will need a mat, two blocks and a strap (optional).", "mat block strap?"),
        ("Props: bolster, 2 blankets, eye pillow (optional), strap", "bolster blanket eye-pillow? strap"),
        ("A chair is needed, a pillow is optional.", "chair pillow?"),
        ("You will need:\n- a chair\n- a cushion\n- a wall", "chair cushion wall"),
        ("What you need: a yoga mat, 2 blocks or thick books, and a belt or scarf.", "mat block strap"),
        ("If you have a strap, bring it.", "strap?"),
        ("Have a blanket handy if you get cold.", "blanket?"),
        ("Use a towel instead of a strap.", "towel"),
        ("You'll need a strap. You can use a towel instead of a strap.", "strap towel?"),
        ("This practice is done on a chair, no mat needed.", "chair"),
        ("You don't need a chair for this class.", ""),
        ("A bolster and blankets are helpful but not required.", "bolster? blanket?"),
        ("Optional: yoga block, strap", "block? strap?"),
        ("Optional props - 2 blocks", "block?"),
        ("Equipment: dumbbells (optional), mat", "weights? mat"),
        ("We'll need a block, or a book if you don't have one.", "block"),
        ("We move through chair pose, bridge, boat, wheel, mountain and table.", ""),
        ("We hold chair for five breaths, then boat and bridge.", ""),
        ("From chair, twist to the right.", ""),
        ("Sit on the edge of your chair.", "chair"),
        ("Release the balls of your feet and the abdominal wall; feel your body weight.", ""),
        ("IT band and glutes, energy blocks, and a book of poems", ""),
        ("This is a seat-belt-free zone at www.chair.com/mat", ""),
        ("Du brauchst einen Stuhl und ein Kissen.", "chair pillow"),
        ("Du brauchst eine Matte, optional ein Kissen.", "mat pillow?"),
        ("Keine Hilfsmittel nötig.", "none"),
        ("Blick zur Decke und atme.", ""),
        ("Necesitas una silla y una almohada. Una manta es opcional.", "chair pillow blanket?"),
        ("No necesitas nada.", "none"),
        ("Vous aurez besoin d'une chaise et d'un coussin. Une couverture est optionnelle.", "chair cushion blanket?"),
        ("Aucun matériel nécessaire.", "none"),
    ],
)
def test_props(text: str, things: str) -> None:
    assert said(text) == things


@pytest.mark.parametrize(
    ("title", "things"),
    [("Chair Yoga for Beginners", "chair"), ("Pilates on the Ball", "ball"), ("Energy Blocks Release", ""),
     ("Grab Your Yoga Blocks", "block"), ("Chair Pose Deep Dive", "")],
)  # fmt: skip
def test_props_of_titles(title: str, things: str) -> None:
    assert said("", title) == things
    assert READER.props(title, "").from_title


@pytest.mark.parametrize(
    ("title", "text", "areas"),
    [
        ("Mid Back Release: Free Your Neck, Shoulders, and Lower Back", "", "mid-back neck shoulders lower-back"),
        ("Come Back to Calm", "", "calm"),
        ("Feet That Feel", "", "feet"),
        ("", "A class for tight hips and a stiff lower back.", "hips lower-back"),
        ("", "Works with:\nHips, waist, ribs.", "hips ribs"),
        ("", "Place your hands on the floor and come back to your feet. Look to your left hand.", ""),
        ("", "Für den Nacken und die Schultern.", "neck shoulders"),
    ],
)
def test_focus(title: str, text: str, areas: str) -> None:
    assert sorted(READER.focus(title, text).areas) == sorted(areas.split())


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("0:00 Arrive\n1:30 Breath", [(0, "Arrive"), (90, "Breath")]),
        ("Arrive 0:00\nBreath ..... 1:30", [(0, "Arrive"), (90, "Breath")]),
        ("1. Arrive (0:00)\n2. Breath (01:30)", [(0, "Arrive"), (90, "Breath")]),
        ("• [00:00:00] - Arrive\n• [00:01:30] - Breath", [(0, "Arrive"), (90, "Breath")]),
        ("0:00 – 1:30 Arrive\n1:30 – 4:00 Breath", [(0, "Arrive"), (90, "Breath")]),
        ("0:00 Arrive 1:30 Breath 3:00 Rest", [(0, "Arrive"), (90, "Breath"), (180, "Rest")]),
        ("Arrive 0:00 | Breath 1:30 | Rest 3:00", [(0, "Arrive"), (90, "Breath"), (180, "Rest")]),
        ("[0:00](https://x.org/?t=0) Arrive\n[1:30](https://x.org/?t=90) Breath", [(0, "Arrive"), (90, "Breath")]),
        ("Words before\n🕐 0:00 Arrive\nwords between\n🕐 1:30 Breath", [(0, "Arrive"), (90, "Breath")]),
        ("0:10 Arrive\n1:30 Breath", [(0, "Beginning"), (10, "Arrive"), (90, "Breath")]),
        ("0:00 Arrive", []),
        ("0:00 Arrive\n0:00 Breath", []),
        ("3:00 Arrive\n1:30 Breath", []),
        ("Warm-up 5:00\nFlow 20:00\nRest 10:00", []),
        ("Arrive 1:00\nFlow 9:00", []),
        ("Mon 9:00 Flow\nTue 10:00 Yin\nWed 11:00 Slow", []),
        ("10:30 am Flow\n11:30 am Yin", []),
        ("0:00 Arrive\n50:00 Breath\n55:00 Rest", []),
        ("Flow is 30:30 minutes.\n40:00 minutes", []),
        ("00:00:01.000 --> 00:00:02.000\n00:00:03.000 --> 00:00:04.000", []),
        ("\n".join(f"0:{n:02d} and so we go" for n in range(0, 60, 4)), []),
        ("\n".join(f"{n}:00 {'word ' * 15}" for n in range(9)), []),
    ],
)
def test_times(text: str, marks: list[tuple[int, str]]) -> None:
    phases = READER.phases(text, 600_000)
    assert [(phase.start_ms // 1000, phase.title) for phase in phases] == marks
    assert all(phase.source is Source.DESCRIPTION for phase in phases)
    assert not phases or phases[-1].end_ms == 600_000


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "We begin by releasing the diaphragm … then breath … then mobilizations.",
            [("Releasing the diaphragm", PhaseKind.DIAPHRAGM_RELEASE), ("Breath", PhaseKind.BREATH),
             ("Mobilizations", PhaseKind.MOBILIZATION)],
        ),
        (
            "First the diaphragm is released, then breath opens the ribs, and then come seated mobilizations.",
            [("Diaphragm is released", PhaseKind.DIAPHRAGM_RELEASE), ("Breath opens the ribs", PhaseKind.BREATH),
             ("Seated mobilizations", PhaseKind.MOBILIZATION)],
        ),
        ("1. Warm-up\n2. Balance\n3. Savasana", [("Warm-up", PhaseKind.MOBILIZATION),
                                                 ("Balance", PhaseKind.STRENGTHENING), ("Savasana", PhaseKind.REST)]),
        ("Total time: 35 minutes", []),
        ("0:00 Arrive\n1:00 Rest", []),
        ("A class about the back.", []),
    ],
)  # fmt: skip
def test_outlines(text: str, parts: list[tuple[str, PhaseKind]]) -> None:
    assert [(part.title, part.kind) for part in READER.outline(text)] == parts


PIECES = st.sampled_from(
    ["chair", "a pillow", "mat", "or", "and", ",", "(", ")", ".", "?", "\n", ":", "if", "optional", "you will need",
     "no",     "without", "instead of", "no props needed",
     "except", "may want", "then", "first", "breath", "0:00", "1:30",
     "- ", "1.", "5 min", "•"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map(" ".join))


@settings(max_examples=300, deadline=None)
@given(title=TEXTS, text=TEXTS, duration_ms=st.integers(0, 10_000_000))
def test_any_text(title: str, text: str, duration_ms: int) -> None:
    props = READER.props(title, text)
    assert len({need.prop for need in props.props}) == len(props.props)
    assert {need.prop for need in props.props} <= set(WORDS.props)
    assert not (props.says_none and any(not need.optional for need in props.props))
    assert set(READER.focus(title, text).areas) <= set(WORDS.focus)
    READER.outline(text)
    phases = READER.phases(text, duration_ms)
    assert not phases or (phases[0].start_ms, phases[-1].end_ms) == (0, duration_ms)


@pytest.mark.parametrize(
    "piece", ["a", " ", "\n", "0:00 ", "chair or ", "if a chair ", "then breath ", "you need a mat, ", "(", "a 0:0"]
)
def test_nothing_takes_long(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    begun = time.monotonic()
    READER.props(text[:300], text)
    READER.focus(text[:300], text)
    READER.phases(text, 1_000_000)
    READER.outline(text)
    assert time.monotonic() - begun < 2


def test_without_words_nothing_is_found() -> None:
    reader = DescriptionReader(Vocabulary())
    assert reader.props("Chair Yoga", "You will need a chair").props == ()
    assert reader.focus("Neck", "neck").areas == ()
