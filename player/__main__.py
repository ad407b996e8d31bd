# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m player` and the command `session-player`."""

from __future__ import annotations

import sys

from player.cli import run


def main() -> int:
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
