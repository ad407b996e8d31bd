# SPDX-License-Identifier: GPL-3.0-or-later
"""Good sidecars of every format, damaged in many ways by a seeded hand: nothing crashes, nothing hangs, and what
could not be read is told."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import pytest

from player.importing.scan import SIDECAR_ENDINGS, FoundFile
from player.importing.sidecars.findings import Beside, Findings
from player.importing.sidecars.table import read_sidecars
from tests.unit.importing.sidecars.test_hostile import WORDS

LONGEST_S = 2.0
ROUNDS = 6
SEED = 20
DAY_MS = 24 * 60 * 60 * 1000

GOOD: Mapping[str, str] = {
    ".nfo": "<?xml version='1.0' encoding='UTF-8'?>\n<episodedetails>\n<title>Wide ribs</title><episode>3</episode>"
    "<showtitle>Course</showtitle><plot>You need a chair.\n0:00 Arrive\n1:30 Breath</plot></episodedetails>\n",
    ".info.json": '{"title": "Wide ribs", "playlist_index": 3, "description": "You need a chair.", "duration": 600, '
    '"chapters": [{"start_time": 0.0, "end_time": 90.0, "title": "Arrive"}, {"start_time": 90.0, "title": "Breath"}]}',
    ".description": "Wide ribs.\nYou need a chair and a pillow.\n0:00 Arrive\n1:30 Breath\n",
    ".chapters.xml": "<?xml version='1.0'?>\n<Chapters><EditionEntry>"
    "<ChapterAtom><ChapterTimeStart>00:00:00.000</ChapterTimeStart><ChapterDisplay><ChapterString>Arrive"
    "</ChapterString></ChapterDisplay></ChapterAtom><ChapterAtom><ChapterTimeStart>00:01:30.000</ChapterTimeStart>"
    "<ChapterDisplay><ChapterString>Breath</ChapterString></ChapterDisplay></ChapterAtom></EditionEntry></Chapters>",
    ".ffmetadata": ";FFMETADATA1\ntitle=Wide ribs\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=90000\ntitle=Arrive\n"
    "[CHAPTER]\nTIMEBASE=1/1000\nSTART=90000\nEND=600000\ntitle=Breath\n",
    ".chapters.txt": "CHAPTER01=00:00:00.000\nCHAPTER01NAME=Arrive\nCHAPTER02=00:01:30.000\nCHAPTER02NAME=Breath\n",
    ".chapters.vtt": "WEBVTT\nKind: chapters\n\n00:00:00.000 --> 00:01:30.000\nArrive\n\n"
    "00:01:30.000 --> 00:10:00.000\nBreath\n",
    ".vtt": "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nHello and welcome.\n\n"
    "00:00:03.000 --> 00:00:09.000\nBreathe in.\n",
    ".srt": "1\n00:00:01,000 --> 00:00:03,000\nHello and welcome.\n\n2\n00:00:03,000 --> 00:00:09,000\nBreathe in.\n",
    ".ass": "[Script Info]\nTitle: x\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, "
    "Effect, Text\nDialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,Hello\n",
    ".chapters.json": '{"version": "1.2.0", "chapters": [{"startTime": 0, "title": "Arrive"}, '
    '{"startTime": 90, "title": "Breath"}]}',
    ".cue": 'TITLE "Wide ribs"\nFILE "3 Ribs.mp3" MP3\n  TRACK 01 AUDIO\n    TITLE "Arrive"\n    INDEX 01 00:00:00\n'
    '  TRACK 02 AUDIO\n    TITLE "Breath"\n    INDEX 01 01:30:00\n',
    "series.toml": 'format = 1\n[series]\ntitle = "Course"\n[[class]]\nfile = "3 Ribs.mp4"\nnumber = 3\n'
    'title = "Wide ribs"\nphases = [{ start = "0:00", kind = "arrive", title = "Arrive" }]\n',
}
"""One good file of each format, by what follows the class's name."""
ODD_VALUES = (b"NaN", b"Infinity", b"-1", b"1e400", b"99999999999999999999", b"true", b"false", b"null", b"[]", b"{}",
              b'"x"', b"-0.0", b"1.5e-9", b"", b"\xd9\xa3", b"0x10", b"00:99:99.999", b"99:59:59.999")  # fmt: skip
PAIRS = ((b"[", b"]"), (b'{"a":', b"}"), (b"<a>", b"</a>"), (b"(", b")"), (b"<!--", b"-->"))
HTML = b"<!DOCTYPE html><html><head><title>404</title></head><body><h1>Not found</h1></body></html>"


def _truncated(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _bits(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.randrange(1, 12)):
        if changed:
            changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _piece_again(data: bytes, random: Random) -> bytes:
    start = random.randrange(len(data) + 1)
    return data[:start] + data[start : start + random.randrange(1, 400)] * random.randrange(2, 30) + data[start:]


def _piece_lost(data: bytes, random: Random) -> bytes:
    start = random.randrange(len(data) + 1)
    return data[:start] + data[start + random.randrange(1, 80) :]


def _odd_number(data: bytes, random: Random) -> bytes:
    """One number becomes something that is none, or none that makes sense."""
    places = [index for index, sign in enumerate(data) if 48 <= sign <= 57]
    if not places:
        return data
    start = end = random.choice(places)
    while end < len(data) and (48 <= data[end] <= 57 or data[end] == 46):
        end += 1
    return data[:start] + random.choice(ODD_VALUES) + data[end:]


def _nested(data: bytes, random: Random) -> bytes:
    opening, closing = random.choice(
        [(b"[", b"]"), (b'{"a":', b"}"), (b"<a>", b"</a>"), (b"(", b")"), (b"<!--", b"-->")]
    )
    depth = random.choice([40, 2_000, 60_000])
    return opening * depth + data + (closing * depth if random.random() < 0.5 else b"")


def _in(encoding: str, mark: bytes = b"") -> Callable[[bytes, Random], bytes]:
    return lambda data, _random: mark + data.decode("utf-8", "replace").encode(encoding, "replace")


HANDS: Mapping[str, Callable[[bytes, Random], bytes]] = {
    "cut off": _truncated,
    "single bits": _bits,
    "a piece many times": _piece_again,
    "a piece lost": _piece_lost,
    "an odd number": _odd_number,
    "deep nesting": _nested,
    "twice over": lambda data, _random: data + data,
    "NULs": lambda data, random: data.replace(b" ", b"\0") if random.random() < 0.5 else data + bytes(5_000),
    "only NULs": lambda data, _random: bytes(len(data)),
    "Windows line ends": lambda data, _random: data.replace(b"\n", b"\r\n"),
    "old line ends": lambda data, _random: data.replace(b"\n", b"\r"),
    "a byte order mark": lambda data, _random: b"\xef\xbb\xbf" + data,
    "two byte order marks": lambda data, _random: b"\xef\xbb\xbf\xef\xbb\xbf" + data,
    "UTF-16": _in("utf-16"),
    "UTF-16 without a mark": _in("utf-16-le"),
    "UTF-32": _in("utf-32"),
    "a wrong mark": _in("utf-8", b"\xff\xfe"),
    "UTF-7": _in("utf-7"),
    "a page of the web": lambda _data, _random: HTML,
    "the file after a page of the web": lambda data, _random: HTML + data,
    "long": lambda data, random: data + random.choice([b" ", b"\n", b"a", b"\xc3"]) * 900_000,
    "rubbish": lambda data, random: random.randbytes(len(data)),
    "upside down": lambda data, _random: data[::-1],
}
HARMLESS = ("Windows line ends", "old line ends", "a byte order mark", "UTF-16", "UTF-16 without a mark", "UTF-32")


def _read(folder: Path, ending: str, data: bytes) -> tuple[list[Findings], list[str], float]:
    path = folder / (ending if ending == "series.toml" else f"3 Ribs{ending}")
    path.write_bytes(data)
    media = (FoundFile(folder / ("3 Ribs.mp3" if ending == ".cue" else "3 Ribs.mp4"), 1, 1),)
    begun = time.perf_counter()
    found, problems = read_sidecars([FoundFile(path, len(data), 1)], Beside(folder, media, WORDS))
    taken = time.perf_counter() - begun
    path.unlink()
    return found, [problem.message for problem in problems], taken


def _is_sane(found: list[Findings]) -> bool:
    said = [one for findings in found for one in findings.classes.values()]
    return all(
        all(0 <= phase.start_ms <= 30_000 * DAY_MS and phase.title.strip() == phase.title for phase in one.phases)
        and (one.number is None or (type(one.number) is int and 0 <= one.number <= 99_999))
        and (one.title is None or "\n" not in one.title)
        for one in said
    )


@pytest.mark.parametrize("ending", GOOD)
def test_the_good_ones_are_good(tmp_path: Path, ending: str) -> None:
    found, problems, _taken = _read(tmp_path, ending, GOOD[ending].encode())
    assert problems == []
    assert len(found) == 1


@pytest.mark.parametrize("hand", HANDS)
@pytest.mark.parametrize("ending", GOOD)
def test_a_damaged_one(tmp_path: Path, ending: str, hand: str) -> None:
    random = Random(f"{SEED} {ending} {hand}")
    for _ in range(ROUNDS):
        data = HANDS[hand](GOOD[ending].encode(), random)
        if random.random() < 0.3:
            data = HANDS[random.choice(list(HANDS))](data, random)
        found, problems, taken = _read(tmp_path, ending, data)
        assert taken < LONGEST_S
        assert _is_sane(found)
        assert all(message.endswith(".") and len(message) > 30 for message in problems)
        assert len(found) <= 1
        assert len(problems) <= 3


@pytest.mark.parametrize("hand", HARMLESS)
@pytest.mark.parametrize("ending", GOOD)
def test_another_system_wrote_it(tmp_path: Path, ending: str, hand: str) -> None:
    """Encodings and line ends change nothing of what is said."""
    plain, _problems, _taken = _read(tmp_path, ending, GOOD[ending].encode())
    other, problems, _taken = _read(tmp_path, ending, HANDS[hand](GOOD[ending].encode(), Random(SEED)))
    assert problems == []
    assert [findings.classes for findings in other] == [findings.classes for findings in plain]


@pytest.mark.parametrize("ending", [".nfo", ".info.json", ".chapters.xml", ".ffmetadata", ".chapters.json", ".cue",
                                    "series.toml", ".srt", ".vtt"])  # fmt: skip
@pytest.mark.parametrize("hand", ["rubbish", "only NULs", "a page of the web"])
def test_what_says_nothing_is_told(tmp_path: Path, ending: str, hand: str) -> None:
    data = HANDS[hand](GOOD[ending].encode() * 5, Random(SEED))
    found, problems, _taken = _read(tmp_path, ending, data)
    assert problems
    assert not any(findings.classes for findings in found)


@pytest.mark.parametrize("value", [True, False, None, -1, 2**70, 1e300, "3", "three", [3], {"a": 3}, 3.7])
@pytest.mark.parametrize("key", ["title", "playlist_index", "episode_number", "chapters", "description", "duration",
                                 "playlist_title", "season_number", "subtitles", "thumbnail"])  # fmt: skip
def test_values_of_the_wrong_kind(tmp_path: Path, key: str, value: object) -> None:
    """Whatever a field holds, the others are read."""
    good = json.loads(GOOD[".info.json"])
    found, _problems, _taken = _read(tmp_path, ".info.json", json.dumps({**good, key: value}).encode())
    assert _is_sane(found)
    (said,) = {one.title for findings in found for one in findings.classes.values()}
    assert key == "title" or said == "Wide ribs"


@pytest.mark.corpus
def test_the_collection_damaged(corpus: Path, tmp_path: Path) -> None:
    """Every sidecar of the collection, damaged by each hand in turn, within bounded time."""
    random = Random(SEED)
    until = time.monotonic() + 40
    seen = 0
    files = [
        path for path in sorted((corpus / "sidecars").rglob("*")) if path.is_file() and path.stat().st_size < 200_000
    ]
    for hand in HANDS:
        for path in files:
            ending = next((end for end in sorted(GOOD, key=len, reverse=True) if path.name.endswith(end)), path.suffix)
            assert ending in GOOD or path.suffix in SIDECAR_ENDINGS
            found, problems, taken = _read(tmp_path, ending, HANDS[hand](path.read_bytes(), random))
            assert taken < LONGEST_S, (hand, path.name)
            assert _is_sane(found), (hand, path.name)
            assert all(message.endswith(".") for message in problems), (hand, path.name, problems)
            seen += 1
        assert time.monotonic() < until, f"too slow: {seen} files"
    assert seen == len(HANDS) * len(files)
