"""Lines with fewer points that look the same."""

from __future__ import annotations

Point = tuple[int, int]


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


def _distance(point: Point, first: Point, last: Point) -> float:
    """Distance of a point from the straight line between two others."""
    dx, dy = last[0] - first[0], last[1] - first[1]
    x, y = point[0] - first[0], point[1] - first[1]
    long = dx * dx + dy * dy
    along = min(max((x * dx + y * dy) / long, 0.0), 1.0) if long else 0.0
    return float(((x - along * dx) ** 2 + (y - along * dy) ** 2) ** 0.5)
