# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads JSON of strangers: bounded in size and depth, with sentences for what is wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from player.importing.sidecars.findings import Sidecar, UnusableSidecar

MOST_BYTES = 4 * 1024 * 1024
"""Downloaders list every format of a video, so their files are long; more than this fills memory."""


def read_object(sidecar: Sidecar) -> Mapping[str, Any]:
    """The one object that a file holds. Raises OSError and UnusableSidecar."""
    text = sidecar.text(most=MOST_BYTES)
    if not text.strip():
        raise UnusableSidecar("The file is empty and says nothing of the class. Remove it or download it again.")
    try:
        data = json.loads(text)
    except RecursionError:
        raise UnusableSidecar("The file is nested too deeply and was not used. Download it again.") from None
    except json.JSONDecodeError as error:
        where = "it is cut off" if error.pos >= len(text.rstrip()) else f"there is a mistake in line {error.lineno}"
        raise UnusableSidecar(f"The file cannot be read because {where}. Download or write it again.") from None
    except ValueError:  # a whole number of thousands of digits
        raise UnusableSidecar(
            "The file holds numbers beyond all measure and was not used. Download it again."
        ) from None
    if not isinstance(data, dict):
        raise UnusableSidecar("The file does not hold what its name says and was not used. Download it again.")
    return data
