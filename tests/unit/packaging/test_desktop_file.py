# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop file offers what the program understands."""

from __future__ import annotations

import configparser
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from player.cli import build_parser
from player.system.mpris_facts import MIME_TYPES
from player.system.mpris_facts import root_properties as facts_of_window

FILE = Path(__file__).parents[3] / "packaging" / "linux" / "session-player.desktop"


@pytest.fixture
def desktop() -> configparser.ConfigParser:
    parsed = configparser.ConfigParser(interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read(FILE, encoding="utf-8")
    return parsed


def test_files_and_folders_are_opened_as_mpris_says(desktop: configparser.ConfigParser) -> None:
    entry = desktop["Desktop Entry"]
    assert entry["MimeType"] == "".join(f"{kind};" for kind in (*MIME_TYPES, "inode/directory"))
    assert entry["Exec"].endswith(" %F")
    assert facts_of_window(full_screen=False)["DesktopEntry"] == ("s", FILE.stem)


def test_every_command_is_one_of_the_program(desktop: configparser.ConfigParser) -> None:
    actions = desktop["Desktop Entry"]["Actions"].strip(";").split(";")
    assert {f"Desktop Action {name}" for name in actions} | {"Desktop Entry"} == set(desktop.sections())
    for section in desktop.sections():
        program, *arguments = shlex.split(desktop[section]["Exec"].replace("%F", "/a.mp4 /b"))
        assert program == "session-player"
        assert build_parser().parse_args(arguments).dialogs, "there is no terminal to complain to"


@pytest.mark.skipif(not shutil.which("desktop-file-validate"), reason="desktop-file-validate is not installed")
def test_desktops_find_it_valid() -> None:
    done = subprocess.run(["desktop-file-validate", str(FILE)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
