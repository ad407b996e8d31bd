# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads XML of strangers: no entities, nothing fetched, no endless trees, and as much patience with mistakes
as media centres have."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from player.importing.sidecars.findings import Sidecar, UnusableSidecar

MOST_ELEMENTS = 50_000
DEEPEST = 64
_DECLARED = re.compile(rb"""^[^<]{0,16}<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]{1,40})["']""", re.IGNORECASE)
_INSTRUCTION = re.compile(r"<\?xml[^<>]{0,1000}\?>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[\]]{0,1000}>", re.IGNORECASE)
_LONG_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[\]]{0,1000}\[[^\]]*\]\s*>", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)(?:(\w{1,32});)?")
_ROOT = re.compile(r"<([A-Za-z_][\w.-]{0,100})")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

DAMAGED = "The file is not well-formed XML and was not used. Write it again or remove it."
DANGEROUS = (
    "The file defines XML entities, which can be used to fill the memory or to read other files, and was not "
    "used. Remove its DOCTYPE part."
)
TOO_DEEP = "The file is nested too deeply and was not used. Write it again or remove it."


def xml_text(sidecar: Sidecar) -> str:
    """The file as text, in the encoding that fits."""
    declared = _DECLARED.match(sidecar.data()[:300])
    return sidecar.text(declared[1].decode("ascii", "replace") if declared else "")


def root_name(text: str) -> str:
    """The name of the first element in small letters; "" where there is none."""
    head = _COMMENT.sub("", text[:20_000])
    match = _ROOT.search(head)
    return match[1].casefold() if match else ""


def roots_of(text: str) -> list[Element]:
    """The outermost elements of `text`; some programs write several. Raises UnusableSidecar."""
    body = _DOCTYPE.sub("", _INSTRUCTION.sub("", _COMMENT.sub("", _CONTROLS.sub("", text))))
    if _ENTITY.search(body):
        raise UnusableSidecar(DANGEROUS)
    body = _without_doctype(body)
    try:
        return list(_parse(f"<sidecar>{body}</sidecar>"))
    except ParseError:
        pass
    try:
        return list(_parse(f"<sidecar>{_AMPERSAND.sub(_repaired, body)}</sidecar>"))
    except ParseError:
        raise UnusableSidecar(DAMAGED) from None


def children(element: Element, name: str) -> Iterator[Element]:
    """The children called `name` in any case, without regard to namespaces."""
    for child in element:
        if isinstance(child.tag, str) and child.tag.rpartition("}")[2].casefold() == name:
            yield child


def text_of(element: Element, name: str) -> str:
    """The text of the first child called `name` that has any; "" without one."""
    for child in children(element, name):
        text = "".join(child.itertext()).strip()
        if text:
            return text
    return ""


def local_name(element: Element) -> str:
    return element.tag.rpartition("}")[2].casefold() if isinstance(element.tag, str) else ""


def _without_doctype(body: str) -> str:
    """`body` without the rules that its head may hold; there is one such place at most."""
    begin = body.upper().find("<!DOCTYPE") if "<!" in body else -1
    match = _LONG_DOCTYPE.match(body, begin) if begin >= 0 else None
    return body[:begin] + body[match.end() :] if match else body


def _repaired(match: re.Match[str]) -> str:
    known = html.entities.html5.get(f"{match[1]};") if match[1] else None
    if known is not None and known not in "<>&":
        return known
    return f"&amp;{match[0][1:]}"


class _BoundedBuilder(TreeBuilder):
    """Gives up on trees that no honest program writes."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._count = 0

    def start(self, tag: str, attributes: dict[str, str], /) -> Element:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST:
            raise UnusableSidecar(TOO_DEEP)
        if self._count > MOST_ELEMENTS:
            raise UnusableSidecar("The file holds far too many parts and was not used. Write it again or remove it.")
        return super().start(tag, attributes)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def _parse(text: str) -> Element:
    """Raises ParseError, or UnusableSidecar for what must not be read."""
    parser = DefusedXMLParser(target=_BoundedBuilder(), forbid_dtd=False, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(text)
        root: Element = parser.close()
    except DefusedXmlException:
        raise UnusableSidecar(DANGEROUS) from None
    except (ValueError, LookupError):  # a name or encoding that the parser itself trips over
        raise UnusableSidecar(DAMAGED) from None
    return root
