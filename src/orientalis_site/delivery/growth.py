"""The growth of a petition as a drawing: how many had signed by each day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import accumulate

from orientalis_site.charts import letters, svg
from orientalis_site.charts.scales import ticks_from_zero
from orientalis_site.kit.numerals import day, number

WIDTH, HEIGHT, SIZE = 620.0, 210.0, 13.0
MOST_POINTS = 400


def growth(days: Mapping[str, int]) -> str:
    """The running total over days; empty where all signed on one day or nobody did."""
    held = {date.fromisoformat(name): count for name, count in days.items()}
    if len(held) < 2:
        return ""
    first, last = min(held), max(held)
    length = (last - first).days
    totals = list(accumulate(held.get(first + timedelta(days=place), 0) for place in range(length + 1)))
    ticks = ticks_from_zero(max(totals), 4, is_whole=True)
    left = max(letters.width(number(tick), SIZE) for tick in ticks) + 10
    right, top, bottom = WIDTH - 8.0, 12.0, HEIGHT - 26.0

    def x(place: float) -> float:
        return left + (right - left) * place / length

    def y(total: float) -> float:
        return bottom - (bottom - top) * total / (ticks[-1] or 1)

    parts = [svg.line(left, y(tick), right, y(tick), "grid" if tick else "axis") for tick in ticks]
    parts += [svg.text(left - 8, y(tick) + 4, number(tick), "tick", "end") for tick in ticks]
    parts += [
        svg.text(left, HEIGHT - 8, day(first), "tick"),
        svg.text(right, HEIGHT - 8, day(last), "tick", "end"),
    ]
    stride = max(1, length // MOST_POINTS)
    shown = sorted({*range(0, length + 1, stride), length})
    line = "".join(f"{'L' if index else 'M'}{x(place):.1f} {y(totals[place]):.1f}" for index, place in enumerate(shown))
    parts.append(svg.group("curves", svg.path(line, "median")))
    return svg.drawing(WIDTH, HEIGHT, "chart-wide", "", {}, parts)
