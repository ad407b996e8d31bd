# SPDX-License-Identifier: GPL-3.0-or-later
"""Which files lie in the folders that were asked for: one look at each folder, nothing is opened but files
without a known ending (a few bytes of each). Reads names, sizes and times only; changes nothing.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from player.domain.media import HEAD_BYTES, sniff
from player.domain.plan import LeftOut, Problem, ProblemReason
from player.domain.progress import CancelToken
from player.importing.natural import natural_key

MEDIA_ENDINGS = frozenset(
    [
        ".mp4",
        ".m4v",
        ".mov",
        ".qt",
        ".mkv",
        ".webm",
        ".avi",
        ".divx",
        ".ts",
        ".m2ts",
        ".mts",
        ".mpg",
        ".mpeg",
        ".vob",
        ".flv",
        ".f4v",
        ".ogv",
        ".ogm",
        ".wmv",
        ".asf",
        ".3gp",
        ".3g2",
        ".mp3",
        ".m4a",
        ".m4b",
        ".aac",
        ".ogg",
        ".oga",
        ".opus",
        ".flac",
        ".wav",
        ".wma",
        ".mka",
        ".mk3d",
        ".weba",
    ]
)
SIDECAR_ENDINGS = frozenset(
    [
        ".toml",
        ".nfo",
        ".json",
        ".description",
        ".txt",
        ".xml",
        ".ffmetadata",
        ".vtt",
        ".srt",
        ".ass",
        ".ssa",
        ".sub",
        ".idx",
        ".cue",
        ".md",
        ".url",
        ".jpg",
        ".jpeg",
        ".png",
        ".webp",
        ".gif",
        ".tbn",
        ".bmp",
    ]
)
_KNOWN_OTHERS = frozenset(
    [
        ".pdf",
        ".zip",
        ".rar",
        ".7z",
        ".gz",
        ".doc",
        ".docx",
        ".odt",
        ".html",
        ".htm",
        ".exe",
        ".db",
        ".ini",
        ".log",
        ".py",
        ".sh",
        ".iso",
        ".torrent",
        ".m3u",
        ".m3u8",
        ".pls",
        ".mpd",
    ]
)
_UNFINISHED = re.compile(
    r"\.(?:part|crdownload|ytdl|download|partial|opdownload|aria2|tmp|temp|!ut|!qb|filepart|part-frag\d+)$"
    r"|\.temp\.\w{2,4}$|\.f\d{2,4}(?:-\w+)?\.\w{2,4}$",
    re.IGNORECASE,
)
_SAMPLE = re.compile(r"(?:^|[-._ ])sample$|^sample[-._]", re.IGNORECASE)
_EXTRA = re.compile(r"-(?:trailer|featurette|behindthescenes|deleted|deletedscene)$", re.IGNORECASE)
_EXTRA_OF_ANOTHER = re.compile(r"(.+)-(?:interview|scene|short|other)$", re.IGNORECASE)
"""Words that may as well be a class's own; they make an extra only beside the class they belong to."""

_DVD_MENU = re.compile(r"VIDEO_TS\.VOB|VTS_\d\d_0\.VOB", re.IGNORECASE)
_EXTRA_FOLDERS = frozenset(
    {"extras", "extra", "featurettes", "behind the scenes", "deleted scenes", "trailers", "samples", "sample",
     "interviews", "shorts", "scenes"}
)  # fmt: skip
_SYSTEM_FOLDERS = frozenset(
    {"@eadir", "__macosx", "$recycle.bin", "system volume information", "lost+found", "#recycle", "@recycle"}
)
_SMALLEST_UNNAMED = 512
DEEPEST = 24
_LOOK_EVERY = 64


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of a class that lies in several, and the title of its chapter ("" where the file is a mere piece)."""

    path: Path
    size: int
    modified_ns: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file as a folder lists it. Where `pieces` of one class have been put together, it stands for all of them: path,
    size and time are the first one's, and `name` is what their names have in common."""

    path: Path
    size: int
    modified_ns: int
    name: str = ""
    pieces: tuple[Piece, ...] = ()

    @property
    def stem(self) -> str:
        """The name without its media ending ("13. Mid back"); a name without such an ending is kept whole."""
        if self.name:
            return self.name
        return self.path.stem if self.path.suffix.lower() in MEDIA_ENDINGS else self.path.name


NotYet = Callable[[FoundFile, Sequence[FoundFile]], bool]
"""Whether a file should wait, by itself and by the unfinished downloads of it that lie beside it."""


@dataclass(frozen=True, slots=True)
class FoundFolder:
    """One folder: its media in natural order, the files beside them, and its subfolders that hold media."""

    path: Path
    media: tuple[FoundFile, ...] = ()
    beside: tuple[FoundFile, ...] = ()
    folders: tuple[FoundFolder, ...] = ()

    def walk(self) -> Iterator[FoundFolder]:
        """This folder and all below."""
        yield self
        for folder in self.folders:
            yield from folder.walk()

    def files(self) -> Iterator[FoundFile]:
        """All media here and below."""
        for folder in self.walk():
            yield from folder.media


@dataclass
class Scan:
    """Looks through folders and collects what it could not read or passed over."""

    cancel: CancelToken | None = None
    problems: list[Problem] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    unfinished: dict[Path, list[FoundFile]] = field(default_factory=dict)
    """Unfinished downloads by what they will be called."""
    _seen: set[tuple[int, int]] = field(default_factory=set)

    def folder(self, path: Path, wanted: Iterable[Path] = (), depth: int = 0) -> FoundFolder | None:
        """What lies in `path` and below, or None if no media do. Files in `wanted` were asked for by name:
        they are taken whatever they are called."""
        found = self._look(path, frozenset(wanted), depth, below=True)
        return found if found.media or found.folders else None

    def only(self, path: Path, wanted: Iterable[Path] = ()) -> FoundFolder:
        """What lies in `path` itself, without its subfolders."""
        return self._look(path, frozenset(wanted), 0, below=False)

    def _look(self, path: Path, wanted: frozenset[Path], depth: int, *, below: bool) -> FoundFolder:
        if self.cancel is not None:
            self.cancel.raise_if_cancelled()
        entries = self._entries(path, depth)
        media, beside, folders = [], [], []
        for count, entry in enumerate(entries):
            if self.cancel is not None and count % _LOOK_EVERY == 0:
                self.cancel.raise_if_cancelled()
            if self._is_folder(entry):
                if below and self._is_wanted_folder(entry):
                    inner = self.folder(path / entry.name, wanted, depth + 1)
                    folders.extend([inner] if inner else [])
                continue
            file = self._file(path, entry)
            if file is None:
                continue
            why = "" if file.path in wanted else why_left_out(file)
            if why:
                self.left_out.append(LeftOut(file.path, why))
                if match := _UNFINISHED.search(file.path.name):
                    finished = file.path.with_name(file.path.name[: match.start()] or file.path.name)
                    self.unfinished.setdefault(finished, []).append(file)
            elif file.path in wanted or self._is_media(file):
                media.append(file)
            elif file.path.suffix.lower() in SIDECAR_ENDINGS:
                beside.append(file)
            else:
                self.left_out.append(LeftOut(file.path, "not a video or sound"))
        extras = extras_of_others(media) - {file for file in media if file.path in wanted}
        self.left_out.extend(LeftOut(file.path, "an extra") for file in media if file in extras)
        media = [file for file in media if file not in extras]
        return FoundFolder(path, tuple(media), tuple(beside), tuple(folders))

    def _entries(self, path: Path, depth: int) -> Sequence[os.DirEntry[str]]:
        """The entries of a folder in natural order; none if it was seen before or cannot be read."""
        try:
            info = path.stat()
            here = (info.st_dev, info.st_ino)
            if here in self._seen and here != (0, 0):
                self.left_out.append(LeftOut(path, "a link to a folder that is already looked at"))
                return ()
            self._seen.add(here)
            if depth > DEEPEST:
                self.left_out.append(LeftOut(path, "folders are nested too deeply"))
                return ()
            with os.scandir(path) as entries:
                return sorted(entries, key=lambda entry: natural_key(entry.name))
        except OSError as error:
            self.problems.append(Problem(path, ProblemReason.UNREADABLE, _unreadable_folder(error)))
            return ()

    def _is_folder(self, entry: os.DirEntry[str]) -> bool:
        try:
            return entry.is_dir()
        except OSError:
            return False

    def _is_wanted_folder(self, entry: os.DirEntry[str]) -> bool:
        why = why_folder_left_out(entry.name)
        if why:
            self.left_out.append(LeftOut(Path(entry.path), why))
        return not why

    def _file(self, folder: Path, entry: os.DirEntry[str]) -> FoundFile | None:
        path = folder / entry.name
        try:
            info = entry.stat()
        except OSError as error:
            if path.suffix.lower() in MEDIA_ENDINGS:
                self.problems.append(Problem(path, ProblemReason.UNREADABLE, _unreadable_file(error)))
            return None
        if not stat.S_ISREG(info.st_mode):
            self.left_out.append(LeftOut(path, "not an ordinary file"))
            return None
        return FoundFile(path, info.st_size, info.st_mtime_ns)

    def _is_media(self, file: FoundFile) -> bool:
        ending = file.path.suffix.lower()
        if ending in MEDIA_ENDINGS:
            return True
        if ending in SIDECAR_ENDINGS or ending in _KNOWN_OTHERS or file.size < _SMALLEST_UNNAMED:
            return False
        try:
            with file.path.open("rb") as opened:
                return sniff(opened.read(HEAD_BYTES)) is not None
        except OSError:
            return False


def why_folder_left_out(name: str) -> str:
    """Why a folder is passed over by its name; "" if it is not."""
    name = name.casefold()
    if name.startswith(".") or name in _SYSTEM_FOLDERS:
        return "a hidden or system folder"
    return "extras or samples" if name in _EXTRA_FOLDERS else ""


def why_left_out(file: FoundFile) -> str:
    """Why a file is passed over by its name alone; "" if it is not."""
    name, stem = file.path.name, file.path.stem
    if name.startswith(".") or name.casefold() in ("thumbs.db", "desktop.ini"):
        return "a hidden or system file"
    if _UNFINISHED.search(name):
        return "an unfinished download or a leftover of one"
    if file.path.suffix.lower() not in MEDIA_ENDINGS:
        return ""
    if _SAMPLE.search(stem):
        return "a sample"
    if _DVD_MENU.fullmatch(name):
        return "a menu of a DVD"
    return "an extra" if _EXTRA.search(stem) else ""


def extras_of_others(media: Sequence[FoundFile]) -> frozenset[FoundFile]:
    """Those of the media of one folder that are extras of another one there ("Hips.mp4", "Hips-short.mp4")."""
    stems = {file.stem.casefold() for file in media}
    return frozenset(
        file
        for file in media
        if (match := _EXTRA_OF_ANOTHER.fullmatch(file.stem)) is not None and match[1].casefold() in stems
    )


def _unreadable_folder(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "There is no file or folder here. Check the name, or connect the drive it is on."
    why = (error.strerror or "unknown error").lower()
    return f"The folder cannot be read ({why}), so nothing in it was imported. Check that you may open it."


def _unreadable_file(error: OSError) -> str:
    why = (error.strerror or "unknown error").lower()
    return f"The file cannot be read ({why}). Check that you may open it and that its drive is well."
