# SPDX-License-Identifier: GPL-3.0-or-later
"""Version 2: the search index, the words in it, and what filters ask of classes.

The index is filled when the library is opened (`player.library.indexing`): rows that can be made anew from others
need not be known to a migration.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# The text comes folded (small letters, no accents), words parted by spaces: "ascii" leaves them as they are, whereas
# "unicode61" knows the letters of one old version of Unicode and would take some words apart.
_INDEX = """
CREATE VIRTUAL TABLE search USING fts5(
    words, tokenize = 'ascii', prefix = '1 2 3 4', detail = none, columnsize = 0
)
"""


def upgrade() -> None:
    """Make the tables, empty, and the columns of the filters."""
    op.execute(_INDEX)
    op.create_table(
        "search_word",
        sa.Column("word", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("word", name="pk_search_word"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "facet",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("members", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_facet"),
        sa.UniqueConstraint("members", name="uq_facet_members"),
    )
    for name in ("needs_facet", "focus_facet", "kinds_facet"):
        op.add_column("class", sa.Column(name, sa.Integer, nullable=False, server_default="0"))
    op.drop_index("ix_class_series_id_position", "class")
    columns = ["series_id", "position", "duration_ms", "needs_facet", "focus_facet", "kinds_facet"]
    op.create_index("ix_class_filter", "class", columns)
