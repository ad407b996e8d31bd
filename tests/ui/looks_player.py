# SPDX-License-Identifier: GPL-3.0-or-later
"""Renders the player in all its states to PNG files, to be looked at: python -m tests.ui.looks_player FOLDER [SCALE]"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if len(sys.argv) > 2:
    os.environ["QT_SCALE_FACTOR"] = sys.argv[2]

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from player.domain.queue import Queue, QueueItem
from player.playback.messages import Message, Severity
from player.playback.sleep_timer import SleepAt
from tests.ui.player_stage import MINUTE, Stage


def main() -> None:
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    QApplication(sys.argv[:1])
    for width, height in ((1280, 800), (1920, 1080), (960, 600))[: 1 if len(sys.argv) > 2 else 3]:
        with tempfile.TemporaryDirectory() as folder:
            stage = Stage(Path(folder), scene=True)
            _states(stage, target, width, height)
            stage.close()


def _states(stage: Stage, target: Path, width: int, height: int) -> None:
    def take(name: str) -> None:
        stage.pass_time(0.5)
        stage.page.grab().save(str(target / f"{name}-{width}.png"))

    page, controller = stage.page, stage.controller
    stage.show(width, height)
    stage.play(13, 7 * MINUTE)
    controller.set_mirrored(True)
    page.toggle_phases()
    take("controls")
    page.toggle_stop()
    page.toggle_queue()
    page.show_value("1.25×", "speed")
    take("controls-queue")
    page.messages._dismiss()
    page.toggle_stop()
    page.toggle_queue()
    controller.loop_phase()
    controller.set_loop(5 * MINUTE, 9 * MINUTE)
    controller.sleep_timer.set_minutes(30)
    page.ask_time()
    take("loop-by-hand-time-sleep")
    page.time_field.close_field()
    controller.sleep_timer.set_at(SleepAt.NEVER)
    controller.loop_phase()
    controller.loop_phase()
    page.resume.offer(7 * MINUTE, "Breath", at_phase_start=False)
    page.captions.show_words("Let the breath go down into the back of your ribs, and feel how the floor holds you.", 0)
    take("resumed-captions")
    page.resume.go()
    page.captions.show_words("", 0)
    page.toggle_phases()
    page.deck.line.hovered.emit(9 * MINUTE + 40_000, page.deck.line.width() * 0.64)
    text = "“Class 14” cannot be played, so the next class follows. " + "The file ends before it should. " * 2
    controller.message.emit(Message(text, Severity.WARNING))
    take("loop-hover-message")
    page.messages._dismiss()
    controller.loop_phase()
    controller.set_mirrored(False)
    page.hover.set_shown(False)
    page.clock._wanted = False
    page.clock.changed.emit(False)
    take("hidden")
    stage.go_to(7 * MINUTE + 31_000)
    take("hidden-new-phase")
    page.set_full_screen(True)
    stage.go_to(4 * MINUTE + 21_000)
    take("hidden-new-phase-floor")
    page.clock.wake()
    stage.go_to(7 * MINUTE)
    take("floor")
    stage.go_to(1 * MINUTE + 20_000)
    page.toggle_phases()
    take("floor-phases")
    page.toggle_phases()
    page.toggle_queue()
    controller.set_mirrored(True)
    page.toggle_stop()
    take("floor-queue")
    page.toggle_queue()
    page.clock._wanted = False
    page.clock.changed.emit(False)
    page.messages._dismiss()
    page.show_value("Volume 125 %", "volume")
    take("floor-value")
    page.toggle_stop()
    page.messages._dismiss()
    controller.set_mirrored(False)
    page.clock.wake()
    stage.end_class()
    page.messages._dismiss()
    take("up-next-floor")
    controller.message.emit(Message(text, Severity.WARNING))
    take("up-next-floor-message")
    page.toggle_queue()
    take("up-next-floor-queue")
    page.toggle_queue()
    page.set_full_screen(False)
    take("up-next-message")
    page.messages._dismiss()
    take("up-next")
    controller.set_queue(controller.queue.play_next(QueueItem(stage.ids[13], 2)))
    stage.settle()
    page.toggle_queue()
    take("up-next-phase-queue")
    rows = page.drawer.list
    grip = rows.places(2).handle.center()
    QTest.mousePress(rows.viewport(), Qt.MouseButton.LeftButton, pos=grip)
    for down in (8, -50):
        QTest.mouseMove(rows.viewport(), grip + QPoint(0, down))
    take("queue-drag")
    QTest.mouseRelease(rows.viewport(), Qt.MouseButton.LeftButton, pos=grip)
    page.toggle_queue()
    controller.stay_here()
    take("up-next-stayed")
    controller.set_queue(Queue())
    stage.play(15, 9 * MINUTE)
    page.clock.wake()
    take("no-phases")
    page.set_full_screen(True)
    page.clock.wake()
    take("no-phases-floor")
    page.set_full_screen(False)
    stage.play(16, 2 * MINUTE)
    page.clock.wake()
    take("sound-only")
    stage.end_class()
    take("end-of-series")
    page.set_full_screen(True)
    take("end-of-series-floor")
    page.set_full_screen(False)


main()
