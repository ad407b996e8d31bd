# SPDX-License-Identifier: GPL-3.0-or-later
"""Where log records go: a file of bounded size, warnings on stderr, Qt's own messages among them."""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import sys
import threading
from types import TracebackType

from player.system.paths import Paths

_LIMIT_BYTES = 2_000_000
_FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


def start_log(paths: Paths) -> None:
    """Log to paths.log_file from now on. A log that cannot be written is no reason not to start."""
    logging.raiseExceptions = False  # a log that cannot be written is not worth a traceback on the terminal
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("libav").setLevel(logging.ERROR)
    try:
        handler = logging.handlers.RotatingFileHandler(
            paths.log_file, maxBytes=_LIMIT_BYTES, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter(_FORMAT))
    root.addHandler(handler)
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_uncaught_in_thread


def start_crash_log(paths: Paths) -> None:
    """Have the stacks of a crash (a segmentation fault in a library) written to crash.log."""
    try:
        faulthandler.enable((paths.log / "crash.log").open("a", encoding="utf-8"))
    except OSError:
        logging.getLogger(__name__).warning("No crash log can be written to %s", paths.log)


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("player").critical("Uncaught error", exc_info=(kind, error, trace))
    print("Something went wrong inside the program; the details are in its log.", file=sys.stderr)  # noqa: T201


def _log_uncaught_in_thread(what: threading.ExceptHookArgs) -> None:
    if what.exc_value is not None:
        _log_uncaught(what.exc_type, what.exc_value, what.exc_traceback)
