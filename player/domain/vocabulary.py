# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of phases, props and focus areas, and how a kind is recognised from a phase's own title.

The words themselves are data (resources/vocabulary); this module only knows how to ask them. Pure values,
usable from any thread.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from player.domain.models import PhaseKind


def fold(text: str) -> str:
    """`text` for comparing: small letters without accents, words parted by single spaces, no punctuation."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", letters))


@dataclass(frozen=True, slots=True)
class PhaseWords:
    """How a kind is called and what announces it. `words` end in `*` where any ending will do."""

    title: str
    short_title: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PropWords:
    """A thing a class may ask for. `icon` is a name in resources/icons."""

    id: str
    title: str
    icon: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FocusWords:
    """A part of the body or an intention."""

    id: str
    title: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """All words. Unknown ids answer with themselves, so that free words of the user are shown as written."""

    phase_kinds: Mapping[PhaseKind, PhaseWords] = field(default_factory=dict)
    props: Mapping[str, PropWords] = field(default_factory=dict)
    focus: Mapping[str, FocusWords] = field(default_factory=dict)
    _patterns: tuple[tuple[re.Pattern[str], PhaseKind], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        patterns = [
            (_pattern(word), kind)
            for kind, words in self.phase_kinds.items()
            for word in (*words.words, words.title, kind.value)
        ]
        object.__setattr__(self, "_patterns", tuple(patterns))

    def recognise_kind(self, title: str) -> PhaseKind:
        """The kind that a phase's title announces; OTHER where it announces none.

        A word counts for its length, and a little more the later it begins: in "Breath and diaphragm
        release" the longer words win, in "Rest into breath" the thing that is done comes last.
        """
        text = fold(title)
        best, best_score = PhaseKind.OTHER, (0, 0)
        for pattern, kind in self._patterns:
            for match in pattern.finditer(text):
                score = (match.end() - match.start(), match.start())
                if score > best_score:
                    best, best_score = kind, score
        return best

    def recognise_prop(self, text: str) -> str | None:
        """The id of the prop that `text` names ("two yoga blocks" → "block"), or None."""
        return _recognise(text, ((prop.id, (prop.id, prop.title, *prop.words)) for prop in self.props.values()))

    def recognise_focus(self, text: str) -> str | None:
        """The id of the focus area that `text` names ("Lower Back" → "lower-back"), or None."""
        return _recognise(text, ((area.id, (area.id, area.title, *area.words)) for area in self.focus.values()))

    def kind_title(self, kind: PhaseKind) -> str:
        words = self.phase_kinds.get(kind)
        return words.title if words else kind.value

    def prop_title(self, prop: str) -> str:
        words = self.props.get(prop)
        return words.title if words else prop

    def prop_icon(self, prop: str) -> str:
        """A name in resources/icons; "plus" for things the vocabulary does not know."""
        words = self.props.get(prop)
        return words.icon if words else "plus"

    def focus_title(self, area: str) -> str:
        words = self.focus.get(area)
        return words.title if words else area


def _pattern(word: str) -> re.Pattern[str]:
    ending = r"\w*" if word.endswith("*") else r"\b"
    return re.compile(rf"\b{re.escape(fold(word))}{ending}")


def _recognise(text: str, candidates: Iterable[tuple[str, tuple[str, ...]]]) -> str | None:
    folded = fold(text)
    best, best_length = None, 0
    for name, words in candidates:
        for word in words:
            match = _pattern(word).search(folded)
            if match is not None and len(fold(word)) > best_length:
                best, best_length = name, len(fold(word))
    return best
