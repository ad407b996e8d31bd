# SPDX-License-Identifier: GPL-3.0-or-later
"""The versions of the library's schema, one step per file in `versions`, carried out by Alembic.

Alembic is imported only when there is something to carry out: an up-to-date library opens without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

HEAD_VERSION = 3
"""The schema version this program writes. Revision names are its four digits: "0001"."""

STEPS = "player.library:migrations"
"""Where the steps are, as Alembic's script location (a package, so that it also works when installed)."""


def upgrade(connection: Connection, steps: str = STEPS) -> None:
    """Bring the database of `connection` to the newest version, inside its running transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", steps.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")
