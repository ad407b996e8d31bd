# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line: messages on stderr, results on stdout, no Qt until a window is wanted.

Exit codes: 0 fine, 1 failed, 2 wrong use, 3 done but with problems (which are listed).
"""

from __future__ import annotations

import argparse
import io
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from player import __version__
from player.domain.choosing import next_class
from player.domain.errors import Cancelled, NotFound, SessionPlayerError, UsageError
from player.domain.facts_json import class_json, hit_json, report_json, series_json
from player.domain.models import ClassVideo
from player.domain.plan import ImportReport
from player.domain.times import format_clock, format_length, parse_time_ms
from player.opening import OpenRequest, with_open
from player.resources import resource_path
from player.search_command import find, hit_line
from player.system.control import NobodyListensError, ask
from player.system.log import start_log
from player.system.paths import Paths, find_paths

if TYPE_CHECKING:
    from player.library import Library

log = logging.getLogger(__name__)

FINE, FAILED, WRONG_USE, WITH_PROBLEMS = 0, 1, 2, 3

CONTROLS = (
    *("play", "pause", "toggle", "stop", "next", "previous", "next-phase", "previous-phase", "seek"),
    *("loop-phase", "mirror", "quit", "status"),
)

COMMANDS = ("import", "list", "show", "search", "open", "play", "control", "check")
Command = Callable[[argparse.Namespace, Paths], int]


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line and return the exit code. Never raises for what users can cause."""
    logging.getLogger().addHandler(logging.NullHandler())  # sentences go to stderr, details only to the log
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # names of files may hold what the terminal cannot show
            stream.reconfigure(errors="backslashreplace")
    options = build_parser().parse_args(with_open(arguments, COMMANDS))
    paths = find_paths(options.data_dir)
    command: Command = options.command
    try:
        paths.make()
        start_log(paths)
        return command(options, paths)
    except UsageError as error:
        return _complain(error, WRONG_USE)
    except SessionPlayerError as error:
        return _complain(error, FAILED)
    except (Cancelled, KeyboardInterrupt):
        say("Stopped. What was finished before is kept.")
        return FAILED
    except BrokenPipeError:  # the reader of our output has gone; so go quietly
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


def _complain(error: SessionPlayerError, code: int) -> int:
    log.error("%s %s", error, error.details)
    say(str(error))
    return code


def say(text: str) -> None:
    """A message for people: on stderr."""
    print(text, file=sys.stderr)


def build_parser() -> argparse.ArgumentParser:
    """The whole command line, as the README describes it."""
    parser = argparse.ArgumentParser(
        prog="session-player",
        description="Plays series of movement classes, phase by phase. Without a command it opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"Session Player {__version__}")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="keep everything in this folder")
    parser.add_argument("--demo", action="store_true", help="add the demo series and play it")
    parser.add_argument("--dialogs", action="store_true", help=argparse.SUPPRESS)  # no terminal: show errors
    parser.set_defaults(command=_open_window, files=[])
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def command(name: str, run_it: Command, help_text: str, *, json_too: bool = True) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help_text, description=help_text)
        sub.set_defaults(command=run_it)
        if json_too:
            sub.add_argument("--json", action="store_true", help="print the result as JSON")
        return sub

    sub = command("import", _import, "add or rescan files and folders of classes")
    sub.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    sub = command("list", _list, "the series, or the classes of one")
    sub.add_argument("series", nargs="?", metavar="SERIES")
    sub = command("show", _show, "everything known of a class")
    sub.add_argument("class_name", metavar="CLASS", help="an id, or SERIES/NUMBER")
    sub = command("search", _search, "find series, classes, phases and captions by words")
    sub.add_argument("words", nargs="+", metavar="WORDS")
    sub = command("open", _open_window, "open the window; with paths: import them and play", json_too=False)
    sub.add_argument("files", type=Path, nargs="*", metavar="PATH")
    sub = command("play", _play, "open the window and play a class", json_too=False)
    sub.add_argument("class_name", nargs="?", metavar="CLASS|SERIES")
    sub.add_argument("--phase", type=int, metavar="N", help="start at phase N (from 1)")
    sub.add_argument("--at", metavar="TIME", help="start at a time: 90, 1:30 or 0:01:30.5")
    sub.add_argument("--fullscreen", action="store_true", help="fill the screen")
    sub.add_argument("--screen", metavar="NAME", help="on this screen")
    sub = command("control", _control, "steer the running window")
    sub.add_argument("action", choices=CONTROLS, metavar="|".join(CONTROLS))
    sub.add_argument("value", nargs="?", metavar="TIME")
    command("check", _check, "look the library over: integrity, missing files, caches")
    return parser


def _print_json(value: Any) -> None:
    print(json.dumps(value, indent=1))


def open_library(paths: Paths) -> Library:
    from player.library import Library
    from player.progress_line import ProgressLine

    library = Library.open(paths.database, fill_index=False)
    if not library.index_is_full():  # this once it takes a while
        with ProgressLine(sys.stderr) as line:
            library.fill_index(line.show)
    return library


# import


def _import(options: argparse.Namespace, paths: Paths) -> int:
    wanted = _there(options.paths)
    library = open_library(paths)
    try:
        report = import_paths(library, wanted)
    finally:
        library.close()
    if options.json:
        _print_json(report_json(report))
    else:
        _print_report(report)
    return WITH_PROBLEMS if report.problems else FINE


def _there(wanted: Sequence[Path]) -> list[Path]:
    """These paths, absolute; refused if there is nothing at one."""
    for path in wanted:
        if not os.path.lexists(path):
            raise UsageError(f"There is no file or folder “{path}”.", "Look at how the path is written.")
    return [path.absolute() for path in wanted]


def import_paths(library: Library, wanted: Sequence[Path]) -> ImportReport:
    """Plan and apply an import, with progress on stderr."""
    from player.caption_pass import read_new_captions
    from player.domain.wishes import asked_for
    from player.importing.plan import build_plan
    from player.importing.vocabulary import load_vocabulary
    from player.progress_line import ProgressLine

    vocabulary = load_vocabulary(resource_path("vocabulary"))
    with ProgressLine(sys.stderr) as line:
        plan = build_plan(
            wanted,
            known=library.known_when_asked_for(Path(os.path.abspath(path)) for path in wanted),
            memory=library.memory(),
            vocabulary=vocabulary,
            progress=line.show,
        )
        wishes = asked_for(plan)
        if wishes.taken_in:
            report = library.accept(plan, wishes, progress=line.show)
        else:
            report = library.apply(plan, progress=line.show)
        read_new_captions(library, progress=line.show)  # so that the search knows what is said
        return report


def _print_report(report: ImportReport) -> None:
    counts = (
        (report.added, "added"),
        (report.updated, "updated"),
        (report.relinked, "found again at another place"),
        (report.unchanged, "unchanged"),
        (report.missing, "missing"),
    )
    told = ", ".join(f"{count} {word}" for count, word in counts if count)
    print(f"Classes: {told}." if told else "No classes were found.")
    for problem in report.problems:
        say(f"{problem.path}: {problem.message}")


# list, show, check


def _list(options: argparse.Namespace, paths: Paths) -> int:
    library = open_library(paths)
    try:
        if options.series is None:
            all_series = library.series_list()
            if options.json:
                _print_json([series_json(series) for series in all_series])
            else:
                for series in all_series:
                    length = format_length(series.duration_ms)
                    print(f"{series.id:>4}  {series.title}  ({series.done} of {series.classes} done, {length})")
                if not all_series:
                    say("The library is empty. Add a folder of classes with: session-player import FOLDER")
            return FINE
        classes = library.classes(library.find_series(options.series).id)
    finally:
        library.close()
    if options.json:
        _print_json([class_json(video) for video in classes])
    else:
        for video in classes:
            print(_class_line(video))
    return FINE


def _class_line(video: ClassVideo) -> str:
    number = "" if video.number is None else f"{video.number}."
    state = "" if video.state == "ready" else f"  [{video.state}]"
    return f"{video.id:>5}  {number:>4} {video.title}  {format_clock(video.duration_ms)}{state}"


def _show(options: argparse.Namespace, paths: Paths) -> int:
    library = open_library(paths)
    try:
        video = library.find_class(options.class_name)
    finally:
        library.close()
    if options.json:
        _print_json(class_json(video))
        return FINE
    print(_class_line(video).strip())
    print(f"Series: {video.series_title}" + (f", {video.section}" if video.section else ""))
    if video.description:
        print(video.description)
    if video.props:
        print("You will need: " + ", ".join(need.prop for need in video.props))
    for phase in video.phases:
        print(f"  {format_clock(phase.start_ms):>8}  {phase.title}  ({phase.kind})")
    files = [part.path for part in video.parts] or [video.path]
    for place, path in enumerate(files, 1):
        print(f"File: {path}" if len(files) == 1 else f"File {place}: {path}")
    if video.state_reason:
        print(video.state_reason)
    return FINE


def _search(options: argparse.Namespace, paths: Paths) -> int:
    library = open_library(paths)
    try:
        hits = find(library, " ".join(options.words))
    finally:
        library.close()
    if options.json:
        _print_json([hit_json(hit) for hit in hits])
        return FINE
    print("".join(f"{hit_line(hit)}\n" for hit in hits), end="")
    if not hits:
        say("Nothing was found. Try fewer words, or only their beginnings.")
    return FINE


def _check(options: argparse.Namespace, paths: Paths) -> int:
    library = open_library(paths)
    try:
        result = library.check()
    finally:
        library.close()
    pictures = [path for path in paths.pictures.rglob("*") if path.is_file()] if os.path.isdir(paths.pictures) else []
    cache_bytes = sum(picture.stat().st_size for picture in pictures)
    if options.json:
        _print_json(
            {
                "ok": result.ok,
                "integrity": result.integrity,
                "version": result.version,
                "library": str(result.path),
                "classes": result.classes,
                "missing": [str(video.path) for video in result.missing],
                "problems": list(result.problems),
                "pictures": len(pictures),
                "pictures_bytes": cache_bytes,
            }
        )
    else:
        print(f"Library: {result.path} (version {result.version})")
        print(f"Integrity: {result.integrity}")
        print(f"Classes: {result.classes}, missing: {len(result.missing)}")
        print(f"Pictures: {len(pictures)}, {cache_bytes / 1e6:.1f} MB")
        for text in (*result.problems, *(f"Missing: {video.path}" for video in result.missing)):
            say(text)
    if not result.ok:
        return FAILED
    return WITH_PROBLEMS if result.missing or result.problems else FINE


# The window


def _open_window(options: argparse.Namespace, paths: Paths) -> int:
    return _open(options, paths, OpenRequest(demo=options.demo, paths=tuple(map(str, _there(options.files)))))


def _play(options: argparse.Namespace, paths: Paths) -> int:
    at_ms = None if options.at is None else parse_time_ms(options.at)
    if options.phase is not None and options.phase < 1:
        raise UsageError("Phases are counted from 1.")
    class_id = None
    library = open_library(paths)
    try:
        video = _class_to_play(library, options.class_name)
        if video is None:
            say("There is nothing to play yet. Add a folder of classes with: session-player import FOLDER")
        else:
            class_id = video.id
    finally:
        library.close()
    phase = None if options.phase is None else options.phase - 1
    if video is not None and phase is not None and phase >= len(video.phases):
        if not video.phases:
            raise UsageError(f"“{video.title}” has no phases that are known.", "Start it at a time instead: --at 1:30")
        raise UsageError(f"“{video.title}” has {len(video.phases)} phases.", "Choose one of them.")
    request = OpenRequest(
        class_id=class_id,
        phase=phase,
        at_ms=at_ms,
        fullscreen=options.fullscreen,
        screen=options.screen,
    )
    return _open(options, paths, request)


def _class_to_play(library: Library, name: str | None) -> ClassVideo | None:
    """The class that is named; of a series the one to go on with; without a name the last one under way."""
    if name is None:
        return library.class_to_go_on_with()
    try:
        return library.find_class(name)
    except NotFound:
        return next_class(library.classes(library.find_series(name).id))


def _open(options: argparse.Namespace, paths: Paths, request: OpenRequest) -> int:
    """Hand over to a window that already runs on this data folder, or open one."""
    try:
        ask(paths.control, {"command": "open", **request.to_json()})
    except NobodyListensError:
        pass
    except OSError as error:
        log.warning("The running window does not answer: %s", error)
        say("Session Player is already running but does not answer. End it, then start again.")
        return FAILED
    else:
        say("Session Player is already running; its window has been asked.")
        return FINE
    from player.app import open_window

    return open_window(paths, request, dialogs=options.dialogs)


def _control(options: argparse.Namespace, paths: Paths) -> int:
    request: dict[str, Any] = {"command": options.action}
    if options.action == "seek":
        if options.value is None:
            raise UsageError("“control seek” needs a time.", "For example: control seek 1:30")
        request["position_ms"] = parse_time_ms(options.value)
    elif options.value is not None:
        raise UsageError(f"“control {options.action}” takes no time.")
    try:
        answer = ask(paths.control, request)
    except NobodyListensError:
        say("No window of Session Player is running. Start it first: session-player")
        return FAILED
    except OSError as error:
        log.warning("The running window does not answer: %s", error)
        say("The window of Session Player does not answer. Wait a little, then try again.")
        return FAILED
    if "error" in answer:
        say(str(answer["error"]))
        return FAILED
    if options.json:
        _print_json(answer)
    elif options.action == "status":
        _print_status(answer)
    return FINE


def _print_status(status: dict[str, Any]) -> None:
    video, phase = status.get("class"), status.get("phase")
    print(status["state"])
    if video:
        print(f"{video['title']}  {format_clock(status['position_ms'])} of {format_clock(status['duration_ms'])}")
    if phase:
        print(f"Phase {phase['index'] + 1}: {phase['title']}")
