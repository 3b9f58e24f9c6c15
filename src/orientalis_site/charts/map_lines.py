"""Coast, lakes, rivers, borders and the like as paths in tenths of a cell, without points that nobody would see."""

from __future__ import annotations

from collections.abc import Iterable

from orientalis.evidence import Landscape, Lines
from orientalis_site.charts import svg
from orientalis_site.charts.simplify import simplified

ORDER = ("graticule", "rivers", "lakes", "coast", "reserves", "borders")


def map_lines(landscape: Landscape, tolerance: float, names: Iterable[str] = ORDER) -> str:
    """All layers of lines, the lowest first; `tolerance` in tenths of a cell."""
    held = {lines.id: lines for lines in landscape.lines}
    return "".join(svg.path(_written(held[name], tolerance), name) for name in names if name in held)


def _written(lines: Lines, tolerance: float) -> str:
    parts = []
    for flat in lines.parts:
        points = simplified(list(zip(flat[::2], flat[1::2], strict=True)), tolerance)
        parts.append(svg.steps(points) if len(set(points)) > 1 else "")
    return "".join(parts)
