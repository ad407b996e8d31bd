# SPDX-License-Identifier: GPL-3.0-or-later
"""The phase line as a control. Knows phases and times, nothing of playing. Main thread."""

from player.ui.widgets.phase_painter import (
    PhaseLayout,
    PhaseLineColours,
    PhaseLineStyle,
    PhaseLineStyles,
    lay_out,
    paint_phase_line,
)

__all__ = ["PhaseLayout", "PhaseLineColours", "PhaseLineStyle", "PhaseLineStyles", "lay_out", "paint_phase_line"]
