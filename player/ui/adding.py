# SPDX-License-Identifier: GPL-3.0-or-later
"""Adding classes in the window: a chosen or dropped folder, the preview of what was found, the demo series, how an
import is shown. Main thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from player.domain.models import ClassId
from player.domain.plan import ImportReport, PlannedClass
from player.domain.together import key_of_class, offer_for
from player.domain.wishes import Wishes
from player.library import Library
from player.playback.controller import PlaybackController
from player.system.import_log import ImportRecord
from player.tasks.lane import Lane
from player.ui.dialogs.preview import PreviewPage
from player.ui.importer import Found, Importer
from player.ui.widgets.import_panel import ImportPanel

LOOK_THROUGH = "Look through"
"""What the button says that leads to the preview."""


class Adding(QObject):
    """Feeds the importer and shows it in `panel`; what it finds is looked through in `preview`. While a class plays
    it says a sentence instead."""

    shown = Signal()
    """The panel is worth seeing now."""
    ready = Signal()
    """The preview is worth seeing now."""
    looked = Signal()
    """The preview has been left: nothing waits in it."""
    done = Signal()
    """The library may hold something new."""
    told = Signal(str, str)
    """A sentence for whoever does not see the panel, and what a button beside it says ("" for none): pressing it
    is `look`."""
    happened = Signal(ImportRecord)
    """The user wants to see what happened."""

    def __init__(
        self,
        importer: Importer,
        panel: ImportPanel,
        preview: PreviewPage,
        *,
        library: Library,
        lane: Lane,
        controller: PlaybackController,
        demo_folder: Path,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._importer, self._panel, self._preview, self._window = importer, panel, preview, window
        self._library, self._lane, self._controller = library, lane, controller
        self._demo_folder = demo_folder
        self._demo_wanted = False
        self._shown: Found | None = None
        self._waiting: list[Found] = []
        self._record: ImportRecord | None = None
        panel.cancel_requested.connect(importer.cancel)
        panel.look_requested.connect(self.ready)
        panel.dismissed.connect(self.show_ready)
        panel.details_requested.connect(self._show_what_happened)
        importer.progress.connect(panel.show_working)
        importer.found.connect(self._found)
        importer.recorded.connect(self._keep_record)
        importer.finished.connect(self._finished)
        importer.failed.connect(self._failed)
        importer.cancelled.connect(self._cancelled)
        preview.pieces = self._pieces
        preview.accepted.connect(self._accept)
        preview.cancelled.connect(self._forget)
        preview.choose_requested.connect(self._choose_another)

    @property
    def waiting(self) -> bool:
        """Whether something that was found waits to be looked through."""
        return self._shown is not None or bool(self._waiting)

    @Slot()
    def choose_folder(self) -> None:
        videos = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation)
        chosen = QFileDialog.getExistingDirectory(self._window, "Choose a folder of classes", videos)
        if chosen:
            self.look_at([Path(chosen)])

    def look_at(self, paths: Sequence[Path]) -> None:
        """Read files and folders for the user to look through. A class that plays goes on meanwhile."""
        self._importer.look(paths)
        self._show_or_tell("These classes are being read.")

    def add(self, paths: Sequence[Path]) -> None:
        """Import files and folders without asking."""
        self._importer.start(paths)
        self._show_or_tell("These classes are being added.")

    def _show_or_tell(self, sentence: str) -> None:
        if self._controller.class_video is None:
            self.shown.emit()
        else:
            self.told.emit(sentence, "")

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
                self.told.emit("The demo series is not installed. Add a folder of your own instead.", "")
            else:
                self._controller.play_class(class_id)

        self._lane.submit(first_class, play)

    # Looking through

    @Slot(Found)
    def _found(self, found: Found) -> None:
        if found.instead_of is not None:
            if found.instead_of is self._shown:  # else it was added or forgotten meanwhile
                self._shown = found
                self._preview.show_found(found.base)
                self.show_ready()
            return
        self._waiting.append(found)
        if self._shown is None:
            self._show_next()

    def _pieces(self, planned: PlannedClass) -> tuple[str, Callable[[], object]] | None:
        """What can be done about the files of a class."""
        if self._shown is None or self._importer.running:
            return None
        if (key := key_of_class(planned)) is not None:
            return f"Keep its {len(planned.parts)} files apart", partial(self._decide, key, False)
        offer = offer_for(self._shown.plan.series, planned)
        if offer is None:
            return None
        return f"Join {len(offer.paths)} files into one class", partial(self._decide, offer.key, True)

    def _decide(self, key: str, together: bool) -> None:
        if self._shown is not None:
            self._importer.look_again(self._shown, {key: together})

    def _show_next(self) -> None:
        """The next find, if there is one. A class that plays is not covered."""
        if not self._waiting:
            return
        self._shown = self._waiting.pop(0)
        self._preview.show_found(self._shown.base)
        self._panel.show_ready(self._preview.summary())
        if self._controller.class_video is None:
            self.ready.emit()
        else:
            self.told.emit(f"Ready to look through: {self._preview.summary()}.", LOOK_THROUGH)

    @Slot(Wishes)
    def _accept(self, wishes: Wishes) -> None:
        found = self._end_look()
        if found is not None:
            self._importer.accept(found, wishes)
        self.looked.emit()
        self._show_next()

    @Slot()
    def _forget(self) -> None:
        """Only the plan is forgotten: nothing was written."""
        self._end_look()
        self._panel.put_away()
        self.looked.emit()
        self._show_next()

    @Slot()
    def _choose_another(self) -> None:
        self._forget()
        self.choose_folder()

    def _end_look(self) -> Found | None:
        found, self._shown = self._shown, None
        self._preview.forget()
        return found

    @Slot()
    def show_ready(self) -> None:
        """Put the panel right where something waits to be looked through."""
        if self._shown is not None and not self._importer.running:
            self._panel.show_ready(self._preview.summary())

    # How it ended

    @Slot(ImportRecord)
    def _keep_record(self, record: ImportRecord) -> None:
        self._record = record

    @Slot()
    def _show_what_happened(self) -> None:
        if self._record is not None:
            self.happened.emit(self._record)

    @Slot(ImportReport)
    def _finished(self, report: ImportReport) -> None:
        demo, self._demo_wanted = self._demo_wanted, False
        if report.problems or not demo:  # the demo is there to be played, not to be reported on
            self._panel.show_report(report)
        else:
            self._panel.put_away()
        self.done.emit()
        if report.added and self._controller.class_video is not None:
            self.told.emit("1 class was added." if report.added == 1 else f"{report.added} classes were added.", "")

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        kept = self._record is not None and bool(self._record.added)
        self._panel.show_failure(sentence, details=kept)
        self.done.emit()
        if self._controller.class_video is not None:
            self.told.emit(sentence, "")

    @Slot()
    def _cancelled(self) -> None:
        record = self._record
        kept = record.sentence if record is not None else ""
        details = record is not None and bool(record.added)
        self._panel.show_failure("The import was stopped", kept, details=details, stopped=True)
        self.done.emit()
