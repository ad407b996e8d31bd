# SPDX-License-Identifier: GPL-3.0-or-later
"""What the search shows, as rows: headings, hits, and classes that meet the filters. Pure values, made on the main
thread from what the library has answered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from player.domain.models import ClassId, ClassVideo, PhaseKind, Series, SeriesId
from player.domain.query import Hit, HitKind
from player.domain.times import format_clock, format_length
from player.domain.titles import split_title
from player.domain.vocabulary import Vocabulary
from player.library.words import asked, stem, words_of
from player.ui.models.class_list import row_words, state_words

Runs = tuple[tuple[str, bool], ...]
"""Pieces of a text, and whether each was asked for."""

HEADINGS = {
    HitKind.SERIES: "Series",
    HitKind.CLASS: "Classes",
    HitKind.PHASE: "Phases",
    HitKind.CAPTION: "Said in classes",
}


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """The kind of the hits below it."""

    kind: HitKind

    @property
    def text(self) -> str:
        return HEADINGS[self.kind]


@dataclass(frozen=True, slots=True)
class MoreRow:
    """There are more hits of a kind."""

    kind: HitKind

    @property
    def text(self) -> str:
        return f"More {'captions' if self.kind is HitKind.CAPTION else HEADINGS[self.kind].lower()}"


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A class that has not been read yet."""

    class_id: ClassId

    @property
    def text(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A series, class, phase or caption. `video` is None for a series, `series` for the others. `phase_kind` of a
    phase. `at` is the time in words ("6:00"), "" where it is about the whole. `line` is what was found, `place` where
    (class and series). `needs` are (icon, title). `text` says the row in words."""

    kind: HitKind
    series_id: SeriesId
    class_id: ClassId | None
    start_ms: int
    title: str
    subtitle: str
    line: Runs
    place: str
    at: str
    minutes: str
    needs: tuple[tuple[str, str], ...]
    reason: str
    text: str
    phase_kind: PhaseKind = PhaseKind.OTHER
    video: ClassVideo | None = None
    series: Series | None = None

    @property
    def identity(self) -> tuple[object, ...]:
        return (self.kind, self.series_id, self.class_id, self.start_ms)


SearchRow = HeadingRow | MoreRow | WaitingRow | ResultRow


@dataclass(frozen=True, slots=True)
class Found:
    """Hits, and what is known of the classes and series in them."""

    question: str
    hits: Sequence[Hit]
    videos: Mapping[ClassId, ClassVideo]
    series: Mapping[SeriesId, Series]


def rows_of_hits(found: Found, vocabulary: Vocabulary, most: Mapping[HitKind, int]) -> list[SearchRow]:
    """The hits by kind under headings, at most so many of each."""
    marker = Marker(found.question)
    rows: list[SearchRow] = []
    for kind in HitKind:
        of_kind = [row for hit in found.hits if hit.kind is kind for row in _row(hit, found, vocabulary, marker)]
        if of_kind:
            rows.append(HeadingRow(kind))
            rows += of_kind[: most[kind]]
            if len(of_kind) > most[kind]:
                rows.append(MoreRow(kind))
    return rows


def _row(hit: Hit, found: Found, vocabulary: Vocabulary, marker: Marker) -> Iterator[ResultRow]:
    """The row of a hit; none for what has gone since it was found."""
    if hit.class_id is None:
        series = found.series.get(hit.series_id)
        if series is not None:
            yield _series_row(hit, series, marker)
        return
    video = found.videos.get(hit.class_id)
    if video is None:
        return
    row = row_of_class(video, vocabulary)
    title = row.title + (f": {row.subtitle}" if row.subtitle else "")
    at = format_clock(hit.start_ms)
    kind = next((phase.kind for phase in video.phases if phase.start_ms == hit.start_ms), PhaseKind.OTHER)
    moment = replace(row, kind=hit.kind, start_ms=hit.start_ms, place=f"{title} · {video.series_title}", at=at)
    match hit.kind:
        case HitKind.PHASE:
            name = hit.text or vocabulary.kind_title(kind)
            words = f"Phase {name}, at {at} in {row.text}"
            yield replace(moment, line=marker.runs(name), text=words, phase_kind=kind)
        case HitKind.CAPTION:
            yield replace(moment, line=marker.runs(hit.text), text=f"“{hit.text}”, at {at} in {row.text}")
        case _:
            shown = _things(video, vocabulary) if _is_things(hit, video) else hit.text
            yield replace(row, line=marker.runs(shown))


def _series_row(hit: Hit, series: Series, marker: Marker) -> ResultRow:
    title, subtitle = split_title(series.title)
    count = "1 class" if series.classes == 1 else f"{series.classes} classes"
    length = format_length(series.duration_ms)
    return ResultRow(
        HitKind.SERIES, hit.series_id, None, 0, title, subtitle, marker.runs(hit.text), f"{count}, {length}", "", "",
        (), "", f"Series {series.title}, {count}, {length}", series=series,
    )  # fmt: skip


def row_of_class(video: ClassVideo, vocabulary: Vocabulary) -> ResultRow:
    """A class that meets the filters."""
    title, subtitle = split_title(video.title)
    number = "" if video.number is None else f"Class {video.number}, "
    return ResultRow(
        kind=HitKind.CLASS,
        series_id=video.series_id,
        class_id=video.id,
        start_ms=0,
        title=title,
        subtitle=subtitle,
        line=(),
        place=f"{number}{video.series_title}",
        at="",
        minutes=format_length(video.duration_ms) if video.duration_ms else "",
        needs=tuple((vocabulary.prop_icon(need.prop), vocabulary.prop_title(need.prop)) for need in video.props),
        reason=state_words(video),
        text=f"{row_words(video, vocabulary)}, of {video.series_title}",
        video=video,
    )


def _is_things(hit: Hit, video: ClassVideo) -> bool:
    """Whether what was found is the list of things and areas."""
    things = ", ".join((*(need.prop for need in video.props), *video.focus))
    return bool(hit.text) and hit.text == things


def _things(video: ClassVideo, vocabulary: Vocabulary) -> str:
    props = (vocabulary.prop_title(need.prop) for need in video.props)
    return ", ".join((*props, *(vocabulary.focus_title(area) for area in video.focus)))


class Marker:
    """Tells which words of a text were asked for."""

    def __init__(self, question: str) -> None:
        self._stems = tuple(stem(word) for word in asked(question))

    def runs(self, text: str) -> Runs:
        """The text in pieces."""
        runs: list[tuple[str, bool]] = []
        for piece in re.split(r"(\w+)", text):
            marked = bool(self._stems) and any(word.startswith(self._stems) for word in words_of(piece))
            if runs and runs[-1][1] == marked:
                runs[-1] = (runs[-1][0] + piece, marked)
            elif piece:
                runs.append((piece, marked))
        return tuple(runs)
