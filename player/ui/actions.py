# SPDX-License-Identifier: GPL-3.0-or-later
"""Every key of the program, in one table. Knows no page: handlers are given by who binds the keys. Main thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget


class Scope(StrEnum):
    """Where keys work: in the player, or on every page."""

    PLAYER = "player"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Action:
    """Something a key does. `keys` are QKeySequence's portable names, the first is the one that is shown; `row` is
    the line of the keyboard page, where actions with the same row stand together; `repeats`: while held."""

    id: str
    title: str
    group: str
    keys: tuple[str, ...]
    row: str = ""
    scope: Scope = Scope.PLAYER
    repeats: bool = False


PLAYING, PHASES, NEXT, AROUND = "Playing", "Phases", "Next", "Going around"
MOST_NUMBERED_PHASES = 9
MEDIA_PLAY = ("Media Play", "Media Pause", "Toggle Media Play/Pause")
"""Keyboards have one of them or two; where a desktop takes them for itself, they come by MPRIS."""

ACTIONS: tuple[Action, ...] = (
    Action("play-pause", "Play or pause", PLAYING, ("Space", "B", *MEDIA_PLAY)),
    Action("back-10", "Back 10 s", PLAYING, ("Left",), "Back, forward 10 s", repeats=True),
    Action("forward-10", "Forward 10 s", PLAYING, ("Right",), "Back, forward 10 s", repeats=True),
    Action("louder", "Louder", PLAYING, ("Up",), "Louder, softer", repeats=True),
    Action("softer", "Softer", PLAYING, ("Down",), "Louder, softer", repeats=True),
    Action("mute", "Mute", PLAYING, ("Shift+M",)),
    Action("slower", "Slower", PLAYING, ("[",), "Slower, faster, normal"),
    Action("faster", "Faster", PLAYING, ("]",), "Slower, faster, normal"),
    Action("normal-speed", "Normal speed", PLAYING, ("=",), "Slower, faster, normal"),
    Action("frame-back", "Back one picture", PLAYING, (",",), "Back, forward one picture", repeats=True),
    Action("frame-forward", "Forward one picture", PLAYING, (".",), "Back, forward one picture", repeats=True),
    Action("captions", "Captions", PLAYING, ("C",)),
    Action("captions-earlier", "Captions earlier", PLAYING, ("G",), "Captions earlier, later", repeats=True),
    Action("captions-later", "Captions later", PLAYING, ("H",), "Captions earlier, later", repeats=True),
    Action("mirror", "Mirror", PLAYING, ("X",)),
    Action("full-screen", "Full screen", PLAYING, ("F",)),
    Action("previous-phase", "Previous phase", PHASES, ("P", "PgUp"), "Previous, next phase"),
    Action("next-phase", "Next phase", PHASES, ("N", "PgDown"), "Previous, next phase"),
    Action("loop-phase", "Loop this phase", PHASES, ("L",)),
    *(
        Action(f"phase-{number}", f"Go to phase {number}", PHASES, (str(number),), "Go to phase 1 to 9")
        for number in range(1, MOST_NUMBERED_PHASES + 1)
    ),
    Action("phase-list", "Phase list", PHASES, ("T",)),
    Action("loop-stretch", "Loop from here, to here", PHASES, ("A",)),
    Action("loop-start", "Move start of loop here", PHASES, ("Ctrl+[",), "Move loop start, end here"),
    Action("loop-end", "Move end of loop here", PHASES, ("Ctrl+]",), "Move loop start, end here"),
    Action("queue", "Queue", NEXT, ("Q",)),
    Action("previous-class", "Previous class", NEXT, ("Shift+P", "Media Previous"), "Previous, next class"),
    Action("next-class", "Next class", NEXT, ("Shift+N", "Media Next"), "Previous, next class"),
    Action("stop-after-class", "Stop after this class", NEXT, ("S",)),
    Action("sleep-timer", "Sleep timer", NEXT, ("Shift+S",)),
    Action("go-to-time", "Go to a time", AROUND, ("Ctrl+G",)),
    Action("beginning", "To the beginning", AROUND, ("Home",)),
    Action("leave", "Back", AROUND, ("Esc",)),
    Action("search", "Search", AROUND, ("/", "Ctrl+F"), scope=Scope.ANYWHERE),
    Action("keyboard-page", "This page", AROUND, ("?",), scope=Scope.ANYWHERE),
)


def rows(actions: Iterable[Action] = ACTIONS) -> dict[str, dict[str, tuple[Action, ...]]]:
    """The keyboard page: group, then row, then the actions of the row, in the order of the table."""
    page: dict[str, dict[str, tuple[Action, ...]]] = {}
    for action in actions:
        group = page.setdefault(action.group, {})
        row = action.row or action.title
        group[row] = (*group.get(row, ()), action)
    return page


def bind(
    parent: QWidget,
    handlers: Mapping[str, Callable[[], object]],
    *,
    scope: Scope,
    actions: Iterable[Action] = ACTIONS,
) -> tuple[QShortcut, ...]:
    """Make the shortcuts of `scope`. They work while `parent` is visible in the active window, unless the widget
    with focus wants the key for itself. Raises KeyError for an action without a handler."""
    made: list[QShortcut] = []
    for action in actions:
        if action.scope is not scope:
            continue
        handler = handlers[action.id]
        for key in action.keys:
            shortcut = QShortcut(QKeySequence(key), parent)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.setAutoRepeat(action.repeats)
            shortcut.activated.connect(partial(_press_or, handler) if key == "Space" else handler)
            made.append(shortcut)
    return tuple(made)


def _press_or(handler: Callable[[], object]) -> None:
    """Space presses the button that has focus; where none has, it plays or pauses."""
    focused = QApplication.focusWidget()
    if isinstance(focused, QAbstractButton) and focused.isEnabled():
        focused.click()
    else:
        handler()
