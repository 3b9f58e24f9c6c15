"""The lines and names of a map, in kilometres of the landscape's own projection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

LINE_COLUMNS = ["layer", "part", "order", "x", "y"]
PLACE_COLUMNS = ["name", "population", "x", "y"]
SIMPLIFY_KM = 0.5


@dataclass(frozen=True)
class MapLayers:
    """Where the grid lies (outer west and north edge, km), its land, and what is drawn over it.

    lines: layer, part, order, x, y. places: name, population, x, y. labels: kind (country, reserve), name, label, x, y.
    classes: layer -> observed, derived, modelled, synthetic or schematic. graticule lines are in `lines` under that
    name, with their label in `marks` (label, x, y).
    """

    shape: tuple[int, int]
    cell_km: float
    west: float
    north: float
    land: NDArray[np.bool_] = field(repr=False)
    lines: pd.DataFrame = field(repr=False)
    places: pd.DataFrame = field(repr=False)
    marks: pd.DataFrame = field(repr=False)
    labels: pd.DataFrame = field(repr=False)
    classes: Mapping[str, str] = field(default_factory=dict)
    attribution: str = ""

    @property
    def east(self) -> float:
        """Outer east edge, km."""
        return self.west + self.shape[1] * self.cell_km

    @property
    def south(self) -> float:
        """Outer south edge, km."""
        return self.north - self.shape[0] * self.cell_km


def lines_of(geometry: Any, layer: str, first: int = 0, simplify_km: float = SIMPLIFY_KM) -> pd.DataFrame:
    """The lines or outlines of a shapely geometry in km, simplified to within `simplify_km`, one part a line."""
    from shapely.geometry.base import BaseGeometry

    rows: list[tuple[str, int, int, float, float]] = []
    part = first
    pending: list[BaseGeometry] = [geometry]
    while pending:
        one = pending.pop()
        if one is None or one.is_empty:
            continue
        if one.geom_type in ("Polygon", "MultiPolygon"):
            pending.append(one.boundary)
        elif hasattr(one, "geoms"):
            pending.extend(one.geoms)
        elif one.geom_type in ("LineString", "LinearRing"):
            points = np.asarray(one.simplify(simplify_km).coords)[:, :2]
            rows += [(layer, part, i, round(float(x), 2), round(float(y), 2)) for i, (x, y) in enumerate(points)]
            part += 1
    return pd.DataFrame(rows, columns=LINE_COLUMNS)
