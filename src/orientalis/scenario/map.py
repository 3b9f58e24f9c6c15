"""The landscape as the engine's map: a ring around it, zones made a partition, habitat for the scenario."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from orientalis.core.errors import InputError
from orientalis.engine.codes import Cell
from orientalis.engine.state import Land
from orientalis.engine.surroundings import Blocks, blocks_of, no_blocks
from orientalis.geography import Landscape, potential_habitat

EVERYWHERE = "everywhere"
MAIN_ROAD = 2.0
"""Class of main roads in the layer `roads`."""
BARRIER = 256
"""Suitability of cells that cannot be entered."""


@dataclass(frozen=True)
class Map:
    """Arrays [cell] of the padded map, row by row, and its zones.

    zone_names: (names of the atomic zones, names of the zones a study may use); members [named, atomic]. roads: index
    0-1, main roads 1; posts: 1 where rangers have a post; 0 everywhere without such a layer.
    """

    kind: npt.NDArray[np.uint8]
    is_habitat: npt.NDArray[np.uint8]
    suitability: npt.NDArray[np.int16]
    prey: npt.NDArray[np.float64]
    people: npt.NDArray[np.float64]
    roads: npt.NDArray[np.float64]
    zone: npt.NDArray[np.int16]
    shift: int
    columns: int
    cell_km: float
    zone_names: tuple[tuple[str, ...], tuple[str, ...]]
    members: npt.NDArray[np.bool_]
    posts: npt.NDArray[np.uint8] = field(default_factory=lambda: np.zeros(1, np.uint8))

    @cached_property
    def blocks(self) -> Blocks:
        """The blocks of the map; none without one."""
        return blocks_of(self.kind, self.zone, self.shift, self.columns) if len(self.kind) > 1 else no_blocks()

    @property
    def zones(self) -> int:
        """Number of atomic zones."""
        return len(self.zone_names[0])

    @property
    def cell_km2(self) -> float:
        """Area of a cell, km2."""
        return self.cell_km * self.cell_km

    def land(self, replicates: int) -> Land:
        """The engine's map for a batch."""
        w = 1 << self.shift
        offsets = np.array([-w, -w + 1, 1, w + 1, w, w - 1, -1, -w - 1], np.int32)
        claims = np.zeros((replicates, 2, len(self.kind) if len(self.kind) > 1 else 0), np.uint8)
        return Land(
            self.kind,
            self.is_habitat[None],
            self.suitability[None],
            np.zeros((1, 0)),
            self.prey,
            self.people,
            self.roads,
            self.zone,
            claims,
            offsets,
            self.shift,
            self.columns,
            self.cell_km,
        )

    def people_mean(self, zone: str) -> float:
        """Mean index of people in the potential habitat of the zone; 0 without a map."""
        if len(self.kind) <= 1:
            return 0.0
        return float(self.people[self._habitat_of(zone, EVERYWHERE)].mean())

    def start_cells(self, zone: str, shares: Mapping[str, float]) -> npt.NDArray[np.int32]:
        """Padded cells where founders may be put: potential habitat of the zone; empty without a map.

        With `shares` by zone, cells stand in the list as often as gives each zone its share, to a few per cent.
        """
        if len(self.kind) <= 1:
            return np.zeros(0, np.int32)
        found = [self._habitat_of(zone, other) for other in shares or (EVERYWHERE,)]
        density = [share / len(cells) for share, cells in zip(shares.values() or (1.0,), found, strict=True)]
        times = [round(20 * each / min(density)) if shares else 1 for each in density]
        return np.concatenate([np.tile(cells, n) for cells, n in zip(found, times, strict=True)])

    def _habitat_of(self, zone: str, other: str) -> npt.NDArray[np.int32]:
        names = self.zone_names[1]
        atomic = self.members[names.index(zone)] & self.members[names.index(other)]
        cells = np.nonzero(atomic[self.zone] & (self.is_habitat > 0))[0].astype(np.int32)
        if len(cells) == 0:
            raise InputError("the start has no potential habitat", key="start.zone", value=f"{zone}, {other}")
        return cells


def no_map() -> Map:
    """The map of studies without one: a single zone called everywhere."""
    one = np.zeros(1, np.uint8)
    real = np.zeros(1)
    names = ((EVERYWHERE,), (EVERYWHERE,))
    none = np.zeros(1, np.int16)
    return Map(one, one, none, real, real, real, none, 0, 1, 1.0, names, np.ones((1, 1), np.bool_))


def map_of(landscape: Landscape, options: Mapping[str, Any]) -> Map:
    """The padded map of a landscape; `options` are those of the scenario's `land`."""
    layers = landscape.layers
    is_land = layers["land"] > 0
    habitat = potential_habitat(landscape, options["threshold"]) & is_land
    if options["within"] != EVERYWHERE:
        habitat &= landscape.zone(options["within"])
    is_open = layers["open_edge"] > 0
    trim = round(options["trim_km"] / landscape.cell_km)
    if trim:
        inner = np.zeros(landscape.shape, np.bool_)
        inner[trim:-trim, trim:-trim] = True
        rim = inner.copy()
        rim[trim + 1 : -trim - 1, trim + 1 : -trim - 1] = False
        is_open = rim & habitat
        is_land = is_land & inner
        habitat &= inner
    shift = int(landscape.shape[1] + 1).bit_length()

    def padded(array: npt.NDArray[Any], edge: int = 0) -> npt.NDArray[Any]:
        right = (1 << shift) - landscape.shape[1] - 1
        return np.pad(array, ((1, 1), (1, right)), constant_values=edge)

    kind = padded(np.where(is_land, Cell.LAND, Cell.BARRIER).astype(np.uint8))
    beyond = _beside(np.pad(is_open, 1), np.pad(is_land, 1), trim)
    kind[:, : beyond.shape[1]][(kind[:, : beyond.shape[1]] == Cell.BARRIER) & beyond] = Cell.BEYOND
    suitability = padded(np.round(layers["habitat"] * 255.0).astype(np.int16))
    # A step beyond the edge is as attractive as the best land beside it: the map ends there, the habitat does not.
    suitability[kind == Cell.BEYOND] = _best_beside(suitability * (kind == Cell.LAND))[kind == Cell.BEYOND]
    suitability[kind == Cell.BARRIER] = BARRIER
    zone, atomic, named, members = partition(landscape)
    nothing = np.zeros(landscape.shape)
    return Map(
        kind=kind.ravel(),
        is_habitat=padded(habitat.astype(np.uint8)).ravel(),
        suitability=suitability.ravel(),
        prey=padded(layers["prey"].astype(np.float64) * landscape.cell_km2).ravel(),
        people=padded(layers["people"].astype(np.float64)).ravel(),
        roads=padded(_roads(landscape)).ravel(),
        zone=padded(zone).ravel(),
        shift=shift,
        columns=landscape.shape[1] + 2,
        cell_km=landscape.cell_km,
        zone_names=(atomic, named),
        members=members,
        posts=padded(np.asarray(layers.get("posts", nothing)).astype(np.uint8)).ravel(),
    )


def _roads(landscape: Landscape) -> npt.NDArray[np.float64]:
    """Index of roads [y, x]: 0 none, 0.5 a minor road, 1 a main road; 0 everywhere in a landscape without the layer."""
    found = landscape.layers.get("roads")
    return np.zeros(landscape.shape) if found is None else found.astype(np.float64) / MAIN_ROAD


def _best_beside(values: npt.NDArray[np.int16]) -> npt.NDArray[np.int16]:
    """Largest value among the eight neighbours of each cell."""
    shifted = [np.roll(values, (down, across), axis=(0, 1)) for down in (-1, 0, 1) for across in (-1, 0, 1)]
    return np.asarray(np.max(shifted, axis=0), np.int16)


def _beside(is_open: npt.NDArray[np.bool_], is_land: npt.NDArray[np.bool_], trim: int) -> npt.NDArray[np.bool_]:
    """Cells beside an open edge that lie outside: in the ring around the map, or in what was trimmed off."""
    outside = np.ones(is_open.shape, np.bool_)
    width = trim + 1
    outside[width:-width, width:-width] = False
    near = np.zeros(is_open.shape, np.bool_)
    for down in (-1, 0, 1):
        for across in (-1, 0, 1):
            shifted = np.roll(np.roll(is_open, down, axis=0), across, axis=1)
            near |= shifted
    return near & outside & ~is_land


def partition(
    landscape: Landscape,
) -> tuple[npt.NDArray[np.int16], tuple[str, ...], tuple[str, ...], npt.NDArray[np.bool_]]:
    """Zones that do not overlap: cells with the same set of named zones share an atomic zone.

    Returns atomic zone [y, x], names of the atomic zones, named zones with `everywhere` first, members [named, atomic].
    """
    names = sorted(landscape.zones)
    code = np.zeros(landscape.shape, np.int64)
    for bit, name in enumerate(names):
        code |= landscape.zones[name].astype(np.int64) << bit
    codes, zone = np.unique(code, return_inverse=True)
    members = np.ones((len(names) + 1, len(codes)), np.bool_)
    for bit in range(len(names)):
        members[bit + 1] = (codes >> bit) & 1
    atomic = tuple("+".join(n for b, n in enumerate(names) if (c >> b) & 1) or "elsewhere" for c in codes.tolist())
    return zone.reshape(landscape.shape).astype(np.int16), atomic, (EVERYWHERE, *names), members
