"""Named zones: countries, schematic reserves and survey polygons, today's range, the land east of the Razdolnaya."""

import heapq
from collections.abc import Mapping

import numpy as np
from shapely.geometry import Polygon

from tools.landscape import assumptions as a
from tools.landscape.grid import CELL_M, Array, Grid, to_metres

CELL_KM2 = (CELL_M / 1000.0) ** 2


def east_of_corridor(grid: Grid, russia: Array) -> Array:
    """Russian land east of the line Vladivostok-Ussuriysk-Khanka."""
    line = [to_metres(lon, lat) for lat, lon in a.CORRIDOR]
    far = 2_000_000.0
    east = Polygon([(line[0][0], -far), *line, (line[-1][0], far), (far, far), (far, -far)])
    return russia & (grid.cover([east], factor=1) > 0)


def named_zones(grid: Grid, countries: Mapping[str, Array], potential: Array) -> dict[str, Array]:
    """All zones but those that need the cut grid; each boolean [ny, nx]."""
    zones = {name: mask.copy() for name, mask in countries.items()} | dict.fromkeys(
        a.RESERVES, np.zeros(grid.shape, bool)
    )
    east = east_of_corridor(grid, zones["russia"])
    west = zones["russia"] & ~east
    for name in ("kedrovaya_pad", "land_of_the_leopard", "hunchun", "northeast_china_park"):
        country, area, latitude, longitude, _, _ = a.RESERVES[name]
        allowed = west if country == "russia" else zones[country]
        if name == "land_of_the_leopard":  # the reserve lies inside the park's outline and is not part of it
            allowed = allowed & ~zones["kedrovaya_pad"]
        inside = zones["hunchun"] if name == "northeast_china_park" else np.zeros_like(allowed)
        rest = nearest_cells(grid, allowed & ~inside, latitude, longitude, area - inside.sum() * CELL_KM2)
        zones[name] = inside | rest  # the Chinese park took in the reserve of Hunchun
    for name, area in a.SURVEYS.items():
        zones[name] = nearest_cells(grid, west, *a.RANGE_CENTRE, area)
    used = potential & (zones["survey_5710"] | zones["china"])
    zones["range_today"] = grow(used, grid.cell(*a.RANGE_CENTRE), a.RANGE_TODAY_KM2)
    zones["east_of_razdolnaya"] = east
    return zones


def nearest_cells(grid: Grid, allowed: Array, latitude: float, longitude: float, area_km2: float) -> Array:
    """The `allowed` cells nearest to a place, as many as make up `area_km2` (rounded to whole cells)."""
    away = np.where(allowed, grid.distance_km(latitude, longitude), np.inf).ravel()
    chosen = np.argsort(away, kind="stable")[: round(area_km2 / CELL_KM2)]
    result = np.zeros(allowed.size, dtype=bool)
    result[chosen[np.isfinite(away[chosen])]] = True
    return result.reshape(allowed.shape)


def grow(used: Array, start: tuple[int, int], area_km2: float, gap: float = 4.0) -> Array:
    """The cells of `used` reached first from `start`, as many as make up `area_km2`; other cells cost `gap` a step."""
    wanted = round(area_km2 / CELL_KM2)
    reached = np.zeros(used.shape, dtype=bool)
    seen = np.zeros(used.shape, dtype=bool)
    queue = [(0.0, start)]
    while queue and wanted > 0:
        cost, (row, column) = heapq.heappop(queue)
        if seen[row, column]:
            continue
        seen[row, column] = True
        if used[row, column]:
            reached[row, column] = True
            wanted -= 1
        for dy in (-1, 0, 1):
            for dx in (-1, 0, 1):
                y, x = row + dy, column + dx
                if 0 <= y < used.shape[0] and 0 <= x < used.shape[1] and not seen[y, x]:
                    step = np.hypot(dy, dx) * (1.0 if used[y, x] else gap)
                    heapq.heappush(queue, (cost + step, (y, x)))
    return reached
