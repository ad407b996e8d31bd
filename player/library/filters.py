# SPDX-License-Identifier: GPL-3.0-or-later
"""Which classes meet the filters of a query, kept in memory: a byte for each class and question, in playing order.

A library of a hundred thousand classes takes half a megabyte and answers in a fraction of a millisecond. The
database counts changes of what is kept here; it is read anew when the count has moved. Any thread.
"""

from __future__ import annotations

import json
import threading
from array import array
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from sqlalchemy import text
from sqlalchemy.orm import Session

from player.domain.models import ClassId, PhaseKind
from player.domain.query import Choices, Query
from player.library import plain

_CODES = 255
"""So many different values of a column have a code of their own; classes with rarer ones are looked at one by one."""
_ANSWERS = 32
_HALF_MINUTE_MS, _MINUTE_MS = 30_000, 60_000
_CLASSES = (
    "SELECT class.id, class.series_id, (class.duration_ms + :half) / :minute, "
    "class.needs_facet, class.focus_facet, class.kinds_facet "
    "FROM series CROSS JOIN class ON class.series_id = series.id "
    "WHERE NOT series.removed ORDER BY series.id, class.position, class.id"
)
_MARKS = "SELECT class_id, done, favourite FROM progress WHERE done OR favourite"
_COUNTS = text("SELECT name, value FROM change_count")


class _Column:
    """One value of each class, in one byte."""

    def __init__(self, values: Sequence[int]) -> None:
        self.counts = Counter(values)
        self._frequent = [value for value, _count in self.counts.most_common(_CODES)]
        codes = {value: code for code, value in enumerate(self._frequent)}
        self._codes = bytes(codes.get(value, _CODES) for value in values)
        self._rare = [(place, value) for place, value in enumerate(values) if value not in codes]

    def where(self, fits: Callable[[int], bool]) -> int:
        """The classes whose value fits, as the bits of a number: the first class is the highest bit."""
        table = bytes(b"1"[0] if fits(value) else b"0"[0] for value in self._frequent).ljust(256, b"0")
        digits = self._codes.translate(table)
        if self._rare:
            changed = bytearray(digits)
            for place, value in self._rare:
                if fits(value):
                    changed[place] = b"1"[0]
            digits = bytes(changed)
        return int(digits or b"0", 2)


class _Classes:
    """All classes of series that are not removed, in playing order."""

    def __init__(self, session: Session) -> None:
        values = {"half": _HALF_MINUTE_MS - 1, "minute": _MINUTE_MS}
        rows = plain.read(session, _CLASSES, values)
        ids, series, *columns = zip(*rows, strict=True) if rows else ((),) * 6
        self.ids = array("q", ids)
        self.place = array("q", bytes(8 * (max(ids, default=0) + 1)))
        for place, class_id in enumerate(ids, 1):  # 0: there is no such class
            self.place[class_id] = place
        self.series = _spans(series)
        self.minutes, self.needs, self.focus, self.kinds = map(_Column, columns)
        self.facets = {
            row[0]: frozenset(json.loads(row[1])) for row in plain.read(session, "SELECT id, members FROM facet")
        }

    def members(self, column: _Column) -> Counter[str]:
        """How many classes have each word in their sets."""
        counts: Counter[str] = Counter()
        for facet, count in column.counts.items():
            for word in self.facets.get(facet, ()):
                counts[word] += count
        return counts


class _Marks:
    """What is done and what is a favourite, as the bits of numbers."""

    def __init__(self, session: Session, classes: _Classes) -> None:
        done, favourite = (bytearray(b"0" * len(classes.ids)) for _ in range(2))
        for class_id, is_done, is_favourite in plain.read(session, _MARKS):
            place = classes.place[class_id] if class_id < len(classes.place) else 0
            if place:
                done[place - 1] += bool(is_done)
                favourite[place - 1] += bool(is_favourite)
        self.done, self.favourite = int(done or b"0", 2), int(favourite or b"0", 2)


class Allowed:
    """The classes that meet the filters of one query."""

    def __init__(self, classes: _Classes, bits: int) -> None:
        self._classes = classes
        self._bits = bits

    @cached_property
    def count(self) -> int:
        return self._bits.bit_count()

    @cached_property
    def everything(self) -> bool:
        return self.count == len(self._classes.ids)

    @cached_property
    def _digits(self) -> str:
        """A letter for each class in playing order, "1" where it is allowed."""
        return format(self._bits, f"0{len(self._classes.ids)}b") if self._classes.ids else ""

    def ids(self, begin: int = 0, count: int | None = None) -> Iterator[ClassId]:
        """In playing order, without the first `begin`."""
        digits, ids = self._digits, self._classes.ids
        left = self.count - begin if count is None else min(count, self.count - begin)
        place = -1
        for _ in range(begin):
            place = digits.find("1", place + 1)
        for _ in range(left):
            place = digits.find("1", place + 1)
            yield ClassId(ids[place])

    def some(self, class_ids: Iterable[int]) -> set[int]:
        """Those of these classes that are allowed."""
        places, digits = self._classes.place, self._digits
        most = len(places)
        return {one for one in class_ids if one < most and places[one] and digits[places[one] - 1] == "1"}

    def has_series(self, series_id: int) -> bool:
        """Whether any class of a series is allowed."""
        begin, end = self._classes.series.get(series_id, (0, 0))
        return self._digits.find("1", begin, end) >= 0


class FilterBook:
    """Answers which classes meet filters. Belongs to one library; any thread, inside a read unit."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._classes: tuple[int, _Classes] | None = None
        self._marks: tuple[tuple[int, int], _Marks] | None = None
        self._answers: OrderedDict[Query, Allowed] = OrderedDict()

    def allowed(self, session: Session, query: Query) -> Allowed:
        """The classes that meet the filters of `query`; its words do not count."""
        key = query.without_words
        with self._lock:
            classes, marks = self._up_to_date(session)
            answer = self._answers.get(key)
            if answer is None:
                answer = self._answers[key] = Allowed(classes, _bits(classes, marks, key))
                while len(self._answers) > _ANSWERS:
                    self._answers.popitem(last=False)
            self._answers.move_to_end(key)
            return answer

    def choices(self, session: Session) -> Choices:
        """What filters can ask for, with how many classes there are of each."""
        with self._lock:
            classes, marks = self._up_to_date(session)
        kinds = classes.members(classes.kinds)
        return Choices(
            classes=len(classes.ids),
            props=dict(classes.members(classes.needs).most_common()),
            focus=dict(classes.members(classes.focus).most_common()),
            kinds={kind: kinds[kind] for kind in PhaseKind if kinds[kind]},
            minutes=dict(sorted(classes.minutes.counts.items())),
            done=marks.done.bit_count(),
            favourites=marks.favourite.bit_count(),
        )

    def _up_to_date(self, session: Session) -> tuple[_Classes, _Marks]:
        counts = {row.name: row.value for row in session.execute(_COUNTS)}
        of_classes = counts.get("classes", -1)
        of_marks = (of_classes, counts.get("marks", -1))
        if self._classes is None or self._classes[0] != of_classes:
            self._classes = (of_classes, _Classes(session))
            self._answers.clear()
        if self._marks is None or self._marks[0] != of_marks:
            self._marks = (of_marks, _Marks(session, self._classes[1]))
            self._answers.clear()
        return self._classes[1], self._marks[1]


def _bits(classes: _Classes, marks: _Marks, query: Query) -> int:
    every = (1 << len(classes.ids)) - 1
    bits, facets = every, classes.facets
    if query.minutes_at_most is not None:
        most = query.minutes_at_most
        bits &= classes.minutes.where(lambda minutes: minutes <= most)
    if query.props is not None:
        mine = query.props
        bits &= classes.needs.where(lambda facet: facet in facets and facets[facet] <= mine)
    if query.focus:
        bits &= classes.focus.where(lambda facet: not query.focus.isdisjoint(facets.get(facet, ())))
    if query.kinds:
        bits &= classes.kinds.where(lambda facet: query.kinds <= facets.get(facet, frozenset()))
    if query.not_done:
        bits &= every ^ marks.done
    if query.favourites:
        bits &= marks.favourite
    return bits


def _spans(series: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Where the classes of each series begin and end; they stand together."""
    begins: dict[int, int] = {}
    for place, series_id in enumerate(series):
        begins.setdefault(series_id, place)
    order = [*begins.items(), (0, len(series))]
    return {one: (begin, order[index + 1][1]) for index, (one, begin) in enumerate(order[:-1])}
