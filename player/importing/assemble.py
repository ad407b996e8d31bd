# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts one class together from its name, its sidecars and its probe, field by field, the strongest source
first. Pure: it reads nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from player.domain.media import MediaPart
from player.domain.models import Caption, Phase, Source
from player.domain.plan import PlannedClass
from player.domain.timeline import tidy_phases
from player.domain.vocabulary import Vocabulary, fold
from player.importing import embedded
from player.importing.descriptions import DescriptionReader
from player.importing.joining import phases_by_name
from player.importing.name_text import clean
from player.importing.names import ParsedName
from player.importing.natural import natural_key
from player.importing.probed import Chapter, Probed
from player.importing.scan import FoundFile
from player.importing.sidecars.findings import ClassFindings, Findings

EMBEDDED = "embedded"
_FROM_BESIDE = frozenset({Source.SERIES_TOML, Source.SIDECAR})
_READ_FROM_WORDS = frozenset({Source.DESCRIPTION, Source.FILE_NAME})
_FIELDS = ("number", "title", "description", "props", "focus")
_ALSO_IN_FILES = ("number", "title", "description")
_FROM_WORDS = ("phases", "props", "focus")

PhaseList = tuple[Source, tuple[Phase, ...]]


@dataclass(frozen=True, slots=True)
class Said:
    """What all sidecars together say of a class, and which source each field came from. `phase_lists` are
    all lists of phases, strongest first: the first one that fits the class's length counts."""

    findings: ClassFindings = field(default_factory=ClassFindings)
    sources: Mapping[str, Source] = field(default_factory=dict)
    phase_lists: tuple[PhaseList, ...] = ()

    def phases(self, duration_ms: int) -> PhaseList | None:
        """The phases of a class of that length, in order, and their source."""
        for source, marks in self.phase_lists:
            phases = tidy_phases(marks, duration_ms)
            if phases:
                return source, phases
        return None


@dataclass(frozen=True, slots=True)
class Draft:
    """A class before it was probed."""

    file: FoundFile
    name: ParsedName
    section: str | None
    said: Said


def merge(path: Path, findings: Sequence[Findings]) -> Said:
    """What `findings` (strongest first) say of the class at `path`."""
    mine = [(finding, finding.classes[path]) for finding in findings if path in finding.classes]
    phase_lists = tuple((finding.source, one.phases) for finding, one in mine if one.phases)
    captions: dict[str, Caption] = {}
    new: dict[str, object] = {}
    sources: dict[str, Source] = {}
    mine.sort(key=lambda item: (item[0].source.rank, item[0].is_chapter_file))
    for finding, one in mine:
        for name in (*_FIELDS, "poster", "position"):
            value = getattr(one, name)
            if value not in (None, ()) and name not in new:
                new[name], sources[name] = value, finding.source
        for caption in one.captions:
            captions.setdefault(caption.source, caption)
    found = ClassFindings(**new, captions=tuple(captions.values()))  # type: ignore[arg-type]
    return Said(found, sources, phase_lists)


def can_be_reused(planned: PlannedClass, said: Said) -> bool:
    """Whether all that a class got from sidecars is still said by them; if not, what the file itself holds
    must be read again."""
    for name in _ALSO_IN_FILES:
        still_said = name in said.sources or (name == "number" and said.findings.position is not None)
        if planned.sources.get(name) in _FROM_BESIDE and not still_said:
            return False
    return planned.sources.get("phases") not in _FROM_BESIDE or said.phases(planned.duration_ms) is not None


def class_of(
    draft: Draft,
    probed: Probed,
    common: Sequence[str],
    reader: DescriptionReader,
    parts: tuple[MediaPart, ...] = (),
) -> PlannedClass:
    """The class that a probed file is, or several (`parts`) are. `common` are titles that do not belong to it
    alone."""
    file, name, tags = draft.file, draft.name, probed.tags
    number, number_source = name.number, Source.FILE_NAME
    if number is None and (tagged := embedded.number_of(tags)) is not None:
        number, number_source = tagged, Source.EMBEDDED
    title, title_source = name.title, Source.FILE_NAME
    if tagged_title := embedded.title_of(tags, file.stem, number, common):
        title, title_source = tagged_title, Source.EMBEDDED
    description = embedded.description_of(tags)
    phases = _phases(probed.chapters, probed.duration_ms, reader.words)
    sources = {"title": title_source}
    if number is not None:
        sources["number"] = number_source
    if description:
        sources["description"] = Source.EMBEDDED
    if phases:
        sources["phases"] = Source.EMBEDDED
    elif phases := phases_by_name(file, parts, reader.words.recognise_kind):
        sources["phases"] = Source.FILE_NAME
    planned = PlannedClass(
        path=file.path,
        identity=probed.identity,
        modified_ns=file.modified_ns,
        raw_name=file.path.name,
        title=title,
        number=number,
        section=draft.section,
        duration_ms=probed.duration_ms,
        format=probed.format,
        facts=probed.facts,
        state=probed.state,
        state_reason=probed.message,
        description=description,
        phases=phases,
        captions=tuple(Caption(language, EMBEDDED) for language in probed.caption_languages),
        sources=sources,
        parts=parts,
    )
    return _understood(_with_said(planned, draft), reader)


def reused_class(draft: Draft, planned: PlannedClass, reader: DescriptionReader) -> PlannedClass:
    """A known class whose file is unchanged, with what its name and its sidecars say today."""
    name, stale = draft.name, {*_FROM_BESIDE, Source.USER}
    sources = {one: source for one, source in planned.sources.items() if source not in stale}
    fresh: dict[str, object] = {one: () for one in _FROM_WORDS if sources.get(one) is not Source.EMBEDDED}
    for one in fresh:
        sources.pop(one, None)
    if phases := "phases" in fresh and phases_by_name(draft.file, planned.parts, reader.words.recognise_kind):
        fresh["phases"], sources["phases"] = phases, Source.FILE_NAME
    if sources.get("title", Source.FILE_NAME) is Source.FILE_NAME:
        fresh["title"], sources["title"] = name.title, Source.FILE_NAME
    if sources.get("number", Source.FILE_NAME) is Source.FILE_NAME:
        fresh["number"] = name.number
        sources.pop("number", None)
        if name.number is not None:
            sources["number"] = Source.FILE_NAME
    known = replace(
        planned,
        path=draft.file.path,
        raw_name=draft.file.path.name,
        section=draft.section,
        captions=tuple(caption for caption in planned.captions if caption.source == EMBEDDED),
        poster=None,
        sources=sources,
        **fresh,  # type: ignore[arg-type]
    )
    return _understood(_with_said(known, draft), reader, planned)


def in_order(classes: Sequence[tuple[Draft, PlannedClass]]) -> tuple[PlannedClass, ...]:
    """The classes of one part in playing order."""

    def key(item: tuple[Draft, PlannedClass]) -> tuple[object, ...]:
        draft, planned = item
        if planned.number is not None:
            return (1, draft.name.season or 0, planned.number, natural_key(planned.raw_name))
        return draft.name.order

    return tuple(planned for _draft, planned in sorted(_with_positions(classes), key=key))


def _with_positions(classes: Sequence[tuple[Draft, PlannedClass]]) -> Sequence[tuple[Draft, PlannedClass]]:
    """Where no class has a number, the places in the list they were downloaded from are the numbers."""
    places = [draft.said.findings.position for draft, _planned in classes]
    known = [place for place in places if place is not None]
    if any(planned.number is not None for _draft, planned in classes) or len(set(known)) != len(known):
        return classes
    return [
        (draft, planned)
        if place is None
        else (draft, replace(planned, number=place, sources={**planned.sources, "number": Source.SIDECAR}))
        for (draft, planned), place in zip(classes, places, strict=True)
    ]


def _with_said(planned: PlannedClass, draft: Draft) -> PlannedClass:
    """`planned` with the fields that sidecars know better."""
    said = draft.said
    new = {name: getattr(said.findings, name) for name in _FIELDS if name in said.sources}
    sources = {**planned.sources, **{name: said.sources[name] for name in new}}
    if "title" in new and sources["title"] is Source.SIDECAR:
        title = _title(new["title"], draft, new.get("number", planned.number))
        if title is None:
            new["title"], sources["title"] = draft.name.title, Source.FILE_NAME
        else:
            new["title"] = title
    phases = said.phases(planned.duration_ms)
    if phases is not None:
        sources["phases"], new["phases"] = phases
    captions = (*planned.captions, *said.findings.captions)
    return replace(planned, **new, captions=captions, poster=said.findings.poster, sources=sources)


def _title(title: str, draft: Draft, number: int | None) -> str | None:
    """The title that a sidecar gives, without the number of the class; None where the file's name holds the
    same words and, read together with its neighbours, told number, series and title apart."""
    name, words = draft.name, fold(title)
    if number is not None and name.number == number and fold(name.title) != words:
        in_name = f" {fold(clean(draft.file.stem))} "
        if f" {words} " in in_name and f" {fold(name.title)} " in f" {words} ":
            return None
    return embedded.without_number(title, number)


def _understood(planned: PlannedClass, reader: DescriptionReader, known: PlannedClass | None = None) -> PlannedClass:
    """`planned` with what its title and description tell, where nothing stronger does. What was told of
    `known`, the same class with the same words, is not read again."""
    new: dict[str, object] = {}
    sources = dict(planned.sources)
    same_words = known is not None and (known.title, known.description) == (planned.title, planned.description)
    for name in _FROM_WORDS:
        if name in sources:
            continue
        if same_words and known is not None and known.sources.get(name, Source.DESCRIPTION) in _READ_FROM_WORDS:
            value, source = getattr(known, name), known.sources.get(name)
        else:
            value, source = _told(name, planned, reader)
        if source is not None:
            new[name], sources[name] = value, source
    return replace(planned, **new, sources=sources) if new else planned  # type: ignore[arg-type]


def _told(name: str, planned: PlannedClass, reader: DescriptionReader) -> tuple[tuple[object, ...], Source | None]:
    """What title and description tell of one field, and whether the title alone does."""
    if name == "phases":
        phases = reader.phases(planned.description, planned.duration_ms)
        return phases, Source.DESCRIPTION if phases else None
    by_name = planned.sources.get("title") is Source.FILE_NAME
    if name == "props":
        props = reader.props(planned.title, planned.description)
        if not props.props and not props.says_none:
            return (), None
        return props.props, Source.FILE_NAME if props.from_title and by_name else Source.DESCRIPTION
    focus = reader.focus(planned.title, planned.description)
    if not focus.areas:
        return (), None
    return focus.areas, Source.FILE_NAME if focus.from_title and by_name else Source.DESCRIPTION


def _phases(chapters: Sequence[Chapter], duration_ms: int, words: Vocabulary) -> tuple[Phase, ...]:
    """The chapters of a file as phases; one untitled chapter over everything says nothing."""
    marks = [
        Phase(words.recognise_kind(chapter.title), chapter.title, chapter.start_ms, chapter.end_ms, Source.EMBEDDED)
        for chapter in chapters
    ]
    phases = tidy_phases(marks, duration_ms)
    return () if len(phases) == 1 and not phases[0].title else phases
