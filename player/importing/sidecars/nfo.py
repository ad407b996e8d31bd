# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads .nfo files as media centres write them: a class each, or tvshow.nfo for the series.

A text that is no XML (an address, or what a release group drew) says nothing we need and is nothing wrong.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from player.domain.models import Source
from player.importing.markup import plain_text
from player.importing.sidecars.findings import (
    LONGEST_DESCRIPTION,
    MOST_NUMBER,
    NOTHING,
    Beside,
    ClassFindings,
    Findings,
    SeriesFindings,
    Sidecar,
    SidecarFormat,
    UnusableSidecar,
    of_class,
    one_line,
)
from player.importing.sidecars.xml_tree import local_name, root_name, roots_of, text_of, xml_text

EMPTY = "The file is empty and says nothing of the class. Remove it or write it again."
_CLASS_ROOTS = frozenset({"episodedetails", "movie", "musicvideo", "video"})
_SERIES_ROOTS = frozenset({"tvshow", "album"})
_SERIES_FILES = frozenset({"tvshow.nfo", "album.nfo"})
_NUMBER = re.compile(r"\d{1,5}", re.ASCII)
_MARKED = re.compile(r"<\?xml|<!doctype", re.IGNORECASE)
_MOST_ROOTS = 50


def _read(sidecar: Sidecar, beside: Beside) -> Findings:
    match = beside.owners(sidecar.path)
    text = xml_text(sidecar)
    if not text.strip():
        raise UnusableSidecar(EMPTY)
    if not (root_name(text) or _MARKED.search(text[:1000])):
        return NOTHING
    roots = roots_of(text)[:_MOST_ROOTS]
    names = {local_name(root) for root in roots}
    if sidecar.path.name.casefold() in _SERIES_FILES or names & _SERIES_ROOTS:
        about = [root for root in roots if local_name(root) in _SERIES_ROOTS]
        return Findings(Source.SIDECAR, series=_series(about[0])) if about else NOTHING
    if match is None or not match.is_plain:
        return NOTHING
    classes = [root for root in roots if local_name(root) in _CLASS_ROOTS]
    return of_class(match, _class(classes)) if classes else NOTHING


def _class(roots: Sequence[Element]) -> ClassFindings:
    """One class; several roots are the parts of it that a media centre counts one by one."""
    titles = [_title(root) for root in roots]
    plots = [_plot(root) for root in roots]
    return ClassFindings(
        number=next((number for root in roots if (number := _number(root)) is not None), None),
        title=one_line(" / ".join(dict.fromkeys(title for title in titles if title))),
        description="\n\n".join(dict.fromkeys(plot for plot in plots if plot)) or None,
        series=one_line(html.unescape(text_of(roots[0], "showtitle") or text_of(roots[0], "album"))),
    )


def _series(root: Element) -> SeriesFindings:
    return SeriesFindings(_title(root), _plot(root))


def _title(root: Element) -> str | None:
    for name in ("title", "localtitle", "originaltitle"):
        if title := one_line(html.unescape(text_of(root, name))):
            return title
    return None


def _plot(root: Element) -> str | None:
    for name in ("plot", "outline", "review", "tagline"):
        if plot := plain_text(text_of(root, name), LONGEST_DESCRIPTION):
            return plot
    return None


def _number(root: Element) -> int | None:
    """The number of an episode, or of a track; media centres write -1 for none."""
    for name in ("episode", "track"):
        match = _NUMBER.fullmatch(text_of(root, name))
        if match is not None and int(match[0]) <= MOST_NUMBER:
            return int(match[0])
    return None


NFO = SidecarFormat("nfo", lambda name: name.endswith(".nfo"), _read)
