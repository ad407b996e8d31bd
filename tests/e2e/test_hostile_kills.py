# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports killed in the middle: a short version of the measurement in tests/bench/test_durability.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.killing import kill_imports

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]


def test_an_import_killed_three_times(tmp_path: Path) -> None:
    said = kill_imports(tmp_path, times=3, seed=3)
    assert said["killed"] >= 1
