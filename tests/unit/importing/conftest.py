# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of importing share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from player.domain.plan import ImportPlan
from player.domain.vocabulary import Vocabulary
from player.importing.plan import build_plan
from player.importing.vocabulary import load_vocabulary

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary(ROOT / "resources" / "vocabulary")


@pytest.fixture
def plan_of(vocabulary: Vocabulary) -> Callable[..., ImportPlan]:
    """Plan an import of some paths, with nothing known."""

    def plan(*paths: Path, **options: object) -> ImportPlan:
        return build_plan(paths, **{"known": {}, "vocabulary": vocabulary, **options})  # type: ignore[arg-type]

    return plan
