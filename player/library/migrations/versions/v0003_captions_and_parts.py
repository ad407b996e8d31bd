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
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="fk_place_part_place_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("place_id", "position", name="pk_place_part"),
    )
    op.create_index("ix_place_part_path", "place_part", ["path"])
    op.create_table(
        "folder_stamp",
        sa.Column("path", sa.String, nullable=False),
        sa.Column("stamp", sa.Text, nullable=False),
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
    op.add_column("series", sa.Column("arranged", sa.Boolean, nullable=False, server_default="0"))
    op.add_column("class", sa.Column("outline", sa.JSON, nullable=False, server_default="[]"))
    op.add_column("class", sa.Column("cues_stamp", sa.Text, nullable=False, server_default=""))
    op.add_column("progress", sa.Column("favourite", sa.Boolean, nullable=False, server_default="0"))
