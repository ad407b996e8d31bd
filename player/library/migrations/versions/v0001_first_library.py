# SPDX-License-Identifier: GPL-3.0-or-later
"""Version 1: series, classes and what is known of them, practice and queue."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables of version 1."""
    _library()
    _series()
    _classes()
    _contents()
    _practice()


def _library() -> None:
    op.create_table("meta", _text("name"), _text("value"), _key("meta", "name"))
    op.create_table(
        "source_folder",
        _id(),
        _path("path"),
        _moment("added"),
        _moment("scanned"),
        _key("source_folder", "id"),
        sa.UniqueConstraint("path", name="uq_source_folder_path"),
    )


def _series() -> None:
    op.create_table(
        "series",
        _id(),
        _path("folder"),
        _text("title"),
        _text("description"),
        _path("poster", nullable=True),
        _text("sources"),
        sa.Column("removed", sa.Boolean, nullable=False),
        _moment("added"),
        sa.Column("mirrored", sa.Boolean, nullable=False),
        sa.Column("rate", sa.Double, nullable=False),
        _choice("after_class"),
        _number("settle_ms", nullable=True),
        _key("series", "id"),
        sa.UniqueConstraint("folder", name="uq_series_folder"),
    )
    op.create_table("series_edit", _number("series_id"), *_edit(), *_part_of("series_edit", "series", "field"))
    op.create_table(
        "section",
        _id(),
        _number("series_id"),
        _text("title"),
        _number("position"),
        _key("section", "id"),
        _reference("section", "series_id", "series", "CASCADE"),
        sa.UniqueConstraint("series_id", "title", name="uq_section_series_id_title"),
    )


def _classes() -> None:
    op.create_table(
        "class",
        _id(),
        _number("series_id"),
        _number("section_id", nullable=True),
        _number("position"),
        _number("size"),
        _text("digest"),
        _number("number", nullable=True),
        _text("title"),
        _text("description"),
        _number("duration_ms"),
        _choice("format", nullable=True),
        _text("facts"),
        _choice("state"),
        _text("state_reason"),
        _path("poster", nullable=True),
        _text("sources"),
        _moment("added"),
        _key("class", "id"),
        _reference("class", "series_id", "series", "RESTRICT"),
        _reference("class", "section_id", "section", "SET NULL"),
        sa.UniqueConstraint("size", "digest", name="uq_class_size_digest"),
        sa.CheckConstraint("state IN ('ready', 'damaged')", name=op.f("ck_class_state")),
    )
    op.create_index("ix_class_section_id", "class", ["section_id"])
    op.create_index("ix_class_series_id_position", "class", ["series_id", "position"])
    op.create_table("class_edit", _number("class_id"), *_edit(), *_part_of("class_edit", "class", "field"))
    op.create_table(
        "place",
        _id(),
        _number("class_id"),
        _path("path"),
        _number("modified_ns"),
        _text("raw_name"),
        _text("absence"),
        _key("place", "id"),
        _reference("place", "class_id", "class", "CASCADE"),
        sa.UniqueConstraint("class_id", "path", name="uq_place_class_id_path"),
    )
    op.create_index("ix_place_path", "place", ["path"])
    op.create_index("uq_place_present", "place", ["path"], unique=True, sqlite_where=sa.text("absence = ''"))


def _contents() -> None:
    """What belongs to one class, in order."""
    place = (_number("class_id"), _number("position"))
    op.create_table(
        "phase",
        *place,
        _choice("kind"),
        _text("title"),
        _number("start_ms"),
        _number("end_ms"),
        _choice("source"),
        *_part_of("phase", "class", "position"),
    )
    place = (_number("class_id"), _number("position"))
    optional = sa.Column("optional", sa.Boolean, nullable=False)
    op.create_table("prop", *place, _text("prop"), optional, *_part_of("prop", "class", "position"))
    op.create_index("ix_prop_prop", "prop", ["prop"])
    place = (_number("class_id"), _number("position"))
    op.create_table("focus", *place, _text("focus"), *_part_of("focus", "class", "position"))
    op.create_index("ix_focus_focus", "focus", ["focus"])
    place = (_number("class_id"), _number("position"))
    op.create_table("caption", *place, _text("language"), _text("source"), *_part_of("caption", "class", "position"))


def _practice() -> None:
    op.create_table(
        "progress",
        _number("class_id"),
        _number("position_ms"),
        sa.Column("done", sa.Boolean, nullable=False),
        _moment("last_practised", nullable=True),
        _key("progress", "class_id"),
        _reference("progress", "class_id", "class", "RESTRICT"),
    )
    op.create_index("ix_progress_last_practised", "progress", ["last_practised"])
    op.create_table(
        "practice",
        _id(),
        _number("class_id"),
        _moment("started"),
        _number("utc_offset_min"),
        _number("played_ms"),
        sa.Column("finished", sa.Boolean, nullable=False),
        _key("practice", "id"),
        _reference("practice", "class_id", "class", "RESTRICT"),
    )
    op.create_index("ix_practice_class_id", "practice", ["class_id"])
    op.create_index("ix_practice_started", "practice", ["started"])
    op.create_table(
        "practice_phase",
        _number("practice_id"),
        _number("phase"),
        _number("played_ms"),
        _choice("kind", nullable=True),
        _text("title"),
        *_part_of("practice_phase", "practice", "phase"),
    )
    op.create_table(
        "queue_item",
        _number("position"),
        _number("class_id"),
        _number("phase", nullable=True),
        sa.Column("added", sa.Boolean, nullable=False),
        _key("queue_item", "position"),
        _reference("queue_item", "class_id", "class", "CASCADE"),
    )
    op.create_index("ix_queue_item_class_id", "queue_item", ["class_id"])


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, nullable=False)


def _number(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=nullable)


def _moment(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=nullable)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _path(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=nullable)


def _choice(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(32), nullable=nullable)


def _edit() -> tuple[sa.Column[Any], ...]:
    """The columns of a table of user edits."""
    return (
        _text("field"),
        sa.Column("found", sa.JSON, nullable=True),
        _choice("found_source", nullable=True),
        _moment("edited"),
    )


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _reference(table: str, column: str, other: str, on_delete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}", ondelete=on_delete)


def _part_of(table: str, owner: str, place: str) -> tuple[sa.Constraint, ...]:
    """Key and reference of rows that belong to one row of `owner`."""
    return (_key(table, f"{owner}_id", place), _reference(table, f"{owner}_id", owner, "CASCADE"))
