# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the program's own data files are. Standard library only; usable from every room."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_resources"
_CHECKOUT = _PACKAGE.parent / "resources"


def resource_path(*parts: str) -> Path:
    """The file or folder `parts` below resources/, installed or in a checkout."""
    root = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
    return root.joinpath(*parts)
