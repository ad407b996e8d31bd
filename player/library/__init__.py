# SPDX-License-Identifier: GPL-3.0-or-later
"""The library: the only user of SQLAlchemy. Rows never leave; frozen values do. Knows no Qt, opens no video."""

from player.library.checking import CheckReport
from player.library.library import Library

__all__ = ["CheckReport", "Library"]
