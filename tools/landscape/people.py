"""Settlements, synthetic roads between them, and the index of nearness to people."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.ndimage import distance_transform_edt
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra, minimum_spanning_tree
from scipy.spatial import Delaunay

from tools.landscape import assumptions as a
from tools.landscape.grid import CELL_M, Array, Grid


@dataclass(frozen=True)
class Settlement:
    """A place of GeoNames; `population` is 0 where unknown."""

    name: str
    latitude: float
    longitude: float
    country: str
    population: int
    row: int
    column: int


def read_settlements(path: Path, grid: Grid) -> list[Settlement]:
    """Read `cities500.json`; keep the places on the grid, largest first."""
    found = []
    for place in json.loads(path.read_text(encoding="utf-8")).values():
        lat, lon = place["latitude"], place["longitude"]
        if not (40 < lat < 48 and 126 < lon < 138):
            continue
        row, column = grid.cell(lat, lon)
        if 0 <= row < grid.ny and 0 <= column < grid.nx:
            found.append(Settlement(place["name"], lat, lon, place["countrycode"], place["population"], row, column))
    return sorted(found, key=lambda s: (-s.population, s.name, s.latitude))


def build_roads(places: list[Settlement], land: Array, ruggedness: Array, country: Array) -> Array:
    """Synthetic roads, uint8 [ny, nx]: 2 main (between towns), 1 minor, 0 none.

    Least-cost links over land, dearer on broken ground and cheaper along roads that stand already. Towns are linked
    along a pruned triangulation, all places by a spanning tree; only `CROSSINGS` link places of two countries.
    """
    roads = np.zeros(land.shape, dtype=np.uint8)
    on_land = [p for p in places if land[p.row, p.column]]
    for code in sorted({p.country for p in on_land}):
        towns = [p for p in on_land if p.country == code and p.population >= a.TOWN]
        _link(roads, 2, towns, land & (country == code), ruggedness, prune=False)
    for code in sorted({p.country for p in on_land}):
        _link(roads, 1, [p for p in on_land if p.country == code], land & (country == code), ruggedness, prune=True)
    by_name = {p.name: p for p in reversed(on_land)}
    for first, second in a.CROSSINGS:
        if first in by_name and second in by_name:
            _link(roads, 2, [by_name[first], by_name[second]], land, ruggedness, prune=True)
    return roads


def _link(roads: Array, kind: int, places: list[Settlement], allowed: Array, rugged: Array, prune: bool) -> None:
    """Draw the links between `places` into `roads` (in place)."""
    nodes = sorted({p.row * roads.shape[1] + p.column for p in places})
    if len(nodes) < 2:
        return
    cost = np.where(roads > 0, 0.4, 1.0 + 6.0 * rugged)
    cost = np.where(allowed, cost, 60.0)
    distance, before = dijkstra(_graph(cost), directed=False, indices=nodes, return_predecessors=True)
    among = distance[:, nodes]
    keep = minimum_spanning_tree(csr_array(among)).toarray() > 0
    if not prune and len(nodes) > 3:
        keep |= _gabriel(np.array(nodes), roads.shape[1])
    for i, j in zip(*np.nonzero(keep), strict=True):
        at = nodes[j]
        while at >= 0:
            row, column = divmod(int(at), roads.shape[1])
            if allowed[row, column]:
                roads[row, column] = max(roads[row, column], kind)
            at = before[i, at]


def _gabriel(nodes: Array, nx: int) -> Array:
    """Pairs [n, n] with no third node inside the circle over them: neighbours in a plausible road net."""
    points = np.stack(np.divmod(nodes, nx), axis=1).astype(float)
    keep = np.zeros((len(nodes), len(nodes)), dtype=bool)
    for triangle in Delaunay(points).simplices:
        for i, j in ((0, 1), (0, 2), (1, 2)):
            p, q = sorted((int(triangle[i]), int(triangle[j])))
            middle, radius = (points[p] + points[q]) / 2, np.linalg.norm(points[p] - points[q]) / 2
            away = np.linalg.norm(points - middle, axis=1)
            away[[p, q]] = np.inf
            keep[p, q] = bool(away.min() >= radius) and 2 * radius * CELL_M < 150_000
    return keep


def _graph(cost: Array) -> csr_array:
    """Graph of the eight-neighbour grid; an edge costs its length times the mean cost of its two cells."""
    ny, nx = cost.shape
    index = np.arange(ny * nx).reshape(ny, nx)
    rows, columns, weights = [], [], []
    for dy, dx in ((0, 1), (1, 0), (1, 1), (1, -1)):
        start = (slice(0, ny - dy), slice(max(0, -dx), nx - max(0, dx)))
        end = (slice(dy, ny), slice(max(0, dx), nx - max(0, -dx)))
        rows.append(index[start].ravel())
        columns.append(index[end].ravel())
        weights.append(((cost[start] + cost[end]) / 2 * np.hypot(dy, dx)).ravel())
    ends = np.concatenate(rows), np.concatenate(columns)
    return csr_array(coo_array((np.concatenate(weights), ends), shape=(ny * nx, ny * nx)))


def people_index(places: list[Settlement], roads: Array, grid: Grid) -> Array:
    """Nearness to people, 0..1, [ny, nx]: 1 - product over settlements and roads of (1 - nearness to each)."""
    absent = np.ones(grid.shape)
    for place in places:
        tenfolds = np.log10(max(place.population, a.PEOPLE_SMALLEST) / a.PEOPLE_SMALLEST)
        reach = a.PEOPLE_RADIUS_BASE_KM + a.PEOPLE_RADIUS_PER_TENFOLD_KM * tenfolds
        absent *= 1.0 - np.exp(-((grid.distance_km(place.latitude, place.longitude) / reach) ** 2))
    for kind, weight in a.ROAD_WEIGHT.items():
        away = distance_transform_edt(roads < kind) * CELL_M / 1000.0
        absent *= 1.0 - weight * np.exp(-away / a.ROAD_RADIUS_KM[kind])
    return 1.0 - absent
