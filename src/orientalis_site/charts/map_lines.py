"""Coast, lakes, rivers, borders and the like as paths in tenths of a cell, without points that nobody would see."""

from __future__ import annotations

from collections.abc import Iterable

from orientalis.evidence import Landscape, Lines
from orientalis_site.charts import svg

ORDER = ("graticule", "rivers", "lakes", "coast", "reserves", "borders")
Point = tuple[int, int]


def map_lines(landscape: Landscape, tolerance: float, names: Iterable[str] = ORDER) -> str:
    """All layers of lines, the lowest first; `tolerance` in tenths of a cell."""
    held = {lines.id: lines for lines in landscape.lines}
    return "".join(svg.path(_written(held[name], tolerance), name) for name in names if name in held)


def simplified(points: list[Point], tolerance: float) -> list[Point]:
    """The line with fewer points, nowhere further than `tolerance` from the first one (Douglas and Peucker)."""
    kept = {0, len(points) - 1}
    pending = [(0, len(points) - 1)]
    while pending:
        first, last = pending.pop()
        far, index = 0.0, first
        for i in range(first + 1, last):
            distance = _distance(points[i], points[first], points[last])
            if distance > far:
                far, index = distance, i
        if far > tolerance:
            kept.add(index)
            pending += [(first, index), (index, last)]
    return [points[i] for i in sorted(kept)]


def _written(lines: Lines, tolerance: float) -> str:
    parts = []
    for flat in lines.parts:
        points = simplified(list(zip(flat[::2], flat[1::2], strict=True)), tolerance)
        parts.append(svg.steps(points) if len(set(points)) > 1 else "")
    return "".join(parts)


def _distance(point: Point, first: Point, last: Point) -> float:
    """Distance of a point from the straight line between two others."""
    dx, dy = last[0] - first[0], last[1] - first[1]
    x, y = point[0] - first[0], point[1] - first[1]
    long = dx * dx + dy * dy
    along = min(max((x * dx + y * dy) / long, 0.0), 1.0) if long else 0.0
    return float(((x - along * dx) ** 2 + (y - along * dy) ** 2) ** 0.5)
