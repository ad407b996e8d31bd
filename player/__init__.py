# SPDX-License-Identifier: GPL-3.0-or-later
"""Session Player: plays series of movement classes, phase by phase, from the user's own folders."""

__version__ = "0.1.0"
