# SPDX-License-Identifier: GPL-3.0-or-later
"""What a class is about, read from its title and description: parts of the body and intentions.

The title counts whatever it names. In the description a part must be named as the focus ("for", "releases",
"tension in") or again and again, because every class speaks of hands and feet. Pure; any thread.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from player.domain.vocabulary import Vocabulary, WordFinder
from player.importing.descriptions_text import Sentence, sentences

MOST_AREAS = 6
_TITLE, _NAMED, _SAID, _ENOUGH = 10, 3, 1, 3
_REACH, _REACH_OF_WEAK = 90, 22
"""How many letters after "focus on" a list of areas may go on."""


@dataclass(frozen=True, slots=True)
class FocusSaid:
    """Ids of focus areas, the clearest first; `from_title` if the title alone names them."""

    areas: tuple[str, ...] = ()
    from_title: bool = False


@dataclass
class FocusReader:
    """Reads texts; make one for many texts."""

    words: Vocabulary
    _areas: WordFinder = field(init=False)
    _cues: WordFinder = field(init=False)

    def __post_init__(self) -> None:
        entries = [("", phrase) for area in self.words.focus.values() for phrase in area.not_words]
        entries += [(area.id, word) for area in self.words.focus.values() for word in (area.title, *area.words)]
        entries += [(f"?{area.id}", word) for area in self.words.focus.values() for word in area.weak_words]
        self._areas = WordFinder((word, name) for name, word in entries)
        self._cues = WordFinder((word, "cue") for word in self.words.phrases.get("focus", ()))

    def read(self, title: str, description: str) -> FocusSaid:
        """What `title` and `description` together are about."""
        points: Counter[str] = Counter()
        for sentence in sentences(title):
            for name, _start, _end in self._areas.find(sentence.folded):
                if name:
                    points[name.removeprefix("?")] += _TITLE
        from_title = tuple(points)
        below = False
        for sentence in sentences(description):
            self._count(sentence, points, below=below)
            below = sentence.is_heading and self._cues.longest(sentence.folded) is not None
        areas = [area for area, count in points.most_common() if count >= _ENOUGH][:MOST_AREAS]
        return FocusSaid(tuple(areas), set(areas) <= set(from_title))

    def _count(self, sentence: Sentence, points: Counter[str], *, below: bool) -> None:
        """Points for what a sentence names; `below` if it stands under a heading such as "Works with:"."""
        found = [item for item in self._areas.find(sentence.folded) if item[0]]
        cues = [end for _name, _start, end in self._cues.find(sentence.folded)] if found else []
        for name, start, _end in found:
            weak = name.startswith("?")
            reach = _REACH_OF_WEAK if weak else _REACH
            named = below or any(0 <= start - end <= reach for end in cues)
            points[name.removeprefix("?")] += (0 if weak else _SAID) + (_NAMED if named else 0)
