"""The mark of the site: one rosette of a leopard's coat, as outlines in a square of 100 by 100."""

from __future__ import annotations

from math import cos, pi, sin, sqrt

Point = tuple[float, float]
# Where each spot begins and ends, in turns from the right, clockwise; its distance from the centre; its breadth.
SPOTS = (
    (0.955, 1.165, 31.5, 19.0),
    (0.205, 0.325, 33.5, 17.0),
    (0.365, 0.605, 31.0, 20.0),
    (0.655, 0.745, 34.0, 16.0),
    (0.785, 0.915, 32.0, 18.0),
)
STEPS = 20


def spots() -> list[list[Point]]:
    """The dark spots, each a closed outline with round ends."""
    return [_spot(*spot) for spot in SPOTS]


def centre() -> list[Point]:
    """The lighter ground within the ring, a closed outline."""
    angles = [2 * pi * step / 48 for step in range(48)]
    return [_place(angle, 24 + 2.2 * sin(3 * angle + 0.6) + 1.6 * cos(2 * angle)) for angle in angles]


def _spot(begin: float, end: float, distance: float, breadth: float) -> list[Point]:
    outer, inner = [], []
    for step in range(STEPS + 1):
        along = -cos(pi * step / STEPS)
        angle = 2 * pi * (begin + (end - begin) * (along + 1) / 2)
        half = breadth / 2 * sqrt(max(0.0, 1 - along * along * along * along))
        half *= 1 + 0.16 * sin(2.6 * along + 7 * begin)
        wave = 1.8 * sin(2.4 * along + 11 * begin)
        outer.append(_place(angle, distance + half + wave))
        inner.append(_place(angle, distance - half * 0.86 + wave))
    return outer + inner[-2:0:-1]


def _place(angle: float, distance: float) -> Point:
    return round(50 + distance * cos(angle), 2), round(50 + 1.04 * distance * sin(angle), 2)
