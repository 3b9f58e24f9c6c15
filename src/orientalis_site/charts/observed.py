"""Counts made in the field as marks over years: a dot with its interval, an arrow where an end is open."""

from __future__ import annotations

from collections.abc import Sequence

from orientalis.evidence import Count
from orientalis_site.charts import svg
from orientalis_site.charts.frame import Frame

RADIUS = 3.2


def middle(count: Count) -> float | None:
    """The place of the dot: the estimate, else the middle of the range, else the one end that is known."""
    if count.estimate is not None:
        return count.estimate
    ends = [end for end in (count.low, count.high) if end is not None]
    return sum(ends) / len(ends) if ends else None


def is_minimum(count: Count) -> bool:
    """True where at least so many were seen."""
    return count.low is not None and count.high is None


def is_camera(count: Count) -> bool:
    """True where individuals were told apart in pictures."""
    return "camera" in count.method


def observed_marks(frame: Frame, counts: Sequence[Count]) -> str:
    """All counts; those of cameras as full dots, all others as rings. Counts of one year stand side by side."""
    parts = []
    seen: dict[int, int] = {}
    for count in sorted(counts, key=lambda one: (one.year, one.id)):
        at = middle(count)
        if at is None:
            continue
        x = frame.x(count.year) + 4.0 * seen.get(count.year, 0)
        seen[count.year] = seen.get(count.year, 0) + 1
        parts.append(_interval(frame, count, x, at))
        parts.append(svg.circle(x, frame.y(at), RADIUS, "count" if is_camera(count) else "count ring"))
    return svg.group("counts", *parts)


def _interval(frame: Frame, count: Count, x: float, at: float) -> str:
    low = frame.y(count.low if count.low is not None else at)
    if is_minimum(count):
        top = max(frame.y(at) - 13, frame.y.last)
        return svg.path(f"M{svg.px(x)} {svg.px(frame.y(at))}V{svg.px(top)}m-2.5 3.5l2.5-3.5 2.5 3.5", "whisker")
    high = frame.y(count.high if count.high is not None else at)
    return svg.line(x, low, x, high, "whisker") if abs(high - low) > 1 else ""
