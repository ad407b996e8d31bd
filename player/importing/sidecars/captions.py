# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists caption files that lie beside a class ("13. Mid back.en.srt"), and tells WebVTT captions from chapters.

The words of captions are read where they are shown or searched (`player.importing.cues`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from player.domain.captions import Cue
from player.domain.models import Caption
from player.importing.cues import is_vtt, read_cues, vtt_header
from player.importing.languages import language_tag
from player.importing.sidecars.findings import (
    NOTHING,
    Beside,
    ClassFindings,
    Findings,
    Sidecar,
    SidecarFormat,
    UnusableSidecar,
    of_class,
)
from player.importing.sidecars.marks import Mark, phases_of
from player.importing.sidecars.matching import (
    CAPTION_WORDS,
    CHAPTER_WORDS,
    OTHER_TRACK_WORDS,
    Match,
    words_between,
)

ENDINGS = (".srt", ".vtt", ".ass", ".ssa")
_LONG_CUE_MS = 12_000
_LONG_TITLE = 100
_ENOUGH_CUES = 30
"""How many cues are looked at to tell what a file is."""
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|avif)(?:#xywh=[\d,]+)?\s*$|^\s*[{\[]", re.IGNORECASE)
_SCRIPT = re.compile(r"\[Script Info\]|^Dialogue:", re.IGNORECASE | re.MULTILINE)

EMPTY = "The file is empty and holds no captions. Remove it or download it again."
NO_CUES = "The file holds no captions with times and was not used. Download it again or remove it."
NO_VTT = "The file does not begin with “WEBVTT” as it must, so it was not used. Download it again or remove it."


def _read(sidecar: Sidecar, beside: Beside) -> Findings:
    match = beside.owners(sidecar.path)
    head = sidecar.head()
    if not head.strip():
        raise UnusableSidecar(EMPTY)
    ending = sidecar.path.suffix.casefold()
    words = _name_words(sidecar, match)
    if ending == ".vtt":
        if not is_vtt(head):
            raise UnusableSidecar(NO_VTT)
        kind = _kind(words, head)
        if kind == "chapters":
            return _chapters(sidecar, beside, match)
        if kind != "captions":
            return NOTHING
    elif ending == ".srt":
        if not read_cues(head, _ENOUGH_CUES):
            raise UnusableSidecar(NO_CUES)
    elif not _SCRIPT.search(head):
        raise UnusableSidecar(NO_CUES)
    if match is None or not (match.is_plain or _is_tail(match.rest)) or not OTHER_TRACK_WORDS.isdisjoint(words):
        return NOTHING
    return of_class(match, ClassFindings(captions=(Caption(_language(match, head), sidecar.path.name),)))


def _kind(words: Sequence[str], head: str) -> str:
    """What a WebVTT file is for: "captions", "chapters" or another name. Its name says it, or its head;
    failing both, long cues without a break are chapters."""
    if not CHAPTER_WORDS.isdisjoint(words):
        return "chapters"
    if not OTHER_TRACK_WORDS.isdisjoint(words):
        return "other"
    stated = vtt_header(head).get("kind", "")
    if stated:
        return "captions" if stated in ("captions", "subtitles", "forced") else stated
    cues = read_cues(head, _ENOUGH_CUES)
    if cues and all(_PICTURE.search(cue.text) for cue in cues):
        return "metadata"
    if not CAPTION_WORDS.isdisjoint(words):
        return "captions"
    return "chapters" if _look_like_chapters(cues) else "captions"


def _look_like_chapters(cues: Sequence[Cue]) -> bool:
    """Titles stay for long and are short; speech is the other way round."""
    if len(cues) < 2:
        return False
    lengths = [cue.end_ms - cue.start_ms for cue in cues]
    short = sum("\n" not in cue.text and len(cue.text) <= _LONG_TITLE for cue in cues)
    return median(lengths) >= _LONG_CUE_MS and short * 10 >= len(cues) * 9


def _chapters(sidecar: Sidecar, beside: Beside, match: Match | None) -> Findings:
    cues = read_cues(sidecar.text())
    if not cues:
        raise UnusableSidecar("The file holds no chapter with a time that can be used. Write it again or remove it.")
    if match is None or not match.is_plain:
        return NOTHING
    marks = [Mark(cue.start_ms, cue.text.replace("\n", " ")) for cue in cues]
    return of_class(match, ClassFindings(phases=phases_of(marks, beside.vocabulary)), chapters=True)


def _name_words(sidecar: Sidecar, match: Match | None) -> tuple[str, ...]:
    return match.words if match else words_between("." + sidecar.path.name.casefold())


def _is_tail(rest: str) -> bool:
    """Whether what follows the stem is meant as a tail (".Anna's version.srt") and not as more of a name."""
    return rest.startswith(".") and not rest[1:2].isdigit()


def _language(match: Match, head: str) -> str:
    """The language by the name ("en", "en_", "German (SDH)"), else by the head of a WebVTT file. Of several the last
    is meant: what stands before it is a title. "hi" is Hindi only where no other language is named."""
    middle = match.rest.rpartition(".")[0]
    words = (*re.split(r"[. ()\[\]]+", middle), *match.words)
    pieces = (middle.strip(" ._-"), *reversed(middle.split(".")), *reversed(words))
    tags = [language_tag(piece) for piece in pieces if piece.casefold() not in CAPTION_WORDS]
    tags += [language_tag(vtt_header(head).get("language", "")), "hi" if "hi" in match.words else ""]
    return next((tag for tag in tags if tag), "")


CAPTIONS = SidecarFormat("captions", lambda name: name.endswith(ENDINGS), _read)
