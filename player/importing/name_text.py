# SPDX-License-Identifier: GPL-3.0-or-later
"""Cleans file and folder names for reading: plain letters instead of stand-ins, no ids, no release tags, spaces
where other signs stand for them. Knows texts only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from player.importing.name_dates import find_date

SEPARATORS = " \t-_.|,~·–—:;/\\、。・"
_BRACKETS = tuple(zip("([{【「『《〈", ")]}】」』》〉", strict=True))
_STAND_INS = str.maketrans({"⧸": "/", "⧹": "\\", "⁄": "/", "∕": "/", "“": '"', "”": '"', "„": '"', "＂": '"',
                            "│": "|", "∣": "|", "꞉": ":", "∶": ":", "‐": "-", "‑": "-", "−": "-",
                            "〜": "~", "∼": "~"})  # fmt: skip
_LEFT_AS_THEY_ARE = frozenset("™®©℠½¼¾⅓⅔…ªº²³°№´¨")
_UNSEEN = re.compile("[\u0000-\u001f\u007f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffd]")

_ID = r"[A-Za-z0-9_-]{11}"
_ID_IN_BRACKETS = re.compile(rf"\s*(?:\[(?P<square>{_ID})\]|\((?P<round>{_ID})\))$")
_LONG_ID = re.compile(
    r"\s*[\[(](?:(?:id|vimeo|youtube)[-_ :=]*)?(?:\d{7,}|[0-9A-Fa-f]{8}|[0-9a-f-]{32,36})[\])]$", re.I
)
_SITE_ID = re.compile(r"\s*[-_ ]+(?:vimeo|youtube|yt)[-_ ]+(?:\d{7,}|" + _ID + ")$", re.I)
_ID_IN_SQUARE = re.compile(rf"\[({_ID})\]$")
_ID_AFTER_HYPHEN = re.compile(rf"-({_ID})$")
_MOST = 2 / 3

_SPACED_POINTS = re.compile(r"[. ]*\s[. ]*")
_YEAR = re.compile(r"^(?P<before>.*?[^\W\d_].*?)\.(?:19|20)\d\d\.(?!\d\d\.\d\d\.)(?P<after>.*[^\W\d_].*)$")
_NUMBERED = re.compile(r"^\d{1,3}\.|(?<![^\W_])(?:s\d+)?e\d+(?![^\W_])|\d+x\d+", re.IGNORECASE)
_TAG = (
    r"(?:(?:240|360|480|540|576|720|1080|1440|2160|4320)[pi](?:\d{2})?|\d{3,4}x\d{3,4}|4k uhd|uhd|"
    r"fhd|full ?hd|hd ?\d{3,4}p?|"
    r"hdr(?:10\+?)?|sdr|web[-. ]?(?:dl|rip|hd)|blu-?ray|bd-?rip|br-?rip|dvd-?rip|dvb(?:-?rip)?|vhs-?rip|hdtv|pdtv|xvid|"
    r"divx|"
    r"[xh][. ]?26[45]|avc1?|hevc|av1|vp9|nvenc|(?:8|10) ?bit|aac[ .]?2[ .]0|aac|e?ac3|"
    r"ddp?[ .]?\d[ .]\d|flac|remux|repack|"
    r"\d{2}(?:[.,]\d+)? ?fps|\d+(?:[.,]\d+)? ?[km]bps|\d{2,3} ?kbit)"
)
_TAG_WORD = re.compile(rf"(?<=[\s._\[(-]){_TAG}(?=[\s._\])-]|$)", re.IGNORECASE)
_TAG_GROUP = re.compile(rf"\s*[\[({{][^\])}}]*(?<![^\W_]){_TAG}(?![^\W_])[^\])}}]*[\])}}]", re.IGNORECASE)
_PLAIN_TAG_GROUP = re.compile(
    r"\s*[\[(](?:hd|sd|hq|4k|8k|mp4|mkv|official(?: (?:video|audio))?|full video|video|"
    r"[a-z]{2,}[-.](?:subs?|rip)|rip(?:ped)? by [^\])]*|"
    r"eng(?:lish)? subs?|subbed|www\.[^\])]*|[\w-]+(?:\.[\w-]+)*\.(?:com|"
    r"org|net|ru|me|to|cc|io)"
    r"(?:\.\w\w)?)[\])]",
    re.IGNORECASE,
)
_TAG_AT_END = re.compile(r"[\s._-]+(?:hd|4k|hq)$", re.IGNORECASE)
_LEADING_GROUP = re.compile(r"^\[[^\]\d][^\]]*\]\s*(?=\S)")
_COUNTED_WORD = r"(?:video|zoom|movie|recording|output|untitled)[ _-]?\d+"
_SPACES = re.compile(r"\s+")
_KEYCAPS = re.compile("(?:\\d\ufe0f?\u20e3)+|\U0001f51f")
_COPY_OF = re.compile(
    r"^(?:copy|kopie|copia|copie|cópia|kopia)(?: ?\(?\d{1,2}\)?)? (?:of|von|van|de|di|av) (?=\S)", re.IGNORECASE
)
_A_COPY = re.compile(
    r"(?:\s+[-–]\s*|\s+|_)(?:copy|kopie|copia|copie|cópia|kopia)(?:[ _]?\(?\d{1,2}\)?)?$", re.IGNORECASE
)
_NO_PLACE = re.compile(r"^(?:NA|N/A|None)\s+-\s+(?=\S)")
_LONG_NUMBER_FIRST = re.compile(r"^(\d{6,})[ _-]+(?=[^\W\d_])")
_POST_AT_END = re.compile(r"\s*[-_ ]\d{9,}$")
_LAST_FIGURE = re.compile(r"[ _-](\d{1,2})$")
_CODE = "EN|ENG|FR|FRE|FRA|DE|GER|DEU|ES|ESP|SPA|IT|ITA|NL|DUT|PT|POR|RU|RUS|JP|JPN|PL|POL|SV|SWE"
_LANGUAGE_AT_END = re.compile(
    rf"(?:[. ]+(?:-[. ]+)?(?:sub[. ])?(?:{_CODE})(?:[. ]+\([^)]*\))?)+[. ]*$|"
    r"(?:[. ]+(?:FRENCH|TRUEFRENCH|VOSTFR|GERMAN|i?TALi?[AI]N|SPANi?SH|ENGLi?SH|DUTCH|MULTi|SUBBED|DUBBED|DL))+[. ]*$"
)
_WORD = re.compile(r"[A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]{2,}|[A-Z]{3,}(?![a-z])")
_HUMP = re.compile(r"(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ])")
_UNDER_NUMBER = re.compile(r"^(\d{1,4}[a-d]?)_+(?=[^\W_])")
_SLUG = re.compile(r"[^\W_]+(?:[-_.]+[^\W_]+){2,}")
_WORD_PLUS = re.compile(r"\+(?=[^\W\d_])|(?<=[^\W\d_])\+(?=\d)")


def plain(name: str) -> str:
    """`name` with ordinary letters and signs: full-width and styled ones made plain, accents composed."""
    if name.isascii() and name.isprintable():
        return name.strip()
    text = name.translate(_STAND_INS)
    text = _KEYCAPS.sub(_key, text)
    text = "".join(char if char in _LEFT_AS_THEY_ARE else unicodedata.normalize("NFKC", char) for char in text)
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text).translate(_STAND_INS))
    return text.strip()


def _key(match: re.Match[str]) -> str:
    """The figures on keys ("1️⃣"); a full stop after those a name begins with."""
    figures = "10" if match[0] == "\U0001f51f" else "".join(char for char in match[0] if char.isdigit())
    return figures if match.start() else f"{figures}. "


def clean(name: str) -> str:
    """`name` (without its ending) as a person would write it. Never empty unless nothing is left but signs."""
    return _clean(plain(name), name, ids=False)


def clean_all(names: Sequence[str]) -> list[str]:
    """All names of a folder, cleaned: what looks like a video id in most of them is one in all."""
    texts = _without_post_numbers([plain(name) for name in names])
    every = any(_are_ids([pattern.search(text) for text in texts]) for pattern in (_ID_AFTER_HYPHEN, _ID_IN_SQUARE))
    return [_clean(text, name, ids=every) for text, name in zip(texts, names, strict=True)]


def _without_post_numbers(texts: list[str]) -> list[str]:
    """Without the long number of its post that each name begins with, and the place within the post at its end."""
    heads = [_LONG_NUMBER_FIRST.match(text) for text in texts]
    found = [match for match in heads if match is not None]
    if len(found) < 2 or len(found) < len(texts) or any(find_date(match[1]) for match in found):
        return texts
    texts = [text[match.end() :] for text, match in zip(texts, found, strict=True)]
    tails = [_LAST_FIGURE.search(text) for text in texts]
    if all(tail is not None and tails[0] is not None and tail[1] == tails[0][1] for tail in tails):
        texts = [_LAST_FIGURE.sub("", text) for text in texts]
    return texts


def _are_ids(matches: Sequence[re.Match[str] | None]) -> bool:
    """Whether all names end in eleven signs, and most of these look random."""
    found = [match[1] for match in matches if match is not None]
    random = sum(_is_random(text) for text in found)
    return len(found) == len(matches) and random >= 2 and random >= _MOST * len(found)


def trim(text: str) -> str:
    """Without separators at the ends and brackets that have lost their partner; "" if only signs are left."""
    trimmed, before = text, None
    while trimmed != before:
        before = trimmed
        trimmed = trimmed.strip(SEPARATORS).removeprefix("+ ").removesuffix(" +").removesuffix(" &")
        for opening, closing in _BRACKETS:
            trimmed = trimmed.replace(opening + closing, " ")
            if trimmed.endswith(opening) or (trimmed.endswith(closing) and opening not in trimmed):
                trimmed = trimmed[:-1]
            if trimmed.startswith(closing) or (trimmed.startswith(opening) and closing not in trimmed):
                trimmed = trimmed[1:]
    return _SPACES.sub(" ", trimmed) if any(char.isalnum() for char in trimmed) else ""


def is_gibberish(stem: str) -> bool:
    """Whether a name says nothing: a hash, an id, or a word that any file may bear ("video", "1080p")."""
    text = plain(stem).casefold()
    if re.fullmatch(r"(?:video|movie|film|index|main|master|class|media|file|source|stream|output|untitled|"
                    rf"playlist|full|lecture|lesson|recording|{_COUNTED_WORD}|{_TAG}|"
                    rf"[0-9a-f]{{16,}}|[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})",
                    text):  # fmt: skip
        return True
    if re.fullmatch(r"\d{6,}(?:[_-]\d{1,4})*", text):
        return True
    return re.fullmatch(r"[A-Za-z0-9_-]{11,}", stem) is not None and len(stem) >= 11 and _is_noise(stem)


def _is_noise(stem: str) -> bool:
    """Whether small letters, capitals and digits change so often that nobody wrote this."""
    if sum(len(word) for word in _WORD.findall(stem)) >= _MOST * sum(char.isalpha() for char in stem):
        return False
    kinds = ["d" if char.isdigit() else "u" if char.isupper() else "l" for char in stem if char.isalnum()]
    changes = sum(one != other for one, other in pairwise(kinds))
    return len(set(kinds)) == 3 and changes * 3 >= len(kinds)


def _clean(text: str, name: str, *, ids: bool) -> str:
    dotted = " " not in text and text.count(".") >= 2
    text = _without_ids(_NO_PLACE.sub("", text), ids)
    whole = text
    text = _without_tags(text)
    text = _of_release(text, tagged=text != whole) if dotted else text
    text = _open_out(text)
    text = _A_COPY.sub("", _COPY_OF.sub("", text))
    text = _TAG_AT_END.sub("", text) if len(text.split()) > 1 else text
    return trim(text) or _SPACES.sub(" ", name).strip()


def _of_release(text: str, *, tagged: bool) -> str:
    """A name in dots without the languages at its end; the year of a tagged one parts the series from the title."""
    text = _SPACED_POINTS.sub(".", text.strip(" ."))
    shorter = text if text.isupper() else _LANGUAGE_AT_END.sub("", text)
    if tagged and not _NUMBERED.search(shorter) and (match := _YEAR.match(shorter)):
        return match["after"]
    return shorter if shorter.strip(SEPARATORS) else text


def _without_ids(text: str, every: bool) -> str:
    shorter = _SITE_ID.sub("", _LONG_ID.sub("", text.rstrip(" .")))
    if (post := _POST_AT_END.search(shorter)) and not find_date(post[0].lstrip(" -_")):
        shorter = shorter[: post.start()]
    if match := _ID_IN_BRACKETS.search(shorter):
        square, rounded = match["square"], match["round"]
        if (
            every
            or (square and not re.fullmatch(r"[a-z]+-?[a-z]*|[A-Z]?[a-z]+|[A-Z]+", square))
            or (rounded and _is_random(rounded))
        ):
            shorter = shorter[: match.start()]
    elif (match := _ID_AFTER_HYPHEN.search(shorter)) and (every or _is_random(match[1])):
        shorter = shorter[: match.start()]
    return shorter if shorter.strip(SEPARATORS) else text


def _is_random(text: str) -> bool:
    """Whether eleven signs look like a video's id rather than words."""
    has_digit = any(char.isdigit() for char in text)
    changes = len(re.findall(r"[a-z][A-Z]|[A-Za-z]\d|\d[A-Za-z]|[-_][A-Za-z0-9]?[A-Z]", text))
    lower, upper = any(char.islower() for char in text), any(char.isupper() for char in text)
    return (lower and upper and has_digit) or (lower and upper and changes >= 2 and "-" not in text[1:-1])


def _open_out(text: str) -> str:
    """Spaces where underscores, full stops, hyphens, plus signs or capitals stand for them."""
    text = text.strip()
    if " " in text:
        return _UNDER_NUMBER.sub(r"\1 - ", text).replace("_", " ")
    if "%20" in text:
        text = text.replace("%20", " ")
    if " " not in text and "_" in text:
        text = re.sub(r"_+-_+", " - ", text).replace("_", " ")
    if " " not in text and text.count(".") >= 2:
        text = _without_points(text)
    if " " not in text and text.count("+") >= 2:
        text = _WORD_PLUS.sub(" ", text)
    if " " not in text and _SLUG.fullmatch(text) and text.count("-") >= 2:
        text = _from_slug(text)
    if " " not in text and not is_gibberish(text) and len(_HUMP.findall(text)) >= 2 and re.search(r"[a-z][A-Z]", text):
        text = _HUMP.sub(" ", text)
    return text


def _without_points(text: str) -> str:
    """Spaces for full stops, but for those within a date and between the two numbers at the head."""
    date, head = find_date(text), re.match(r"\d{1,2}\.\d{1,2}(?=\.\D)", text)
    start, end = (date.start, date.end) if date else (0, head.end()) if head else (0, 0)
    return text[:start].replace(".", " ") + text[start:end] + text[end:].replace(".", " ")


def _from_slug(text: str) -> str:
    """The words of an address: "01-mid-back-release" is "01 Mid back release". A date or numbers at its head
    keep their hyphens, because they are read by them."""
    match = re.match(r"(?:\d+-)*(?:s\d+-?)?(?:e\d+-)?", text, re.IGNORECASE)
    head = match[0] if match else ""
    words = text[len(head) :].replace("-", " ")
    if words and words.islower():
        words = words[0].upper() + words[1:]
    return f"{head.rstrip('-')} {words}" if head and words else words or text


def _without_tags(text: str) -> str:
    """Two or more release tags in a row of words mean that the rest is release talk too."""
    whole = text
    text = _PLAIN_TAG_GROUP.sub(" ", _TAG_GROUP.sub(" ", text))
    text = re.sub(r"(?<=\s)-[A-Za-z0-9]+$", "", text) if text != whole else text
    tags = list(_TAG_WORD.finditer(text))
    if len(tags) >= 2 and text[: tags[0].start()].strip(SEPARATORS):
        text = text[: tags[0].start()]
    elif tags and text[: tags[0].start()].strip(SEPARATORS):
        last = tags[-1]
        rest = text[last.end() :]
        group = re.fullmatch(r"-[A-Za-z0-9]+(?:[\[(].*)?", rest.rstrip(" ."))
        text = text[: last.start()] + (" " if group else " " + rest)
    shorter = _LEADING_GROUP.sub("", text)
    shorter = shorter if shorter.strip(SEPARATORS) else text
    return shorter if shorter.strip(SEPARATORS) else whole
