# SPDX-License-Identifier: GPL-3.0-or-later
"""X11's own screen saver and display power saving, which desktops without a service of their own leave running.

They rest as long as a connection that asks for it is open, so they come back when this program dies. Main thread.
"""

from __future__ import annotations

import ctypes
import logging
import os

log = logging.getLogger(__name__)


class X11Holder:
    """Holds a connection of its own while the screen is to stay on. Does nothing where there is no X server."""

    def __init__(self) -> None:
        self._x11: ctypes.CDLL | None = None
        self._display: int | None = None

    @staticmethod
    def fits() -> bool:
        """Whether the window is on an X server (a Wayland session has one too, which rules over nothing)."""
        return bool(os.environ.get("DISPLAY")) and not os.environ.get("WAYLAND_DISPLAY")

    def hold(self) -> None:
        if self._display is not None:
            return
        try:
            x11, saver = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXss.so.1")
        except OSError as error:
            log.info("X11's screen saver cannot be asked to rest: %s", error)
            return
        x11.XOpenDisplay.restype = ctypes.c_void_p
        display = x11.XOpenDisplay(None)
        if not display:
            return
        self._x11, self._display = x11, display
        first_event, first_error = ctypes.c_int(), ctypes.c_int()
        there = saver.XScreenSaverQueryExtension(
            ctypes.c_void_p(display), ctypes.byref(first_event), ctypes.byref(first_error)
        )
        if there:
            saver.XScreenSaverSuspend(ctypes.c_void_p(display), 1)
            x11.XFlush(ctypes.c_void_p(display))
        else:
            self.release()

    def release(self) -> None:
        if self._x11 is not None and self._display is not None:
            self._x11.XCloseDisplay(ctypes.c_void_p(self._display))
            self._display = None
