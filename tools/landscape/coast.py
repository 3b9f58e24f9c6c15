"""Coast, lakes and rivers from GSHHG and WDBII in the format of basemap's data packages."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon, box
from shapely.ops import transform, unary_union

from tools.landscape.grid import Array, Grid, to_metres


@dataclass(frozen=True)
class Water:
    """Land and water: polygons and lines in the grid's metres, and the share of land in each cell."""

    coast: list[Any]
    lakes: list[Any]
    rivers: list[Any]
    land_share: Array

    @property
    def land(self) -> Array:
        """Cells of which at least half is land."""
        return self.land_share >= 0.5


def read_water(folder: Path, grid: Grid) -> Water:
    """Read the full-resolution files `gshhs_f`, `rivers_f` (data and meta) that lie in `folder`."""
    bounds = grid.degrees()
    land, lakes = [], []
    for kind, area, line in _records(folder, "gshhs", bounds):
        if kind == 1:
            land.append(_clip(Polygon(line), bounds))
        elif kind == 2 and area > 2.0:
            lakes.append(_clip(Polygon(line), bounds))
    rivers = [_clip(LineString(line), bounds) for _, _, line in _records(folder, "rivers", bounds) if len(line) > 1]
    land, lakes, rivers = (_project(shapes) for shapes in (land, lakes, rivers))
    share = np.clip(grid.cover(land) - grid.cover(lakes), 0.0, 1.0)
    return Water([unary_union(land)], lakes, rivers, share)


def _records(folder: Path, stem: str, bounds: tuple[float, float, float, float]) -> list[tuple[int, float, Array]]:
    """Lines of a file that meet `bounds`: (type, area in km2, points [n, 2] of longitude and latitude)."""
    west, south, east, north = bounds
    found = []
    data = np.memmap(next(folder.glob(f"*{stem}_f.dat")), dtype="<f4", mode="r")
    for row in next(folder.glob(f"*{stem}meta_f.dat")).read_text().splitlines():
        part = row.split()
        if float(part[4]) < south or float(part[3]) > north:
            continue
        start, size = int(part[5]) // 4, int(part[6]) // 4
        line = np.asarray(data[start : start + size], dtype=float).reshape(-1, 2)
        if line[:, 0].max() >= west and line[:, 0].min() <= east:
            found.append((int(part[0]), float(part[1]), line))
    return found


def _clip(shape: Any, bounds: tuple[float, float, float, float]) -> Any:
    cut = shapely.clip_by_rect(shape, *bounds)
    return cut if cut.is_valid else shapely.make_valid(cut).intersection(box(*bounds))


def _project(shapes: list[Any]) -> list[Any]:
    return [transform(to_metres, s) for s in shapes if not s.is_empty]
