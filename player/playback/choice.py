# SPDX-License-Identifier: GPL-3.0-or-later
"""The class that is wanted last, while it is being loaded. Main thread."""

from __future__ import annotations

from collections.abc import Callable

from player.domain.models import ClassId
from player.playback.store import ClassLoader, LoadedClass


class Choice:
    """Loads one class at a time: a newer wish makes the one before forgotten."""

    def __init__(self, loader: ClassLoader, failed: Callable[[Exception], None]) -> None:
        self._loader = loader
        self._failed = failed
        self._request = 0
        self._by_user = False

    @property
    def by_user(self) -> bool:
        """Whether the user has chosen a class that is still being loaded."""
        return self._by_user

    def load(self, class_id: ClassId, then: Callable[[LoadedClass], None], *, by_user: bool = False) -> None:
        """Leads to `then`, to the failure told when this was made, or to nothing once something else is wanted."""
        self.forget()
        self._by_user = by_user
        request = self._request

        def loaded(result: LoadedClass) -> None:
            if request == self._request:
                self._by_user = False
                then(result)

        def failed(error: Exception) -> None:
            if request == self._request:
                self._by_user = False
                self._failed(error)

        self._loader.load(class_id, loaded, failed)

    def forget(self) -> None:
        """Whatever is being loaded is not wanted any more."""
        self._request += 1
        self._by_user = False
