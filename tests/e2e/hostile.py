# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes folders of good and damaged files, by a seeded hand, for the tests of what an import survives."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from random import Random

LIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n%s\n#EXT-X-ENDLIST\n"
DASH = (
    b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT60S" '
    b'profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period><AdaptationSet mimeType="video/mp4">'
    b'<Representation id="1" bandwidth="1"><BaseURL>%s</BaseURL></Representation></AdaptationSet></Period></MPD>'
)
CONCAT = b"ffconcat version 1.0\nfile '%s'\n"
PAGE = b"<!DOCTYPE html><html><body><h1>Not found</h1></body></html>" * 20


def different(clip: bytes, number: int) -> bytes:
    """`clip` (an MP4) with an empty box behind it, so that every class is a file of its own."""
    return clip + struct.pack(">I4sQ", 16, b"free", number)


def _without_index(clip: bytes, _random: Random) -> bytes:
    return clip.replace(b"moov", b"m\0\0v")


def _zeros_inside(clip: bytes, _random: Random) -> bytes:
    """The index stands, the pictures are gone."""
    start = clip.index(b"mdat") + 4
    size = int.from_bytes(clip[start - 8 : start - 4])
    return clip[:start] + bytes(size - 8) + clip[start + size - 8 :]


def _zip(_clip: bytes, _random: Random) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("class.mp4", b"words" * 100)
    return data.getvalue()


DAMAGE: Mapping[str, Callable[[bytes, Random], bytes]] = {
    "empty": lambda _clip, _random: b"",
    "one byte": lambda _clip, _random: b"\0",
    "a tenth": lambda clip, _random: clip[: len(clip) // 10],
    "without an index": _without_index,
    "pictures of zeros": _zeros_inside,
    "all zeros": lambda clip, _random: bytes(len(clip)),
    "noise": lambda clip, random: random.randbytes(len(clip)),
    "noise behind a head": lambda clip, random: clip[:40] + random.randbytes(len(clip)),
    "backwards": lambda clip, _random: clip[::-1],
    "every byte twice": lambda clip, _random: b"".join(bytes((byte, byte)) for byte in clip[:20_000]),
    "text": lambda _clip, _random: b"This is no video at all.\n" * 40,
    "a page of the web": lambda _clip, _random: PAGE,
    "a picture": lambda _clip, random: b"\xff\xd8\xff\xe0\0\x10JFIF\0" + random.randbytes(4000),
    "an archive": _zip,
    "a list of a file": lambda _clip, _random: LIST % b"../secret/secret.mp4",
    "a list of an address": lambda _clip, _random: LIST % b"http://192.0.2.1/class.ts",
    "a manifest": lambda _clip, _random: DASH % b"http://192.0.2.1/class.mp4",
    "a list for a converter": lambda _clip, _random: CONCAT % b"../secret/secret.mp4",
    "a head of Matroska": lambda _clip, random: b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01" + random.randbytes(3000),
    "a box beyond the end": lambda clip, _random: struct.pack(">I4sQ", 1, b"moov", 2**62) + clip,
}
"""Ways to damage a video so that nothing of it can be played."""
