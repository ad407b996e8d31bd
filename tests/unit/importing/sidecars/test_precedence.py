# SPDX-License-Identifier: GPL-3.0-or-later
"""Who wins, field by field; and what a rescan makes of sidecars that come, change and go."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from player.domain.models import PropNeed, Source
from player.domain.plan import ImportPlan, KnownFile, PlannedClass
from player.importing.workers import WorkerPool
from tests.media import make_clip

Plan = Callable[..., ImportPlan]
NAME = "13. Mid back.mp4"
OGM = "CHAPTER01=00:00:00.000\nCHAPTER01NAME={}\nCHAPTER02=00:00:01.000\nCHAPTER02NAME=Rest\n"
NFO = "<episodedetails><title>{}</title><episode>21</episode><plot>{}</plot></episodedetails>"
INFO = (
    '{{"title": "{}", "description": "{}", "chapters": [{{"start_time": 0, "title": "Info"}}, '
    '{{"start_time": 2, "title": "B"}}]}}'
)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clip")
    tags = {"title": "Tagged title", "comment": "Tagged words."}
    return make_clip(folder / "clip.mp4", seconds=4, size=(64, 36), phases=(("One", 0), ("Two", 1500)), tags=tags)


@pytest.fixture(scope="module")
def plain_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clip") / "clip.mp4", seconds=4, size=(64, 36))


@pytest.fixture
def folder(tmp_path: Path, clip: Path) -> Path:
    folder = tmp_path / "Series"
    folder.mkdir()
    shutil.copy(clip, folder / NAME)
    return folder


def the_class(plan: ImportPlan, name: str = NAME) -> PlannedClass:
    return next(one for series in plan.series for one in series.classes if one.path.name == name)


def known_of(plan: ImportPlan) -> dict[Path, KnownFile]:
    return {
        one.path: KnownFile(one.path, one.identity.size, one.modified_ns, one)
        for series in plan.series
        for one in series.classes
    }


def test_from_the_weakest_to_the_strongest(plan_of: Plan, folder: Path) -> None:
    def now() -> tuple[str, str, list[str], int | None]:
        plan = plan_of(folder)
        assert plan.problems == ()
        one = the_class(plan)
        return one.title, one.description, [phase.title for phase in one.phases], one.number

    assert now() == ("Tagged title", "Tagged words.", ["One", "Two"], 13)
    (folder / "13. Mid back.description").write_text("Described.\n0:00 A\n0:02 B")
    assert now() == ("Tagged title", "Described.\n0:00 A\n0:02 B", ["One", "Two"], 13)
    (folder / "13. Mid back.info.json").write_text(INFO.format("Info title", "Info words."))
    assert now() == ("Info title", "Info words.", ["Info", "B"], 13)
    (folder / "13. Mid back.nfo").write_text(NFO.format("Nfo title", "Nfo words."))
    assert now() == ("Nfo title", "Nfo words.", ["Info", "B"], 21)
    (folder / "13. Mid back.chapters.txt").write_text(OGM.format("File"))
    assert now() == ("Nfo title", "Nfo words.", ["File", "Rest"], 21)
    (folder / "13. Mid back.ffmetadata").write_text(";FFMETADATA1\ntitle=Weak title\ndescription=Weak.\n")
    assert now() == ("Nfo title", "Nfo words.", ["File", "Rest"], 21)
    (folder / "series.toml").write_text(
        f'format = 1\n[[class]]\nfile = "{NAME}"\nnumber = 7\ntitle = "Own"\nwhy = "Because."\n'
        'phases = [{ start = 0, title = "Toml" }]\n'
    )
    assert now() == ("Own", "Because.", ["Toml"], 7)


def test_where_each_value_came_from(plan_of: Plan, tmp_path: Path, plain_clip: Path) -> None:
    folder = tmp_path / "Series"
    folder.mkdir()
    shutil.copy(plain_clip, folder / NAME)
    (folder / "13. Mid back.description").write_text("You will need a chair.\n0:00 Arrive\n0:02 Breath")
    one = the_class(plan_of(folder))
    assert one.props == (PropNeed("chair"),)
    assert one.focus == ("mid-back",)
    assert [(phase.title, phase.source) for phase in one.phases] == [
        ("Arrive", Source.DESCRIPTION), ("Breath", Source.DESCRIPTION)
    ]  # fmt: skip
    assert dict(one.sources) == {
        "title": Source.FILE_NAME, "number": Source.FILE_NAME, "description": Source.SIDECAR,
        "phases": Source.DESCRIPTION, "props": Source.DESCRIPTION, "focus": Source.FILE_NAME,
    }  # fmt: skip
    (folder / "13. Mid back.description").write_text("No props needed.")
    none = the_class(plan_of(folder))
    assert (none.props, none.sources["props"]) == ((), Source.DESCRIPTION)


def test_phases_that_do_not_fit_give_way(plan_of: Plan, folder: Path) -> None:
    late = "".join(f"CHAPTER{n:02d}=01:00:0{n}.000\n" for n in range(3))
    (folder / "13. Mid back.chapters.txt").write_text(late)
    assert [phase.title for phase in the_class(plan_of(folder)).phases] == ["One", "Two"]
    (folder / "13. Mid back.info.json").write_text(INFO.format("T", ""))
    assert [phase.title for phase in the_class(plan_of(folder)).phases] == ["Info", "B"]


def test_one_bad_sidecar_hurts_nothing_else(plan_of: Plan, folder: Path) -> None:
    (folder / "13. Mid back.nfo").write_text("<episodedetails><title>Cut")
    (folder / "13. Mid back.info.json").write_text("{")
    (folder / "13. Mid back.chapters.txt").write_text(OGM.format("Kept"))
    plan = plan_of(folder)
    assert sorted(problem.path.suffix for problem in plan.problems) == [".json", ".nfo"]
    one = the_class(plan)
    assert (one.title, [phase.title for phase in one.phases]) == ("Tagged title", ["Kept", "Rest"])


def test_a_downloaded_title_adds_no_number_and_no_series(plan_of: Plan, tmp_path: Path, plain_clip: Path) -> None:
    folder = tmp_path / "30 Days"
    folder.mkdir()
    for day, title in ((1, "Ease Into It"), (2, "Stretch and Soothe"), (3, "Forget What You Know")):
        stem = f"Day {day} - {title} ｜ 30 Days of Yoga [abcdefgh{day}XY]"
        shutil.copy(plain_clip, folder / f"{stem}.mp4")
        (folder / f"{stem}.info.json").write_text(f'{{"title": "Day {day} - {title} | 30 Days of Yoga"}}')
    (series,) = plan_of(folder).series
    assert [(one.number, one.title) for one in series.classes] == [
        (1, "Ease Into It"), (2, "Stretch and Soothe"), (3, "Forget What You Know")
    ]  # fmt: skip


def test_places_in_a_list_are_numbers_where_names_have_none(plan_of: Plan, tmp_path: Path, plain_clip: Path) -> None:
    folder = tmp_path / "List"
    folder.mkdir()
    for place, name in ((2, "Apple"), (1, "Pear"), (10, "Cherry")):
        shutil.copy(plain_clip, folder / f"{name}.mp4")
        (folder / f"{name}.info.json").write_text(f'{{"title": "{name}", "playlist_index": {place}}}')
    plan = plan_of(folder)
    (series,) = plan.series
    assert [(one.number, one.title) for one in series.classes] == [(1, "Pear"), (2, "Apple"), (10, "Cherry")]
    again = plan_of(folder, known=known_of(plan), pool=WorkerPool(1, ["/no/worker/may/be/started"]))
    assert again.series == plan.series


def test_a_rescan_takes_changes_without_reading_the_video(plan_of: Plan, tmp_path: Path, plain_clip: Path) -> None:
    folder = tmp_path / "Series"
    folder.mkdir()
    shutil.copy(plain_clip, folder / NAME)
    plan = plan_of(folder)
    nothing = WorkerPool(1, ["/no/worker/may/be/started"])

    def again() -> PlannedClass:
        nonlocal plan
        plan = plan_of(folder, known=known_of(plan), pool=nothing)
        return the_class(plan)

    words = folder / "13. Mid back.description"
    words.write_text("You will need a chair.\n0:00 Arrive\n0:02 Breath")
    assert (again().props, len(again().phases)) == ((PropNeed("chair"),), 2)
    words.write_text("A blanket is optional.\n0:00 Arrive\n0:01 Breath\n0:03 Rest")
    one = again()
    assert (one.props, [phase.start_ms for phase in one.phases]) == ((PropNeed("blanket", True),), [0, 1000, 3000])
    chapters = folder / "13. Mid back.chapters.txt"
    chapters.write_text(OGM.format("File"))
    assert [phase.title for phase in again().phases] == ["File", "Rest"]
    assert again() == again()


def test_what_sidecars_took_with_them_comes_from_the_file_again(plan_of: Plan, folder: Path) -> None:
    files = {
        "13. Mid back.description": "You will need a chair.", "13. Mid back.nfo": NFO.format("Nfo", "Words."),
        "13. Mid back.chapters.txt": OGM.format("File"),
        "13. Mid back.en.srt": "1\n00:00:01,000 --> 00:00:02,000\nHi\n",
        "series.toml": f'format = 1\n[[class]]\nfile = "{NAME}"\nprops = ["strap"]\nfocus = ["neck"]\n',
    }  # fmt: skip
    bare = the_class(plan_of(folder))
    for name, text in files.items():
        (folder / name).write_text(text)
    plan = plan_of(folder)
    rich = the_class(plan)
    assert (rich.props, rich.focus, rich.title, len(rich.captions)) == ((PropNeed("strap"),), ("neck",), "Nfo", 1)
    for name in files:
        (folder / name).unlink()
        plan = plan_of(folder, known=known_of(plan))
        assert the_class(plan) == the_class(plan_of(folder))
    assert the_class(plan) == bare
