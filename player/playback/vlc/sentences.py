# SPDX-License-Identifier: GPL-3.0-or-later
"""What people are told when a class cannot be played: what happened, and what to do next."""

from __future__ import annotations

GONE = (
    "This class could not be opened: its file is not where it was. "
    "Connect the drive it is on, or import its folder again."
)
UNREADABLE = "This class could not be opened: its file cannot be read. Check the drive and the permissions of the file."
CHANGED = (
    "This class could not be played: its file is not the video or sound file it was taken for. "
    "Import its folder again, or replace the file."
)
DAMAGED = (
    "This class could not be played: no picture and no sound could be read from its file. "
    "The file may be damaged; try to copy or download it again."
)
BROKEN_OFF = (
    "It stopped long before its end: its file is cut off or damaged, or its drive was disconnected. "
    "Connect the drive, or copy the file again."
)
SILENT = "This class did not start within {seconds} seconds. Its drive may be asleep or no longer connected; try again."
