# SPDX-License-Identifier: GPL-3.0-or-later
"""Where decks come from and where they go: looks at files on threads of their own, makes decks, has them released.

Main thread, but for the looking.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from player.domain.media import MediaSource
from player.playback.vlc.deck import Deck
from player.playback.vlc.facts import Post, Sound
from player.playback.vlc.frames import VlcFrameSource
from player.playback.vlc.loader import LibVlc
from player.playback.vlc.look import problem_with
from player.playback.vlc.reaper import Reaper

log = logging.getLogger(__name__)

_STOP_LIMIT_S = 5.0


@dataclass(slots=True, eq=False)
class Opening:
    """A file that is being looked at, before a deck is made for it."""

    source: MediaSource
    start_ms: int


class Workshop:
    """Owns libVLC and the reaper. `close` once every deck has been retired."""

    def __init__(
        self,
        libvlc: LibVlc,
        mailbox: VlcFrameSource,
        sound: Sound,
        post: Post,
        looked_at: Callable[[Opening, str], None],
    ) -> None:
        """`post` is handed to the decks. `looked_at` is told an opening and what is wrong with its file (nothing, if
        empty), on another thread."""
        self._libvlc = libvlc
        self._mailbox = mailbox
        self._sound = sound
        self._post = post
        self._looked_at = looked_at
        self._reaper = Reaper()
        self._misread: set[MediaSource] = set()

    def look_at(self, source: MediaSource, start_ms: int) -> Opening:
        opening = Opening(source, start_ms)

        def look() -> None:
            problem = problem_with(source)
            try:
                self._looked_at(opening, problem)
            except RuntimeError:  # the engine is gone: the program is ending
                log.debug("Nobody waits for %s any more", source.path)

        threading.Thread(target=look, name="look-at-file", daemon=True).start()
        return opening

    def make(self, source: MediaSource, start_ms: int, *, still: bool, by_playing: bool = False) -> Deck:
        return Deck(
            self._libvlc,
            self._mailbox,
            self._post,
            source,
            start_ms,
            still=still,
            sound=self._sound,
            by_other_reader=source in self._misread,
            by_playing=by_playing,
        )

    def make_otherwise(self, deck: Deck) -> Deck:
        """Another deck for the medium of `deck`, whose file FFmpeg's demuxer reads from now on."""
        log.info("Reading %s with FFmpeg's demuxer", deck.source.path.name)
        self._misread.add(deck.source)
        return self.make(deck.source, deck.start_ms, still=deck.still)

    def retire(self, deck: Deck) -> None:
        self._reaper.take(deck.give_up())

    def close(self) -> None:
        if self._reaper.close(_STOP_LIMIT_S):  # else libVLC still uses what would be released
            self._libvlc.release()
