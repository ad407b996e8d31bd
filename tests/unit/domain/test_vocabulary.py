# SPDX-License-Identifier: GPL-3.0-or-later
"""Kinds, props and focus areas are recognised by their words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.domain.models import PhaseKind
from player.domain.vocabulary import Vocabulary
from player.importing.vocabulary import load_vocabulary

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
WORDS = load_vocabulary(RESOURCES / "vocabulary")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Arrive & settle", PhaseKind.ARRIVE),
        ("Body scan", PhaseKind.ARRIVE),
        ("Release", PhaseKind.DIAPHRAGM_RELEASE),
        ("Diaphragm release", PhaseKind.DIAPHRAGM_RELEASE),
        ("Zwerchfell lösen", PhaseKind.DIAPHRAGM_RELEASE),
        ("Liberación del diafragma", PhaseKind.DIAPHRAGM_RELEASE),
        ("Breath opens the ribs", PhaseKind.BREATH),
        ("ATEM", PhaseKind.BREATH),
        ("Seated rotations", PhaseKind.MOBILIZATION),
        ("Seated mobilisation", PhaseKind.MOBILIZATION),
        ("Movilización", PhaseKind.MOBILIZATION),
        ("Strengthening", PhaseKind.STRENGTHENING),
        ("Integration", PhaseKind.INTEGRATION),
        ("Intégration", PhaseKind.INTEGRATION),
        ("Rest", PhaseKind.REST),
        ("Savasana", PhaseKind.REST),
        ("Chapter 1", PhaseKind.OTHER),
        ("Forest walk", PhaseKind.OTHER),
        ("Interesting things", PhaseKind.OTHER),
        ("", PhaseKind.OTHER),
    ],
)
def test_kinds(title: str, kind: PhaseKind) -> None:
    assert WORDS.recognise_kind(title) is kind


@pytest.mark.parametrize(
    ("text", "prop"),
    [("two yoga blocks", "block"), ("a folding chair", "chair"), ("Decke", "blanket"), ("rolled up towel", "towel"),
     ("eye pillow", "eye-pillow"), ("wallpaper", None), ("", None)],
)  # fmt: skip
def test_props(text: str, prop: str | None) -> None:
    assert WORDS.recognise_prop(text) == prop


@pytest.mark.parametrize(
    ("text", "area"), [("Lower Back", "lower-back"), ("mid-back", "mid-back"), ("Hüfte", "hips"), ("bicycles", None)]
)
def test_focus(text: str, area: str | None) -> None:
    assert WORDS.recognise_focus(text) == area


def test_the_data_are_whole() -> None:
    assert set(WORDS.phase_kinds) == set(PhaseKind)
    for prop in WORDS.props.values():
        assert (RESOURCES / "icons" / f"{prop.icon}.svg").is_file(), prop.icon
    for kind in PhaseKind:
        assert WORDS.kind_title(kind)


def test_unknown_ids_answer_with_themselves() -> None:
    assert Vocabulary().prop_title("a heavy book") == "a heavy book"
    assert WORDS.focus_title("left toe") == "left toe"
    assert Vocabulary().kind_title(PhaseKind.REST) == "rest"
    assert Vocabulary().recognise_kind("Rest") is PhaseKind.OTHER


@given(st.text())
def test_any_title(title: str) -> None:
    assert isinstance(WORDS.recognise_kind(title), PhaseKind)
