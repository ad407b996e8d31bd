# SPDX-License-Identifier: GPL-3.0-or-later
"""The real program, run as its users run it: started, steered by `control`, looked at, killed."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.e2e.display import Display

ROOT = Path(__file__).resolve().parents[2]
POLL_S = 0.05


class Program:
    """One data folder, and the program that uses it."""

    def __init__(self, data: Path, display: Display, **environment: str) -> None:
        self.data = data
        self.display = display
        self.environment = {**display.environment(), **environment}
        self.window: subprocess.Popen[str] | None = None
        data.mkdir(parents=True, exist_ok=True)

    def settings(self, **groups: dict[str, Any]) -> None:
        """Write settings before the start. Sound is off: test machines have none."""
        playback = {"audio_output": "none", **groups.pop("playback", {})}
        (self.data / "settings.json").write_text(json.dumps({"playback": playback, **groups}))

    def run(self, *arguments: str, timeout_s: float = 120) -> subprocess.CompletedProcess[str]:
        """A command to its end."""
        return subprocess.run(
            self._command(*arguments),
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=timeout_s,
            check=False,
        )

    def json(self, *arguments: str) -> Any:
        """The JSON that a command prints; it must not fail."""
        done = self.run(*arguments, "--json")
        assert done.returncode in (0, 3), done.stderr
        return json.loads(done.stdout)

    def start(self, *arguments: str) -> None:
        """Open the window."""
        self.window = subprocess.Popen(
            self._command(*arguments), env=self.environment, cwd=ROOT, stderr=subprocess.PIPE, text=True
        )

    def status(self) -> dict[str, Any]:
        """`control status`; {} while there is no window yet."""
        done = self.run("control", "status", "--json")
        return dict(json.loads(done.stdout)) if done.returncode == 0 else {}

    def wait(self, fact: Callable[[dict[str, Any]], bool], timeout_s: float = 30) -> dict[str, Any]:
        """The first status for which `fact` is true."""
        deadline_s = time.monotonic() + timeout_s
        status: dict[str, Any] = {}
        while time.monotonic() < deadline_s:
            status = self.status()
            if status and fact(status):
                return status
            assert self.window is None or self.window.poll() is None, f"it ended: {self.end_message()}"
            time.sleep(POLL_S)
        raise AssertionError(f"it did not come to that in {timeout_s} s: {status}")

    def quit(self) -> int:
        """Close the window; its exit code."""
        assert self.run("control", "quit").returncode == 0
        return self.ended()

    def ended(self, timeout_s: float = 20) -> int:
        assert self.window is not None
        code = self.window.wait(timeout_s)
        message = self.end_message()
        assert "Traceback" not in message, message
        return code

    def end_message(self) -> str:
        """What an ended window has said on stderr."""
        assert self.window is not None
        assert self.window.stderr is not None
        return self.window.stderr.read() if not self.window.stderr.closed else ""

    def kill(self) -> None:
        if self.window is not None:
            if self.window.poll() is None:
                self.window.kill()
            self.window.wait(10)
            if self.window.stderr is not None:
                self.window.stderr.close()
            self.window = None

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "player", "--data-dir", str(self.data), *arguments]
