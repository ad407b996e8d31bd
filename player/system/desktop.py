# SPDX-License-Identifier: GPL-3.0-or-later
"""The player as a part of the desktop: MPRIS, staying awake, going to sleep. Main thread.

Puts the pieces together for the system it runs on. Without a bus the player plays all the same.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from typing_extensions import override

from player.playback.controller import PlaybackController
from player.playback.messages import Message
from player.system.awake import Awake, CaffeinateHolder, ExecutionStateHolder, Holder

if TYPE_CHECKING:
    from player.system.bus import Bus
    from player.system.mpris import Mpris, WindowWays
    from player.system.suspend import Suspend

log = logging.getLogger(__name__)


class Desktop(QObject):
    """From `start` to `close`. Controller and window are lent."""

    message = Signal(Message)

    def __init__(
        self,
        controller: PlaybackController,
        ways: WindowWays,
        window: QObject,
        kept: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        """`window` is looked at for its full-screen state; `kept` tells whether every place has been written."""
        super().__init__(parent)
        self._controller, self._ways, self._window, self._kept = controller, ways, window, kept
        self._buses: list[Bus] = []
        self._mpris: Mpris | None = None
        self._suspend: Suspend | None = None
        self._awake: Awake | None = None

    def start(self) -> None:
        """Connect to what this desktop has."""
        holders: list[Holder] = []
        if sys.platform == "win32":
            holders.append(ExecutionStateHolder())
        elif sys.platform == "darwin":
            holders.append(CaffeinateHolder())
        else:
            holders += self._connect()
        self._awake = Awake(self._controller, holders, self)
        self._awake.start()
        self._window.installEventFilter(self)

    def _connect(self) -> list[Holder]:
        from player.system.bus import Bus, session_address, system_address
        from player.system.inhibitors import LogindHolder, session_holders
        from player.system.mpris import Mpris
        from player.system.suspend import Suspend
        from player.system.x11_saver import X11Holder

        holders: list[Holder] = [X11Holder()] if X11Holder.fits() else []
        session, system = Bus(self), Bus(self)
        self._buses = [session, system]
        if session.open(session_address()):
            self._mpris = Mpris(session, self._controller, self._ways, self)
            self._mpris.start()
            holders += session_holders(session)
        else:
            log.info("There is no session bus, so desktop and media keys cannot steer the player")
        if system.open(system_address()):
            self._suspend = Suspend(system, self._controller, self._kept, self)
            self._suspend.woken.connect(self.message)
            self._suspend.start()
            holders.append(LogindHolder(system))
        else:
            log.info("There is no system bus, so the player does not hear when the computer sleeps")
        return holders

    def close(self) -> None:
        """Let go of everything; takes a fraction of a second at most."""
        self._window.removeEventFilter(self)
        if self._awake is not None:
            self._awake.close()
        if self._suspend is not None:
            self._suspend.close()
        for bus in self._buses:
            bus.close()

    def set_can_begin(self, can_begin: bool) -> None:
        """Whether there is a class to go on with where none is on."""
        if self._mpris is not None:
            self._mpris.set_can_begin(can_begin)

    def look_at_picture(self) -> None:
        """A picture has come into being, perhaps that of the class that is on."""
        if self._mpris is not None:
            self._mpris.look_at_picture()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowStateChange and self._mpris is not None:
            self._mpris.look()
        return False
