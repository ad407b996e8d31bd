# SPDX-License-Identifier: GPL-3.0-or-later
"""Descriptions in the manner of class pages, held against what a careful reader finds in them."""

from __future__ import annotations

import pytest

from player.importing.markup import plain_text
from tests.unit.importing.descriptions_of_classes import DESCRIPTIONS, Said
from tests.unit.importing.test_descriptions import READER, said

CLASS_MS = 15 * 60 * 1000


@pytest.mark.parametrize("one", DESCRIPTIONS.values(), ids=DESCRIPTIONS.keys())
def test_a_description(one: Said) -> None:
    text = plain_text(one.text, 20_000)
    assert said(text, one.title) == one.props
    assert set(one.focus.split()) <= set(READER.focus(one.title, text).areas)
    assert [(phase.start_ms // 1000, phase.title) for phase in READER.phases(text, CLASS_MS)] == one.times
    assert [part.title for part in READER.outline(text)] == one.parts


@pytest.mark.parametrize("one", DESCRIPTIONS.values(), ids=DESCRIPTIONS.keys())
def test_line_ends_and_marks_change_nothing(one: Said) -> None:
    """The same words from another system: other line ends, a byte order mark, blanks at the ends of lines."""
    text = plain_text(one.text, 20_000)
    other = plain_text("\ufeff" + text.replace("\n", " \r\n"), 20_000)
    assert said(other, one.title) == one.props
    assert [(phase.start_ms // 1000, phase.title) for phase in READER.phases(other, CLASS_MS)] == one.times
