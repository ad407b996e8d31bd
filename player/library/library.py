# SPDX-License-Identifier: GPL-3.0-or-later
"""The library as the other rooms see it: values in, values out, one unit of work per method.

All methods block and may be called from any thread; none may be called from a thread that must not wait.
All may raise LibraryError. Nothing here ever touches the user's videos.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self, Unpack

from player.domain.captions import Captioned, Cue, ReadCaptions
from player.domain.errors import LibraryError
from player.domain.models import (
    ClassId,
    ClassState,
    ClassVideo,
    FileIdentity,
    Series,
    SeriesId,
    SeriesPreferences,
    Source,
)
from player.domain.plan import ImportPlan, ImportReport, KnownFile
from player.domain.practice import Practice
from player.domain.progress import CancelToken, ProgressCallback, no_progress
from player.domain.query import Choices, Hit, Query
from player.domain.queue import Queue
from player.domain.together import Decisions
from player.domain.wishes import Wishes
from player.library import checking, editing, practising, reading, searching, states, stored, waiting
from player.library import cues as captions
from player.library.applying import apply_plan
from player.library.checking import CheckReport
from player.library.database import WAIT_MS, Database
from player.library.fields import ClassFields, SeriesFields
from player.library.filling import fill, is_full
from player.library.filters import FilterBook
from player.library.opening import prepare
from player.library.schema import ClassRow
from player.library.stamps import LibraryMemory, forget


class Library:
    """One library file. Owns its connections; `close` releases them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._filters = FilterBook()

    @classmethod
    def open(cls, path: Path, *, wait_ms: int = WAIT_MS, fill_index: bool = True) -> Self:
        """Open the library at `path`; make it, or bring it to this version with a backup, where needed.

        `wait_ms` is how long to wait for another program that is writing. Without `fill_index` a library that has
        no search index yet is left so: `fill_index` is then to be called in the background.
        Raises LibraryTooNew, LibraryDamaged, LibraryUnwritable; the file is then as it was.
        """
        prepare(path, wait_ms=wait_ms)
        database = Database(path, wait_ms)
        try:
            if fill_index:
                fill(database, no_progress, CancelToken())
        except LibraryError:
            database.close()
            raise
        return cls(database)

    def close(self) -> None:
        """Release the file. Waits for a write that is under way."""
        self._database.close()

    @property
    def path(self) -> Path:
        return self._database.path

    def series_list(self) -> tuple[Series, ...]:
        """All series that have classes, in natural order of their titles."""
        with self._database.read() as session:
            return reading.read_series(session)

    def series(self, series_id: SeriesId) -> Series:
        """Raises NotFound."""
        with self._database.read() as session:
            return reading.one_series(session, series_id)

    def find_series(self, text: str) -> Series:
        """By id, exact title, or a beginning of the title (in any case) that only one has. Raises NotFound."""
        with self._database.read() as session:
            return reading.find_series(session, text)

    def classes(self, series_id: SeriesId) -> tuple[ClassVideo, ...]:
        """The classes of a series in playing order; none if there is no such series."""
        with self._database.read() as session:
            return reading.read_classes(session, ClassRow.series_id == series_id)

    def class_video(self, class_id: ClassId) -> ClassVideo:
        """Raises NotFound."""
        with self._database.read() as session:
            return reading.one_class(session, class_id)

    def find_class(self, text: str) -> ClassVideo:
        """By id ("17") or "SERIES/NUMBER". Raises NotFound."""
        with self._database.read() as session:
            return reading.find_class(session, text)

    def series_class_ids(self, series_id: SeriesId) -> tuple[ClassId, ...]:
        """The classes of a series in playing order, by id; none if there is no such series."""
        with self._database.read() as session:
            return reading.series_class_ids(session, series_id)

    def class_titles(self, class_ids: Iterable[ClassId]) -> dict[ClassId, str]:
        """The titles of these classes, as far as they are in the library."""
        with self._database.read() as session:
            return reading.class_titles(session, class_ids)

    def continue_class(self) -> ClassVideo | None:
        """The ready class that was left last and is still under way."""
        with self._database.read() as session:
            return reading.continue_class(session)

    def class_to_go_on_with(self) -> ClassVideo | None:
        """What to play where nothing is named: the class left last, else what follows what was practised last."""
        with self._database.read() as session:
            return reading.class_to_go_on_with(session)

    def fill_index(self, progress: ProgressCallback = no_progress, cancel: CancelToken | None = None) -> None:
        """Make the search index of a library that has none, or go on with it. Takes seconds for ten thousand
        classes. Raises Cancelled; what is in by then stays."""
        fill(self._database, progress, cancel or CancelToken())

    def index_is_full(self) -> bool:
        """Whether the search knows all classes already."""
        with self._database.read() as session:
            return is_full(session)

    def search(self, query: Query, limit: int = 50) -> tuple[Hit, ...]:
        """What matches all words of the query among what meets its filters, best first; nothing for no words.

        Each word may be the beginning of one; accents, case and endings do not count. Any text will do.
        """
        with self._database.read() as session:
            return searching.search(session, query, self._filters.allowed(session, query), limit)

    def search_by_kind(self, query: Query, each: int = 5) -> tuple[Hit, ...]:
        """The same, with at most `each` hits of each kind: series, classes, phases, captions."""
        with self._database.read() as session:
            return searching.search_by_kind(session, query, self._filters.allowed(session, query), each)

    def filtered(self, query: Query, limit: int | None = None) -> tuple[ClassId, ...]:
        """The first `limit` classes that meet the filters of the query, by series and in playing order; its words
        are passed over."""
        with self._database.read() as session:
            return tuple(self._filters.allowed(session, query).ids(0, limit))

    def count(self, query: Query) -> int:
        """How many classes meet the filters of the query."""
        with self._database.read() as session:
            return self._filters.allowed(session, query).count

    def choices(self) -> Choices:
        """What filters can ask for."""
        with self._database.read() as session:
            return self._filters.choices(session)

    def class_videos(self, class_ids: Iterable[ClassId]) -> dict[ClassId, ClassVideo]:
        """These classes, as far as they are in the library."""
        with self._database.read() as session:
            return {one.id: one for one in reading.read_classes(session, ClassRow.id.in_(list(class_ids)))}

    def captioned(self) -> tuple[Captioned, ...]:
        """All classes that are there and have captions, or had some when they were read last."""
        with self._database.read() as session:
            return captions.captioned(session)

    def save_cues(self, read: Sequence[ReadCaptions]) -> None:
        """Keep the words of captions for the search, in the place of what was there."""
        with self._database.write() as session:
            captions.save_cues(session, read)

    def cues(self, class_id: ClassId) -> tuple[Cue, ...]:
        """The words of the captions of a class, as far as they have been read, in order."""
        with self._database.read() as session:
            return captions.cues(session, class_id)

    def set_favourite(self, class_id: ClassId, favourite: bool) -> None:
        """Raises NotFound."""
        with self._database.write() as session:
            practising.set_favourite(session, class_id, favourite)

    def known_files(self) -> dict[Path, KnownFile]:
        """Every file the library knows of, by path; damaged ones without a plan, so that they are read again."""
        with self._database.read() as session:
            return waiting.left_out_files(session) | stored.read_known_files(session)

    def memory(self) -> LibraryMemory:
        """What is remembered of earlier imports: a plan made with it passes over what has not changed since."""
        return LibraryMemory(self._database)

    def source_folders(self) -> tuple[Path, ...]:
        """The folders that the user gave."""
        with self._database.read() as session:
            return states.source_folders(session)

    def apply(
        self, plan: ImportPlan, *, progress: ProgressCallback = no_progress, cancel: CancelToken | None = None
    ) -> ImportReport:
        """Bring what a plan found into the library. Applying it again changes nothing.

        Classes are known by their content; a file that has gone makes its class a missing one. Positions,
        practices and the user's edits stay. Raises Cancelled between batches; what was applied by then stays.
        """
        return apply_plan(self._database, plan, progress, cancel)

    def accept(
        self,
        plan: ImportPlan,
        wishes: Wishes,
        *,
        together: Decisions | None = None,
        anew: bool = False,
        progress: ProgressCallback = no_progress,
        cancel: CancelToken | None = None,
    ) -> ImportReport:
        """`apply` a plan that the user has looked through: what the user wants otherwise becomes the user's own
        edits. `together` are decisions about classes in several files. `anew`: the wishes take the place of all that
        waited for this plan's classes and series (the user has seen those). All is on disk before anything else is
        done: should the import not come to its end, the next one fulfils the rest. Raises like `apply`."""
        with self._database.write() as session:
            if anew:
                waiting.supersede(session, plan)
            waiting.record(session, wishes)
            waiting.keep_together(session, together or {})
            forget(session, (one.path for series in plan.series for one in series.classes))
        return self.apply(plan, progress=progress, cancel=cancel)

    def waiting_wishes(self) -> Wishes:
        """What the user wants of classes and series that no import has brought yet."""
        with self._database.read() as session:
            return waiting.read_waiting(session)

    def left_out(self) -> frozenset[Path]:
        """The files that the user left out when looking an import through, where they lay then."""
        with self._database.read() as session:
            return frozenset(waiting.left_out_files(session))

    def known_when_asked_for(self, paths: Iterable[Path]) -> dict[Path, KnownFile] | None:
        """Where files that were left out are asked for by name: what is known of all others, so that those are read
        again. None where `paths` has none of them: `memory` is right then."""
        with self._database.read() as session:
            left_out = waiting.left_out_files(session)
            if left_out.keys().isdisjoint(paths):
                return None
            return stored.read_known_files(session)

    def present(self, identities: Iterable[FileIdentity]) -> dict[FileIdentity, ClassVideo]:
        """Those of these contents that are classes in the library (not of a removed series), as they are now."""
        wanted = list(dict.fromkeys(identities))
        with self._database.read() as session:
            return reading.read_present(session, wanted)

    def remove_series(self, series_id: SeriesId) -> None:
        """Take a series out of the library. Its files stay, and so does its history: importing it again brings
        back positions, practices and edits. Raises NotFound."""
        with self._database.write() as session:
            editing.remove_series(session, series_id)

    def edit_class(self, class_id: ClassId, **values: Unpack[ClassFields]) -> None:
        """The user's own values: no import changes them. Raises NotFound."""
        with self._database.write() as session:
            editing.edit_class(session, class_id, values)

    def restore_class(self, class_id: ClassId, field: str) -> None:
        """Take the user's edit of `field` back: what the import found is in force again. Raises NotFound."""
        with self._database.write() as session:
            editing.restore_class(session, class_id, field)

    def edit_series(self, series_id: SeriesId, **values: Unpack[SeriesFields]) -> None:
        """The user's own values: no import changes them. Raises NotFound."""
        with self._database.write() as session:
            editing.edit_series(session, series_id, values)

    def restore_series(self, series_id: SeriesId, field: str) -> None:
        """Take the user's edit of `field` back: what the import found is in force again. Raises NotFound."""
        with self._database.write() as session:
            editing.restore_series(session, series_id, field)

    def found_in_class(self, class_id: ClassId) -> dict[str, tuple[Any, Source | None]]:
        """For each field of a class that the user has edited: what the import found, and where."""
        with self._database.read() as session:
            return editing.found_in_class(session, class_id)

    def found_in_series(self, series_id: SeriesId) -> dict[str, tuple[Any, Source | None]]:
        """For each field of a series that the user has edited: what the import found, and where."""
        with self._database.read() as session:
            return editing.found_in_series(session, series_id)

    def arrange(self, series_id: SeriesId, class_ids: Sequence[ClassId]) -> None:
        """Put the classes of a series in this order. Imports keep it and fit new classes in. Raises NotFound."""
        with self._database.write() as session:
            editing.arrange(session, series_id, class_ids)

    def set_preferences(self, series_id: SeriesId, preferences: SeriesPreferences) -> None:
        """Raises NotFound."""
        with self._database.write() as session:
            practising.set_preferences(session, series_id, preferences)

    def change_preferences(self, series_id: SeriesId, *, mirrored: bool, rate: float, captions: str) -> None:
        """How the picture and the sound of a series are shown; the other preferences stay. Raises NotFound."""
        with self._database.write() as session:
            practising.change_preferences(session, series_id, mirrored=mirrored, rate=rate, captions=captions)

    def save_position(self, class_id: ClassId, position_ms: int) -> None:
        """Where to resume; 0 clears. The class counts as practised now. On disk on return. Raises NotFound."""
        with self._database.write() as session:
            practising.save_position(session, class_id, position_ms)

    def set_done(self, class_id: ClassId, done: bool) -> None:
        """Raises NotFound."""
        with self._database.write() as session:
            practising.set_done(session, class_id, done)

    def save_practice(self, practice: Practice, practice_id: int | None) -> int:
        """Write a practice, or write it anew over the one with `practice_id`; its id. Raises NotFound."""
        with self._database.write() as session:
            return practising.save_practice(session, practice, practice_id)

    def practices(self, class_id: ClassId | None = None) -> tuple[Practice, ...]:
        """The diary of one class, or all of it, oldest first."""
        with self._database.read() as session:
            return practising.practices(session, class_id)

    def load_queue(self) -> Queue:
        """The queue as it was saved, without classes that were removed since."""
        with self._database.read() as session:
            return practising.load_queue(session)

    def save_queue(self, queue: Queue) -> None:
        """Keep the queue for the next start."""
        with self._database.write() as session:
            practising.save_queue(session, queue)

    def set_class_state(self, class_id: ClassId, state: ClassState, reason: str) -> None:
        """What playing has found out about a class. `reason` is a sentence, "" for READY. Raises NotFound."""
        with self._database.write() as session:
            states.set_class_state(session, class_id, state, reason)

    def look_at(self, class_id: ClassId) -> ClassVideo:
        """The class after a look whether its files are where they were. A sleeping drive may take seconds to
        answer, so this has no place on a thread that others wait for. Raises NotFound."""
        states.refresh_states(self._database, class_id)
        return self.class_video(class_id)

    def refresh_states(self, folder: Path | None = None) -> int:
        """Look whether each file (below `folder`) is where it was; how many classes changed between ready and
        missing."""
        return states.refresh_states(self._database, folder=folder)

    def check(self) -> CheckReport:
        """Integrity of the file and presence of the classes. Changes nothing; reads the whole file."""
        return checking.check(self._database)

    def data_version(self) -> int:
        """A number that changes when another process has written to the library."""
        return self._database.data_version()
