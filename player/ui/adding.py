# SPDX-License-Identifier: GPL-3.0-or-later
"""Adding classes in the window: a chosen or dropped folder, the demo series, how an import is shown. Main thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from player.domain.models import ClassId
from player.domain.plan import ImportReport
from player.library import Library
from player.playback.controller import PlaybackController
from player.tasks.lane import Lane
from player.ui.importer import Importer
from player.ui.widgets.import_panel import ImportPanel


class Adding(QObject):
    """Feeds the importer and shows it in `panel`; while a class plays it says a sentence instead."""

    shown = Signal()
    """The panel is worth seeing now."""
    done = Signal()
    """The library may hold something new."""
    told = Signal(str)
    """A sentence for whoever does not see the panel."""

    def __init__(
        self,
        importer: Importer,
        panel: ImportPanel,
        *,
        library: Library,
        lane: Lane,
        controller: PlaybackController,
        demo_folder: Path,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._importer, self._panel, self._window = importer, panel, window
        self._library, self._lane, self._controller = library, lane, controller
        self._demo_folder = demo_folder
        self._demo_wanted = False
        panel.cancel_requested.connect(importer.cancel)
        importer.progress.connect(panel.show_progress)
        importer.finished.connect(self._finished)
        importer.failed.connect(self._failed)
        importer.cancelled.connect(self._cancelled)

    @Slot()
    def choose_folder(self) -> None:
        videos = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation)
        chosen = QFileDialog.getExistingDirectory(self._window, "Choose a folder of classes", videos)
        if chosen:
            self.add([Path(chosen)])

    def add(self, paths: Sequence[Path]) -> None:
        """Import files and folders. A class that plays goes on meanwhile."""
        self._importer.start(paths)
        if self._controller.class_video is None:
            self.shown.emit()
        else:
            self.told.emit("These classes are being added.")

    @Slot()
    def add_demo(self) -> None:
        """Add the demo series, if need be, and play its first class that is not done."""
        self._demo_wanted = True
        self._importer.start([self._demo_folder], then=self._play_demo)

    def _play_demo(self) -> None:
        library, folder = self._library, self._demo_folder

        def first_class() -> ClassId | None:
            for series in library.series_list():
                classes = library.classes(series.id)
                if classes and classes[0].path.is_relative_to(folder):
                    return next((video.id for video in classes if not video.progress.done), classes[0].id)
            return None

        def play(class_id: ClassId | None) -> None:
            if class_id is None:
                self.told.emit("The demo series is not installed. Add a folder of your own instead.")
            else:
                self._controller.play_class(class_id)

        self._lane.submit(first_class, play)

    @Slot(ImportReport)
    def _finished(self, report: ImportReport) -> None:
        demo, self._demo_wanted = self._demo_wanted, False
        if report.problems or not demo:  # the demo is there to be played, not to be reported on
            self._panel.show_report(report)
        else:
            self._panel.put_away()
        self.done.emit()
        if report.added and self._controller.class_video is not None:
            self.told.emit("1 class was added." if report.added == 1 else f"{report.added} classes were added.")

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        self._panel.show_failure(sentence)
        self.done.emit()
        if self._controller.class_video is not None:
            self.told.emit(sentence)

    @Slot()
    def _cancelled(self) -> None:
        self._panel.show_failure("The import was stopped.", "What was finished is in the library.")
        self.done.emit()
