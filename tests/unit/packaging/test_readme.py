# SPDX-License-Identifier: GPL-3.0-or-later
"""What the README says of keys and commands is what the program has."""

from __future__ import annotations

from pathlib import Path

import pytest

from player.cli import CONTROLS, build_parser
from player.ui.actions import ACTIONS

README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
KEY_TABLE = README[README.index("### Keys") : README.index("### Command line")]
COMMANDS = README[README.index("### Command line") : README.index("### series.toml")]
WRITTEN = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "PgUp": "Page Up", "PgDown": "Page Down"}
KEYS = sorted({key for action in ACTIONS for key in action.keys if "Media" not in key and not key.isdigit()})


@pytest.mark.parametrize("key", KEYS)
def test_every_key_is_in_the_table(key: str) -> None:
    assert WRITTEN.get(key, key.replace("+", " ")) in KEY_TABLE


def test_every_command_is_described() -> None:
    subcommands = next(action for action in build_parser()._actions if action.choices)
    assert subcommands.choices is not None
    for name in subcommands.choices:
        assert f"  {name} " in COMMANDS
    for name in CONTROLS:
        assert name in COMMANDS
