# SPDX-License-Identifier: GPL-3.0-or-later
"""An engine without sound or files, whose clock is moved by hand. For tests and for trying the program without libVLC.

It keeps the whole contract of `engine.py`; like the real one it answers commands later, in the next turn of the
event loop (or at the next `advance`, whichever comes first). It never touches the disk. Main thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from typing_extensions import override

from player.domain.media import MediaSource
from player.playback.engine import MAX_RATE, MAX_VOLUME, MIN_RATE, Engine, EngineState, EngineStatistics
from player.playback.frames import FrameSource, Picture, fit, shown_shape

DEFAULT_FRAME_RATE = 25.0
_TICK_MS = 40
_ROUNDING_MS = 0.6
"""A picture at 33.33 ms is also the picture at 33 ms."""


def fake_colour(path: Path, time_ms: int) -> tuple[int, int, int]:
    """Red, green, blue of the picture of `path` at `time_ms`: red tells the file, green the minute (4 each), blue
    the second (4 each)."""
    seconds = time_ms // 1000
    return 64 + crc32(path.name.encode()) % 128, seconds // 60 * 4 % 256, seconds % 60 * 4


class FakeFrameSource(FrameSource):
    """One colour at a time, in whatever size is asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sizes: dict[object, tuple[int, int]] = {}
        self._taken: dict[object, Picture] = {}
        self._shape: tuple[int, int] | None = None
        self._colour = (0, 0, 0)
        self._time_ms = 0
        self._serial = 0
        self._shown_serial = 0
        self.shown = 0

    @override
    def add_surface(self, surface: object, width: int, height: int) -> None:
        if self._sizes.get(surface) != (width, height):
            self._sizes[surface] = (width, height)
            self._taken.pop(surface, None)
            if self._shape is not None:
                self.picture_ready.emit()

    @override
    def remove_surface(self, surface: object) -> None:
        self._sizes.pop(surface, None)
        self._taken.pop(surface, None)

    @override
    def picture(self, surface: object) -> Picture | None:
        if self._shape is None or surface not in self._sizes:
            return None
        picture = self._taken.get(surface)
        if picture is None or picture.serial != self._serial:
            picture = self._taken[surface] = self._paint(self._shape, *self._sizes[surface])
        if self._shown_serial != self._serial:
            self._shown_serial = self._serial
            self.shown += 1
        return picture

    @property
    @override
    def shape(self) -> tuple[int, int] | None:
        return self._shape

    def show(self, shape: tuple[int, int], colour: tuple[int, int, int], time_ms: int) -> None:
        """Put a new picture into the mailbox."""
        self._shape, self._colour, self._time_ms = shape, colour, time_ms
        self._serial += 1
        self.picture_ready.emit()

    def clear(self) -> None:
        if self._shape is not None:
            self._shape = None
            self._taken.clear()
            self.picture_ready.emit()

    def _paint(self, shape: tuple[int, int], width: int, height: int) -> Picture:
        width, height = fit(shape, width, height)
        red, green, blue = self._colour
        data = memoryview(bytes((blue, green, red, 255)) * (width * height))
        return Picture(data, width, height, width * 4, self._serial, self._time_ms)


@dataclass(slots=True)
class _Request:
    """What the engine has yet to answer."""

    answer: Callable[[], None]


class FakeEngine(Engine):
    """Time passes only when `advance` is called (or, with `by_itself`, as time does)."""

    def __init__(self, parent: QObject | None = None, *, by_itself: bool = False) -> None:
        super().__init__(parent)
        self._pictures = FakeFrameSource(self)
        self.frames = self._pictures
        self._state = EngineState.IDLE
        self._source: MediaSource | None = None
        self._prepared: MediaSource | None = None
        self._prepared_start_ms = 0
        self._position = 0.0
        self._pause_wanted = False
        self._frame = -1
        self._rate, self._volume, self._muted = 1.0, 100, False
        self._failures: dict[Path, str] = {}
        self._request: _Request | None = None
        self._prepare_request: _Request | None = None
        self._answer_timer = QTimer(self, singleShot=True, interval=0)
        self._answer_timer.timeout.connect(self._settle)
        self._passed = QElapsedTimer()
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._pass_time)
        if by_itself:
            self._passed.start()
            self._tick.start()

    # By hand

    def advance(self, ms: int) -> None:
        """Let `ms` of real time pass: what was asked for is answered first, then playing goes on by `ms` times rate."""
        self._settle()
        if self._state is EngineState.PLAYING:
            self._move_to(self._position + ms * self._rate)

    def fail_on(
        self, path: Path, sentence: str = "This class could not be played. The file seems to be damaged."
    ) -> None:
        """From now on, opening `path` fails with `sentence`."""
        self._failures[path] = sentence

    def break_down(self, sentence: str = "This class stopped unexpectedly. The file seems to be damaged.") -> None:
        """What plays fails now."""
        self._request = None
        self._fail(sentence)

    @property
    def source(self) -> MediaSource | None:
        return self._source

    @property
    def prepared_source(self) -> MediaSource | None:
        """What is opened ahead (or being opened ahead)."""
        return self._prepared

    @property
    def rate(self) -> float:
        return self._rate

    @property
    def volume(self) -> int:
        return self._volume

    @property
    def muted(self) -> bool:
        return self._muted

    # The contract

    @property
    @override
    def state(self) -> EngineState:
        return self._state

    @property
    @override
    def position_ms(self) -> int:
        return round(self._position)

    @property
    @override
    def duration_ms(self) -> int:
        known = self._state not in (EngineState.IDLE, EngineState.OPENING, EngineState.FAILED)
        return self._source.duration_ms if self._source and known else 0

    @property
    @override
    def statistics(self) -> EngineStatistics:
        return EngineStatistics(frames_shown=self._pictures.shown)

    @override
    def open(self, source: MediaSource, *, start_ms: int = 0, paused: bool = False) -> None:
        self._source = source
        self._prepared = None
        self._prepare_request = None
        self._pause_wanted = paused
        self._position = float(max(0, start_ms))
        self._frame = -1
        self._set_state(EngineState.OPENING)
        self._ask(self._answer_open)

    @override
    def prepare(self, source: MediaSource | None, *, start_ms: int = 0) -> None:
        if source is not None and (source, start_ms) == (self._prepared, self._prepared_start_ms):
            return
        self._prepared, self._prepared_start_ms = source, start_ms
        self._prepare_request = _Request(self.prepared.emit) if source and source.path not in self._failures else None
        self._answer_timer.start()

    @override
    def play(self) -> None:
        self._pause_wanted = False
        if self._state is EngineState.PAUSED:
            self._set_state(EngineState.PLAYING)
        elif self._state is EngineState.ENDED:
            self.seek(0)

    @override
    def pause(self) -> None:
        if self._state is not EngineState.ENDED:
            self._pause_wanted = True
        if self._state is EngineState.PLAYING:
            self._set_state(EngineState.PAUSED)

    @override
    def stop(self) -> None:
        self._source = None
        self._request = None
        self._position = 0.0
        self._pictures.clear()
        self._set_state(EngineState.IDLE)

    @override
    def seek(self, position_ms: int) -> None:
        if self._source is None or self._state in (EngineState.IDLE, EngineState.FAILED):
            return
        self._position = float(min(max(0, position_ms), self._source.duration_ms))
        if self._state is EngineState.OPENING:
            return
        if self._state is EngineState.ENDED and self._position < self._source.duration_ms:
            self._set_state(EngineState.PAUSED if self._pause_wanted else EngineState.PLAYING)
        self._ask(self._answer_seek)

    @override
    def set_rate(self, rate: float) -> None:
        self._rate = min(max(rate, MIN_RATE), MAX_RATE)

    @override
    def set_volume(self, percent: int) -> None:
        self._volume = min(max(percent, 0), MAX_VOLUME)

    @override
    def set_muted(self, muted: bool) -> None:
        self._muted = muted

    @override
    def shutdown(self) -> None:
        self._tick.stop()
        self._answer_timer.stop()
        self._request = self._prepare_request = None
        self._source = self._prepared = None

    # Within

    def _ask(self, answer: Callable[[], None]) -> None:
        self._request = _Request(answer)
        self._answer_timer.start()

    def _settle(self) -> None:
        """Answer what is waiting; an answer may lead to commands, which are answered in the next turn."""
        request, self._request = self._request, None
        prepare, self._prepare_request = self._prepare_request, None
        for waiting in (request, prepare):
            if waiting is not None:
                waiting.answer()

    def _answer_open(self) -> None:
        assert self._source is not None  # noqa: S101  open() has set it, stop() drops the request
        sentence = self._failures.get(self._source.path)
        if sentence is not None:
            self._fail(sentence)
            return
        self._position = min(self._position, float(self._source.duration_ms))
        if not self._source.facts.has_video:
            self._pictures.clear()
        self._set_state(EngineState.PAUSED if self._pause_wanted else EngineState.PLAYING)
        self.opened.emit(self._source.duration_ms)
        if self._source is not None and self._request is None:
            self._move_to(self._position)

    def _answer_seek(self) -> None:
        if self._source is None:
            return
        self._frame = -1
        ends = self._position >= self._source.duration_ms
        self._move_to(self._position)
        if not ends:
            self.seeked.emit(self.position_ms)

    def _move_to(self, position: float) -> None:
        if self._source is None:
            return
        duration_ms = self._source.duration_ms
        self._position = min(position, float(duration_ms))
        self._show_picture(self._source)
        self.position_changed.emit(self.position_ms)
        if self._position >= duration_ms and self._state in (EngineState.PLAYING, EngineState.PAUSED):
            self._set_state(EngineState.ENDED)
            self.ended.emit()

    def _show_picture(self, source: MediaSource) -> None:
        facts = source.facts
        if not facts.has_video:
            return
        frame_rate = facts.frame_rate or DEFAULT_FRAME_RATE
        last_ms = max(0.0, source.duration_ms - 1000 / frame_rate)
        frame = int((min(self._position, last_ms) + _ROUNDING_MS) * frame_rate / 1000)
        if frame != self._frame:
            self._frame = frame
            time_ms = round(frame * 1000 / frame_rate)
            self._pictures.show(shown_shape(facts) or (1280, 720), fake_colour(source.path, time_ms), time_ms)

    def _fail(self, sentence: str) -> None:
        self._position = 0.0
        self._set_state(EngineState.FAILED)
        self.failed.emit(sentence)

    def _set_state(self, state: EngineState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)

    def _pass_time(self) -> None:
        self.advance(self._passed.restart())
