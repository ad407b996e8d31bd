# SPDX-License-Identifier: GPL-3.0-or-later
"""Paints the pictures of the demo classes and the poster: a quiet room and one shape for each kind of phase."""

from __future__ import annotations

import math

from demo_script import Class, Phase, breath, ease
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QRadialGradient,
)

WIDTH, HEIGHT = 1280, 720
FLOOR = 548.0  # where wall and floor meet
CENTRE = QPointF(640, 300)
FADE_S = 1.2  # from one phase's picture to the next

# The wall behind each kind of phase: the kind's hue, quiet enough to lie behind words.
WALLS = {
    "arrive": ("#8C8468", "#6F6A55"),
    "release": ("#64837A", "#4C6861"),
    "breath": ("#557386", "#40596B"),
    "mobilization": ("#8A6A59", "#6B5144"),
    "rest": ("#46446B", "#312F52"),
}
FLOOR_COLOUR = QColor("#6B594C")
CREAM = QColor("#F1EADB")
WOOD = QColor("#B98F62")
WOOD_SHADE = QColor("#8F6B46")


def mix(a: QColor, b: QColor, share: float) -> QColor:
    return QColor(*(round(x + (y - x) * share) for x, y in zip(a.getRgb()[:3], b.getRgb()[:3], strict=True)))


def with_alpha(colour: QColor, alpha: float) -> QColor:
    result = QColor(colour)
    result.setAlphaF(alpha)
    return result


class Scenery:
    """The room without the shape, painted once for each kind of phase and set of props."""

    def __init__(self, props: tuple[str, ...]) -> None:
        self._props = props
        self._done: dict[str, QImage] = {}

    def picture(self, kind: str) -> QImage:
        if kind not in self._done:
            self._done[kind] = self._paint(kind)
        return self._done[kind]

    def _paint(self, kind: str) -> QImage:
        image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGBX64)  # thin layers of light need the finer steps
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top, bottom = (QColor(name) for name in WALLS[kind])
        wall = QLinearGradient(0, 0, 0, FLOOR)
        wall.setColorAt(0, top)
        wall.setColorAt(1, bottom)
        painter.fillRect(QRectF(0, 0, WIDTH, FLOOR), wall)
        floor_top, floor_bottom = mix(FLOOR_COLOUR, bottom, 0.35), mix(FLOOR_COLOUR, bottom, 0.55).darker(122)
        floor = QLinearGradient(0, FLOOR, 0, HEIGHT)
        floor.setColorAt(0, floor_top)
        floor.setColorAt(1, floor_bottom)
        painter.fillRect(QRectF(0, FLOOR, WIDTH, HEIGHT - FLOOR), floor)
        painter.fillRect(QRectF(0, FLOOR - 12, WIDTH, 12), mix(bottom, top, 0.75))
        painter.fillRect(QRectF(0, FLOOR - 1, WIDTH, 2), bottom.darker(135))
        self._window_light(painter, 0.05 if kind == "rest" else 0.15)
        for prop in self._props:
            {"mat": paint_mat, "pillow": paint_pillow, "chair": paint_chair}[prop](painter)
        if kind == "rest":  # evening: the things in the room step back
            painter.fillRect(image.rect(), with_alpha(QColor("#201E3C"), 0.34))
        painter.end()
        return image.convertToFormat(QImage.Format.Format_RGB32)

    def _window_light(self, painter: QPainter, strength: float) -> None:
        """Two slanted panes of light on the wall; the soft edge is many thin layers."""
        layers = 14
        painter.setPen(Qt.PenStyle.NoPen)
        for x in (-40.0, 196.0):
            for layer in range(layers):
                grow = 1.0 * (layers / 2 - layer)
                pane = QPainterPath(QPointF(x - grow, -20))
                for px, py in ((x + 176 + grow, -20), (x + 316 + grow, 372 + grow), (x + 140 - grow, 372 + grow)):
                    pane.lineTo(px, py)
                painter.fillPath(pane, with_alpha(QColor("#FBF0DC"), strength / layers))


def soft_shadow(painter: QPainter, x: float, y: float, width: float, height: float, *, strength: float = 0.3) -> None:
    painter.save()
    painter.translate(x, y)
    painter.scale(width / 2, height / 2)
    gradient = QRadialGradient(QPointF(0, 0), 1.0)
    gradient.setColorAt(0, QColor(20, 16, 14, round(255 * strength)))
    gradient.setColorAt(0.6, QColor(20, 16, 14, round(140 * strength)))
    gradient.setColorAt(1, QColor(20, 16, 14, 0))
    painter.fillRect(QRectF(-1, -1, 2, 2), gradient)
    painter.restore()


def paint_mat(painter: QPainter) -> None:
    soft_shadow(painter, 300, FLOOR + 52, 520, 36)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#55707A"))
    painter.drawRoundedRect(QRectF(80, FLOOR + 34, 420, 13), 6, 6)


def paint_pillow(painter: QPainter) -> None:
    pillow = QPainterPath(QPointF(112, FLOOR + 34))
    pillow.cubicTo(96, FLOOR + 10, 98, FLOOR - 10, 116, FLOOR - 20)
    pillow.cubicTo(150, FLOOR - 34, 212, FLOOR - 34, 246, FLOOR - 20)
    pillow.cubicTo(264, FLOOR - 10, 266, FLOOR + 10, 250, FLOOR + 34)
    pillow.cubicTo(206, FLOOR + 40, 156, FLOOR + 40, 112, FLOOR + 34)
    painter.fillPath(pillow, QColor("#E9E1D0"))
    seam = QPainterPath(QPointF(120, FLOOR + 18))
    seam.cubicTo(158, FLOOR + 28, 206, FLOOR + 28, 242, FLOOR + 18)
    painter.strokePath(seam, QPen(QColor("#CDC3AF"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))


def paint_chair(painter: QPainter) -> None:
    soft_shadow(painter, 1060, FLOOR + 60, 330, 40)

    def leg(x1: float, y1: float, x2: float, y2: float, colour: QColor, *, width: float = 13) -> None:
        painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))

    seat = FLOOR - 106
    leg(1000, seat + 14, 990, FLOOR + 44, WOOD_SHADE)
    leg(1112, seat + 14, 1126, FLOOR + 44, WOOD_SHADE)
    leg(980, seat + 10, 964, FLOOR + 58, WOOD)
    leg(1134, seat + 10, 1152, FLOOR + 58, WOOD)
    leg(1130, seat, 1156, seat - 122, WOOD)
    leg(1150, seat - 92, 1168, seat - 176, WOOD, width=28)
    leg(970, seat, 1140, seat, WOOD, width=20)


class Painter:
    """Paints the shape of a phase over its scenery."""

    def __init__(self, tokens: dict[str, object], props: tuple[str, ...]) -> None:
        phases = tokens["theme"]["dark"]["phase"]  # type: ignore[index]
        self._solid = {kind: QColor(value["solid"]) for kind, value in phases.items()}
        self._scenery = Scenery(props)
        self._font = QFont("Vollkorn")
        self._font.setPixelSize(34)
        self._font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)

    def frame(self, practice: Class, seconds: float) -> QImage:
        """The picture at a time of the class; around a boundary both phases, one fading into the other."""
        start = 0.0
        image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        before: tuple[Phase, float] | None = None
        for phase in practice.phases:
            if seconds < start + phase.seconds:
                into = seconds - start
                if before and into < FADE_S:
                    self._phase(painter, *before, into + before[1], 1.0)
                    share = ease(into / FADE_S)
                    layer = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
                    over = QPainter(layer)
                    over.setRenderHint(QPainter.RenderHint.Antialiasing)
                    self._phase(over, phase, phase.seconds, into, 1.0)
                    over.end()
                    painter.setOpacity(share)
                    painter.drawImage(0, 0, layer)
                else:
                    rest = practice.seconds - seconds
                    self._phase(painter, phase, phase.seconds, into, ease(rest / 1.5) if rest < 1.5 else 1.0)
                break
            start += phase.seconds
            before = (phase, float(phase.seconds))
        painter.end()
        return image

    def _phase(self, painter: QPainter, phase: Phase, length: float, into: float, presence: float) -> None:
        painter.setOpacity(1.0)
        painter.drawImage(0, 0, self._scenery.picture(phase.kind))
        full = breath(into, phase.breath_s)
        soft_shadow(painter, CENTRE.x(), FLOOR + 62, 300 + 150 * full, 34, strength=0.26 * presence)
        painter.setOpacity(presence)
        painter.setPen(Qt.PenStyle.NoPen)
        getattr(self, f"_{phase.kind}")(painter, self._solid[phase.kind], full, into / phase.breath_s)
        self._words(painter, phase, into, length, presence)

    def _disc(self, painter: QPainter, at: QPointF, radius: float, colour: QColor, alpha: float) -> None:
        painter.setBrush(with_alpha(colour, alpha))
        painter.drawEllipse(at, radius, radius)

    def _arrive(self, painter: QPainter, colour: QColor, full: float, turns: float) -> None:
        """A half sun on the line where wall and floor meet."""
        painter.save()
        painter.setClipRect(QRectF(0, 0, WIDTH, FLOOR - 12))
        at = QPointF(CENTRE.x(), FLOOR - 12)
        for reach, alpha in ((2.15, 0.10), (1.72, 0.14), (1.34, 0.22)):
            self._disc(painter, at, (150 + 34 * full) * reach * (0.92 + 0.08 * full), colour, alpha)
        self._disc(painter, at, 150 + 34 * full, mix(colour, CREAM, 0.25), 1.0)
        painter.restore()

    def _release(self, painter: QPainter, colour: QColor, full: float, turns: float) -> None:
        """Two crescents round a point; they part as the breath goes out, and come near as it comes in."""
        away = 1.0 - full
        self._disc(painter, CENTRE, 236 - 14 * full, colour, 0.10)
        self._disc(painter, CENTRE, 200 - 10 * full, colour, 0.14)
        whole, opening = QPainterPath(), QPainterPath()
        whole.addEllipse(CENTRE, 164, 164)
        opening.addEllipse(CENTRE, 46 + 66 * away, 166)
        painter.fillPath(whole.subtracted(opening), mix(colour, CREAM, 0.08))
        self._disc(painter, CENTRE, 24 + 8 * full, CREAM, 1.0)

    def _breath(self, painter: QPainter, colour: QColor, full: float, turns: float) -> None:
        """Discs within discs that fill a thin ring."""
        for reach, alpha in ((1.0, 0.16), (0.82, 0.22), (0.63, 0.34)):
            self._disc(painter, CENTRE, (118 + 102 * full) * reach + 14 * (1 - reach), colour, alpha)
        self._disc(painter, CENTRE, 46 + 46 * full, mix(colour, CREAM, 0.35), 1.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(with_alpha(CREAM, 0.55), 2.5))
        painter.drawEllipse(CENTRE, 226, 226)
        painter.setPen(Qt.PenStyle.NoPen)

    def _mobilization(self, painter: QPainter, colour: QColor, full: float, turns: float) -> None:
        """A lying eight, and a disc that travels along it."""

        def place(turn: float) -> QPointF:
            angle = math.tau * turn
            scale = 1 + math.sin(angle) ** 2
            return CENTRE + QPointF(300 * math.cos(angle) / scale, 330 * math.sin(angle) * math.cos(angle) / scale)

        eight = QPainterPath(place(0))
        for step in range(1, 241):
            eight.lineTo(place(step / 240))
        pen = QPen(
            with_alpha(colour, 0.30), 46, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        )
        painter.strokePath(eight, pen)
        painter.strokePath(eight, QPen(with_alpha(CREAM, 0.45), 2.5))
        track = mix(mix(*(QColor(name) for name in WALLS["mobilization"]), 0.5), colour, 0.44)
        turn = turns / 2 + 0.25
        painter.setPen(Qt.PenStyle.NoPen)
        for step in range(22, 0, -1):
            behind = mix(colour, track, step / 23)
            self._disc(painter, place(turn - step * 0.006), 42 - step, behind, 1.0)
        self._disc(painter, place(turn), 42, mix(colour, CREAM, 0.2), 1.0)

    def _rest(self, painter: QPainter, colour: QColor, full: float, turns: float) -> None:
        """A moon that hardly moves."""
        light = mix(colour, CREAM, 0.72)
        for reach, alpha in ((1.9, 0.10), (1.5, 0.14)):
            self._disc(painter, CENTRE, (126 + 7 * full) * reach, colour, alpha)
        moon, shade = QPainterPath(), QPainterPath()
        moon.addEllipse(CENTRE, 126 + 4 * full, 126 + 4 * full)
        shade.addEllipse(CENTRE + QPointF(58, -34), 106, 106)
        painter.fillPath(moon.subtracted(shade), light)

    def _words(self, painter: QPainter, phase: Phase, into: float, length: float, presence: float) -> None:
        painter.setFont(self._font)
        painter.setPen(CREAM)
        box = QRectF(0, FLOOR + 84, WIDTH, 60)
        if phase.line:
            words = ((phase.line, ease((into - FADE_S) / 0.8) * ease((length - into) / 0.8)),)
        else:
            part = (into / phase.breath_s) % 1.0
            inward = ease(part / 0.1) * (1 - ease((part - 0.32) / 0.1))
            outward = ease((part - 0.42) / 0.1) * (1 - ease((part - 0.88) / 0.12))
            inward *= ease((into - FADE_S) / 0.4)
            words = (("Breathe in", inward), ("Breathe out", outward))
        for text, strength in words:
            if strength > 0:
                painter.setOpacity(0.92 * presence * strength)
                painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)


def paint_poster(tokens: dict[str, object]) -> QImage:
    """Breaths like ripples: one arch for each kind of phase, over the line of the floor."""
    phases = tokens["theme"]["dark"]["phase"]  # type: ignore[index]
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    wall = QLinearGradient(0, 0, 0, HEIGHT)
    wall.setColorAt(0, QColor("#27474F"))
    wall.setColorAt(1, QColor("#1B353D"))
    painter.fillRect(image.rect(), wall)
    painter.setPen(Qt.PenStyle.NoPen)
    at, ground = QPointF(640, 560), QRectF(0, 0, WIDTH, 560)
    painter.setClipRect(ground)
    for radius, kind in ((430, "rest"), (348, "mobilization"), (266, "breath"), (184, "release"), (102, "arrive")):
        painter.setBrush(mix(QColor(phases[kind]["solid"]), QColor("#2B4A51"), 0.12))
        painter.drawEllipse(at, radius, radius)
        if radius > 102:
            painter.setBrush(QColor("#213E46"))
            painter.drawEllipse(at, radius - 54, radius - 54)
    painter.setClipping(False)
    painter.fillRect(QRectF(0, 560, WIDTH, HEIGHT - 560), QColor("#152A31"))
    soft_shadow(painter, 640, 572, 980, 44, strength=0.35)
    painter.end()
    return image
