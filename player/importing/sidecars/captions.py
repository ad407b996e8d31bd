# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists caption files that lie beside a class ("13. Mid back.en.srt"); their content is read when shown."""

from __future__ import annotations

import re
from pathlib import Path

from player.domain.models import Caption, Source
from player.importing.languages import language_tag
from player.importing.sidecars.findings import Beside, ClassFindings, Findings, SidecarFormat, match_stem

ENDINGS = (".srt", ".vtt", ".ass", ".ssa")
_OTHER_KINDS = re.compile(r"(?<![^\W_])(chapters?|descriptions?|metadata|thumbnails?|kapitel)(?![^\W_])", re.IGNORECASE)
_WORDS = re.compile(r"[. _()\[\]]+")


def _read(path: Path, beside: Beside) -> Findings:
    match = match_stem(path.name, beside.media, path.parent)
    if match is None:
        return Findings(Source.SIDECAR)
    file, rest = match
    middle = rest[: -len(path.suffix)]
    if _OTHER_KINDS.search(middle):
        return Findings(Source.SIDECAR)
    tags = (language_tag(word) for word in (middle.strip(" ._-"), *_WORDS.split(middle)))
    language = next((tag for tag in tags if tag), "")
    return Findings(Source.SIDECAR, {file.path: ClassFindings(captions=(Caption(language, path.name),))})


CAPTIONS = SidecarFormat("captions", lambda name: name.casefold().endswith(ENDINGS), _read)
