# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the XML that Matroska tools write: chapters, and tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from player.importing.markup import plain_text
from player.importing.sidecars.findings import (
    LONGEST_DESCRIPTION,
    NOTHING,
    Beside,
    ClassFindings,
    Findings,
    NotThisFormat,
    Sidecar,
    SidecarFormat,
    UnusableSidecar,
    of_class,
    one_line,
)
from player.importing.sidecars.marks import Mark, clock_ms, mark_at, phases_of
from player.importing.sidecars.xml_tree import children, root_name, roots_of, text_of, xml_text

NO_CHAPTERS = "The file holds no chapter with a time that can be used. Write it again or remove it."
_CLASS_LEVEL, _SERIES_LEVEL = "50", ("60", "70")
_LEVELS = {"EPISODE": "50", "MOVIE": "50", "CONCERT": "50", "SEASON": "60", "VOLUME": "60", "COLLECTION": "70"}
_NUMBER = re.compile(r"\s*(\d{1,5})(?:\s*/\s*\d+)?\s*", re.ASCII)


def _read_chapters(sidecar: Sidecar, beside: Beside) -> Findings:
    text = _text_with_root(sidecar, "chapters")
    match = beside.owners(sidecar.path)
    editions = [edition for root in roots_of(text) for edition in children(root, "editionentry")]
    atoms = _shown(editions)
    marks = [mark for atom in atoms if (mark := _mark(atom)) is not None]
    if not marks:
        raise UnusableSidecar(NO_CHAPTERS)
    if match is None or not match.is_plain:
        return NOTHING
    return of_class(match, ClassFindings(phases=phases_of(marks, beside.vocabulary)), chapters=True)


def _shown(editions: list[Element]) -> list[Element]:
    """The chapters that players show: of the edition marked as default, or the first that has any. Only the
    upper level counts, unless one chapter holds all others."""
    in_order = sorted(editions, key=lambda edition: text_of(edition, "editionflagdefault") != "1")
    for edition in in_order:
        if text_of(edition, "editionflaghidden") == "1":
            continue
        atoms = list(_visible(edition))
        while len(atoms) == 1 and (inner := list(_visible(atoms[0]))):
            atoms = inner
        if atoms:
            return atoms
    return []


def _visible(parent: Element) -> Iterator[Element]:
    for atom in children(parent, "chapteratom"):
        if text_of(atom, "chapterflaghidden") != "1" and text_of(atom, "chapterflagenabled") != "0":
            yield atom


def _mark(atom: Element) -> Mark | None:
    """A chapter under its first title: the author's own language comes first."""
    titles = (text_of(display, "chapterstring") for display in children(atom, "chapterdisplay"))
    return mark_at(clock_ms(text_of(atom, "chaptertimestart")), next((title for title in titles if title), ""))


def _read_tags(sidecar: Sidecar, beside: Beside) -> Findings:
    text = _text_with_root(sidecar, "tags")
    match = beside.owners(sidecar.path)
    of_the_class: dict[str, str] = {}
    of_the_series: dict[str, str] = {}
    for root in roots_of(text):
        for tag in children(root, "tag"):
            level = _level(tag)
            into = of_the_class if level == _CLASS_LEVEL else of_the_series if level in _SERIES_LEVEL else {}
            for simple in children(tag, "simple"):
                into.setdefault(text_of(simple, "name").upper(), text_of(simple, "string"))
    if match is None or not match.is_plain:
        return NOTHING
    number = _NUMBER.fullmatch(of_the_class.get("PART_NUMBER", ""))
    texts = (of_the_class.get(name, "") for name in ("DESCRIPTION", "SYNOPSIS", "SUMMARY", "COMMENT"))
    found = ClassFindings(
        number=int(number[1]) if number else None,
        title=one_line(of_the_class.get("TITLE")),
        description=plain_text(next((text for text in texts if text), ""), LONGEST_DESCRIPTION) or None,
        series=one_line(of_the_series.get("TITLE")),
    )
    return of_class(match, found)


def _level(tag: Element) -> str:
    """What a tag is about: the class ("50" where nothing is said), what it is part of, or "" for one track,
    chapter or attachment alone."""
    for targets in children(tag, "targets"):
        if any(text_of(targets, name) not in ("", "0") for name in ("trackuid", "chapteruid", "attachmentuid")):
            return ""
        value = text_of(targets, "targettypevalue")
        return value or _LEVELS.get(text_of(targets, "targettype").upper(), _CLASS_LEVEL)
    return _CLASS_LEVEL


def _text_with_root(sidecar: Sidecar, name: str) -> str:
    """The text of an XML file whose first element is `name`. Raises NotThisFormat for another one."""
    text = xml_text(sidecar)
    root = root_name(text)
    if not root and name in sidecar.path.name.casefold():
        raise UnusableSidecar("The file is empty or no XML and was not used. Write it again or remove it.")
    if root != name:
        raise NotThisFormat
    return text


MATROSKA_CHAPTERS = SidecarFormat("Matroska chapters", lambda name: name.endswith(".xml"), _read_chapters)
MATROSKA_TAGS = SidecarFormat("Matroska tags", lambda name: name.endswith(".xml"), _read_tags)
