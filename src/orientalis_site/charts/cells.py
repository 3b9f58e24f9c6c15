"""Cells of a raster as areas: which lie above an edge, and their outline as one short path."""

from __future__ import annotations

from collections.abc import Iterator

from orientalis.evidence import Raster
from orientalis_site.charts import svg

Cell = tuple[int, int]
Cells = frozenset[Cell]


def shares(raster: Raster) -> Iterator[tuple[Cell, float]]:
    """Each cell above zero with its value in the raster's unit."""
    for row, first, values in raster.cells:
        for offset, value in enumerate(values):
            yield (row, first + offset), value / raster.scale


def above(raster: Raster | None, edge: float) -> Cells:
    """Cells at or above an edge, which must be above zero; none where there is no raster."""
    return frozenset() if raster is None else frozenset(cell for cell, value in shares(raster) if value >= edge)


def everywhere(rows: int, columns: int) -> Cells:
    """All cells of a grid."""
    return frozenset((row, column) for row in range(rows) for column in range(columns))


def outline(cells: Cells) -> str:
    """The outline of an area, holes included, in whole cells: land lies to the right of each step."""
    ahead: dict[Cell, list[Cell]] = {}
    for row, column in sorted(cells):
        for start, end, beyond in (
            ((column, row), (column + 1, row), (row - 1, column)),
            ((column + 1, row), (column + 1, row + 1), (row, column + 1)),
            ((column + 1, row + 1), (column, row + 1), (row + 1, column)),
            ((column, row + 1), (column, row), (row, column - 1)),
        ):
            if beyond not in cells:
                ahead.setdefault(start, []).append(end)
    parts = []
    while ahead:
        parts.append(svg.steps(_corners(_loop(ahead)), is_closed=True))
    return "".join(parts)


def _loop(ahead: dict[Cell, list[Cell]]) -> list[Cell]:
    """Take one closed outline out of the steps that are left."""
    start = next(iter(ahead))
    points = [start]
    while True:
        here = points[-1]
        ends = ahead[here]
        points.append(ends.pop())
        if not ends:
            del ahead[here]
        if points[-1] == start:
            return points[:-1]


def _corners(points: list[Cell]) -> list[Cell]:
    """Only the points at which an outline turns."""
    around = zip(points[-1:] + points[:-1], points, points[1:] + points[:1], strict=True)
    return [here for before, here, after in around if (before[0] == here[0]) != (here[0] == after[0])]
