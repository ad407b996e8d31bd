# SPDX-License-Identifier: GPL-3.0-or-later
"""MPRIS on a real bus: what is told, what can be asked, and what is ignored."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from defusedxml import ElementTree
from jeepney import DBusAddress
from pytestqt.qtbot import QtBot

from player.domain.models import AfterClass, ClassVideo
from player.domain.playing import Loop, PlayerState
from player.domain.queue import Queue
from player.system.bus import THE_BUS, Bus, CallError
from player.system.mpris import Mpris, WindowWays, local_path
from player.system.mpris_words import METHODS, NAME, NO_TRACK, PATH, PEER, PLAYER, PROPERTIES, PROPERTY_TYPES, ROOT
from tests.unit.playback.player import MINUTE, Player
from tests.unit.system.conftest import Daemon, End

pytestmark = pytest.mark.usefixtures("no_sockets_left")

US = 1000


@dataclass
class Window:
    """Notes what is asked of the window."""

    picture: Path | None = None
    full: bool = False
    asked: list[object] = field(default_factory=list)

    def ways(self) -> WindowWays:
        def fill(full: bool) -> None:
            self.full = full

        return WindowWays(
            show=lambda: self.asked.append("show"),
            quit=lambda: self.asked.append("quit"),
            open_file=self.asked.append,
            go_on=lambda: self.asked.append("go on"),
            full_screen=lambda: self.full,
            set_full_screen=fill,
            picture_of=self.picture_of,
        )

    def picture_of(self, _video: ClassVideo) -> Path | None:
        return self.picture


class Remote:
    """What a desktop does: reads and writes properties, calls, listens."""

    def __init__(self, qtbot: QtBot, end: End, name: str = NAME) -> None:
        self._qtbot, self.end, self.name = qtbot, end, name
        self.changes: list[tuple[str, dict[str, Any]]] = []
        self.seeked: list[int] = []
        end.bus.watch(name, PATH, PROPERTIES, "PropertiesChanged", lambda body: self.changes.append(body[:2]))
        end.bus.watch(name, PATH, PLAYER, "Seeked", lambda body: self.seeked.append(body[0]))

    def call(self, member: str, signature: str = "", *body: object, interface: str = PLAYER) -> Any:
        return self.end.ask(DBusAddress(PATH, self.name, interface), member, signature, body)

    def typed(self, name: str, interface: str = PLAYER) -> tuple[str, Any]:
        value: tuple[str, Any] = self.call("Get", "ss", interface, name, interface=PROPERTIES)
        return value

    def get(self, name: str, interface: str = PLAYER) -> Any:
        return self.typed(name, interface)[1]

    def set(self, name: str, kind: str, value: object, interface: str = PLAYER) -> None:
        self.call("Set", "ssv", interface, name, (kind, value), interface=PROPERTIES)

    def metadata(self) -> dict[str, Any]:
        return {key: value for key, (_kind, value) in self.get("Metadata").items()}

    def told(self, name: str, value: object) -> None:
        """Until a change of this property to this value has been told."""

        def arrived() -> bool:
            return any(changed.get(name, ("", None))[1] == value for _interface, changed in self.changes)

        self._qtbot.waitUntil(arrived, timeout=5000)


@pytest.fixture
def window() -> Window:
    return Window()


@pytest.fixture
def mpris(qtbot: QtBot, daemon: Daemon, player: Player, window: Window) -> Iterator[Mpris]:
    bus = Bus()
    assert bus.open(daemon.address)
    served = Mpris(bus, player.controller, window.ways())
    served.start()
    yield served
    bus.close()
    assert not bus.is_open


@pytest.fixture
def remote(qtbot: QtBot, mpris: Mpris, client: End) -> Remote:
    qtbot.waitUntil(lambda: NAME in client.ask(THE_BUS, "ListNames"), timeout=5000)
    return Remote(qtbot, client)


def test_every_property_has_the_type_that_is_promised(remote: Remote, player: Player) -> None:
    for on in (False, True):
        if on:
            player.play(1)
        for interface, properties in PROPERTY_TYPES.items():
            everything = remote.call("GetAll", "s", interface, interface=PROPERTIES)
            assert everything.keys() == properties.keys()
            for name, (kind, _access) in properties.items():
                assert remote.typed(name, interface)[0] == kind == everything[name][0], name


def test_with_nothing_on(remote: Remote) -> None:
    assert remote.get("PlaybackStatus") == "Stopped"
    assert remote.metadata() == {"mpris:trackid": NO_TRACK}
    assert remote.typed("Position") == ("x", 0)
    for name in ("CanGoNext", "CanGoPrevious", "CanPlay", "CanPause", "CanSeek"):
        assert remote.get(name) is False, name
    assert remote.get("CanControl") is True
    for member in ("Next", "Previous", "Pause", "Stop"):
        remote.call(member)
    remote.call("Seek", "x", 5_000_000)
    remote.call("SetPosition", "ox", NO_TRACK, 0)
    remote.set("LoopStatus", "s", "Track")
    assert remote.get("PlaybackStatus") == "Stopped"


def test_a_class_is_a_track_of_its_series(remote: Remote, player: Player, window: Window, tmp_path: Path) -> None:
    window.picture = tmp_path / "Bild ä.jpg"
    player.play(2)
    facts = remote.get("Metadata")
    video = player.controller.class_video
    assert video is not None
    assert facts == {
        "mpris:trackid": ("o", f"/session_player/class/{video.id}"),
        "mpris:length": ("x", 3 * MINUTE * US),
        "mpris:artUrl": ("s", window.picture.as_uri()),
        "xesam:title": ("s", "Class 2"),
        "xesam:album": ("s", "Series"),
        "xesam:trackNumber": ("i", 2),
        "xesam:url": ("s", video.path.as_uri()),
    }


def test_a_picture_that_comes_later_is_told(
    remote: Remote, mpris: Mpris, player: Player, window: Window, tmp_path: Path
) -> None:
    player.play(1)
    assert "mpris:artUrl" not in remote.metadata()
    window.picture = tmp_path / "later.jpg"
    mpris.look_at_picture()
    remote.told("Metadata", remote.get("Metadata"))
    assert remote.metadata()["mpris:artUrl"].endswith("later.jpg")


def test_play_pause_and_stop(remote: Remote, player: Player) -> None:
    player.play(1)
    remote.told("PlaybackStatus", "Playing")
    for member, status in (
        *(("Play", "Playing"), ("Pause", "Paused"), ("Pause", "Paused"), ("PlayPause", "Playing")),
        *(("PlayPause", "Paused"), ("Play", "Playing"), ("Stop", "Stopped")),
    ):
        remote.call(member)
        assert remote.get("PlaybackStatus") == status, member
    remote.told("PlaybackStatus", "Paused")
    remote.told("PlaybackStatus", "Stopped")
    assert player.controller.state is PlayerState.IDLE


def test_play_with_nothing_on_goes_on_with_the_class_under_way(remote: Remote, mpris: Mpris, window: Window) -> None:
    mpris.set_can_begin(True)
    remote.told("CanPlay", True)
    remote.call("PlayPause")
    remote.call("Play")
    assert window.asked == ["go on", "go on"]


def test_next_and_previous_are_classes(remote: Remote, player: Player) -> None:
    player.play(1)
    assert (remote.get("CanGoNext"), remote.get("CanGoPrevious")) == (True, False)
    remote.call("Next")
    player.settle()
    assert player.playing() == 2
    assert remote.get("CanGoPrevious") is True
    remote.call("Previous")
    player.settle()
    assert player.playing() == 1
    player.controller.set_queue(Queue())
    remote.told("CanGoNext", False)
    remote.call("Next")
    assert player.playing() == 1


def test_the_position_is_never_told_by_itself(remote: Remote, player: Player) -> None:
    player.play(1)
    player.advance_to(2 * MINUTE)
    remote.call("Ping", interface=PEER)
    assert not any("Position" in changed for _interface, changed in remote.changes)
    assert remote.typed("Position") == ("x", player.controller.position_ms * US)


def test_seek_by_an_offset(remote: Remote, player: Player) -> None:
    player.play(1)
    remote.seeked.clear()
    remote.call("Seek", "x", 30_000_000)
    player.settle()
    assert remote.get("Position") == 30_000_000
    remote.call("Seek", "x", -10_000_000)
    player.settle()
    assert remote.get("Position") == 20_000_000
    remote.call("Seek", "x", -(2**40))
    player.settle()
    assert remote.get("Position") == 0
    remote._qtbot.waitUntil(lambda: remote.seeked[-1:] == [0])
    assert {30_000_000, 20_000_000} <= set(remote.seeked)


def test_seek_beyond_the_end_is_the_next_class(remote: Remote, player: Player) -> None:
    player.play(1)
    remote.call("Seek", "x", 4 * MINUTE * US)
    player.settle()
    assert player.playing() == 2
    player.controller.set_queue(Queue())
    remote.call("Seek", "x", 4 * MINUTE * US)
    player.settle()
    assert player.playing() == 2
    assert remote.get("PlaybackStatus") == "Stopped"
    assert remote.get("Position") == 3 * MINUTE * US


def test_a_position_is_taken_for_the_running_class_only(remote: Remote, player: Player) -> None:
    player.play(1)
    track = remote.metadata()["mpris:trackid"]
    remote.call("SetPosition", "ox", track, 90_000_000)
    player.settle()
    assert remote.get("Position") == 90_000_000
    for late, position in ((NO_TRACK, 1), (f"{track}0", 1), (track, -1), (track, 3 * MINUTE * US + 1)):
        remote.call("SetPosition", "ox", late, position)
        player.settle()
        assert remote.get("Position") == 90_000_000
    assert player.playing() == 1


def test_a_class_that_goes_on_where_it_was_left_tells_where(remote: Remote, player: Player) -> None:
    player.play(1)
    remote.call("SetPosition", "ox", remote.metadata()["mpris:trackid"], 70_000_000)
    player.settle()
    remote.call("Stop")
    player.settle()
    remote.seeked.clear()
    player.play(1)
    remote._qtbot.waitUntil(lambda: 70_000_000 in remote.seeked)


def test_volume(remote: Remote, player: Player) -> None:
    for sent, heard in ((0.5, 50), (1.25, 125), (7.0, 125), (-1.0, 0), (float("inf"), 125)):
        remote.set("Volume", "d", sent)
        assert player.controller.volume == heard
        assert remote.get("Volume") == heard / 100
    remote.set("Volume", "d", float("nan"))
    assert player.controller.volume == 125
    remote.told("Volume", 0.5)


def test_rate(remote: Remote, player: Player) -> None:
    player.play(1)
    assert (remote.get("MinimumRate"), remote.get("MaximumRate")) == (0.5, 2.0)
    remote.set("Rate", "d", 1.5)
    assert player.controller.rate == 1.5
    remote.told("Rate", 1.5)
    for outside in (0.1, 9.0, -1.0):
        remote.set("Rate", "d", outside)
        assert remote.get("Rate") == 1.5
    remote.set("Rate", "d", 0.0)
    assert remote.get("PlaybackStatus") == "Paused"


def test_track_repeats_the_phase(remote: Remote, player: Player) -> None:
    player.play(1)
    remote.set("LoopStatus", "s", "Track")
    remote.set("LoopStatus", "s", "Track")
    assert player.controller.loop is not None
    assert remote.get("LoopStatus") == "Track"
    remote.told("LoopStatus", "Track")
    remote.set("LoopStatus", "s", "None")
    assert player.controller.loop is None
    for refused in ("Playlist", "Sometimes"):
        with pytest.raises(CallError):
            remote.set("LoopStatus", "s", refused)


def test_a_class_without_phases_is_repeated_as_a_whole(remote: Remote, player: Player) -> None:
    player.library.edit_class(player.ids[0], phases=())
    player.play(1)
    remote.set("LoopStatus", "s", "Track")
    assert player.controller.loop == Loop(0, 3 * MINUTE)
    remote.set("LoopStatus", "s", "None")
    assert player.controller.loop is None


def test_up_next_waits_and_the_pause_key_stops_its_countdown(remote: Remote, player: Player) -> None:
    player.controller.set_settle_ms(60_000)
    player.play(1)
    player.advance_to(3 * MINUTE)
    assert player.controller.state is PlayerState.UP_NEXT
    assert remote.get("PlaybackStatus") == "Paused"
    assert remote.get("CanPlay") is True
    remote.call("Pause")
    assert player.controller.state is PlayerState.HOLDING
    assert remote.get("PlaybackStatus") == "Paused"
    remote.call("PlayPause")
    player.settle()
    assert player.playing() == 2
    assert remote.get("PlaybackStatus") == "Playing"


def test_what_has_come_to_its_end_has_stopped(remote: Remote, player: Player) -> None:
    player.set_series(after_class=AfterClass.STOP)
    player.play(1)
    player.advance_to(3 * MINUTE)
    assert player.controller.state is PlayerState.HOLDING
    assert remote.get("PlaybackStatus") == "Stopped"
    assert remote.get("CanPlay") is True
    remote.call("Play")
    player.settle()
    assert remote.get("PlaybackStatus") == "Playing"


def test_the_window_is_raised_filled_and_closed(qtbot: QtBot, remote: Remote, window: Window) -> None:
    remote.call("Raise", interface=ROOT)
    remote.set("Fullscreen", "b", True, ROOT)
    assert window.full
    remote.told("Fullscreen", True)
    remote.call("Quit", interface=ROOT)
    qtbot.waitUntil(lambda: window.asked == ["show", "quit"])


@pytest.mark.parametrize(
    "uri", ["http://example.org/a.mp4", "file://elsewhere/a.mp4", "/a.mp4", "smb://a/b", "", "file:[/a"]
)
def test_only_files_of_this_computer_are_opened(remote: Remote, window: Window, uri: str) -> None:
    with pytest.raises(CallError):
        remote.call("OpenUri", "s", uri)
    assert window.asked == []


def test_a_folder_is_not_opened(remote: Remote, window: Window, tmp_path: Path) -> None:
    with pytest.raises(CallError):
        remote.call("OpenUri", "s", tmp_path.as_uri())
    assert window.asked == []


def test_a_file_is_opened(remote: Remote, window: Window, tmp_path: Path) -> None:
    path = tmp_path / "13 Mittlerer Rücken #1 100%.mp4"
    remote.call("OpenUri", "s", path.as_uri())
    assert window.asked == [path]
    assert local_path("file://localhost/a%20b.mp4") == Path("/a b.mp4")
    assert local_path("file:///a%00b.mp4") is None
    odd = Path(os.fsdecode(b"/\xff.mp4"))
    assert local_path(odd.as_uri()) == odd


@pytest.mark.parametrize(
    ("interface", "member", "signature", "body"),
    [
        (PLAYER, "Dance", "", ()),
        (PLAYER, "Seek", "s", ("soon",)),
        ("org.example.Other", "Next", "", ()),
        (PROPERTIES, "Get", "ss", (PLAYER, "Mood")),
        (PROPERTIES, "Get", "ss", ("org.example.Other", "Mood")),
        (PROPERTIES, "Set", "ssv", (PLAYER, "Position", ("x", 1))),
        (PROPERTIES, "Set", "ssv", (PLAYER, "Shuffle", ("b", True))),
        (PROPERTIES, "Set", "ssv", (PLAYER, "Volume", ("s", "loud"))),
    ],
)
def test_what_cannot_be_done_is_refused(
    remote: Remote, interface: str, member: str, signature: str, body: tuple[object, ...]
) -> None:
    with pytest.raises(CallError) as caught:
        remote.call(member, signature, *body, interface=interface)
    assert caught.value.name.startswith("org.freedesktop.DBus.Error.")
    assert str(caught.value).endswith(".")


def parse(description: str) -> Any:
    return ElementTree.fromstring(description, forbid_dtd=False)


def test_the_description_names_everything(remote: Remote, client: End) -> None:
    introspectable = "org.freedesktop.DBus.Introspectable"
    tree = parse(remote.call("Introspect", interface=introspectable))
    found = {each.attrib["name"]: each for each in tree.iter("interface")}
    assert found.keys() == METHODS.keys()
    for interface, methods in METHODS.items():
        assert [each.attrib["name"] for each in found[interface].iter("method")] == list(methods)
    path = "/"
    while path != PATH:
        above = parse(client.ask(DBusAddress(path, NAME, introspectable), "Introspect"))
        path = f"{path.rstrip('/')}/{above[0].attrib['name']}"
    with pytest.raises(CallError):
        client.ask(DBusAddress("/org/other", NAME, introspectable), "Introspect")


def test_a_second_player_takes_a_name_of_its_own(
    qtbot: QtBot, remote: Remote, daemon: Daemon, player: Player, window: Window
) -> None:
    bus = Bus()
    assert bus.open(daemon.address)
    second = Mpris(bus, player.controller, window.ways())
    second.start()
    name = f"{NAME}.instance{os.getpid()}"
    qtbot.waitUntil(lambda: name in remote.end.ask(THE_BUS, "ListNames"), timeout=5000)
    assert Remote(qtbot, remote.end, name).get("Identity", ROOT) == "Session Player"
    bus.close()


def test_titles_that_are_no_text_do_no_harm(remote: Remote, player: Player) -> None:
    player.library.edit_class(player.ids[0], title="A\udcff\0B")
    player.play(1)
    assert remote.metadata()["xesam:title"] == "A??B"
