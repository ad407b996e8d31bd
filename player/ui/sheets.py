# SPDX-License-Identifier: GPL-3.0-or-later
"""The dialogs that lie over the window: editing a class or a series, what an import did. Main thread; the library is
asked on its lane."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from player.domain.errors import SessionPlayerError
from player.domain.models import ClassId, ClassVideo, Series, SeriesId
from player.domain.vocabulary import Vocabulary
from player.library import Library
from player.system.import_log import ImportRecord
from player.tasks.lane import Lane
from player.ui.dialogs.edit_class import Changes, EditClass, FoundValues
from player.ui.dialogs.edit_series import EditSeries, SeriesChanges
from player.ui.dialogs.sheet import Sheet
from player.ui.dialogs.what_happened import WhatHappened
from player.ui.icons import Icons
from player.ui.theme import ThemeManager

log = logging.getLogger(__name__)


class Sheets(QObject):
    """Opens one dialog at a time over `window`. `changed`: the library holds something new. `told`: a sentence."""

    changed = Signal()
    told = Signal(str)

    def __init__(
        self,
        themes: ThemeManager,
        icons: Icons,
        vocabulary: Vocabulary,
        *,
        library: Library,
        lane: Lane,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._themes, self._icons, self._vocabulary = themes, icons, vocabulary
        self._library, self._lane, self._window = library, lane, window
        self.open_sheet: Sheet | None = None

    @Slot(int)
    def edit_class(self, class_id: ClassId) -> None:
        library = self._library

        def read() -> tuple[ClassVideo, FoundValues, Series]:
            video = library.class_video(class_id)
            return video, library.found_in_class(class_id), library.series(video.series_id)

        def show(answer: tuple[ClassVideo, FoundValues, Series]) -> None:
            video, found, series = answer
            sheet = EditClass(
                self._themes,
                self._icons,
                self._vocabulary,
                self._window,
                video=video,
                found=found,
                sections=series.sections,
            )
            sheet.save_requested.connect(partial(self._save_class, sheet, video))
            if self._take(sheet):
                sheet.begin()

        self._lane.submit(read, show, self._tell)

    @Slot(int)
    def edit_series(self, series_id: SeriesId) -> None:
        library = self._library

        def read() -> tuple[Series, tuple[ClassVideo, ...], FoundValues]:
            return library.series(series_id), library.classes(series_id), library.found_in_series(series_id)

        def show(answer: tuple[Series, tuple[ClassVideo, ...], FoundValues]) -> None:
            series, classes, found = answer
            sheet = EditSeries(self._themes, self._icons, self._window, series=series, classes=classes, found=found)
            sheet.save_requested.connect(partial(self._save_series, sheet, series))
            if self._take(sheet):
                sheet.begin()

        self._lane.submit(read, show, self._tell)

    @Slot(ImportRecord)
    def show_what_happened(self, record: ImportRecord) -> None:
        sheet = WhatHappened(self._themes, self._icons, self._window, record)
        if self._take(sheet):
            sheet.begin()

    def _take(self, sheet: Sheet) -> bool:
        """Whether this dialog may be shown: not over another one."""
        if self.open_sheet is not None:
            sheet.deleteLater()
            return False
        self.open_sheet = sheet
        sheet.closed.connect(self._closed)
        return True

    @Slot()
    def _closed(self) -> None:
        sheet, self.open_sheet = self.open_sheet, None
        if sheet is not None:
            sheet.deleteLater()

    def _save_class(self, sheet: EditClass, video: ClassVideo, changes: Changes) -> None:
        library = self._library

        def write() -> None:
            for name in changes.restored:
                library.restore_class(video.id, name)
            if changes.values:
                library.edit_class(video.id, **changes.values)
            if "section" in changes.values or "section" in changes.restored:
                _keep_sections_together(library, video.series_id)

        self._save(sheet, sheet.saved, write)

    def _save_series(self, sheet: EditSeries, series: Series, changes: SeriesChanges) -> None:
        library = self._library

        def write() -> None:
            for name in changes.words.restored:
                library.restore_series(series.id, name)
            if changes.words.values:
                library.edit_series(series.id, **changes.words.values)
            if changes.preferences is not None:
                library.set_preferences(series.id, changes.preferences)
            if changes.sections is not None:
                _arrange(library, series.id, changes.sections)

        self._save(sheet, sheet.saved, write)

    def _save(self, sheet: Sheet, saved: Callable[[], None], write: Callable[[], None]) -> None:
        def done(_nothing: None) -> None:
            self.changed.emit()
            if isValid(sheet):
                saved()

        def failed(error: Exception) -> None:
            sentence = _sentence(error)
            if isValid(sheet) and sheet.isVisible():
                sheet.show_trouble(sentence)
            else:
                self.told.emit(sentence)

        self._lane.submit(write, done, failed)

    def _tell(self, error: Exception) -> None:
        self.told.emit(_sentence(error))


def _keep_sections_together(library: Library, series_id: SeriesId) -> None:
    """A class that has changed its section stands behind the others that are in it."""
    _arrange(library, series_id, tuple(dict.fromkeys(one.section for one in library.classes(series_id))))


def _arrange(library: Library, series_id: SeriesId, sections: tuple[str | None, ...]) -> None:
    """The classes of a series by section, in this order of the sections."""
    classes = library.classes(series_id)
    order = sorted(classes, key=lambda one: sections.index(one.section) if one.section in sections else len(sections))
    library.arrange(series_id, [one.id for one in order])


def _sentence(error: Exception) -> str:
    if isinstance(error, SessionPlayerError):
        return f"This could not be done. {error}"
    log.error("A dialog could not read or save", exc_info=error)
    return "This could not be done because of an error inside the program. The log tells more."
