# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts classes that lie in several files together: their files before anything else is read, and what was read of
each of them afterwards. Pure: it looks at nothing on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path

from player.domain.media import MediaPart
from player.domain.models import FileIdentity, Phase, PhaseKind, Source
from player.domain.plan import Joinable, KnownFile, LeftOut, PlannedClass, ProblemReason
from player.domain.timeline import tidy_phases
from player.domain.together import Decisions, key_of
from player.domain.vocabulary import Vocabulary
from player.importing.chapter_files import LONGEST_CHAPTER_MS, SplitClass, split_into_chapters
from player.importing.probed import Chapter, Probed
from player.importing.scan import FoundFile, FoundFolder, Piece
from player.importing.sifting import PASSING

_OF_ONE_PIECE = frozenset(
    {"title", "episode_sort", "episode", "episode_id", "part_number", "track", "tracknumber", "album", "show"}
)
"""Tags that are about the first piece and not about the class."""
_FEWEST_KINDS = 3


@dataclass
class Joiner:
    """Remembers what it could not decide, and what it left out."""

    vocabulary: Vocabulary
    decided: Decisions = field(default_factory=dict)
    joinable: list[Joinable] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def folder(self, found: FoundFolder) -> FoundFolder:
        """`found` with each class that surely lies in several files as one file, here and below."""
        below = tuple(self.folder(inner) for inner in found.folders)
        media = self._joined(found) if len(found.media) > 1 else found.media
        if media == found.media and below == found.folders:
            return found
        return replace(found, media=media, folders=below)

    def _joined(self, found: FoundFolder) -> tuple[FoundFile, ...]:
        media = found.media
        splits = split_into_chapters([file.stem for file in media], found.path.name, is_phase=self._is_phase)
        gone: set[int] = set()
        whole: dict[int, FoundFile] = {}
        for split in splits:
            mine = [file.index for file in split.files]
            key = key_of((media[index].path.name, media[index].size) for index in mine)
            if not self.decided.get(key, split.sure):
                self._offer(split, [media[index].path for index in mine], key)
            elif split.whole is not None:
                gone.update(mine)
                why = f"a chapter of “{media[split.whole].path.name}”, which lies beside it"
                self.left_out += [LeftOut(media[index].path, why) for index in mine]
            else:
                gone.update(mine[1:])
                whole[mine[0]] = _one_file(split, media)
        return tuple(whole.get(index, file) for index, file in enumerate(media) if index not in gone)

    def _offer(self, split: SplitClass, paths: Sequence[Path], key: str) -> None:
        """The phases of a class are of several kinds, and do not count."""
        titles = [file.title for file in split.files if file.title]
        kinds = {self.vocabulary.recognise_kind(title) for title in titles} - {PhaseKind.OTHER}
        unlikely = titles and (len(kinds) < _FEWEST_KINDS or any(char.isdigit() for char in "".join(titles)))
        if unlikely and not split.sure and key not in self.decided:
            return
        self.joinable.append(Joinable(split.title, tuple(paths), tuple(file.title for file in split.files), key))

    def _is_phase(self, title: str) -> bool:
        return self.vocabulary.recognise_kind(title) is not PhaseKind.OTHER


def _one_file(split: SplitClass, media: Sequence[FoundFile]) -> FoundFile:
    files = [(media[file.index], file.title) for file in split.files]
    pieces = tuple(Piece(file.path, file.size, file.modified_ns, title) for file, title in files)
    return replace(files[0][0], name=split.name, pieces=pieces)


def is_same(file: FoundFile, known: KnownFile | None) -> bool:
    """Whether a file, or all files of a class, are as they were when they were read last."""
    parts = known.planned.parts if known is not None and known.planned is not None else ()
    if not file.pieces and not parts:
        return is_as_known(file, known)
    return [(part.path, part.size, part.modified_ns) for part in parts] == [
        (piece.path, piece.size, piece.modified_ns) for piece in file.pieces
    ]


def is_as_known(file: FoundFile, known: KnownFile | None) -> bool:
    """The same for one file alone, whatever it belongs to."""
    return known is not None and (known.size, known.modified_ns) == (file.size, file.modified_ns)


def incomplete(files: Iterable[FoundFile], known: Mapping[Path, KnownFile]) -> dict[Path, str]:
    """Files of classes of which some are there and others are not, with the reason why they have to wait. Where
    as many files as ever are one class now, some were only renamed."""
    by_path = {path: file for file in files for path in paths_of(file)}
    waiting: dict[Path, str] = {}
    for one in known.values():
        parts = one.planned.parts if one.planned is not None else ()
        here = [part.path for part in parts if part.path in by_path]
        if not here or len(here) == len(parts):
            continue
        if any(len(by_path[path].pieces) >= len(parts) for path in here):
            continue
        lost = next(part.path.name for part in parts if part.path not in by_path)
        waiting.update(dict.fromkeys(here, f"a part of a class of which “{lost}” is missing"))
    return waiting


def paths_of(file: FoundFile) -> tuple[Path, ...]:
    """Where a file lies, or all files of a class."""
    return tuple(piece.path for piece in file.pieces) or (file.path,)


def joined(file: FoundFile, probed: Sequence[Probed]) -> tuple[Probed, tuple[MediaPart, ...]]:
    """What was read of all files of a class as if it were one file, and the files with what a player needs."""
    first = probed[0]
    spoilt = [place for place, one in enumerate(probed) if one.reason is not None]
    spoilt.sort(key=lambda place: probed[place].reason not in PASSING)
    reason, message = None, ""
    if spoilt:
        trouble = probed[spoilt[0]]
        reason = trouble.reason if trouble.reason in PASSING else ProblemReason.DAMAGED
        message = f"“{file.pieces[spoilt[0]].path.name}”, one of its {len(probed)} files: {trouble.message}"
    parts = [
        MediaPart(piece.path, piece.size, piece.modified_ns, one.duration_ms, known_format, one.facts)
        for piece, one in zip(file.pieces, probed, strict=True)
        if (known_format := one.format or first.format) is not None
    ]
    whole = Probed(
        reason=reason,
        message=message,
        identity=_identity([one.identity for one in probed]),
        format=first.format,
        duration_ms=sum(one.duration_ms for one in probed),
        facts=first.facts,
        chapters=() if _has_titles(file) else tuple(_chapters(probed)),
        tags={name: text for name, text in first.tags.items() if name not in _OF_ONE_PIECE},
        caption_languages=tuple(
            language
            for language in dict.fromkeys(first.caption_languages)
            if all(language in one.caption_languages for one in probed)
        ),
    )
    return whole, tuple(parts)


def phases_by_name(
    file: FoundFile, parts: Sequence[MediaPart], kind_of: Callable[[str], PhaseKind]
) -> tuple[Phase, ...]:
    """One phase for each chapter that is a file; none for mere pieces."""
    if not _has_titles(file):
        return ()
    marks, start_ms = [], 0
    for piece, part in zip(file.pieces, parts, strict=True):
        end_ms = start_ms + part.duration_ms
        marks.append(Phase(kind_of(piece.title), piece.title, start_ms, end_ms, Source.FILE_NAME))
        start_ms = end_ms
    return tidy_phases(marks, start_ms)


def offered(series_classes: Iterable[PlannedClass], joinable: Sequence[Joinable]) -> tuple[Joinable, ...]:
    """Those of `joinable` all of whose files are classes of a series, and short enough where they may be phases."""
    lengths = {planned.path: planned.duration_ms for planned in series_classes}
    return tuple(
        one
        for one in joinable
        if lengths.keys() >= set(one.paths)
        and not (any(one.titles) and max(lengths[path] for path in one.paths) > LONGEST_CHAPTER_MS)
    )


def _has_titles(file: FoundFile) -> bool:
    return bool(file.pieces) and all(piece.title for piece in file.pieces)


def _identity(identities: Sequence[FileIdentity]) -> FileIdentity:
    digest = blake2b(digest_size=16)
    for one in identities:
        digest.update(f"{one.size} {one.digest}\n".encode())
    return FileIdentity(sum(one.size for one in identities), digest.hexdigest())


def _chapters(probed: Sequence[Probed]) -> Iterable[Chapter]:
    """The chapters in the files, each at its place in the class."""
    start_ms = 0
    for one in probed:
        for chapter in one.chapters:
            yield replace(chapter, start_ms=start_ms + chapter.start_ms, end_ms=start_ms + chapter.end_ms)
        start_ms += one.duration_ms
