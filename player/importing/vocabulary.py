# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the vocabulary from its data files."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from player.domain.models import PhaseKind
from player.domain.vocabulary import FocusWords, PhaseWords, PropWords, Vocabulary


def load_vocabulary(folder: Path) -> Vocabulary:
    """The vocabulary in `folder` (phases.toml, props.toml, focus.toml, phrases.toml). The files belong to the
    program: a missing or wrong one raises OSError, TOMLDecodeError, KeyError or ValueError."""
    kinds = {
        PhaseKind(entry["kind"]): PhaseWords(entry["title"], entry["short_title"], tuple(entry["words"]))
        for entry in _entries(folder / "phases.toml", "phase")
    }
    props = {
        entry["id"]: PropWords(
            entry["id"],
            entry["title"],
            entry["icon"],
            tuple(entry["words"]),
            tuple(entry.get("weak_words", ())),
            tuple(entry.get("not_words", ())),
            bool(entry.get("is_pose", False)),
        )
        for entry in _entries(folder / "props.toml", "prop")
    }
    focus = {
        entry["id"]: FocusWords(
            entry["id"],
            entry["title"],
            tuple(entry["words"]),
            tuple(entry.get("weak_words", ())),
            tuple(entry.get("not_words", ())),
        )
        for entry in _entries(folder / "focus.toml", "focus")
    }
    phrases = {entry["means"]: tuple(entry["words"]) for entry in _entries(folder / "phrases.toml", "phrase")}
    return Vocabulary(kinds, props, focus, phrases)


def _entries(path: Path, key: str) -> list[dict[str, Any]]:
    with path.open("rb") as file:
        entries: list[dict[str, Any]] = tomllib.load(file)[key]
    return entries
