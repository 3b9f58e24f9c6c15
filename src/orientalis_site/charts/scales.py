"""From values to pixels, and round numbers for the axes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10


@dataclass(frozen=True)
class Scale:
    """A straight or logarithmic scale from `low`..`high` to pixels `first`..`last`."""

    low: float
    high: float
    first: float
    last: float
    is_log: bool = False

    def __call__(self, value: float) -> float:
        """The pixel of a value; values beyond the ends fall on them."""
        value = min(max(value, self.low), self.high)
        if self.is_log:
            share = log10(value / self.low) / log10(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        return self.first + share * (self.last - self.first)


def nice_step(reach: float, count: int) -> float:
    """The round step (1, 2, 2.5 or 5 times a power of ten) that cuts `reach` into about `count` pieces."""
    if reach <= 0 or not isfinite(reach):
        return 1.0
    raw = reach / max(count, 1)
    power = 10.0 ** floor(log10(raw))
    return next(factor * power for factor in (1.0, 2.0, 2.5, 5.0, 10.0) if factor * power >= raw * 0.999)


def ticks_from_zero(top: float, count: int = 4, *, is_whole: bool = False) -> list[float]:
    """Zero and round numbers up to the first at or above `top`; whole numbers only where things are counted."""
    step = nice_step(top, count)
    if is_whole and step % 1:
        step = 5.0 if step > 1 else 1.0
    last = max(1, ceil(top / step - 1e-9))
    return [round(index * step, 10) for index in range(last + 1)]


def decades(low: float, high: float) -> list[float]:
    """1, 2 and 5 times powers of ten from the last at or below `low` to the first at or above `high`."""
    marks = [f * 10.0**power for power in range(floor(log10(low)) - 1, ceil(log10(high)) + 1) for f in (1, 2, 5)]
    first = max(mark for mark in marks if mark <= low * 1.0001)
    last = min(mark for mark in marks if mark >= high * 0.9999)
    return [mark for mark in marks if first <= mark <= last]


def round_years(first: int, last: int, count: int) -> list[int]:
    """Round calendar years within a span."""
    step = next((s for s in (1, 2, 5, 10, 20, 25, 50, 100) if (last - first) / s <= count), 200)
    return list(range(-(-first // step) * step, last + 1, step))


def known(values: Iterable[float | None]) -> list[float]:
    """The values that are there."""
    return [value for value in values if value is not None and isfinite(value)]


def apart(places: list[float], gap: float, low: float, high: float) -> list[float]:
    """Places along a line moved as little as needed to lie `gap` apart within `low`..`high`, in their order.

    Neighbours that are too close become a block around their common middle.
    """
    order = sorted(range(len(places)), key=lambda index: places[index])
    blocks: list[tuple[float, int, float]] = []
    for index in order:
        total, count = places[index], 1
        centre = _kept(total, 0.0, low, high)
        while blocks and centre - blocks[-1][2] < gap * (count + blocks[-1][1]) / 2 - 1e-9:
            total, count = total + blocks[-1][0], count + blocks[-1][1]
            centre = _kept(total / count, gap * (count - 1) / 2, low, high)
            blocks.pop()
        blocks.append((total, count, centre))
    moved = [centre + gap * (rank - (count - 1) / 2) for _, count, centre in blocks for rank in range(count)]
    result = [0.0] * len(places)
    for index, place in zip(order, moved, strict=True):
        result[index] = place
    return result


def _kept(centre: float, half: float, low: float, high: float) -> float:
    return min(max(centre, low + half), max(high - half, low + half))
