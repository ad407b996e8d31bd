# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from player.settings.schema import Appearance, AppearanceSettings, PlaybackSettings, Settings
from player.settings.store import SettingsStore, read_settings, write_settings
from player.tasks.lane import Lane


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    settings = Settings(AppearanceSettings(Appearance.LIGHT, True), PlaybackSettings(0, 80, "none"))
    write_settings(path, settings)
    assert read_settings(path) == settings
    assert list(tmp_path.iterdir()) == [path]


def test_single_wrong_values_fall_back(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(
        json.dumps(
            {
                "appearance": {"mode": "purple", "less_motion": 1},
                "playback": {"volume": 900, "settle_ms": "soon", "unknown": 1},
                "extra": [],
            }
        )
    )
    settings = read_settings(path)
    assert settings.appearance == AppearanceSettings()
    assert settings.playback == PlaybackSettings(volume=125)


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(b"\xff\xfe not json")
    assert read_settings(path) == Settings()
    assert (tmp_path / "settings.damaged.json").read_bytes() == b"\xff\xfe not json"


def test_changes_are_told_and_kept(qtbot: QtBot, tmp_path: Path) -> None:
    lane = Lane("test")
    store = SettingsStore(tmp_path / "settings.json", lane)
    wanted = replace(store.settings, playback=PlaybackSettings(volume=33))
    with qtbot.waitSignal(store.changed):
        store.change(wanted)
    store.flush()
    assert lane.close()
    assert read_settings(tmp_path / "settings.json") == wanted


def test_changed_keys_are_kept_and_nonsense_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    wanted = replace(Settings(), keys={"mirror": ("Ctrl+M",), "captions": ()})
    write_settings(path, wanted)
    assert read_settings(path) == wanted
    path.write_text('{"keys": {"a": "X", "b": [1], "c": ["X", "Y"], "d": ["' + "x" * 50 + '"]}}', "utf-8")
    assert read_settings(path).keys == {"c": ("X", "Y")}
    path.write_text('{"keys": ["a"]}', "utf-8")
    assert read_settings(path) == Settings()
