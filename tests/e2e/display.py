# SPDX-License-Identifier: GPL-3.0-or-later
"""A virtual display of our own, and pictures of what it shows."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

GRAB = """
import sys
from PySide6.QtGui import QGuiApplication
application = QGuiApplication(sys.argv[:1])
picture = application.primaryScreen().grabWindow(0)
sys.exit(0 if picture.save(sys.argv[1]) else 1)
"""


class Display:
    """An X server without a screen. With `frames` a window manager decorates windows; without, each window
    fills the display. `close` ends it."""

    def __init__(self, width: int = 1280, height: int = 800, *, frames: bool = True) -> None:
        read_end, write_end = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
            pass_fds=[write_end],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(write_end)
        with os.fdopen(read_end) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        self.name = f":{number}"
        self._manager: subprocess.Popen[bytes] | None = None
        if frames and shutil.which("openbox"):
            self._manager = subprocess.Popen(
                ["openbox", "--sm-disable"],
                env=self.environment(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

    def environment(self) -> dict[str, str]:
        """What a program needs to show itself here."""
        outside = {key: value for key, value in os.environ.items() if not key.startswith(("QT_", "WAYLAND_"))}
        return {**outside, "DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb"}

    def grab(self, target: Path) -> Path:
        """A picture of the whole display."""
        subprocess.run([sys.executable, "-c", GRAB, str(target)], env=self.environment(), check=True, timeout=30)
        return target

    def close(self) -> None:
        for process in (self._manager, self._server):
            if process is not None:
                process.terminate()
                process.wait(10)
