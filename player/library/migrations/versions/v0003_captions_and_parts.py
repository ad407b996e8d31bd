# SPDX-License-Identifier: GPL-3.0-or-later
"""Version 3: words of captions, named phases without times, favourites, what folders were like when they were read,
classes that lie in several files, and what the user decided when looking an import through."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_COUNT_TRIGGERS = {
    "classes": (
        ("class_added", "INSERT ON class"),
        ("class_gone", "DELETE ON class"),
        (
            "class_changed",
            "UPDATE OF series_id, position, duration_ms, needs_facet, focus_facet, kinds_facet ON class",
        ),
        ("series_removed", "UPDATE OF removed ON series"),
    ),
    "marks": (
        ("progress_added", "INSERT ON progress WHEN new.done OR new.favourite"),
        (
            "progress_changed",
            "UPDATE ON progress WHEN new.done IS NOT old.done OR new.favourite IS NOT old.favourite",
        ),
        ("progress_gone", "DELETE ON progress WHEN old.done OR old.favourite"),
    ),
}
"""A later version that makes one of these tables anew has to make its triggers anew too."""


def _count_changes() -> None:
    op.create_table(
        "change_count",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_change_count"),
        sqlite_with_rowid=False,
    )
    for count, triggers in _COUNT_TRIGGERS.items():
        op.execute(f"INSERT INTO change_count VALUES ('{count}', 0)")  # noqa: S608  own words only
        add_one = f"UPDATE change_count SET value = value + 1 WHERE name = '{count}'"  # noqa: S608
        for name, event in triggers:
            op.execute(f"CREATE TRIGGER {name} AFTER {event} BEGIN {add_one}; END")


def upgrade() -> None:
    """Make the tables, empty, and the columns."""
    op.create_table(
        "cue",
        sa.Column("class_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("start_ms", sa.Integer, nullable=False),
        sa.Column("end_ms", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["class.id"], name="fk_cue_class_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("class_id", "position", name="pk_cue"),
    )
    op.create_table(
        "place_part",
        sa.Column("place_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("modified_ns", sa.Integer, nullable=False),
        sa.Column("duration_ms", sa.Integer, nullable=False),
        sa.Column("format", sa.String, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="fk_place_part_place_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("place_id", "position", name="pk_place_part"),
    )
    op.create_index("ix_place_part_path", "place_part", ["path"])
    op.create_table(
        "together",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("joined", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_together"),
    )
    op.create_table(
        "folder_stamp",
        sa.Column("path", sa.String, nullable=False),
        sa.Column("tree", sa.Text, nullable=False),
        sa.Column("series", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("told", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("path", name="pk_folder_stamp"),
    )
    op.create_table(
        "wish",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("wanted", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_wish"),
    )
    op.create_table(
        "left_out",
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("modified_ns", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("size", "digest", name="pk_left_out"),
    )
    op.add_column("class", sa.Column("placed", sa.Boolean, nullable=False, server_default="0"))
    op.add_column("series", sa.Column("captions", sa.Text, nullable=False, server_default=""))
    op.add_column("series", sa.Column("arranged", sa.Boolean, nullable=False, server_default="0"))
    op.add_column("class", sa.Column("outline", sa.JSON, nullable=False, server_default="[]"))
    op.add_column("class", sa.Column("cues_stamp", sa.Text, nullable=False, server_default=""))
    op.add_column("progress", sa.Column("favourite", sa.Boolean, nullable=False, server_default="0"))
    _count_changes()
