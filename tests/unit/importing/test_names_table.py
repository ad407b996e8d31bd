# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection of real names, row by row: what each states is found, or the table below says why it is not."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from player.domain.vocabulary import fold
from player.importing.grouping import is_section_name
from player.importing.name_text import clean, is_gibberish
from player.importing.names import ParsedName, parse_names
from player.importing.numbers import section_number
from player.importing.scan import MEDIA_ENDINGS, FoundFile, Scan, why_left_out
from tests.unit.importing.test_folders import make, read

pytestmark = pytest.mark.corpus

Row = Mapping[str, str]

CONTRADICTS = "three figures are a number here, not a season and an episode"
SCRAMBLED = "the file's name is scrambled or cut short, and only the release's folder names the class"
SLASH = "the name holds a slash, which no file's name can"
BARE = "a bare figure is a section, but its place comes from the order of the folders (another row says the opposite)"
WITH_SERIES = "words beside the section's are welcome here: weeks and modules often carry the series' name"
NO_FIGURE = "extras are left out and specials come last; neither needs a figure"
SERIES_IN_NAME = "where the series' name ends within one name is not marked, and the file has no folder"
ASIDE = "words after the title are kept: a second name, or which part of two it is"
FOREIGN = "words of one circle of fans"

NUMBERS_MISSED = {
    "N032": CONTRADICTS, "N225": CONTRADICTS, "N265": CONTRADICTS, "N267": SCRAMBLED, "N277": SCRAMBLED,
    "N268": SLASH,
}  # fmt: skip
TITLES_MISSED = {
    "N288": SERIES_IN_NAME, "N290": SERIES_IN_NAME, "N224": ASIDE, "N237": ASIDE, "N233": FOREIGN,
}  # fmt: skip
SECTIONS_MISSED = {
    "N144": BARE, "N145": WITH_SERIES, "N154": WITH_SERIES, "N162": WITH_SERIES, "N163": WITH_SERIES,
    "N158": NO_FIGURE, "N159": NO_FIGURE, "N160": NO_FIGURE, "N161": NO_FIGURE,
}  # fmt: skip
NUMBERS_FOUND_AT_LEAST = 0.97
TITLES_FOUND_AT_LEAST = 0.9
NOT_READ_FROM_NAMES = "sidecars are matched by their class's name: test_corpus_whole reads each of them"


def rows_of(corpus: Path) -> list[Row]:
    with (corpus / "names" / "names.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def is_a_class(row: Row) -> bool:
    folder = row["kind"] == "folder" and not row["number"]
    return row["kind"] != "sidecar" and not folder and not row["note"].startswith("not a class")


@pytest.fixture(scope="module")
def parsed(corpus: Path) -> list[tuple[Row, ParsedName]]:
    """Every class of the table; the videos of one channel are read as one folder."""
    folders: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of(corpus):
        if is_a_class(row):
            folders[row["origin"] if "youtube" in row["origin"] else row["id"]].append(row)
    result = []
    for rows in folders.values():
        paths = [Path(row["name"]) for row in rows]
        stems = [path.stem if path.suffix.lower() in MEDIA_ENDINGS else path.name for path in paths]
        above = paths[0].parent.name
        stems = [above if above and is_gibberish(stem) else stem for stem in stems]
        result += list(zip(rows, parse_names(stems, clean(above) if above else ""), strict=True))
    return result


def test_numbers(parsed: list[tuple[Row, ParsedName]]) -> None:
    stated = [(row, name) for row, name in parsed if row["number"]]
    missed = {
        row["id"]: (row["name"], name.number)
        for row, name in stated
        if name.number != (None if row["number"] == "-" else int(row["number"]))
    }
    assert sorted(missed) == sorted(NUMBERS_MISSED), missed
    with_number = [row for row, _name in stated if row["number"] != "-"]
    assert 1 - len(missed) / len(with_number) >= NUMBERS_FOUND_AT_LEAST
    assert not [row["name"] for row, name in stated if row["number"] == "-" and name.number is not None]
    assert not [row["name"] for row, _name in stated if row["basis"] == "judged" and row["id"] in missed]


def test_the_last_of_several_numbers(parsed: list[tuple[Row, ParsedName]]) -> None:
    stated = [(row["name"], int(row["number_end"]), name.number_end) for row, name in parsed if row["number_end"]]
    assert stated
    assert [item for item in stated if item[1] != item[2]] == []


def test_dates(parsed: list[tuple[Row, ParsedName]]) -> None:
    stated = [(row["name"], row["date"], name.date) for row, name in parsed if row["date"]]
    assert stated
    assert [item for item in stated if item[1] != item[2]] == []


def test_titles(corpus: Path, tmp_path: Path) -> None:
    """Each file lies on a shelf within its folders, as it would on a disk, and is read from there."""
    stated = [row for row in rows_of(corpus) if is_a_class(row) and row["title"]]
    missed = {}
    for row in stated:
        name = row["name"] if Path(row["name"]).suffix.lower() in MEDIA_ENDINGS else f"{row['name']}.mp4"
        lines = read(make(tmp_path / row["id"], [name]))
        titles = [title for series in lines.values() for _section, _number, title in series]
        if [fold(title) for title in titles] not in [[fold(row["title"])], *([fold(ok)] for ok in _others(row))]:
            missed[row["id"]] = (row["title"], titles)
    assert sorted(missed) == sorted(TITLES_MISSED), missed
    assert 1 - len(missed) / len(stated) >= TITLES_FOUND_AT_LEAST


def _others(row: Row) -> list[str]:
    return [title for title in row["title_ok"].split("|") if title]


def test_nothing_of_the_download_is_left_in_titles(parsed: list[tuple[Row, ParsedName]]) -> None:
    for row, name in parsed:
        assert name.title == name.title.strip(" -_.|:"), row
        assert not set("｜：？⧸＂") & set(name.title), row


def test_sections(corpus: Path) -> None:
    folders = [row for row in rows_of(corpus) if row["kind"] == "folder" and row["season"] and not row["number"]]
    missed = {}
    for row in folders:
        text = clean(row["name"].rsplit("/", 1)[-1])
        found = section_number(text) if is_section_name(text) else None
        if found != (None if row["season"] == "-" else int(row["season"])):
            missed[row["id"]] = (row["name"], row["season"], found)
    assert sorted(missed) == sorted(SECTIONS_MISSED), missed


def test_what_is_no_class_is_left_out(corpus: Path, tmp_path: Path) -> None:
    rows = [row for row in rows_of(corpus) if row["note"].startswith("not a class")]
    assert rows
    folders = {"@eaDir", "lost+found", "$RECYCLE.BIN"}
    for row in rows:
        path = tmp_path / row["name"]
        if path.name in folders:
            path.mkdir(exist_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        beside = path.suffix == ".jpg" or path.parent.name in folders
        assert beside or why_left_out(FoundFile(path, 0, 0)), row
    assert Scan().folder(tmp_path) is None


def test_every_row_has_its_test(corpus: Path) -> None:
    """No row is passed over: a class, a section, a sidecar, a series' folder, or no class at all."""
    left: dict[str, str] = {}
    for row in rows_of(corpus):
        if row["kind"] == "sidecar":
            left[row["id"]] = NOT_READ_FROM_NAMES
        elif is_a_class(row) or row["season"] or row["note"].startswith("not a class"):
            continue
        else:
            left[row["id"]] = "the folder of a series: its whole name, cleaned, is the title"
            assert fold(clean(row["name"].rsplit("/", 1)[-1])), row
    assert {row_id for row_id, why in left.items() if why != NOT_READ_FROM_NAMES} == {f"N{n}" for n in range(183, 193)}
