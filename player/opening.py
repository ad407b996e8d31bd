# SPDX-License-Identifier: GPL-3.0-or-later
"""What a window is asked to do when it opens, or when a second start hands over to it. No Qt."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from player.domain.models import ClassId


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """`class_id` None: just show the window. `phase` counts from 0. `paths`: absolute, files and folders to import
    and play."""

    class_id: ClassId | None = None
    phase: int | None = None
    at_ms: int | None = None
    fullscreen: bool = False
    screen: str | None = None
    demo: bool = False
    paths: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> OpenRequest:
        """From a request that came over the socket; what has the wrong type counts as not said."""

        def whole(name: str) -> int | None:
            value = data.get(name)
            return value if isinstance(value, int) and not isinstance(value, bool) else None

        class_id, screen = whole("class_id"), data.get("screen")
        paths = data.get("paths")
        return cls(
            class_id=None if class_id is None else ClassId(class_id),
            phase=whole("phase"),
            at_ms=whole("at_ms"),
            fullscreen=data.get("fullscreen") is True,
            screen=screen if isinstance(screen, str) else None,
            demo=data.get("demo") is True,
            paths=tuple(path for path in paths if isinstance(path, str)) if isinstance(paths, list) else (),
        )


def with_open(arguments: Sequence[str], commands: Collection[str]) -> list[str]:
    """Paths in the place of a command mean `open`: `session-player FILE...`. What could be neither stays as it is."""
    for index, word in enumerate(arguments):
        if word in commands:
            break
        if word.startswith("-") or (index > 0 and arguments[index - 1] == "--data-dir"):
            continue
        if os.sep in word or os.path.lexists(word):
            return [*arguments[:index], "open", *arguments[index:]]
        break
    return list(arguments)
