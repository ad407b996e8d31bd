# SPDX-License-Identifier: GPL-3.0-or-later
"""What the import preview says of a plan as a whole."""

from __future__ import annotations

from player.domain.plan import ImportPlan
from player.domain.times import format_length
from player.ui.dialogs.preview_rows import count_words

LOOK = "Look through what was found"
NONE_FOUND = "No classes found"
NOTHING = (
    "There is nothing here that could be played as a class: no video and no sound file. Choose another folder, or "
    "connect the drive the classes are on."
)
ONLY_PROBLEMS = "Files were found, but none can be played as a class. The list says why, and what can be done."
ONLY_LEFT_OUT = "Everything here was passed over. The list says why."
HERE_ALREADY = "It is in your library already. Remove its series there if you do not want it any more."
PARTLY_HERE = "Classes of this series are in your library already. Leave out single classes instead."


def summary_of(plan: ImportPlan) -> str:
    """ "24 classes in 2 series, 5 h 12 min"."""
    series = plan.series
    count = sum(len(one.classes) for one in series)
    if not count:
        return NONE_FOUND
    length_ms = sum(planned.duration_ms for one in series for planned in one.classes)
    words = count_words(count, "class")
    if len(series) > 1:
        words += f" in {len(series)} series"
    return f"{words}, {format_length(length_ms)}"


def sentence_of(plan: ImportPlan, *, nothing_to_read: bool) -> str:
    """Why there is no class, and what to do; "" where there are some."""
    if plan.series:
        return ""
    if nothing_to_read:
        return NOTHING
    return ONLY_PROBLEMS if plan.problems else ONLY_LEFT_OUT
