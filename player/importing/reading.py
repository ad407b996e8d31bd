# SPDX-License-Identifier: GPL-3.0-or-later
"""Opening a media file with PyAV so that nothing but this one file is ever read, and its first frame.

Runs in worker processes only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from player.domain.media import HEAD_BYTES, MediaFormat, id3_length, sniff

PROBE_BYTES = 8 * 1024 * 1024
"""How far FFmpeg may read to find out what the tracks hold."""
_ANALYSE_US = 10_000_000
_MOST_PACKETS = 600
_MOST_BYTES = 64 * 1024 * 1024


class Protected(Exception):
    """The frames are encrypted."""


def sniff_file(path: Path) -> MediaFormat | None:
    """The format of a file by its first bytes, looking behind an ID3 tag. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        tag = id3_length(head)
        if not tag:
            return sniff(head)
        file.seek(tag)
        return sniff(file.read(HEAD_BYTES).lstrip(b"\0")) or MediaFormat.MP3


def open_media(path: Path, media_format: MediaFormat) -> InputContainer:
    """Open a file as `media_format` and nothing else. Raises FFmpegError or OSError.

    The white lists also hold for whatever the file might name: it can lead to no other file and no address.
    """
    name = media_format.av_format
    options = {
        "protocol_whitelist": "file",
        "format_whitelist": name,
        "probesize": str(PROBE_BYTES),
        "analyzeduration": str(_ANALYSE_US),
    }
    return av.open(f"file:{path.absolute()}", format=name, options=options, metadata_errors="replace")


def is_picture(stream: VideoStream) -> bool:
    """Whether a video track is only a cover."""
    return bool(stream.disposition & (Disposition.attached_pic | Disposition.timed_thumbnails))


def videos(container: InputContainer) -> tuple[VideoStream, ...]:
    """The video tracks that are no covers."""
    return tuple(stream for stream in container.streams.video if not is_picture(stream))


def frames(container: InputContainer, stream: VideoStream | AudioStream) -> Iterator[VideoFrame | AudioFrame]:
    """The frames of a track from where the container stands; faulty packets are passed over. Ends after a
    bounded number of packets. Raises Protected where they are encrypted."""
    if not stream.codec_context.is_open:
        stream.codec_context.thread_count = 1
    left = _MOST_BYTES
    for count, packet in enumerate(container.demux(stream)):
        if packet.has_sidedata("encryption_info"):
            raise Protected
        with suppress(FFmpegError):  # one faulty packet says nothing about the next
            yield from packet.decode()  # type: ignore[misc]
        left -= packet.size
        if count >= _MOST_PACKETS or left < 0:
            return


def first_frame(container: InputContainer, stream: VideoStream | AudioStream) -> VideoFrame | AudioFrame | None:
    """One frame from where the container stands, or None if the track gives none. Raises Protected."""
    try:
        return next(frames(container, stream), None)
    except FFmpegError:
        return None


def rewind(container: InputContainer) -> None:
    """Back to the beginning, as far as the format can."""
    with suppress(FFmpegError):  # a format that cannot seek reads on from where it stands
        container.seek(0)
