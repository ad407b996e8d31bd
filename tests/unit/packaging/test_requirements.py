# SPDX-License-Identifier: GPL-3.0-or-later
"""The pinned requirements: complete, with hashes, and without the address of any package index."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FILES = ("requirements.txt", "requirements-dev.txt")


def pins(name: str) -> dict[str, str]:
    text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
    return {
        match[1]: match[0] for match in re.finditer(r"^([a-z0-9-]+)==\S+(?: \\\n +--hash=sha256:\w{64})+$", text, re.M)
    }


def declared(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~ ;\[]", each, maxsplit=1)[0].lower().replace("_", "-") for each in requirements}


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_a_version_with_hashes(name: str) -> None:
    text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
    assert text.count("==") == len(pins(name))
    assert "://" not in text
    assert not re.search(r"^ *(-i|-f|--(?!hash=))", text, re.M)


def test_what_the_project_declares_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert declared(project["dependencies"]) <= pins("requirements.txt").keys()
    assert declared(project["optional-dependencies"]["dev"]) <= pins("requirements-dev.txt").keys()


def test_tests_run_with_the_versions_that_are_shipped() -> None:
    development = pins("requirements-dev.txt")
    assert {name: development.get(name) for name in pins("requirements.txt")} == pins("requirements.txt")
