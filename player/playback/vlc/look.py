# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks at a file before libVLC may open it. Any thread; may block as long as a disk sleeps."""

from __future__ import annotations

import logging
from typing import BinaryIO

from player.domain.media import HEAD_BYTES, MediaFormat, MediaSource, id3_length, sniff
from player.playback.vlc import sentences

log = logging.getLogger(__name__)


def problem_with(source: MediaSource) -> str:
    """Why `source` must not be opened, as a sentence; empty if nothing speaks against it."""
    try:
        with source.path.open("rb") as file:
            found = _format_of(file)
    except FileNotFoundError:
        return sentences.GONE
    except OSError as error:
        log.info("Cannot read %s: %r", source.path, error)
        return sentences.UNREADABLE
    return "" if found is source.format else sentences.CHANGED


def _format_of(file: BinaryIO) -> MediaFormat | None:
    head = file.read(HEAD_BYTES)
    tag = id3_length(head)
    if not tag:
        return sniff(head)
    file.seek(tag)
    return sniff(file.read(HEAD_BYTES).lstrip(b"\0")) or MediaFormat.MP3
