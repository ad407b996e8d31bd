# SPDX-License-Identifier: GPL-3.0-or-later
"""Run by Alembic: carries out the steps on the connection it was given. No configuration file, no logging set-up.

All steps run in the caller's one transaction, so that a failed step leaves the file as it was.
"""

from alembic import context

from player.library.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=True,  # SQLite alters tables by making them anew
)
context.run_migrations()
