# SPDX-License-Identifier: GPL-3.0-or-later
"""What MPRIS calls things: the interfaces with their methods, properties and types. Data only, no Qt."""

from __future__ import annotations

from enum import StrEnum
from xml.sax.saxutils import quoteattr

NAME = "org.mpris.MediaPlayer2.session_player"
PATH = "/org/mpris/MediaPlayer2"
ROOT = "org.mpris.MediaPlayer2"
PLAYER = "org.mpris.MediaPlayer2.Player"
PROPERTIES = "org.freedesktop.DBus.Properties"
INTROSPECTABLE = "org.freedesktop.DBus.Introspectable"
PEER = "org.freedesktop.DBus.Peer"
NO_TRACK = "/org/mpris/MediaPlayer2/TrackList/NoTrack"
TRACK = "/session_player/class/"

Variant = tuple[str, object]
"""A value with its type in D-Bus's letters: x is a whole number of 64 bits, o an object's path."""


class Access(StrEnum):
    READ = "read"
    READ_WRITE = "readwrite"


PROPERTY_TYPES: dict[str, dict[str, tuple[str, Access]]] = {
    ROOT: {
        "CanQuit": ("b", Access.READ),
        "CanRaise": ("b", Access.READ),
        "Fullscreen": ("b", Access.READ_WRITE),
        "CanSetFullscreen": ("b", Access.READ),
        "HasTrackList": ("b", Access.READ),
        "Identity": ("s", Access.READ),
        "DesktopEntry": ("s", Access.READ),
        "SupportedUriSchemes": ("as", Access.READ),
        "SupportedMimeTypes": ("as", Access.READ),
    },
    PLAYER: {
        "PlaybackStatus": ("s", Access.READ),
        "LoopStatus": ("s", Access.READ_WRITE),
        "Rate": ("d", Access.READ_WRITE),
        "MinimumRate": ("d", Access.READ),
        "MaximumRate": ("d", Access.READ),
        "Shuffle": ("b", Access.READ),
        "Metadata": ("a{sv}", Access.READ),
        "Volume": ("d", Access.READ_WRITE),
        "Position": ("x", Access.READ),
        "CanGoNext": ("b", Access.READ),
        "CanGoPrevious": ("b", Access.READ),
        "CanPlay": ("b", Access.READ),
        "CanPause": ("b", Access.READ),
        "CanSeek": ("b", Access.READ),
        "CanControl": ("b", Access.READ),
    },
}
NEVER_SIGNALLED = frozenset({"Position"})
"""It changes all the time; who wants to know it asks."""

METHODS: dict[str, dict[str, str]] = {
    ROOT: {"Raise": "", "Quit": ""},
    PLAYER: {
        "Next": "",
        "Previous": "",
        "Pause": "",
        "PlayPause": "",
        "Stop": "",
        "Play": "",
        "Seek": "x",
        "SetPosition": "ox",
        "OpenUri": "s",
    },
    PROPERTIES: {"Get": "ss", "GetAll": "s", "Set": "ssv"},
    INTROSPECTABLE: {"Introspect": ""},
    PEER: {"Ping": "", "GetMachineId": ""},
}
"""Interface, method, types of what goes in."""

ANSWERS: dict[str, str] = {"Get": "v", "GetAll": "a{sv}", "Introspect": "s", "GetMachineId": "s"}
"""Types of what comes out, of the methods from which something does."""

SIGNALS: dict[str, dict[str, tuple[str, ...]]] = {
    PLAYER: {"Seeked": ("x",)},
    PROPERTIES: {"PropertiesChanged": ("s", "a{sv}", "as")},
}

_DOCTYPE = (
    '<!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN"\n'
    ' "http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">\n'
)


def introspection() -> str:
    """The description of the object at PATH, made from the tables above."""
    return f"{_DOCTYPE}<node>\n{''.join(_interface(name) for name in METHODS)}</node>\n"


def introspection_above(path: str) -> str | None:
    """The description of a node on the way to PATH, so that people who browse find it; None for others."""
    below = f"{path.rstrip('/')}/"
    if not PATH.startswith(below):
        return None
    child = PATH.removeprefix(below).partition("/")[0]
    return f"{_DOCTYPE}<node>\n <node name={quoteattr(child)}/>\n</node>\n"


def _interface(name: str) -> str:
    lines = [f" <interface name={quoteattr(name)}>\n"]
    for method, arguments in METHODS[name].items():
        lines.append(f"  <method name={quoteattr(method)}>\n")
        lines += [f'   <arg type={quoteattr(letter)} direction="in"/>\n' for letter in arguments]
        if method in ANSWERS:
            lines.append(f'   <arg type={quoteattr(ANSWERS[method])} direction="out"/>\n')
        lines.append("  </method>\n")
    for signal, types in SIGNALS.get(name, {}).items():
        arguments = "".join(f"   <arg type={quoteattr(letter)}/>\n" for letter in types)
        lines.append(f"  <signal name={quoteattr(signal)}>\n{arguments}  </signal>\n")
    for item, (kind, access) in PROPERTY_TYPES.get(name, {}).items():
        head = f"  <property name={quoteattr(item)} type={quoteattr(kind)} access={quoteattr(access)}"
        lines.append(f"{head}>\n{_SILENT}  </property>\n" if item in NEVER_SIGNALLED else f"{head}/>\n")
    return "".join([*lines, " </interface>\n"])


_SILENT = '   <annotation name="org.freedesktop.DBus.Property.EmitsChangedSignal" value="false"/>\n'
