# SPDX-License-Identifier: GPL-3.0-or-later
"""What is going on in the player, in the words of MPRIS. Reads the controller, changes nothing. Main thread."""

from __future__ import annotations

from pathlib import Path

from player.domain.models import ClassVideo
from player.domain.playing import PlayerState
from player.playback.controller import PlaybackController
from player.playback.engine import MAX_RATE, MIN_RATE, EngineState
from player.system.mpris_words import NO_TRACK, TRACK, Variant

US_PER_MS = 1000
MIME_TYPES = (
    *("video/mp4", "video/x-m4v", "video/quicktime", "video/x-matroska", "video/webm", "video/x-msvideo"),
    *("video/mpeg", "video/mp2t", "video/ogg", "video/x-flv", "video/3gpp", "video/x-ms-wmv"),
    *("audio/mpeg", "audio/mp4", "audio/x-m4b", "audio/flac", "audio/ogg", "audio/x-opus+ogg", "audio/x-wav"),
)
"""What the player opens; the desktop file names the same, and folders besides."""


def playback_status(controller: PlaybackController) -> str:
    """Between two classes nothing moves, so that counts as a pause; what has come to its end has stopped."""
    state, up_next = controller.state, controller.up_next
    if state is PlayerState.PLAYING:
        return "Playing"
    something_waits = up_next is not None and up_next.class_video is not None
    if state in (PlayerState.PAUSED, PlayerState.UP_NEXT) or (state is PlayerState.HOLDING and something_waits):
        return "Paused"
    return "Stopped"


def track_path(video: ClassVideo | None) -> str:
    return f"{TRACK}{video.id}" if video else NO_TRACK


def metadata(video: ClassVideo | None, picture: Path | None) -> dict[str, Variant]:
    """The class as a track: its series is the album. `picture` shows it."""
    facts: dict[str, Variant] = {"mpris:trackid": ("o", track_path(video))}
    if video is None:
        return facts
    facts["mpris:length"] = ("x", video.duration_ms * US_PER_MS)
    facts["xesam:title"] = ("s", _text(video.title))
    facts["xesam:album"] = ("s", _text(video.series_title))
    if video.number is not None and 0 <= video.number < 2**31:
        facts["xesam:trackNumber"] = ("i", video.number)
    if video.description:
        facts["xesam:comment"] = ("as", [_text(video.description)])
    facts["xesam:url"] = ("s", video.path.absolute().as_uri())
    if picture is not None:
        facts["mpris:artUrl"] = ("s", picture.absolute().as_uri())
    return facts


def _text(text: str) -> str:
    """As the bus takes it: what is no character (names of files may hold it) becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "?")


def player_properties(controller: PlaybackController, picture: Path | None, *, can_begin: bool) -> dict[str, Variant]:
    """Every property of the player but its position. `picture` shows the class; `can_begin`: there is a class to go
    on with where none is on."""
    video, loaded, state = controller.class_video, controller.loaded, controller.state
    status = playback_status(controller)
    engine_ready = controller.engine.state not in (EngineState.IDLE, EngineState.FAILED)
    return {
        "PlaybackStatus": ("s", status),
        "LoopStatus": ("s", "Track" if controller.loop else "None"),
        "Rate": ("d", controller.rate),
        "MinimumRate": ("d", MIN_RATE),
        "MaximumRate": ("d", MAX_RATE),
        "Shuffle": ("b", False),
        "Metadata": ("a{sv}", metadata(video, picture)),
        "Volume": ("d", controller.volume / 100),
        "CanGoNext": ("b", controller.queue.head is not None),
        "CanGoPrevious": ("b", loaded is not None and loaded.before is not None),
        "CanPlay": ("b", can_begin if state is PlayerState.IDLE else video is not None),
        "CanPause": ("b", status != "Stopped"),
        "CanSeek": ("b", video is not None and engine_ready and video.duration_ms > 0),
        "CanControl": ("b", True),
    }


def root_properties(*, full_screen: bool) -> dict[str, Variant]:
    return {
        "CanQuit": ("b", True),
        "CanRaise": ("b", True),
        "Fullscreen": ("b", full_screen),
        "CanSetFullscreen": ("b", True),
        "HasTrackList": ("b", False),
        "Identity": ("s", "Session Player"),
        "DesktopEntry": ("s", "session-player"),
        "SupportedUriSchemes": ("as", ["file"]),
        "SupportedMimeTypes": ("as", list(MIME_TYPES)),
    }
