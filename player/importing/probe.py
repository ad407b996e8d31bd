# SPDX-License-Identifier: GPL-3.0-or-later
"""What one file is: whether it plays, how long, with which chapters and tags.

Runs in worker processes only (a damaged file can crash or hang a decoder).
"""

from __future__ import annotations

import re
import stat
from fractions import Fraction
from pathlib import Path

from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from player.domain.media import HEAD_BYTES, ColourMatrix, MediaFacts, MediaFormat
from player.domain.models import FileIdentity
from player.domain.plan import ProblemReason
from player.importing.identity import identify
from player.importing.languages import language_tag
from player.importing.lengths import length_ms
from player.importing.probed import Chapter, Probed
from player.importing.reading import Protected, first_frame, open_media, rewind, sniff_file, videos

_MATRICES = {
    1: ColourMatrix.BT709, 4: ColourMatrix.BT601, 5: ColourMatrix.BT601, 6: ColourMatrix.BT601,
    9: ColourMatrix.BT2020, 10: ColourMatrix.BT2020,
}  # fmt: skip
_FULL_RANGE = 2
_MOST_CHAPTERS = 5_000
_LONGEST_TAG = 20_000
_UNTITLED = re.compile(r"<?\s*untitled( chapter)?\s*\d*\s*>?", re.IGNORECASE)
_LONGEST_MS = 366 * 24 * 3600 * 1000

DAMAGED = "The file is damaged: {what}. Copy or download it again."


def probe_file(path: Path) -> Probed:
    """Everything the import wants to know of one file. Trouble with the file is told in the result."""
    try:
        info = path.stat()
        if not stat.S_ISREG(info.st_mode):
            return Probed(ProblemReason.NOT_A_VIDEO, "This is not a file. Choose the video itself.")
        if info.st_size == 0:
            return Probed(ProblemReason.EMPTY, "The file is empty. Copy or download it again.")
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
            identity = identify(file, info.st_size)
        media_format = sniff_file(path)
    except OSError as error:
        return Probed(ProblemReason.UNREADABLE, unreadable_message(error))
    if media_format is None:
        return Probed(ProblemReason.NOT_A_VIDEO, not_a_video_message(head), identity)
    try:
        with open_media(path, media_format) as container:
            return _read(container, path, media_format, identity)
    except (FFmpegError, ValueError, OSError):
        message = DAMAGED.format(what="it cannot be opened, perhaps because its end is missing")
        return Probed(ProblemReason.DAMAGED, message, identity, media_format)


def unreadable_message(error: OSError) -> str:
    """A sentence for a file the system does not let us read."""
    why = (error.strerror or "unknown error").lower()
    return f"The file cannot be read ({why}). Check that you may open it and that its drive is well."


def not_a_video_message(head: bytes) -> str:
    """A sentence that says what the file is instead, as far as its first bytes tell."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
    if start.startswith((b"#extm3u", b"ffconcat", b"[playlist]", b"<?xml", b"<mpd", b"<smil", b"<asx")):
        return "This is a list that points to other files, not a video. Add the video files themselves."
    if start.startswith((b"<!doctype html", b"<html")):
        return "This is a web page, not a video; the download went wrong. Download it again."
    if start.startswith((b"\xff\xd8\xff", b"\x89png", b"gif8", b"bm")):
        return "This is a picture with the ending of a video. Choose the video itself."
    if start.startswith((b"pk\x03\x04", b"rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        return "This is an archive, not a video. Unpack it and add what is inside."
    return "There is no video or sound in this file that the player knows. Download it again or convert it to MP4."


def _read(container: InputContainer, path: Path, media_format: MediaFormat, identity: FileIdentity) -> Probed:
    reason, message = None, ""
    try:
        facts, shown = _facts(container)
        if not shown:
            reason = ProblemReason.DAMAGED
            what = "it holds no picture and no sound that can be played"
            message = DAMAGED.format(what=what)
    except Protected:
        facts, reason = _bare_facts(container), ProblemReason.DAMAGED
        message = "The file is encrypted by its seller and cannot be played here. Ask for a copy without protection."
    rewind(container)
    duration_ms = length_ms(container, path, media_format, identity.size)
    if reason is None and not 0 < duration_ms <= _LONGEST_MS:
        reason, message = ProblemReason.DAMAGED, DAMAGED.format(what="its length cannot be found out")
    return Probed(
        reason,
        message,
        identity,
        media_format,
        min(max(0, duration_ms), _LONGEST_MS),
        facts,
        _chapters(container),
        _tags(container),
        tuple(language_tag(stream.language or "") for stream in container.streams.subtitles),
    )


def _bare_facts(container: InputContainer) -> MediaFacts:
    return MediaFacts(has_video=bool(videos(container)), has_audio=bool(container.streams.audio))


def _facts(container: InputContainer) -> tuple[MediaFacts, bool]:
    """What is known of picture and sound, and whether one frame of either could be decoded."""
    audio = next(iter(container.streams.audio), None)
    audio_codec = audio.codec_context.codec.canonical_name if audio is not None else ""
    for stream in videos(container):
        frame = first_frame(container, stream)
        if isinstance(frame, VideoFrame):
            return _video_facts(stream, frame, audio_codec), True
        rewind(container)
    for sound in container.streams.audio:
        if first_frame(container, sound) is not None:
            return MediaFacts(has_audio=True, audio_codec=sound.codec_context.codec.canonical_name), True
        rewind(container)
    return _bare_facts(container), False


def _video_facts(stream: VideoStream, frame: VideoFrame, audio_codec: str) -> MediaFacts:
    rotation = round(-frame.rotation / 90) * 90 % 360
    width, height = frame.width, frame.height
    if rotation in (90, 270):
        width, height = height, width
    return MediaFacts(
        has_video=True,
        has_audio=bool(audio_codec),
        width=width,
        height=height,
        rotation=rotation,
        pixel_aspect=_believable(stream.sample_aspect_ratio, 1.0, 0.1, 10.0),
        frame_rate=_believable(stream.average_rate, 0.0, 0.01, 240.0)
        or _believable(stream.guessed_rate, 0.0, 0.01, 240.0),
        colour_matrix=_MATRICES.get(frame.colorspace),
        full_range=frame.color_range == _FULL_RANGE,
        video_codec=stream.codec_context.codec.canonical_name,
        audio_codec=audio_codec,
    )


def _believable(value: Fraction | None, otherwise: float, least: float, most: float) -> float:
    return float(value) if value is not None and least <= value <= most else otherwise


def _chapters(container: InputContainer) -> tuple[Chapter, ...]:
    """The chapters as stated; titles that a program made up are left out."""
    found = []
    for chapter in container.chapters()[:_MOST_CHAPTERS]:
        scale = chapter["time_base"]
        if scale is None:
            continue
        title = " ".join(chapter["metadata"].get("title", "").split())[:500]
        start, end = (round(chapter[key] * scale * 1000) for key in ("start", "end"))
        found.append(Chapter(start, end, "" if _UNTITLED.fullmatch(title) else title))
    return tuple(found)


def _tags(container: InputContainer) -> dict[str, str]:
    return {name.lower(): value[:_LONGEST_TAG] for name, value in container.metadata.items() if value.strip()}
