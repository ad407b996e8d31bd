# SPDX-License-Identifier: GPL-3.0-or-later
"""Loads the fonts that come with the program. Main thread, once, at the start, after the QGuiApplication."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtGui import QFontDatabase

log = logging.getLogger(__name__)


def load_fonts(folder: Path) -> tuple[str, ...]:
    """Loads all fonts in the folders of `folder`; the families that can be used now.

    A font that does not load is logged; the system's then stand in.
    """
    families: set[str] = set()
    for path in sorted(folder.glob("*/*.[ot]tf")):
        number = QFontDatabase.addApplicationFont(str(path))
        if number < 0:
            log.warning("The font %s could not be loaded", path)
        else:
            families.update(QFontDatabase.applicationFontFamilies(number))
    return tuple(sorted(families))
