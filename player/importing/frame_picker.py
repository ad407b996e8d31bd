# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes one small picture of a class: its cover, or the frame that shows most.

Runs in worker processes only.
"""

from __future__ import annotations

from pathlib import Path

from player.domain.media import MediaFormat


def write_picture(source: Path, media_format: MediaFormat | None, target: Path, width: int) -> bool:
    """Write a JPEG of `width` pixels to `target`; False if the file shows nothing."""
    raise NotImplementedError
