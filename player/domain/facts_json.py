# SPDX-License-Identifier: GPL-3.0-or-later
"""The stable JSON forms of series and classes, as the command line and remote control show them.

Keys never change their meaning; all times are integers in milliseconds.
"""

from __future__ import annotations

from typing import Any

from player.domain.models import ClassVideo, Phase, Series
from player.domain.plan import ImportReport
from player.domain.query import Hit

Json = dict[str, Any]


def series_json(series: Series) -> Json:
    return {
        "id": series.id,
        "title": series.title,
        "classes": series.classes,
        "duration_ms": series.duration_ms,
        "done": series.done,
    }


def class_json(video: ClassVideo) -> Json:
    return {
        "id": video.id,
        "series": {"id": video.series_id, "title": video.series_title},
        "section": video.section,
        "number": video.number,
        "title": video.title,
        "duration_ms": video.duration_ms,
        "description": video.description,
        "props": [need.prop for need in video.props],
        "focus": list(video.focus),
        "phases": [{**phase_json(phase), "source": str(phase.source)} for phase in video.phases],
        "captions": [{"language": caption.language, "source": caption.source} for caption in video.captions],
        "path": str(video.path),
        "parts": [{"path": str(part.path), "duration_ms": part.duration_ms} for part in video.parts],
        "state": str(video.state),
        "position_ms": video.progress.position_ms,
        "done": video.progress.done,
    }


def phase_json(phase: Phase) -> Json:
    return {"kind": str(phase.kind), "title": phase.title, "start_ms": phase.start_ms, "end_ms": phase.end_ms}


def hit_json(hit: Hit) -> Json:
    return {
        "kind": str(hit.kind),
        "series": {"id": hit.series_id, "title": hit.series_title},
        "class_id": hit.class_id,
        "title": hit.title,
        "start_ms": hit.start_ms,
        "text": hit.text,
    }


def report_json(report: ImportReport) -> Json:
    return {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "missing": report.missing,
        "relinked": report.relinked,
        "problems": [
            {"path": str(problem.path), "reason": str(problem.reason), "message": problem.message}
            for problem in report.problems
        ],
    }
