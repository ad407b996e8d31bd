# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection of real files as a whole: every item has its place in a table of expectations, none is passed over.

The tables and their outcomes are with the tests that are named here; this one sees to it that they are complete.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from player.importing.languages import language_tag
from player.importing.scan import FoundFile
from player.importing.sidecars.findings import Beside
from player.importing.sidecars.table import read_sidecars
from tests.unit.importing import test_corpus_broken, test_corpus_media, test_names_table
from tests.unit.importing.sidecars import test_corpus
from tests.unit.importing.sidecars.test_hostile import WORDS

pytestmark = pytest.mark.corpus

BY_TABLE = {
    "names/names.tsv": "test_names_table: each of its rows",
    "descriptions/descriptions.jsonl": "test_descriptions: each of its lines",
    "make_series.py": "tests/e2e/test_real_folders: a series that it makes",
    "README.md": "words about the collection",
    "broken/a-folder-named.mp4/readme.txt": "sidecars/test_corpus: what lies in a folder that is named like a video",
}


def table_of(path: Path, corpus: Path) -> str:
    """Which table says what is expected of a file; "" if none does."""
    name = str(path.relative_to(corpus))
    if name in BY_TABLE:
        return BY_TABLE[name].partition(":")[0]
    if name in test_corpus.TABLE:
        return "sidecars/test_corpus"
    if path.parent == corpus / "media":
        return "test_corpus_media" if path.name in test_corpus_media.TRUTH else ""
    key = test_corpus_broken._key(path)
    known = key in test_corpus_broken.PLAYS or key in test_corpus_broken.REFUSED
    return "test_corpus_broken" if known and path.is_relative_to(corpus / "broken") else ""


def test_every_file_has_its_table(corpus: Path) -> None:
    files = [path for path in corpus.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    tables = {path: table_of(path, corpus) for path in files}
    assert [path for path, table in tables.items() if not table] == []


def test_every_line_of_the_descriptions_is_judged(corpus: Path) -> None:
    lines = (corpus / "descriptions" / "descriptions.jsonl").read_text(encoding="utf-8").splitlines()
    wanted = {"props", "optional", "says_none", "phases_timed", "outline"}
    assert [item["id"] for item in map(json.loads, lines) if not wanted <= set(item["judged"])] == []


def test_every_name_of_a_sidecar(corpus: Path, tmp_path: Path) -> None:
    """Captions are found for their class, in the language that their origin states."""
    rows = [row for row in test_names_table.rows_of(corpus) if row["kind"] == "sidecar"]
    assert rows
    class_file = FoundFile(tmp_path / "MyVideo.mp4", 1, 1)
    for row in rows:
        path = tmp_path / row["name"]
        path.write_text("1\n00:00:01,000 --> 00:00:03,000\nHello\n")
        found, problems = read_sidecars([FoundFile(path, 1, 1)], Beside(tmp_path, (class_file,), WORDS))
        stated = row["note"].partition("; language ")[2].partition(";")[0].strip()
        captions = [caption.language for said in found for caption in said.classes[class_file.path].captions]
        assert captions == ["" if stated == "-" else language_tag(stated)], row
        assert problems == []
        path.unlink()
