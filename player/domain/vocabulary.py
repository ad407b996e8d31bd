# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of phases, props and focus areas, and how a kind is recognised from a phase's own title.

The words themselves are data (resources/vocabulary); this module only knows how to ask them. Pure values,
usable from any thread.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
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
    weak_words: tuple[str, ...] = ()
    """Words that have other meanings too: in running text they count only where things to fetch are listed."""
    not_words: tuple[str, ...] = ()
    """Phrases that hold one of the words and mean something else ("ball of the foot")."""
    is_pose: bool = False
    """Whether the bare word is also the name of a pose ("we hold chair")."""


@dataclass(frozen=True, slots=True)
class FocusWords:
    """A part of the body or an intention."""

    id: str
    title: str
    words: tuple[str, ...] = ()
    weak_words: tuple[str, ...] = ()
    """Words that are said of every class ("hands"): they count in titles and where the focus is named."""
    not_words: tuple[str, ...] = ()


class WordFinder:
    """Finds words of a vocabulary in folded text: the longest one at each place. Plurals in -s and -es count."""

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        """`words` are (word, what it stands for); the first one given wins."""
        self._whole: dict[str, str] = {}
        self._beginnings: list[tuple[str, str]] = []
        for word, name in words:
            folded = fold(word)
            if word.endswith("*"):
                self._beginnings.append((folded, name))
            elif folded:
                self._whole.setdefault(folded, name)
        alternatives = [(re.escape(word) + "(?:e?s)?", len(word)) for word in self._whole]
        alternatives += [(re.escape(word) + r"\w*", len(word)) for word, _name in self._beginnings]
        alternatives.sort(key=lambda item: -item[1])
        self._pattern = re.compile(
            rf"\b(?:{'|'.join(text for text, _length in alternatives)})\b" if alternatives else r"(?!)"
        )

    def find(self, folded: str) -> Iterator[tuple[str, int, int]]:
        """(what the word stands for, start, end) of each word in `folded`, from left to right."""
        for match in self._pattern.finditer(folded):
            yield self._name(match[0]), match.start(), match.end()

    def longest(self, folded: str) -> str | None:
        """What the longest word in `folded` stands for, or None."""
        found = max(self.find(folded), key=lambda item: item[2] - item[1], default=None)
        return found[0] if found else None

    def _name(self, text: str) -> str:
        for word in (text, text.removesuffix("s"), text.removesuffix("es")):
            if word in self._whole:
                return self._whole[word]
        return next(name for word, name in self._beginnings if text.startswith(word))


@dataclass(frozen=True)
class Vocabulary:
    """All words. Unknown ids answer with themselves, so that free words of the user are shown as written."""

    phase_kinds: Mapping[PhaseKind, PhaseWords] = field(default_factory=dict)
    props: Mapping[str, PropWords] = field(default_factory=dict)
    focus: Mapping[str, FocusWords] = field(default_factory=dict)
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Turns of speech by what they tell of the things named near them ("you will need", "optional")."""
    _patterns: tuple[tuple[re.Pattern[str], PhaseKind], ...] = field(init=False, repr=False, compare=False)
    _any_prop: WordFinder = field(init=False, repr=False, compare=False)
    _weak_prop: WordFinder = field(init=False, repr=False, compare=False)
    _any_focus: WordFinder = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        patterns = [
            (_pattern(word), kind)
            for kind, words in self.phase_kinds.items()
            for word in (*words.words, words.title, kind.value)
        ]
        object.__setattr__(self, "_patterns", tuple(patterns))
        props, areas = self.props.values(), self.focus.values()
        all_words = ((word, one.id) for one in areas for word in (one.id, one.title, *one.words, *one.weak_words))
        object.__setattr__(
            self, "_any_prop", WordFinder((word, one.id) for one in props for word in (one.id, one.title, *one.words))
        )
        object.__setattr__(self, "_weak_prop", WordFinder((word, one.id) for one in props for word in one.weak_words))
        object.__setattr__(self, "_any_focus", WordFinder(all_words))

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
        folded = fold(text)
        return self._any_prop.longest(folded) or next(
            (name for name, start, end in self._weak_prop.find(folded) if end - start == len(folded)), None
        )

    def recognise_focus(self, text: str) -> str | None:
        """The id of the focus area that `text` names ("Lower Back" → "lower-back"), or None."""
        return self._any_focus.longest(fold(text))

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
