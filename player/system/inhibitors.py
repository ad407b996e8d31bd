# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways in which desktops on Linux are asked over D-Bus to stay awake. Main thread.

Which of them exists depends on the desktop, so every one that runs is asked: screen savers of the freedesktop kind
(KDE, GNOME, XFCE, Cinnamon, MATE), power managers, the portal, and logind. All let go when the connection ends.
"""

from __future__ import annotations

from jeepney import DBusAddress
from jeepney.fds import FileDescriptor

from player.system.bus import Body, Bus, CallError

NAME, REASON = "Session Player", "A class is playing"
SUSPEND, IDLE = 4, 8
"""What the portal is asked to prevent."""

SCREEN_SAVER = DBusAddress("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "org.freedesktop.ScreenSaver")
POWER = DBusAddress(
    "/org/freedesktop/PowerManagement/Inhibit",
    "org.freedesktop.PowerManagement",
    "org.freedesktop.PowerManagement.Inhibit",
)
PORTAL = DBusAddress(
    "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Desktop", "org.freedesktop.portal.Inhibit"
)
LOGIND = DBusAddress("/org/freedesktop/login1", "org.freedesktop.login1", "org.freedesktop.login1.Manager")


class _BusHolder:
    """Asks once for each `hold`; an answer that comes after `release` is given back at once."""

    signature: str
    arguments: Body

    def __init__(self, bus: Bus, address: DBusAddress) -> None:
        self._bus, self._address = bus, address
        self._wanted = False
        self._asked = False
        self._token: object | None = None

    @property
    def holding(self) -> bool:
        return self._token is not None

    def hold(self) -> None:
        self._wanted = True
        if self._asked or self._token is not None or not self._bus.is_open:
            return
        self._asked = True
        self._bus.call(
            self._address,
            "Inhibit",
            self.signature,
            self.arguments,
            done=self._take,
            failed=self._refused,
            start_service=False,
        )

    def release(self) -> None:
        self._wanted = False
        token, self._token = self._token, None
        if token is not None:
            self._give_back(token)

    def _take(self, body: Body) -> None:
        self._asked = False
        self._token = body[0]
        if not self._wanted:
            self.release()

    def _refused(self, _error: CallError) -> None:
        self._asked = False  # this desktop does not have it; the next class asks again

    def _give_back(self, token: object) -> None:
        raise NotImplementedError


class CookieHolder(_BusHolder):
    """Screen savers and power managers: a number is given, and given back."""

    signature, arguments = "ss", (NAME, REASON)

    def _give_back(self, token: object) -> None:
        self._bus.call(self._address, "UnInhibit", "u", (token,), start_service=False)


class PortalHolder(_BusHolder):
    """The portal gives an object that is closed."""

    signature = "sua{sv}"
    arguments = ("", SUSPEND | IDLE, {"reason": ("s", REASON)})

    def _give_back(self, token: object) -> None:
        request = DBusAddress(str(token), PORTAL.bus_name, "org.freedesktop.portal.Request")
        self._bus.call(request, "Close", start_service=False)


class LogindHolder(_BusHolder):
    """logind gives a file that is closed. `what` and `mode` are its words: ("idle", "block") keeps it from sleeping
    for want of input, ("sleep", "delay") makes it wait a moment before it sleeps for any reason."""

    signature = "ssss"

    def __init__(self, bus: Bus, what: str = "idle", mode: str = "block", why: str = REASON) -> None:
        super().__init__(bus, LOGIND)
        self.arguments = (what, NAME, why, mode)

    def _give_back(self, token: object) -> None:
        if isinstance(token, FileDescriptor):
            token.close()


def session_holders(bus: Bus) -> tuple[_BusHolder, ...]:
    """All holders of the session bus."""
    return CookieHolder(bus, SCREEN_SAVER), CookieHolder(bus, POWER), PortalHolder(bus, PORTAL)
