# SPDX-License-Identifier: GPL-3.0-or-later
"""A real X server's screen saver rests while it is held, and comes back."""

from __future__ import annotations

import ctypes
import ctypes.util
import shutil
import time
from collections.abc import Iterator

import pytest

from player.system.x11_saver import X11Holder
from tests.e2e.display import Display

pytestmark = pytest.mark.skipif(
    not shutil.which("Xvfb") or not ctypes.util.find_library("Xss"), reason="needs Xvfb and libXss"
)

SAVER_AFTER_S = 1
BLANKING, ALLOWED, ON = 1, 1, 1


class Info(ctypes.Structure):
    """XScreenSaverInfo."""

    _fields_ = (
        ("window", ctypes.c_ulong),
        ("state", ctypes.c_int),
        ("kind", ctypes.c_int),
        ("til_or_since", ctypes.c_ulong),
        ("idle", ctypes.c_ulong),
        ("event_mask", ctypes.c_ulong),
    )


class Saver:
    """Looks at the screen saver of an X server."""

    def __init__(self, name: str) -> None:
        self._x11, self._xss = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXss.so.1")
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._x11.XDefaultRootWindow.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x11.XOpenDisplay(name.encode()))
        self._root = ctypes.c_ulong(self._x11.XDefaultRootWindow(self._display))
        self._x11.XSetScreenSaver(self._display, SAVER_AFTER_S, 0, BLANKING, ALLOWED)
        self._x11.XSync(self._display, 0)

    def on(self) -> bool:
        info = Info()
        assert self._xss.XScreenSaverQueryInfo(self._display, self._root, ctypes.byref(info))
        return bool(info.state == ON)

    def close(self) -> None:
        self._x11.XCloseDisplay(self._display)


@pytest.fixture
def saver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Saver]:
    display = Display(320, 200, frames=False)
    monkeypatch.setenv("DISPLAY", display.name)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    made = Saver(display.name)
    yield made
    made.close()
    display.close()


def comes_on(saver: Saver, within_s: float) -> bool:
    deadline_s = time.monotonic() + within_s
    while not saver.on():
        if time.monotonic() > deadline_s:
            return False
        time.sleep(0.05)
    return True


def test_the_screen_stays_on_while_it_is_held(saver: Saver) -> None:
    holder = X11Holder()
    assert holder.fits()
    holder.hold()
    holder.hold()
    assert not comes_on(saver, 3 * SAVER_AFTER_S)
    holder.release()
    holder.release()
    assert comes_on(saver, 20 * SAVER_AFTER_S)


def test_no_server_is_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":987")
    holder = X11Holder()
    holder.hold()
    holder.release()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert not holder.fits()
