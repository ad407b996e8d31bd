# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts one class together from its name, its sidecars and its probe, field by field, the strongest source
first. Pure: it reads nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from player.domain.models import Caption, Phase, Source
from player.domain.plan import PlannedClass
from player.domain.timeline import tidy_phases
from player.domain.vocabulary import Vocabulary
from player.importing import embedded
from player.importing.names import ParsedName
from player.importing.natural import natural_key
from player.importing.probed import Chapter, Probed
from player.importing.scan import FoundFile
from player.importing.sidecars.findings import ClassFindings, Findings

EMBEDDED = "embedded"
_FROM_BESIDE = frozenset({Source.SERIES_TOML, Source.SIDECAR})
_FIELDS = ("number", "title", "description", "props", "focus", "phases")


@dataclass(frozen=True, slots=True)
class Said:
    """What all sidecars together say of a class, and which source each field came from."""

    findings: ClassFindings = field(default_factory=ClassFindings)
    sources: Mapping[str, Source] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """A class before it was probed."""

    file: FoundFile
    name: ParsedName
    section: str | None
    said: Said


NOTHING_SAID = Said()


def merge(path: Path, findings: Sequence[Findings]) -> Said:
    """What `findings` (strongest first) say of the class at `path`."""
    result, sources = ClassFindings(), {}
    captions: list[Caption] = []
    for finding in findings:
        one = finding.classes.get(path)
        if one is None:
            continue
        new = {}
        for name in (*_FIELDS, "poster"):
            value = getattr(one, name)
            if value not in (None, ()) and getattr(result, name) in (None, ()):
                new[name] = value
                sources[name] = finding.source
        captions.extend(caption for caption in one.captions if caption.source not in {had.source for had in captions})
        result = replace(result, **new)
    return Said(replace(result, captions=tuple(captions)), sources)


def can_be_reused(planned: PlannedClass, said: Said) -> bool:
    """Whether all that a class got from sidecars is still said by them; if not, what the file itself holds
    must be read again."""
    return all(planned.sources.get(name) not in _FROM_BESIDE or name in said.sources for name in _FIELDS)


def class_of(draft: Draft, probed: Probed, common: Sequence[str], words: Vocabulary) -> PlannedClass:
    """The class that a probed file is. `common` are titles that do not belong to it alone."""
    file, name, tags = draft.file, draft.name, probed.tags
    number, number_source = name.number, Source.FILE_NAME
    if number is None and (tagged := embedded.number_of(tags)) is not None:
        number, number_source = tagged, Source.EMBEDDED
    title, title_source = name.title, Source.FILE_NAME
    if tagged_title := embedded.title_of(tags, file.stem, number, common):
        title, title_source = tagged_title, Source.EMBEDDED
    description = embedded.description_of(tags)
    phases = _phases(probed.chapters, probed.duration_ms, words)
    sources = {"title": title_source}
    if number is not None:
        sources["number"] = number_source
    if description:
        sources["description"] = Source.EMBEDDED
    if phases:
        sources["phases"] = Source.EMBEDDED
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
    )
    return _with_said(planned, draft.said)


def reused_class(draft: Draft, planned: PlannedClass) -> PlannedClass:
    """A known class whose file is unchanged, with what its name and its sidecars say today."""
    sources = {name: source for name, source in planned.sources.items() if source not in _FROM_BESIDE}
    sources = {name: source for name, source in sources.items() if source is not Source.USER}
    fresh: dict[str, object] = {}
    if sources.get("title", Source.FILE_NAME) is Source.FILE_NAME:
        fresh["title"], sources["title"] = draft.name.title, Source.FILE_NAME
    if sources.get("number", Source.FILE_NAME) is Source.FILE_NAME:
        fresh["number"] = draft.name.number
        sources.pop("number", None)
        if draft.name.number is not None:
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
    return _with_said(known, draft.said)


def in_order(classes: Sequence[tuple[Draft, PlannedClass]]) -> tuple[PlannedClass, ...]:
    """The classes of one part in playing order."""

    def key(item: tuple[Draft, PlannedClass]) -> tuple[object, ...]:
        draft, planned = item
        if planned.number is not None:
            return (1, draft.name.season or 0, planned.number, natural_key(planned.raw_name))
        return draft.name.order

    return tuple(planned for _draft, planned in sorted(classes, key=key))


def _with_said(planned: PlannedClass, said: Said) -> PlannedClass:
    """`planned` with the fields that sidecars know better."""
    new = {name: getattr(said.findings, name) for name in _FIELDS if name in said.sources and name != "phases"}
    sources = {**planned.sources, **{name: said.sources[name] for name in new}}
    phases = tidy_phases(said.findings.phases, planned.duration_ms)
    if phases:
        new["phases"], sources["phases"] = phases, said.sources["phases"]
    captions = (*planned.captions, *said.findings.captions)
    return replace(planned, **new, captions=captions, poster=said.findings.poster, sources=sources)


def _phases(chapters: Sequence[Chapter], duration_ms: int, words: Vocabulary) -> tuple[Phase, ...]:
    """The chapters of a file as phases; one untitled chapter over everything says nothing."""
    marks = [
        Phase(words.recognise_kind(chapter.title), chapter.title, chapter.start_ms, chapter.end_ms, Source.EMBEDDED)
        for chapter in chapters
    ]
    phases = tidy_phases(marks, duration_ms)
    return () if len(phases) == 1 and not phases[0].title else phases
