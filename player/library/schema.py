# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables of the library. Rows never leave this package.

What a class *is* (its row, phases, props …) holds the values in force. Where the user has edited a field,
an edit row keeps what the import found, so that a rescan changes only that and the edit can be taken back.
Nothing that a person did hangs on a row that an import deletes: classes and practices are never cascaded away.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, MetaData, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from player.domain.media import MediaFacts, MediaFormat
from player.domain.models import AfterClass, ClassState, PhaseKind, Source
from player.library.columns import Facts, FilePath, Moment, Sources, Words, one_of


class Base(DeclarativeBase):
    """Constraint names follow one pattern, so that later versions can address them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012  SQLAlchemy reads it from the class
        str: Words,
        Path: FilePath,
        datetime: Moment,
        MediaFacts: Facts,
        Mapping[str, Source]: Sources,
        Any: JSON,
        Source: one_of(Source),
        MediaFormat: one_of(MediaFormat),
        ClassState: one_of(ClassState),
        PhaseKind: one_of(PhaseKind),
        AfterClass: one_of(AfterClass),
    }


class MetaRow(Base):
    """Facts about the library itself, by name."""

    __tablename__ = "meta"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class SourceFolderRow(Base):
    """A folder the user gave."""

    __tablename__ = "source_folder"

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[Path] = mapped_column(unique=True)
    added: Mapped[datetime]
    scanned: Mapped[datetime]


class SeriesRow(Base):
    """`folder` makes it the same series at the next scan. A removed series is hidden, with all its history."""

    __tablename__ = "series"

    id: Mapped[int] = mapped_column(primary_key=True)
    folder: Mapped[Path] = mapped_column(unique=True)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    poster: Mapped[Path | None]
    sources: Mapped[Mapping[str, Source]] = mapped_column(default=dict)
    removed: Mapped[bool] = mapped_column(default=False)
    # The user has put its classes in order: imports only fit new ones in.
    arranged: Mapped[bool] = mapped_column(default=False, server_default="0")
    added: Mapped[datetime]
    mirrored: Mapped[bool] = mapped_column(default=False)
    rate: Mapped[float] = mapped_column(default=1.0)
    after_class: Mapped[AfterClass] = mapped_column(default=AfterClass.GO_ON)
    settle_ms: Mapped[int | None]
    captions: Mapped[str] = mapped_column(default="", server_default="")


class SeriesEditRow(Base):
    """The user has changed `field` of a series; `found` is what the import says."""

    __tablename__ = "series_edit"

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    found: Mapped[Any] = mapped_column(nullable=True)
    found_source: Mapped[Source | None]
    edited: Mapped[datetime]


class SectionRow(Base):
    """A part of a series (Week 1, Module 2)."""

    __tablename__ = "section"
    __table_args__ = (UniqueConstraint("series_id", "title"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"))
    title: Mapped[str]
    position: Mapped[int]


class ClassRow(Base):
    """A class. Its content (`size`, `digest`) is its identity; `state` is that content's condition, READY or
    DAMAGED: whether the class is MISSING follows from its places."""

    __tablename__ = "class"
    __table_args__ = (
        UniqueConstraint("size", "digest"),
        # Playing order, with everything a filter asks for.
        Index("ix_class_filter", "series_id", "position", "duration_ms", "needs_facet", "focus_facet", "kinds_facet"),
        CheckConstraint("state IN ('ready', 'damaged')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="RESTRICT"))
    section_id: Mapped[int | None] = mapped_column(ForeignKey("section.id", ondelete="SET NULL"), index=True)
    position: Mapped[int]
    size: Mapped[int]
    digest: Mapped[str]
    number: Mapped[int | None]
    title: Mapped[str]
    description: Mapped[str]
    duration_ms: Mapped[int]
    format: Mapped[MediaFormat | None]
    facts: Mapped[MediaFacts]
    state: Mapped[ClassState]
    state_reason: Mapped[str]
    poster: Mapped[Path | None]
    sources: Mapped[Mapping[str, Source]]
    added: Mapped[datetime]
    # The user has put it into its series: imports leave it there.
    placed: Mapped[bool] = mapped_column(default=False, server_default="0")
    # Phases its description names without times, in order: [kind, title] each.
    outline: Mapped[Any] = mapped_column(default=list, server_default="[]")
    # What its captions were like when their cues were read; "" where they have not been.
    cues_stamp: Mapped[str] = mapped_column(default="", server_default="")
    # What it needs (without what is optional), its focus areas, its kinds of phases: sets in `facet`.
    needs_facet: Mapped[int] = mapped_column(default=0, server_default="0")
    focus_facet: Mapped[int] = mapped_column(default=0, server_default="0")
    kinds_facet: Mapped[int] = mapped_column(default=0, server_default="0")


class ClassEditRow(Base):
    """The user has changed `field` of a class; `found` is what the import says."""

    __tablename__ = "class_edit"

    class_id: Mapped[int] = mapped_column(ForeignKey("class.id", ondelete="CASCADE"), primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    found: Mapped[Any] = mapped_column(nullable=True)
    found_source: Mapped[Source | None]
    edited: Mapped[datetime]


class WishRow(Base):
    """What the user wants of something an import is going to bring (see domain.wishes). Gone once it is so."""

    __tablename__ = "wish"

    key: Mapped[str] = mapped_column(primary_key=True)
    wanted: Mapped[Any]


class LeftOutRow(Base):
    """A file the user does not want as a class, by content. `path` and `modified_ns` are those it had then."""

    __tablename__ = "left_out"

    size: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(primary_key=True)
    path: Mapped[Path]
    modified_ns: Mapped[int]


class PlaceRow(Base):
    """Where a class lies. `absence` is "" while the file is there, otherwise a sentence that says why not.
    Only one class can be present at a path."""

    __tablename__ = "place"
    __table_args__ = (
        UniqueConstraint("class_id", "path"),
        Index("ix_place_path", "path"),
        Index("uq_place_present", "path", unique=True, sqlite_where=text("absence = ''")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("class.id", ondelete="CASCADE"))
    path: Mapped[Path]
    modified_ns: Mapped[int]
    raw_name: Mapped[str]
    absence: Mapped[str] = mapped_column(default="")


class PlacePartRow(Base):
    """One of the files of a class that lies in several, in playing order. The place has the path of the first."""

    __tablename__ = "place_part"
    __table_args__ = (Index("ix_place_part_path", "path"),)

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[Path]
    size: Mapped[int]
    modified_ns: Mapped[int]
    duration_ms: Mapped[int]
    format: Mapped[MediaFormat]
    facts: Mapped[MediaFacts]


class TogetherRow(Base):
    """The user has decided whether files with certain names and sizes are one class."""

    __tablename__ = "together"

    key: Mapped[str] = mapped_column(primary_key=True)
    joined: Mapped[bool]


class FolderStampRow(Base):
    """What a folder was like when it was read last: with the same stamp it need not be read again. `tree` is about
    everything below, `series` about the series that begins here ("" for none). `state` is what the library held of
    the folder then; where it holds something else now the stamps are void. `told` is what the reading had to say."""

    __tablename__ = "folder_stamp"

    path: Mapped[Path] = mapped_column(primary_key=True)
    tree: Mapped[str]
    series: Mapped[str]
    state: Mapped[str]
    told: Mapped[Any]


class PhaseRow(Base):
    __tablename__ = "phase"

    class_id: Mapped[int] = mapped_column(ForeignKey("class.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PhaseKind]
    title: Mapped[str]
    start_ms: Mapped[int]
    end_ms: Mapped[int]
    source: Mapped[Source]


class PropRow(Base):
    __tablename__ = "prop"
    __table_args__ = (Index("ix_prop_prop", "prop"),)

    class_id: Mapped[int] = mapped_column(ForeignKey("class.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    prop: Mapped[str]
    optional: Mapped[bool]


class FocusRow(Base):
    __tablename__ = "focus"
    __table_args__ = (Index("ix_focus_focus", "focus"),)

    class_id: Mapped[int] = mapped_column(ForeignKey("class.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    focus: Mapped[str]


class CaptionRow(Base):
    __tablename__ = "caption"

    class_id: Mapped[int] = mapped_column(ForeignKey("class.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str]
    source: Mapped[str]


class CueRow(Base):
    """A caption as it is said, for the search."""

    __tablename__ = "cue"

    class_id: Mapped[int] = mapped_column(ForeignKey("class.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    start_ms: Mapped[int]
    end_ms: Mapped[int]
    text: Mapped[str]


class ProgressRow(Base):
    """How far the user is in a class. Apart from the class, so that an import never touches it."""

    __tablename__ = "progress"
    __table_args__ = (Index("ix_progress_last_practised", "last_practised"),)

    class_id: Mapped[int] = mapped_column(ForeignKey("class.id", ondelete="RESTRICT"), primary_key=True)
    position_ms: Mapped[int] = mapped_column(default=0)
    done: Mapped[bool] = mapped_column(default=False)
    favourite: Mapped[bool] = mapped_column(default=False, server_default="0")
    last_practised: Mapped[datetime | None]


class PracticeRow(Base):
    """One sitting. `utc_offset_min` keeps the day it was for the person who practised."""

    __tablename__ = "practice"
    __table_args__ = (Index("ix_practice_class_id", "class_id"), Index("ix_practice_started", "started"))

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("class.id", ondelete="RESTRICT"))
    started: Mapped[datetime]
    utc_offset_min: Mapped[int]
    played_ms: Mapped[int]
    finished: Mapped[bool]


class PracticePhaseRow(Base):
    """The part of a practice in one phase. Kind and title are as they were on the day: phases may be marked
    anew later, what was practised stays."""

    __tablename__ = "practice_phase"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"), primary_key=True)
    phase: Mapped[int] = mapped_column(primary_key=True)
    played_ms: Mapped[int]
    kind: Mapped[PhaseKind | None]
    title: Mapped[str]


class QueueItemRow(Base):
    __tablename__ = "queue_item"

    position: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("class.id", ondelete="CASCADE"), index=True)
    phase: Mapped[int | None]
    added: Mapped[bool]


class FacetRow(Base):
    """A set of words that classes share ("block", "chair"). Many classes, few sets: a filter looks at the sets."""

    __tablename__ = "facet"

    id: Mapped[int] = mapped_column(primary_key=True)
    members: Mapped[str] = mapped_column(unique=True)


class ChangeCountRow(Base):
    """Counts changes of what filters ask for: `classes` (order, length, facets, series) and `marks` (done,
    favourite). Triggers of the database count, so that no writer can forget it; who has read at the same count
    has read the same."""

    __tablename__ = "change_count"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  SQLAlchemy reads it from the class

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]


class SearchWordRow(Base):
    """A word of the search index (the virtual table `search`). Words that are no longer used may stay."""

    __tablename__ = "search_word"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  SQLAlchemy reads it from the class

    word: Mapped[str] = mapped_column(primary_key=True)
