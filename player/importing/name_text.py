# SPDX-License-Identifier: GPL-3.0-or-later
"""Cleans a file or folder name for reading: plain letters instead of stand-ins, no ids, no release tags."""

from __future__ import annotations

import re
import unicodedata

SEPARATORS = " \t-_.|,~·–—:;/\\+"
_STAND_INS = str.maketrans({"⧸": "/", "⧹": "\\", "⁄": "/", "“": '"', "”": '"', "＂": '"', "│": "|", "\u200b": ""})
_VIDEO_ID = re.compile(r"\s*[\[(](?=[^\])]*[\d_-]|[^\])]*[a-z][A-Z])[A-Za-z0-9_-]{11}[\])]$")
_LONG_ID = re.compile(r"\s*\[(?:\d{7,}|[0-9A-Fa-f]{8})\]$")
_OLD_VIDEO_ID = re.compile(r"-(?=[^\s]*\d)(?=[^\s]*[A-Z])(?=[^\s]*[a-z])[A-Za-z0-9_-]{11}$")
_TAG = (
    r"(?:(?:480|540|576|720|1080|1440|2160|4320)[pi]|\d{3,4}x\d{3,4}|4k uhd|uhd|hdr(?:10)?|web[-. ]?(?:dl|rip)|"
    r"blu-?ray|bd-?rip|br-?rip|dvd-?rip|dvb-?rip|hdtv|pdtv|xvid|divx|[xh][. ]?26[45]|hevc|nvenc|10bit|aac[ .]?2[ .]0|"
    r"aac|e?ac3|ddp?[ .]?\d[ .]\d|flac|remux|repack)"
)
_TAG_WORD = re.compile(rf"(?<=[\s._\[(]){_TAG}(?=[\s._\])]|-\w+$|$)", re.IGNORECASE)
_TAG_GROUP = re.compile(rf"\s*[\[({{][^\])}}]*(?<![^\W_]){_TAG}(?![^\W_])[^\])}}]*[\])}}]", re.IGNORECASE)
_LEADING_GROUP = re.compile(r"^\[[^\]\d][^\]]*\]\s*(?=\S)")
_NOT_NAMES = re.compile(r"\s+")


def clean(name: str) -> str:
    """`name` (without its ending) as a person would write it. Never empty unless nothing is left but signs."""
    text = unicodedata.normalize("NFKC", name.translate(_STAND_INS)).strip()
    text = _VIDEO_ID.sub("", _LONG_ID.sub("", text))
    text = _OLD_VIDEO_ID.sub("", text)
    text = _open_out(text)
    text = _without_tags(text)
    tidy = _NOT_NAMES.sub(" ", text).strip(SEPARATORS)
    return tidy or _NOT_NAMES.sub(" ", name).strip()


def _open_out(text: str) -> str:
    """Spaces where underscores or full stops stand for them."""
    if " " not in text.strip():
        text = text.replace("_", " ")
    if " " not in text.strip() and text.count(".") >= 2:
        text = text.replace(".", " ")
    return text


def _without_tags(text: str) -> str:
    """Two or more release tags in a row of words mean that the rest is release talk too."""
    text = _TAG_GROUP.sub(" ", text)
    tags = list(_TAG_WORD.finditer(text))
    if len(tags) >= 2 and text[: tags[0].start()].strip(SEPARATORS):
        text = text[: tags[0].start()]
    elif tags:
        text = _TAG_WORD.sub(" ", text)
    shorter = _LEADING_GROUP.sub("", text)
    return shorter if shorter.strip(SEPARATORS) else text
