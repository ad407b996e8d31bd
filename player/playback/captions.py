# SPDX-License-Identifier: GPL-3.0-or-later
"""The captions of the class that is on: which there are, which are shown, and what they say now.

Main thread; files are read on a lane, by a reader that is lent. Knows no widget: words are plain text.
"""

from __future__ import annotations

import logging
from typing import Protocol

from PySide6.QtCore import QLocale, QObject, QTimer, Signal, Slot

from player.domain.captions import CaptionWords
from player.domain.models import Caption, ClassVideo
from player.domain.progress import CancelToken
from player.playback.caption_times import CueTimes, Said
from player.tasks.lane import Lane, Task

log = logging.getLogger(__name__)

UNKNOWN = "?"
"""The wish for captions whose language is not known."""
MOST_DELAY_MS = 60_000
_SOON_MS = 5


class CaptionReader(Protocol):
    """Reads caption `index` of a class; blocks, and is called on a lane."""

    def read(self, video: ClassVideo, index: int, cancel: CancelToken | None = None) -> CaptionWords: ...


class Captions(QObject):
    """Nothing is shown until a track is chosen. A track is an index into the captions of the class."""

    changed = Signal()
    """Another class, another choice, another delay, or a track has turned out to be of no use."""
    said_changed = Signal()
    """Other words are said, or none."""
    told = Signal(str)
    """Why captions that somebody has chosen are not shown: a sentence."""

    def __init__(
        self, reader: CaptionReader | None = None, lane: Lane | None = None, parent: QObject | None = None
    ) -> None:
        """Without reader and lane there are no captions."""
        super().__init__(parent)
        self._reader, self._lane = reader, lane
        self._video: ClassVideo | None = None
        self._chosen: int | None = None
        self._delay_ms = 0
        self._times = CueTimes()
        self._said: Said | None = None
        self._useless: dict[int, str] = {}
        self._task: Task[CaptionWords] | None = None
        self._position_ms, self._rate, self._playing = 0, 1.0, False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._pass)
        self._from_ms = 0

    @property
    def tracks(self) -> tuple[Caption, ...]:
        return self._video.captions if self._video is not None and self._reader is not None else ()

    @property
    def chosen(self) -> int | None:
        return self._chosen

    @property
    def delay_ms(self) -> int:
        """How much later than written the words are shown."""
        return self._delay_ms

    @property
    def said(self) -> Said | None:
        """What is to be seen now; its times are those of the class."""
        return self._said

    def name(self, index: int) -> str:
        """`English`, `English 2`; `Captions` where the language is not known."""
        names = [language_name(track.language) for track in self.tracks]
        before = names[:index].count(names[index])
        return f"{names[index]} {before + 1}" if before else names[index]

    def why_not(self, index: int) -> str:
        """Why a track cannot be shown, in a few words; "" while nothing is known against it."""
        return self._useless.get(index, "")

    def wish(self) -> str:
        """What to remember of the choice: a language, UNKNOWN, or ""."""
        return "" if self._chosen is None else self.tracks[self._chosen].language or UNKNOWN

    def set_class(self, video: ClassVideo | None, wish: str) -> None:
        """Another class is on; `wish` says which of its captions are wanted."""
        self._video = video
        self._delay_ms = 0
        self._useless.clear()
        self._take(self._best(wish), by_user=False)

    def choose(self, index: int | None) -> None:
        """Show this track, or none."""
        if index is None or 0 <= index < len(self.tracks):
            self._take(index, by_user=True)

    def cycle(self) -> None:
        """The first track, the next one, none, and again."""
        following = 0 if self._chosen is None else self._chosen + 1
        while following in self._useless:
            following += 1
        self.choose(following if following < len(self.tracks) else None)

    def shift(self, step_ms: int) -> None:
        """Show the words so much later (or earlier) than until now."""
        self._delay_ms = max(-MOST_DELAY_MS, min(self._delay_ms + step_ms, MOST_DELAY_MS))
        self.changed.emit()
        self._look()

    def follow(self, position_ms: int, *, playing: bool, rate: float) -> None:
        """Where playing is, and whether and how fast it goes on."""
        self._position_ms, self._playing, self._rate = position_ms, playing, rate
        self._look()

    def _best(self, wish: str) -> int | None:
        """The track for a wish: the same language, nearly the same, or one of a language that is not known."""
        if not wish:
            return None
        languages = [track.language for track in self.tracks]
        if wish == UNKNOWN:
            return languages.index("") if "" in languages else (0 if languages else None)
        if wish in languages:
            return languages.index(wish)
        main = [language.partition("-")[0] for language in languages]
        return next((main.index(tag) for tag in (wish.partition("-")[0], "") if tag in main), None)

    def _take(self, index: int | None, *, by_user: bool) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._chosen = index
        self._times = CueTimes()
        if index is not None:
            self._read(index, by_user=by_user)
        self.changed.emit()
        self._look()

    def _read(self, index: int, *, by_user: bool) -> None:
        video, reader = self._video, self._reader
        if video is None or reader is None or self._lane is None:
            return
        token = CancelToken()

        def take(words: CaptionWords) -> None:
            if token.cancelled:
                return
            self._task = None
            self._times = CueTimes(words.cues)
            if not words.cues:
                why = "pictures, not words" if words.pictures else "cannot be read"
                self._give_up(index, why, by_user=by_user)
            self._look()

        def failed(error: Exception) -> None:
            log.warning("Captions of %s could not be read: %s", video.path.name, error)
            if not token.cancelled:
                self._give_up(index, "cannot be read", by_user=by_user)

        self._task = self._lane.submit(lambda: reader.read(video, index, token), take, failed, token=token)

    def _give_up(self, index: int, why: str, *, by_user: bool) -> None:
        self._useless[index] = why
        self.changed.emit()
        if by_user:
            reason = "are pictures, not words" if why.startswith("pictures") else "cannot be read"
            self.told.emit(f"The captions “{self.name(index)}” {reason}, so they are not shown.")

    @Slot()
    def _pass(self) -> None:
        """The moment of the next change has come, as far as the clock of the computer tells."""
        self._position_ms = max(self._position_ms, self._from_ms)
        self._look()

    def _look(self) -> None:
        self._timer.stop()
        time_ms = self._position_ms - self._delay_ms
        said = self._times.at(time_ms)
        if said is not None:
            said = Said(said.text, said.start_ms + self._delay_ms, said.end_ms + self._delay_ms)
        change_ms = self._times.next_change_ms(time_ms)
        if self._playing and change_ms is not None:
            self._from_ms = change_ms + self._delay_ms
            wait_ms = (self._from_ms - self._position_ms) / self._rate
            if wait_ms < 60_000:
                self._timer.start(max(_SOON_MS, round(wait_ms)))
        if said != self._said:
            self._said = said
            self.said_changed.emit()


def language_name(tag: str) -> str:
    """`English`, `Portuguese (Brazil)`; `Captions` for an unknown language."""
    if not tag:
        return "Captions"
    locale = QLocale(tag)
    if locale.language() == QLocale.Language.C:
        return tag
    name = QLocale.languageToString(locale.language())
    return f"{name} ({QLocale.territoryToString(locale.territory())})" if "-" in tag else name
