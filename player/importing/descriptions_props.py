# SPDX-License-Identifier: GPL-3.0-or-later
"""What a class asks for, read from its title and description.

Every thing that is named counts, unless the words around it say that it is a pose, a part of the body, not
needed or only a choice. All words are data (resources/vocabulary). Pure; any thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from itertools import pairwise

from player.domain.models import PropNeed
from player.domain.vocabulary import Vocabulary, WordFinder
from player.importing.descriptions_text import CLOSE, COMMA, OPEN, Sentence, sentences

_OR = re.compile(r"\b(?:or|oder|ou|o|of|eller)\b")
_AND = re.compile(r"\b(?:and|und|y|et|e|en|og|och|plus|with)\b")
_IS_BEFORE = re.compile(r"\b(is|ist|est|es|are|sind|sont|son|be)(?: \w+){0,3}$")
_PLURAL = frozenset({"are", "sind", "sont", "son"})
_AFTERWARDS = re.compile(r"(?:needed|required|benotigt|necesario|necessaire)$")
_SIGNS_ONLY = re.compile(rf"(?:\s|{COMMA}|{OPEN}|{CLOSE}|but|aber|mais|pero)*")
_NEW_CLAUSE = re.compile(rf"\s*{COMMA} (?:and|but|und|aber|et|mais|y|pero)\b")
_INSTEAD = re.compile(rf"\b(?:instead|stattdessen)\b(?=$| {COMMA}| {CLOSE}| if)")
_OF_THAT = re.compile(r"(?:it|they|this|that|these|es|das|sie|elle|il|c)\b")
_NO = re.compile(r"(?:no|nope|none|not at all|nein|non|nothing)")
_ASKS = re.compile(
    r"\b(?:need|require|brauche|brauchen|necesito|besoin)\b(?: \w+){0,2} (?:props?|equipment|anything|material)\b"
)
_ASIDE_END = re.compile(rf"(?: \w+){{0,3}} {COMMA}")
_WORD = re.compile(r"\w+")
_NEAR_WORDS = 3
_CHAIN_WORDS = 7
_ABSORB = 45
_ITEM_WORDS = 12


class _Says(IntEnum):
    """What a mention tells of a thing, the strongest last."""

    PLAIN = 0
    OPTIONAL = 1
    NEED = 2
    EXCLUDED = 3
    CHOICE = 4
    """One can do without it, whatever else is said."""


@dataclass(slots=True)
class _Mention:
    prop: str
    start: int
    end: int
    says: _Says = _Says.PLAIN


@dataclass(frozen=True, slots=True)
class PropsSaid:
    """The things a text asks for. `says_none` if it says that nothing is needed; `props` may then still hold
    optional ones."""

    props: tuple[PropNeed, ...] = ()
    says_none: bool = False
    from_title: bool = False
    """Whether the title alone says all that."""


@dataclass
class PropReader:
    """Reads texts; make one for many texts."""

    words: Vocabulary
    _things: WordFinder = field(init=False)
    _phrases: dict[str, WordFinder] = field(init=False)

    def __post_init__(self) -> None:
        entries = [("", phrase) for prop in self.words.props.values() for phrase in prop.not_words]
        entries += [(prop.id, word) for prop in self.words.props.values() for word in prop.words]
        entries += [(f"?{prop.id}", word) for prop in self.words.props.values() for word in prop.weak_words]
        self._things = WordFinder((word, name) for name, word in entries)
        self._phrases = {name: WordFinder((word, name) for word in words) for name, words in self.words.phrases.items()}

    def read(self, title: str, description: str) -> PropsSaid:
        """What `title` and `description` together ask for."""
        said: dict[str, list[_Says]] = {}
        says_none = False
        from_title = True
        for text in (title, description):
            listing = asked = False
            previous: list[_Mention] = []
            for sentence in sentences(text):
                is_none = bool(self._spans("none", sentence.folded)) and not sentence.is_question
                is_none = is_none or (asked and _NO.fullmatch(sentence.folded.strip()) is not None)
                mentions = self._mentions(sentence, listed=listing and self._is_item(sentence))
                listing = self._goes_on(sentence, mentions, listing)
                if mentions:
                    self._weigh(sentence, mentions, is_none=is_none)
                elif previous and previous[0].says is not _Says.EXCLUDED and self._is_remark(sentence):
                    previous[-1].says = _Says.CHOICE
                    said[previous[-1].prop][-1] = _Says.CHOICE
                says_none = says_none or is_none
                from_title = from_title and (text is title or not (mentions or is_none))
                asked = sentence.is_question and not mentions and _ASKS.search(sentence.folded) is not None
                previous = mentions
                for mention in mentions:
                    said.setdefault(mention.prop, []).append(mention.says)
        return replace(_result(said, says_none), from_title=from_title)

    def _mentions(self, sentence: Sentence, *, listed: bool) -> list[_Mention]:
        """The things that a sentence names as things."""
        text = sentence.folded
        things = list(self._things.find(text))
        needs = self._needs(text) if things and not listed else []
        found = []
        for name, start, end in things:
            prop = name.removeprefix("?")
            wanted = listed or any(begin < start or _AFTERWARDS.search(text[:stop]) for begin, stop in needs)
            if not prop or (name.startswith("?") and not wanted):
                continue
            if self._starts("pose", text[end:]) or (not wanted and self._is_pose(prop, text, start, end)):
                continue
            found.append(_Mention(prop, start, end, _Says.NEED if wanted else _Says.PLAIN))
        return found

    def _is_pose(self, prop: str, text: str, start: int, end: int) -> bool:
        """Whether a bare word ("we hold chair") is the name of a pose."""
        entry = self.words.props[prop]
        if not entry.is_pose or " " in text[start:end] or self._starts("practice", text[end:]):
            return False
        before = " ".join(_WORD.findall(text[:start])[-_NEAR_WORDS:])
        return not self._spans("article", before) and not any(sign.isdigit() for sign in before)

    def _needs(self, text: str) -> list[tuple[int, int]]:
        """Where it says "you will need", without the places where that is softened or denied just before."""
        softer = [span for name in ("may", "without", "none", "optional") for span in self._spans(name, text)]
        return [
            (start, end)
            for start, end in self._spans("need", text)
            if not any(begin < end and self._reaches(text, stop, start) for begin, stop in softer)
        ]

    def _reaches(self, text: str, stop: int, start: int) -> bool:
        """Whether what ends at `stop` still speaks of what begins at `start`: nothing is named between."""
        return start - stop <= _ABSORB and not any(name for name, _s, _e in self._things.find(text[stop:start]))

    def _weigh(self, sentence: Sentence, mentions: list[_Mention], *, is_none: bool) -> None:
        """Set what each mention says by the words around it."""
        text = sentence.folded
        for earlier, later in pairwise(mentions):
            if earlier.prop != later.prop and _joins(_OR, text[earlier.end : later.start]):
                later.says = _Says.OPTIONAL
        for start, end in self._spans("may", text):
            self._forward_or_back(text, mentions, start, end)
        for start, end in self._spans("optional", text):
            self._adjective(text, mentions, start, end)
        for start, end in self._spans("if", text):
            _condition(text, mentions, start, end)
        for _start, end in self._spans("instead", text):
            _mark(_chain(text, [one for one in mentions if one.start >= end], _OR)[:2], _Says.OPTIONAL)
        for match in _INSTEAD.finditer(text):
            _mark([one for one in mentions if one.end <= match.start()][-1:], _Says.OPTIONAL)
        for start, end in self._spans("replaces", text):
            near = [one for one in mentions if one.start >= end and len(text[end : one.start].split()) <= _CHAIN_WORDS]
            _mark(_chain(text, near, _OR), _Says.EXCLUDED)
            if self._spans("can", text[:start]):
                _mark([one for one in mentions if one.end <= start], _Says.OPTIONAL)
        for start, end in self._spans("without", text):
            stop = min((begin for begin, _end in self._spans("except", text) if begin >= end), default=len(text))
            near = [one for one in mentions if end <= one.start < stop]
            between = text[end : near[0].start] if near else ""
            if near and len(between.split()) <= _NEAR_WORDS and not _AND.search(between):
                choice = sentence.is_question or bool(self._spans("can", text[:start]))
                _mark(_chain(text, near, None), _Says.CHOICE if choice else _Says.EXCLUDED)
        if is_none:
            self._besides(text, mentions)

    def _besides(self, text: str, mentions: list[_Mention]) -> None:
        """Things named where it says that none are needed: exceptions, or a choice."""
        but = [end for _start, end in self._spans("except", text)]
        for mention in mentions:
            if mention.says in (_Says.PLAIN, _Says.NEED):
                mention.says = _Says.NEED if any(end <= mention.start + 2 for end in but) else _Says.CHOICE

    def _forward_or_back(self, text: str, mentions: list[_Mention], start: int, end: int) -> None:
        """ "You may want a pillow", "a pillow may be useful"."""
        stop = min((begin for begin, _end in self._needs(text) if begin >= end), default=len(text))
        ahead = [one for one in mentions if end <= one.start < stop]
        _mark(ahead or _chain_back(text, mentions, start, either=True), _Says.OPTIONAL)

    def _adjective(self, text: str, mentions: list[_Mention], start: int, end: int) -> None:
        """ "a pillow is optional", "a pillow (optional)", "optional: a pillow"."""
        before = [one for one in mentions if one.end <= start]
        verb = _IS_BEFORE.search(text[:start].rstrip())
        if before and (verb or " " in text[start:end]):
            plural = verb is not None and verb[1] in _PLURAL
            _mark(self._subject(text, _chain_back(text, mentions, start, either=plural)), _Says.OPTIONAL)
        elif before and _SIGNS_ONLY.fullmatch(text[before[-1].end : start]) and not self._leads_on(text, mentions, end):
            _mark(_chain_back(text, mentions, start, either=False), _Says.OPTIONAL)
        elif any(one.start >= end for one in mentions):
            self._forward_or_back(text, mentions, start, end)
        else:
            _mark(_chain_back(text, mentions, start, either=True), _Says.OPTIONAL)

    def _subject(self, text: str, chain: list[_Mention]) -> list[_Mention]:
        """The end of a chain that is what a sentence speaks of: in "you need a mat, and blocks are optional"
        only what follows the comma."""
        if chain and self._needs(text[: chain[0].start]):
            for index in range(len(chain) - 1, 0, -1):
                if _NEW_CLAUSE.match(text[chain[index - 1].end : chain[index].start]):
                    return chain[index:]
        return chain

    @staticmethod
    def _leads_on(text: str, mentions: Sequence[_Mention], end: int) -> bool:
        """Whether the next thing follows at once: "a mat, optional a pillow"."""
        ahead = next((one for one in mentions if one.start >= end), None)
        between = text[end : ahead.start] if ahead else CLOSE
        return CLOSE not in between and not between.startswith(f" {COMMA}") and len(between.split()) <= _NEAR_WORDS

    def _is_remark(self, sentence: Sentence) -> bool:
        """Whether a sentence of a word or two, or one of "it", says "optional" of what stands before it."""
        short = len(sentence.folded.split()) <= _NEAR_WORDS or _OF_THAT.match(sentence.folded) is not None
        return short and bool(self._spans("optional", sentence.folded))

    def _is_item(self, sentence: Sentence) -> bool:
        return sentence.is_item or len(sentence.folded.split()) <= _ITEM_WORDS

    def _goes_on(self, sentence: Sentence, mentions: Sequence[_Mention], listing: bool) -> bool:
        """Whether the next lines are a list of what is needed: "You will need:" begins one, another heading or
        a longer sentence without things ends it."""
        if sentence.is_heading:
            return bool(self._needs(sentence.folded)) and not mentions
        return listing and (bool(mentions) or sentence.is_item)

    def _starts(self, name: str, rest: str) -> bool:
        return any(start <= 1 for _name, start, _end in self._phrases_in(name, rest[:40]))

    def _spans(self, name: str, text: str) -> list[tuple[int, int]]:
        return [(start, end) for _name, start, end in self._phrases_in(name, text)]

    def _phrases_in(self, name: str, text: str) -> Iterator[tuple[str, int, int]]:
        finder = self._phrases.get(name)
        return finder.find(text) if finder else iter(())


def _condition(text: str, mentions: list[_Mention], start: int, end: int) -> None:
    """ "If you get cold, take a blanket"; "take a blanket if you like"; "a mat and, if you like, a blanket"."""
    before = [one for one in mentions if one.end <= start]
    if not before:
        _mark([one for one in mentions if one.start >= end], _Says.OPTIONAL)
    elif _AND.search(text[before[-1].end : start]) and (aside := _ASIDE_END.match(text, end)):
        _mark([one for one in mentions if one.start >= aside.end()][:1], _Says.OPTIONAL)
    elif len(text[before[-1].end : start].split()) <= _NEAR_WORDS:
        _mark(_chain_back(text, mentions, start, either=False), _Says.OPTIONAL)


def _chain(text: str, mentions: Sequence[_Mention], joint: re.Pattern[str] | None) -> list[_Mention]:
    """The first mention and those joined to it one by one, by `joint` or (None) by "and", "or" or a comma."""
    chain = list(mentions[:1])
    for one in mentions[1:]:
        between = text[chain[-1].end : one.start]
        if not (_joins(joint, between) if joint else _joins_any(between)):
            break
        chain.append(one)
    return chain


def _chain_back(text: str, mentions: Sequence[_Mention], stop: int, *, either: bool) -> list[_Mention]:
    """The last mention before `stop` and those joined to it by "or", or (`either`) also by "and" or a comma."""
    before = [one for one in mentions if one.end <= stop]
    chain = before[-1:]
    for one in reversed(before[:-1]):
        between = text[one.end : chain[0].start]
        if not (_joins_any(between) if either else _joins(_OR, between) and COMMA not in between):
            break
        chain.insert(0, one)
    return chain


def _joins(joint: re.Pattern[str], between: str) -> bool:
    return len(between.split()) <= _CHAIN_WORDS and joint.search(between) is not None and CLOSE not in between


def _joins_any(between: str) -> bool:
    return len(between.split()) <= _CHAIN_WORDS and (
        COMMA in between or _OR.search(between) is not None or _AND.search(between) is not None
    )


def _mark(mentions: Sequence[_Mention], says: _Says) -> None:
    for mention in mentions:
        if says is not _Says.OPTIONAL or mention.says in (_Says.PLAIN, _Says.NEED):
            mention.says = says


def _result(said: dict[str, list[_Says]], says_none: bool) -> PropsSaid:
    """One answer for each thing out of all that is said of it."""
    props = []
    for prop, says in said.items():
        if _Says.CHOICE in says:
            props.append(PropNeed(prop, optional=True))
        elif _Says.NEED in says:
            props.append(PropNeed(prop))
        elif _Says.OPTIONAL in says:
            props.append(PropNeed(prop, optional=True))
        elif _Says.PLAIN in says and _Says.EXCLUDED not in says:
            props.append(PropNeed(prop))
    if says_none:
        needed = any(says.count(_Says.NEED) for says in said.values())
        props = [need for need in props if need.optional or _Says.NEED in said[need.prop]]
        says_none = not needed
    return PropsSaid(tuple(props), says_none)
