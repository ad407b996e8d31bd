# SPDX-License-Identifier: GPL-3.0-or-later
"""What a request over the control socket does in the running window, and what it is answered. Main thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from player.domain.facts_json import class_json, phase_json
from player.domain.models import ClassId
from player.opening import OpenRequest
from player.playback.controller import PlaybackController

Json = dict[str, Any]

_ALWAYS = ("quit", "stop", "pause")
"""Commands that make sense where no class is on: then there is nothing to do."""


class Remote:
    """`handle` answers one request. `open_` and `quit_` are the window's."""

    def __init__(
        self,
        controller: PlaybackController,
        titles: Callable[[ClassId], str],
        open_: Callable[[OpenRequest], None],
        quit_: Callable[[], None],
    ) -> None:
        self._controller = controller
        self._titles = titles
        self._open = open_
        self._quit = quit_
        self._commands: dict[str, Callable[[], None]] = {
            "play": controller.play,
            "pause": controller.pause,
            "toggle": controller.toggle,
            "stop": controller.stop,
            "next": controller.next_class,
            "previous": controller.previous_class,
            "next-phase": controller.next_phase,
            "previous-phase": controller.previous_phase,
            "loop-phase": controller.loop_phase,
            "mirror": lambda: controller.set_mirrored(not controller.mirrored),
            "quit": quit_,
        }

    def handle(self, request: Json) -> Json:
        """Carry out `request`; {"ok": true}, the status, or {"error": a sentence}."""
        name = request.get("command")
        if name == "status":
            return self.status()
        if name == "open":
            self._open(OpenRequest.from_json(request))
        elif name == "seek":
            position_ms = request.get("position_ms")
            if not isinstance(position_ms, int):
                return {"error": "“seek” needs a time."}
            if self._controller.class_video is None:
                return {"error": "No class is playing. Start one first."}
            self._controller.seek(position_ms)
        elif isinstance(name, str) and name in self._commands:
            if name not in _ALWAYS and self._controller.class_video is None:
                return {"error": "No class is on. Start one first: session-player play"}
            if "phase" in name and not self._controller.timeline.phases:
                return {"error": "This class has no phases that are known."}
            self._commands[name]()
        else:
            return {"error": "The running window does not know this command."}
        return {"ok": True}

    def status(self) -> Json:
        """`control status --json`, as product.md 8 has it: times in milliseconds."""
        controller = self._controller
        video, phase, loop, up_next = (
            controller.class_video,
            controller.phase,
            controller.loop,
            controller.up_next,
        )
        following = up_next.class_video if up_next else None
        counts = up_next is not None and up_next.left_ms is not None
        statistics = controller.engine.statistics
        return {
            "state": str(controller.state),
            "class": class_json(video) if video else None,
            "position_ms": controller.position_ms,
            "duration_ms": controller.timeline.duration_ms,
            "phase": {"index": controller.phase_index, **phase_json(phase)} if phase else None,
            "rate": controller.rate,
            "volume": controller.volume,
            "muted": controller.muted,
            "mirrored": controller.mirrored,
            "loop": {"start_ms": loop.start_ms, "end_ms": loop.end_ms} if loop else None,
            "queue": [
                {"class_id": item.class_id, "title": self._titles(item.class_id), "phase": item.phase}
                for item in controller.queue.items
            ],
            "up_next": {
                "class_id": following.id,
                "seconds_left": -(-(up_next.left_ms or 0) // 1000) if counts else None,
            }
            if up_next and following
            else None,
            "frames_shown": statistics.frames_shown,
            "frames_late": statistics.frames_late,
        }
