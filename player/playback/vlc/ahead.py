# SPDX-License-Identifier: GPL-3.0-or-later
"""The medium that is opened ahead, from the first look at its file to the picture that waits. Main thread."""

from __future__ import annotations

import logging

from player.domain.media import MediaSource
from player.playback.vlc.deck import Deck
from player.playback.vlc.facts import Fact
from player.playback.vlc.workshop import Opening, Workshop

log = logging.getLogger(__name__)


class Ahead:
    """Owns the deck that stands ready, until it is taken or dropped."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._opening: Opening | None = None
        self.deck: Deck | None = None

    @property
    def is_loading(self) -> bool:
        return self.deck is not None and not self.deck.ready

    def prepare(self, source: MediaSource | None, start_ms: int) -> None:
        """Begin to open `source`, unless that is what is here already; None only lets go."""
        if any(self._is(present, source, start_ms) for present in (self.deck, self._opening)):
            return
        self.drop()
        if source is not None:
            self._opening = self._workshop.look_at(source, start_ms)

    def take(self, source: MediaSource, start_ms: int) -> Deck | Opening | None:
        """Hand over what is here of `source`, a deck or the look at its file; anything else is dropped."""
        for present in (self.deck, self._opening):
            if self._is(present, source, start_ms):
                self.deck = self._opening = None
                return present
        self.drop()
        return None

    def drop(self) -> None:
        deck, self.deck, self._opening = self.deck, None, None
        if deck is not None:
            self._workshop.retire(deck)

    def looked_at(self, opening: Opening, problem: str) -> bool:
        """Go on with a file that has been looked at; False if it is none of ours."""
        if opening is not self._opening:
            return False
        self._opening = None
        if problem:
            log.info("Not opened ahead: %s: %s", opening.source.path, problem)
        else:
            self.deck = self._workshop.make(opening.source, opening.start_ms, still=True)
        return True

    def handle(self, deck: Deck, fact: Fact) -> bool:
        """Take a fact about the deck; True if it has just become ready."""
        if fact is Fact.MISREAD:
            self._workshop.retire(deck)
            self.deck = self._workshop.make_otherwise(deck)
        elif fact in (Fact.ENDED, Fact.FAILED) and not deck.ready:
            log.info("Could not be opened ahead: %s", deck.source.path)
            self.drop()
        return fact is Fact.READY

    @staticmethod
    def _is(present: Deck | Opening | None, source: MediaSource | None, start_ms: int) -> bool:
        return present is not None and (present.source, present.start_ms) == (source, start_ms)
