# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a value came from, in words."""

from __future__ import annotations

from player.domain.models import Source

_WORDS = {
    Source.USER: "changed by you",
    Source.SERIES_TOML: "from series.toml",
    Source.SIDECAR: "from a file beside it",
    Source.EMBEDDED: "from the file itself",
    Source.DESCRIPTION: "from the description",
    Source.FILE_NAME: "from the file name",
    Source.SUGGESTION: "a suggestion",
}
_OF_PHASES = {
    Source.USER: "marked by you",
    Source.SIDECAR: "from a list of chapters beside it",
    Source.EMBEDDED: "from chapters in the file",
    Source.DESCRIPTION: "from times in the description",
}


def source_words(field: str, source: Source | None) -> str:
    """ "from chapters in the file"; "" where it is not known."""
    if source is None:
        return ""
    return (_OF_PHASES.get(source) if field == "phases" else None) or _WORDS[source]
