# SPDX-License-Identifier: GPL-3.0-or-later
"""Which media files are taken, told by their first bytes, and the facts a player needs of one.

Both readers follow what they are given: libVLC opens playlists, manifests and linked files, FFmpeg follows
concat lists. So a file is named a format here before either reader sees it, and each reader is held to
that format: FFmpeg by `av_format`, libVLC by `vlc_demux` (given as `:demux=`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

HEAD_BYTES = 4096
"""How many bytes of a file's beginning `sniff` wants to see."""


class MediaFormat(StrEnum):
    """The containers that are opened, and no others."""

    MP4 = "mp4"
    MATROSKA = "matroska"
    AVI = "avi"
    MPEG_TS = "mpeg-ts"
    MPEG_PS = "mpeg-ps"
    FLV = "flv"
    OGG = "ogg"
    ASF = "asf"
    MP3 = "mp3"
    AAC = "aac"
    FLAC = "flac"
    WAV = "wav"

    @property
    def av_format(self) -> str:
        """FFmpeg's name of the one demuxer that may read it."""
        return _READERS[self][0]

    @property
    def vlc_demux(self) -> str:
        """libVLC's name of the demuxer module(s) that may read it, best first."""
        return _READERS[self][1]


_READERS = {
    MediaFormat.MP4: ("mov", "mp4"),
    MediaFormat.MATROSKA: ("matroska", "mkv"),
    MediaFormat.AVI: ("avi", "avi"),
    MediaFormat.MPEG_TS: ("mpegts", "ts"),
    MediaFormat.MPEG_PS: ("mpeg", "ps"),
    MediaFormat.FLV: ("flv", "avformat"),
    MediaFormat.OGG: ("ogg", "ogg"),
    MediaFormat.ASF: ("asf", "asf"),
    MediaFormat.MP3: ("mp3", "es"),
    MediaFormat.AAC: ("aac", "es"),
    MediaFormat.FLAC: ("flac", "flac"),
    MediaFormat.WAV: ("wav", "wav"),
}

_TS_PACKET = 188
_ID3_HEADER = 10
_ASF_HEADER = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_MP4_FIRST_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot", b"styp"})


def sniff(head: bytes) -> MediaFormat | None:
    """The container that begins with `head` (up to HEAD_BYTES), or None for anything that is not taken.

    Only true container signatures count; text of any kind (playlists, manifests, web pages) is None.
    """
    if head[4:8] in _MP4_FIRST_BOXES:
        return MediaFormat.MP4
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return MediaFormat.MATROSKA
    if head.startswith(b"RIFF"):
        return {b"AVI ": MediaFormat.AVI, b"WAVE": MediaFormat.WAV}.get(head[8:12])
    if head.startswith(b"OggS"):
        return MediaFormat.OGG
    if head.startswith(b"FLV\x01"):
        return MediaFormat.FLV
    if head.startswith(_ASF_HEADER):
        return MediaFormat.ASF
    if head.startswith(b"fLaC"):
        return MediaFormat.FLAC
    if head.startswith(b"\x00\x00\x01\xba"):
        return MediaFormat.MPEG_PS
    if _is_transport_stream(head):
        return MediaFormat.MPEG_TS
    return _sniff_raw_sound(head)


def id3_length(head: bytes) -> int:
    """How many bytes of ID3 tag stand before the sound; 0 without one. The tag may hide any kind of sound
    file behind it, and is often longer than `head`: read on from there and `sniff` again."""
    if len(head) < _ID3_HEADER or not head.startswith(b"ID3") or any(byte > 0x7F for byte in head[6:10]):
        return 0
    size = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
    footer = _ID3_HEADER if head[5] & 0x10 else 0
    return _ID3_HEADER + size + footer


def _is_transport_stream(head: bytes) -> bool:
    """Sync bytes at every packet; M2TS puts four bytes of time code before each packet."""
    for first, step in ((0, _TS_PACKET), (4, _TS_PACKET + 4)):
        syncs = head[first::step][:8]
        if len(syncs) >= 4 and set(syncs) == {0x47}:
            return True
    return False


def _sniff_raw_sound(head: bytes) -> MediaFormat | None:
    if head.startswith(b"ID3"):
        return MediaFormat.MP3
    if len(head) < 4 or head[0] != 0xFF:
        return None
    if head[1] & 0xF6 == 0xF0:  # ADTS: sync, layer 0
        return MediaFormat.AAC
    version, layer, bit_rate = head[1] >> 3 & 3, head[1] >> 1 & 3, head[2] >> 4
    if head[1] & 0xE0 == 0xE0 and version != 1 and layer == 1 and bit_rate not in (0, 15):
        return MediaFormat.MP3
    return None


class ColourMatrix(StrEnum):
    """How the picture's luma and chroma were made from red, green and blue."""

    BT601 = "bt601"
    BT709 = "bt709"
    BT2020 = "bt2020"


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """What the probe saw. Sizes are in pixels of the upright picture before pixel aspect; 0 where unknown."""

    has_video: bool = False
    has_audio: bool = False
    width: int = 0
    height: int = 0
    rotation: int = 0
    """Clockwise degrees (0, 90, 180, 270) by which the stored picture is turned for showing."""
    pixel_aspect: float = 1.0
    frame_rate: float = 0.0
    colour_matrix: ColourMatrix | None = None
    """As tagged in the file; None where untagged (see `matrix_for_showing`)."""
    full_range: bool = False
    video_codec: str = ""
    audio_codec: str = ""

    @property
    def matrix_for_showing(self) -> ColourMatrix:
        """The tagged matrix or, untagged, the custom of players: HD is BT.709, smaller is BT.601."""
        if self.colour_matrix is not None:
            return self.colour_matrix
        return ColourMatrix.BT709 if self.width >= 1280 or self.height > 576 else ColourMatrix.BT601


@dataclass(frozen=True, slots=True)
class MediaPart:
    """One file of a class that lies in several. Size and time tell whether it has changed since it was read."""

    path: Path
    size: int
    modified_ns: int
    duration_ms: int
    format: MediaFormat
    facts: MediaFacts


@dataclass(frozen=True, slots=True)
class MediaSource:
    """All an engine needs to play one medium. `format` was told from the file's own first bytes. Where a class lies
    in several files, `parts` are all of them in playing order, the other fields but `duration_ms` speak of the first,
    and that is the length of all together."""

    path: Path
    format: MediaFormat
    duration_ms: int
    facts: MediaFacts
    parts: tuple[MediaPart, ...] = ()

    @property
    def files(self) -> tuple[MediaSource, ...]:
        """The medium as media of one file each, in playing order."""
        if not self.parts:
            return (self,)
        return tuple(MediaSource(part.path, part.format, part.duration_ms, part.facts) for part in self.parts)
