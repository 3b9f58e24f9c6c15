"""Bands and lines over years as short paths: x in whole years, y in quarters of a pixel, stretched by one transform."""

from __future__ import annotations

from collections.abc import Sequence

from orientalis_site.charts import svg
from orientalis_site.charts.frame import Frame
from orientalis_site.charts.simplify import Point, simplified

Column = Sequence[float | None]


def stretched(frame: Frame, *content: str) -> str:
    """The group in which `band` and `curve` are drawn."""
    left, top, width, _ = frame.box
    across = width / (frame.x.high - frame.x.low)
    return svg.group("curves", *content, transform=f"matrix({across:.4f} 0 0 .25 {svg.px(left)} {svg.px(top)})")


def curve(frame: Frame, years: Sequence[int], values: Column, css: str, tolerance: float = 0.0) -> str:
    """A line; it breaks where a value is missing, and a lone value is drawn as a dot.

    Points that change it by less than `tolerance` pixels are left out.
    """
    pieces = [_thinned(frame, _points(frame, piece), tolerance) for piece in _pieces(years, values)]
    return svg.path("".join(svg.steps(piece) + ("h0" if len(piece) == 1 else "") for piece in pieces), css)


def band(frame: Frame, years: Sequence[int], low: Column, high: Column, css: str) -> str:
    """The area between two columns; years in which an end is missing are left out."""
    both = [a if b is not None else None for a, b in zip(low, high, strict=True)]
    drawn = []
    for piece in _pieces(years, both):
        index = {year: i for i, year in enumerate(years)}
        upper = [(year, high[index[year]] or 0.0) for year, _ in piece]
        points = _points(frame, piece) + _points(frame, upper)[::-1]
        drawn.append(svg.steps(points, is_closed=True))
    return svg.path("".join(drawn), css)


def _thinned(frame: Frame, points: list[Point], tolerance: float) -> list[Point]:
    """Fewer points, measured in quarters of a pixel both ways."""
    if not tolerance or len(points) < 3:
        return points
    _left, _top, width, _height = frame.box
    across = max(1, round(4 * width / (frame.x.high - frame.x.low)))
    return [(x // across, y) for x, y in simplified([(x * across, y) for x, y in points], 4 * tolerance)]


def _pieces(years: Sequence[int], values: Column) -> list[list[tuple[int, float]]]:
    """Stretches of years without a gap."""
    pieces: list[list[tuple[int, float]]] = [[]]
    for year, value in zip(years, values, strict=True):
        if value is None:
            pieces.append([])
        else:
            pieces[-1].append((year, value))
    return [piece for piece in pieces if piece]


def _points(frame: Frame, piece: Sequence[tuple[int, float]]) -> list[tuple[int, int]]:
    top = frame.y.last
    return [(int(year - frame.x.low), round(4 * (frame.y(value) - top))) for year, value in piece]
